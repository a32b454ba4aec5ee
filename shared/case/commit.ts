import { guardWrites } from '../azure/guard.ts';
import { Conflict, Unavailable } from '../azure/store.ts';
import type { Decision, Refusal } from '../domain/decision.ts';
import { declareIntent } from './intent.ts';
import { relisting, type Relisting } from './lists.ts';
import { asCase, isSteady, loadCase, loadOperation, type LoadedCase } from './load.ts';
import type { Case, CaseDeps, Facts, Room, StoredReply } from './room.ts';
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

/** What was read has moved on, or a write did not hold or was not answered: read again before anything is concluded. */
interface Again { readonly kind: 'again'; readonly because: Error }

/** What one request keeps over its tries. `at` names the pending row. */
interface Intention { readonly at: string; isDeclared: boolean }

/** How long conflicts with other hosts are retried before the caller hears 503. */
const contention = 2_000;
const takeTurn = turns();

/**
 * Steps 1 to 3 of storage-protocol.md: load, decide, declare the intent, commit; replay what was committed before.
 * Three serial round trips. @throws Unavailable, which says nothing about the outcome: repeat with the same key. @throws TooLarge over a storage limit.
 */
export function commit<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, request: Request<State, Part, Command>,
): Promise<Outcome> {
  return takeTurn(request.caseId, () => commitBesideOthers(deps, room, request));
}

/** The same without the queue of this process: what two hosts do to each other. */
export async function commitBesideOthers<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, request: Request<State, Part, Command>,
): Promise<Outcome> {
  const intention: Intention = { at: deps.now().toISOString(), isDeclared: false };
  let giveUpAt: number | undefined;
  for (;;) {
    const outcome = await tryOnce(deps, room, request, intention);
    if (outcome.kind !== 'again') return outcome;
    giveUpAt ??= deps.now().getTime() + contention;
    if (deps.now().getTime() >= giveUpAt) return await giveUp(deps, request, outcome.because);
    await deps.sleep(5 + deps.random() * 95);
  }
}

async function giveUp<State, Part, Command>(deps: CaseDeps, request: Request<State, Part, Command>, because: Error): Promise<Outcome> {
  const settled = await loadOperation(deps, request.caseId, request.operationId);
  if (settled) return replay(settled.value, request.hash);
  throw because instanceof Unavailable ? because : new Unavailable('the case is busy', 1, { cause: because });
}

async function tryOnce<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, request: Request<State, Part, Command>, intention: Intention,
): Promise<Outcome | Again> {
  const [rows, operation] = await Promise.all([loadCase(deps, room, request.caseId, request.parts), loadOperation(deps, request.caseId, request.operationId)]);
  // The operation row answers before If-Match and before decide.
  if (operation) return replay(operation.value, request.hash);
  const early = missing(rows, request) ?? request.precondition?.(rows);
  if (early) return await confirmNo(deps, request, rows, () => Promise.resolve(early));

  // The time of the decision is after what the command looked up for it: a look-up of the future would prove nothing.
  const command = await request.command(rows);
  const now = deps.now().toISOString();
  const facts: Facts = { now, by: request.by, roles: request.roles };
  const decision = room.decide(asCase(rows), command, facts);
  if (decision.kind === 'refused') return await confirmNo(deps, request, rows, () => recordRefusal(deps, request, { room: room.name, at: now, decision }));

  const lists = relisting(room, request.caseId, rows, decision.next);
  const row = operationRowOf(room, request, { lists, decision, at: intention.at, now });
  const writes = [
    operationWrite(request.caseId, request.operationId, row),
    ...caseWrites({ rows, next: decision.next, listing: lists.listing, operationId: request.operationId, facts: decision.facts, at: now, by: request.by }),
  ];
  // What storage would refuse for its size must not be announced first.
  guardWrites(writes);
  const [isSnapshot] = await Promise.all([isSteady(deps, rows), announce(deps, room, request, { intention, now })]);
  if (!isSnapshot) return { kind: 'again', because: new Conflict('the case moved on while it was read') };
  try {
    await deps.cases.transact(writes);
    return { kind: 'committed', reply: row.reply };
  } catch (error) {
    // Own write, a twin's, or another command's: only the row can tell, and the next try reads it before anything else.
    if (error instanceof Conflict || error instanceof Unavailable) return { kind: 'again', because: error };
    throw error;
  }
}

function missing<State, Part, Command>(rows: LoadedCase<State, Part>, request: Request<State, Part, Command>): Outcome | undefined {
  return rows.state || request.creates ? undefined : { kind: 'not-found' };
}

/**
 * Before a no is said: the operation was read beside the case, so a commit of this very key that was still in flight may have landed between the two reads and
 * be what makes the command look stale or forbidden; and parts read beside the state may be of another moment than it.
 */
async function confirmNo<State, Part, Command>(
  deps: CaseDeps, request: Request<State, Part, Command>, rows: LoadedCase<State, Part>, no: () => Promise<Outcome | Again>,
): Promise<Outcome | Again> {
  const [operation, isSnapshot] = await Promise.all([loadOperation(deps, request.caseId, request.operationId), isSteady(deps, rows)]);
  if (operation) return replay(operation.value, request.hash);
  return isSnapshot ? await no() : { kind: 'again', because: new Conflict('the case moved on while it was read') };
}

interface Announcement { readonly intention: Intention; readonly now: string }

/** Intent once a request; a later try in another hour still needs that hour's dirty row before it moves the head. */
async function announce<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, request: Request<State, Part, Command>, { intention, now }: Announcement,
): Promise<void> {
  const { caseId, operationId, traceparent } = request;
  if (!intention.isDeclared) {
    await declareIntent(deps, room, { caseId, operationId, at: intention.at, ...(traceparent && { traceparent }) });
    intention.isDeclared = true;
  } else if (now.slice(0, 13) !== intention.at.slice(0, 13)) await markDirty(deps, caseId, now);
}

interface Accepted<State, Part, Effect> {
  readonly lists: Relisting;
  readonly decision: Exclude<Decision<Case<State, Part>, Effect>, Refusal>;
  readonly at: string;
  readonly now: string;
}

function operationRowOf<State, Part, Command, Effect>(
  room: Room<State, Part, Command, Effect>, request: Request<State, Part, Command>, { lists: { gone, touched }, decision, at, now }: Accepted<State, Part, Effect>,
): OperationRow {
  const effect = onlyEffect(decision.effects);
  return {
    status: effect === undefined ? 'done' : 'pending', room: room.name, command: request.name, hash: request.hash, by: request.by, at, touchedAt: now, reply: request.reply(decision.next),
    ...(effect !== undefined && { effect: JSON.stringify(effect) }), parts: [...new Set([...request.parts, ...Object.keys(decision.next.parts)])], gone,
    ...(touched && { touched }),
  };
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
): Promise<Outcome | Again> {
  const { code, reason } = decision;
  const row: OperationRow = {
    status: 'refused', room, command: request.name, hash: request.hash, by: request.by, at, touchedAt: at, reply: { status: 409, body: {} }, parts: [], gone: [], code, reason,
  };
  try {
    await deps.cases.transact([operationWrite(request.caseId, request.operationId, row)]);
    return { kind: 'refused', code, reason };
  } catch (error) {
    if (error instanceof Conflict || error instanceof Unavailable) return { kind: 'again', because: error };
    throw error;
  }
}

/** The protocol carries one effect an operation; a room that needs two makes two operations. */
function onlyEffect<Effect>(effects: readonly Effect[]): Effect | undefined {
  if (effects.length > 1) throw new RangeError('an operation has one effect at most');
  return effects[0];
}
