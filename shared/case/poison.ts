import { loadEffect } from './effect.ts';
import { abandon, closeOperation, type Ending } from './close.ts';
import { finish } from './finish.ts';
import { sha256 } from './keys.ts';
import { loadOperation } from './load.ts';
import { parseMessageText } from './message.ts';
import type { QueueMessage } from '../azure/store.ts';
import { outcomeUnknown, unknown } from './perform.ts';
import type { CaseDeps, Room, WorkMessage } from './room.ts';
import type { EffectRow, OperationRow } from './rows.ts';

const batch = 16;
const hiddenFor = 120;

/**
 * Drains the poison queue of a room (storage-protocol 8): each message ends its operation in a named state, and a person is told. Nothing is silent,
 * nothing is lost: what cannot be read is kept as a blob. Returns how many messages were ended. One that cannot be ended does not hold up the others; the
 * first such error is thrown when all were looked at.
 */
export async function drainPoison<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>): Promise<number> {
  let ended = 0;
  const errors: unknown[] = [];
  for (;;) {
    const messages = await deps.queues.receive(`${room.queue}-poison`, batch, hiddenFor);
    for (const message of messages) {
      try {
        if (await endPoison(deps, room, message)) ended += 1;
      } catch (error) {
        errors.push(error);
      }
    }
    if (messages.length < batch) break;
  }
  if (errors.length) throw errors[0];
  return ended;
}

async function endPoison<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, received: QueueMessage): Promise<boolean> {
  const message = parseMessageText(received.text);
  if (message?.room !== room.name) {
    const name = sha256(received.text);
    await deps.blobs.create(`poison/${room.name}/${name}`, Buffer.from(received.text), 'application/octet-stream');
    deps.alarm({ what: 'message-unreadable', caseId: '', operationId: name });
    await received.remove();
    return true;
  }
  if (!(await endOperation(deps, room, message))) return false;
  await received.remove();
  return true;
}

/** False while the effect may still be running, or moved while it was ended: the message becomes visible again and is looked at then. */
export async function endOperation<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, message: WorkMessage): Promise<boolean> {
  const { caseId, operationId } = message;
  if (!(await loadOperation(deps, caseId, operationId))) await abandon(deps, room, message);
  const operation = await loadOperation(deps, caseId, operationId);
  if (operation?.value.status === 'pending') {
    const ending = await endingFor(deps, room, message, operation.value);
    if (!ending) return false;
    // The fence: a worker that starts the effect after we looked for it touches the operation, and what is sent must not be called failed.
    await closeOperation(deps, room, { caseId, operationId, ending, ...(ending.status !== 'done' && { fence: operation }) });
  }
  const settled = await loadOperation(deps, caseId, operationId);
  if (!settled || settled.value.status === 'pending') return false;
  await finish(deps, room, message, settled.value);
  return true;
}

async function endingFor<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, message: WorkMessage, operation: OperationRow,
): Promise<Ending<Command> | undefined> {
  const begun = (await loadEffect(deps, message.caseId, message.operationId))?.value;
  if (begun?.status === 'started' && deps.now().getTime() - Date.parse(begun.startedAt) < deps.timing.effectTimeout) return undefined;
  const read = room.effectSchema.safeParse(JSON.parse(operation.effect ?? 'null'));
  // An effect that this version cannot read (it was taken back to an older one, say) cannot be recorded in the case either.
  if (!read.success) return { status: begun ? 'uncertain' : 'failed', code: begun ? unknown : 'unreadable-effect', reason: 'This version does not know what was to be done.' };
  if (begun?.status === 'confirmed') return { status: 'done', command: room.recordResult(read.data, begun.result ?? '') };
  return givenUp(room, read.data, begun);
}

/** A computation of ours leaves nothing behind: it failed. Anything else that was begun may have happened: a person decides. */
function givenUp<State, Part, Command, Effect>(room: Room<State, Part, Command, Effect>, effect: Effect, begun: EffectRow | undefined): Ending<Command> {
  const isSurelyNotDone = !begun || begun.status === 'idle' || room.repeat(effect) === 'safe';
  return isSurelyNotDone
    ? { status: 'failed', code: 'gave-up', reason: 'It was tried several times and could not be done.', command: room.recordFailure(effect, 'gave-up') }
    : { status: 'uncertain', ...outcomeUnknown(room, effect) };
}
