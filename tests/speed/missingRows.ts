import { createHash } from 'node:crypto';
import type { Row, TableStore } from '../../shared/azure/store.ts';
import { newCaseId } from '../../shared/case/keys.ts';
import { indexKey, indexName } from '../../shared/case/lists.ts';
import { indexRows } from '../../functions/missing-persons/lists.ts';
import { closedList, mineList } from '../../functions/missing-persons/rules/lists/names.ts';
import type { MissingRecord } from '../../functions/missing-persons/state.ts';
import { Desk, settings } from '../missing-persons/law/desk.ts';

export const worker = '00000000-0000-4000-8000-000000000035';
const hash = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 40);
const hour = 3_600_000;
const families = ['Adams', 'Brooks', 'Clarke', 'Dean', 'Evans', 'Fisher', 'Grant', 'Hughes', 'Irving', 'Jones', 'Kelly', 'Lowe', 'Mason', 'Nash', 'Owens', 'Price', 'Quinn', 'Reed', 'Shaw', 'Todd'];
/** Of the closed cases, this many stand in the lists of names and of people too: Azurite keeps all in memory, and those lists are found by key whatever else there is. */
const oneInAllLists = 20;

/** An open case as the law makes one, of which the others differ in name, number, level and time. */
function openCase(): MissingRecord {
  const desk = new Desk('2026-11-24T09:00:00.000Z');
  desk.call({ givenName: 'Ella', familyName: 'Example', age: '41', lastSeenPlace: 'Sample Square', lastSeenUnknown: 'yes', lastSeenReason: 'Not known', informantName: 'Sam Example', informantPhone: '01632 960001' });
  desk.answers();
  desk.must({ do: 'ScreenReport', thrive: 'Nobody knows where she is.', level: 'MEDIUM', matchesSeen: [] }, 'cora');
  desk.must({ do: 'AcceptReport', rationale: 'Not like her, no contact since last evening.' }, 'cora');
  return desk.record;
}

const levels = ['LOW', 'MEDIUM', 'HIGH'] as const;

function nth(model: MissingRecord, n: number, kind: 'open' | 'closed'): MissingRecord {
  const { file, risk } = model;
  if (!file || !risk) throw new Error('the model has no case');
  const recordId = newCaseId('bench', 'bench', kind, String(n));
  const reported = new Date(Date.parse('2026-11-24T09:00:00.000Z') - n * hour / 10).toISOString();
  const common = {
    ...model, recordId, personId: recordId, clocks: { ...model.clocks, reported }, owner: { ...model.owner, userId: n % 50 === 0 ? worker : `bench-${n % 500}` },
    person: { ...model.person, names: model.person.names.map(name => ({ ...name, family: `${families[n % families.length] ?? ''}${String.fromCharCode(97 + Math.floor(n / 20) % 26)}` })) },
  };
  if (kind === 'open') return { ...common, file: { ...file, caseRef: `MP/CHS/2026/${String(n).padStart(6, '0')}` }, risk: { ...risk, level: levels[n % 3] ?? 'LOW' } };
  return { ...common, tasks: [], reviews: [], pages: [], owed: [], file: { ...file, caseRef: `MP/CHS/2020/${String(n).padStart(6, '0')}`, state: 'CLOSED', enteredAt: reported } };
}

/** Index rows as functions/missing-persons/lists.ts makes them, of cases from one number up to another. */
function* rowsOf(kind: 'open' | 'closed', from: number, to: number): Generator<Row> {
  const model = openCase();
  for (let n = from; n < to; n++) {
    const record = nth(model, n, kind);
    for (const row of indexRows(record, { settings, hash })) {
      const isWanted = kind === 'open' ? row.list !== 'missing-due' : row.list === closedList || row.list === mineList(worker) || n % oneInAllLists === 0;
      if (isWanted) yield { ...indexKey(indexName(row), record.recordId), fields: { ...row.fields, caseId: record.recordId, version: 1, open: true } };
    }
  }
}

/** Transactions of up to 90 rows, which have to be of one partition, several under way at once. Returns how many rows were written. */
export async function writeRows(work: TableStore, kind: 'open' | 'closed', [from, to]: readonly [number, number]): Promise<number> {
  const filling = new Map<string, Row[]>();
  const under = new Set<Promise<void>>();
  let written = 0;
  const send = async (rows: readonly Row[]): Promise<void> => {
    written += rows.length;
    const sending: Promise<void> = work.transact(rows.map(row => ({ do: 'insert', row }))).finally(() => under.delete(sending));
    under.add(sending);
    if (under.size >= 8) await Promise.race(under);
  };
  for (const row of rowsOf(kind, from, to)) {
    const rows = filling.get(row.partitionKey) ?? [];
    filling.set(row.partitionKey, rows);
    if (rows.push(row) === 90) {
      filling.delete(row.partitionKey);
      await send(rows);
    }
  }
  for (const rows of filling.values()) await send(rows);
  await Promise.all(under);
  return written;
}
