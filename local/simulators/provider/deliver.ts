import { randomBytes } from 'node:crypto';
import type { ProviderEvent } from '../../../functions/goodsam/provider/port.ts';
import { signWebhook } from '../../../functions/goodsam/provider/signature.ts';
import type { Session } from './session.ts';
import { note, now, pass } from './world.ts';
import type { World } from './world.ts';

/** So many webhooks are gathered before they go out of order. */
const SHUFFLE_WINDOW = 4;
/** Nothing more came for so long: what was gathered goes out. */
const SHUFFLE_PATIENCE_SECONDS = 60;
const STALE_MS = 600_000;
const TIMEOUT_MS = 10_000;

/** An envelope as it goes out; `emit` of the control interface sends wrong ones. */
export interface Outgoing { readonly id: string; readonly type: string }

/** Puts an event's webhook behind those of its session, as its scenario says. */
export function deliver(world: World, session: Session, event: ProviderEvent): void {
  const { webhookLost, webhookTwice } = world.settings.faults;
  // Drawn for each event, so that the same seed loses the same ones.
  const isLost = world.random() < webhookLost;
  const isTwice = world.random() < webhookTwice;
  if (isLost || world.withheld.has(event.type)) {
    note(world, 'webhook', { sessionId: session.id, eventId: event.id, type: event.type, outcome: 'withheld' });
    return;
  }
  if (session.scenario?.webhooks === 'shuffled') {
    shuffleIn(world, session, event);
    return;
  }
  const times = session.scenario?.webhooks === 'triplicate' ? 3 : isTwice ? 2 : 1;
  for (let n = 0; n < times; n += 1) queue(world, session, event);
}

function flushShuffled(world: World, session: Session): void {
  const waiting = session.pool.splice(0);
  for (const event of outOfOrder(waiting, world.random)) queue(world, session, event);
}

/** One webhook behind the others of the session, until it is taken or given up. */
export function queue(world: World, session: Session, event: Outgoing): void {
  session.tail = session.tail.then(() => send(world, session, event));
}

function shuffleIn(world: World, session: Session, event: ProviderEvent): void {
  session.pool.push(event);
  if (session.pool.length >= SHUFFLE_WINDOW) flushShuffled(world, session);
  else void pass(world, SHUFFLE_PATIENCE_SECONDS).then(() => {
    if (session.pool.at(-1) === event) flushShuffled(world, session);
  });
}

function outOfOrder<T>(items: readonly T[], random: () => number): readonly T[] {
  const mixed = items.map(item => ({ item, at: random() })).toSorted((a, b) => a.at - b.at).map(({ item }) => item);
  return mixed.every((item, index) => item === items[index]) ? items.toReversed() : mixed;
}

async function send(world: World, session: Session, event: Outgoing): Promise<void> {
  for (let attempt = 1; attempt <= world.settings.maxAttempts; attempt += 1) {
    const outcome = await attemptOf(world, session, event);
    note(world, 'webhook', { sessionId: session.id, eventId: event.id, type: event.type, attempt, outcome });
    if (outcome >= 200 && outcome < 300) return;
    // Standard Webhooks: 410 means that nobody wants these any more.
    if (outcome === 410) return;
    if (attempt < world.settings.maxAttempts) await pass(world, 2 ** (attempt - 1));
  }
  note(world, 'webhook', { sessionId: session.id, eventId: event.id, type: event.type, outcome: 'given-up' });
}

/** The status of the answer, 0 when there was none. */
async function attemptOf(world: World, session: Session, event: Outgoing): Promise<number> {
  const rawBody = Buffer.from(JSON.stringify(event));
  try {
    const response = await fetch(session.body.callbackUrl, {
      method: 'POST', redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS), body: rawBody,
      headers: { 'content-type': 'application/json', ...signatureHeaders(world, session, { id: event.id, rawBody }) },
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Nobody there, or no answer in time: tried again like any refusal.
    return 0;
  }
}

function signatureHeaders(world: World, session: Session, { id, rawBody }: { readonly id: string; readonly rawBody: Uint8Array }): Readonly<Record<string, string>> {
  const how = session.scenario?.webhooks;
  const at = now(world).getTime() - (how === 'stale-timestamp' ? STALE_MS : 0);
  const timestamp = Math.floor(at / 1_000);
  const signatures = signingKeys(world, how).map(key => signWebhook(key, { id, timestamp, rawBody }));
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') };
}

function signingKeys(world: World, how: string | undefined): readonly Uint8Array[] {
  if (how === 'bad-signature') return [randomBytes(32)];
  if (how === 'old-secret' || world.signWith === 'old') return [world.keys.old];
  return world.signWith === 'both' ? [world.keys.old, world.keys.current] : [world.keys.current];
}
