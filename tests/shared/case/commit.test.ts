import { describe, expect, it } from '@jest/globals';
import { jarRoom } from './support/jar.ts';
import { drain, jarId, memoryWorld, openKey, send } from './support/world.ts';
import { verifyAudit } from '../../../shared/case/verify.ts';
import { loadOperation } from '../../../shared/case/load.ts';
import { readList } from '../../../shared/case/lists.ts';

describe('the storage protocol over in-memory stores', () => {
  it('carries a command to its end: state, effect once, audit, list, and nothing pending', async () => {
    const world = memoryWorld();
    const sent: string[] = [];
    const room = jarRoom({ send: key => Promise.resolve(String(sent.push(key))) });
    expect(await send(world.deps, room, openKey, { do: 'open' })).toMatchObject({ kind: 'committed' });
    expect(await send(world.deps, room, 'put-key-0000000001', { do: 'put', coin: 'penny' })).toMatchObject({ kind: 'committed' });
    await drain(world, room, { deliveries: 3 });

    expect(sent).toHaveLength(1);
    expect((await loadOperation(world.deps, jarId, 'put-key-0000000001'))?.value.status).toBe('done');
    expect(await readList(world.deps, { list: 'open', limit: 10 })).toMatchObject({ rows: [{ caseId: jarId, fields: { coins: 1 } }] });
    expect([...world.workTable.rows.values()].filter(row => row.partitionKey.startsWith('pending|'))).toHaveLength(0);
    expect(await verifyAudit(world.deps.cases)).toEqual({ chains: 1, rows: 3, faults: [] });
  });

  it('replays the same key, refuses another body under it, and keeps a refusal for ever', async () => {
    const world = memoryWorld();
    const room = jarRoom({ send: () => Promise.resolve('ok') });
    await send(world.deps, room, openKey, { do: 'open' });
    const first = await send(world.deps, room, 'put-key-0000000001', { do: 'put', coin: 'penny' });
    expect(await send(world.deps, room, 'put-key-0000000001', { do: 'put', coin: 'penny' })).toEqual({ ...first, kind: 'replayed' });
    expect(await send(world.deps, room, 'put-key-0000000001', { do: 'put', coin: 'shilling' })).toEqual({ kind: 'reused-key' });
    await send(world.deps, room, 'seal-key-000000001', { do: 'seal' });
    const refusal = { kind: 'refused', code: 'sealed', reason: 'The jar is sealed.' };
    expect(await send(world.deps, room, 'put-key-0000000002', { do: 'put', coin: 'crown' })).toEqual(refusal);
    expect(await send(world.deps, room, 'put-key-0000000002', { do: 'put', coin: 'crown' })).toEqual(refusal);
  });
});
