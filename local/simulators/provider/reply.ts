import type * as z from 'zod';

/** One request, its body read. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string;
  readonly text: string;
  /** Aborts when the caller hangs up. */
  readonly gone: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Iterable<Uint8Array>;
  /** The connection breaks after so many bytes. */
  readonly breakAfter?: number;
}

/** A refusal in RFC 9457 form. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reply: Reply;
  constructor(status: number, title: string, headers: Readonly<Record<string, string>> = {}) {
    super(title);
    this.reply = { status, headers: { 'content-type': 'application/problem+json', ...headers }, body: JSON.stringify({ status, title }) };
  }
}

export function json(status: number, body: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}

/** The JSON body of a request; throws a Refusal. Only JSON is read, which a page of another site cannot send. */
export function bodyOf<T>(request: Incoming, schema: z.ZodType<T>): T {
  if (!request.header('content-type').startsWith('application/json')) throw new Refusal(415, 'send application/json');
  const read = schema.safeParse(parsed(request.text));
  if (!read.success) throw new Refusal(422, read.error.issues.map(issue => `${issue.path.map(String).join('.')}: ${issue.message}`).join('; '));
  return read.data;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new Refusal(400, 'no JSON');
  }
}
