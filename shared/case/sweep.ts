import { Conflict, type StoredRow } from '../azure/store.ts';
import { allBuckets } from './keys.ts';
import { loadOperation } from './load.ts';
import { parseMessage } from './message.ts';
import type { CaseDeps } from './room.ts';

const pageSize = 500;
const alarmAfter = 60 * 60 * 1000;

export interface Swept { readonly seen: number; readonly requeued: number; readonly overdue: number }

/**
 * Re-queues what may have lost its message (storage-protocol 8): a pending row when neither it nor its operation changed for SWEEP_AFTER. The message
 * names the row it was made from, so a ghost is ended by the worker and not swept for ever. Over an hour a person is told, once an hour.
 * A row that fails does not hold up the others; the first such error is thrown when all were looked at.
 */
export async function sweep(deps: CaseDeps): Promise<Swept> {
  const total = { seen: 0, requeued: 0, overdue: 0 };
  const errors: unknown[] = [];
  for await (const row of pendingRows(deps)) {
    total.seen += 1;
    try {
      const done = await sweepRow(deps, row);
      total.requeued += done.requeued ? 1 : 0;
      total.overdue += done.overdue ? 1 : 0;
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length) throw errors[0];
  return total;
}

async function* pendingRows(deps: CaseDeps): AsyncGenerator<StoredRow> {
  for (const bucket of allBuckets()) {
    let next: string | undefined;
    do {
      const page = await deps.work.list({ partitionKey: `pending|${bucket}`, limit: pageSize, ...(next !== undefined && { next }) });
      yield* page.rows;
      next = page.next;
    } while (next !== undefined);
  }
}

async function sweepRow(deps: CaseDeps, row: StoredRow): Promise<{ requeued: boolean; overdue: boolean }> {
  const { room, caseId, operationId, at, traceparent, sweptAt, queue } = row.fields;
  const message = parseMessage({ v: 1, room, caseId, operationId, at, ...(traceparent !== undefined && { traceparent }) });
  if (!message || typeof queue !== 'string') {
    deps.alarm({ what: 'pending-row-unreadable', caseId: String(caseId), operationId: String(operationId) });
    return { requeued: false, overdue: true };
  }
  const now = deps.now();
  const age = (stamp: unknown): number => (typeof stamp === 'string' ? now.getTime() - Date.parse(stamp) : Infinity);
  const overdue = age(at) > alarmAfter;
  if (Math.min(age(at), age(sweptAt)) < deps.timing.sweepAfter) return { requeued: false, overdue };
  const operation = await loadOperation(deps, message.caseId, message.operationId);
  if (operation && age(operation.value.touchedAt) < deps.timing.sweepAfter) return { requeued: false, overdue };

  try {
    // The stamp first: of two sweepers one sends a message, and a crash here costs one more turn of the sweeper.
    await deps.work.transact([{ do: 'update', etag: row.etag, row: { ...row, fields: { ...row.fields, sweptAt: now.toISOString() } } }]);
  } catch (error) {
    if (error instanceof Conflict) return { requeued: false, overdue };
    throw error;
  }
  // Told before the message goes: a crash between the two then tells somebody of what is sent at the next turn.
  if (overdue && isNewHour(age(at), typeof sweptAt === 'string' ? age(at) - age(sweptAt) : 0)) deps.alarm({ what: 'operation-overdue', caseId: message.caseId, operationId: message.operationId });
  await deps.queues.send(queue, message, 0);
  return { requeued: true, overdue };
}

function isNewHour(age: number, ageAtLastSweep: number): boolean {
  return Math.floor(age / alarmAfter) > Math.floor(ageAtLastSweep / alarmAfter);
}
