import { Conflict, Unavailable, type Write } from '../azure/store.ts';
import type { Decision, Fact, Refusal } from '../domain/decision.ts';
import { relisting, type Relisting } from './lists.ts';
import { asCase, loadOperation, loadSteadyCase, type Loaded } from './load.ts';
import type { Case, CaseDeps, Room, WorkMessage } from './room.ts';
import type { OperationRow } from './rows.ts';
import { caseWrites, markDirty, operationWrite, stateFence } from './transaction.ts';

/** How an operation ends. `command` carries the effect's result or failure into the case; `decide` has the last word on it. */
export type Ending<Command> =
  | { readonly status: 'done'; readonly command: Command }
  | { readonly status: 'failed' | 'uncertain'; readonly command?: Command; readonly code: string; readonly reason: string }
  | { readonly status: 'discarded'; readonly code: string; readonly reason: string };

export interface Closing<Command> {
  readonly caseId: string;
  readonly operationId: string;
  readonly ending: Ending<Command>;
  /**
   * The operation as it was when the ending was found. Every claim of the effect touches the operation, so an ending that rests on nobody being at it (failed,
   * discarded, uncertain) holds only while this ETag does: one try, then the caller looks again. A result needs no fence.
   */
  readonly fence?: Loaded<OperationRow>;
}

/** A case that stays in the way so long is looked at again by a later delivery. */
const patience = 60_000;

/**
 * Closes an operation in one transaction {op (If-Match), state, parts, audit, head}. On a conflict or time-out the operation is read first: when it is
 * no longer open, somebody closed it and nothing is done; else the case is loaded again and `decide` runs again, never the effect.
 */
export async function closeOperation<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, closing: Closing<Command>,
): Promise<void> {
  const until = deps.now().getTime() + patience;
  for (;;) {
    const operation = closing.fence ?? (await loadOperation(deps, closing.caseId, closing.operationId));
    if (!operation || !isOpen(operation.value, closing.ending)) return;
    try {
      await closeOnce(deps, room, closing, operation);
      return;
    } catch (error) {
      if (!(error instanceof Conflict || error instanceof Unavailable) || deps.now().getTime() >= until) throw error;
      await deps.sleep(5 + deps.random() * 95);
      if (closing.fence) return;
    }
  }
}

/** A worker that still holds a result may close an uncertain operation with it; nothing else reopens one. */
function isOpen(operation: OperationRow, ending: Ending<unknown>): boolean {
  return operation.status === 'pending' || (operation.status === 'uncertain' && ending.status === 'done');
}

async function closeOnce<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, closing: Closing<Command>, operation: Loaded<OperationRow>,
): Promise<void> {
  const { caseId, operationId, ending } = closing;
  const now = deps.now().toISOString();
  const [rows] = await Promise.all([loadSteadyCase(deps, room, caseId, operation.value.parts), markDirty(deps, caseId, now)]);
  const command = 'command' in ending ? ending.command : undefined;
  const decision = command === undefined ? undefined : room.decide(asCase(rows), command, { now, by: 'system', roles: [] });
  const step = { rows, operationId, at: now, by: 'system' };
  if (decision?.kind === 'accepted') {
    const next = withoutEffects(decision);
    const lists = relisting(room, caseId, rows, next);
    const row: OperationRow = { ...moved(operation.value, lists, next), status: ending.status, touchedAt: now, ...('code' in ending && { code: ending.code, reason: ending.reason }) };
    await deps.cases.transact([operationWrite(caseId, operationId, row, operation), ...caseWrites({ ...step, next, listing: lists.listing, facts: decision.facts })]);
    return;
  }
  // Either the law refuses the command now, or there is none: the operation and the audit move, the case stays as it was decided on.
  const { status, code, reason } = endedBeside(ending, decision);
  const fact: Fact = { what: `Operation${status.charAt(0).toUpperCase()}${status.slice(1)}`, kind: 'none', about: { code } };
  const row: OperationRow = { ...operation.value, status, touchedAt: now, code, reason };
  await deps.cases.transact([operationWrite(caseId, operationId, row, operation), ...stateFence(rows), ...caseWrites({ ...step, facts: [fact] })]);
}

function endedBeside(ending: Ending<unknown>, refusal: Refusal | undefined): { status: 'discarded' | 'failed' | 'uncertain'; code: string; reason: string } {
  return ending.status === 'done' ? { status: 'discarded', code: refusal?.code ?? 'discarded', reason: refusal?.reason ?? '' } : ending;
}

/** What the system records owes nothing further: an effect here would have no operation to carry it, and so be lost. */
function withoutEffects<State, Effect>(decision: Exclude<Decision<State, Effect>, Refusal>): State {
  if (decision.effects.length) throw new RangeError('recording a result cannot owe an effect');
  return decision.next;
}

/** The operation as it goes on after a step of the case: parts that joined, index rows that became obsolete. */
function moved<State, Part>({ touched: before, ...operation }: OperationRow, { gone, touched }: Relisting, next: Case<State, Part>): OperationRow {
  return {
    ...operation, parts: [...new Set([...operation.parts, ...Object.keys(next.parts)])], gone: [...new Set([...operation.gone, ...gone])],
    ...(before && touched && { touched: [...new Set([...before, ...touched])] }),
  };
}

/** The tombstone of a command that was announced and never committed: a commit that comes later fails on it. Create-only. */
export async function abandon(deps: CaseDeps, room: { readonly name: string }, message: WorkMessage): Promise<void> {
  const now = deps.now().toISOString();
  const row: OperationRow = {
    status: 'abandoned', room: room.name, command: '', hash: '', by: 'system', at: message.at, touchedAt: now, reply: { status: 409, body: {} }, parts: [], gone: [],
  };
  try {
    await deps.cases.transact([operationWrite(message.caseId, message.operationId, row)]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

export interface Progress<Command> {
  readonly caseId: string;
  readonly operationId: string;
  readonly operation: OperationRow;
  readonly command: Command;
  readonly now: string;
}

/** The writes that show a long job's progress in the case, and the operation as it goes on; none when the law does not accept the progress. */
export async function progressWrites<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, { caseId, operationId, operation, command, now }: Progress<Command>,
): Promise<{ operation: OperationRow; writes: Write[] }> {
  const [rows] = await Promise.all([loadSteadyCase(deps, room, caseId, operation.parts), markDirty(deps, caseId, now)]);
  const decision = room.decide(asCase(rows), command, { now, by: 'system', roles: [] });
  if (decision.kind === 'refused') return { operation, writes: [] };
  const next = withoutEffects(decision);
  const lists = relisting(room, caseId, rows, next);
  return { operation: moved(operation, lists, next), writes: caseWrites({ rows, next, listing: lists.listing, operationId, facts: decision.facts, at: now, by: 'system' }) };
}
