import { Conflict, Unavailable, type StoredRow, type Write } from '../azure/store.ts';
import { erasedHash, extendChain } from './audit.ts';
import { indexKey } from './lists.ts';
import { loaded } from './load.ts';
import { rowKeys } from './keys.ts';
import type { CaseDeps } from './room.ts';
import { headRow, operationRow, pack, unpack, type OperationRow } from './rows.ts';
import { markDirty, put } from './transaction.ts';
import { isProtocolRow, readPartition } from './verify.ts';

/** With the row of the audit and the head a transaction stays under 90 rows. */
const atOnce = 80;
const contention = 5_000;

export interface Erasure {
  readonly caseId: string;
  readonly operationId: string;
  readonly by: string;
  readonly signal: AbortSignal;
}

/**
 * Takes away the content of a case whose state is a stub already (storage-protocol 11): its parts, each step with a row of the audit that says which rows are gone, so that the chain still verifies and a row
 * that comes back shows; then what finished effects left. The state, the operations and the audit stay. May be broken off and repeated. @throws Unavailable when somebody else keeps moving the case
 */
export async function eraseContent(deps: CaseDeps, erasure: Erasure): Promise<number> {
  let gone = 0;
  const giveUpAt = deps.now().getTime() + contention;
  for (;;) {
    erasure.signal.throwIfAborted();
    const rows = await readPartition(deps.cases, erasure.caseId);
    const content = rows.filter(({ rowKey }) => !isProtocolRow(rowKey) && rowKey !== rowKeys.state).slice(0, atOnce);
    if (content.length === 0) {
      await removeEffects(deps, rows);
      return gone;
    }
    try {
      await removeSome(deps, erasure, { content, head: rows.find(({ rowKey }) => rowKey === rowKeys.head) });
      gone += content.length;
    } catch (error) {
      if (!(error instanceof Conflict) || deps.now().getTime() >= giveUpAt) throw error instanceof Conflict ? new Unavailable('the case is busy', 1, { cause: error }) : error;
      await deps.sleep(5 + deps.random() * 95);
    }
  }
}

async function removeSome(deps: CaseDeps, { caseId, operationId, by }: Erasure, { content, head: stored }: { readonly content: readonly StoredRow[]; readonly head: StoredRow | undefined }): Promise<void> {
  const now = deps.now().toISOString();
  await markDirty(deps, caseId, now);
  const head = stored && loaded(stored, unpack(stored, headRow));
  const chain = extendChain(head?.value, { at: now, by, operationId, facts: [{ what: 'ContentErased', kind: 'erasure', about: { rows: content.length } }], rows: Object.fromEntries(content.map(({ rowKey }) => [rowKey, erasedHash])) });
  await deps.cases.transact([
    ...content.map(({ rowKey, etag }): Write => ({ do: 'delete', partitionKey: caseId, rowKey, etag })),
    ...chain.rows.map((row): Write => ({ do: 'insert', row: { partitionKey: caseId, rowKey: rowKeys.audit(row.seq), fields: pack(row) } })),
    put({ partitionKey: caseId, rowKey: rowKeys.head, fields: pack(chain.head) }, head),
  ]);
}

function operationsIn(rows: readonly StoredRow[]): { readonly row: StoredRow; readonly operationId: string; readonly value: OperationRow }[] {
  return rows.filter(({ rowKey }) => rowKey.startsWith(rowKeys.operation(''))).map(row => ({ row, operationId: row.rowKey.slice(rowKeys.operation('').length), value: unpack(row, operationRow) }));
}

/** What an effect answered is of no use once its operation has ended. */
async function removeEffects(deps: CaseDeps, rows: readonly StoredRow[]): Promise<void> {
  const isOpen = new Set(operationsIn(rows).filter(({ value: { status } }) => status === 'pending' || status === 'uncertain').map(({ operationId }) => operationId));
  const ended = rows.filter(({ rowKey }) => rowKey.startsWith('effect|') && !isOpen.has(rowKey.split('|')[1] ?? ''));
  for (const { partitionKey, rowKey, etag } of ended) await quietly(deps.cases.transact([{ do: 'delete', partitionKey, rowKey, etag }]));
}

/**
 * A day after the erasure: the closed rows that the case left in lists, whose names may be made from a name or a telephone, and their names in the operations. No commit takes a day, so no slow writer puts one
 * back. Returns how many rows went.
 */
export async function eraseListings(deps: Pick<CaseDeps, 'cases' | 'work'>, caseId: string): Promise<number> {
  let gone = 0;
  for (const { row, value } of operationsIn(await readPartition(deps.cases, caseId))) {
    if (value.gone.length === 0 && !value.touched?.length) continue;
    for (const name of value.gone) gone += await removeClosed(deps, indexKey(name, caseId));
    await quietly(deps.cases.transact([{ do: 'update', etag: row.etag, row: { ...row, fields: pack({ ...value, gone: [], ...(value.touched && { touched: [] }) }) } }]));
  }
  return gone;
}

async function removeClosed({ work }: Pick<CaseDeps, 'work'>, { partitionKey, rowKey }: { readonly partitionKey: string; readonly rowKey: string }): Promise<number> {
  const row = await work.get(partitionKey, rowKey);
  if (row?.fields['open'] !== false) return 0;
  await quietly(work.transact([{ do: 'delete', partitionKey, rowKey, etag: row.etag }]));
  return 1;
}

/** Somebody else was there first. */
async function quietly(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}
