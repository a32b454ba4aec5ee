import { describe, expect, it } from '@jest/globals';
import { drainPoison } from '../../../shared/case/poison.ts';
import { newCaseId } from '../../../shared/case/keys.ts';
import { sweep } from '../../../shared/case/sweep.ts';
import { work, type Delivery } from '../../../shared/case/work.ts';
import { inject } from './support/faults.ts';
import { seeded, scheduler } from './support/interleave.ts';
import { expectSettled, jarOf, operationsOf, pendingRows, statusOf } from './support/invariants.ts';
import { jarRoom, Permanent, postOffice, type JarRoom } from './support/jar.ts';
import { workWithoutOperationRow } from './support/twins.ts';
import { drain, jarRequest, keyOf, memoryWorld, messagesIn, openedJar, send, type MemoryWorld } from './support/world.ts';
import { commit } from '../../../shared/case/commit.ts';

const put = keyOf('put');
const coin = { do: 'put', coin: 'penny' } as const;

/** Jars with commands in them, and every message delivered 2 to 5 times in a shuffled order. */
async function manyDeliveries(room: JarRoom, seed: number, size: { jars: number; coins: number }): Promise<{ world: MemoryWorld; deliveries: Delivery[] }> {
  const world = memoryWorld();
  for (let jar = 0; jar < size.jars; jar++) {
    const caseId = newCaseId('tenant', 'ann', 'OpenJar', `jar-${jar}`);
    await commit(world.deps, room, jarRequest(keyOf('open'), { do: 'open' }, caseId));
    for (let n = 0; n < size.coins; n++) await commit(world.deps, room, jarRequest(keyOf(`put-${n}`), { do: 'put', coin: `coin-${n}` }, caseId));
  }
  const random = seeded(seed);
  const deliveries = messagesIn(world, room.queue).flatMap(delivery => Array.from({ length: 2 + Math.floor(random() * 4) }, () => ({ delivery, order: random() })))
    .sort((a, b) => a.order - b.order).map(({ delivery }) => delivery);
  world.queues.queues.clear();
  world.clock.now += 1_000;
  return { world, deliveries };
}

/** Two workers share the deliveries; their storage calls interleave as the seed says. What a worker throws comes again. */
async function twoWorkers(world: MemoryWorld, room: JarRoom, deliveries: Delivery[], seed: number): Promise<void> {
  const schedule = scheduler(seed);
  const { deps } = inject(world.deps, () => undefined, () => schedule.gate());
  const worker = async (): Promise<void> => {
    for (let delivery = deliveries.shift(); delivery; delivery = deliveries.shift()) {
      const current = delivery;
      await work(deps, room, current).catch(() => void deliveries.push(current));
    }
  };
  await schedule.run([worker, worker]);
  await drain(world, room);
}

describe('F3 messages delivered 2 to 5 times, shuffled, two workers interleaved', () => {
  it('500 commands, over 1,500 deliveries: each letter once', async () => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const { world, deliveries } = await manyDeliveries(room, 7, { jars: 100, coins: 5 });
    expect(deliveries.length).toBeGreaterThan(1_500);
    await twoWorkers(world, room, deliveries, 7);
    expect({ sent: office.total(), most: office.most() }).toEqual({ sent: 500, most: 1 });
    expect(operationsOf(world).every(({ row }) => row.status === 'done')).toBe(true);
    await expectSettled(world, room);
  });

  it.each(Array.from({ length: 25 }, (_, n) => n + 1))('interleaving %i of deliveries of one jar', async seed => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const { world, deliveries } = await manyDeliveries(room, seed, { jars: 1, coins: 4 });
    await twoWorkers(world, room, deliveries, seed * 31);
    expect({ sent: office.total(), most: office.most() }).toEqual({ sent: 4, most: 1 });
    await expectSettled(world, room);
  });

  it('its broken twin, a handler without an operation row, sends more than it was told', async () => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const { deliveries } = await manyDeliveries(room, 7, { jars: 10, coins: 5 });
    for (const { message } of deliveries) await workWithoutOperationRow(room, message);
    expect(office.total()).toBeGreaterThan(60);
  });
});

describe('F9 an effect that takes twice the lease', () => {
  it('is redelivered while it runs, and not done twice', async () => {
    const redelivered: Promise<void>[] = [];
    const office = postOffice({
      before: () => {
        world.clock.now += 60_000;
        const [delivery] = messagesIn(world, 'jar-work');
        if (delivery) redelivered.push(work(world.deps, room, delivery), work(world.deps, room, delivery));
        return Promise.resolve();
      },
    });
    const room = jarRoom(office, 'look-up');
    const world = await openedJar(room, { effectTimeout: 240_000 });
    await send(world.deps, room, put, coin);
    await drain(world, room);
    await Promise.all(redelivered);
    await drain(world, room);
    expect({ redelivered: redelivered.length, sent: office.total() }).toEqual({ redelivered: 2, sent: 1 });
    await expectSettled(world, room);
  });
});

describe('F11 poison', () => {
  it('ends an operation whose handler always throws as failed, and tells a person once', async () => {
    const room = jarRoom({ send: () => Promise.reject(new Error('never')) }, 'safe');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    await drain(world, room, { maxDequeueCount: 5 });
    expect(await statusOf(world, put)).toBe('pending');
    expect(await drainPoison(world.deps, room)).toBe(1);
    expect(await statusOf(world, put)).toBe('failed');
    expect((await jarOf(world, room))?.failures).toEqual(['penny']);
    expect(world.alarms).toEqual([{ what: 'operation-failed', caseId: expect.any(String), operationId: put, code: 'gave-up' }]);
    await expectSettled(world, room);
  });

  it('calls what a provider may have got uncertain, never failed', async () => {
    const room = jarRoom({ send: () => Promise.reject(new Error('time-out')) }, 'same-key');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    await drain(world, room, { maxDequeueCount: 5 });
    await drainPoison(world.deps, room);
    expect(await statusOf(world, put)).toBe('uncertain');
    expect(world.alarms).toHaveLength(1);
    await expectSettled(world, room);
  });

  it('keeps a message that it cannot read, and one that fails does not hold up the next', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    const [delivery] = messagesIn(world, room.queue);
    await world.queues.send(`${room.queue}-poison`, { v: 99 }, 0);
    await world.queues.send(`${room.queue}-poison`, delivery?.message ?? {}, 0);
    const broken = inject(world.deps, call => (call.name === 'blob.create' ? 'before' : undefined));
    await expect(drainPoison(broken.deps, room)).rejects.toMatchObject({ name: 'Unavailable' });
    expect(await statusOf(world, put)).toBe('failed');
    world.clock.now += 121_000;
    expect(await drainPoison(world.deps, room)).toBe(1);
    expect([...world.blobs.blobs.keys()]).toEqual([expect.stringMatching(/^poison\/jar\/[0-9a-f]{64}$/)]);
    expect(world.alarms.map(alarm => alarm.what).sort()).toEqual(['message-unreadable', 'operation-failed']);
  });

  it('a provider that honours keys is called again while it remembers them, and only asked after that', async () => {
    const calls: string[] = [];
    const office = postOffice({ remembers: true, fail: () => (calls.push('called') > 2 ? undefined : new Error('time-out')) });
    const room = { ...jarRoom(office, 'same-key'), keyWindow: 50_000 };
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    // Two calls within the window, 30 seconds apart; at the third look it is over, and the provider, asked, has nothing.
    await drain(world, room);
    expect({ calls: calls.length, sent: office.total(), status: await statusOf(world, put) }).toEqual({ calls: 2, sent: 0, status: 'uncertain' });
    await expectSettled(world, room);
  });

  it('Permanent ends at once, and the code is told', async () => {
    const room = jarRoom({ send: () => Promise.reject(new Permanent('address-unknown')) }, 'look-up');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    await drain(world, room);
    expect(operationsOf(world).find(({ key }) => key === put)?.row).toMatchObject({ status: 'failed', code: 'address-unknown' });
    expect(world.alarms).toEqual([expect.objectContaining({ what: 'operation-failed', code: 'address-unknown' })]);
    await expectSettled(world, room);
  });
});

describe('F12 two sweepers', () => {
  it.each(Array.from({ length: 20 }, (_, n) => n + 1))('send one message for one lost message (interleaving %i)', async seed => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const world = await openedJar(room);
    for (let n = 0; n < 5; n++) await send(world.deps, room, keyOf(`put-${n}`), { do: 'put', coin: `coin-${n}` });
    world.queues.queues.clear();
    world.clock.now += 16 * 60_000;
    const schedule = scheduler(seed);
    const { deps } = inject(world.deps, () => undefined, () => schedule.gate());
    await schedule.run([() => sweep(deps), () => sweep(deps)]);
    expect(messagesIn(world, room.queue)).toHaveLength(5);
    await drain(world, room);
    expect(office.total()).toBe(5);
    await expectSettled(world, room);
  });

  it('tells a person once an hour of what stays', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    for (let quarter = 0; quarter < 12; quarter++) {
      world.clock.now += 15 * 60_000 + 1_000;
      world.queues.queues.clear();
      await sweep(world.deps);
    }
    expect(world.alarms.map(alarm => alarm.what)).toEqual(['operation-overdue', 'operation-overdue', 'operation-overdue']);
    expect(pendingRows(world)).toHaveLength(1);
  });
});
