import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The last lines of a child's output, for a failing test to show. */
export interface LineRing {
  add(line: string): void;
  lines(): readonly string[];
}

export function createLineRing(size = 2_000): LineRing {
  const kept: string[] = [];
  return {
    add: line => {
      kept.push(line);
      if (kept.length > size) kept.shift();
    },
    lines: () => kept,
  };
}

/** Calls back for each line of a child's stdout and stderr. */
export function onLines(child: ChildProcess, callback: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', callback);
  }
}

export interface Exit { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** Resolves when the child has ended and its output has been read. */
export function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise(resolve => child.once('close', (code, signal) => resolve({ code, signal })));
}

/** Asks the child to end, and insists after `graceMs`. Resolves when it is gone. */
export async function endChild(child: ChildProcess, exited: Promise<Exit>, graceMs: number): Promise<void> {
  const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(insist);
}
