import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { startProviderSimulator } from '../../../local/simulators/provider/start.ts';
import { request, startBed } from './bed.ts';
import type { Bed } from './bed.ts';
import { kindOf } from './contract.ts';
import { until, verifies } from './receiver.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

describe('the page of the person', () => {
  it('looking at it is no opening: only joining is', async () => {
    const session = await bed.create('/look');
    const page = await fetch(session.publicUrl);
    expect([page.status, (await page.text()).includes('SIMULATOR')]).toEqual([200, true]);
    expect(await bed.eventTypes(session)).toEqual([]);
    await bed.join(session);
    await bed.join(session);
    expect(await bed.eventTypes(session)).toEqual(['opened', 'consent_given']);
  });

  it('each button makes its events, and none where it makes no sense', async () => {
    const session = await bed.create('/buttons');
    await bed.press(session, { act: 'share-location' });
    expect(await bed.eventTypes(session)).toEqual([]);
    await bed.join(session);
    for (const act of ['share-location', 'start-video', 'start-video', 'come-back', 'lose-signal', 'share-location', 'come-back']) await bed.press(session, { act });
    await bed.press(session, { act: 'send-chat', text: 'Hello' });
    await bed.press(session, { act: 'send-file', file: 'photo' });
    await bed.press(session, { act: 'files-done' });
    for (const act of ['stop-sharing', 'share-location', 'close-page']) await bed.press(session, { act });
    expect((await bed.eventTypes(session)).slice(2)).toEqual([
      'location', 'media_started', 'connection_lost', 'reconnected', 'chat_message', 'upload_started', 'upload_received', 'upload_completed', 'consent_withdrawn', 'media_stopped', 'ended',
    ]);
    expect(await bed.press(session, { act: 'explode' })).toBe(422);
  });

  it('says nothing of itself after a hidden exit', async () => {
    const session = await bed.create('/exit');
    await bed.join(session);
    await bed.press(session, { act: 'hidden-exit' });
    const page = await fetch(session.publicUrl);
    expect(page.status).toBe(404);
    expect(await page.text()).not.toMatch(/simulat|police|live|session/i);
    expect(await bed.eventTypes(session)).toContain('safety_exit');
    expect((await fetch(`${bed.simulator.url}/s/nobody`)).status).toBe(404);
  });

  it('shows words of both sides as text, never as markup', async () => {
    const session = await bed.create('/markup');
    await bed.join(session);
    await bed.press(session, { act: 'send-chat', text: '<img src=x onerror=alert(1)>' });
    await bed.provider.sendChat(session.sessionId, { text: '<b>Officer</b>', idempotencyKey: 'markup' });
    const { url } = await bed.provider.viewerUrl(session.sessionId, { viewerRef: 'v' });
    for (const address of [session.publicUrl, url]) {
      const page = await (await fetch(address)).text();
      expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
      expect(page).not.toMatch(/<img|<b>/);
    }
  });

  it('is not served under another name', async () => {
    const session = await bed.create('/rebind');
    const other = session.publicUrl.replace('127.0.0.1', 'localhost');
    expect((await fetch(other)).status).toBe(421);
  });
});

describe("the officer's view", () => {
  it('stays with the browser that opened it, and ends with its time', async () => {
    const session = await bed.create('/view');
    await bed.join(session);
    const first = await bed.provider.viewerUrl(session.sessionId, { viewerRef: 'v' });
    const { url } = await bed.provider.viewerUrl(session.sessionId, { viewerRef: 'v' });
    expect((await fetch(first.url)).status).toBe(410);
    const opened = await fetch(url);
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await fetch(url, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(url)).status).toBe(403);
    await bed.simulator.control('clock', { offsetMs: 121_000 });
    expect((await fetch(url, { headers: { cookie } })).status).toBe(410);
    await bed.simulator.control('clock', { offsetMs: 0 });
    expect(JSON.stringify(await bed.log())).not.toContain(url.split('/').at(-1));
  });
});

describe('switches', () => {
  it('the clock moves its time, and a session that nobody opened expires by it (005)', async () => {
    const session = await bed.create('/clock');
    const open = await bed.create('/clock-open');
    await bed.join(open);
    await bed.simulator.control('clock', { offsetMs: 1_801_000 });
    try {
      expect((await bed.provider.getSession(session.sessionId)).status).toBe('EXPIRED');
      expect((await bed.provider.getSession(open.sessionId)).status).toBe('OPENED');
      const [expired] = (await bed.provider.getSession(session.sessionId)).events;
      expect(expired?.type).toBe('session.expired');
      expect(Date.parse(expired?.occurredAt ?? '') - Date.now()).toBeGreaterThan(1_790_000);
      expect(await bed.join(session)).toBe(404);
      const [sent] = await until(() => bed.receiver.of('/clock'), list => list.length > 0);
      expect(Number(sent?.headers.get('webhook-timestamp')) * 1_000 - Date.now()).toBeGreaterThan(1_790_000);
    } finally {
      await bed.simulator.control('clock', { offsetMs: 0 });
    }
  });

  it('withheld webhooks are lost, and stand in the snapshot', async () => {
    await bed.simulator.control('withhold', { types: ['session.ended'] });
    const session = await bed.create('/withhold');
    await bed.join(session);
    await bed.press(session, { act: 'share-location' });
    await bed.press(session, { act: 'close-page' });
    await bed.simulator.control('withhold', { types: [] });
    await until(() => bed.receiver.of('/withhold').map(one => one.type), types => types.includes('recording_ready'));
    expect(bed.receiver.of('/withhold').map(one => one.type)).toEqual(['opened', 'consent_given', 'location', 'recording_ready']);
    expect(await bed.eventTypes(session)).toEqual(['opened', 'consent_given', 'location', 'ended', 'recording_ready']);
  });

  it('signs with the old, the new, or both secrets', async () => {
    for (const signWith of ['old', 'both', 'new'] as const) {
      await bed.simulator.control('secrets', { signWith });
      await bed.join(await bed.create(`/sign-${signWith}`));
      const [got] = await until(() => bed.receiver.of(`/sign-${signWith}`), list => list.length === 2);
      if (!got) throw new Error('nothing came');
      const fits = bed.secrets.map(secret => verifies(got.headers, got.rawBody, [secret]));
      expect(fits).toEqual([signWith !== 'old', signWith !== 'new']);
    }
  });

  it('emits any event: a right one is in the snapshot, a wrong one is only sent', async () => {
    const session = await bed.create('/emit');
    const emit = (body: unknown): Promise<unknown> => bed.simulator.control(`sessions/${session.sessionId}/emit`, body);
    await emit({ type: 'session.ended', data: { by: 'LIMIT' } });
    await emit({ type: 'session.holiday' });
    await emit({ type: 'session.location', data: { lat: 'north' } });
    await emit({ type: 'session.opened', envelope: { id: 'evt_again', externalRef: 'somebody-else' } });
    const got = await until(() => bed.receiver.of('/emit'), list => list.length === 4);
    expect(got.map(one => [one.type, one.isVerified])).toEqual([['ended', true], ['session.holiday', true], ['unreadable', true], ['opened', true]]);
    expect(got[3]?.rawBody.toString('utf8')).toContain('"externalRef":"somebody-else"');
    expect(await bed.eventTypes(session)).toEqual(['ended']);
  });

  it('sends again what was refused, in order, under the same id', async () => {
    const session = await bed.create('/retry');
    bed.receiver.refuse = { status: 503, times: 2 };
    await bed.join(session);
    const got = await until(() => bed.receiver.of('/retry'), list => list.length === 4);
    expect(got.map(one => one.type)).toEqual(['opened', 'opened', 'opened', 'consent_given']);
    expect(new Set(got.slice(0, 3).map(one => one.id)).size).toBe(1);
  });

  it('plays armed scenarios for the next sessions, in their order', async () => {
    for (const scenario of ['022', '019']) await bed.simulator.control('arm', { scenario });
    const [first, second, third] = [await bed.create('/arm-1'), await bed.create('/arm-2', { mode: 'LOCATION' }), await bed.create('/arm-3')];
    for (const session of [first, second, third]) await bed.join(session);
    await until(() => bed.eventTypes(first), types => types.includes('media_stopped') && types.includes('ended'));
    await until(() => bed.eventTypes(second), types => types.includes('ended') && types.filter(type => type === 'location').length === 3);
    expect(await bed.eventTypes(third)).toEqual(['opened', 'consent_given']);
    await expect(bed.simulator.control('arm', { scenario: '032' })).rejects.toThrow('422');
  });

  it('takes the scenario of a session that is there already, by its switch or with the join, until the person joined', async () => {
    const [one, two] = [await bed.create('/late-1', { mode: 'LOCATION' }), await bed.create('/late-2', { mode: 'LOCATION' })];
    await bed.simulator.control(`sessions/${one.sessionId}/arm`, { scenario: '019' });
    await bed.join(one);
    await fetch(`${two.publicUrl}/join`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ scenario: '020' }) });
    for (const session of [one, two]) await until(() => bed.eventTypes(session), types => types.includes('ended'));
    await expect(bed.simulator.control(`sessions/${one.sessionId}/arm`, { scenario: '001' })).rejects.toThrow('409');
  });

  it('records nothing when it was told not to', async () => {
    await bed.simulator.control('arm', { scenario: '001' });
    const session = await bed.create('/unrecorded', { record: false });
    await bed.join(session);
    await until(() => bed.eventTypes(session), types => types.includes('ended'));
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(await bed.provider.listMedia(session.sessionId)).toEqual([]);
  });

  it('refuses anything about a person in a create', async () => {
    for (const more of [{ to: '+447700900001' }, { smsBody: 'x' }, { incident: 'IML 123456' }]) {
      const body = { ...request(bed.receiver.url), ...more };
      expect(await kindOf(bed.provider.createSession(body, { idempotencyKey: 'person' }))).toBe('validation');
    }
  });
});

describe('seed', () => {
  const run = async (seed: number): Promise<{ readonly ids: readonly string[]; readonly weather: readonly unknown[]; readonly outcomes: readonly string[] }> => {
    const one = await startBed({ seed, faults: { unavailable: 0.2, rateLimited: 0.2 }, latency: { medianMs: 2, p95Ms: 6 } });
    try {
      const ids: string[] = [];
      const outcomes: string[] = [];
      for (let n = 0; n < 20; n += 1) {
        const made = one.create(`/seed-${n}`, { externalRef: `ref-${n}` });
        outcomes.push(await kindOf(made));
        ids.push(await made.then(session => session.sessionId, () => '-'));
      }
      return { ids, outcomes, weather: (await one.log()).filter(entry => 'weather' in entry).map(entry => [entry['weather'], entry['latencyMs']]) };
    } finally {
      await one.stop();
    }
  };

  it('the same seed gives the same ids, faults and latencies; another gives others', async () => {
    const [one, again, other] = await Promise.all([run(3), run(3), run(4)]);
    expect(again).toEqual(one);
    expect(other.ids).not.toEqual(one.ids);
    expect(other.weather).not.toEqual(one.weather);
    expect(new Set(one.outcomes)).toEqual(new Set(['no error', 'unavailable', 'rateLimited']));
  });

  it('without one, ids never repeat over restarts', async () => {
    const [one, two] = await Promise.all([startProviderSimulator(), startProviderSimulator()]);
    await Promise.all([one.stop(), two.stop()]);
    expect(one.seed).not.toBe(two.seed);
    expect(one.environment.LIVE_LINK_WEBHOOK_SECRETS).not.toBe(two.environment.LIVE_LINK_WEBHOOK_SECRETS);
  });
});

it('ends when the process that started it is killed', async () => {
  const start = join(import.meta.dirname, '..', '..', '..', 'local', 'simulators', 'provider', 'start.ts');
  const program = `const { startProviderSimulator } = await import(${JSON.stringify(start)}); const s = await startProviderSimulator(); console.log(s.pid); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>(resolve => createInterface({ input: parent.stdout }).on('line', line => resolve(Number(line))));
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  expect(await until(() => isAlive(pid), alive => !alive)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
