import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { eventually, fixtureEnvironment, startFixture, type RunningFixture } from './fixture/running.ts';

let fixture: RunningFixture;
// The timers' clock stands at 2026-03-02T10:00:30Z when the host starts.
beforeAll(async () => { fixture = await startFixture({ environment: { ...fixtureEnvironment, SECOND_MS: '150' } }); });
afterAll(async () => { await fixture.stop(); });

const infoSchema = z.strictObject({
  schedule: z.strictObject({ adjustForDST: z.boolean() }),
  scheduleStatus: z.strictObject({ last: z.string().optional(), next: z.string(), lastUpdated: z.string() }).nullable(),
  isPastDue: z.boolean(),
});
const minutelySchema = z.array(z.strictObject({ timer: infoSchema, metadata: z.null() }));
async function minutely(): Promise<z.output<typeof infoSchema>[]> {
  return minutelySchema.parse(await fixture.seen('minutely')).map(row => row.timer);
}

describe('timer triggers', () => {
  it('trap 15: a first start is no missed run; each occurrence on the way of an advancing clock runs at its instant', async () => {
    expect(await minutely()).toEqual([]);
    await fixture.system.host.advanceClock(5_000);
    expect(await minutely()).toEqual([]);
    expect(await fixture.seen('second-end')).toHaveLength(2);
    await fixture.system.host.setClock('2026-03-02T10:00:59Z');
    await fixture.system.host.advanceClock(1_000);
    expect(await minutely()).toEqual([{
      schedule: { adjustForDST: true }, isPastDue: false,
      scheduleStatus: { next: '2026-03-02T10:01:00.000Z', lastUpdated: '2026-03-02T10:00:30.000Z' },
    }]);
  });

  it('trap 15: a schedule faster than a minute has no status', async () => {
    const [run] = z.array(infoSchema).parse(await fixture.seen('second-end'));
    expect(run?.scheduleStatus).toBeNull();
  });

  it('trap 15: after a jump over many occurrences a timer runs once, past due', async () => {
    const before = (await minutely()).length;
    await fixture.system.host.setClock('2026-03-02T11:30:10Z');
    const runs = await minutely();
    expect(runs).toHaveLength(before + 1);
    expect(runs.at(-1)).toMatchObject({ isPastDue: true, scheduleStatus: { last: '2026-03-02T10:01:00.000Z', next: '2026-03-02T10:02:00.000Z' } });
  });

  it('trap 15: a run missed while no host ran happens once at the start, past due; then the schedule goes on', async () => {
    const before = (await minutely()).length;
    await fixture.system.host.restart({ clock: '2026-03-02T11:45:30Z' });
    await eventually(async () => ((await minutely()).length > before ? true : undefined));
    const runs = await minutely();
    expect(runs).toHaveLength(before + 1);
    expect(runs.at(-1)?.isPastDue).toBe(true);
    const timer = (await fixture.system.host.timers()).find(item => item.name === 'minutely');
    expect(timer?.nextAt).toBe('2026-03-02T11:46:00.000Z');
    await fixture.system.host.restart({ clock: '2026-03-02T11:45:50Z' });
    await fixture.system.drain();
    expect(await minutely()).toHaveLength(before + 1);
  });

  it('trap 16: the schedule comes from a setting', async () => {
    expect((await fixture.system.host.timers()).find(item => item.name === 'set-by-config')).toMatchObject({ schedule: '0 30 3 * * *', nextAt: '2026-03-03T03:30:00.000Z' });
  });

  it('trap 15: runs of one timer never overlap, not even those asked for', async () => {
    const before = (await fixture.seen('second-end')).length;
    const { host } = fixture.system;
    const startedAt = Date.now();
    expect(await Promise.all([host.run('second'), host.run('second'), host.run('second')])).toEqual([true, true, true]);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(450);
    expect(await fixture.seen('second-end')).toHaveLength(before + 3);
  });

  it('goes by the real time once the clock is released', async () => {
    const before = (await fixture.seen('second-end')).length;
    await fixture.system.host.releaseClock();
    await eventually(async () => ((await fixture.seen('second-end')).length > before ? true : undefined));
    await fixture.system.host.setClock('2026-03-02T12:00:00Z');
  });

  it('has no fault switches unless it is started with them', async () => {
    await expect(fixture.system.host.setFaults({ deliveries: 2 })).rejects.toThrow('404');
  });
});
