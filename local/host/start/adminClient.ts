import { request } from 'node:http';
import * as z from 'zod';
import type { Faults, StorageCall } from '../faults.ts';

/** A client of a host's /admin interface. Each call rejects when the host refuses it. */
export interface HostAdmin {
  /** One look: idle means that no invocation runs and every trigger queue is empty, invisible messages included. */
  status(): Promise<HostStatus>;
  drain(timeoutMs?: number): Promise<void>;
  /** Runs a timer or queue function now and waits for it; resolves to whether it succeeded. */
  run(functionName: string, input?: string): Promise<boolean>;
  timers(): Promise<readonly TimerState[]>;
  /** Stops the timers' clock at an instant; what was missed runs once. ISO 8601, UTC. */
  setClock(now: string): Promise<void>;
  /** Every occurrence on the way runs at its own instant. */
  advanceClock(ms: number): Promise<void>;
  releaseClock(): Promise<void>;
  setFaults(faults: Faults): Promise<void>;
  /** The app's storage calls since the faults were set. */
  storageCalls(): Promise<readonly StorageCall[]>;
}

const statusSchema = z.object({ running: z.number(), started: z.number(), queues: z.record(z.string(), z.number()) });
const timersSchema = z.array(z.object({ name: z.string(), schedule: z.string(), nextAt: z.string(), holdsLease: z.boolean() }));
const callsSchema = z.object({ calls: z.array(z.object({ service: z.enum(['blob', 'queue', 'table']), method: z.string(), path: z.string(), body: z.string().optional() })) });

export type HostStatus = z.output<typeof statusSchema>;
export type TimerState = z.output<typeof timersSchema>[number];

export function createHostAdmin(url: () => string, masterKey: string): HostAdmin {
  const call = (method: string, path: string, body?: unknown): Promise<unknown> => send({ url: `${url()}/admin/${path}`, method, body, masterKey });
  return {
    status: async () => statusSchema.parse(await call('GET', 'host/status')),
    drain: async (timeoutMs = 30_000) => { await call('POST', 'local/drain', { timeoutMs }); },
    run: async (functionName, input) => z.object({ ok: z.boolean() }).parse(await call('POST', `functions/${functionName}?wait=1`, { input })).ok,
    timers: async () => timersSchema.parse(await call('GET', 'local/timers')),
    setClock: async now => { await call('PUT', 'local/clock', { now }); },
    advanceClock: async ms => { await call('POST', 'local/clock/advance', { ms }); },
    releaseClock: async () => { await call('DELETE', 'local/clock'); },
    setFaults: async faults => { await call('PUT', 'local/faults', faults); },
    storageCalls: async () => callsSchema.parse(await call('GET', 'local/faults')).calls,
  };
}

interface AdminCall { readonly url: string; readonly method: string; readonly body: unknown; readonly masterKey: string }

/** node:http and no fetch: a kept-alive connection to a host that a test kills would break the next call. */
function send({ url, method, body, masterKey }: AdminCall): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent: false, headers: { 'x-functions-key': masterKey, 'content-type': 'application/json' } }, answer => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject).on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if ((answer.statusCode ?? 500) >= 400) reject(new Error(`${method} ${url}: ${answer.statusCode ?? 0} ${text}`));
        else resolve(text === '' ? undefined : JSON.parse(text));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
