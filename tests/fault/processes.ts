import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Run } from './rooms.ts';

export const orderSchema = z.strictObject({
  room: z.string(), caseId: z.string(), key: z.string(),
  command: z.discriminatedUnion('do', [z.strictObject({ do: z.literal('open') }), z.strictObject({ do: z.literal('put'), coin: z.string() })]),
});
export type Order = z.infer<typeof orderSchema>;

export interface Process {
  /** The port that it serves; waits while it is being started again. */
  port(): Promise<number>;
  /** SIGKILL, and a new one in its place. Returns when the new one is there. */
  kill(): Promise<void>;
  /** How often it ended by SIGKILL. */
  kills(): number;
  stop(): Promise<void>;
}

/** A process that is killed and started again so often must not compile its libraries each time. */
const compileCache = join(tmpdir(), 'fault-tests-compile-cache');

const ready = z.looseObject({ port: z.int() });

/** Runs `tests/fault/<name>.ts` as a process of its own, and again whenever it is killed; `next` gives what each new one runs with. */
export function keepRunning(name: 'api' | 'worker', next: (start: number) => Run, onMessage: (message: unknown) => void = () => undefined): Process {
  let kills = 0;
  let starts = 0;
  let isOver = false;
  let child: ChildProcess;
  let port: Promise<number>;
  const start = (): void => {
    const own = fork(join(import.meta.dirname, `${name}.ts`), [], {
      execArgv: ['--disable-warning=ExperimentalWarning'], env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: compileCache, FAULT_RUN: JSON.stringify(next(starts++)) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = own;
    port = new Promise((resolve, reject) => {
      own.once('exit', code => reject(Object.assign(new Error(`tests/fault/${name}.ts ended with ${code ?? 'a signal'}`), { name: code === null ? 'Killed' : 'Error' })));
      own.on('message', message => {
        const said = ready.safeParse(message);
        if (said.success) resolve(said.data.port);
        else onMessage(message);
      });
    });
    // What ends on its own is a fault of the test: it stays down, and who asks for its port hears so.
    port.catch(() => undefined);
    own.once('exit', (_code, signal) => {
      if (signal !== 'SIGKILL' || isOver) return;
      kills += 1;
      start();
    });
  };
  start();
  return {
    port: () => port,
    async kill() {
      const before = kills;
      await port.catch(() => undefined);
      child.kill('SIGKILL');
      while (kills === before) await sleep(5);
      await port.catch(() => undefined);
    },
    kills: () => kills,
    async stop() {
      isOver = true;
      const ended = new Promise(resolve => child.once('exit', resolve));
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export interface Answer { readonly kind: string; readonly unavailable: number; readonly milliseconds: number }

/** Sends a command as a good client does: repeats it with the same key until it hears an outcome. */
export async function order(api: Process, wanted: Order): Promise<Answer> {
  const startedAt = Date.now();
  for (let unavailable = 0, tries = 0; tries < 200; tries++) {
    try {
      const response = await fetch(`http://127.0.0.1:${await api.port()}/`, { method: 'POST', body: JSON.stringify(wanted), signal: AbortSignal.timeout(20_000) });
      if (response.status === 200) return { kind: z.looseObject({ kind: z.string() }).parse(await response.json()).kind, unavailable, milliseconds: Date.now() - startedAt };
      if (response.status !== 503) throw new Error(`the API failed: ${await response.text()}`);
      unavailable += 1;
    } catch (error) {
      // A connection that broke says as little as a 503. By name, for jest's realm has another TypeError than fetch has.
      if (!/^(TypeError|TimeoutError|AbortError|Killed)$/.test(nameOf(error))) throw error;
    }
    await sleep(100);
  }
  throw new Error('no outcome after 200 tries');
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}

/** Runs tasks, so many at once. */
export async function together(tasks: readonly (() => Promise<void>)[], width: number): Promise<void> {
  const left = [...tasks];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let task = left.shift(); task; task = left.shift()) await task();
  }));
}
