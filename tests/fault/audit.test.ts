import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { AzureNamedKeyCredential, TableClient, generateTableSas } from '@azure/data-tables';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAzurite, type Azurite } from '../../local/azurite.ts';
import { auditClient } from '../../local/verify-audit.ts';
import { connectStorage } from '../../shared/azure/clients.ts';
import { azureTable } from '../../shared/azure/table.ts';
import { verifyAudit } from '../../shared/case/verify.ts';
import { newCaseId } from '../../shared/case/keys.ts';
import { commit } from '../../shared/case/commit.ts';
import { logConsultation } from '../../shared/case/reads.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import type { StoredRow, Write } from '../../shared/azure/store.ts';
import { jarRoom, postOffice } from '../shared/case/support/jar.ts';
import { jarRequest, keyOf } from '../shared/case/support/world.ts';
import { depsOf } from './rooms.ts';

/** H8 on real rows: the tool as an auditor runs it, a process of its own with a read-only signature. */
let azurite: Azurite;
let deps: CaseDeps;
let readOnly: string;
const caseId = newCaseId('tenant', 'ann', 'OpenJar', 'audited');

beforeAll(async () => {
  azurite = await startAzurite();
  await connectStorage({ connectionString: azurite.connectionString }).prepare(['jar-work']);
  deps = depsOf(azurite);
  const room = jarRoom(postOffice());
  await commit(deps, room, jarRequest(keyOf('open'), { do: 'open' }, caseId));
  for (let n = 0; n < 5; n++) await commit(deps, room, jarRequest(keyOf(`put-${n}`), { do: 'put', coin: `coin-${n}` }, caseId));
  await logConsultation(deps, { subject: caseId, by: 'ann', kind: 'jar', operationId: 'GetJar', about: {} });
  const part = (name: string): string => new RegExp(`${name}=([^;]+)`).exec(azurite.connectionString)?.[1] ?? '';
  const sas = generateTableSas('cases', new AzureNamedKeyCredential(part('AccountName'), part('AccountKey')), { permissions: { query: true }, expiresOn: new Date(Date.now() + 600_000) });
  readOnly = `${part('TableEndpoint').replace(/\/$/, '')}/cases?${sas}`;
});
afterAll(() => azurite.stop());

function verify(args: readonly string[], environment: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  const script = join(import.meta.dirname, '../../local/verify-audit.ts');
  return new Promise(resolve => {
    execFile(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], { env: { PATH: process.env['PATH'] ?? '', ...environment } }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

async function row(rowKey: string): Promise<StoredRow> {
  const found = await deps.cases.get(caseId, rowKey);
  if (!found) throw new Error(`no ${rowKey}`);
  return found;
}

describe('verify-audit over Azurite', () => {
  it('verifies with a signature that may only read, from the environment or an argument, in words or JSON', async () => {
    const url = new URL(readOnly);
    url.pathname = url.pathname.replace(/\/cases$/, '');
    await expect(new TableClient(url.href, 'cases', { allowInsecureConnection: true }).createEntity({ partitionKey: caseId, rowKey: 'forged' })).rejects.toMatchObject({ statusCode: 403 });
    expect(await verify([], { AUDIT_STORAGE: readOnly })).toMatchObject({ code: 0, out: '2 chains, 7 rows, 0 faults\n' });
    const { code, out } = await verify(['--json', azurite.connectionString]);
    expect({ code, out }).toEqual({ code: 0, out: `${JSON.stringify({ chains: 2, rows: 7, faults: [] })}\n` });
  });

  it('finds edits of real rows, and the rows as they were verify again', async () => {
    const third = await row('audit|0000000003');
    const fourth = await row('audit|0000000004');
    const state = await row('state');
    const edits: { edit: (etagOf: (rowKey: string) => Promise<string>) => Promise<Write[]>; undo: (etagOf: (rowKey: string) => Promise<string>) => Promise<Write[]> }[] = [
      {
        edit: async etag => [{ do: 'update', row: { ...third, fields: { json0: String(third.fields['json0']).replace('CoinPut', 'CoinGot') } }, etag: await etag(third.rowKey) }],
        undo: async etag => [{ do: 'update', row: third, etag: await etag(third.rowKey) }],
      },
      {
        edit: () => Promise.resolve([{ do: 'delete', partitionKey: caseId, rowKey: fourth.rowKey, etag: '*' }]),
        undo: () => Promise.resolve([{ do: 'insert', row: fourth }]),
      },
      {
        edit: async etag => [{ do: 'update', row: { ...third, fields: fourth.fields }, etag: await etag(third.rowKey) }, { do: 'update', row: { ...fourth, fields: third.fields }, etag: await etag(fourth.rowKey) }],
        undo: async etag => [{ do: 'update', row: third, etag: await etag(third.rowKey) }, { do: 'update', row: fourth, etag: await etag(fourth.rowKey) }],
      },
      {
        edit: async etag => [{ do: 'update', row: { ...state, fields: { ...state.fields, json0: String(state.fields['json0']).replace('coin-3', 'coin-9') } }, etag: await etag('state') }],
        undo: async etag => [{ do: 'update', row: state, etag: await etag('state') }],
      },
    ];
    const auditor = azureTable(auditClient(readOnly));
    const etagOf = async (rowKey: string): Promise<string> => (await row(rowKey)).etag;
    for (const { edit, undo } of edits) {
      await deps.cases.transact(await edit(etagOf));
      const { faults } = await verifyAudit(auditor);
      expect(faults.map(fault => fault.chain)).toContain(caseId);
      if (edit === edits[0]?.edit) expect(await verify([], { AUDIT_STORAGE: readOnly })).toMatchObject({ code: 1, out: expect.stringMatching(new RegExp(`^${caseId}: row 3: its content was changed`)) });
      await deps.cases.transact(await undo(etagOf));
    }
    expect(await verifyAudit(auditor)).toEqual({ chains: 2, rows: 7, faults: [] });
  });

  it('ends with 2 and without the signature in its words when it cannot read', async () => {
    expect(await verify([])).toMatchObject({ code: 2, out: '' });
    const refused = await verify([], { AUDIT_STORAGE: readOnly.replace(/sig=[^&]+/, 'sig=bm90aGluZw%3D%3D') });
    expect(refused.code).toBe(2);
    expect(refused.err + refused.out).not.toMatch(/sig=|bm90/);
  });
});
