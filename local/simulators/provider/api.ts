import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancel, end } from './acts.ts';
import { cancelBody, chatBody, endBody, viewerBody } from './bodies.ts';
import { create } from './create.ts';
import { listMedia, readMedia, removeMedia } from './files.ts';
import { bodyOf, json, Refusal } from './reply.ts';
import type { Incoming, Reply } from './reply.ts';
import { emit, isOver, snapshotOf } from './session.ts';
import type { Session } from './session.ts';
import { idOf, note, now } from './world.ts';
import type { World } from './world.ts';

/** goodsam.md 11: a viewer's link lives for a short time. */
const VIEWER_LIFE_MS = 120_000;

/** What the provider's API says to one request (functions/goodsam/provider/README.md). */
export async function answerApi(world: World, request: Incoming): Promise<Reply> {
  if (!isKey(world, request.header('authorization'))) throw new Refusal(401, 'no valid key');
  const weather = drawWeather(world);
  await sleep(weather.latencyMs, undefined, { signal: request.gone });
  if (world.outage || weather.fault === 'unavailable') throw new Refusal(503, 'out of order');
  if (weather.fault === 'rateLimited') throw new Refusal(429, 'too many requests', { 'retry-after': '5' });
  const reply = await route(world, request);
  if (weather.fault === 'timeout') await hold(world, request);
  return reply;
}

/** Keeps the caller waiting until it hangs up, or the time of a scenario's time-out is over. */
export async function hold(world: World, request: Incoming): Promise<void> {
  await sleep(world.settings.holdMs, undefined, { signal: request.gone });
}

async function route(world: World, request: Incoming): Promise<Reply> {
  const [, , noun, id, part, mediaId] = request.path.split('/').map(decodeURIComponent);
  if (noun === 'health') return json(200, { status: 'ok' });
  if (noun !== 'sessions') throw new Refusal(404, 'no such thing');
  if (id === undefined && request.method === 'GET') return foundByKey(world, request);
  if (id === undefined) return await create(world, request, () => hold(world, request));
  const session = world.sessions.get(id);
  if (!session) throw new Refusal(404, 'no such session');
  if (part === 'media') return ofMedia(world, session, request, mediaId);
  return ofSession(world, session, request, part);
}

function foundByKey(world: World, request: Incoming): Reply {
  const session = world.plans.get(request.query.get('key') ?? '')?.session;
  if (!session) throw new Refusal(404, 'no session was made under this key');
  return json(200, { sessionId: session.id });
}

function ofSession(world: World, session: Session, request: Incoming, part: string | undefined): Reply {
  switch (`${request.method} ${part ?? ''}`) {
    case 'GET ': return json(200, snapshotOf(session));
    case 'POST cancel':
      bodyOf(request, cancelBody);
      cancel(world, session);
      return { status: 204 };
    case 'POST end':
      bodyOf(request, endBody);
      end(world, session, 'OFFICER');
      return { status: 204 };
    case 'POST chat': return officerChat(world, session, request);
    case 'POST viewers': return viewer(world, session, request);
    default: throw new Refusal(404, 'no such thing');
  }
}

function ofMedia(world: World, session: Session, request: Incoming, mediaId: string | undefined): Reply {
  if (mediaId === undefined) return listMedia(session);
  const media = session.media.find(({ ref }) => ref.providerMediaId === mediaId);
  if (!media) throw new Refusal(404, 'no such file');
  return request.method === 'DELETE' ? removeMedia(world, session, media) : readMedia(media, request.header('range'));
}

function officerChat(world: World, session: Session, request: Incoming): Reply {
  const body = bodyOf(request, chatBody);
  const key = request.header('idempotency-key');
  if (key === '') throw new Refusal(400, 'Idempotency-Key is missing');
  const earlier = session.chatByKey.get(key);
  if (earlier !== undefined) return json(201, { id: earlier });
  if (isOver(session)) throw new Refusal(409, 'the session is over');
  const id = idOf(world, 'msg', session.id, session.chat.length);
  session.chat.push({ id, from: 'OFFICER', ...body });
  session.chatByKey.set(key, id);
  emit(world, session, 'session.chat_message', { messageId: id, from: 'OFFICER', text: body.text, locale: 'en' });
  return json(201, { id });
}

/** A new link for a viewer makes the viewer's older ones dead. */
function viewer(world: World, session: Session, request: Incoming): Reply {
  const { viewerRef } = bodyOf(request, viewerBody);
  if (isOver(session)) throw new Refusal(409, 'the session is over');
  for (const [token, other] of world.viewers) {
    if (other.sessionId === session.id && other.viewerRef === viewerRef) world.viewers.delete(token);
  }
  const token = crypto.randomUUID();
  const expiresAt = now(world).getTime() + VIEWER_LIFE_MS;
  world.viewers.set(token, { sessionId: session.id, viewerRef, expiresAt, cookie: undefined });
  return json(201, { url: `${world.url}/v/${token}`, expiresAt: new Date(expiresAt).toISOString() });
}

function isKey(world: World, authorization: string): boolean {
  const given = Buffer.from(authorization);
  const wanted = Buffer.from(`Bearer ${world.settings.key}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

interface Weather { readonly latencyMs: number; readonly fault: 'none' | 'rateLimited' | 'unavailable' | 'timeout' }

/** Latency and fault of one call. The same three numbers are drawn each time, so that a seed gives the same weather whatever is asked. */
function drawWeather(world: World): Weather {
  const [u, v, chance] = [world.random(), world.random(), world.random()];
  const { medianMs, p95Ms } = world.settings.latency;
  // Box-Muller; 1.645 is the 95th percentile of the normal distribution.
  const normal = Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
  const latencyMs = medianMs === 0 ? 0 : medianMs * Math.exp(normal * (Math.log(Math.max(p95Ms, medianMs) / medianMs) / 1.645));
  const { rateLimited, unavailable, timeout } = world.settings.faults;
  const fault = chance < rateLimited ? 'rateLimited' : chance < rateLimited + unavailable ? 'unavailable' : chance < rateLimited + unavailable + timeout ? 'timeout' : 'none';
  note(world, 'control', { weather: fault, latencyMs: Math.round(latencyMs) });
  return { latencyMs, fault };
}
