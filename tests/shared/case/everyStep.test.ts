import { describe, expect, it } from '@jest/globals';
import { drainPoison } from '../../../shared/case/poison.ts';
import { logConsultation } from '../../../shared/case/reads.ts';
import { sweep } from '../../../shared/case/sweep.ts';
import { verifyAudit } from '../../../shared/case/verify.ts';
import { inject, nth, type Fault } from './support/faults.ts';
import { auditOf, endState, expectSettled, statusOf } from './support/invariants.ts';
import { jarRoom, postOffice, type JarRoom } from './support/jar.ts';
import { drain, keyOf, memoryWorld, openedJar, openKey, send, type MemoryWorld } from './support/world.ts';
import type { CaseDeps, Repeat } from '../../../shared/case/room.ts';

/** F4: each input and output step of each handler fails once, before it happened and after: a retry comes to the same end (SQLite's way of testing). */
interface Scenario {
  readonly name: string;
  readonly prepare: (room: JarRoom) => Promise<MemoryWorld>;
  /** What is run with the fault; again without one when it throws. */
  readonly act: (deps: CaseDeps, room: JarRoom, world: MemoryWorld) => Promise<unknown>;
  readonly repeat?: Repeat;
}

const put = keyOf('put');
const coin = { do: 'put', coin: 'penny' } as const;

async function withPut(room: JarRoom): Promise<MemoryWorld> {
  const world = await openedJar(room);
  await send(world.deps, room, put, coin);
  return world;
}

/** The queue delivers again what was not removed, so work is not called again here but drained. */
async function deliverOnce(deps: CaseDeps, room: JarRoom, world: MemoryWorld): Promise<void> {
  await drain(world, room, { deps });
}

const scenarios: readonly Scenario[] = [
  { name: 'commit of a create', prepare: () => Promise.resolve(memoryWorld()), act: (deps, room) => send(deps, room, openKey, { do: 'open' }) },
  { name: 'commit of an update', prepare: room => openedJar(room), act: (deps, room) => send(deps, room, put, coin) },
  { name: 'commit with a part', prepare: room => openedJar(room), act: (deps, room) => send(deps, room, keyOf('turn'), { do: 'turn' }) },
  {
    name: 'commit that is refused',
    prepare: async room => {
      const world = await openedJar(room);
      await send(world.deps, room, keyOf('seal'), { do: 'seal' });
      return world;
    },
    act: (deps, room) => send(deps, room, put, coin),
  },
  { name: 'work with a provider that honours keys', prepare: withPut, act: deliverOnce },
  { name: 'work that is a computation', prepare: withPut, act: deliverOnce, repeat: 'safe' },
  {
    name: 'work that the state forbids now',
    prepare: async room => {
      const world = await withPut(room);
      await send(world.deps, room, keyOf('seal'), { do: 'seal' });
      return world;
    },
    act: deliverOnce,
  },
  {
    name: 'work on a ghost',
    prepare: async room => {
      const world = await openedJar(room);
      const broken = inject(world.deps, call => (call.name === 'cases.transact' ? 'before' : undefined));
      await send(broken.deps, room, put, coin).catch(() => undefined);
      return world;
    },
    act: deliverOnce,
  },
  {
    name: 'the sweeper after a lost message',
    prepare: async room => {
      const world = await withPut(room);
      world.queues.queues.clear();
      world.clock.now += 16 * 60_000;
      return world;
    },
    act: async (deps, _room, world) => {
      await sweep(deps);
      world.clock.now += 16 * 60_000;
      await sweep(world.deps);
    },
  },
  {
    name: 'the poison consumer',
    prepare: async room => {
      const world = await withPut(room);
      await drain(world, jarRoom({ send: () => Promise.reject(new Error('never')) }, 'safe'), { maxDequeueCount: 5 });
      return world;
    },
    act: async (deps, room, world) => {
      await drainPoison(deps, room).catch(() => 0);
      world.clock.now += 121_000;
      await drainPoison(world.deps, room);
    },
    repeat: 'safe',
  },
  {
    name: 'a consultation',
    prepare: room => openedJar(room),
    act: deps => logConsultation(deps, { subject: 'jar-1', by: 'ann', kind: 'jar', operationId: 'GetJar', about: {} }),
  },
];

async function finishUp(world: MemoryWorld, room: JarRoom): Promise<void> {
  await drain(world, room);
  // What lost its message is the sweeper's.
  world.clock.now += 20 * 60_000;
  await sweep(world.deps);
  await drain(world, room);
}

describe.each(scenarios)('F4 $name', ({ prepare, act, repeat }) => {
  async function run(faultAt: number, fault: Fault): Promise<{ state: unknown; calls: number; letters: number; most: number; world: MemoryWorld; room: JarRoom }> {
    const office = postOffice({ remembers: true });
    const room = jarRoom(office, repeat ?? 'same-key');
    const world = await prepare(room);
    const broken = inject(world.deps, nth(faultAt, fault));
    try {
      await act(broken.deps, room, world);
    } catch (error) {
      expect(error).toMatchObject({ name: 'Unavailable' });
      await act(world.deps, room, world);
    }
    const calls = broken.calls.length;
    await finishUp(world, room);
    return { state: await endState(world, room), calls, letters: office.total(), most: office.most(), world, room };
  }

  it.each(['before', 'after'] as const)('comes to the same end when any one step fails %s it happened', async fault => {
    const calm = await run(0, fault);
    expect(calm.calls).toBeGreaterThan(2);
    for (let n = 1; n <= calm.calls; n++) {
      const { state, letters, most, world, room } = await run(n, fault);
      expect({ n, state, letters }).toEqual({ n, state: calm.state, letters: calm.letters });
      expect(most).toBeLessThanOrEqual(1);
      await expectSettled(world, room);
    }
  });
});

describe('F4 for an effect that can only be looked up', () => {
  it.each(['before', 'after'] as const)('never sends twice and never hides that it does not know, when any one step fails %s it happened', async fault => {
    const ends = new Set<string | undefined>();
    for (let n = 1; n <= 40; n++) {
      const office = postOffice();
      const room = jarRoom(office, 'look-up');
      const world = await withPut(room);
      await drain(world, room, { deps: inject(world.deps, nth(n, fault)).deps });
      const status = await statusOf(world, put);
      ends.add(status);
      expect(office.most()).toBeLessThanOrEqual(1);
      expect(status === 'done' ? office.total() : world.alarms.length).toBe(1);
      await expectSettled(world, room);
    }
    expect([...ends].sort()).toEqual(['done', 'uncertain']);
  });
});

describe('consultations', () => {
  it('writes one row per caller, subject and kind in ten minutes, and another for the next page of a list', async () => {
    const world = memoryWorld();
    const read = (by: string, page: string) => logConsultation(world.deps, { subject: 'list:jars', by, kind: 'list', operationId: 'ListJars', about: { ids: page } });
    await Promise.all([read('ann', 'a,b'), read('ann', 'a,b'), read('ben', 'a,b'), read('ann', 'c,d')]);
    world.clock.now += 10 * 60_000;
    await read('ann', 'a,b');
    expect(auditOf(world).map(row => [row.by, row.about['ids']]).sort()).toEqual([['ann', 'a,b'], ['ann', 'a,b'], ['ann', 'c,d'], ['ben', 'a,b']]);
    expect((await verifyAudit(world.cases)).faults).toEqual([]);
  });
});
