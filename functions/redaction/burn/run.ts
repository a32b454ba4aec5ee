import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { caps, isFailureCode, type FailureCode } from './failures.ts';
import type { Job } from './job.ts';
import { enginePaths } from './paths.ts';

/** How far one child may go; the defaults are the caps of redaction.md 3. */
export interface Limits {
  readonly pageMilliseconds: number;
  readonly memoryBytes: number;
}

export type ChildResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: FailureCode; readonly detail: string };

export const defaultLimits: Limits = { pageMilliseconds: caps.pageMilliseconds, memoryBytes: caps.memoryBytes };

/**
 * Runs one command on one document in a process of its own. Whatever happens there - a wasm fault, an endless page, an exhausted
 * memory - comes back as a failure code; this function throws only when the job folder itself cannot be written.
 */
export async function runChild(command: Job, limits: Limits = defaultLimits, onPage: (page: number) => void = () => undefined): Promise<ChildResult> {
  await writeFile(join(command.folder, 'job.json'), JSON.stringify(command), { mode: 0o600 });
  const heapMegabytes = Math.floor(limits.memoryBytes / 2 ** 20 / 2);
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, '--disable-warning=ExperimentalWarning', enginePaths().child, command.folder], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Nothing of the host's environment (keys, connection strings) goes to the process that parses hostile files.
    env: {},
  });
  const ended = await watch(child, limits, onPage);
  if (ended !== 'exited') return { ok: false, code: ended, detail: '' };
  return readResult(command.folder);
}

const progress = z.object({ page: z.int() });

/** Ends with the process; kills it when a page takes too long or its memory grows past the limit. */
function watch(child: ChildProcess, limits: Limits, onPage: (page: number) => void): Promise<'exited' | FailureCode> {
  return new Promise(resolve => {
    let verdict: FailureCode | undefined;
    const kill = (code: FailureCode) => (): void => {
      verdict ??= code;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(kill('out-of-time'), limits.pageMilliseconds);
    const memory = setInterval(() => void residentBytes(child.pid).then(bytes => { if (bytes > limits.memoryBytes) kill('out-of-memory')(); }), 250);
    child.on('message', message => {
      clearTimeout(timer);
      timer = setTimeout(kill('out-of-time'), limits.pageMilliseconds);
      const parsed = progress.safeParse(message);
      if (parsed.success) onPage(parsed.data.page);
    });
    const finish = (code: number | null, signal: NodeJS.Signals | null = null): void => {
      clearTimeout(timer);
      clearInterval(memory);
      // V8 aborts when its heap is full.
      resolve(verdict ?? (code === 0 ? 'exited' : signal === 'SIGABRT' ? 'out-of-memory' : 'engine-crash'));
    };
    child.on('exit', finish);
    child.on('error', () => finish(null));
  });
}

/** Resident memory of a process; 0 where the system has no /proc, where only the limits of V8 and wasm (2 GB) hold. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 0}/statm`, 'utf8').catch(() => '');
  return Number(status.split(' ')[1] ?? 0) * 4096;
}

const reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.string(), detail: z.string() }),
]);

async function readResult(folder: string): Promise<ChildResult> {
  const text = await readFile(join(folder, 'result.json'), 'utf8').catch(() => '');
  const parsed = reply.safeParse(text === '' ? undefined : JSON.parse(text));
  if (!parsed.success) return { ok: false, code: 'engine-crash', detail: 'no result' };
  if (parsed.data.ok) return { ok: true, value: parsed.data.value };
  const { code, detail } = parsed.data;
  return { ok: false, code: isFailureCode(code) ? code : 'engine-crash', detail };
}
