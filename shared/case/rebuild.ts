import { type StoredRow, tryTransact } from '../azure/store.ts';
import { allBuckets, rowKeys } from './keys.ts';
import { indexKey, indexName } from './lists.ts';
import type { CaseDeps, Room } from './room.ts';
import { operationRow, unpack, versionOf } from './rows.ts';
import { isProtocolRow, partitions, readPartition } from './verify.ts';

export interface Rebuilt { readonly cases: number; readonly written: number; readonly closed: number; readonly removed: number }

/** A writer with an older state is at most a function time-out behind; a tombstone this old has nobody left to hold back. */
const tombstoneKept = 24 * 60 * 60 * 1000;

/**
 * Makes the lists of a room what its cases say (storage-protocol 9; D3): writes the rows that should be there, closes those that should not, and removes
 * tombstones of over a day. `lists` are the names that the room writes. May run beside everything else, and be broken off and run again.
 */
export async function rebuildIndex<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, lists: readonly string[]): Promise<Rebuilt> {
  const total = { cases: 0, written: 0, closed: 0, removed: 0 };
  const wanted = new Set<string>();
  for await (const { chain, rows } of partitions(deps.cases)) {
    if (!isOfRoom(rows, room.name)) continue;
    total.cases += 1;
    for (const entry of await listedAs(deps, room, chain)) {
      wanted.add(idOf(entry.key));
      if (await correct(deps, entry)) total.written += 1;
    }
  }
  for await (const row of indexRows(deps, lists)) {
    if (wanted.has(idOf(row))) continue;
    const did = await close(deps, room, row);
    if (did) total[did] += 1;
  }
  return total;
}

interface Entry { readonly key: Key; readonly version: number; readonly fields: StoredRow['fields'] }
interface Key { readonly partitionKey: string; readonly rowKey: string }

const idOf = ({ partitionKey, rowKey }: Key): string => `${partitionKey}\n${rowKey}`;

function isOfRoom(rows: readonly StoredRow[], name: string): boolean {
  const operation = rows.find(row => row.rowKey.startsWith('op|'));
  return operation !== undefined && unpack(operation, operationRow).room === name;
}

/** The rows of the lists in which a case belongs, from a reading of its partition between two equal readings of its state. */
async function listedAs<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, caseId: string): Promise<readonly Entry[]> {
  for (;;) {
    const before = await deps.cases.get(caseId, rowKeys.state);
    if (!before) return [];
    const rows = await readPartition(deps.cases, caseId);
    if ((await deps.cases.get(caseId, rowKeys.state))?.etag === before.etag) return entriesOf(room, caseId, before, rows);
  }
}

function entriesOf<State, Part, Command, Effect>(room: Room<State, Part, Command, Effect>, caseId: string, state: StoredRow, rows: readonly StoredRow[]): Entry[] {
  const parts = rows.filter(row => row.rowKey !== rowKeys.state && !isProtocolRow(row.rowKey)).map(row => [row.rowKey, unpack(row, room.partSchema)] as const);
  const version = versionOf(state);
  return room.index(caseId, { state: unpack(state, room.stateSchema), parts: Object.fromEntries(parts) })
    .map(row => ({ key: indexKey(indexName(row), caseId), version, fields: { ...row.fields, open: true, caseId, version } }));
}

/** Also over a row of the same version, for that is what may be wrong. A newer one was written while we read, and is right unless its case is not that new. */
async function correct(deps: CaseDeps, { key, version, fields }: Entry, isAsNew = false): Promise<boolean> {
  const before = await deps.work.get(key.partitionKey, key.rowKey);
  // Steps that did not touch a list left its row at the version that did.
  if (before && isSame({ ...before.fields, version: isAsNew || versionOf(before) > version ? versionOf(before) : version }, fields)) return false;
  if (before && versionOf(before) > version && versionOf(before) <= await versionNow(deps, String(fields['caseId']))) return false;
  return await tryTransact(deps.work, [before ? { do: 'update', row: { ...key, fields }, etag: before.etag } : { do: 'insert', row: { ...key, fields } }]);
}

async function versionNow(deps: CaseDeps, caseId: string): Promise<number> {
  const state = await deps.cases.get(caseId, rowKeys.state);
  return state ? versionOf(state) : 0;
}

function isSame(a: StoredRow['fields'], b: StoredRow['fields']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every(name => a[name] === b[name]);
}

/** A row that no case asks for. Its case is read again now: it may have been listed since. */
async function close<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, row: StoredRow): Promise<'closed' | 'removed' | undefined> {
  const caseId = String(row.fields['caseId']);
  const rows = await readPartition(deps.cases, caseId);
  if (rows.length && !isOfRoom(rows, room.name)) return undefined;
  const listed = await listedAs(deps, room, caseId);
  if (listed.some(entry => idOf(entry.key) === idOf(row))) return undefined;
  const { partitionKey, rowKey, etag } = row;
  if (row.fields['open'] !== false) {
    const version = Math.max(versionOf(row), await versionNow(deps, caseId));
    // A row of a lower version than another of its list is not shown.
    for (const entry of listed) if (entry.key.partitionKey === partitionKey) await correct(deps, entry, true);
    const fields = { open: false, caseId, version, closedAt: deps.now().toISOString() };
    return await tryTransact(deps.work, [{ do: 'update', etag, row: { partitionKey, rowKey, fields } }]) ? 'closed' : undefined;
  }
  const closedAt = row.fields['closedAt'];
  if (typeof closedAt === 'string' && deps.now().getTime() - Date.parse(closedAt) < tombstoneKept) return undefined;
  return await tryTransact(deps.work, [{ do: 'delete', partitionKey, rowKey, etag }]) ? 'removed' : undefined;
}

/** A row that moved meanwhile was written by its case's own worker: nothing to correct. */
async function* indexRows(deps: CaseDeps, lists: readonly string[]): AsyncGenerator<StoredRow> {
  for (const partitionKey of lists.flatMap(list => allBuckets().map(bucket => `index|${list}|${bucket}`))) {
    let next: string | undefined;
    do {
      const page = await deps.work.list({ partitionKey, limit: 1000, ...(next !== undefined && { next }) });
      yield* page.rows;
      next = page.next;
    } while (next !== undefined);
  }
}
