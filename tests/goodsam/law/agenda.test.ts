import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { pump, sweepDue, type Agenda } from '../../../shared/case/agenda.ts';
import { commit, commitBesideOthers } from '../../../shared/case/commit.ts';
import { newCaseId, sha256 } from '../../../shared/case/keys.ts';
import { indexKey } from '../../../shared/case/lists.ts';
import type { CaseDeps, Room } from '../../../shared/case/room.ts';
import { accepted, refused } from '../../../shared/domain/decision.ts';
import { inject, nth, type Fault } from '../../shared/case/support/faults.ts';
import { memoryWorld, messagesIn, type MemoryWorld } from '../../shared/case/support/world.ts';
import { work } from '../../../shared/case/work.ts';

/** A case that owes three letters, the third one at eleven. What it did is what it was told to, in order. */
const desk = z.strictObject({ owed: z.array(z.strictObject({ id: z.string(), at: z.string() })), done: z.array(z.string()) });
type Desk = z.infer<typeof desk>;
type Command = { readonly do: 'open'; readonly owed: Desk['owed'] } | { readonly do: 'post'; readonly id: string };
type DeskRoom = Room<Desk, never, Command, string>;

const later = '2026-11-24T11:00:00.000Z';
const soon = '2026-11-24T08:00:00.000Z';
const caseId = newCaseId('tenant', 'ann', 'OpenDesk', 'open-key-000000001');

/** How the law takes a letter: as it should, or one of the faults that must not loop. */
type Fate = 'posted' | 'refused' | 'kept';
function deskRoom(fate: Fate = 'posted'): DeskRoom {
  return {
    name: 'desk', queue: 'desk-work', stateSchema: desk, partSchema: z.never(), effectSchema: z.string(), repeat: () => 'safe', mayStart: () => undefined,
    decide(current, command) {
      if (command.do === 'open') return accepted({ state: { owed: command.owed, done: [] }, parts: {} }, [{ what: 'Opened', kind: 'none' }]);
      if (!current || fate === 'refused') return refused('no', 'No.');
      const { owed, done } = current.state;
      return accepted({ state: { owed: fate === 'kept' ? owed : owed.filter(item => item.id !== command.id), done: [...done, command.id] }, parts: {} }, [{ what: 'Posted', kind: 'none' }]);
    },
    perform: () => Promise.resolve({ kind: 'result', result: '' }), recordResult: () => ({ do: 'post', id: '' }), recordFailure: () => ({ do: 'post', id: '' }),
    index: (_id, { state }) => {
      const next = state.owed.map(item => item.at).sort()[0];
      return next === undefined ? [] : [{ list: 'desk-due', sortKey: next, fields: {} }];
    },
  };
}

const agenda: Agenda<Desk, never, Command> = {
  list: 'desk-due',
  next({ state }, now) {
    const due = state.owed.filter(item => item.at <= now).sort((a, b) => (a.at < b.at ? -1 : 1))[0];
    return due && { key: `post|${due.id}`, name: 'Post', command: { do: 'post', id: due.id } };
  },
};
const three = [{ id: 'second', at: '2026-11-24T08:30:00.000Z' }, { id: 'first', at: soon }, { id: 'third', at: later }];

async function opened(room: DeskRoom, owed: Desk['owed'] = three): Promise<MemoryWorld> {
  const world = memoryWorld();
  await commit<Desk, never, Command, string>(world.deps, room, {
    caseId, operationId: 'open-key-000000001', hash: sha256('open'), name: 'open', by: 'ann', roles: [], parts: [], creates: true, command: () => ({ do: 'open', owed }), reply: () => ({ status: 202, body: {} }),
  });
  await drain(world, room);
  return world;
}

/** The messages of the queue, as the worker gets them: that is when the lists are written. */
async function drain(world: MemoryWorld, room: DeskRoom, deps: CaseDeps = world.deps): Promise<void> {
  for (const delivery of messagesIn(world, room.queue)) await work(deps, room, delivery);
  world.queues.queues.set(room.queue, []);
}

async function done(world: MemoryWorld): Promise<Desk> {
  const row = await world.cases.get(caseId, 'state');
  return desk.parse(JSON.parse(String(row?.fields['json0'] ?? row?.fields['json'] ?? '{}')));
}

function dueRows(world: MemoryWorld): { key: string; open: unknown }[] {
  return [...world.workTable.rows.values()].filter(row => row.partitionKey.startsWith('index|desk-due|')).map(row => ({ key: row.rowKey, open: row.fields['open'] })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

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

/** Posts only what is owed, as the law of live links begins only what is owed. */
function strict(room: DeskRoom): DeskRoom {
  return {
    ...room,
    decide: (current, command, facts) => (command.do === 'post' && current?.state.owed.every(item => item.id !== command.id) ? refused('not-owed', 'No.') : room.decide(current, command, facts)),
  };
}
