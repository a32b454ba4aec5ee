import { describe, expect, it } from '@jest/globals';
import { sweepDue } from '../../../shared/case/agenda.ts';
import { indexKey } from '../../../shared/case/lists.ts';
import { newCaseId } from '../../../shared/case/keys.ts';
import type { CaseDeps } from '../../../shared/case/room.ts';
import { inject, nth, type Fault } from './support/faults.ts';
import { agenda, caseId, deskRoom, done, drain, dueRows, later, opened, soon } from './support/letters.ts';
import { memoryWorld } from './support/world.ts';

describe('the sweeper killed at each call to storage, and repeated', () => {
  it.each<Fault>(['before', 'after'])('the sweeper, %s it happened: the next turn finishes it', async fault => {
    for (let n = 1; n <= 60; n += 1) {
      const room = deskRoom();
      const world = await opened(room);
      const faulty = inject(world.deps, nth(n, fault));
      await sweepDue(faulty.deps, room, agenda).catch(() => undefined);
      await drain(world, room);
      await sweepDue(world.deps, room, agenda);
      await drain(world, room);
      expect({ n, done: (await done(world)).done }).toEqual({ n, done: ['first', 'second'] });
      expect(dueRows(world).filter(row => row.open === true).map(row => row.key)).toEqual([`${later}|${caseId}`]);
    }
  });
});

describe('sweepDue', () => {
  it('finds the cases whose time has come by the list, and not the others', async () => {
    const room = deskRoom();
    const world = await opened(room);
    expect(await sweepDue(world.deps, room, agenda)).toEqual({ due: 1 });
    await drain(world, room);
    expect(await sweepDue(world.deps, room, agenda)).toEqual({ due: 0 });
    world.clock.now = Date.parse(later) + 1;
    expect(await sweepDue(world.deps, room, agenda)).toEqual({ due: 1 });
    expect((await done(world)).done).toEqual(['first', 'second', 'third']);
  });

  it('takes away a row that a slow writer put back', async () => {
    const room = deskRoom();
    const world = await opened(room, []);
    const key = indexKey(`desk-due|${soon}`, caseId);
    await world.workTable.transact([{ do: 'insert', row: { ...key, fields: { caseId, version: 0, open: true } } }]);
    await sweepDue(world.deps, room, agenda);
    expect(dueRows(world)).toEqual([]);
  });

  it('takes away the row of a case that is not there', async () => {
    const world = memoryWorld();
    await world.workTable.transact([{ do: 'insert', row: { ...indexKey(`desk-due|${soon}`, caseId), fields: { caseId, version: 1, open: true } } }]);
    await sweepDue(world.deps, deskRoom(), agenda);
    expect(dueRows(world)).toEqual([]);
  });

  it('keeps a tombstone for five minutes, so that no older writer puts the row back, and then removes it', async () => {
    const room = deskRoom();
    const world = await opened(room);
    await sweepDue(world.deps, room, agenda);
    await drain(world, room);
    const closed = (): number => dueRows(world).filter(row => row.open === false).length;
    expect(closed()).toBeGreaterThan(0);
    world.clock.now += 5 * 60_000;
    await sweepDue(world.deps, room, agenda);
    expect(closed()).toBeGreaterThan(0);
    world.clock.now += 1_000;
    await sweepDue(world.deps, room, agenda);
    expect(closed()).toBe(0);
  });

  it('a case that fails does not hold up the others; the failure is told', async () => {
    const room = deskRoom();
    const world = await opened(room);
    const broken = newCaseId('tenant', 'bob', 'OpenDesk', 'open-key-000000002');
    await world.workTable.transact([{ do: 'insert', row: { ...indexKey(`desk-due|${soon}`, broken), fields: { caseId: broken, version: 1, open: true } } }]);
    const faulty: CaseDeps = { ...world.deps, cases: { ...world.deps.cases, get: (partition, row) => (partition === broken ? Promise.reject(new Error('broken')) : world.deps.cases.get(partition, row)) } };
    await expect(sweepDue(faulty, room, agenda)).rejects.toThrow('broken');
    expect((await done(world)).done).toEqual(['first', 'second']);
  });
});
