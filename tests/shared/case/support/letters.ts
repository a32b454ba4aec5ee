import * as z from 'zod';
import type { Agenda } from '../../../../shared/case/agenda.ts';
import { commit } from '../../../../shared/case/commit.ts';
import { newCaseId, sha256 } from '../../../../shared/case/keys.ts';
import type { CaseDeps, Room } from '../../../../shared/case/room.ts';
import { work } from '../../../../shared/case/work.ts';
import { accepted, refused } from '../../../../shared/domain/decision.ts';
import { memoryWorld, messagesIn, type MemoryWorld } from './world.ts';

/** A case that owes three letters, the third one at eleven. What it did is what it was told to, in order. */
const desk = z.strictObject({ owed: z.array(z.strictObject({ id: z.string(), at: z.string() })), done: z.array(z.string()) });
export type Desk = z.infer<typeof desk>;
export type Command = { readonly do: 'open'; readonly owed: Desk['owed'] } | { readonly do: 'post'; readonly id: string };
export type DeskRoom = Room<Desk, never, Command, string>;

export const later = '2026-11-24T11:00:00.000Z';
export const soon = '2026-11-24T08:00:00.000Z';
export const caseId = newCaseId('tenant', 'ann', 'OpenDesk', 'open-key-000000001');

/** How the law takes a letter: as it should, or one of the faults that must not loop. */
export type Fate = 'posted' | 'refused' | 'kept';
export function deskRoom(fate: Fate = 'posted'): DeskRoom {
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

export const agenda: Agenda<Desk, never, Command> = {
  list: 'desk-due',
  next({ state }, now) {
    const due = state.owed.filter(item => item.at <= now).sort((a, b) => (a.at < b.at ? -1 : 1))[0];
    return due && { key: `post|${due.id}`, name: 'Post', command: { do: 'post', id: due.id } };
  },
};
const three = [{ id: 'second', at: '2026-11-24T08:30:00.000Z' }, { id: 'first', at: soon }, { id: 'third', at: later }];

export async function opened(room: DeskRoom, owed: Desk['owed'] = three): Promise<MemoryWorld> {
  const world = memoryWorld();
  await commit<Desk, never, Command, string>(world.deps, room, {
    caseId, operationId: 'open-key-000000001', hash: sha256('open'), name: 'open', by: 'ann', roles: [], parts: [], creates: true, command: () => ({ do: 'open', owed }), reply: () => ({ status: 202, body: {} }),
  });
  await drain(world, room);
  return world;
}

/** The messages of the queue, as the worker gets them: that is when the lists are written. */
export async function drain(world: MemoryWorld, room: DeskRoom, deps: CaseDeps = world.deps): Promise<void> {
  for (const delivery of messagesIn(world, room.queue)) await work(deps, room, delivery);
  world.queues.queues.set(room.queue, []);
}

export async function done(world: MemoryWorld): Promise<Desk> {
  const row = await world.cases.get(caseId, 'state');
  return desk.parse(JSON.parse(String(row?.fields['json0'] ?? row?.fields['json'] ?? '{}')));
}

export function dueRows(world: MemoryWorld): { key: string; open: unknown }[] {
  return [...world.workTable.rows.values()].filter(row => row.partitionKey.startsWith('index|desk-due|')).map(row => ({ key: row.rowKey, open: row.fields['open'] })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Posts only what is owed, as the law of live links begins only what is owed. */
export function strict(room: DeskRoom): DeskRoom {
  return {
    ...room,
    decide: (current, command, facts) => (command.do === 'post' && current?.state.owed.every(item => item.id !== command.id) ? refused('not-owed', 'No.') : room.decide(current, command, facts)),
  };
}
