import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faulty, faultsOf, persistently, startKiller } from '../../goodsam/fault/support.ts';
import { newKey, rows, text, type Answer, type Client } from '../../support/client.ts';
import { objectIdOf } from '../../support/liveLinks.ts';
import { startMissing, view, type Missing } from '../../support/missing.ts';
import { until } from '../../support/service.ts';
import { recordOf } from '../fault/support.ts';
import { fileOf, openRow, pastRow, type ImportCells } from '../law/importSupport.ts';

let missing: Missing;
let mo: Client;
beforeAll(async () => {
  missing = await startMissing({ service: faulty });
  mo = missing.as('mo.coordinator');
}, 120_000);
afterAll(async () => {
  await missing.stop();
});

const daysAgo = (n: number): string => new Date(Date.now() - n * 86_400_000).toISOString();
const open: ImportCells = { ...openRow, reportedAt: daysAgo(5), lastSeenAt: daysAgo(5.1), ownerUserId: objectIdOf('oscar.officer') };
const earlier: ImportCells = { ...pastRow, reportedAt: daysAgo(40), foundAt: daysAgo(39) };
const wrong: ImportCells = { ...pastRow, legacyRef: 'OLD-3', reportedAt: daysAgo(60), foundAt: daysAgo(59), dob: '31/02/2010' };

const csv = (...cells: readonly ImportCells[]) => ({ bytes: new TextEncoder().encode(fileOf(...cells)), contentType: 'text/csv' });
const sent = (person: Client, path: 'missing-imports' | 'missing-import-checks', file: ReturnType<typeof csv>, key = newKey()): Promise<Answer> => person.post(`/api/${path}`, { file, key });
const runOf = async (importId: string): Promise<Record<string, unknown>> => (await mo.get(`/api/missing-imports/${importId}`)).json;

async function ended(importId: string): Promise<Record<string, unknown>> {
  await missing.settle();
  return (await until(() => mo.get(`/api/missing-imports/${importId}`), ({ json }) => json['status'] !== 'RUNNING', 60_000)).json;
}

async function imported(...cells: readonly ImportCells[]): Promise<{ readonly run: Record<string, unknown>; readonly lines: string[][] }> {
  const importId = text(await sent(mo, 'missing-imports', csv(...cells)), 'importId');
  const run = await ended(importId);
  const file = Buffer.from((await mo.get(`/api/missing-imports/${importId}/file`)).bytes).toString();
  return { run, lines: file.trim().split('\r\n').slice(1).map(line => line.split(',')) };
}

describe('the import of the old system over the built bundle (15.4)', () => {
  it('a dry run says row by row what would be made and what is wrong, and writes nothing', async () => {
    const answer = await sent(mo, 'missing-import-checks', csv(open, earlier, wrong));
    expect(answer.json).toMatchObject({ rows: 3, wouldMake: 2, known: 0, refused: 1, openCases: 1, pastEpisodes: 1, persons: 1, legacyLabels: 1, agesNotKnown: 0 });
    expect(rows(answer).map(({ line, result, column }) => [line, result, column])).toEqual([[2, 'WOULD_MAKE', ''], [3, 'WOULD_MAKE', ''], [4, 'REFUSED', 'dob']]);
    await missing.settle();
    for (const list of ['missing-persons', 'missing-closed', 'missing-imports']) expect(rows(await mo.get(`/api/${list}`))).toEqual([]);
  });

  it('makes the right rows, says what is wrong with the others, and keeps the clock of the report', async () => {
    const { run, lines } = await imported(open, earlier, wrong);
    expect(run).toMatchObject({ status: 'DONE', rows: 3, done: 3, made: 2, known: 0, refused: 1, by: objectIdOf('mo.coordinator') });
    expect(lines.map(([line, result, column]) => [line, result, column])).toEqual([['2', 'MADE', ''], ['3', 'MADE', ''], ['4', 'REFUSED', 'dob']]);
    const [openId = '', pastId = ''] = lines.map(cells => cells.at(-2) ?? '');
    expect(await view(mo, openId)).toMatchObject({
      state: 'OPEN_UNCONFIRMED', level: 'MEDIUM', isProvisional: true, reportedAt: open['reportedAt'], owner: objectIdOf('oscar.officer'), isOwnerAcknowledged: false, legacyRef: 'OLD-1', reassess: ['IMPORTED', 'LEGACY_RISK_LABEL'], source: 'IMPORT',
    });
    expect(await view(mo, pastId)).toMatchObject({ state: 'CLOSED', reportedAt: earlier['reportedAt'], locatedAt: earlier['foundAt'], tasks: [] });
    expect(rows(await mo.get('/api/missing-persons')).map(row => row['recordId'])).toEqual([openId]);
    expect(rows(await mo.get('/api/missing-closed')).map(row => row['recordId'])).toEqual([pastId]);
    // The past episode belongs to the same person, and the open case knows of it.
    const record = await recordOf(missing, openId);
    expect(record.personId).toBe((await recordOf(missing, pastId)).personId);
    expect(record.previous).toMatchObject([{ reportedAt: earlier['reportedAt'], foundWhere: 'At a friend' }]);
  });

  it('nobody hears of what is closed; of the open case only its owner, who is to acknowledge it', () => {
    // The digest of the day is about what is open, wherever it came from.
    expect(missing.links.simulators.teams.cards().filter(({ summary }) => !/your open cases$/.test(summary)).map(({ to, summary }) => [to, summary])).toEqual([[objectIdOf('oscar.officer'), expect.stringMatching(/^You own this case: MP/)]]);
  });

  it('nothing is late on the first day, and later the ladders run', async () => {
    expect(rows(await mo.get('/api/missing-overdue'))).toEqual([]);
    await missing.pass(3 * 3_600);
    expect(rows(await mo.get('/api/missing-overdue'))).toHaveLength(1);
  });

  it('the same file makes nothing twice, whoever sends it; a mended row is made; a changed one is refused', async () => {
    const again = await sent(missing.as('rita.records'), 'missing-imports', csv(open, earlier));
    expect(await ended(text(again, 'importId'))).toMatchObject({ status: 'DONE', made: 0, known: 2, refused: 0 });
    const mended = await imported(open, { ...wrong, dob: '04/03/2011' }, { ...earlier, foundWhere: 'In the park' });
    expect(mended.run).toMatchObject({ made: 1, known: 1, refused: 1 });
    expect(mended.lines.find(([, result]) => result === 'REFUSED')).toEqual(expect.arrayContaining(['legacyRef', 'STATE_CHANGED']));
    expect(rows(await mo.get('/api/missing-persons'))).toHaveLength(1);
    expect(rows(await mo.get('/api/missing-closed'))).toHaveLength(2);
  });

  it('a person who is missing already is not missing twice, in the dry run as in the run', async () => {
    const second: ImportCells = { ...open, legacyRef: 'OLD-4', reportedAt: daysAgo(1), lastSeenAt: '' };
    expect(rows(await sent(mo, 'missing-import-checks', csv(second)))).toMatchObject([{ result: 'REFUSED', code: 'DUPLICATE_OPEN_CASE' }]);
    expect((await imported(second)).run).toMatchObject({ made: 0, refused: 1 });
  });

  it('a repeated request is the same import; another file under its key is refused', async () => {
    const key = newKey();
    const first = await sent(mo, 'missing-imports', csv(earlier), key);
    expect((await sent(mo, 'missing-imports', csv(earlier), key)).json).toMatchObject({ importId: text(first, 'importId') });
    expect((await sent(mo, 'missing-imports', csv(open), key)).status).toBe(422);
    await ended(text(first, 'importId'));
    expect(await runOf(text(first, 'importId'))).toMatchObject({ status: 'DONE', known: 1 });
  });

  it('what is no such file is refused whole, and who may not import hears so', async () => {
    const bytes = new TextEncoder().encode('name,age\r\nElla,15\r\n');
    for (const path of ['missing-imports', 'missing-import-checks'] as const) {
      expect((await sent(mo, path, { bytes, contentType: 'text/csv' })).json).toMatchObject({ status: 422, errors: expect.arrayContaining([expect.objectContaining({ message: 'Line 1: There is no column "name".' })]) });
      expect((await sent(mo, path, { bytes: new Uint8Array([0xff, 0xfe, 0x41]), contentType: 'text/csv' })).status).toBe(422);
      expect((await sent(mo, path, { bytes, contentType: 'application/pdf' })).status).toBe(415);
      expect((await sent(missing.as('sita.sergeant'), path, csv(open))).status).toBe(403);
    }
  });

  it('killed in the middle it goes on: every row is one record, and the audit verifies', async () => {
    const many = Array.from({ length: 60 }, (_, n): ImportCells => ({ ...pastRow, legacyRef: `MANY-${n}`, personRef: `MANY-P${n % 20}`, reportedAt: daysAgo(300 + n), foundAt: daysAgo(299 + n) }));
    const before = rows(await mo.get('/api/missing-closed?limit=200')).length;
    const killer = startKiller(missing.links, { seed: 20_261_125, kills: 4, within: 300 });
    let importId = '';
    try {
      importId = text(await persistently(key => sent(mo, 'missing-imports', csv(...many), key)), 'importId');
      await until(() => mo.get(`/api/missing-imports/${importId}`).catch(() => undefined), answer => answer?.json['status'] === 'DONE', 150_000);
    } finally {
      await killer.stop();
    }
    expect(killer.kills()).toBeGreaterThanOrEqual(2);
    expect(await ended(importId)).toMatchObject({ status: 'DONE', rows: 60, made: 60, known: 0, refused: 0 });
    const lines = Buffer.from((await mo.get(`/api/missing-imports/${importId}/file`)).bytes).toString().trim().split('\r\n').slice(1).map(line => line.split(','));
    expect(new Set(lines.map(cells => cells.at(-2))).size).toBe(60);
    expect(new Set(lines.map(cells => cells.at(-1))).size).toBe(60);
    expect(rows(await mo.get('/api/missing-closed?limit=200'))).toHaveLength(before + 60);
    expect(await faultsOf(missing.links)).toEqual({ faults: [], pending: [] });
  }, 240_000);
});
