import { claimEffect, loadEffect, outcomeOf, type Claim, type ClaimRequest } from './effect.ts';
import { abandon, closeOperation, type Ending } from './close.ts';
import { finish } from './finish.ts';
import { asCase, loadOperation, loadSteadyCase, type Loaded } from './load.ts';
import { performOurs } from './perform.ts';
import type { CaseDeps, Refusal, Room, WorkMessage } from './room.ts';
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
  const turn = { message, token: deps.token(), startedAt: deps.now().getTime() };
  const operation = await awaitOperation(deps, message);
  if (!operation) {
    const age = deps.now().getTime() - insertedAt.getTime();
    if (age <= deps.timing.tombstoneAfter) throw new TryAgain('the command is not committed yet');
    // Create-only: when a commit was faster, its operation is found and worked on.
    await abandon(deps, room, message);
  }
  await advance(deps, room, turn, operation);
}

export interface Turn {
  readonly message: WorkMessage;
  /** Of this delivery, on the effect rows that it starts. */
  readonly token: string;
  /** When this delivery began, in milliseconds. */
  readonly startedAt: number;
}

/** Drives the operation until it is final, or somebody else is at it, or a slice was saved. */
async function advance<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, turn: Turn, found: Loaded<OperationRow> | undefined,
): Promise<void> {
  const { caseId, operationId } = turn.message;
  for (let operation = found; ; operation = undefined) {
    operation ??= await loadOperation(deps, caseId, operationId);
    if (!operation) throw new TryAgain('the operation was not found');
    if (operation.value.status !== 'pending') {
      await finish(deps, room, turn.message, operation.value);
      return;
    }
    // Two time-outs are a slice that began at the end of the first; what takes longer meets trouble at every look.
    if (deps.now().getTime() - turn.startedAt > 2 * deps.timing.effectTimeout) throw new TryAgain('the operation does not get on');
    if (await step(deps, room, turn, operation) === 'handed-on') return;
  }
}

async function step<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, turn: Turn, operation: Loaded<OperationRow>,
): Promise<'look-again' | 'handed-on'> {
  const { message, token } = turn;
  const { caseId, operationId } = message;
  const effect = room.effectSchema.parse(JSON.parse(operation.value.effect ?? 'null'));
  const close = (ending: Ending<Command>, fence?: Loaded<OperationRow>): Promise<void> => closeOperation(deps, room, { caseId, operationId, ending, ...(fence && { fence }) });
  const rows = await loadSteadyCase(deps, room, caseId, operation.value.parts);
  const current = asCase(rows);
  const forbidden = current ? room.mayStart(current, effect) : { kind: 'refused' as const, code: 'no-case', reason: 'The case is gone.' };
  const claim = await claimIfAllowed(deps, { caseId, operationId, operation, rows, token }, { forbidden, isComputation: room.repeat(effect) === 'safe' });
  switch (claim.kind) {
    case 'moved':
      return 'look-again';
    case 'forbidden':
      // Fenced by the operation as it was before the effect row was looked for: had somebody claimed it since, this does not hold.
      await close({ status: 'discarded', code: claim.refusal.code, reason: claim.refusal.reason }, operation);
      return 'look-again';
    case 'busy':
      // A copy, not a throw: five throws would send good work to poison.
      await deps.queues.send(room.queue, message, Math.ceil(claim.wait / 1000));
      return 'handed-on';
    case 'confirmed':
      await close({ status: 'done', command: room.recordResult(effect, claim.result) });
      return 'look-again';
    case 'ours':
      return await performOurs(deps, room, { turn, effect, claim, close });
  }
}

interface Permission { readonly forbidden: Refusal | undefined; readonly isComputation: boolean }

/**
 * When the state forbids a fresh start, an effect that may have reached the outside must still be ended; one that has not is never begun, and a computation of
 * ours that was broken off is not begun again.
 */
async function claimIfAllowed<State, Part>(
  deps: CaseDeps, request: ClaimRequest<State, Part>, { forbidden, isComputation }: Permission,
): Promise<Claim | { readonly kind: 'forbidden'; readonly refusal: Refusal }> {
  const begun = await loadEffect(deps, request.caseId, request.operationId);
  if (!forbidden) return await claimEffect(deps, request, begun);
  if (!begun || begun.value.status === 'idle') return { kind: 'forbidden', refusal: forbidden };
  const known = outcomeOf(deps, begun.value, request.token);
  if (known) return known;
  return isComputation ? { kind: 'forbidden', refusal: forbidden } : await claimEffect(deps, request, begun);
}

async function awaitOperation(deps: CaseDeps, message: WorkMessage): Promise<Loaded<OperationRow> | undefined> {
  const until = deps.now().getTime() + lookFor;
  for (;;) {
    const operation = await loadOperation(deps, message.caseId, message.operationId);
    if (operation || deps.now().getTime() >= until) return operation;
    await deps.sleep(lookEvery);
  }
}
