import { setTimeout as sleep } from 'node:timers/promises';
import { opened } from './acts.ts';
import { createBody } from './bodies.ts';
import { bodyOf, json, Refusal } from './reply.ts';
import type { Incoming, Reply } from './reply.ts';
import { createSession, publicUrl } from './session.ts';
import type { Plan } from './session.ts';
import type { World } from './world.ts';

const OPENED_WAIT_MS = 2_000;

/** Creates a session, or plays the trouble that the armed scenario has for it. The same key and body give the same session; the same key with another body is a conflict. */
export async function create(world: World, request: Incoming, hold: () => Promise<void>): Promise<Reply> {
  if (request.method !== 'POST') throw new Refusal(405, 'POST only');
  const body = bodyOf(request, createBody);
  const key = request.header('idempotency-key');
  if (key === '') throw new Refusal(400, 'Idempotency-Key is missing');
  const plan = planFor(world, key, JSON.stringify(body));
  plan.tries += 1;
  refuseAsPlanned(plan);
  const isFirst = plan.session === undefined;
  const session = (plan.session ??= createSession(world, body, plan.scenario));
  if (isFirst && plan.scenario?.create === 'opened-before-reply') {
    opened(world, session);
    // Not for ever: nobody may be listening.
    await Promise.race([session.tail, sleep(OPENED_WAIT_MS)]);
  }
  if (isFirst && plan.scenario?.create === 'timeout') await hold();
  return json(201, { sessionId: session.id, publicUrl: publicUrl(world, session), expiresAt: body.expiresAt });
}

function planFor(world: World, key: string, bodyText: string): Plan {
  const known = world.plans.get(key);
  if (known && known.bodyText !== bodyText) throw new Refusal(409, 'the key was used for another body');
  const plan = known ?? { bodyText, scenario: world.arms.shift(), tries: 0, session: undefined };
  world.plans.set(key, plan);
  return plan;
}

function refuseAsPlanned(plan: Plan): void {
  if (plan.scenario?.create === 'rate-limited' && plan.tries === 1) throw new Refusal(429, 'too many requests', { 'retry-after': '5' });
  if (plan.scenario?.create === 'unavailable-twice' && plan.tries <= 2) throw new Refusal(503, 'out of order');
}
