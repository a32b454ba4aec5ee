import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { breaches } from './checks/checks.ts';
import type { Connector } from './connector.ts';
import { connectors } from './connectors.ts';
import { drift, filesOf, readFiles, writeFiles } from './files.ts';

/**
 * Writes every connector below `directory`, or with `write: false` compares. Returns what is wrong, one sentence each: a broken rule (then
 * nothing of that connector is written) or drift. Throws when a contract holds what a connector cannot.
 */
export function generate(table: readonly Connector[], directory: string, write: boolean): string[] {
  return [...clashes(table), ...table.flatMap(connector => {
    const folder = join(directory, connector.capability);
    const files = filesOf(connector);
    const findings = breaches(files);
    if (findings.length === 0 && write) writeFiles(folder, files);
    return [...findings, ...drift(readFiles(folder), files)].map(finding => `${connector.capability}: ${finding}`);
  })];
}

/** An operation id names one operation over all rooms; only the very same operation may be offered by two. */
function clashes(table: readonly Connector[]): string[] {
  const seen = new Map<string, string>();
  return table.flatMap(({ capability, operations }) => operations.flatMap(({ operationId, method, route }) => {
    const here = `${method} ${route}`;
    const before = seen.get(operationId) ?? here;
    seen.set(operationId, here);
    return before === here ? [] : [`${capability}: ${operationId} is ${here}, and ${before} elsewhere`];
  }));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const write = process.argv.includes('--write');
  const findings = generate(connectors, import.meta.dirname, write);
  for (const finding of findings) console.error(finding);
  console.log(`${connectors.length} connectors ${write ? 'written' : 'compared'}, ${findings.length} findings.`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
