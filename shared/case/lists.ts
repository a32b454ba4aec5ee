import { Conflict, type Row, type StoredRow } from '../azure/store.ts';
import { allBuckets, bucketOf } from './keys.ts';
import { asCase, type LoadedCase } from './load.ts';
import type { Case, CaseDeps, IndexRow, Room } from './room.ts';
import { versionOf } from './rows.ts';

export interface Relisting {
  /** Names of the index rows that the case had and has no more. */
  readonly gone: string[];
  /** Whether the case stands in the lists exactly as before. */
  readonly isSame: boolean;
}

/** What a step does to the lists. A step that leaves them as they are has nothing to write there: the operation that made them so writes them, whenever it gets to it. */
export function relisting<State, Part, Command, Effect>(
  room: Room<State, Part, Command, Effect>, caseId: string, before: LoadedCase<State, Part>, next: Case<State, Part>,
): Relisting {
  const old = asCase(before);
  if (!old) return { gone: [], isSame: false };
  const [had, has] = [room.index(caseId, old), room.index(caseId, next)];
  const now = new Set(has.map(indexName));
  return { gone: had.map(indexName).filter(name => !now.has(name)), isSame: JSON.stringify(had) === JSON.stringify(has) };
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
 */
export async function writeIndex(deps: CaseDeps, update: IndexUpdate): Promise<void> {
  const names = new Set(update.present.map(indexName));
  const closed = update.gone.filter(name => !names.has(name)).map(name => ({ name, fields: { open: false, closedAt: deps.now().toISOString() } }));
  const open = update.present.map(row => ({ name: indexName(row), fields: { ...row.fields, open: true } }));
  // New places first: a case that moves within a list is never in none.
  const stored = new Map(await Promise.all([...open, ...closed].map(async ({ name }) => [name, await readRow(deps, name, update.caseId)] as const)));
  await Promise.all(open.map(row => writeRow(deps, update, row, stored.get(row.name))));
  await Promise.all(closed.map(row => writeRow(deps, update, row, stored.get(row.name))));
}

async function readRow({ work }: CaseDeps, name: string, caseId: string): Promise<StoredRow | undefined> {
  const key = indexKey(name, caseId);
  return await work.get(key.partitionKey, key.rowKey);
}

/** `before` is what stood there a moment ago; whoever finds something else reads again. */
async function writeRow(deps: CaseDeps, update: IndexUpdate, row: { name: string; fields: Record<string, string | number | boolean> }, stored: StoredRow | undefined): Promise<void> {
  const key = indexKey(row.name, update.caseId);
  for (let before = stored; ; before = await readRow(deps, row.name, update.caseId)) {
    if (before && versionOf(before) >= update.version) return;
    const next = { ...key, fields: { ...row.fields, caseId: update.caseId, version: update.version } };
    try {
      await deps.work.transact([before ? { do: 'update', row: next, etag: before.etag } : { do: 'insert', row: next }]);
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
