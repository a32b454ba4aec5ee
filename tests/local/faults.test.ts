import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFaultPlan, type Faults } from '../../local/host/faults.ts';
import { eventually, startFixture, type RunningFixture } from './fixture/running.ts';

let fixture: RunningFixture;
beforeAll(async () => { fixture = await startFixture({ faults: true, restartOnExit: true }); });
afterAll(async () => { await fixture.stop(); });

/** How often the app recorded a message's run, under given faults. */
async function rowsUnder(about: string, faults: Faults): Promise<number> {
  await fixture.system.host.setFaults(faults);
  await fixture.send({ about });
  await fixture.system.drain();
  return (await fixture.seen(about)).length;
}

const insert = { service: 'table', method: 'POST', path: '/seen' } as const;

describe('fault switches', () => {
  it('delivers each message as often as told, without counting that as failures', async () => {
    expect(await rowsUnder('three-times', { deliveries: 3 })).toBe(3);
    expect(await rowsUnder('five-times', { deliveries: 5 })).toBe(5);
    expect(await rowsUnder('once-again', {})).toBe(1);
  });

  it('fails a call before storage has it: the SDK\'s retry succeeds and nothing is double', async () => {
    expect(await rowsUnder('error-before', { storage: [{ match: insert, at: 1, action: 'error-before' }] })).toBe(1);
    const inserts = (await fixture.system.host.storageCalls()).filter(call => call.path.startsWith('/devstoreaccount1/seen'));
    expect(inserts).toHaveLength(2);
  });

  // The SDK repeats the insert, meets its own row (409), and the message's second run writes another.
  it.each(['error-after', 'reset-after'] as const)('%s: storage has it and the app does not know', async action => {
    expect(await rowsUnder(action, { storage: [{ match: insert, at: 1, action }] })).toBe(2);
  });

  it('breaks the connection before storage has it', async () => {
    expect(await rowsUnder('reset-before', { storage: [{ match: insert, at: 1, action: 'reset-before' }] })).toBe(1);
  });

  it('delays a call', async () => {
    const startedAt = Date.now();
    expect(await rowsUnder('delay', { storage: [{ match: insert, action: 'delay', delayMs: 400 }] })).toBe(1);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(400);
  });

  it('lets an entity-group transaction through with its signature whole', async () => {
    await fixture.system.host.setFaults({});
    const answer = await fetch(`${fixture.system.url}/api/batch?partition=batch`, { method: 'POST' });
    expect([answer.status, await answer.text()]).toEqual([200, '"written"']);
    expect((await fixture.system.host.storageCalls()).some(call => call.path.includes('$batch'))).toBe(true);
  });

  it.each([
    ['between the function\'s end and the message\'s removal', 'kill-delete', { killBeforeDelete: 1 }, 2],
    ['before a storage call', 'kill-before', { storage: [{ match: insert, at: 1, action: 'kill-before' }] }, 1],
    ['after a storage call', 'kill-after', { storage: [{ match: insert, at: 1, action: 'kill-after' }] }, 2],
  ] satisfies [string, string, Faults, number][])('kills the host %s, and the message comes again when its lease is over', async (_when, about, faults, rows) => {
    const pid = fixture.system.host.pid();
    await fixture.system.host.setFaults(faults);
    await fixture.send({ about });
    await eventually(() => Promise.resolve(fixture.system.host.pid() === pid ? undefined : true));
    await eventually(() => fixture.system.host.status().catch(() => undefined));
    await fixture.system.drain();
    expect(await fixture.seen(about)).toHaveLength(rows);
  });
});

describe('a fault plan', () => {
  const call = { service: 'table', method: 'GET', path: '/devstoreaccount1/seen' } as const;
  const hits = (seed: number): string => {
    const plan = createFaultPlan(() => undefined);
    plan.set({ storage: [{ probability: 0.2, seed, action: 'error-before' }] });
    return Array.from({ length: 200 }, () => (plan.ruleFor(call) ? 'x' : '.')).join('');
  };

  it('repeats itself for the same seed and differs for another', () => {
    expect(hits(7)).toBe(hits(7));
    expect(hits(7)).not.toBe(hits(8));
    const rate = hits(7).replaceAll('.', '').length / 200;
    expect(rate).toBeGreaterThan(0.1);
    expect(rate).toBeLessThan(0.3);
  });

  it('counts only the calls that a rule looks at, and stops after `times`', () => {
    const plan = createFaultPlan(() => undefined);
    plan.set({ storage: [{ match: { service: 'queue' }, at: 2, action: 'error-before' }, { match: { method: 'GET' }, times: 1, action: 'reset-before' }] });
    const queue = { ...call, service: 'queue', method: 'POST' } as const;
    expect([call, call, queue, queue, queue].map(item => plan.ruleFor(item)?.action)).toEqual(['reset-before', undefined, undefined, 'error-before', undefined]);
    expect(() => plan.set({ deliveries: 0 })).toThrow();
  });
});
