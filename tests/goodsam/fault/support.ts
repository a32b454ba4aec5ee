import { TableClient } from '@azure/data-tables';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { seededRandom } from '../../../local/host/prng.ts';
import { azureTable } from '../../../shared/azure/table.ts';
import { verifyAudit } from '../../../shared/case/verify.ts';
import { newKey, text, type Answer, type Client } from '../../support/client.ts';
import { ask, type LiveLinks } from '../../support/liveLinks.ts';
import { contentsOf, packedRow } from '../../support/storage.ts';

/** A source of numbers whose seed is in the failing test's output, so that the run can be repeated. */
export function randomOf(seed: number): { readonly seed: number; next(): number; upTo(n: number): number; shuffled<T>(items: readonly T[]): T[] } {
  const next = seededRandom(seed);
  return {
    seed, next, upTo: n => Math.floor(next() * n),
    shuffled: items => items.map(item => ({ item, at: next() })).sort((a, b) => a.at - b.at).map(({ item }) => item),
  };
}

export interface Killer {
  kills(): number;
  /** Stops killing; the host runs then without faults. */
  stop(): Promise<void>;
}

/**
 * Ends the host with SIGKILL at one storage call after another, before or after storage has done it; the platform starts it again (`restartOnExit`). Every queue
 * message is delivered twice meanwhile.
 */
export function startKiller({ system }: Pick<LiveLinks, 'system'>, { seed, kills, within }: { readonly seed: number; readonly kills: number; readonly within: number }): Killer {
  const random = randomOf(seed);
  const state = { kills: 0, isStopped: false };
  const isStopped = (): boolean => state.isStopped;
  const run = async (): Promise<void> => {
    while (!isStopped() && state.kills < kills) {
      const pid = system.host.pid();
      const at = 1 + random.upTo(within);
      const isArmed = await system.host.setFaults({ deliveries: 2, storage: [{ match: {}, at, action: random.next() < 0.5 ? 'kill-before' : 'kill-after' }] }).then(() => true, () => false);
      while (isArmed && !isStopped() && system.host.pid() === pid && system.host.isAlive()) await sleep(10);
      if (!isArmed) await sleep(50);
      else if (!isStopped()) {
        state.kills += 1;
        await up(system);
      }
    }
  };
  const running = run();
  // Awaited in stop(); a host that does not come back shows itself there.
  running.catch(() => undefined);
  return {
    kills: () => state.kills,
    async stop() {
      state.isStopped = true;
      await running;
      await up(system);
      await system.host.setFaults({});
    },
  };
}

/** Of the live links under faults: the platform starts a host again that ends, storage calls can be broken, and what was cut off is taken up again soon. */
export const faulty = {
  faults: true, restartOnExit: true, environment: { EFFECT_TIMEOUT_SECONDS: '10' },
  options: { queues: { visibilityTimeout: 1_000, minPollingInterval: 20, maxPollingInterval: 100, lease: 5_000 } },
} as const;

/** Waits until the host that was killed answers again. */
async function up(system: LiveLinks['system']): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (await system.host.status().then(() => true, () => false)) return;
    await sleep(25);
  }
  throw new Error('the host did not come back');
}

/** Like a front end over a host that dies: the same request with the same key until there is an answer, another key when the key was abandoned. */
export async function persistently(send: (key: string) => Promise<Answer>, key = newKey()): Promise<Answer> {
  for (const end = Date.now() + 90_000; Date.now() < end;) {
    const answer = await send(key).catch(() => undefined);
    if (answer !== undefined && answer.status < 500 && answer.json['code'] !== 'DUPLICATE_ACTIVE') {
      return answer.json['code'] === 'operation-abandoned' ? await persistently(send) : answer;
    }
    await sleep(100);
  }
  throw new Error('no answer in 90 s');
}

export async function openedPersistently(person: Client, body: object): Promise<string> {
  // One reference for all tries: another one would be another request under the same key.
  const incidentRef = `IML ${1_000_000 + Math.floor(Math.random() * 8_999_999)}`;
  const answer = await persistently(key => ask(person, { incidentRef, ...body }, key));
  if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`);
  return text(answer, 'requestId');
}

/** The request as its view shows it, whatever the host is doing. */
export async function viewOf(person: Client, requestId: string): Promise<Record<string, unknown>> {
  return (await persistently(() => person.get(`/api/live-links/${requestId}`))).json;
}

const sessionList = z.object({ sessions: z.array(z.object({ sessionId: z.string(), externalRef: z.string(), status: z.string() })) });

export async function sessionsOf({ simulators }: Pick<LiveLinks, 'simulators'>): Promise<z.output<typeof sessionList>['sessions']> {
  return sessionList.parse(await simulators.provider.control('sessions')).sessions;
}

/** Faults of all audit chains, and operations that nobody ended. */
export async function faultsOf({ system }: Pick<LiveLinks, 'system'>): Promise<{ readonly faults: readonly unknown[]; readonly pending: readonly string[] }> {
  const { faults } = await verifyAudit(azureTable(TableClient.fromConnectionString(system.connectionString, 'cases', { allowInsecureConnection: true })));
  const contents = await contentsOf(system.connectionString);
  const pending = [...contents].filter(([place, row]) => /^cases\/[^/|]+\/op\|/.test(place) && packedRow(row)['status'] === 'pending').map(([place]) => place);
  return { faults, pending };
}
