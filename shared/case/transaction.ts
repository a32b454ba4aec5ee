import { Conflict, type Row, type Write } from '../azure/store.ts';
import type { Fact } from '../domain/decision.ts';
import { extendChain } from './audit.ts';
import { dirtyKey, rowKeys } from './keys.ts';
import type { Loaded, LoadedCase } from './load.ts';
import type { Case, CaseDeps } from './room.ts';
import { contentHash, pack, type OperationRow } from './rows.ts';

export interface CaseStep<State, Part> {
  readonly rows: LoadedCase<State, Part>;
  /** Absent when only the operation and the audit move (a discarded result, a tombstone). */
  readonly next?: Case<State, Part>;
  /** How the case stands in the lists then (lists.ts). */
  readonly listing?: string;
  readonly operationId: string;
  readonly facts: readonly Fact[];
  readonly at: string;
  readonly by: string;
}

/**
 * The writes of one step of a case: state and parts that changed, audit rows and the head, each fenced by the ETag it was read with.
 * The operation's own write is added by the caller, first in the transaction.
 */
export function caseWrites<State, Part>({ rows, next, listing, operationId, facts, at, by }: CaseStep<State, Part>): Write[] {
  const { caseId } = rows;
  const content = next ? changedRows(rows, next, listing) : [];
  const hashes = Object.fromEntries(content.map(write => [write.row.rowKey, contentHash(write.row)]));
  const chain = extendChain(rows.head?.value, { at, by, operationId, facts, rows: hashes });
  return [
    ...content,
    ...chain.rows.map((row): Write => ({ do: 'insert', row: { partitionKey: caseId, rowKey: rowKeys.audit(row.seq), fields: pack(row) } })),
    put({ partitionKey: caseId, rowKey: rowKeys.head, fields: pack(chain.head) }, rows.head),
  ];
}

/** The state is always written, so that its ETag moves with every step: that is the fence of the whole case. Parts only when changed. */
function changedRows<State, Part>(rows: LoadedCase<State, Part>, next: Case<State, Part>, listing: string | undefined): (Write & { do: 'insert' | 'update' })[] {
  const { caseId } = rows;
  const version = (rows.state?.version ?? 0) + 1;
  const state = put({ partitionKey: caseId, rowKey: rowKeys.state, fields: { ...pack(next.state), version, ...(listing !== undefined && { listing }) } }, rows.state);
  const parts = Object.entries(next.parts).flatMap(([rowKey, part]) => {
    const before = rows.parts[rowKey];
    return before?.value === part ? [] : [put({ partitionKey: caseId, rowKey, fields: { ...pack(part), version: (before?.version ?? 0) + 1 } }, before)];
  });
  return [state, ...parts];
}

/** Writes the state back as it is, so that the transaction holds only while it is the one that was decided on (storage-protocol 5). */
export function stateFence<State, Part>(rows: LoadedCase<State, Part>): Write[] {
  return rows.state ? [{ do: 'update', etag: rows.state.etag, row: { partitionKey: rows.caseId, rowKey: rowKeys.state, fields: rows.state.fields } }] : [];
}

export function put(row: Row, before: Loaded<unknown> | undefined): Write & { do: 'insert' | 'update' } {
  return before ? { do: 'update', row, etag: before.etag } : { do: 'insert', row };
}

export function operationWrite(caseId: string, operationId: string, operation: OperationRow, before?: Loaded<OperationRow>): Write {
  return put({ partitionKey: caseId, rowKey: rowKeys.operation(operationId), fields: pack(operation) }, before);
}

interface Marked { readonly hour: string; readonly chains: Set<string> }

/** What this process found marked, of the newest hour only. A row stays until its hour is over, so it is asked for once. */
const marked = new WeakMap<CaseDeps['work'], Marked>();

/** Inserts the dirty row of a chain for this hour; it must be there before any transaction that moves the chain's head. */
export async function markDirty({ work }: Pick<CaseDeps, 'work'>, chain: string, now: string): Promise<void> {
  const hour = now.slice(0, 13);
  const before = marked.get(work);
  const known = before?.hour === hour ? before : { hour, chains: new Set<string>() };
  if (known.chains.has(chain)) return;
  if (known !== before) marked.set(work, known);
  await insertOnce({ work }, { ...dirtyKey(now, chain), fields: { at: now } });
  known.chains.add(chain);
}

/** Inserts into the work table; a row that is there already serves as well. */
export async function insertOnce(deps: Pick<CaseDeps, 'work'>, row: Row): Promise<void> {
  try {
    await deps.work.transact([{ do: 'insert', row }]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}
