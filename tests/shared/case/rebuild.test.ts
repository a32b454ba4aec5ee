import { describe, expect, it } from '@jest/globals';
import { commit } from '../../../shared/case/commit.ts';
import { newCaseId } from '../../../shared/case/keys.ts';
import { readList, writeIndex } from '../../../shared/case/lists.ts';
import { rebuildIndex } from '../../../shared/case/rebuild.ts';
import { seeded } from './support/interleave.ts';
import { openRows } from './support/invariants.ts';
import { jarLists, jarRoom, postOffice } from './support/jar.ts';
import { drain, jarRequest, keyOf, memoryWorld, openedJar } from './support/world.ts';

describe('D3 the lists rebuilt from the cases', () => {
  const room = jarRoom(postOffice());

  async function manyJars() {
    const world = memoryWorld();
    for (let n = 0; n < 60; n++) {
      const caseId = newCaseId('tenant', 'ann', 'OpenJar', `jar-${n}`);
      await commit(world.deps, room, jarRequest(keyOf('open'), { do: 'open' }, caseId));
      if (n % 3) await commit(world.deps, room, jarRequest(keyOf('put'), { do: 'put', coin: 'penny' }, caseId));
      if (n % 4 === 0) await commit(world.deps, room, jarRequest(keyOf('seal'), { do: 'seal' }, caseId));
    }
    await drain(world, room);
    return world;
  }

  it('are equal sets when nothing is wrong, and nothing is written', async () => {
    const world = await manyJars();
    const before = openRows(world);
    // Each jar once, and the ten that still owe a letter because they were sealed before it went out.
    expect(before).toHaveLength(70);
    expect(await rebuildIndex(world.deps, room, jarLists)).toEqual({ cases: 60, written: 0, closed: 0, removed: 0 });
    expect(openRows(world)).toEqual(before);
  });

  it('are equal sets after rows were lost, forged, changed and made newer than their case', async () => {
    const world = await manyJars();
    const before = openRows(world);
    const random = seeded(4);
    let damaged = 0;
    for (const [id, row] of [...world.workTable.rows].filter(([, each]) => each.partitionKey.startsWith('index|'))) {
      const kind = Math.floor(random() * 5);
      if (kind < 4) damaged += 1;
      if (kind === 0) world.workTable.rows.delete(id);
      if (kind === 1) world.workTable.rows.set(id, { ...row, fields: { ...row.fields, coins: 99 } });
      if (kind === 2) world.workTable.rows.set(id, { ...row, fields: { ...row.fields, open: row.fields['open'] !== true, version: Number(row.fields['version']) + 100 } });
      if (kind === 3) await writeIndex(world.deps, { caseId: String(row.fields['caseId']), version: 1, present: [{ list: 'open', sortKey: 'forged', fields: {} }], gone: [] });
    }
    await writeIndex(world.deps, { caseId: newCaseId('tenant', 'ann', 'OpenJar', 'there is no such jar'), version: 1, present: [{ list: 'open', sortKey: 'jar', fields: {} }], gone: [] });
    expect(damaged).toBeGreaterThan(30);
    expect(openRows(world)).not.toEqual(before);
    const rebuilt = await rebuildIndex(world.deps, room, jarLists);
    expect(rebuilt.written).toBeGreaterThan(10);
    expect(rebuilt.closed).toBeGreaterThan(5);
    expect(openRows(world)).toEqual(before);
    expect(await rebuildIndex(world.deps, room, jarLists)).toMatchObject({ written: 0, closed: 0 });
  });

  it('removes a tombstone after a day, not before', async () => {
    const world = await openedJar(room);
    await commit(world.deps, room, jarRequest(keyOf('seal'), { do: 'seal' }));
    await drain(world, room);
    const tombstones = (): number => [...world.workTable.rows.values()].filter(row => row.fields['open'] === false).length;
    expect(tombstones()).toBe(1);
    expect(await rebuildIndex(world.deps, room, jarLists)).toMatchObject({ removed: 0 });
    world.clock.now += 25 * 60 * 60_000;
    expect(await rebuildIndex(world.deps, room, jarLists)).toMatchObject({ removed: 1 });
    expect(tombstones()).toBe(0);
  });
});

describe('reading a list', () => {
  it('gives every row once and in order over all pages and buckets, whatever tombstones lie between', async () => {
    const world = memoryWorld();
    const random = seeded(11);
    const wanted: string[] = [];
    for (let n = 0; n < 300; n++) {
      const caseId = newCaseId('tenant', 'ann', 'OpenJar', `jar-${n}`);
      const sortKey = `2026-${String(Math.floor(random() * 1e6)).padStart(6, '0')}`;
      const isGone = random() < 0.6;
      await writeIndex(world.deps, { caseId, version: 1, present: isGone ? [] : [{ list: 'due', sortKey, fields: {} }], gone: [`due|${sortKey}`] });
      if (!isGone) wanted.push(`${sortKey}|${caseId}`);
    }
    for (const limit of [1, 7, 50, 1_000]) {
      const found: string[] = [];
      for (let after: string | undefined; ;) {
        const page = await readList(world.deps, { list: 'due', limit, ...(after !== undefined && { after }) });
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        found.push(...page.rows.map(row => `${row.sortKey}|${row.caseId}`));
        after = page.next;
        if (after === undefined) break;
      }
      expect(found).toEqual([...wanted].sort());
    }
    const below = await readList(world.deps, { list: 'due', limit: 1_000, below: '2026-500000' });
    expect(below.rows.map(row => row.sortKey)).toEqual(wanted.map(row => row.slice(0, 11)).filter(key => key < '2026-500000').sort());
  });
});
