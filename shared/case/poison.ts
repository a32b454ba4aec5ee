import { loadEffect } from './effect.ts';
import { abandon, closeOperation, type Ending } from './close.ts';
import { finish } from './finish.ts';
import { sha256 } from './keys.ts';
import { loadOperation } from './load.ts';
import { parseMessageText } from './message.ts';
import type { QueueMessage } from '../azure/store.ts';
import type { CaseDeps, Room, WorkMessage } from './room.ts';

const batch = 16;
const hiddenFor = 120;

/**
 * Drains the poison queue of a room (storage-protocol 8): each message ends its operation in a named state, and a person is told. Nothing is silent,
 * nothing is lost: what cannot be read is kept as a blob. Returns how many messages were ended.
 */
export async function drainPoison<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>): Promise<number> {
  let ended = 0;
  for (;;) {
    const messages = await deps.queues.receive(`${room.queue}-poison`, batch, hiddenFor);
    for (const message of messages) if (await endPoison(deps, room, message)) ended += 1;
    if (messages.length < batch) return ended;
  }
}

async function endPoison<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, received: QueueMessage): Promise<boolean> {
  const message = parseMessageText(received.text);
  if (!message || message.room !== room.name) {
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

/** False while the effect may still be running: the message becomes visible again and is looked at then. */
export async function endOperation<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, message: WorkMessage): Promise<boolean> {
  const { caseId, operationId } = message;
  if (!(await loadOperation(deps, caseId, operationId))) await abandon(deps, room, message);
  const operation = await loadOperation(deps, caseId, operationId);
  if (!operation) return false;
  if (operation.value.status === 'pending') {
    const effect = room.effectSchema.parse(JSON.parse(operation.value.effect ?? 'null'));
    const ending = await endingFor(deps, room, message, effect);
    if (!ending) return false;
    await closeOperation(deps, room, { caseId, operationId, ending });
    if (ending.status !== 'done') deps.alarm({ what: `operation-${ending.status}`, caseId, operationId, ...('code' in ending && { code: ending.code }) });
  }
  const settled = await loadOperation(deps, caseId, operationId);
  if (!settled || settled.value.status === 'pending') return false;
  await finish(deps, room, message, settled.value);
  return true;
}

async function endingFor<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, message: WorkMessage, effect: Effect,
): Promise<Ending<Command> | undefined> {
  const begun = await loadEffect(deps, message.caseId, message.operationId);
  const failed: Ending<Command> = { status: 'failed', code: 'gave-up', reason: 'It was tried several times and could not be done.', command: room.recordFailure(effect, 'gave-up') };
  if (!begun || begun.value.status === 'idle') return failed;
  if (begun.value.status === 'confirmed') return { status: 'done', command: room.recordResult(effect, begun.value.result ?? '') };
  if (deps.now().getTime() - Date.parse(begun.value.startedAt) < deps.timing.effectTimeout) return undefined;
  // A computation of ours leaves nothing behind: it failed. Anything else may have happened: a person decides.
  return room.repeat(effect) === 'safe' ? failed : { status: 'uncertain', code: 'outcome-unknown', reason: 'It is not known whether this happened.' };
}
