import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '../../support/client.ts';
import { startMissing, type Missing } from '../../support/missing.ts';
import { levels as ranks } from '../../../functions/missing-persons/rules/terms.ts';
import { factsOf, firedOf, firedTwice, lanes, opened, recordOf } from './support.ts';

let missing: Missing;
beforeAll(async () => {
  missing = await startMissing();
}, 60_000);
afterAll(async () => { await missing.stop(); });

const week = 7 * 24 * 3_600_000;
const mix = ['LOW', 'MEDIUM', 'HIGH'] as const;

describe('2.6 after an outage', () => {
  it('of a week, one look puts twelve cases right: each overdue thing once with its lateness, the riskiest cases first, and a second look adds nothing', async () => {
    const wanted = Array.from({ length: 12 }, (_, n) => mix[n % 3] ?? 'LOW');
    const ids = await lanes(wanted, 3, (level, n) => opened(missing, level, `Example${'abcdefghijkl'.charAt(n)}`));
    await missing.links.system.drain(240_000);
    await missing.settle();
    const before = await Promise.all(ids.map(id => recordOf(missing, id)));
    const seen = await Promise.all(ids.map(async id => (await factsOf(missing, id)).length));
    await missing.links.pass(week / 1_000);
    const came = new Date(Date.now() + week).toISOString();
    await missing.links.system.host.run('MissingDue');
    await missing.links.system.drain(240_000);
    const facts = await Promise.all(ids.map(async (id, n) => (await factsOf(missing, id)).slice(seen[n])));
    const fired = facts.map(firedOf);
    for (const [n, record] of before.entries()) {
      const overdue = record.tasks.filter(({ state, dueAt }) => (state === 'TODO' || state === 'DOING') && dueAt < came).map(({ taskId }) => taskId);
      expect(overdue.length).toBeGreaterThan(0);
      expect(overdue.map(task => [task, fired[n]?.filter(one => one.task === task).length])).toEqual(overdue.map(task => [task, 1]));
      expect(fired[n]?.filter(({ lateMs }) => !(lateMs >= 0 && lateMs <= week + 3_600_000))).toEqual([]);
    }
    expect(facts.flatMap(firedTwice)).toEqual([]);
    const first = (level: string, pick: 'first' | 'last'): string => fired.flatMap((one, n) => (wanted[n] === level ? [one[0]?.at ?? ''] : [])).sort().at(pick === 'first' ? 0 : -1) ?? '';
    expect(first('HIGH', 'last') <= first('MEDIUM', 'first')).toBe(true);
    expect(first('MEDIUM', 'last') <= first('LOW', 'first')).toBe(true);
    const board = rows(await missing.as('cora.callhandler').get('/api/missing-persons'));
    expect(board.map(({ recordId }) => String(recordId)).sort()).toEqual([...ids].sort());
    const order = board.map(({ level }) => ranks.findIndex(name => name === level));
    expect(order).toEqual(order.toSorted((a, b) => b - a));
    expect(board.filter(({ nextDueAt }) => String(nextDueAt) <= came)).toEqual([]);
    await missing.links.system.host.run('MissingDue');
    await missing.links.system.drain(240_000);
    const again = await Promise.all(ids.map(async (id, n) => firedOf((await factsOf(missing, id)).slice((seen[n] ?? 0) + (facts[n]?.length ?? 0)))));
    // What came due since the first look is another matter.
    expect(again.flat().filter(({ dueAt }) => dueAt <= Date.parse(came))).toEqual([]);
  }, 300_000);
});
