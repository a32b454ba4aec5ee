import { describe, expect, it } from '@jest/globals';
import { eraseContent, eraseListings } from '../../../shared/case/erase.ts';
import { loadCase } from '../../../shared/case/load.ts';
import type { CaseDeps } from '../../../shared/case/room.ts';
import { caseWrites } from '../../../shared/case/transaction.ts';
import { readPartition, verifyPartition } from '../../../shared/case/verify.ts';
import { inject, type Fault } from './support/faults.ts';
import { jarRoom } from './support/jar.ts';
import { drain, jarId, keyOf, openedJar, send, type MemoryWorld } from './support/world.ts';

const room = jarRoom({ send: () => Promise.resolve('sent') });
const erasure = { caseId: jarId, operationId: 'erase-operation-0001', by: 'system', signal: new AbortController().signal } as const;

/** A jar with more parts than one transaction holds. */
async function fullJar(): Promise<MemoryWorld> {
  const world = await openedJar(room);
  await send(world.deps, room, keyOf('coin'), { do: 'put', coin: 'penny' });
  await drain(world, room);
  for (const from of [100, 150, 200]) {
    const rows = await loadCase(world.deps, room, jarId, []);
    const state = rows.state?.value;
    if (!state) throw new Error('no jar');
    const parts = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`lid|${from + n}`, { turns: n }]));
    await world.deps.cases.transact(caseWrites({ rows, next: { state, parts }, operationId: keyOf(`parts${from}`), facts: [{ what: 'PartsWritten', kind: 'collection' }], at: world.deps.now().toISOString(), by: 'ann' }));
  }
  return world;
}

const partition = (world: MemoryWorld) => readPartition(world.cases, jarId);
const keysOf = async (world: MemoryWorld) => (await partition(world)).map(({ rowKey }) => rowKey).filter(key => !/^(?:audit|op)\|/.test(key));
const outcome = (deps: CaseDeps): Promise<string> => eraseContent(deps, erasure).then(() => 'done', () => 'broken off');

describe('erasure of the content of a case', () => {
  it('takes every part and every finished effect, keeps state, operations and audit, and the chain verifies', async () => {
    const world = await fullJar();
    expect((await keysOf(world)).length).toBeGreaterThan(150);
    expect(await eraseContent(world.deps, erasure)).toBe(151);
    expect(await keysOf(world)).toEqual(['head', 'state']);
    expect(verifyPartition(await partition(world)).faults).toEqual([]);
    expect(await eraseContent(world.deps, erasure)).toBe(0);
  });

  it('a part that comes back shows, and so does one that goes without the audit saying so', async () => {
    const world = await fullJar();
    const kept = await world.cases.get(jarId, 'lid|100');
    if (!kept) throw new Error('no part');
    const { etag: _, ...row } = kept;
    await world.cases.transact([{ do: 'delete', partitionKey: jarId, rowKey: 'lid|100', etag: '*' }]);
    expect(verifyPartition(await partition(world)).faults).toEqual(['lid|100: is not what the audit says was written']);
    await world.cases.transact([{ do: 'insert', row }]);
    await eraseContent(world.deps, erasure);
    await world.cases.transact([{ do: 'insert', row }]);
    expect(verifyPartition(await partition(world)).faults).toEqual(['lid|100: is not what the audit says was written']);
  });

  it('broken off at any call of storage, before or after it was done, it goes on and nothing is erased unsaid', async () => {
    for (const fault of ['before', 'after'] as const satisfies readonly Fault[]) {
      for (let at = 1; ; at++) {
        const world = await fullJar();
        const broken = inject(world.deps, ({ n }) => (n === at ? fault : undefined));
        const first = await outcome(broken.deps);
        expect(verifyPartition(await partition(world)).faults).toEqual([]);
        expect(await outcome(world.deps)).toBe('done');
        expect({ fault, at, keys: await keysOf(world), faults: verifyPartition(await partition(world)).faults }).toEqual({ fault, at, keys: ['head', 'state'], faults: [] });
        if (first === 'done' && broken.calls.length < at) break;
      }
    }
  });

  it('closed rows of lists go, with their names in the operations; open ones stay', async () => {
    const world = await fullJar();
    const listed = () => [...world.workTable.rows.values()].filter(({ partitionKey }) => partitionKey.startsWith('index|')).map(({ partitionKey, fields }) => `${partitionKey.split('|')[1] ?? ''} ${String(fields['open'])}`).sort();
    expect(listed()).toEqual(['open true', 'owing false']);
    expect(await eraseListings(world.deps, jarId)).toBe(1);
    expect(listed()).toEqual(['open true']);
    expect(JSON.stringify(await partition(world))).not.toContain('owing|');
    expect(await eraseListings(world.deps, jarId)).toBe(0);
  });
});
