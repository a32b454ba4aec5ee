import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { TimerClock } from './clock.ts';
import type { RegisteredFunction } from './core.ts';
import { faultsSchema, type FaultPlan } from './faults.ts';
import { sendEmpty } from './httpReply.ts';
import { triggerOf, type Invoke, type Running } from './invoke.ts';
import type { Keys } from './keys.ts';
import { reason } from './log.ts';
import type { QueueListener } from './queue.ts';
import type { Timers } from './timers.ts';

export interface AdminHost {
  readonly functions: readonly RegisteredFunction[];
  readonly keys: Keys;
  readonly queues: readonly QueueListener[];
  readonly timers: Timers;
  readonly clock: TimerClock;
  readonly running: Running;
  readonly invoke: Invoke;
  /** Absent unless the host was started with HOST_FAULTS=1: then these routes answer 404. */
  readonly faults: FaultPlan | undefined;
}

interface Call { readonly host: AdminHost; readonly url: URL; readonly body: () => Promise<unknown> }
interface Reply { readonly status: number; readonly json?: unknown }
type Handler = (call: Call) => Promise<Reply> | Reply;

/**
 * The administration interface: what the real host has under /admin/host and /admin/functions, as far as it is needed, and what only a
 * local host can offer under /admin/local. README.md lists it. The caller's master key has been checked.
 */
export function createAdmin(host: AdminHost): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> {
  return async (request, response, url) => {
    const call: Call = { host, url, body: () => readJson(request) };
    const handler = handlers[`${request.method ?? ''} ${url.pathname.toLowerCase()}`] ?? functionRun(request, url);
    const reply = await Promise.resolve(handler(call)).catch((error: unknown): Reply => ({ status: 400, json: { error: reason(error) } }));
    if (reply.json === undefined) sendEmpty(response, reply.status);
    else {
      response.writeHead(reply.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply.json));
    }
  };
}

const clockSchema = z.strictObject({ now: z.iso.datetime() });
const advanceSchema = z.strictObject({ ms: z.number().min(0) });
const drainSchema = z.strictObject({ timeoutMs: z.number().default(30_000) });

const handlers: Readonly<Record<string, Handler>> = {
  'GET /admin/host/ping': () => ({ status: 200 }),
  'GET /admin/host/status': async ({ host }) => ({ status: 200, json: { state: 'Running', ...await busy(host) } }),
  'GET /admin/functions': ({ host }) => ({ status: 200, json: host.functions.map(fn => ({ name: fn.metadata.name, bindings: fn.metadata.bindings })) }),
  'POST /admin/local/drain': async ({ host, body }) => drain(host, drainSchema.parse(await body()).timeoutMs),
  'GET /admin/local/keys': ({ host }) => ({ status: 200, json: host.keys }),
  'GET /admin/local/timers': ({ host }) => ({ status: 200, json: timerList(host) }),
  'GET /admin/local/clock': ({ host }) => clockState(host),
  'PUT /admin/local/clock': async ({ host, body }) => {
    await host.timers.setClock(Date.parse(clockSchema.parse(await body()).now));
    return clockState(host);
  },
  'POST /admin/local/clock/advance': async ({ host, body }) => {
    await host.timers.advanceClock(advanceSchema.parse(await body()).ms);
    return clockState(host);
  },
  'DELETE /admin/local/clock': ({ host }) => {
    host.timers.releaseClock();
    return clockState(host);
  },
  'GET /admin/local/faults': ({ host }) => host.faults ? { status: 200, json: { calls: host.faults.calls() } } : { status: 404 },
  'PUT /admin/local/faults': async ({ host, body }) => {
    if (!host.faults) return { status: 404 };
    host.faults.set(faultsSchema.parse(await body()));
    return { status: 204 };
  },
};

/** POST /admin/functions/{name} runs a timer or queue function now: 202 at once as in the real host, or with `?wait=1` its outcome. */
function functionRun(request: IncomingMessage, url: URL): Handler {
  return async ({ host, body }) => {
    const name = /^\/admin\/functions\/([^/]+)$/i.exec(url.pathname)?.[1]?.toLowerCase();
    const fn = host.functions.find(item => item.metadata.name.toLowerCase() === name);
    if (request.method !== 'POST' || !fn || triggerOf(fn).type === 'httpTrigger') return { status: 404 };
    const { input = '' } = z.object({ input: z.string().optional() }).parse(await body());
    const timer = host.timers.all.find(item => item.name === fn.metadata.name);
    const run = timer ? timer.run() : host.invoke(fn, { data: { string: input } }).then(() => true, () => false);
    if (!url.searchParams.has('wait')) return { status: 202 };
    return { status: 200, json: { ok: await run } };
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return value;
}

function timerList(host: AdminHost): unknown {
  return host.timers.all.map(timer => ({
    name: timer.name, schedule: timer.schedule.text, nextAt: new Date(timer.nextAt()).toISOString(), holdsLease: host.timers.holdsLease(),
  }));
}

function clockState(host: AdminHost): Reply {
  return { status: 200, json: { now: new Date(host.clock.now()).toISOString(), virtual: host.clock.isVirtual() } };
}

async function busy(host: AdminHost): Promise<{ running: number; started: number; queues: Record<string, number> }> {
  const counts = await Promise.all(host.queues.map(async queue => [queue.queueName, await queue.count()] as const));
  // Read after the counts: a message that was taken out meanwhile is then still running or has started another invocation.
  return { running: host.running.count, started: host.running.started, queues: Object.fromEntries(counts) };
}

/** Idle twice with no invocation between: what a finishing function has just sent is not missed. 408 says what is left. */
async function drain(host: AdminHost, timeoutMs: number): Promise<Reply> {
  const end = Date.now() + timeoutMs;
  let idleAt = -1;
  while (true) {
    const state = await busy(host);
    const isIdle = state.running === 0 && Object.values(state.queues).every(count => count === 0);
    if (isIdle && idleAt === state.started) return { status: 200, json: state };
    idleAt = isIdle ? state.started : -1;
    if (Date.now() > end) return { status: 408, json: state };
    await sleep(15);
  }
}
