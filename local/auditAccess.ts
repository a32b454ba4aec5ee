import { AzureNamedKeyCredential, generateTableSas } from '@azure/data-tables';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tables } from '../shared/azure/clients.ts';

/** The data folder of `npm start`: DATA_DIR, from where the person stands, or `.data` in the project. */
export function localDataDir(): string {
  const root = fileURLToPath(new URL('..', import.meta.url));
  return resolve(process.env['CALLED_FROM'] ?? root, process.env['DATA_DIR'] ?? join(root, '.data'));
}

/** Where `npm start` leaves the address with which the audit of its data folder can be read, and nothing else done. */
const fileIn = (dataDir: string): string => join(dataDir, 'audit-read-only-url');
const lifeMilliseconds = 24 * 60 * 60 * 1000;

/** Leaves a read-only address of the cases table of a running local system in its data folder; it ends after a day. */
export function leaveAuditAccess(dataDir: string, connectionString: string): void {
  const part = (name: string): string => new RegExp(`${name}=([^;]+)`).exec(connectionString)?.[1] ?? '';
  const credential = new AzureNamedKeyCredential(part('AccountName'), part('AccountKey'));
  const sas = generateTableSas(tables.cases, credential, { permissions: { query: true }, expiresOn: new Date(Date.now() + lifeMilliseconds) });
  writeFileSync(fileIn(dataDir), `${part('TableEndpoint')}/${tables.cases}?${sas}`, { mode: 0o600 });
}

/** The address, or undefined when no local system ran in this folder. */
export function readAuditAccess(dataDir: string): string | undefined {
  try {
    return readFileSync(fileIn(dataDir), 'utf8');
  } catch {
    // There is none: the caller says how to name another.
    return undefined;
  }
}
