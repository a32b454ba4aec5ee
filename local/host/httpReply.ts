import type { ServerResponse } from 'node:http';
import type { RpcCookie, RpcHttp, TypedData } from './coreTypes.ts';
import type { HttpSettings } from './hostJson.ts';

/** Headers that belong to the connection, not to the function: the host's server sets them itself. */
const ofTheConnection = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive']);

/** Writes a function's answer; `undefined` is a function that returned nothing, which the host answers with 204. */
export function sendReply(response: ServerResponse, reply: RpcHttp | undefined): void {
  if (!reply) {
    sendEmpty(response, 204);
    return;
  }
  response.statusCode = Number(reply.statusCode ?? 200);
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    if (!ofTheConnection.has(name.toLowerCase())) response.setHeader(name, value);
  }
  // A set-cookie among the headers arrives as one value (the library's headers are a plain record), then the cookies are appended.
  for (const cookie of reply.cookies ?? []) response.appendHeader('set-cookie', serialiseCookie(cookie));
  const body = bytesOf(reply.body);
  if (hasBody(response.statusCode)) response.setHeader('content-length', body.length);
  response.end(hasBody(response.statusCode) ? body : undefined);
}

/** An answer of the host itself: a status and no body. */
export function sendEmpty(response: ServerResponse, status: number): void {
  response.statusCode = status;
  if (hasBody(status)) response.setHeader('content-length', 0);
  response.end();
}

/** host.json's customHeaders on every answer, and HSTS on those that came by HTTPS (ASP.NET Core sends it on no other). */
export function setHostHeaders(response: ServerResponse, http: HttpSettings, isHttps: boolean): void {
  for (const [name, value] of Object.entries(http.customHeaders)) response.setHeader(name, value);
  const { hsts } = http;
  if (!hsts?.isEnabled || !isHttps) return;
  const parts = [`max-age=${Math.floor(hsts.maxAge / 1000)}`, ...(hsts.includeSubDomains ? ['includeSubDomains'] : []), ...(hsts.preload ? ['preload'] : [])];
  response.setHeader('strict-transport-security', parts.join('; '));
}

function hasBody(status: number): boolean {
  return status !== 204 && status !== 304 && status >= 200;
}

function bytesOf(body: TypedData | null | undefined): Buffer {
  if (!body) return Buffer.alloc(0);
  if (body.bytes) return Buffer.from(body.bytes);
  return Buffer.from(body.string ?? body.json ?? '', 'utf8');
}

/** ASP.NET Core's own format; the host adds `path=/` when the function gave none. */
function serialiseCookie(cookie: RpcCookie): string {
  const expires = cookie.expires?.value?.seconds;
  const attributes: [string, string | number | undefined][] = [
    ['expires', expires === undefined ? undefined : new Date(expires * 1000).toUTCString()],
    ['max-age', cookie.maxAge?.value],
    ['domain', cookie.domain?.value],
    ['path', cookie.path?.value ?? '/'],
    ['samesite', sameSiteNames[cookie.sameSite ?? 'none']],
  ];
  const present = attributes.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return [`${cookie.name ?? ''}=${encodeURIComponent(cookie.value ?? '')}`, ...present, ...cookieFlags(cookie)].join('; ');
}

const sameSiteNames = { lax: 'lax', strict: 'strict', explicitNone: 'none', none: undefined };

function cookieFlags(cookie: RpcCookie): string[] {
  return [...(cookie.secure?.value === true ? ['secure'] : []), ...(cookie.httpOnly?.value === true ? ['httponly'] : [])];
}
