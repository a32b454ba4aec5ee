import { Conflict, Unavailable } from '../azure/store.ts';
import { rowKeys } from './keys.ts';
import { loaded, loadOperation, type Loaded, type LoadedCase } from './load.ts';
import type { CaseDeps } from './room.ts';
import { effectRow, pack, unpack, type EffectRow, type OperationRow } from './rows.ts';
import { operationWrite, put, stateFence } from './transaction.ts';

/** The one effect of an operation (storage-protocol 5). */
const n = 1;

export type Claim =
  /** The effect is ours to perform. `again` means that an earlier try may have reached the outside world. `operation` is as our claim left it. */
  | { readonly kind: 'ours'; readonly row: Loaded<EffectRow>; readonly operation: Loaded<OperationRow>; readonly again: boolean }
  | { readonly kind: 'confirmed'; readonly result: string }
  /** Another worker is at it: look again after this many milliseconds. */
  | { readonly kind: 'busy'; readonly wait: number }
  /** The state or the operation moved on: load and decide again. */
  | { readonly kind: 'moved' };

export async function loadEffect(deps: CaseDeps, caseId: string, operationId: string): Promise<Loaded<EffectRow> | undefined> {
  const row = await deps.cases.get(caseId, rowKeys.effect(operationId, n));
  return row && loaded(row, unpack(row, effectRow));
}

export interface ClaimRequest<State, Part> {
  readonly caseId: string;
  readonly operationId: string;
  readonly operation: Loaded<OperationRow>;
  readonly rows: LoadedCase<State, Part>;
  readonly token: string;
}

/**
 * Fences the start of an effect: the effect row, the operation and the state (unchanged) in one transaction, so that no effect starts after the
 * operation ended or the state moved on.
 */
export async function claimEffect<State, Part>(deps: CaseDeps, request: ClaimRequest<State, Part>, found: Loaded<EffectRow> | undefined): Promise<Claim> {
  const now = deps.now().toISOString();
  if (!found) return await write(deps, request, { row: { status: 'started', token: request.token, startedAt: now, since: now, tries: 1 }, before: undefined, again: false });
  const known = outcomeOf(deps, found.value, request.token);
  if (known) return known;
  // Somebody is gone, or gave it back. A slice or a computation that was given back is a new start; anything else may have happened.
  const again = found.value.status !== 'idle';
  const row: EffectRow = { status: 'started', token: request.token, startedAt: now, since: again ? found.value.since : now, tries: found.value.tries + 1 };
  return await write(deps, request, { row, before: found, again });
}

/** What an effect row says without being claimed: its end is known, or somebody else is at it. A started row of our own is ours to take up again. */
export function outcomeOf(deps: CaseDeps, { status, token, startedAt, result }: EffectRow, ours: string): Extract<Claim, { kind: 'confirmed' | 'busy' }> | undefined {
  if (status === 'confirmed') return { kind: 'confirmed', result: result ?? '' };
  const age = deps.now().getTime() - Date.parse(startedAt);
  return status === 'started' && token !== ours && age < deps.timing.effectTimeout ? { kind: 'busy', wait: deps.timing.effectTimeout - age } : undefined;
}

async function write<State, Part>(
  deps: CaseDeps, request: ClaimRequest<State, Part>, effect: { row: EffectRow; before: Loaded<EffectRow> | undefined; again: boolean },
): Promise<Claim> {
  const { caseId, operationId, operation, rows } = request;
  const touched: OperationRow = { ...operation.value, touchedAt: deps.now().toISOString() };
  let failure: Error | undefined;
  try {
    await deps.cases.transact([
      put({ partitionKey: caseId, rowKey: rowKeys.effect(operationId, n), fields: pack(effect.row) }, effect.before),
      operationWrite(caseId, operationId, touched, operation),
      ...stateFence(rows),
    ]);
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Unavailable)) throw error;
    failure = error;
  }
  // Read before concluding: a lost reply of our own transaction is ours to go on with. The operation first: it is then not newer than a claim found to be ours.
  const left = await loadOperation(deps, caseId, operationId);
  const now = await loadEffect(deps, caseId, operationId);
  if (left && now?.value.token === request.token && now.value.tries === effect.row.tries) return { kind: 'ours', row: now, operation: left, again: effect.again };
  if (failure instanceof Unavailable && !now) throw failure;
  return { kind: 'moved' };
}

/** Notes the answer as soon as it is there, so that a redelivery records it instead of asking again. */
export async function confirmEffect(deps: CaseDeps, caseId: string, operationId: string, end: { row: Loaded<EffectRow>; result: string }): Promise<void> {
  await settle(deps, caseId, operationId, { before: end.row, row: { ...end.row.value, status: 'confirmed', result: end.result } });
}

export interface Release {
  readonly row: Loaded<EffectRow>;
  /** `idle` for what surely left nothing outside, `unanswered` for a call that may have happened. */
  readonly as: 'idle' | 'unanswered';
}

/** Gives an effect back that may be taken up at once, so that the next delivery need not wait for the time-out. */
export async function releaseEffect(deps: CaseDeps, caseId: string, operationId: string, release: Release): Promise<void> {
  await settle(deps, caseId, operationId, { before: release.row, row: { ...release.row.value, status: release.as } });
}

async function settle(deps: CaseDeps, caseId: string, operationId: string, change: { before: Loaded<EffectRow>; row: EffectRow }): Promise<void> {
  await deps.cases.transact([put({ partitionKey: caseId, rowKey: rowKeys.effect(operationId, n), fields: pack(change.row) }, change.before)]);
}
