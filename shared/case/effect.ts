import { Conflict, Unavailable, type Write } from '../azure/store.ts';
import { rowKeys } from './keys.ts';
import { loaded, type Loaded, type LoadedCase } from './load.ts';
import type { CaseDeps } from './room.ts';
import { effectRow, pack, unpack, type EffectRow, type OperationRow } from './rows.ts';
import { operationWrite, put } from './transaction.ts';

/** The one effect of an operation (storage-protocol 5). */
const n = 1;

export type Claim =
  /** The effect is ours to perform. `again` means that an earlier try may have reached the outside world. */
  | { readonly kind: 'ours'; readonly row: Loaded<EffectRow>; readonly again: boolean }
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
export async function claimEffect<State, Part>(deps: CaseDeps, request: ClaimRequest<State, Part>): Promise<Claim> {
  const found = await loadEffect(deps, request.caseId, request.operationId);
  if (found) return await takeOver(deps, request, found);
  const row: EffectRow = { status: 'started', token: request.token, startedAt: deps.now().toISOString(), tries: 1 };
  return await write(deps, request, { row, before: undefined, again: false });
}

/** An effect row is there: its end is known, or somebody is at it, or it was given back, or its worker is gone. */
async function takeOver<State, Part>(deps: CaseDeps, request: ClaimRequest<State, Part>, found: Loaded<EffectRow>): Promise<Claim> {
  const { status, token, startedAt, tries, result } = found.value;
  if (status === 'confirmed') return { kind: 'confirmed', result: result ?? '' };
  if (token === request.token && status === 'started') return { kind: 'ours', row: found, again: tries > 1 };
  const age = deps.now().getTime() - Date.parse(startedAt);
  if (status === 'started' && age < deps.timing.effectTimeout) return { kind: 'busy', wait: deps.timing.effectTimeout - age };
  const row: EffectRow = { status: 'started', token: request.token, startedAt: deps.now().toISOString(), tries: tries + 1 };
  return await write(deps, request, { row, before: found, again: status === 'started' });
}

async function write<State, Part>(
  deps: CaseDeps, request: ClaimRequest<State, Part>, effect: { row: EffectRow; before: Loaded<EffectRow> | undefined; again: boolean },
): Promise<Claim> {
  const { caseId, operationId, operation, rows } = request;
  const touched: OperationRow = { ...operation.value, touchedAt: deps.now().toISOString() };
  try {
    await deps.cases.transact([
      put({ partitionKey: caseId, rowKey: rowKeys.effect(operationId, n), fields: pack(effect.row) }, effect.before),
      operationWrite(caseId, operationId, touched, operation),
      ...stateUnchanged(rows),
    ]);
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Unavailable)) throw error;
    // Read before concluding: a lost reply of our own transaction is ours to go on with.
    const now = await loadEffect(deps, caseId, operationId);
    if (now?.value.token !== request.token || now.value.startedAt !== effect.row.startedAt) {
      if (error instanceof Unavailable && !now) throw error;
      return { kind: 'moved' };
    }
    return { kind: 'ours', row: now, again: effect.again };
  }
  const now = await loadEffect(deps, caseId, operationId);
  return now?.value.token === request.token ? { kind: 'ours', row: now, again: effect.again } : { kind: 'moved' };
}

function stateUnchanged<State, Part>(rows: LoadedCase<State, Part>): Write[] {
  if (!rows.state) return [];
  return [{ do: 'update', etag: rows.state.etag, row: { partitionKey: rows.caseId, rowKey: rowKeys.state, fields: rows.state.fields } }];
}

/** Notes the answer as soon as it is there, so that a redelivery records it instead of asking again. */
export async function confirmEffect(deps: CaseDeps, caseId: string, operationId: string, end: { row: Loaded<EffectRow>; result: string }): Promise<void> {
  await settle(deps, caseId, operationId, { before: end.row, row: { ...end.row.value, status: 'confirmed', result: end.result } });
}

/** Gives an effect back that surely did not happen (or is safe to repeat), so that the next delivery need not wait for the time-out. */
export async function releaseEffect(deps: CaseDeps, caseId: string, operationId: string, row: Loaded<EffectRow>): Promise<void> {
  await settle(deps, caseId, operationId, { before: row, row: { ...row.value, status: 'idle' } });
}

async function settle(deps: CaseDeps, caseId: string, operationId: string, change: { before: Loaded<EffectRow>; row: EffectRow }): Promise<void> {
  await deps.cases.transact([put({ partitionKey: caseId, rowKey: rowKeys.effect(operationId, n), fields: pack(change.row) }, change.before)]);
}
