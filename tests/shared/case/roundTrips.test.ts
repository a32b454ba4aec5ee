import { describe, expect, it } from '@jest/globals';
import { commit, type Outcome } from '../../../shared/case/commit.ts';
import { logConsultation } from '../../../shared/case/reads.ts';
import { readList } from '../../../shared/case/lists.ts';
import type { CaseDeps } from '../../../shared/case/room.ts';
import { inject } from './support/faults.ts';
import { jarRoom, postOffice } from './support/jar.ts';
import { drain, jarRequest, keyOf, memoryWorld, openedJar, openKey } from './support/world.ts';

/**
 * A clock on which each storage call takes one tick and calls beside each other take it together: the ticks that have passed are the serial round
 * trips, whatever the machine.
 */
async function roundTrips(deps: CaseDeps, run: (deps: CaseDeps) => Promise<unknown>): Promise<{ serial: number; calls: number }> {
  let waiting: (() => void)[] = [];
  let serial = 0;
  const counted = inject(deps, () => undefined, () => new Promise(resolve => waiting.push(resolve)));
  const state = { isOver: false };
  const all = run(counted.deps).finally(() => { state.isOver = true; });
  while (!state.isOver) {
    await new Promise(resolve => setImmediate(resolve));
    if (!waiting.length) continue;
    serial += 1;
    const now = waiting;
    waiting = [];
    for (const go of now) go();
  }
  await all;
  return { serial, calls: counted.calls.length };
}

const room = jarRoom(postOffice());

describe('serial round trips to storage', () => {
  it('a create takes 3', async () => {
    const { serial } = await roundTrips(memoryWorld().deps, deps => commit(deps, room, jarRequest(openKey, { do: 'open' })));
    expect(serial).toBe(3);
  });

  it.each(['put', 'turn'] as const)('a command takes 3, also with a part (%s)', async what => {
    const world = await openedJar(room);
    const command = what === 'put' ? { do: what, coin: 'penny' } : { do: what };
    const { serial, calls } = await roundTrips(world.deps, deps => commit(deps, room, jarRequest(keyOf(what), command)));
    expect(serial).toBe(3);
    expect(calls).toBeLessThanOrEqual(10);
  });

  it('with an upload it takes 4', async () => {
    const world = await openedJar(room);
    const upload = async (deps: CaseDeps): Promise<Outcome> => {
      await deps.blobs.create('original/1', new Uint8Array(10), 'application/pdf');
      return await commit(deps, room, jarRequest(keyOf('put'), { do: 'put', coin: 'penny' }));
    };
    expect((await roundTrips(world.deps, upload)).serial).toBe(4);
  });

  it('a replay takes 1, a refusal 3', async () => {
    const world = await openedJar(room);
    expect((await roundTrips(world.deps, deps => commit(deps, room, jarRequest(openKey, { do: 'open' })))).serial).toBe(1);
    expect((await roundTrips(world.deps, deps => commit(deps, room, jarRequest(keyOf('unseal'), { do: 'unseal' })))).serial).toBe(3);
  });

  it('a consultation takes 2, and 1 when it was logged in these ten minutes; a page of a list takes 1', async () => {
    const world = await openedJar(room);
    const read = (deps: CaseDeps) => logConsultation(deps, { subject: 'jar-1', by: 'ann', kind: 'jar', operationId: 'GetJar', about: {} });
    expect((await roundTrips(world.deps, read)).serial).toBe(2);
    expect((await roundTrips(world.deps, read)).serial).toBe(1);
    expect((await roundTrips(world.deps, deps => readList(deps, { list: 'open', limit: 10 }))).serial).toBe(1);
  });

  it('a command with one effect takes about 18 table and 3 queue transactions in all', async () => {
    const world = await openedJar(room);
    const counted = inject(world.deps, () => undefined);
    await commit(counted.deps, room, jarRequest(keyOf('put'), { do: 'put', coin: 'penny' }));
    await drain(world, room, { deps: counted.deps });
    expect(counted.calls.filter(call => call.name.startsWith('queue.'))).toHaveLength(1);
    expect(counted.calls.filter(call => !call.name.startsWith('queue.')).length).toBeLessThanOrEqual(30);
  });
});
