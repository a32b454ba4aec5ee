import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { act, actSchema } from './act.ts';
import { connectorCall } from './connector.ts';
import { peopleSchema } from './directory.ts';
import { graphCall } from './graph.ts';
import { install } from './install.ts';
import type { Simulated } from './state.ts';
import { appToken } from './tokens.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const MAX_BODY = 512 * 1_024;
const throttleSchema = z.strictObject({ of: z.enum(['connector', 'graph']), times: z.int().min(1).max(1_000), status: z.int().min(400).max(599).optional(), retryAfterSeconds: z.int().min(0).optional() });
const outageSchema = z.strictObject({ on: z.boolean() });
const connectSchema = z.strictObject({ messagesUrl: z.url({ protocol: /^https?$/ }) });
const installSchema = z.strictObject({ objectId: z.string().min(1), action: z.enum(['add', 'remove']).default('add') });

/** What the simulator says to one request. */
export async function answer(state: Simulated, request: IncomingMessage): Promise<Answer> {
  // A page of the web must not reach it by a name that points at loopback (DNS rebinding).
  if (`http://${request.headers.host ?? ''}` !== state.url) return json(421, { error: 'wrong host' });
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', state.url);
  const asked = { path, query, method: request.method ?? '', contentType: request.headers['content-type'], authorization: request.headers.authorization, text: await textOf(request) };
  if (path.startsWith('/sim/')) return await control(state, asked);
  if (path.startsWith('/v1/.well-known/')) return json(200, keysOf(state, path));
  return state.isDown ? json(503, { error: 'down on demand' }) : await serve(state, asked);
}

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly method: string;
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  readonly text: string;
}

async function serve(state: Simulated, { path, query, method, authorization, text }: Asked): Promise<Answer> {
  if (path === '/oauth2/v2.0/token') return await token(state, text);
  const call = { path, method, authorization, body: parsed(text) };
  const { status, body, retryAfterSeconds } = path.startsWith('/v3/') ? await connectorCall(state, call) : await graphCall(state, { ...call, query });
  return json(status, body, retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) });
}

/** The Bot Connector's OpenID metadata and the key set that it names. */
function keysOf(state: Simulated, path: string): object {
  return path.endsWith('/keys')
    ? { keys: [{ ...state.key.publicJwk, endorsements: ['msteams'] }] }
    : { issuer: 'https://api.botframework.com', jwks_uri: `${state.url}/v1/.well-known/keys`, id_token_signing_alg_values_supported: ['RS256'] };
}

async function token(state: Simulated, text: string): Promise<Answer> {
  const form = new URLSearchParams(text);
  const audience = form.get('scope')?.replace(/\/\.default$/, '');
  if (form.get('grant_type') !== 'client_credentials' || form.get('client_id') !== state.botId || audience === undefined) return json(400, { error: 'invalid_request' });
  return json(200, await appToken(state, audience));
}

/** For tests and for the inbox page. */
async function control(state: Simulated, { path, method, contentType, text }: Asked): Promise<Answer> {
  // JSON only: a page of another site cannot send it without a preflight, which is never granted.
  if (method === 'POST' && contentType !== 'application/json') return json(415, { error: 'send JSON' });
  const at = `${method} ${path}`;
  if (at === 'GET /sim/cards') return json(200, state.cards.toReversed());
  if (at === 'GET /sim/alerts') return json(200, state.alerts.toReversed());
  if (at === 'POST /sim/act') return await pressed(state, text);
  const order = Object.hasOwn(orders, path) && method === 'POST' ? orders[path] : undefined;
  if (!order) return json(404, { error: 'not found' });
  try {
    return json(200, await order(state, parsed(text)));
  } catch (error) {
    return json(error instanceof z.ZodError ? 400 : 502, { error: 'the order cannot be carried out' });
  }
}

const orders: Readonly<Record<string, (state: Simulated, body: unknown) => object | Promise<object>>> = {
  '/sim/throttle': (state, body) => {
    const { times, of, status = 429, retryAfterSeconds } = throttleSchema.parse(body);
    state.throttles.push({ left: times, of, status, retryAfterSeconds });
    return {};
  },
  '/sim/outage': (state, body) => {
    state.isDown = outageSchema.parse(body).on;
    return {};
  },
  '/sim/connect': (state, body) => {
    state.messagesUrl = connectSchema.parse(body).messagesUrl;
    return {};
  },
  '/sim/people': (state, body) => {
    state.people = peopleSchema.parse(body);
    return {};
  },
  '/sim/install': async (state, body) => {
    const { objectId, action } = installSchema.parse(body);
    return { httpStatus: await install(state, objectId, action) };
  },
};

async function pressed(state: Simulated, text: string): Promise<Answer> {
  const press = actSchema.safeParse(parsed(text));
  if (!press.success) return json(400, { error: 'the press cannot be read' });
  return await act(state, press.data).then(outcome => json(200, outcome), (error: unknown) => json(error instanceof RangeError ? 404 : 502, { error: error instanceof Error ? error.message : 'failed' }));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_BODY) throw new RangeError('the body is too large');
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }, body: status === 204 ? '' : JSON.stringify(value) };
}
