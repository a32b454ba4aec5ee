import { Conflict } from '../../../../shared/azure/store.ts';
import { asCase, loadCase, loadOperation } from '../../../../shared/case/load.ts';
import { rowKeys } from '../../../../shared/case/keys.ts';
import type { Outcome, Request } from '../../../../shared/case/commit.ts';
import type { CaseDeps, WorkMessage } from '../../../../shared/case/room.ts';
import { pack, type OperationRow } from '../../../../shared/case/rows.ts';
import { caseWrites, operationWrite } from '../../../../shared/case/transaction.ts';
import type { Jar, JarCommand, JarRoom, Lid } from './jar.ts';

/**
 * The broken twins: what is commonly written instead of the protocol. Each fault test also runs its twin, which must lose or duplicate; else the test
 * would prove nothing.
 */
export type JarRequest = Request<Jar, Lid, JarCommand>;

async function decided(deps: CaseDeps, room: JarRoom, request: JarRequest) {
  const rows = await loadCase(deps, room, request.caseId, request.parts);
  const at = deps.now().toISOString();
  const decision = room.decide(asCase(rows), await request.command(rows), { now: at, by: request.by, roles: [] });
  if (decision.kind === 'refused') throw new Error(decision.reason);
  const [effect] = decision.effects;
  const operation: OperationRow = {
    status: effect ? 'pending' : 'done', room: room.name, command: request.name, hash: request.hash, by: request.by, at, touchedAt: at, reply: request.reply(decision.next),
    ...(effect && { effect: JSON.stringify(effect) }), parts: [], gone: [],
  };
  const writes = [operationWrite(request.caseId, request.operationId, operation), ...caseWrites({ rows, next: decision.next, operationId: request.operationId, facts: decision.facts, at, by: request.by })];
  return { at, writes, next: decision.next, reply: operation.reply };
}

/** Commit first, message afterwards: a crash between the two loses the work (today's habit). */
export async function writeThenSend(deps: CaseDeps, room: JarRoom, request: JarRequest): Promise<void> {
  const { at, writes } = await decided(deps, room, request);
  await deps.cases.transact(writes);
  const message: WorkMessage = { v: 1, room: room.name, caseId: request.caseId, operationId: request.operationId, at };
  await deps.queues.send(room.queue, message, 0);
}

/** A handler that performs whatever its message says, with no operation row to look at. */
export async function workWithoutOperationRow(room: JarRoom, message: WorkMessage): Promise<void> {
  await room.perform({ coin: message.operationId }, { caseId: message.caseId, operationId: message.operationId, key: message.operationId, signal: AbortSignal.timeout(1_000) });
}

/** Reads, decides and writes over whatever is there by then: the last writer wins. */
export async function commitWithoutIfMatch(deps: CaseDeps, room: JarRoom, request: JarRequest): Promise<void> {
  const { next } = await decided(deps, room, request);
  for (;;) {
    const now = await deps.cases.get(request.caseId, rowKeys.state);
    try {
      await deps.cases.transact([{ do: 'update', etag: now?.etag ?? '', row: { partitionKey: request.caseId, rowKey: rowKeys.state, fields: pack(next.state) } }]);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** A client of the operation row that takes a 409 for its own earlier success, unread. */
export async function conflictIsSuccess(deps: CaseDeps, room: JarRoom, request: JarRequest): Promise<Outcome> {
  const { writes, reply } = await decided(deps, room, request);
  try {
    await deps.cases.transact(writes);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
  return { kind: 'committed', reply };
}

export async function isAccepted(deps: CaseDeps, request: JarRequest): Promise<boolean> {
  const status = (await loadOperation(deps, request.caseId, request.operationId))?.value.status;
  return status === 'pending' || status === 'done';
}
