import { describe, expect, it } from '@jest/globals';
import { readList, writeIndex, type IndexUpdate } from '../../../shared/case/lists.ts';
import type { CaseDeps } from '../../../shared/case/room.ts';
import { inject } from './support/faults.ts';
import { memoryWorld } from './support/world.ts';

const row = (sortKey: string, fields = {}) => ({ list: 'board', sortKey, fields });
const moved: IndexUpdate = { caseId: 'case-1', version: 2, present: [row('later')], gone: ['board|sooner'] };

async function listed(): Promise<CaseDeps> {
  const { deps } = memoryWorld();
  await writeIndex(deps, { caseId: 'case-1', version: 1, present: [row('sooner')], gone: [] });
  return deps;
}

const shown = async (deps: CaseDeps) => (await readList(deps, { list: 'board', limit: 10 })).rows.map(({ sortKey }) => sortKey);

describe('a case that moves within a list', () => {
  it('is at one place of it at any moment', async () => {
    const deps = await listed();
    const seen: (readonly string[])[] = [];
    const watched = inject(deps, () => undefined, async () => { seen.push(await shown(deps)); });
    await writeIndex(watched.deps, moved);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.map(places => places.length)).toEqual(seen.map(() => 1));
    expect(await shown(deps)).toEqual(['later']);
  });

  it('stands once also when a writer died before it closed the old place', async () => {
    const deps = await listed();
    await writeIndex(deps, { ...moved, gone: [] });
    expect(await shown(deps)).toEqual(['later']);
  });

  it('stands at each of its places when it has several', async () => {
    const deps = await listed();
    await writeIndex(deps, { caseId: 'case-1', version: 3, present: [row('a'), row('b')], gone: ['board|sooner'] });
    expect(await shown(deps)).toEqual(['a', 'b']);
  });
});
