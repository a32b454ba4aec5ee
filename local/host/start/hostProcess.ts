import { spawn, type ChildProcess } from 'node:child_process';
import * as z from 'zod';
import { bundledHost, compileCache } from './bundle.ts';
import { createLineRing, endChild, exitOf, onLines, type Exit } from './childProcess.ts';
import type { HostOptions } from '../options.ts';

/** One host, over the child processes that it has been. Its address stays the same over restarts. */
export interface HostProcess {
  url(): string;
  pid(): number;
  isAlive(): boolean;
  /** Resolves when the host is ready; rejects with its last lines when it ends before. `changes` hold for this child only. */
  start(changes?: Partial<HostOptions>): Promise<void>;
  /** Lets running invocations finish, then ends. */
  stop(): Promise<void>;
  /** SIGKILL, at once. */
  kill(): Promise<void>;
  /** Resolves when the present child has ended. */
  exited(): Promise<Exit>;
  logs(): readonly string[];
}

export interface HostProcessSettings {
  readonly options: HostOptions;
  readonly environment: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
}

const readySchema = z.object({ event: z.literal('ready'), url: z.string() });

export function createHostProcess(settings: HostProcessSettings): HostProcess {
  const ring = createLineRing();
  const state: State = { child: undefined, exited: Promise.resolve({ code: 0, signal: null }), url: '' };
  return {
    url: () => state.url,
    pid: () => state.child?.pid ?? 0,
    isAlive: () => state.child !== undefined && state.child.exitCode === null && state.child.signalCode === null,
    start: async (changes = {}) => {
      const child = spawnHost(await bundledHost(), { ...settings, options: { ...settings.options, ...changes } }, state.url);
      state.child = child;
      state.exited = exitOf(child);
      state.url = await ready(child, state.exited, line => {
        ring.add(line);
        settings.onLine?.(line);
      }).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${ring.lines().slice(-20).join('\n')}`);
      });
    },
    stop: async () => {
      if (state.child) await endChild(state.child, state.exited, (settings.options.graceMs ?? 10_000) + 2_000);
    },
    kill: async () => {
      state.child?.kill('SIGKILL');
      await state.exited;
    },
    exited: () => state.exited,
    logs: () => ring.lines(),
  };
}

interface State { child: ChildProcess | undefined; exited: Promise<Exit>; url: string }

function spawnHost(bundle: string, settings: HostProcessSettings, url: string): ChildProcess {
  const port = url === '' ? settings.options.port ?? 0 : Number(new URL(url).port);
  return spawn(process.execPath, [bundle], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own: a terminal's Ctrl-C must not end Azurite under a host that still works. The lifeline ends both.
    detached: process.platform !== 'win32',
    env: { ...settings.environment, NODE_COMPILE_CACHE: compileCache, HOST_OPTIONS: JSON.stringify({ ...settings.options, port }) },
  });
}

function ready(child: ChildProcess, exited: Promise<Exit>, onLine: (line: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    onLines(child, line => {
      onLine(line);
      const event = readySchema.safeParse(parsed(line));
      if (event.success) resolve(event.data.url);
    });
    void exited.then(exit => reject(new Error(`the host ended at its start (${exit.code ?? exit.signal ?? ''})`)));
  });
}

function parsed(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch {
    return undefined;
  }
}
