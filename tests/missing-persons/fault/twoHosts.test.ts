import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, newKey } from '../../support/client.ts';
import { startMissing, type Missing } from '../../support/missing.ts';
import { faultsOf } from '../../goodsam/fault/support.ts';
import { cardsBeside, factsOf, firedOf, firedTwice, lanes, opened, recordOf } from './support.ts';

let missing: Missing;
beforeAll(async () => {
  missing = await startMissing({ service: { hosts: 2, faults: true } });
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
    expect((await factsOf(missing, String(replies[0]?.json['recordId']))).filter(({ what }) => what === 'ReportReceived')).toHaveLength(1);
  }, 60_000);

  it('each step of a ladder once, each page one card for each of its people, each report one record, with timers on both at once and every message twice', async () => {
    const { hosts } = missing.links.system;
    await Promise.all(hosts.map(host => host.setFaults({ deliveries: 2 })));
    const names = ['Adams', 'Brooks', 'Clarke'];
    const ids = await lanes(names, 3, (name, n) => opened(missing, n % 2 === 0 ? 'HIGH' : 'MEDIUM', name));
    expect(new Set(ids).size).toBe(names.length);
    await missing.links.system.drain(150_000);
    for (let round = 0; round < 2; round++) {
      await missing.links.pass(45 * 60);
      await Promise.all(hosts.flatMap(host => [host.run('MissingDue'), host.run('MissingDue'), host.run('MissingDue')]));
      await missing.links.system.drain(150_000);
    }
    const records = await Promise.all(ids.map(id => recordOf(missing, id)));
    const facts = await Promise.all(ids.map(id => factsOf(missing, id)));
    // Both were at it, and there was something to do.
    expect(Math.min(...(await Promise.all(hosts.map(host => host.status()))).map(({ started }) => started))).toBeGreaterThan(0);
    expect(facts.every(of => firedOf(of).length > 2)).toBe(true);
    expect(facts.flatMap(firedTwice)).toEqual([]);
    expect(records.map(({ owed }) => owed)).toEqual(ids.map(() => []));
    expect(cardsBeside(missing, records)).toEqual({ notShown: [], shared: [], unknown: [] });
    expect(new Set(records.map(({ file }) => file?.caseRef)).size).toBe(ids.length);
    expect(await faultsOf(missing.links)).toEqual({ faults: [], pending: [] });
  }, 240_000);
});
