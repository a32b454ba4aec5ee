import { describe, expect, it } from '@jest/globals';
import { pump } from '../../../shared/case/agenda.ts';
import { commitBesideOthers } from '../../../shared/case/commit.ts';
import { sha256 } from '../../../shared/case/keys.ts';
import type { CaseDeps } from '../../../shared/case/room.ts';
import { inject, nth, type Fault } from './support/faults.ts';
import { agenda, caseId, deskRoom, done, drain, later, opened, strict, type Command, type Desk } from './support/letters.ts';
import { memoryWorld } from './support/world.ts';

describe('pump', () => {
  it('does what is due, in the order of its time, and no more', async () => {
    const room = deskRoom();
    const world = await opened(room);
    expect(await pump(world.deps, room, agenda, caseId)).toBe(2);
    expect((await done(world)).done).toEqual(['first', 'second']);
    expect(await pump(world.deps, room, agenda, caseId)).toBe(0);
    world.clock.now = Date.parse(later);
    expect(await pump(world.deps, room, agenda, caseId)).toBe(1);
    expect((await done(world)).done).toEqual(['first', 'second', 'third']);
  });

  it('begins each thing once, however many pump at a time', async () => {
    const room = deskRoom();
    const world = await opened(room);
    await Promise.all(Array.from({ length: 5 }, () => pump(world.deps, room, agenda, caseId)));
    expect((await done(world)).done).toEqual(['first', 'second']);
  });

  it('asks for what must be looked up just before the command, and not for what is not due', async () => {
    const room = deskRoom();
    const world = await opened(room);
    const asked: string[] = [];
    const looking: typeof agenda = {
      list: agenda.list,
      next(current, now) {
        const item = agenda.next(current, now);
        return item && { ...item, lookUp: () => Promise.resolve(asked.push(item.key)).then(() => item.command) };
      },
    };
    expect(await pump(world.deps, room, looking, caseId)).toBe(2);
    expect(asked).toEqual(['post|first', 'post|second']);
    expect((await done(world)).done).toEqual(['first', 'second']);
  });

  it('of a case that is not there does nothing', async () => {
    expect(await pump(memoryWorld().deps, deskRoom(), agenda, caseId)).toBe(0);
  });

  it('a command that the law refuses is tried once, and a person is told', async () => {
    const room = deskRoom('refused');
    const world = await opened(room);
    expect(await pump(world.deps, room, agenda, caseId)).toBe(0);
    expect(await pump(world.deps, room, agenda, caseId)).toBe(0);
    expect(world.alarms.map(({ what, code }) => `${what} ${code ?? ''}`)).toEqual(['agenda-refused no', 'agenda-refused no']);
  });

  it('a thing that stays owed after it was done does not go round', async () => {
    const room = deskRoom('kept');
    const world = await opened(room);
    expect(await pump(world.deps, room, agenda, caseId)).toBe(1);
    expect(await pump(world.deps, room, agenda, caseId)).toBe(0);
    expect((await done(world)).done).toEqual(['first']);
  });

  it('an agenda that never ends is stopped, and a person is told', async () => {
    const room = deskRoom('kept');
    const world = await opened(room);
    let n = 0;
    const endless: typeof agenda = { list: agenda.list, next: () => ({ key: `post|${++n}`, name: 'Post', command: { do: 'post', id: String(n) } }) };
    expect(await pump(world.deps, room, endless, caseId)).toBe(40);
    expect(world.alarms.map(alarm => alarm.what)).toEqual(['agenda-goes-round']);
  });
});

describe('killed at each call to storage, and repeated', () => {
  it.each<Fault>(['before', 'after'])('%s it happened: each thing is begun once', async fault => {
    let calls = Infinity;
    for (let n = 1; n <= calls; n++) {
      const room = deskRoom();
      const world = await opened(room);
      const faulty = inject(world.deps, nth(n, fault));
      await pump(faulty.deps, room, agenda, caseId).catch(() => undefined);
      if (n === 1) {
        const whole = inject((await opened(room)).deps, () => undefined);
        await pump(whole.deps, room, agenda, caseId);
        calls = whole.calls.length;
      }
      await drain(world, room);
      await pump(world.deps, room, agenda, caseId);
      expect({ n, done: (await done(world)).done }).toEqual({ n, done: ['first', 'second'] });
    }
    expect(calls).toBeGreaterThan(10);
  });
});

describe('others at the same time', () => {
  it('what another process has done meanwhile is no alarm, and the rest is done', async () => {
    const room = deskRoom();
    const world = await opened(room);
    let reads = 0;
    // Between the first reading and the commit somebody posts the first letter under another name.
    const slow: CaseDeps = {
      ...world.deps,
      cases: {
        ...world.deps.cases,
        get: async (partition, row) => {
          if (row === 'state' && ++reads === 2) {
            await commitBesideOthers<Desk, never, Command, string>(world.deps, strict(room), { caseId, operationId: 'post-key-000000001', hash: sha256('x'), name: 'Post', by: 'ann', roles: [], parts: [], creates: false, command: () => ({ do: 'post', id: 'first' }), reply: () => ({ status: 202, body: {} }) });
          }
          return await world.deps.cases.get(partition, row);
        },
      },
    };
    await pump(slow, strict(room), agenda, caseId);
    expect((await done(world)).done).toEqual(['first', 'second']);
    expect(world.alarms).toEqual([]);
  });
});
