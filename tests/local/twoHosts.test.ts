import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startFixture, type RunningFixture } from './fixture/running.ts';

let fixture: RunningFixture;
beforeAll(async () => { fixture = await startFixture({ hosts: 2, options: { timerLeaseRetryMs: 200 } }); });
afterAll(async () => { await fixture.stop(); });

const holders = async (): Promise<boolean[]> =>
  Promise.all(fixture.system.hosts.map(async host => (host.isAlive() ? (await host.timers()).some(timer => timer.holdsLease) : false)));

describe('two hosts on one storage', () => {
  it('share the messages and run each once', async () => {
    await Promise.all(Array.from({ length: 30 }, () => fixture.send({ about: 'shared', sleepMs: 50 })));
    await fixture.system.drain();
    expect(await fixture.seen('shared')).toHaveLength(30);
    const started = await Promise.all(fixture.system.hosts.map(async host => (await host.status()).started));
    expect(Math.min(...started)).toBeGreaterThan(0);
  });

  it('trap 15: a timer runs on one of them; when that one stops the other takes over', async () => {
    expect((await holders()).filter(Boolean)).toHaveLength(1);
    await Promise.all(fixture.system.hosts.map(host => host.advanceClock(30_000)));
    expect(await fixture.seen('minutely')).toHaveLength(1);
    const index = (await holders()).indexOf(true);
    await fixture.system.hosts[index]?.stop();
    await eventually(async () => ((await holders()).includes(true) ? true : undefined));
    await fixture.system.hosts[1 - index]?.advanceClock(60_000);
    expect(await fixture.seen('minutely')).toHaveLength(2);
    await fixture.system.hosts[index]?.restart();
  });

  it('answers what it is at when it is told to stop, and calls the appTerminate hooks', async () => {
    const { host } = fixture.system;
    const terminated = host.logs().filter(line => line === 'hook appTerminate').length;
    const answer = fetch(`${host.url()}/api/slow/500`);
    await eventually(async () => ((await host.status()).running > 0 ? true : undefined));
    process.kill(host.pid(), 'SIGINT');
    await host.stop();
    expect((await answer).status).toBe(200);
    expect(await host.exited()).toEqual({ code: 0, signal: null });
    expect(host.logs().filter(line => line === 'hook appTerminate')).toHaveLength(terminated + 1);
    await fixture.send({ about: 'left' });
    await fixture.system.drain();
    expect(await fixture.seen('left')).toHaveLength(1);
    await Promise.all(fixture.system.hosts.map(item => item.kill()));
    await expect(fixture.system.drain()).rejects.toThrow('no host runs');
    await host.restart();
  });
});
