import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { AuditKind } from '../domain/decision.ts';
import type { Log } from '../log.ts';
import { hasBody, readFile, readJson } from './body.ts';
import { isCall } from './call.ts';
import type { Handler } from './call.ts';
import type { Caller, VerifyCaller } from './caller.ts';
import { toProblem } from './failure.ts';
import { readHeaders, readIdempotencyKey, readIfMatch, readParams, readQuery } from './input.ts';
import type { Operation } from './operation.ts';
import { problem } from './problem.ts';
import { problemReply, successReply } from './reply.ts';
import type { LooseReply } from './reply.ts';
import { assertStrict } from './schema.ts';
import { traceOf } from './trace.ts';
import type { Trace } from './trace.ts';

/** One consultation to be recorded: who saw which cases by which operation. */
export interface Consultation {
  readonly operationId: string;
  readonly kind: AuditKind;
  readonly caller: Caller;
  readonly caseIds: readonly string[];
  /** Path parameters: ids of the parts of the case that were shown. */
  readonly params: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly trace: Trace;
}

export interface EndpointDeps {
  readonly verify: VerifyCaller;
  readonly log: Log;
  readonly now: () => Date;
  /** Outside production a reply that does not fit its description is a 500; in production it is logged and sent. */
  readonly checkReplies: boolean;
  /** The public address, without a slash at its end: links in replies begin with it. Empty: they stay relative. */
  readonly baseUrl?: string;
  /** Needed by operations whose audit kind is `consultation`: rejects when the read could not be recorded, and then nothing is shown. */
  readonly recordConsultation?: (consultation: Consultation) => Promise<void>;
  /** The seam for rate limits: throws problem('too-many-requests'). Called after the token and before the body is read. */
  readonly admit?: (operation: Operation, caller: Caller | undefined, request: HttpRequest) => Promise<void>;
}

const nothing = z.strictObject({});

/**
 * The one wrapper of every HTTP operation: trace, token, permission, limits, strict request, handler, consultation record, checked reply, security headers.
 * Every error becomes an RFC 9457 problem; an unknown one becomes a 500 that says nothing and a log row. It always answers (local-host trap 6).
 * Throws at start when a schema lets unknown fields through, or a consultation has nowhere to be recorded.
 */
export function endpoint<const O extends Operation>(operation: O, handler: Handler<O>, deps: EndpointDeps): HttpHandler {
  assertOperation(operation, deps);
  return async (request, context) => {
    const startedAt = deps.now();
    const trace = traceOf(request, context);
    const log = deps.log.with({ traceId: trace.traceId, operation: operation.operationId });
    const seen: { caller?: string } = {};
    const reply = await answer().catch((error: unknown) => problemReply(toProblem(error, log, seen.caller), trace.traceId));
    log.info('request', { status: reply.status, durationMs: deps.now().getTime() - startedAt.getTime(), caller: seen.caller });
    return reply;

    async function answer(): Promise<HttpResponseInit & { status: number }> {
      const caller = operation.who === 'anonymous' ? undefined : await deps.verify(request.headers.get('authorization'));
      if (caller) seen.caller = caller.objectId;
      assertPermitted(operation, caller);
      await deps.admit?.(operation, caller, request);
      const call: unknown = { operation, caller, ...trace, now: startedAt, ...await readRequest(request, operation) };
      if (!isCall(operation, call)) throw new TypeError('the request was not read as its operation describes it');
      const result = await handler(call);
      checkReply(operation, result, { strict: deps.checkReplies, log });
      await recordRead(operation, result, { caller, params: textsOf(call.params), now: startedAt, trace, record: deps.recordConsultation });
      return successReply(operation, result.location === undefined ? result : { ...result, location: `${deps.baseUrl ?? ''}${result.location}` });
    }
  };
}

function assertOperation(operation: Operation, deps: EndpointDeps): void {
  for (const part of ['params', 'query', 'headers', 'body', 'reply'] as const) {
    const schema = operation[part];
    if (schema instanceof z.ZodObject) assertStrict(schema, `${operation.operationId} ${part}`);
  }
  if (operation.audit === 'consultation' && !deps.recordConsultation) throw new TypeError(`${operation.operationId}: a consultation needs recordConsultation`);
  if (operation.audit === 'consultation' && operation.who === 'anonymous') throw new TypeError(`${operation.operationId}: a consultation needs a caller`);
}

function assertPermitted(operation: Operation, caller: Caller | undefined): void {
  if (operation.who === 'anonymous' || (operation.who === 'anyStaff' && caller)) return;
  const { who } = operation;
  if (who !== 'anyStaff' && caller?.roles.some(role => who.includes(role))) return;
  throw problem('not-permitted', 'Your account does not hold a role that may do this.');
}

async function readRequest(request: HttpRequest, operation: Operation) {
  const { body } = operation;
  const idempotencyKey = readIdempotencyKey(request, operation);
  const ifMatch = readIfMatch(request, operation);
  const params = readParams(request, operation.params ?? nothing);
  const query = readQuery(request, operation.query ?? nothing);
  const headers = operation.headers && readHeaders(request, operation.headers);
  if (body instanceof z.ZodObject) return { idempotencyKey, ifMatch, params, query, headers, body: await readJson(request, body) };
  if (body !== undefined) return { idempotencyKey, ifMatch, params, query, headers, file: await readFile(request, body) };
  if (hasBody(request)) await readJson(request, nothing);
  return { idempotencyKey, ifMatch, params, query, headers };
}

function checkReply(operation: Operation, reply: LooseReply, how: { strict: boolean; log: Log }): void {
  const { reply: rule } = operation;
  const isFine = rule instanceof z.ZodObject
    ? rule.safeParse(reply.body).success
    : reply.file !== undefined && rule.contentTypes.includes(reply.file.contentType) && reply.file.bytes.byteLength <= rule.maxBytes;
  if (isFine) return;
  how.log.error('reply-does-not-fit', {});
  if (how.strict) throw new TypeError('the reply does not fit its description');
}

function textsOf(params: object | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, String(value)]));
}

interface ReadBy {
  readonly params: Readonly<Record<string, string>>;
  readonly caller: Caller | undefined;
  readonly now: Date;
  readonly trace: Trace;
  readonly record: EndpointDeps['recordConsultation'];
}

async function recordRead(operation: Operation, reply: LooseReply, { caller, params, now, trace, record }: ReadBy): Promise<void> {
  if (operation.audit !== 'consultation') return;
  const caseIds = reply.consulted;
  if (!caseIds || !caller || !record) throw new TypeError('a consultation was not named, so it cannot be shown');
  if (caseIds.length > 0) await record({ operationId: operation.operationId, kind: operation.audit, caller, caseIds, params, now, trace });
}
