import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TableClient } from '@azure/data-tables';
import { azureTable } from '../../../shared/azure/table.ts';
import { verifyPartition, readPartition } from '../../../shared/case/verify.ts';
import { faulty, faultsOf, startKiller } from '../../goodsam/fault/support.ts';
import { rows, text } from '../../support/client.ts';
import { act, must, startMissing, view, type Missing } from '../../support/missing.ts';
import { until } from '../../support/service.ts';
import { casesOf, give } from '../fault/support.ts';
import { fileOf, pastRow, type ImportCells } from '../law/importSupport.ts';

let missing: Missing;
let ids: string[];
const year = new Date().getUTCFullYear();
const adult = (n: number, more: ImportCells = {}): ImportCells => ({ ...pastRow, legacyRef: `OLD-${n}`, personRef: `P-${n}`, givenName: 'Alexander', familyName: `Vanishing${n}`, dob: '04/03/1980', reportedAt: `${year - 9}-07-01T20:00:00Z`, foundAt: `${year - 9}-07-02T07:00:00Z`, missingFrom: 'HOME', phone: `07700 90032${n}`, circumstances: 'Left after a row with his brother', ...more });

beforeAll(async () => {
  missing = await startMissing({ service: faulty });
  const mo = missing.as('mo.coordinator');
  const recent = adult(3, { reportedAt: new Date(Date.now() - 40 * 86_400_000).toISOString(), foundAt: new Date(Date.now() - 39 * 86_400_000).toISOString() });
  const importId = text(await mo.post('/api/missing-imports', { file: { bytes: new TextEncoder().encode(fileOf(adult(1), adult(2), recent, adult(4))), contentType: 'text/csv' } }), 'importId');
  await until(async () => (await mo.get(`/api/missing-imports/${importId}`)).json['status'], status => status === 'DONE', 60_000);
  await missing.settle();
  const file = Buffer.from((await mo.get(`/api/missing-imports/${importId}/file`)).bytes).toString();
  ids = file.trim().split('\r\n').slice(1).map(line => line.split(',').at(-2) ?? '');
}, 120_000);
afterAll(async () => {
  await missing.stop();
});

const idOf = (n: number): string => ids[n - 1] ?? '';
const proposal = { basis: 'RETENTION_REVIEWED', reason: 'Reviewed: nothing in it is needed any more.' };
const workOf = () => azureTable(TableClient.fromConnectionString(missing.links.system.connectionString, 'work', { allowInsecureConnection: true }));
const deletedOf = async () => rows(await missing.as('dan.protection').get('/api/missing-deleted'));

/** Everything that storage holds of a case, as text. */
async function storedOf(recordId: string): Promise<string> {
  return JSON.stringify((await readPartition(casesOf(missing), recordId)).map(({ rowKey, fields }) => ({ rowKey, fields })));
}

async function listedOf(recordId: string): Promise<{ readonly partitionKey: string; readonly open: boolean }[]> {
  const work = workOf();
  const found: { partitionKey: string; open: boolean }[] = [];
  let next: string | undefined;
  do {
    const page = await work.list({ limit: 1_000, ...(next !== undefined && { next }) });
    found.push(...page.rows.filter(({ partitionKey, rowKey }) => partitionKey.startsWith('index|') && rowKey.endsWith(recordId)).map(({ partitionKey, fields }) => ({ partitionKey: partitionKey.split('|')[1] ?? '', open: fields['open'] === true })));
    next = page.next;
  } while (next !== undefined);
  return found;
}

describe('deletion by two people over the built bundle (3.10)', () => {
  it('is refused before the date, under a legal hold, to the same person, and to everybody else', async () => {
    const [rita, dan] = [missing.as('rita.records'), missing.as('dan.protection')];
    expect((await act(rita, idOf(3), 'propose-delete', proposal)).json).toMatchObject({ status: 409, code: 'TOO_EARLY' });
    expect((await act(missing.as('ivan.inspector'), idOf(1), 'propose-delete', proposal)).status).toBe(403);
    expect((await act(rita, idOf(1), 'delete')).status).toBe(403);
    await must(rita, idOf(1), 'legal-hold', { isHeld: true, reason: 'An inquest is to be held.' });
    expect((await act(rita, idOf(1), 'propose-delete', proposal)).json).toMatchObject({ status: 409, code: 'GUARD_UNMET' });
    await must(rita, idOf(1), 'legal-hold', { isHeld: false, reason: 'The inquest is over.' });
    await must(dan, idOf(1), 'propose-delete', proposal);
    expect((await act(dan, idOf(1), 'delete')).json).toMatchObject({ status: 409, code: 'SEGREGATION' });
    expect(await view(dan, idOf(1))).toMatchObject({ state: 'CLOSED', name: 'Alexander Vanishing1' });
  });

  it('leaves a tombstone and an audit that verifies; parts and rows of lists are gone', async () => {
    const [rita, dan, sita] = [missing.as('rita.records'), missing.as('dan.protection'), missing.as('sita.sergeant')];
    const recordId = idOf(1);
    const { ref } = await view(dan, recordId);
    await must(rita, recordId, 'propose-delete', proposal);
    await must(dan, recordId, 'delete');
    await missing.settle();
    expect(await until(deletedOf, list => list.some(row => row['isDone'] === true))).toEqual([{ recordId, ref, class: 'CLOSED_SAFE_ADULT', basis: 'RETENTION_REVIEWED', deletedAt: expect.any(String), isDone: true }]);
    const stored = await storedOf(recordId);
    expect(stored).not.toMatch(/Alexander|Vanishing|row with his|OLD-1/);
    expect(stored).not.toContain('"rowKey":"raw"');
    expect(verifyPartition(await readPartition(casesOf(missing), recordId)).faults).toEqual([]);
    expect((await listedOf(recordId)).filter(({ open }) => open)).toEqual([{ partitionKey: 'missing-erased', open: true }]);
    for (const answer of [await sita.get(`/api/missing-persons/${recordId}`), await dan.get(`/api/missing-persons/${recordId}/matches`)]) expect(answer.json).toMatchObject({ status: 410, code: 'gone' });
    expect((await act(sita, recordId, 'information', { text: 'He was seen.', isRestricted: true })).json).toMatchObject({ status: 409, code: 'gone' });
    expect(rows(await sita.post('/api/missing-search', { body: { name: 'Vanishing1', reason: 'Report of a sighting' } }))).toEqual([]);
    expect(rows(await sita.get('/api/missing-closed')).map(row => row['recordId'])).not.toContain(recordId);
    const audit = await dan.get(`/api/missing-persons/${recordId}/audit?limit=200`);
    expect(audit.json).toMatchObject({ verified: true });
    expect(rows(audit).map(({ what }) => what)).toEqual(expect.arrayContaining(['CaseImported', 'CommandRefused', 'DeletionProposed', 'RecordDeleted', 'ContentErased', 'RecordErased']));
  });

  it('the old file does not bring it back', async () => {
    const mo = missing.as('mo.coordinator');
    const importId = text(await mo.post('/api/missing-imports', { file: { bytes: new TextEncoder().encode(fileOf(adult(1))), contentType: 'text/csv' } }), 'importId');
    expect(await until(async () => (await mo.get(`/api/missing-imports/${importId}`)).json, ({ status }) => status === 'DONE', 60_000)).toMatchObject({ made: 0 });
    expect((await mo.get(`/api/missing-persons/${idOf(1)}`)).status).toBe(410);
  });

  it('a day later the closed rows of lists go too, whose names are made from names', async () => {
    await missing.pass(25 * 3_600);
    await missing.links.system.host.run('MissingPrune');
    expect((await listedOf(idOf(1))).map(({ partitionKey }) => partitionKey)).toEqual(['missing-erased']);
    expect(await storedOf(idOf(1))).not.toContain('missing-search-');
  });

  it('killed in the middle it is finished, and nothing of it comes back', async () => {
    const [rita, dan] = [missing.as('rita.records'), missing.as('dan.protection')];
    for (const n of [2, 4]) await must(rita, idOf(n), 'propose-delete', proposal);
    const killer = startKiller(missing.links, { seed: 20_261_126, kills: 4, within: 30 });
    try {
      for (const n of [2, 4]) await give(dan, idOf(n), 'delete');
      await until(() => deletedOf().catch(() => []), list => list.filter(row => row['isDone'] === true).length === 3, 120_000);
    } finally {
      await killer.stop();
    }
    await missing.settle();
    for (const n of [2, 4]) expect(await storedOf(idOf(n))).not.toMatch(/Alexander|Vanishing/);
    expect(await faultsOf(missing.links)).toEqual({ faults: [], pending: [] });
  }, 240_000);
});
