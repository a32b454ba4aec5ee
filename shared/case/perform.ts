import { Conflict, Unavailable } from '../azure/store.ts';
import { confirmEffect, releaseEffect, type Claim } from './effect.ts';
import type { Ending } from './close.ts';
import { effectKey } from './keys.ts';
import type { Loaded } from './load.ts';
import { Permanent, type CaseDeps, type EffectContext, type Room } from './room.ts';
import type { EffectRow, OperationRow } from './rows.ts';
import { saveSlice } from './slice.ts';
import type { Turn } from './work.ts';

/** Of the effect time-out, so that a call is over before another worker may take it up. */
const callShare = 0.9;
const defaultKeyWindow = 24 * 60 * 60 * 1000;

export interface Ours<Command, Effect> {
  readonly turn: Turn;
  readonly effect: Effect;
  readonly claim: Extract<Claim, { kind: 'ours' }>;
  readonly close: (ending: Ending<Command>, fence?: Loaded<OperationRow>) => Promise<void>;
}

/** Performs an effect that was claimed, or finds out what became of an earlier try (storage-protocol 5). Throws when it must be tried again later. */
export async function performOurs<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, ours: Ours<Command, Effect>,
): Promise<'look-again' | 'handed-on'> {
  const { effect, claim, close } = ours;
  // From the start that others see, not from now: claiming may have taken long.
  const left = Date.parse(claim.row.value.startedAt) + callShare * deps.timing.effectTimeout - deps.now().getTime();
  const context = contextOf(ours, AbortSignal.timeout(Math.max(0, Math.floor(left))));
  if (claim.again && !mayCallAgain(deps, room, effect, claim.row.value)) {
    await lookUp(room, ours, context);
    return 'look-again';
  }
  try {
    if (left <= 0) throw new Unavailable('claiming the effect took too long');
    const performed = await room.perform(effect, context);
    if (performed.kind === 'more') return await handOn(deps, room, ours, performed);
    await quietly(confirmEffect(deps, context.caseId, context.operationId, { row: claim.row, result: performed.result }));
    await close({ status: 'done', command: room.recordResult(effect, performed.result) });
  } catch (error) {
    if (error instanceof Permanent) {
      await close({ status: 'failed', code: error.code, reason: 'It could not be done.', command: room.recordFailure(effect, error.code) }, claim.operation);
      return 'look-again';
    }
    // What can only be looked up stays started until its time is over: the provider may be at it still.
    const repeat = room.repeat(effect);
    if (repeat !== 'look-up') await quietly(releaseEffect(deps, context.caseId, context.operationId, { row: claim.row, as: repeat === 'safe' ? 'idle' : 'unanswered' }));
    throw error;
  }
  return 'look-again';
}

function contextOf<Command, Effect>({ turn, claim }: Ours<Command, Effect>, signal: AbortSignal): EffectContext {
  const { caseId, operationId } = turn.message;
  const { cursor } = claim.operation.value;
  return { caseId, operationId, key: effectKey(caseId, operationId, 1), signal, ...(cursor !== undefined && { cursor }) };
}

function mayCallAgain<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, effect: Effect, row: EffectRow): boolean {
  const repeat = room.repeat(effect);
  return repeat === 'safe' || (repeat === 'same-key' && deps.now().getTime() - Date.parse(row.since) < (room.keyWindow ?? defaultKeyWindow));
}

/** A look-up that finds nothing proves nothing: a person decides. */
async function lookUp<State, Part, Command, Effect>(room: Room<State, Part, Command, Effect>, { effect, claim, close }: Ours<Command, Effect>, context: EffectContext): Promise<void> {
  const result = await room.lookUp?.(effect, context);
  if (result !== undefined) await close({ status: 'done', command: room.recordResult(effect, result) });
  else await close({ status: 'uncertain', ...outcomeUnknown(room, effect) }, claim.operation);
}

export const unknown = 'outcome-unknown';

/** What a case is told when nobody can know whether the effect happened. */
export function outcomeUnknown<State, Part, Command, Effect>(room: Room<State, Part, Command, Effect>, effect: Effect): { code: string; reason: string; command: Command } {
  return { code: unknown, reason: 'It is not known whether this happened.', command: room.recordFailure(effect, unknown) };
}

/**
 * For writes that only save time: the worker keeps the result whatever becomes of its note and closes with it, and a failed release only costs the time-out.
 */
async function quietly(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Unavailable)) throw error;
  }
}

/**
 * A slice of a long job is saved. While there is time the same delivery goes on; after that the message is sent on, so that there is one message for the
 * pending row as before.
 */
async function handOn<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, { turn, effect, claim }: Ours<Command, Effect>, slice: { cursor: string; progress?: string },
): Promise<'look-again' | 'handed-on'> {
  const progress = slice.progress === undefined ? undefined : room.recordProgress?.(effect, slice.progress);
  const saved = await saveSlice(deps, room, turn.message, { cursor: slice.cursor, effect: claim.row, ...(progress !== undefined && { progress }) });
  if (!saved || deps.now().getTime() - turn.startedAt < deps.timing.effectTimeout) return 'look-again';
  await deps.queues.send(room.queue, turn.message, 0);
  return 'handed-on';
}
