import { ProviderError } from './port.ts';
import type { ProviderErrorKind } from './port.ts';

export interface ProviderConnection {
  /** Where the interface of README.md is served, without a slash at the end. */
  readonly url: string;
  readonly key: string;
  readonly timeoutMs: number;
}

export interface ProviderCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Made with `path`, so that no identifier can leave its segment. */
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly from?: number;
  readonly signal?: AbortSignal | undefined;
}

/** No reply of the interface but media comes near this. */
const MAX_REPLY_BYTES = 8 * 2 ** 20;

/** A path of literal text and encoded identifiers. */
export function path(parts: TemplateStringsArray, ...ids: readonly string[]): string {
  return parts.reduce((whole, part, index) => `${whole}${encodeURIComponent(ids[index - 1] ?? '')}${part}`);
}

/**
 * One call, read to its end, within the time-out. `read` turns the JSON of the reply into a value and throws when it is not what was agreed. Every failure is a
 * ProviderError: the caller's own signal counts as a time-out, since nobody knows then what the provider did.
 */
export async function call<T>(connection: ProviderConnection, request: ProviderCall, read: (value: unknown) => T): Promise<T> {
  const limit = AbortSignal.timeout(connection.timeoutMs);
  const signal = request.signal ? AbortSignal.any([limit, request.signal]) : limit;
  try {
    const response = await accepted(await fetch(`${connection.url}${request.path}`, init(connection, request, signal)));
    const text = await textOf(response);
    return readAs(read, text);
  } catch (error) {
    throw failure(error, signal);
  }
}

/** The parts of a fetch: key, idempotency key, JSON body, range. A redirect is refused, for the key must not go elsewhere. */
export function init(connection: ProviderConnection, request: ProviderCall, signal: AbortSignal): RequestInit {
  const { idempotencyKey, from, body } = request;
  return {
    method: request.method, signal, redirect: 'error',
    headers: {
      authorization: `Bearer ${connection.key}`, accept: 'application/json', 'accept-encoding': 'identity',
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...(from !== undefined && from > 0 && { range: `bytes=${from}-` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** The response when the provider accepted the request; throws a ProviderError of the status otherwise. */
export async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  // The body of a refusal is not read: it could hold what was sent, and would end up in a log.
  await response.body?.cancel();
  const retryAfterMs = retryAfter(response.headers);
  throw new ProviderError(kindOf(response.status), `the provider answered ${response.status}`, retryAfterMs === undefined ? {} : { retryAfterMs });
}

/** Whatever went wrong, as a ProviderError. */
export function failure(error: unknown, signal: AbortSignal): ProviderError {
  if (error instanceof ProviderError) return error;
  if (signal.aborted) return new ProviderError('timeout', 'the provider did not answer in time', { cause: error });
  return new ProviderError('unavailable', 'the provider could not be reached', { cause: error });
}

const kinds: Readonly<Record<number, ProviderErrorKind>> = { 401: 'auth', 403: 'auth', 404: 'notFound', 408: 'timeout', 409: 'conflict', 410: 'notFound', 429: 'rateLimited', 504: 'timeout' };

function kindOf(status: number): ProviderErrorKind {
  return kinds[status] ?? (status >= 400 && status < 500 ? 'validation' : 'unavailable');
}

/** RFC 9110 10.2.3: seconds, or a date, which is measured against the provider's own clock. */
function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after') ?? '';
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1_000;
  const wait = Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** The body of a response as it comes in. */
export function bytesOf(response: Response): AsyncIterable<Uint8Array> {
  return response.body ?? new ReadableStream<Uint8Array>({ start: stream => stream.close() });
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of bytesOf(response)) {
    bytes += chunk.length;
    if (bytes > MAX_REPLY_BYTES) throw new ProviderError('unavailable', 'the reply of the provider is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readAs<T>(read: (value: unknown) => T, text: string): T {
  try {
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    return read(value);
  } catch {
    // The cause is left out: it would repeat parts of the reply.
    throw new ProviderError('unavailable', 'the reply of the provider is not what was agreed');
  }
}
