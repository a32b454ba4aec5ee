import { caseIdPattern, operationIdPattern } from '../domain/ids.ts';
import { pendingKey } from './keys.ts';
import type { CaseDeps, Room, WorkMessage } from './room.ts';
import { insertOnce, markDirty } from './transaction.ts';

export interface Intent {
  readonly caseId: string;
  readonly operationId: string;
  readonly at: string;
  readonly traceparent?: string;
}

/**
 * Step 2 of the protocol: message, pending row and dirty row go first, in parallel. Unless all three succeed nothing may be committed.
 * A crash after this leaves a ghost that the worker ends with a tombstone.
 */
export async function declareIntent(deps: CaseDeps, room: Pick<Room<never, never, never, never>, 'name' | 'queue'>, intent: Intent): Promise<void> {
  const { caseId, operationId, at, traceparent } = intent;
  // The worker would not know its own message.
  if (!caseIdPattern.test(caseId) || !operationIdPattern.test(operationId)) throw new RangeError('ids are checked at the edge');
  const message: WorkMessage = { v: 1, room: room.name, caseId, operationId, at, ...(traceparent && { traceparent }) };
  await Promise.all([
    deps.queues.send(room.queue, message, Math.ceil(deps.timing.commitVisibility / 1000)),
    insertOnce(deps, { ...pendingKey(at, caseId, operationId), fields: { room: room.name, queue: room.queue, caseId, operationId, at, ...(traceparent && { traceparent }) } }),
    markDirty(deps, caseId, at),
  ]);
}
