import { memoryBlob, memoryQueue, memoryTable } from '../../../../shared/azure/memory.ts';
import { commit, type Outcome, type Request } from '../../../../shared/case/commit.ts';
import { newCaseId, sha256 } from '../../../../shared/case/keys.ts';
import { parseMessageText } from '../../../../shared/case/message.ts';
import type { CaseDeps } from '../../../../shared/case/room.ts';
import { work } from '../../../../shared/case/work.ts';
import type { Jar, JarCommand, JarRoom } from './jar.ts';

/** The protocol over in-memory stores and a clock that moves only when somebody sleeps or says so. */
export function memoryWorld(timing: Partial<CaseDeps['timing']> = {}) {
  const clock = { now: Date.parse('2026-11-24T09:00:00.000Z') };
  let drawn = 0;
  const alarms: Parameters<CaseDeps['alarm']>[0][] = [];
  const cases = memoryTable();
  const workTable = memoryTable();
  const queues = memoryQueue(() => clock.now);
  const blobs = memoryBlob(() => new Date(clock.now).toISOString());
  const deps: CaseDeps = {
    cases, work: workTable, queues, blobs,
    timing: { tombstoneAfter: 2_000, sweepAfter: 900_000, effectTimeout: 60_000, commitVisibility: 1_000, ...timing },
    now: () => new Date(clock.now),
    random: () => 0.5,
    sleep: milliseconds => {
      clock.now += milliseconds;
      return Promise.resolve();
    },
    token: () => `token-${++drawn}`,
    alarm: event => void alarms.push(event),
  };
  return { deps, clock, alarms, cases, workTable, queues, blobs };
}
export type MemoryWorld = ReturnType<typeof memoryWorld>;

export const jarId = newCaseId('tenant', 'ann', 'OpenJar', 'open-key-000000001');

/** A command as an endpoint would make it. */
export function jarRequest(key: string, command: JarCommand, caseId = jarId): Request<Jar, never, JarCommand> {
  return {
    caseId, operationId: key, hash: sha256(JSON.stringify(command)), name: command.do, command: () => command, by: 'ann', roles: [], parts: [], creates: command.do === 'open',
    reply: () => ({ status: 202, location: `/api/operations/${caseId}/${key}`, body: { caseId, operationId: key } }),
  };
}

export function send(deps: CaseDeps, room: JarRoom, key: string, command: JarCommand): Promise<Outcome> {
  return commit(deps, room, jarRequest(key, command));
}

/** Delivers every message that is due, as the host would, until the queue is empty; moves the clock when only delayed messages are left. */
export async function drain(world: MemoryWorld, room: JarRoom, options: { readonly deliveries?: number; readonly maxTurns?: number } = {}): Promise<void> {
  for (let turn = 0; turn < (options.maxTurns ?? 1000); turn++) {
    const waiting = world.queues.queues.get(room.queue) ?? [];
    if (!waiting.length) return;
    world.clock.now = Math.max(world.clock.now, Math.min(...waiting.map(item => item.visibleAt)));
    for (const received of await world.queues.receive(room.queue, 16, 30)) {
      const message = parseMessageText(received.text);
      if (!message) throw new Error('a message that is none of ours');
      try {
        for (let n = 0; n < (options.deliveries ?? 1); n++) await work(world.deps, room, { message, insertedAt: new Date(received.insertedAt) });
        await received.remove();
      } catch {
        // The host makes it visible again after its time-out.
      }
    }
  }
  throw new Error('the queue does not drain');
}
