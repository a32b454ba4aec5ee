import { sha256 } from '../case/keys.ts';
import { commit, type Outcome, type Request } from '../case/commit.ts';
import type { LoadedCase } from '../case/load.ts';
import type { CaseDeps, Room, StoredReply } from '../case/room.ts';
import { canonicalJson } from '../domain/canonical.ts';
import type { Case } from '../domain/case.ts';
import type { Refusal } from '../domain/decision.ts';
import { statusUrlOf, type OperationStatus } from '../domain/operationStatus.ts';
import type { Caller } from './caller.ts';
import { problem, refusalProblem } from './problem.ts';

/** The parts of a checked call that make the identity of a command. */
export interface CommandCall {
  readonly operation: { readonly operationId: string };
  readonly caller: Caller;
  readonly params: object | undefined;
  readonly idempotencyKey: string;
  readonly ifMatch: string | undefined;
  readonly traceparent?: string | undefined;
  readonly body?: object | undefined;
}

export interface CommandSpec<State, Part, Command> {
  readonly caseId: string;
  readonly parts: readonly string[];
  readonly creates?: boolean;
  readonly command: Request<State, Part, Command>['command'];
  /** May this caller touch this case at all? A no answers 404: it does not say that the case exists. */
  readonly mayTouch: (rows: LoadedCase<State, Part>) => boolean;
  /** ETag of what the caller edits, for If-Match. */
  readonly etag?: (rows: LoadedCase<State, Part>) => string | undefined;
  /** What the caller hears when that ETag has moved on, where more can be said than that: what changed, by whom. */
  readonly stale?: () => Promise<Error>;
  /** Ids that the reply adds to caseId, operationId and statusUrl. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly location: (next: Case<State, Part>) => string;
  /** A step that was committed and that the caller still hears as refused: the refusal itself is in the audit. */
  readonly refusalOf?: (next: Case<State, Part>) => Pick<Refusal, 'code' | 'reason'> | undefined;
  /** SHA-256 of a file body; it stands in the request's hash instead of the body. */
  readonly fileSha256?: string;
  /** What else makes two requests with one key differ, for instance headers with a meaning. */
  readonly alsoHashed?: object;
}

export interface CommandReply {
  readonly status: number;
  readonly body: OperationStatus & Record<string, string>;
  /** Where a flow asks until the command has ended. */
  readonly location: string;
  readonly headers: { readonly 'retry-after': string };
}

/** Runs a command through the storage protocol and answers as every command does: 202 with ids, or the problem that its outcome is. */
export async function runCommand<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, call: CommandCall, spec: CommandSpec<State, Part, Command>,
): Promise<CommandReply> {
  const { caseId } = spec;
  const operationId = call.idempotencyKey;
  const command = call.operation.operationId;
  const outcome = await commit(deps, room, {
    caseId, operationId, hash: hashOf(call, spec), name: command, command: spec.command, by: call.caller.objectId, roles: call.caller.roles,
    parts: spec.parts, creates: spec.creates ?? false, ...(call.traceparent !== undefined && { traceparent: call.traceparent }),
    precondition: rows => precondition(call, spec, rows),
    reply: next => replyOf(spec, next),
  });
  if (outcome.kind === 'stale' && spec.stale) throw await spec.stale();
  const { reply } = settled(outcome);
  if (reply.status === refusedStatus) throw refusalProblem({ code: String(reply.body['code']), reason: String(reply.body['reason']) });
  const statusUrl = statusUrlOf(caseId, operationId);
  const ids = Object.fromEntries(Object.entries(reply.body).map(([name, value]) => [name, String(value)]));
  return {
    status: reply.status, location: statusUrl, headers: { 'retry-after': '1' },
    body: { ...ids, caseId, operationId, command, status: 'pending', statusUrl, resourceUrl: reply.location ?? statusUrl },
  };
}

const refusedStatus = 409;

/** The reply is stored with the step, so that a repeated request hears the same. */
function replyOf<State, Part, Command>(spec: CommandSpec<State, Part, Command>, next: Case<State, Part>): StoredReply {
  const refusal = spec.refusalOf?.(next);
  return refusal ? { status: refusedStatus, body: { code: refusal.code, reason: refusal.reason } } : { status: 202, location: spec.location(next), body: { ...spec.ids } };
}

/** Step 1 of the storage protocol: what makes a repeated key the same request. */
function hashOf(call: CommandCall, spec: Pick<CommandSpec<never, never, never>, 'fileSha256' | 'alsoHashed'>): string {
  return sha256(canonicalJson({
    operation: call.operation.operationId, params: call.params ?? {}, caller: call.caller.objectId, ifMatch: call.ifMatch ?? '', body: spec.fileSha256 ?? call.body ?? {}, also: spec.alsoHashed ?? {},
  }));
}

function precondition<State, Part, Command>(call: CommandCall, spec: CommandSpec<State, Part, Command>, rows: LoadedCase<State, Part>): Outcome | undefined {
  if (rows.state && !spec.mayTouch(rows)) return { kind: 'not-found' };
  const etag = spec.etag?.(rows);
  return call.ifMatch !== undefined && etag !== undefined && call.ifMatch !== etag ? { kind: 'stale' } : undefined;
}

/** @throws ProblemError for every outcome that is none of success. */
function settled(outcome: Outcome): Extract<Outcome, { reply: unknown }> {
  switch (outcome.kind) {
    case 'committed':
    case 'replayed': return outcome;
    case 'refused': throw refusalProblem(outcome);
    case 'forbidden': throw problem('not-permitted', 'You may not do this with this record.');
    case 'not-found': throw problem('not-found', 'There is no such record, or it is not open to you.');
    case 'stale': throw problem('etag-stale', 'Somebody changed this since you read it. Read it again, then decide.');
    case 'reused-key': throw problem('idempotency-key-reused', 'This Idempotency-Key was used for another request. Choose a new one.');
    case 'abandoned': throw problem('operation-abandoned', 'This command came too late and was not accepted. Send it again with a new Idempotency-Key.');
  }
}
