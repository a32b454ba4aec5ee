import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RegisteredFunction } from './core.ts';
import { triggerOf, type Invoke } from './invoke.ts';
import { isAllowed, presentedKey, type AuthLevel, type Keys } from './keys.ts';
import { defaultBodyLimit, readBody, tooLarge, toRpcHttp } from './httpRequest.ts';
import { sendEmpty, sendReply, setHostHeaders } from './httpReply.ts';
import type { HttpSettings } from './hostJson.ts';
import { reason, type Log } from './log.ts';
import { createRoute, matchRoute, overlaps, sortRoutes, type Route } from './router.ts';

export interface HttpFront {
  readonly functions: readonly RegisteredFunction[];
  readonly settings: HttpSettings;
  readonly keys: Keys;
  readonly invoke: Invoke;
  readonly log: Log;
  /** Answers `/admin/...`; the caller has shown the master key already. */
  readonly admin: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
  /** The front end's limit on an answer: 230 s in Azure, whatever functionTimeout says. Milliseconds. */
  readonly answerLimit: number;
  readonly bodyLimit?: number;
}

/** Makes the server; it does not listen yet. Throws when two functions could answer one request. */
export function createHttp(front: HttpFront): Server {
  const byName = new Map(front.functions.map(fn => [fn.metadata.name, fn]));
  const routes = routesOf(front.functions, front.settings.routePrefix);
  const server = createServer((request, response) => {
    handle({ front, routes, byName }, request, response).catch((error: unknown) => {
      front.log('http-error', { error: reason(error) });
      if (response.headersSent) response.destroy();
      else sendEmpty(response, 500);
    });
  });
  // A browser keeps its connections; a slow answer has its own limit.
  server.requestTimeout = 0;
  return server;
}

interface Site {
  readonly front: HttpFront;
  readonly routes: readonly Route[];
  readonly byName: ReadonlyMap<string, RegisteredFunction>;
}

/** The routes in the real host's order, after a check that the alphabet decides nothing. */
export function routesOf(functions: readonly RegisteredFunction[], routePrefix: string): Route[] {
  const routes = sortRoutes(functions.map(fn => {
    const { options } = triggerOf(fn);
    const own = typeof options['route'] === 'string' && options['route'] !== '' ? options['route'] : fn.metadata.name;
    const prefix = routePrefix.replace(/^\/|\/$/g, '');
    const methods = Array.isArray(options['methods']) ? options['methods'].filter(method => typeof method === 'string') : ['GET', 'POST'];
    return createRoute(fn.metadata.name, prefix === '' ? own : `${prefix}/${own.replace(/^\//, '')}`, methods);
  }));
  const clashes = overlaps(routes).map(([a, b]) => `"${a.template}" of ${a.functionName} and "${b.template}" of ${b.functionName}`);
  if (clashes.length > 0) throw new Error(`route templates overlap: ${clashes.join('; ')}`);
  return routes;
}

async function handle(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { front } = site;
  const isHttps = request.headers['x-forwarded-proto'] === 'https';
  setHostHeaders(response, front.settings, isHttps);
  const url = new URL(`${isHttps ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`);
  const key = presentedKey(request, url.searchParams);
  if (/^\/admin(\/|$)/i.test(url.pathname)) {
    if (!isAllowed(front.keys, 'admin', '', key)) sendEmpty(response, 401);
    else await front.admin(request, response, url);
    return;
  }
  const match = matchRoute(site.routes, request.method ?? 'GET', url.pathname);
  const fn = match && site.byName.get(match.route.functionName);
  if (!fn) sendEmpty(response, 404);
  else if (!isAllowed(front.keys, authLevel(fn), fn.metadata.name, key)) sendEmpty(response, 401);
  else await answer(front, fn, { request, response, url, params: match.params });
}

function authLevel(fn: RegisteredFunction): AuthLevel {
  const level = triggerOf(fn).options['authLevel'];
  if (level === 'anonymous' || level === 'admin') return level;
  return 'function';
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
}

async function answer(front: HttpFront, fn: RegisteredFunction, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const body = await readBody(request, front.bodyLimit ?? defaultBodyLimit);
  if (body === tooLarge) {
    // The rest of the upload is not read: the connection ends with the answer.
    response.setHeader('connection', 'close');
    sendEmpty(response, 413);
    return;
  }
  // The function goes on when the front end has given up: only the caller's answer is limited.
  const limit = setTimeout(() => { if (!response.headersSent) sendEmpty(response, 504); }, front.answerLimit);
  try {
    const { returnValue } = await front.invoke(fn, {
      data: { http: toRpcHttp(request, exchange.url, exchange.params, body) },
      ...traceOf(request),
    });
    if (!response.headersSent) sendReply(response, returnValue?.http);
  } catch {
    // The invocation is logged where it failed; the caller learns nothing but the status.
    if (!response.headersSent) sendEmpty(response, 500);
  } finally {
    clearTimeout(limit);
  }
}

function traceOf(request: IncomingMessage): { traceParent?: string; traceState?: string } {
  const { traceparent, tracestate } = request.headers;
  return {
    ...(typeof traceparent === 'string' ? { traceParent: traceparent } : {}),
    ...(typeof tracestate === 'string' ? { traceState: tracestate } : {}),
  };
}
