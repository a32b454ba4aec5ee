import { describe, expect, it } from '@jest/globals';
import { commitBesideOthers } from '../../../shared/case/commit.ts';
import { abandon } from '../../../shared/case/close.ts';
import { inject, writesOperation } from './support/faults.ts';
import { scheduler } from './support/interleave.ts';
import { auditOf, expectSettled, jarOf, statusOf } from './support/invariants.ts';
import { jarRoom, postOffice } from './support/jar.ts';
import { commitWithoutIfMatch, conflictIsSuccess, isAccepted, writeThenSend } from './support/twins.ts';
import { drain, jarId, jarRequest, keyOf, openedJar, send } from './support/world.ts';

const put = keyOf('put');
const coin = { do: 'put', coin: 'penny' } as const;
const seeds = Array.from({ length: 20 }, (_, n) => n + 1);

describe('F7 the same key', () => {
  it('ten times in a row: one effect, the same reply to the byte, also after it is done', async () => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const world = await openedJar(room);
    const bodies = new Set<string>();
    for (let n = 0; n < 10; n++) {
      const outcome = await send(world.deps, room, put, coin);
      expect(['committed', 'replayed']).toContain(outcome.kind);
      bodies.add(JSON.stringify('reply' in outcome && outcome.reply));
      if (n === 4) await drain(world, room);
    }
    expect(bodies.size).toBe(1);
    expect(await send(world.deps, room, put, { do: 'put', coin: 'shilling' })).toEqual({ kind: 'reused-key' });
    await drain(world, room);
    expect(office.total()).toBe(1);
    await expectSettled(world, room);
  });

  it.each(seeds)('twenty at once on as many hosts, three of them with another body (interleaving %i)', async seed => {
    const office = postOffice();
    const room = jarRoom(office, 'look-up');
    const world = await openedJar(room);
    const schedule = scheduler(seed);
    const { deps } = inject(world.deps, () => undefined, () => schedule.gate());
    const settled = await schedule.run(Array.from({ length: 20 }, (_, n) => () => commitBesideOthers(deps, room, jarRequest(put, n % 7 === 3 ? { do: 'put', coin: 'shilling' } : coin))));
    const outcomes = settled.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
    await drain(world, room);
    const coins = (await jarOf(world, room))?.coins;
    expect(coins).toHaveLength(1);
    expect(outcomes.filter(outcome => outcome.kind === 'committed')).toHaveLength(1);
    expect(new Set(outcomes.flatMap(outcome => ('reply' in outcome ? [JSON.stringify(outcome.reply)] : []))).size).toBe(1);
    expect(outcomes.filter(outcome => outcome.kind === 'reused-key')).toHaveLength(coins?.[0] === 'penny' ? 3 : 17);
    expect(office.total()).toBe(1);
    await expectSettled(world, room);
  });

  it('after abandoned: never reported as accepted; the broken twin that takes a 409 for success does', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    await abandon(world.deps, room, { v: 1, room: 'jar', caseId: jarId, operationId: put, at: world.deps.now().toISOString() });
    expect(await send(world.deps, room, put, coin)).toEqual({ kind: 'abandoned' });
    const claimed = await conflictIsSuccess(world.deps, room, jarRequest(put, coin));
    expect(claimed.kind).toBe('committed');
    expect(await isAccepted(world.deps, jarRequest(put, coin))).toBe(false);
  });
});

describe('F8 a commit delayed past the tombstone', () => {
  it('is refused by storage, the client is told, and no zombie is left', async () => {
    const office = postOffice();
    const room = jarRoom(office);
    const world = await openedJar(room);
    const host = inject(world.deps, call => (writesOperation(call, put) ? 'late' : undefined));
    await expect(commitBesideOthers(host.deps, room, jarRequest(put, coin))).rejects.toMatchObject({ name: 'Unavailable' });
    await drain(world, room);
    expect(await statusOf(world, put)).toBe('abandoned');
    expect(await host.land()).toBe(0);
    expect(await send(world.deps, room, put, coin)).toEqual({ kind: 'abandoned' });
    expect({ coins: (await jarOf(world, room))?.coins, sent: office.total() }).toEqual({ coins: [], sent: 0 });
    await expectSettled(world, room);
  });
});

describe('F5 parallel commands on one case', () => {
  it.each(seeds)('fifty on two hosts: none lost, the chain without a gap (interleaving %i)', async seed => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    const schedule = scheduler(seed);
    const { deps } = inject({ ...world.deps, random: () => 0 }, () => undefined, () => schedule.gate());
    const host = (from: number) => async (): Promise<void> => {
      for (let n = from; n < from + 25; n++) await commitBesideOthers(deps, room, jarRequest(keyOf(`put-${n}`), { do: 'put', coin: `coin-${n}` })).catch(() => void (n -= 1));
    };
    await schedule.run([host(0), host(25)]);
    expect(auditOf(world).map(row => row.seq)).toEqual(Array.from({ length: 51 }, (_, n) => n + 1));
    await drain(world, room);
    expect(new Set((await jarOf(world, room))?.coins).size).toBe(50);
    await expectSettled(world, room);
  });

  it('its broken twin without If-Match loses updates', async () => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    const schedule = scheduler(3);
    const { deps } = inject(world.deps, () => undefined, () => schedule.gate());
    await schedule.run(Array.from({ length: 10 }, (_, n) => () => commitWithoutIfMatch(deps, room, jarRequest(keyOf(`put-${n}`), { do: 'put', coin: `coin-${n}` }))));
    expect((await jarOf(world, room))?.coins.length).toBeLessThan(10);
  });

  it.each(seeds)('a check of state and part beside turns of both is never told of two moments (interleaving %i)', async seed => {
    const room = jarRoom(postOffice());
    const world = await openedJar(room);
    const schedule = scheduler(seed);
    const { deps } = inject(world.deps, () => undefined, () => schedule.gate());
    const outcomes = await schedule.run(Array.from({ length: 8 }, (_, n) => () => commitBesideOthers(deps, room, jarRequest(keyOf(`turn-${n}`), { do: n % 2 ? 'turn' : 'check' }))));
    expect(outcomes.flatMap(result => (result.status === 'fulfilled' && result.value.kind === 'refused' ? [result.value.code] : []))).toEqual([]);
    await drain(world, room);
    await expectSettled(world, room);
  });
});

describe('F1 a crash at any step of a commit', () => {
  const crashAt = (world: Awaited<ReturnType<typeof openedJar>>, n: number) => inject(world.deps, call => (call.n >= n ? 'before' : undefined)).deps;

  it('what was committed is worked on, wherever the process dies', async () => {
    for (let n = 1; n <= 12; n++) {
      const office = postOffice();
      const room = jarRoom(office, 'look-up');
      const world = await openedJar(room);
      await commitBesideOthers(crashAt(world, n), room, jarRequest(put, coin)).catch(() => undefined);
      const wasCommitted = (await jarOf(world, room))?.coins.length === 1;
      await drain(world, room);
      expect({ n, sent: office.total() }).toEqual({ n, sent: wasCommitted ? 1 : 0 });
    }
  });

  it('its broken twin, write then send, loses what it committed', async () => {
    let lost = 0;
    for (let n = 1; n <= 8; n++) {
      const office = postOffice();
      const room = jarRoom(office, 'look-up');
      const world = await openedJar(room);
      await writeThenSend(crashAt(world, n), room, jarRequest(put, coin)).catch(() => undefined);
      const wasCommitted = (await jarOf(world, room))?.coins.length === 1;
      await drain(world, room);
      if (wasCommitted && office.total() === 0) lost += 1;
    }
    expect(lost).toBeGreaterThanOrEqual(1);
  });
});
