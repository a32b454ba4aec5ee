import { Conflict, Unavailable } from '../azure/store.ts';
import { claimEffect, confirmEffect, loadEffect, releaseEffect, type Claim, type ClaimRequest } from './effect.ts';
import { abandon, closeOperation, saveSlice, type Ending } from './close.ts';
import { finish } from './finish.ts';
import { effectKey } from './keys.ts';
import { asCase, loadCase, loadOperation, type Loaded } from './load.ts';
import { Permanent, type CaseDeps, type EffectContext, type Room, type WorkMessage } from './room.ts';
import type { OperationRow } from './rows.ts';

/** Thrown so that the host delivers the message again after its visibility time-out. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

const lookEvery = 250;
const lookFor = 3_000;

export interface Delivery {
  readonly message: WorkMessage;
  /** When the queue took the message in. */
  readonly insertedAt: Date;
}

/**
 * Step 4 of storage-protocol.md: one delivery of a work message. Returns when the message may be acknowledged, throws when it must come again.
 * May be killed at any line and called any number of times, in parallel too.
 */
export async function work<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, { message, insertedAt }: Delivery,
): Promise<void> {
  const token = deps.token();
  const operation = await awaitOperation(deps, message);
  if (!operation) {
    const age = deps.now().getTime() - insertedAt.getTime();
    if (age <= deps.timing.tombstoneAfter) throw new TryAgain('the command is not committed yet');
    await abandon(deps, room, message);
    const settled = await loadOperation(deps, message.caseId, message.operationId);
    if (!settled) throw new TryAgain('the tombstone was not found');
    if (settled.value.status === 'abandoned') {
      await finish(deps, room, message, settled.value);
      return;
    }
  }
  await advance(deps, room, { message, token, startedAt: deps.now().getTime() });
}

interface Turn { readonly message: WorkMessage; readonly token: string; readonly startedAt: number }

/** Drives the operation until it is final, or somebody else is at it, or a slice was saved. */
async function advance<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, turn: Turn): Promise<void> {
  const { caseId, operationId } = turn.message;
  for (;;) {
    const operation = await loadOperation(deps, caseId, operationId);
    if (!operation) throw new TryAgain('the operation was not found');
    if (operation.value.status !== 'pending') {
      await finish(deps, room, turn.message, operation.value);
      return;
    }
    if (await step(deps, room, turn, operation) === 'handed-on') return;
  }
}

async function step<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, { message, token, startedAt }: Turn, operation: Loaded<OperationRow>,
): Promise<'look-again' | 'handed-on'> {
  const { caseId, operationId } = message;
  const effect = room.effectSchema.parse(JSON.parse(operation.value.effect ?? 'null'));
  const close = (ending: Ending<Command>): Promise<void> => closeOperation(deps, room, { caseId, operationId, ending });
  const rows = await loadCase(deps, room, caseId, operation.value.parts);
  const current = asCase(rows);
  const forbidden = current ? room.mayStart(current, effect) : { code: 'no-case', reason: 'The case is gone.' };
  const claim: Claim = forbidden ? await claimOnlyWhatBegan(deps, { caseId, operationId, operation, rows, token }) : await claimEffect(deps, { caseId, operationId, operation, rows, token });
  switch (claim.kind) {
    case 'moved':
      if (forbidden) await close({ status: 'discarded', code: forbidden.code, reason: forbidden.reason });
      return 'look-again';
    case 'busy':
      // A copy, not a throw: five throws would send good work to poison.
      await deps.queues.send(room.queue, message, Math.ceil(claim.wait / 1000));
      return 'handed-on';
    case 'confirmed':
      await close({ status: 'done', command: room.recordResult(effect, claim.result) });
      return 'look-again';
    case 'ours':
      return await performOurs(deps, room, { message, operation, effect, claim, close, startedAt });
  }
}

/** When the state forbids a fresh start, an effect that has begun must still be ended; one that has not is never begun. */
async function claimOnlyWhatBegan<State, Part>(deps: CaseDeps, request: ClaimRequest<State, Part>): Promise<Claim> {
  const begun = await loadEffect(deps, request.caseId, request.operationId);
  if (!begun || begun.value.status === 'idle') return { kind: 'moved' };
  return await claimEffect(deps, request);
}

interface Ours<Command, Effect> {
  readonly message: WorkMessage;
  readonly operation: Loaded<OperationRow>;
  readonly effect: Effect;
  readonly claim: Extract<Claim, { kind: 'ours' }>;
  readonly close: (ending: Ending<Command>) => Promise<void>;
  /** When this delivery began, in milliseconds. */
  readonly startedAt: number;
}

async function performOurs<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, ours: Ours<Command, Effect>,
): Promise<'look-again' | 'handed-on'> {
  const { message, operation, effect, claim, close } = ours;
  const { caseId, operationId } = message;
  const context: EffectContext = {
    caseId, operationId, key: effectKey(caseId, operationId, 1), signal: AbortSignal.timeout(Math.floor(deps.timing.effectTimeout * 0.9)),
    ...(operation.value.cursor !== undefined && { cursor: operation.value.cursor }),
  };
  if (claim.again && room.repeat(effect) === 'look-up') {
    const result = await room.lookUp?.(effect, context);
    // A look-up that finds nothing proves nothing: a person decides.
    await close(result === undefined ? { status: 'uncertain', code: 'outcome-unknown', reason: 'It is not known whether this happened.' } : { status: 'done', command: room.recordResult(effect, result) });
    if (result === undefined) deps.alarm({ what: 'operation-uncertain', caseId, operationId });
    return 'look-again';
  }
  try {
    const performed = await room.perform(effect, context);
    if (performed.kind === 'more') return await handOn(deps, room, ours, performed);
    await confirmOrNot(deps, ours, performed.result);
    await close({ status: 'done', command: room.recordResult(effect, performed.result) });
  } catch (error) {
    if (error instanceof Permanent) {
      await close({ status: 'failed', code: error.code, reason: 'It could not be done.', command: room.recordFailure(effect, error.code) });
      deps.alarm({ what: 'operation-failed', caseId, operationId, code: error.code });
      return 'look-again';
    }
    if (room.repeat(effect) === 'safe') await releaseQuietly(deps, ours);
    throw error;
  }
  return 'look-again';
}

/** The result is kept by this worker whatever becomes of this write: closing goes on with it. */
async function confirmOrNot<Command, Effect>(deps: CaseDeps, { message, claim }: Ours<Command, Effect>, result: string): Promise<void> {
  try {
    await confirmEffect(deps, message.caseId, message.operationId, { row: claim.row, result });
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Unavailable)) throw error;
  }
}

/** The error that made us give up is the one to report; a failed release only costs the time-out. */
async function releaseQuietly<Command, Effect>(deps: CaseDeps, { message, claim }: Ours<Command, Effect>): Promise<void> {
  try {
    await releaseEffect(deps, message.caseId, message.operationId, claim.row);
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Unavailable)) throw error;
  }
}

/**
 * A slice of a long job is saved. While there is time the same delivery goes on; after that the message is sent on, one chain of messages for the pending row
 * is the same.
 */
async function handOn<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, ours: Ours<Command, Effect>, slice: { cursor: string; progress?: string },
): Promise<'look-again' | 'handed-on'> {
  const { message, effect, claim, startedAt } = ours;
  const progress = slice.progress === undefined ? undefined : room.recordProgress?.(effect, slice.progress);
  const saved = await saveSlice(deps, room, message, { cursor: slice.cursor, effect: claim.row, ...(progress !== undefined && { progress }) });
  if (!saved || deps.now().getTime() - startedAt < deps.timing.effectTimeout) return 'look-again';
  await deps.queues.send(room.queue, message, 0);
  return 'handed-on';
}

async function awaitOperation(deps: CaseDeps, message: WorkMessage): Promise<Loaded<OperationRow> | undefined> {
  const until = deps.now().getTime() + lookFor;
  for (;;) {
    const operation = await loadOperation(deps, message.caseId, message.operationId);
    if (operation || deps.now().getTime() >= until) return operation;
    await deps.sleep(lookEvery);
  }
}
