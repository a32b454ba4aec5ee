import { Conflict, Unavailable, type Write } from '../azure/store.ts';
import type { Fact } from '../domain/decision.ts';
import { goneRows } from './commit.ts';
import { rowKeys } from './keys.ts';
import { asCase, loadCase, loadOperation, type Loaded } from './load.ts';
import type { CaseDeps, Room, WorkMessage } from './room.ts';
import { pack, type EffectRow, type OperationRow } from './rows.ts';
import { caseWrites, markDirty, operationWrite, put } from './transaction.ts';

/** How an operation ends. `command` carries the effect's result or failure into the case; `decide` has the last word on it. */
export type Ending<Command> =
  | { readonly status: 'done'; readonly command: Command }
  | { readonly status: 'failed'; readonly command: Command; readonly code: string; readonly reason: string }
  | { readonly status: 'discarded' | 'uncertain'; readonly code: string; readonly reason: string };

export interface Closing<Command> {
  readonly caseId: string;
  readonly operationId: string;
  readonly ending: Ending<Command>;
}

/**
 * Closes an operation in one transaction {op (If-Match), state, parts, audit, head}. On a conflict or time-out the operation is read first: when it is
 * no longer open, somebody closed it and nothing is done; else the case is loaded again and `decide` runs again, never the effect.
 */
export async function closeOperation<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, closing: Closing<Command>,
): Promise<void> {
  for (;;) {
    const operation = await loadOperation(deps, closing.caseId, closing.operationId);
    if (!operation || !isOpen(operation.value, closing.ending)) return;
    try {
      await closeOnce(deps, room, closing, operation);
      return;
    } catch (error) {
      if (!(error instanceof Conflict || error instanceof Unavailable)) throw error;
      if (error instanceof Unavailable) {
        const settled = await loadOperation(deps, closing.caseId, closing.operationId);
        if (settled?.value.status === closing.ending.status) return;
      }
      await deps.sleep(5 + deps.random() * 95);
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
  const [rows] = await Promise.all([loadCase(deps, room, caseId, operation.value.parts), markDirty(deps, caseId, now)]);
  const decision = 'command' in ending ? room.decide(asCase(rows), ending.command, { now, by: 'system', roles: [] }) : undefined;
  if (decision?.kind === 'accepted') {
    const row: OperationRow = {
      ...operation.value, status: ending.status, touchedAt: now, gone: [...new Set([...operation.value.gone, ...goneRows(room, caseId, rows, decision.next)])],
      ...('code' in ending && { code: ending.code, reason: ending.reason }),
    };
    await deps.cases.transact([operationWrite(caseId, operationId, row, operation), ...caseWrites({ rows, next: decision.next, operationId, facts: decision.facts, at: now, by: 'system' })]);
    return;
  }
  // Either the law refuses the result now, or the ending has none: the operation and the audit move, the case stays.
  const status = decision && ending.status === 'done' ? 'discarded' : ending.status;
  const { code, reason } = decision ?? ('code' in ending ? ending : { code: 'discarded', reason: '' });
  const row: OperationRow = { ...operation.value, status, touchedAt: now, code, reason };
  const fact: Fact = { what: `Operation${status.charAt(0).toUpperCase()}${status.slice(1)}`, kind: 'none', about: { code } };
  await deps.cases.transact([operationWrite(caseId, operationId, row, operation), ...caseWrites({ rows, operationId, facts: [fact], at: now, by: 'system' })]);
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

export interface Slice<Command> {
  readonly cursor: string;
  readonly effect: Loaded<EffectRow>;
  /** Shown in the case as progress, when the law accepts it. */
  readonly progress?: Command;
}

/**
 * Saves where a long job goes on and gives its effect back, in one transaction with the progress. False when the operation is no longer ours to go on with;
 * the next look at it finds out why.
 */
export async function saveSlice<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, message: WorkMessage, slice: Slice<Command>,
): Promise<boolean> {
  const { caseId, operationId } = message;
  const operation = await loadOperation(deps, caseId, operationId);
  if (operation?.value.status !== 'pending') return false;
  const now = deps.now().toISOString();
  try {
    await deps.cases.transact([
      operationWrite(caseId, operationId, { ...operation.value, cursor: slice.cursor, touchedAt: now }, operation),
      put({ partitionKey: caseId, rowKey: rowKeys.effect(operationId, 1), fields: pack({ ...slice.effect.value, status: 'idle' }) }, slice.effect),
      ...(slice.progress === undefined ? [] : await progressWrites(deps, room, { caseId, operationId, parts: operation.value.parts, command: slice.progress, now })),
    ]);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

interface Progress<Command> { readonly caseId: string; readonly operationId: string; readonly parts: readonly string[]; readonly command: Command; readonly now: string }

async function progressWrites<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, progress: Progress<Command>): Promise<Write[]> {
  const { caseId, operationId, now } = progress;
  const [rows] = await Promise.all([loadCase(deps, room, caseId, progress.parts), markDirty(deps, caseId, now)]);
  const decision = room.decide(asCase(rows), progress.command, { now, by: 'system', roles: [] });
  return decision.kind === 'accepted' ? caseWrites({ rows, next: decision.next, operationId, facts: decision.facts, at: now, by: 'system' }) : [];
}
