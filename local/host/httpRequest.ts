import type { IncomingMessage } from 'node:http';
import type { NullableString, RpcHttp } from './coreTypes.ts';

/** The real host's default limit (ScriptConstants.cs:239), also FUNCTIONS_REQUEST_BODY_SIZE_LIMIT. */
export const defaultBodyLimit = 104_857_600;

export const tooLarge = Symbol('the body is over the limit');

/**
 * The body of a request as the host's buffered mode passes it: only with a content-length above zero
 * (`request.ContentLength > 0`, GrpcMessageConversionExtensions.cs), so a chunked upload without one arrives empty.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined | typeof tooLarge> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > limit) return tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limit) return tooLarge;
    if (length > 0) chunks.push(chunk);
  }
  return length > 0 ? Buffer.concat(chunks) : undefined;
}

/** The request as the host hands it to the worker: values of one name are joined by a comma, names of query keys differ without case. */
export function toRpcHttp(request: IncomingMessage, url: URL, params: Readonly<Record<string, string>>, body: Buffer | undefined): RpcHttp {
  return {
    url: url.href,
    method: request.method ?? 'GET',
    nullableHeaders: nullable(headersOf(request)),
    nullableQuery: nullable(queryOf(url)),
    nullableParams: nullable(Object.entries(params)),
    ...(body === undefined ? {} : { body: { bytes: body } }),
  };
}

/** What App Service's own authentication would set. Nothing sets it here, so what a caller sends is a forgery. */
const forged = /^x-ms-(client-principal|token-)/;

function headersOf(request: IncomingMessage): [string, string][] {
  return Object.entries(request.headersDistinct).flatMap(([name, values]): [string, string][] =>
    values === undefined || forged.test(name) ? [] : [[name, values.join(',')]]);
}

function queryOf(url: URL): [string, string][] {
  const joined = new Map<string, [string, string]>();
  for (const [name, value] of url.searchParams) {
    const before = joined.get(name.toLowerCase());
    joined.set(name.toLowerCase(), before ? [before[0], `${before[1]},${value}`] : [name, value]);
  }
  return [...joined.values()];
}

function nullable(entries: Iterable<readonly [string, string]>): Record<string, NullableString> {
  return Object.fromEntries(Array.from(entries, ([name, value]) => [name, { value }]));
}
