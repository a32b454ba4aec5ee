import * as z from 'zod';
import type { Answer } from './answer.ts';
import type { ApiRequest } from './api.ts';
import type { Delivery } from './delivery.ts';
import type { Message, World } from './model.ts';
import type { Robot } from './robot.ts';

export interface Controls {
  readonly world: World;
  readonly delivery: Delivery;
  readonly robot: Robot;
  readonly setOffset: (milliseconds: number) => void;
}

/** What the inbox page and tests see of a message. */
export interface InboxMessage {
  readonly id: string;
  readonly service: string;
  readonly kind: 'sms' | 'email';
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly subject?: string;
  readonly template: string;
  readonly reference: string | null;
  readonly at: string;
  readonly status: string;
}

export function inboxMessage({ id, service, kind, from, to, text, subject, template, reference, at, status }: Message): InboxMessage {
  return { id, service, kind, from, to, text, template: template.name, reference, at, status, ...(subject !== undefined && { subject }) };
}

const outage = z.strictObject({ mode: z.enum(['none', 'unavailable', 'rateLimited', 'silent', 'lostAnswer']), count: z.int().positive().optional(), retryAfterSeconds: z.int().nonnegative().optional() });
const clock = z.strictObject({ offsetMs: z.number() });
const robot = z.strictObject({ on: z.boolean(), preview: z.boolean().optional() });
const withhold = z.strictObject({ on: z.boolean() });
const callback = z.strictObject({ url: z.url({ protocol: /^https?$/ }) });

const done: Answer = { status: 200, body: { done: true } };

/** The control API under /sim: what was sent, and what is to go wrong. POST takes JSON only, so that no page of the web can reach it without a preflight. */
export function control({ world, delivery, robot: phone, setOffset }: Controls, { method, url, body }: ApiRequest): Answer {
  const at = `${method} ${url.pathname}`;
  if (at === 'GET /sim/messages') return { status: 200, body: world.messages.map(inboxMessage) };
  if (at === 'GET /sim/receipts') return { status: 200, body: delivery.receipts() };
  if (at === 'GET /sim/robot') return { status: 200, body: phone.steps() };
  const posts: Readonly<Record<string, (given: unknown) => void>> = {
    '/sim/outage': given => {
      const { mode, count = Infinity, retryAfterSeconds } = outage.parse(given);
      world.outage = mode === 'none' ? undefined : { mode, left: count, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
    },
    '/sim/withhold-receipts': given => delivery.withhold(withhold.parse(given).on),
    '/sim/clock': given => setOffset(clock.parse(given).offsetMs),
    '/sim/robot': given => phone.set(robot.parse(given)),
    '/sim/callback': given => delivery.callBackTo(callback.parse(given).url),
  };
  const act = method === 'POST' && Object.hasOwn(posts, url.pathname) ? posts[url.pathname] : undefined;
  if (!act) return { status: 404, body: { error: 'not_found' } };
  try {
    act(JSON.parse(body));
    return done;
  } catch (error) {
    return { status: 400, body: { error: error instanceof z.ZodError ? z.prettifyError(error) : 'not JSON' } };
  }
}
