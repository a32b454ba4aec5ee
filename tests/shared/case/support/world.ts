import { memoryBlob, memoryQueue, memoryTable } from '../../../../shared/azure/memory.ts';
import { commit, type Outcome, type Request } from '../../../../shared/case/commit.ts';
import { newCaseId, sha256 } from '../../../../shared/case/keys.ts';
import { parseMessageText } from '../../../../shared/case/message.ts';
import type { CaseDeps } from '../../../../shared/case/room.ts';
import { work } from '../../../../shared/case/work.ts';
import { lidKey, type Jar, type JarCommand, type JarRoom, type Lid } from './jar.ts';

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

export const openKey = 'open-key-000000001';
export const jarId = newCaseId('tenant', 'ann', 'OpenJar', openKey);

/** A command as an endpoint would make it. */
export function jarRequest(key: string, command: JarCommand, caseId = jarId): Request<Jar, Lid, JarCommand> {
  return {
    caseId, operationId: key, hash: sha256(JSON.stringify(command)), name: command.do, command: () => command, by: 'ann', roles: [], creates: command.do === 'open',
    parts: command.do === 'turn' || command.do === 'check' ? [lidKey] : [],
    reply: () => ({ status: 202, location: `/api/operations/${caseId}/${key}`, body: { caseId, operationId: key } }),
  };
}

export function send(deps: CaseDeps, room: JarRoom, key: string, command: JarCommand): Promise<Outcome> {
  return commit(deps, room, jarRequest(key, command));
}

/** A key as a client makes it, from a short name. */
export const keyOf = (name: string): string => `${name}-key-00000000000000`.slice(0, 24);

/** A world with an open jar and nothing left to do. */
export async function openedJar(room: JarRoom, timing: Partial<CaseDeps['timing']> = {}): Promise<MemoryWorld> {
  const world = memoryWorld(timing);
  await send(world.deps, room, openKey, { do: 'open' });
  await drain(world, room);
  return world;
}

/** The messages that wait in a queue, as the worker gets them. */
export function messagesIn(world: MemoryWorld, queue: string) {
  return (world.queues.queues.get(queue) ?? []).flatMap(item => {
    const message = parseMessageText(item.text);
    return message ? [{ message, insertedAt: new Date(item.insertedAt) }] : [];
  });
}

export interface DrainOptions {
  readonly deliveries?: number;
  readonly maxTurns?: number;
  /** What the worker runs with, for instance faulty stores. */
  readonly deps?: CaseDeps;
  /** As the host: what fails so often goes to the poison queue. */
  readonly maxDequeueCount?: number;
}

/** Delivers every message that is due, as the host would, until the queue is empty; moves the clock when only delayed messages are left. */
export async function drain(world: MemoryWorld, room: JarRoom, options: DrainOptions = {}): Promise<void> {
  for (let turn = 0; turn < (options.maxTurns ?? 1000); turn++) {
    const waiting = world.queues.queues.get(room.queue) ?? [];
    if (!waiting.length) return;
    world.clock.now = Math.max(world.clock.now, Math.min(...waiting.map(item => item.visibleAt)));
    for (const received of await world.queues.receive(room.queue, 16, 30)) {
      const message = parseMessageText(received.text);
      if (!message) throw new Error('a message that is none of ours');
      try {
        for (let n = 0; n < (options.deliveries ?? 1); n++) await work(options.deps ?? world.deps, room, { message, insertedAt: new Date(received.insertedAt) });
        await received.remove();
      } catch {
        // The host makes it visible again after its time-out, or gives it up.
        if (received.dequeueCount < (options.maxDequeueCount ?? Infinity)) continue;
        await world.queues.send(`${room.queue}-poison`, message, 0);
        await received.remove();
      }
    }
  }
  throw new Error('the queue does not drain');
}
