import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, newKey } from '../../support/client.ts';
import { startMissing, type Missing } from '../../support/missing.ts';
import { faultsOf } from '../../goodsam/fault/support.ts';
import { cardsBeside, factsOf, firedOf, firedTwice, lanes, opened, quiet, recordOf } from './support.ts';

let missing: Missing;
let reportId = '';
beforeAll(async () => {
  // Only this test runs the timers. A message that one host finds in the hands of the other comes again within the test.
  missing = await startMissing({ service: { hosts: 2, faults: true, environment: { EFFECT_TIMEOUT_SECONDS: '20' }, options: { clock: new Date().toISOString(), queues: { visibilityTimeout: 1_000, minPollingInterval: 20, maxPollingInterval: 100, lease: 20_000 } } } });
}, 60_000);
afterAll(async () => { await missing.stop(); });

describe('two hosts on one storage', () => {
  it('one report whose request comes to both at once, five times each, is one record', async () => {
    const body = { channel: 'PHONE_999', callStartedAt: new Date().toISOString(), givenName: 'Ella', familyName: 'Evans', lastSeenPlace: 'Sample Square', lastSeenUnknown: 'yes', lastSeenReason: 'Unknown', informantName: 'Sam Example', informantPhone: '01632 960001' };
    const { links } = missing;
    const token = async (): Promise<string> => await links.local?.issuer.token('cora.callhandler') ?? '';
    const key = newKey();
    const replies = await Promise.all(links.system.hosts.flatMap(host => Array.from({ length: 5 }, () => createClient(host.url(), token).post('/api/missing-persons', { key, body }))));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 202));
    expect(new Set(replies.map(({ json }) => json['recordId'])).size).toBe(1);
    reportId = String(replies[0]?.json['recordId']);
    expect((await factsOf(missing, reportId)).filter(({ what }) => what === 'ReportReceived')).toHaveLength(1);
  }, 60_000);

  it('each step of a ladder once, each page one card for each of its people, each report one record, with timers on both at once and every message twice', async () => {
    const { hosts } = missing.links.system;
    await Promise.all(hosts.map(host => host.setFaults({ deliveries: 2 })));
    const opening = await lanes(['HIGH', 'MEDIUM'] as const, 2, level => opened(missing, level, level === 'HIGH' ? 'Adams' : 'Brooks'));
    const ids = [...opening, reportId];
    await quiet(missing);
    const steps: number[] = [];
    for (const minutes of [20, 40]) {
      await missing.links.advance(minutes * 60);
      await Promise.all(hosts.flatMap(host => [host.run('MissingDue'), host.run('MissingDue'), host.run('MissingDue')]));
      await quiet(missing);
      const facts = await Promise.all(ids.map(id => factsOf(missing, id)));
      expect(facts.flatMap(firedTwice)).toEqual([]);
      steps.push(facts.flatMap(firedOf).length);
    }
    // There was something to do in each round, and both hosts were at it.
    expect([steps[0] ?? 0, (steps[1] ?? 0) - (steps[0] ?? 0)].every(count => count > 5)).toBe(true);
    expect(Math.min(...(await Promise.all(hosts.map(host => host.status()))).map(({ started }) => started))).toBeGreaterThan(20);
    const records = await Promise.all(ids.map(id => recordOf(missing, id)));
    expect(records.map(({ owed }) => owed)).toEqual(ids.map(() => []));
    expect(records.reduce((sum, { pages }) => sum + pages.length, 0)).toBeGreaterThan(20);
    expect(cardsBeside(missing, records)).toEqual({ notShown: [], shared: [], unknown: [] });
    expect(await faultsOf(missing.links)).toEqual({ faults: [], pending: [] });
  }, 200_000);
});
