import type { HttpResponseInit } from '@azure/functions';
import { contentDisposition } from './disposition.ts';
import type { Operation } from './operation.ts';
import { problemBody } from './problem.ts';
import type { ProblemError } from './problem.ts';

/** A file as the whole reply. `fileName` is what the caller's machine will call it; it is encoded, not trusted. */
export interface SentFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly fileName?: string;
}

/** What a handler answers. `status` is the operation's `success` unless said otherwise. */
export interface LooseReply {
  readonly status?: number;
  readonly body?: unknown;
  readonly file?: SentFile;
  readonly headers?: Readonly<Record<string, string>>;
  readonly etag?: string;
  readonly location?: string;
  readonly consulted?: readonly string[] | undefined;
}

/** On every reply (ASVS 3.4, 14.3.2): nothing is cached, sniffed, framed, embedded or run. Pages of the portal set their own policy over this. */
export const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'accelerometer=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** The reply of a handler, as the host takes it. */
export function successReply(operation: Operation, reply: LooseReply): HttpResponseInit & { status: number } {
  const headers = {
    ...reply.headers,
    ...(reply.etag !== undefined && { etag: reply.etag }),
    ...(reply.location !== undefined && { location: reply.location }),
    ...securityHeaders,
  };
  assertHeaders(headers);
  const status = reply.status ?? operation.success;
  if (reply.file) {
    const { bytes, contentType, fileName } = reply.file;
    return { status, body: bytes, headers: { ...headers, 'content-type': contentType, 'content-disposition': contentDisposition(fileName) } };
  }
  return { status, body: JSON.stringify(reply.body), headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } };
}

/** Refused here and not by the host, which would answer an empty 500: a line break would split the reply (ASVS 4.1). */
function assertHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value)) throw new TypeError(`the reply's ${name} header cannot be sent`);
  }
}

/** The RFC 9457 reply of a problem. */
export function problemReply(error: ProblemError, traceId: string): HttpResponseInit & { status: number } {
  const { status, headers } = error.problem;
  return {
    status,
    body: JSON.stringify(problemBody(error, traceId)),
    headers: { ...headers, ...securityHeaders, 'content-type': 'application/problem+json; charset=utf-8' },
  };
}
