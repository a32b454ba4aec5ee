import { describe, expect, it } from '@jest/globals';
import { claimOnly, releaseClaim, type Claims } from '../../../functions/goodsam/claim.ts';
import { defaultSettings } from '../../../functions/goodsam/rules/law/step.ts';
import { liveLink, type LiveLink } from '../../../functions/goodsam/state.ts';
import { pack } from '../../../shared/case/rows.ts';
import { memoryWorld } from '../../shared/case/support/world.ts';
import { desk } from './support/desk.ts';

const caller = { objectId: 'carl', tenantId: 'home', roles: [], name: 'Carl', app: 'desk' };
const key = 'ab'.repeat(32);
const [first, second] = ['request-one', 'request-two'];

function live(requestId: string): LiveLink {
  return { ...desk(defaultSettings).create('FCC').link, requestId };
}

function claims(world: ReturnType<typeof memoryWorld>): Claims {
  return { cases: world.deps, room: { stateSchema: liveLink } };
}

describe('the place of one live request', () => {
  it('is not taken over while its holder commits between the looks for its state and its head (A3)', async () => {
    const world = memoryWorld();
    await claimOnly(claims(world), { requestId: first, key, caller });
    const commit = async (): Promise<void> => await world.cases.transact([
      { do: 'insert', row: { partitionKey: first, rowKey: 'state', fields: pack(live(first)) } },
      { do: 'insert', row: { partitionKey: first, rowKey: 'head', fields: pack({ seq: 1, hash: 'x' }) } },
    ]);
    // The holder's commit lands after its state was looked for and was not there.
    let isCommitted = false;
    const get = async (partition: string, row: string) => await world.cases.get(partition, row);
    const cases = { ...world.deps, cases: {
      ...world.cases,
      get: async (partition: string, row: string) => {
        const found = await get(partition, row);
        if (row === 'state' && !isCommitted) {
          isCommitted = true;
          await commit();
        }
        return found;
      },
    } };
    await expect(claimOnly({ ...claims(world), cases }, { requestId: second, key, caller })).rejects.toMatchObject({ problem: { code: 'DUPLICATE_ACTIVE' } });
  });

  it('is free again after a tombstone, after its time, and when a refused request gives it back', async () => {
    const world = memoryWorld();
    await claimOnly(claims(world), { requestId: first, key, caller });
    await expect(claimOnly(claims(world), { requestId: second, key, caller })).rejects.toMatchObject({ problem: { code: 'DUPLICATE_ACTIVE' } });
    await world.cases.transact([{ do: 'insert', row: { partitionKey: first, rowKey: 'head', fields: pack({ seq: 1, hash: 'x' }) } }]);
    await claimOnly(claims(world), { requestId: second, key, caller });
    await releaseClaim(claims(world), { requestId: second, key });
    await claimOnly(claims(world), { requestId: 'request-three', key, caller });
    world.clock.now += world.deps.timing.tombstoneAfter + 1;
    await claimOnly(claims(world), { requestId: 'request-four', key, caller });
  });
});
