import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { connectStorage } from '../../shared/azure/clients.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { inject } from '../shared/case/support/faults.ts';
import { jarRoom, type JarRoom } from '../shared/case/support/jar.ts';

/** What the processes of one fault run share; given to each in its environment. */
const runSchema = z.strictObject({
  connectionString: z.string(),
  /** Every letter that goes out is a line here: the outside world outlives the processes. */
  lettersFile: z.string(),
  /** Ends this process by SIGKILL at the n-th storage call of a kind (`any` counts all). */
  killAt: z.strictObject({ n: z.int(), call: z.string() }).optional(),
  /** Serve commands by the broken twin, which commits and then sends. */
  isTwin: z.boolean().optional(),
});
export type Run = z.infer<typeof runSchema>;

export function runOf(environment: NodeJS.ProcessEnv): Run {
  return runSchema.parse(JSON.parse(environment['FAULT_RUN'] ?? '{}'));
}

/** Two rooms with one law: the provider of jars honours our keys, that of boxes can only be asked what it got. */
export function roomsOf({ lettersFile }: Pick<Run, 'lettersFile'>): readonly [JarRoom, JarRoom] {
  const sent = (): string[] => (existsSync(lettersFile) ? readFileSync(lettersFile, 'utf8').split('\n') : []);
  const world = {
    send: async (key: string): Promise<string> => {
      await sleep(5);
      appendFileSync(lettersFile, `${key}\n`);
      await sleep(5);
      return `receipt of ${key}`;
    },
    find: (key: string) => Promise.resolve(sent().includes(key) ? `receipt of ${key}` : undefined),
  };
  return [jarRoom(world, 'same-key'), { ...jarRoom(world, 'look-up'), name: 'box', queue: 'box-work' }];
}

/** The protocol over real storage, with times that suit a test. */
export function depsOf({ connectionString, killAt }: Pick<Run, 'connectionString'> & { readonly killAt?: Run['killAt'] }): CaseDeps {
  const storage = connectStorage({ connectionString });
  let token = 0;
  const deps: CaseDeps = {
    cases: storage.cases, work: storage.work, queues: storage.queues, blobs: storage.documents,
    timing: { tombstoneAfter: 5_000, sweepAfter: 10_000, effectTimeout: 4_000, commitVisibility: 1_000 },
    now: () => new Date(), random: Math.random, sleep: milliseconds => sleep(milliseconds),
    token: () => `${process.pid}-${Date.now()}-${++token}`,
    alarm: event => void process.send?.({ alarm: event }),
  };
  if (!killAt) return deps;
  let seen = 0;
  return inject(deps, call => {
    if ((killAt.call === 'any' || call.name === killAt.call) && ++seen === killAt.n) process.kill(process.pid, 'SIGKILL');
    return undefined;
  }).deps;
}
