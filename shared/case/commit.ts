import { Conflict, Unavailable } from '../azure/store.ts';
import type { Refusal } from '../domain/decision.ts';
import { declareIntent } from './intent.ts';
import { asCase, loadCase, loadOperation, type LoadedCase } from './load.ts';
import type { Case, CaseDeps, Facts, IndexRow, Room, StoredReply } from './room.ts';
import type { OperationRow } from './rows.ts';
import { caseWrites, markDirty, operationWrite } from './transaction.ts';
import { turns } from './turns.ts';

export interface Request<State, Part, Command> {
  readonly caseId: string;
  readonly operationId: string;
  /** SHA-256 of operation name, path parameters, caller, If-Match and the canonical body. */
  readonly hash: string;
  readonly name: string;
  /** Makes the command from what was loaded, again after each conflict: a command may need content (suggestions, say) that the rows only name. */
  readonly command: (rows: LoadedCase<State, Part>) => Command | Promise<Command>;
  readonly by: string;
  readonly roles: readonly string[];
  /** Row keys of the parts that the command reads or writes. */
  readonly parts: readonly string[];
  readonly creates: boolean;
  readonly traceparent?: string;
  /** A check on what was loaded that is not part of the law: If-Match and permission per record. A value ends the request and stores nothing. */
  readonly precondition?: (rows: LoadedCase<State, Part>) => Outcome | undefined;
  readonly reply: (next: Case<State, Part>) => StoredReply;
}

export type Outcome =
  | { readonly kind: 'committed' | 'replayed'; readonly reply: StoredReply }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  | { readonly kind: 'not-found' | 'forbidden' | 'stale' | 'reused-key' | 'abandoned' };

/** How long conflicts with other hosts are retried before the caller hears 503. */
const contention = 2_000;
const takeTurn = turns();

/**
 * Steps 1 to 3 of storage-protocol.md: load, decide, declare the intent, commit; replay what was committed before.
 * Three serial round trips. @throws Unavailable, which says nothing about the outcome: repeat with the same key.
 */
export function commit<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, request: Request<State, Part, Command>,
): Promise<Outcome> {
  return takeTurn(request.caseId, () => attemptUntilSettled(deps, room, request));
}

async function attemptUntilSettled<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, request: Request<State, Part, Command>,
): Promise<Outcome> {
  const at = deps.now().toISOString();
  let declared = false;
  let giveUpAt: number | undefined;
  for (;;) {
    const [rows, operation] = await Promise.all([loadCase(deps, room, request.caseId, request.parts), loadOperation(deps, request.caseId, request.operationId)]);
    // The operation row answers before If-Match and before decide.
    if (operation) return replay(operation.value, request.hash);
    const early = missing(rows, request) ?? request.precondition?.(rows);
    if (early) return early;

    const now = deps.now().toISOString();
    const facts: Facts = { now, by: request.by, roles: request.roles };
    const decision = room.decide(asCase(rows), await request.command(rows), facts);
    if (decision.kind === 'refused') return await recordRefusal(deps, request, { room: room.name, at: now, decision });

    if (!declared) {
      await declareIntent(deps, room, { caseId: request.caseId, operationId: request.operationId, at, ...(request.traceparent && { traceparent: request.traceparent }) });
      declared = true;
    } else if (now.slice(0, 13) !== at.slice(0, 13)) await markDirty(deps, request.caseId, now);

    const effect = onlyEffect(decision.effects);
    const reply = request.reply(decision.next);
    const row: OperationRow = {
      status: effect === undefined ? 'done' : 'pending', room: room.name, command: request.name, hash: request.hash, by: request.by, at, touchedAt: now, reply,
      ...(effect !== undefined && { effect: JSON.stringify(effect) }), parts: Object.keys(decision.next.parts), gone: goneRows(room, request.caseId, rows, decision.next),
    };
    try {
      await deps.cases.transact([
        operationWrite(request.caseId, request.operationId, row),
        ...caseWrites({ rows, next: decision.next, operationId: request.operationId, facts: decision.facts, at: now, by: request.by }),
      ]);
      return { kind: 'committed', reply };
    } catch (error) {
      if (!(error instanceof Conflict || error instanceof Unavailable)) throw error;
      // Own write, a twin's, or another command's: only the row can tell, and the loop reads it before anything else.
      giveUpAt ??= deps.now().getTime() + contention;
      if (deps.now().getTime() >= giveUpAt) {
        const settled = await loadOperation(deps, request.caseId, request.operationId);
        if (settled) return replay(settled.value, request.hash);
        throw error instanceof Unavailable ? error : new Unavailable('the case is busy', 1, { cause: error });
      }
      await deps.sleep(5 + deps.random() * 95);
    }
  }
}

function missing<State, Part, Command>(rows: LoadedCase<State, Part>, request: Request<State, Part, Command>): Outcome | undefined {
  return rows.state || request.creates ? undefined : { kind: 'not-found' };
}

/** Same key and same content: the same reply for ever. Other content under the same key is the caller's mistake. */
function replay(operation: OperationRow, hash: string): Outcome {
  if (operation.status === 'abandoned') return { kind: 'abandoned' };
  if (operation.hash !== hash) return { kind: 'reused-key' };
  if (operation.status === 'refused') return { kind: 'refused', code: operation.code ?? 'refused', reason: operation.reason ?? '' };
  return { kind: 'replayed', reply: operation.reply };
}

/** A refusal is an outcome too: stored create-only, so that neither a commit in flight nor a twin can take effect after it was reported. */
async function recordRefusal<State, Part, Command>(
  deps: CaseDeps, request: Request<State, Part, Command>, { room, at, decision }: { room: string; at: string; decision: Refusal },
): Promise<Outcome> {
  const { code, reason } = decision;
  const row: OperationRow = {
    status: 'refused', room, command: request.name, hash: request.hash, by: request.by, at, touchedAt: at, reply: { status: 409, body: {} }, parts: [], gone: [], code, reason,
  };
  try {
    await deps.cases.transact([operationWrite(request.caseId, request.operationId, row)]);
    return { kind: 'refused', code, reason };
  } catch (error) {
    const settled = await loadOperation(deps, request.caseId, request.operationId);
    if (settled) return replay(settled.value, request.hash);
    throw error;
  }
}

/** The protocol carries one effect an operation; a room that needs two makes two operations. */
function onlyEffect<Effect>(effects: readonly Effect[]): Effect | undefined {
  if (effects.length > 1) throw new RangeError('an operation has one effect at most');
  return effects[0];
}

/** Index rows that the case had and has no more. */
export function goneRows<State, Part, Command, Effect>(
  room: Room<State, Part, Command, Effect>, caseId: string, before: LoadedCase<State, Part>, next: Case<State, Part>,
): string[] {
  const old = asCase(before);
  if (!old) return [];
  const now = new Set(room.index(caseId, next).map(indexName));
  return room.index(caseId, old).map(indexName).filter(name => !now.has(name));
}

export function indexName(row: Pick<IndexRow, 'list' | 'sortKey'>): string {
  return `${row.list}|${row.sortKey}`;
}
