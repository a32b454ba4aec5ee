import { describe, expect, it } from '@jest/globals';
import { commit } from '../../../shared/case/commit.ts';
import { readList, writeIndex } from '../../../shared/case/lists.ts';
import { loadOperation } from '../../../shared/case/load.ts';
import { rebuildIndex } from '../../../shared/case/rebuild.ts';
import { work } from '../../../shared/case/work.ts';
import { inject, type StorageCall } from './support/faults.ts';
import { jarLists, jarRoom, postOffice, type JarCommand } from './support/jar.ts';
import { drain, jarId, jarRequest, keyOf, messagesIn, openedJar, type MemoryWorld } from './support/world.ts';

const room = jarRoom(postOffice());
const give = (world: Pick<MemoryWorld, 'deps'>, name: string, command: JarCommand) => commit(world.deps, room, jarRequest(keyOf(name), command));
const touchedBy = async (world: MemoryWorld, name: string) => (await loadOperation(world.deps, jarId, keyOf(name)))?.value.touched;
const written = (calls: readonly StorageCall[], place: string): string[] => calls.flatMap(({ name, writes = [] }) => (name === 'work.transact' ? writes : [])).flatMap(write => (write.do !== 'delete' && write.row.partitionKey.startsWith(place) ? [write.row.partitionKey] : []));
const shown = async ({ deps }: MemoryWorld, list: string) => (await readList(deps, { list, limit: 10 })).rows.map(({ sortKey }) => sortKey);

/** A jar that owes a letter, whose message has not been worked on. */
async function owingJar(): Promise<MemoryWorld> {
  const world = await openedJar(room);
  await give(world, 'put', { do: 'put', coin: 'penny' });
  return world;
}

describe('the lists that a step touched', () => {
  it('are those in which the case stands otherwise than before, and only they are written', async () => {
    const world = await owingJar();
    await give(world, 'seal', { do: 'seal' });
    await give(world, 'turn', { do: 'turn' });
    expect(await touchedBy(world, 'put')).toEqual(['open', 'owing']);
    expect(await touchedBy(world, 'seal')).toEqual(['open', 'sealed']);
    expect(await touchedBy(world, 'turn')).toEqual([]);
    const [seal] = messagesIn(world, room.queue).filter(({ message }) => message.operationId === keyOf('seal'));
    if (!seal) throw new Error('no message');
    const { deps, calls } = inject(world.deps, () => undefined);
    await work(deps, room, seal);
    expect(written(calls, 'index|').map(place => place.split('|')[1]).sort()).toEqual(['open', 'sealed']);
  });

  it('are all of them when the rows of before were made by other rules than those of today', async () => {
    const world = await owingJar();
    await drain(world, room);
    const [id, row] = [...world.cases.rows].find(([, { rowKey }]) => rowKey === 'state') ?? [];
    if (id === undefined || !row) throw new Error('no state');
    world.cases.rows.set(id, { ...row, fields: { ...row.fields, listing: 'of other rules' } });
    for (const [key, { partitionKey }] of [...world.workTable.rows]) if (partitionKey.startsWith('index|')) world.workTable.rows.delete(key);
    await give(world, 'turn', { do: 'turn' });
    expect(await touchedBy(world, 'turn')).toBeUndefined();
    await drain(world, room);
    expect(await shown(world, 'open')).toEqual(['jar']);
    await give(world, 'turn2', { do: 'turn' });
    expect(await touchedBy(world, 'turn2')).toEqual([]);
  });

  it('leave rows of a lower version behind, which a rebuilding does not take for wrong, nor hides by a row that it closes', async () => {
    const world = await openedJar(room);
    await give(world, 'turn', { do: 'turn' });
    await drain(world, room);
    expect(await rebuildIndex(world.deps, room, jarLists)).toMatchObject({ written: 0, closed: 0 });
    await writeIndex(world.deps, { caseId: jarId, version: 1, present: [{ list: 'open', sortKey: 'forged', fields: {} }], gone: [] });
    expect(await rebuildIndex(world.deps, room, jarLists)).toMatchObject({ closed: 1 });
    expect(await shown(world, 'open')).toEqual(['jar']);
  });
});

describe('what is done once', () => {
  it('a message that was brought to its end writes nothing when it comes again', async () => {
    const world = await owingJar();
    const [put] = messagesIn(world, room.queue);
    if (!put) throw new Error('no message');
    await drain(world, room);
    const { deps, calls } = inject(world.deps, () => undefined);
    await work(deps, room, put);
    expect(calls.filter(({ name }) => name.endsWith('transact'))).toEqual([]);
    expect(calls.length).toBeLessThan(6);
  });

  it('the dirty row of a case is written once an hour, however many steps move its chain', async () => {
    const world = await openedJar(room);
    const { deps, calls } = inject(world.deps, () => undefined);
    for (const name of ['one', 'two', 'three']) await give({ deps }, name, { do: 'turn' });
    expect(written(calls, 'dirty|')).toHaveLength(1);
    world.clock.now += 60 * 60_000;
    await give({ deps }, 'four', { do: 'turn' });
    expect(new Set(written(calls, 'dirty|')).size).toBe(2);
    expect(written(calls, 'dirty|')).toHaveLength(2);
  });

  it('a dirty row whose writing was not answered is written again before the next step', async () => {
    const world = await openedJar(room);
    let broken = true;
    const { deps, calls } = inject(world.deps, ({ writes }) => (broken && writes?.some(write => write.do === 'insert' && write.row.partitionKey.startsWith('dirty|')) ? 'before' : undefined));
    await expect(give({ deps }, 'one', { do: 'turn' })).rejects.toMatchObject({ name: 'Unavailable' });
    broken = false;
    await give({ deps }, 'two', { do: 'turn' });
    expect(written(calls, 'dirty|').length).toBeGreaterThan(1);
  });
});
