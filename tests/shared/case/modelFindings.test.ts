import { describe, expect, it } from '@jest/globals';
import { commit, commitBesideOthers } from '../../../shared/case/commit.ts';
import { dirtyKey } from '../../../shared/case/keys.ts';
import { writeIndex } from '../../../shared/case/lists.ts';
import { endOperation } from '../../../shared/case/poison.ts';
import { sweep } from '../../../shared/case/sweep.ts';
import { work } from '../../../shared/case/work.ts';
import { inject, writesOperation } from './support/faults.ts';
import { auditOf, expectSettled, jarOf, pendingRows, statusOf } from './support/invariants.ts';
import { jarRoom, postOffice, type JarWorld } from './support/jar.ts';
import { drain, jarId, jarRequest, keyOf, messagesIn, openedJar, send, type MemoryWorld } from './support/world.ts';

/** What a model of the protocol found in its earlier drafts (storage-protocol.md, end): one test each. */
const put = keyOf('put');
const coin = { do: 'put', coin: 'penny' } as const;

async function first(world: MemoryWorld, queue = 'jar-work') {
  const [delivery] = messagesIn(world, queue);
  if (!delivery) throw new Error('no message');
  world.clock.now += 1_000;
  return await Promise.resolve(delivery);
}

const pause = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 20));

/** A room whose letters can only be looked up, and a letter that stays on its way until it is released. */
function held(isHeld: boolean) {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const office = postOffice(isHeld ? { before: () => promise } : {});
  return { office, room: jarRoom(office, 'look-up'), ...(isHeld && { holding: { release: () => resolve(undefined) } }) };
}

describe('what the model found', () => {
  it('a worker acting on a state that forbids it (withdrawn while pending)', async () => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    await send(world.deps, room, keyOf('seal'), { do: 'seal' });
    await drain(world, room);
    expect(office.total()).toBe(0);
    expect(await statusOf(world, put)).toBe('discarded');
    await expectSettled(world, room);
  });

  it('a worker that is overtaken by the withdrawal between its look and its start', async () => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    let isSealed = false;
    const { deps } = inject(world.deps, () => undefined, async () => {
      // Just before the claim's transaction the state moves on.
      if (isSealed || office.total() || !seen.calls.at(-1)?.writes) return;
      isSealed = true;
      await send(world.deps, room, keyOf('seal'), { do: 'seal' });
    });
    const seen = inject(deps, () => undefined);
    await drain(world, room, { deps: seen.deps });
    expect(isSealed).toBe(true);
    expect(office.total()).toBe(0);
    expect(await statusOf(world, put)).toBe('discarded');
  });

  it.each(['at its end', 'in the middle of it'])('an ending as discarded that a start overtook: the state allowed it again, and another worker is %s', async where => {
    const { office, room, holding } = held(where === 'in the middle of it');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    await send(world.deps, room, keyOf('seal'), { do: 'seal' });
    const delivery = await first(world);
    let other: Promise<void> | undefined;
    const slow = inject(world.deps, () => undefined, async () => {
      if (other || !slow.calls.some(call => call.writes && writesOperation(call, put))) return;
      await send(world.deps, room, keyOf('unseal'), { do: 'unseal' });
      other = work(world.deps, room, delivery);
      await (holding ? pause() : other);
    });
    await work(slow.deps, room, delivery);
    if (holding) expect(await statusOf(world, put)).toBe('pending');
    holding?.release();
    await other;
    await drain(world, room);
    expect(other).toBeDefined();
    expect(office.total()).toBe(1);
    expect(await statusOf(world, put)).toBe('done');
    expect((await jarOf(world, room))?.letters).toEqual(['penny']);
    await expectSettled(world, room);
  });

  it('two workers after a lost lease both sending', async () => {
    const office = postOffice({
      before: async () => {
        // The lease is lost while the letter is on its way: a second worker gets the same message.
        if (office.total()) return;
        await work(world.deps, room, delivery);
      },
    });
    const room = jarRoom(office, 'look-up');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    const delivery = await first(world);
    await work(world.deps, room, delivery);
    await drain(world, room);
    expect(office.total()).toBe(1);
    await expectSettled(world, room);
  });

  it('a lost reply of the claim: the claim is found to be its own, and the letter goes out', async () => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    let lost = 0;
    const { deps } = inject(world.deps, call => {
      const isClaim = call.writes?.some(write => write.do === 'insert' && write.row.rowKey.startsWith('effect|')) ?? false;
      return isClaim && lost++ < 1 ? 'after' : undefined;
    });
    await drain(world, room, { deps });
    expect({ lost, sent: office.total(), status: await statusOf(world, put) }).toEqual({ lost: 1, sent: 1, status: 'done' });
    await expectSettled(world, room);
  });

  it('a lost reply of the final transaction recorded twice', async () => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    let lost = 0;
    const { deps } = inject(world.deps, call => {
      const isFinal = call.writes?.some(write => write.do !== 'delete' && write.row.rowKey.startsWith('audit|')) ?? false;
      return isFinal && lost++ < 1 ? 'after' : undefined;
    });
    await drain(world, room, { deps });
    expect(lost).toBeGreaterThan(0);
    expect(office.total()).toBe(1);
    expect(auditOf(world).filter(row => row.what === 'LetterSent')).toHaveLength(1);
    expect((await jarOf(world, room))?.letters).toEqual(['penny']);
    await expectSettled(world, room);
  });

  it.each(['sent', 'being sent'])('poison marking failed what was %s', async what => {
    const { office, room, holding } = held(what === 'being sent');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    const delivery = await first(world);
    let worker: Promise<void> | undefined;
    const consumer = inject(world.deps, () => undefined, async () => {
      // The poison consumer has found no effect row and is about to write: a worker that was thought dead starts and sends.
      if (worker || !consumer.calls.some(call => call.writes && writesOperation(call, put))) return;
      worker = work(world.deps, room, delivery);
      await (holding ? pause() : worker);
    });
    expect(await endOperation(consumer.deps, room, delivery.message)).toBe(!holding);
    holding?.release();
    await worker;
    expect(worker).toBeDefined();
    expect(office.total()).toBe(1);
    expect(await statusOf(world, put)).toBe('done');
    await drain(world, room);
    await expectSettled(world, room);
  });

  it('poison waits for a started effect, then asks a person; the worker that still holds the result closes it', async () => {
    let release: (value: string) => void = () => undefined;
    const holding: JarWorld = { send: () => new Promise(resolve => { release = resolve; }) };
    const room = jarRoom(holding, 'look-up');
    const world = await openedJar(room);
    await send(world.deps, room, put, coin);
    const delivery = await first(world);
    const slow = work(world.deps, room, delivery);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(await endOperation(world.deps, room, delivery.message)).toBe(false);
    world.clock.now += 61_000;
    expect(await endOperation(world.deps, room, delivery.message)).toBe(true);
    expect(await statusOf(world, put)).toBe('uncertain');
    expect(world.alarms).toEqual([expect.objectContaining({ what: 'operation-uncertain', operationId: put })]);
    release('sent at last');
    await slow;
    expect(await statusOf(world, put)).toBe('done');
    expect((await jarOf(world, room))?.letters).toEqual(['penny']);
  });

  it('a twin with the same key committing after the other was refused', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    // One host decides while the jar is open and is held up just before its commit; its twin on another host is refused.
    let twin: unknown;
    const held = inject(world.deps, () => undefined, async () => {
      if (twin !== undefined || !held.calls.some(call => writesOperation(call, put))) return;
      await send(world.deps, room, keyOf('seal'), { do: 'seal' });
      twin = await commitBesideOthers(world.deps, room, jarRequest(put, coin));
      await send(world.deps, room, keyOf('unseal'), { do: 'unseal' });
    });
    const outcome = await commitBesideOthers(held.deps, room, jarRequest(put, coin));
    expect(twin).toMatchObject({ kind: 'refused', code: 'sealed' });
    expect(outcome).toEqual(twin);
    await drain(world, room);
    expect((await jarOf(world, room))?.coins).toEqual([]);
    await expectSettled(world, room);
  });

  it('a commit in flight landing after a refusal', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    const host = inject(world.deps, call => (writesOperation(call, put) ? 'late' : undefined));
    await expect(commit(host.deps, room, jarRequest(put, coin))).rejects.toMatchObject({ name: 'Unavailable' });
    await send(world.deps, room, keyOf('seal'), { do: 'seal' });
    expect(await send(world.deps, room, put, coin)).toMatchObject({ kind: 'refused' });
    expect(await host.land()).toBe(0);
    await drain(world, room);
    expect(await statusOf(world, put)).toBe('refused');
    expect((await jarOf(world, room))?.coins).toEqual([]);
    await expectSettled(world, room);
  });

  it('an own commit in flight that lands between two readings is not taken for a stale ETag', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    const seen = (await world.cases.get(jarId, 'state'))?.etag;
    const request = { ...jarRequest(put, coin), precondition: (rows: { state?: { etag: string } }) => (rows.state?.etag === seen ? undefined : { kind: 'stale' as const }) };
    const lost = inject(world.deps, call => (writesOperation(call, put) ? 'late' : undefined));
    await expect(commitBesideOthers(lost.deps, room, request)).rejects.toMatchObject({ name: 'Unavailable' });
    // The retry reads the operation (absent), then the first try lands, then it reads the state.
    let landed = 0;
    const retry = inject({ ...world.deps, cases: { ...world.deps.cases, get: async (partition, row) => {
      const found = await world.cases.get(partition, row);
      if (row !== `op|${put}` || landed) return row === 'state' ? await world.cases.get(partition, row) : found;
      landed = await lost.land();
      return found;
    } } }, () => undefined);
    const reading = { ...retry.deps, cases: { ...retry.deps.cases, get: async (partition: string, row: string) => {
      if (row === 'state') await new Promise(resolve => setImmediate(resolve));
      return await retry.deps.cases.get(partition, row);
    } } };
    expect(await commitBesideOthers(reading, room, request)).toMatchObject({ kind: 'replayed' });
    expect(landed).toBe(1);
  });

  it('a ghost swept for ever', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    const host = inject(world.deps, call => (writesOperation(call, put) || call.name === 'queue.send' ? 'before' : undefined));
    await expect(commit(host.deps, room, jarRequest(put, coin))).rejects.toMatchObject({ name: 'Unavailable' });
    expect(pendingRows(world)).toHaveLength(1);
    world.clock.now += 16 * 60_000;
    expect(await sweep(world.deps)).toMatchObject({ requeued: 1 });
    await drain(world, room);
    expect(await statusOf(world, put)).toBe('abandoned');
    expect(pendingRows(world)).toEqual([]);
    world.clock.now += 16 * 60_000;
    expect(await sweep(world.deps)).toEqual({ seen: 0, requeued: 0, overdue: 0 });
    expect(await send(world.deps, room, put, coin)).toEqual({ kind: 'abandoned' });
  });

  it('a stale due row overwriting a newer one', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    const due = (version: number, day: string, gone: string[]) => writeIndex(world.deps, { caseId: jarId, version, present: [{ list: 'due', sortKey: day, fields: { version: 0, day } }], gone });
    const rows = () => [...world.workTable.rows.values()].filter(row => row.partitionKey.startsWith('index|due')).map(row => [row.rowKey.slice(0, 10), row.fields['open'], row.fields['version']]);
    await due(12, '2026-11-30', ['due|2026-11-25']);
    // A worker that was held up since version 11 comes late, with what has been closed and with its own older day.
    await due(11, '2026-11-25', ['due|2026-11-30']);
    expect(rows()).toEqual([['2026-11-30', true, 12], ['2026-11-25', false, 12]]);
  });

  it('a head that is never in a root (dirty row missing): no head moves in an hour that is not marked before', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    const unmarked: string[] = [];
    const watched = inject(world.deps, call => {
      const head = call.writes?.find(write => write.do !== 'delete' && write.row.rowKey === 'head');
      if (!head || head.do === 'delete') return undefined;
      const key = dirtyKey(new Date(world.clock.now).toISOString(), head.row.partitionKey);
      if (!world.workTable.rows.has(`${key.partitionKey}\u0001${key.rowKey}`)) unmarked.push(key.partitionKey);
      // Each move of a head fails once in the last second of an hour and is tried again in the next.
      if (watched.calls.filter(other => other.writes?.some(write => write.do !== 'delete' && write.row.rowKey === 'head')).length % 2 === 1) {
        world.clock.now = (Math.floor(world.clock.now / 3_600_000) + 1) * 3_600_000;
        return 'before';
      }
      return undefined;
    });
    world.clock.now = Date.parse('2026-11-24T09:59:59.500Z');
    expect(await send(watched.deps, room, put, coin)).toMatchObject({ kind: 'committed' });
    await drain(world, room, { deps: watched.deps });
    expect(await statusOf(world, put)).toBe('done');
    expect(unmarked).toEqual([]);
    expect(watched.calls.length).toBeGreaterThan(10);
  });

  it('a long job gaining a message chain at every sweep', async () => {
    let page = 0;
    const clock = { advance: (_milliseconds: number): void => undefined };
    const room = jarRoom({
      send: () => Promise.reject(new Error('not a letter')),
      perform: (_effect, context) => {
        page = Number(context.cursor ?? 0) + 1;
        clock.advance(50_000);
        return Promise.resolve(page < 100 ? { kind: 'more', cursor: String(page), progress: String(page) } : { kind: 'result', result: 'all pages' });
      },
    }, 'safe');
    const world = await openedJar(room);
    clock.advance = milliseconds => { world.clock.now += milliseconds; };
    await send(world.deps, room, put, coin);
    let most = 0;
    let swept = 0;
    for (let turn = 0; turn < 500 && (world.queues.queues.get(room.queue) ?? []).length; turn++) {
      swept += (await sweep(world.deps)).requeued;
      most = Math.max(most, (world.queues.queues.get(room.queue) ?? []).length);
      const [item] = world.queues.queues.get(room.queue) ?? [];
      world.clock.now = Math.max(world.clock.now, item?.visibleAt ?? 0);
      const [received] = await world.queues.receive(room.queue, 1, 30);
      const delivery = received && messagesIn(world, room.queue)[0];
      if (!received || !delivery) continue;
      await work(world.deps, room, delivery);
      await received.remove();
    }
    expect(page).toBe(100);
    expect(await statusOf(world, put)).toBe('done');
    expect((await jarOf(world, room))?.pages).toBe(99);
    expect({ most, swept }).toEqual({ most: 1, swept: 0 });
    await expectSettled(world, room);
  });
});
