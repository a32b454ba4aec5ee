import { Conflict, type Row, type Write } from '../azure/store.ts';
import { allBuckets, bucketOf, sha256 } from './keys.ts';
import { asCase, type LoadedCase } from './load.ts';
import type { Case, CaseDeps, IndexRow, Room } from './room.ts';
import { versionOf } from './rows.ts';

export interface Relisting {
  /** Names of the index rows that the case had and has no more. */
  readonly gone: string[];
  /**
   * Lists in which it stands otherwise than before, or not at all any more; absent: it is not known of any. A list that a step leaves as it is needs no writing: the operation that made it so
   * writes it, whenever it gets to it. By list and not by row, for a row of a lower version than another of its list is not shown.
   */
  readonly touched?: string[];
  /** Of all rows of the case; kept with its state, so that rows of other settings or of another version of the code show, and are all written. */
  readonly listing: string;
}

/** What a step does to the lists. */
export function relisting<State, Part, Command, Effect>(
  room: Room<State, Part, Command, Effect>, caseId: string, before: LoadedCase<State, Part>, next: Case<State, Part>,
): Relisting {
  const old = asCase(before);
  const has = room.index(caseId, next);
  const listing = listingOf(has);
  if (!old) return { gone: [], listing };
  const had = room.index(caseId, old);
  const now = new Set(has.map(indexName));
  const gone = had.map(indexName).filter(name => !now.has(name));
  return { gone, listing, ...(before.state?.fields['listing'] === listingOf(had) && { touched: differing(had, has) }) };
}

function differing(had: readonly IndexRow[], has: readonly IndexRow[]): string[] {
  const [before, after] = [byList(had), byList(has)];
  return [...new Set([...before.keys(), ...after.keys()])].filter(list => before.get(list) !== after.get(list));
}

function byList(rows: readonly IndexRow[]): Map<string, string> {
  return new Map([...Map.groupBy(rows, ({ list }) => list)].map(([list, own]) => [list, JSON.stringify(own)]));
}

function listingOf(rows: readonly IndexRow[]): string {
  return sha256(JSON.stringify(rows)).slice(0, 16);
}

export function indexName(row: Pick<IndexRow, 'list' | 'sortKey'>): string {
  return `${row.list}|${row.sortKey}`;
}

export interface IndexUpdate {
  readonly caseId: string;
  /** Version of the state that the rows were made from. */
  readonly version: number;
  readonly present: readonly IndexRow[];
  /** Names of rows that were there once; those not in `present` are closed. */
  readonly gone: readonly string[];
}

/**
 * Writes the rows of a case into the lists, never over a row of a higher version. A row that is no longer wanted becomes a tombstone with the version
 * that closed it: if it were deleted, a slower writer with an older state could put it back for ever.
 * The rows of one list lie in one partition and are written in one transaction: a case that moves within a list is in it once at any moment.
 */
export async function writeIndex(deps: CaseDeps, update: IndexUpdate): Promise<void> {
  const names = new Set(update.present.map(indexName));
  const rows = [
    ...update.present.map(row => rowOf(update, indexName(row), { ...row.fields, open: true })),
    ...update.gone.filter(name => !names.has(name)).map(name => rowOf(update, name, { open: false, closedAt: deps.now().toISOString() })),
  ];
  const lists = [...Map.groupBy(rows, ({ partitionKey }) => partitionKey).values()];
  await Promise.all(lists.flatMap(inSlices).map(slice => writeRows(deps, update.version, slice)));
}

function rowOf({ caseId, version }: IndexUpdate, name: string, fields: Row['fields']): Row {
  return { ...indexKey(name, caseId), fields: { ...fields, caseId, version } };
}

/** Far below what a transaction holds, and far above what a case has in one list; new places stand before old ones. */
const atOnce = 40;

function inSlices(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / atOnce) }, (_, n) => rows.slice(n * atOnce, (n + 1) * atOnce));
}

/** What stood there a moment ago decides; when it has moved on it is read again. Of a new case nothing stands there, as a rule. */
async function writeRows({ work }: CaseDeps, version: number, rows: readonly Row[]): Promise<void> {
  for (let isNew = version === 1; ; isNew = false) {
    const stored = isNew ? [] : await Promise.all(rows.map(({ partitionKey, rowKey }) => work.get(partitionKey, rowKey)));
    const writes = rows.flatMap((row, n): Write[] => {
      const before = stored[n];
      if (!before) return [{ do: 'insert', row }];
      return versionOf(before) >= version ? [] : [{ do: 'update', row, etag: before.etag }];
    });
    if (writes.length === 0) return;
    try {
      await work.transact(writes);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** `list|bucket` is the partition; the rest of the name, then the case id, is the row key. */
export function indexKey(name: string, caseId: string): { partitionKey: string; rowKey: string } {
  const cut = name.indexOf('|');
  return { partitionKey: `index|${name.slice(0, cut)}|${bucketOf(caseId)}`, rowKey: `${name.slice(cut + 1)}|${caseId}` };
}

export interface ListPage {
  readonly rows: readonly { readonly caseId: string; readonly sortKey: string; readonly fields: Readonly<Record<string, string | number | boolean>> }[];
  /** Sort key and case id to go on after; absent at the end. */
  readonly next?: string;
}

export interface ListRequest {
  readonly list: string;
  readonly limit: number;
  /** Only rows after this position. */
  readonly after?: string;
  /** Only rows with a sort key below this one. */
  readonly below?: string;
}

/** One page of a list in sort order over all its buckets: one round trip of parallel queries, whatever the length of the list. */
export async function readList(deps: Pick<CaseDeps, 'work'>, { list, limit, after, below }: ListRequest): Promise<ListPage> {
  // A tombstone takes a place in a page of the store, so a page may hold a few more than are shown.
  const pages = await Promise.all(allBuckets().map(bucket => deps.work.list({
    partitionKey: `index|${list}|${bucket}`, limit: Math.min(1000, limit + 20), ...(after !== undefined && { after }), ...(below !== undefined && { below }),
  })));
  // A bucket that was cut short hides what lies behind its last row: nothing beyond the nearest such row is sure.
  const horizon = pages.filter(page => page.next !== undefined).map(page => page.rows.at(-1)?.rowKey ?? '').sort()[0];
  const found = withoutStale(pages.flatMap(page => page.rows))
    .filter(row => horizon === undefined || row.rowKey <= horizon)
    .sort((a, b) => (a.rowKey < b.rowKey ? -1 : 1));
  const shown = found.filter(row => row.fields['open'] === true).slice(0, limit);
  const last = shown.length === limit ? shown.at(-1)?.rowKey : horizon;
  const more = horizon !== undefined || found.some(row => last !== undefined && row.rowKey > last && row.fields['open'] === true);
  return {
    rows: shown.map(row => ({ caseId: String(row.fields['caseId']), sortKey: row.rowKey.slice(0, row.rowKey.lastIndexOf('|')), fields: row.fields })),
    ...(more && last !== undefined && { next: last }),
  };
}

/** A case that moves within a list stands at both places until its old row is closed: the row of the lower version is not shown. */
export function withoutStale<T extends Pick<Row, 'fields'>>(rows: readonly T[]): T[] {
  const newest = new Map<unknown, number>();
  for (const row of rows) newest.set(row.fields['caseId'], Math.max(versionOf(row), newest.get(row.fields['caseId']) ?? 0));
  return rows.filter(row => versionOf(row) === newest.get(row.fields['caseId']));
}
