import * as z from 'zod';
import type { Refusal } from '../domain/decision.ts';

/** Status and title of every problem that any room can answer with. Codes are stable: front ends and flows branch on them. */
export const problems = {
  'body-unparsable': { status: 400, title: 'The body cannot be read' },
  'body-missing': { status: 400, title: 'The body is missing' },
  'body-too-deep': { status: 400, title: 'The body is nested too deeply' },
  'idempotency-key-missing': { status: 400, title: 'The Idempotency-Key header is missing' },
  'idempotency-key-malformed': { status: 400, title: 'The Idempotency-Key header is malformed' },
  'if-match-malformed': { status: 400, title: 'The If-Match header is malformed' },
  'not-signed-in': { status: 401, title: 'You are not signed in' },
  'not-permitted': { status: 403, title: 'You may not do this' },
  'not-found': { status: 404, title: 'Not found' },
  'operation-abandoned': { status: 409, title: 'The command was not accepted' },
  'gone': { status: 410, title: 'The record was disposed of' },
  'content-length-missing': { status: 411, title: 'The Content-Length header is missing' },
  'etag-stale': { status: 412, title: 'Somebody changed this since you read it' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'content-type-unsupported': { status: 415, title: 'The content type is not accepted' },
  'request-invalid': { status: 422, title: 'The request does not fit its description' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key belongs to another request' },
  'if-match-missing': { status: 428, title: 'The If-Match header is missing' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'unavailable': { status: 503, title: 'Try again shortly' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** One field that is wrong. `pointer` is a JSON pointer into the request: `/body/...`, `/path/...`, `/query/...` or `/headers/...`. */
export const fieldErrorSchema = z.strictObject({ pointer: z.string(), code: z.string(), message: z.string() });
export type FieldError = z.output<typeof fieldErrorSchema>;

/** A field that somebody else changed since the caller read the record, for a 412: who, when, from what to what, and whether what the caller sends would overwrite it with something else. */
export const fieldChangeSchema = z.strictObject({ field: z.string(), by: z.string(), at: z.string(), before: z.string().optional(), after: z.string().optional(), collides: z.boolean() });
export type FieldChange = z.output<typeof fieldChangeSchema>;

/** The body of every reply that is not a success: RFC 9457, with a stable `code` and the trace id that support asks for. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  traceId: z.string(),
  errors: z.array(fieldErrorSchema).optional(),
  /** Of a 412: the version that stands now, and what changed since the one that was sent. */
  current: z.string().optional(),
  changes: z.array(fieldChangeSchema).optional(),
});
export type Problem = z.output<typeof problemSchema>;

interface ProblemParts {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly current?: string;
  readonly changes?: readonly FieldChange[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that ends with a problem. Throw it from a handler; `endpoint` turns it into the reply. `detail` is shown to the caller. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  /** shared/log.ts may write the message: it is our own sentence, without data of a person. */
  readonly isLoggable = true;
  readonly problem: ProblemParts;
  constructor(parts: ProblemParts) {
    super(parts.code);
    this.problem = parts;
  }
}

/** A problem of the shared table. `detail` is a sentence for the person; it must not repeat what they sent. */
export function problem(code: ProblemCode, detail: string, more: Pick<ProblemParts, 'errors' | 'headers' | 'current' | 'changes'> = {}): ProblemError {
  return new ProblemError({ ...problems[code], code, detail, ...more });
}

/** 409: the law of the room refused the command (`decide`); the code and the sentence are the room's. */
export function refusalProblem(refusal: Pick<Refusal, 'code' | 'reason'>): ProblemError {
  return new ProblemError({ status: 409, code: refusal.code, title: 'This is not possible now', detail: refusal.reason });
}

/** 503 with Retry-After. It says nothing about the outcome: the caller repeats with the same Idempotency-Key. */
export function unavailable(retryAfterSeconds: number): ProblemError {
  const seconds = String(Math.min(300, Math.max(1, Math.ceil(retryAfterSeconds))));
  return problem('unavailable', 'The service is busy or a service it needs is down. Repeat the same request shortly.', { headers: { 'retry-after': seconds } });
}

/** The RFC 9457 body of a problem. */
export function problemBody(error: ProblemError, traceId: string): Problem {
  const { status, code, title, detail, errors, current, changes } = error.problem;
  return { type: `urn:problem:${code}`, title, status, code, detail, traceId, ...(errors && { errors: [...errors] }), ...(current !== undefined && { current }), ...(changes && { changes: [...changes] }) };
}
