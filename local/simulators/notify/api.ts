import { badRequest, Refusal } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Service, World } from './model.ts';
import { notification, send } from './send.ts';
import { caller } from './token.ts';

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** What Notify's public API version 2 says to a request; undefined when the outage of the moment is that no answer comes. Never rejects with a Refusal. */
export async function api(world: World, request: ApiRequest): Promise<Answer | undefined> {
  const outage = outageOf(world);
  try {
    if (outage === 'silent') return undefined;
    if (outage === 'unavailable') throw new Refusal(503, 'Exception', 'Internal server error', retryAfter(world));
    if (outage === 'rateLimited') throw limitReached(world);
    const answer = await routed(world, request);
    return outage === 'lostAnswer' ? undefined : answer;
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  } finally {
    if (world.outage && world.outage.left <= 0) world.outage = undefined;
  }
}

function outageOf(world: World): string | undefined {
  if (!world.outage) return undefined;
  world.outage.left -= 1;
  return world.outage.mode;
}

async function routed(world: World, request: ApiRequest): Promise<Answer> {
  const { method, url } = request;
  const who = await caller(request.authorization, world.services);
  const [, kind] = /^\/v2\/notifications\/(sms|email)$/.exec(url.pathname) ?? [];
  if (method === 'POST' && (kind === 'sms' || kind === 'email')) {
    countCall(world, who.service);
    return send(world, who, kind, json(request.body));
  }
  if (method === 'GET' && url.pathname === '/v2/notifications') return list(world, who.service, url);
  const [, id] = /^\/v2\/notifications\/([^/]+)$/.exec(url.pathname) ?? [];
  if (method === 'GET' && id !== undefined) return single(world, who.service, id);
  throw new Refusal(404, 'NoResultFound', 'The requested URL was not found on the server.');
}

/** Notify: 3,000 messages a minute for each key type. */
function countCall(world: World, { service }: Service): void {
  const recent = (world.recentCalls.get(service) ?? []).filter(at => at > Date.now() - 60_000);
  if (recent.length >= world.rateLimitPerMinute) throw limitReached(world);
  world.recentCalls.set(service, [...recent, Date.now()]);
}

function limitReached(world: World): Refusal {
  return new Refusal(429, 'RateLimitError', `Exceeded rate limit for key type LIVE of ${world.rateLimitPerMinute} requests per 60 seconds`, retryAfter(world));
}

/** Notify itself sends none; what stands in front of it may. */
function retryAfter(world: World): Record<string, string> {
  return world.outage?.retryAfterSeconds === undefined ? {} : { 'retry-after': String(world.outage.retryAfterSeconds) };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('Invalid JSON supplied in POST data');
  }
}

function single(world: World, service: Service, id: string): Answer {
  if (!/^[\da-f-]{36}$/i.test(id)) throw new Refusal(400, 'ValidationError', 'notification_id is not a valid UUID');
  const message = world.messages.find(one => one.id === id && one.service === service.service);
  if (!message) throw new Refusal(404, 'NoResultFound', 'No result found');
  return { status: 200, body: notification(message) };
}

/** Newest first, 250 at most, as Notify pages. */
function list(world: World, service: Service, url: URL): Answer {
  const wanted = (name: string) => url.searchParams.get(name);
  const all = world.messages.filter(message => message.service === service.service
    && (wanted('reference') ?? message.reference) === message.reference
    && (wanted('template_type') ?? message.kind) === message.kind
    && (wanted('status') ?? message.status) === message.status).reverse();
  return { status: 200, body: { notifications: all.slice(0, 250).map(notification), links: { current: url.href } } };
}
