import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { card, doneCard } from '../../functions/goodsam/card.ts';
import { appWindows, conversationWindows, limiter } from '../../shared/azure/teams/limits.ts';
import { TeamsError } from '../../shared/azure/teams.ts';
import { approver, startRoom, view, type Room } from './room.ts';

let room: Room;
beforeEach(async () => {
  room = await startRoom();
});
afterEach(async () => {
  await room.stop();
});

const authority = card('AUTH_NEEDED', view);
const done = doneCard(view, { collar: '4711', at: view.at });
const send = (key = 'k1') => room.teams.send({ userObjectId: approver }, authority, { key });

async function fault(work: Promise<unknown>): Promise<TeamsError> {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (error instanceof TeamsError) return error;
  throw new Error(`a TeamsError was expected, not ${String(error)}`);
}

describe('sending cards', () => {
  it('opens the chat once, sends with a preview, and updates in place', async () => {
    const sent = await send();
    expect(room.simulator.cards()).toMatchObject([{ ...sent.serviceUrl && {}, activityId: sent.activityId, to: approver, summary: 'Authority needed: GS-7K3M-9QXT', card: authority }]);
    await room.teams.update(sent, done);
    expect(room.simulator.cards()).toMatchObject([{ card: done, history: [{ card: authority }] }]);
    expect((await send('k2')).conversationId).toBe(sent.conversationId);
  });

  it('makes a second send under the same key an update of the first', async () => {
    const sent = await send();
    expect(await room.teams.send({ userObjectId: approver }, done, { key: 'k1' })).toEqual(sent);
    expect(room.simulator.cards()).toMatchObject([{ activityId: sent.activityId, card: done }]);
  });

  it('posts to a channel', async () => {
    const sent = await room.teams.send({ channelId: '19:fictional@thread.tacv2', teamId: '19:team@thread.tacv2' }, authority, { key: 'channel' });
    expect(room.simulator.cards()).toMatchObject([{ activityId: sent.activityId, conversationId: '19:fictional@thread.tacv2' }]);
  });

  it.each([429, 412, 502, 504])('tries again after %d', async status => {
    room.simulator.throttle({ of: 'connector', times: 1, status, ...(status === 429 && { retryAfterSeconds: 1 }) });
    await send();
    expect(room.simulator.cards()).toHaveLength(1);
    expect(room.waits).toEqual([status === 429 ? 1_000 : 500]);
  });

  it('gives a long Retry-After back to the queue, and gives up after three tries', async () => {
    room.simulator.throttle({ of: 'connector', times: 1, retryAfterSeconds: 60 });
    expect(await fault(send())).toMatchObject({ kind: 'throttled', retryAfterMs: 60_000 });
    expect(room.waits).toEqual([]);
    room.simulator.throttle({ of: 'connector', times: 3, status: 502 });
    expect(await fault(send())).toMatchObject({ kind: 'unavailable' });
    expect(room.simulator.cards()).toEqual([]);
  });

  it.each([[403, 'forbidden'], [404, 'gone'], [500, 'unavailable']] as const)('does not repeat after %d: %s', async (status, kind) => {
    room.simulator.throttle({ of: 'connector', times: 1, status });
    expect(await fault(send())).toMatchObject({ kind });
    expect(room.waits).toEqual([]);
    await send();
  });

  it('says gone for a card that was deleted, and unavailable while Teams is down', async () => {
    const sent = await send();
    expect(await fault(room.teams.update({ ...sent, activityId: 'never' }, done))).toMatchObject({ kind: 'gone' });
    room.simulator.outage(true);
    expect(await fault(room.teams.update(sent, done))).toMatchObject({ kind: 'unavailable' });
  });

  it('stops when it is told to', async () => {
    room.simulator.throttle({ of: 'connector', times: 1, retryAfterSeconds: 5 });
    const stop = new AbortController();
    stop.abort(new Error('time is up'));
    await expect(room.teams.send({ userObjectId: approver }, authority, { key: 'k', signal: stop.signal })).rejects.toThrow('time is up');
    expect(room.simulator.cards()).toEqual([]);
  });

  it('refuses a card over 20 KB before Teams would', async () => {
    const large = { ...authority, fallbackText: 'x'.repeat(20_000) };
    expect(await fault(room.teams.send({ userObjectId: approver }, large, { key: 'k' }))).toMatchObject({ kind: 'forbidden' });
  });
});

describe('our own limits (power-platform-and-teams.md 4.3)', () => {
  it.each([['conversation', conversationWindows], ['app', appWindows]] as const)('never exceeds any window of a %s', (_what, windows) => {
    let at = 0;
    const limits = limiter(windows, () => new Date(at));
    const times: number[] = [];
    for (let call = 0; call < 200; call += 1) {
      at += call % 7 === 0 ? 90 : 3;
      try {
        times.push(at + limits.take('a'));
      } catch (error) {
        expect(error).toMatchObject({ kind: 'throttled' });
        at += 5_000;
      }
    }
    for (const { max, perMs } of windows) {
      for (const from of times) expect(times.filter(time => time >= from && time < from + perMs).length).toBeLessThanOrEqual(max);
    }
    expect(times.length).toBeGreaterThan(80);
  });

  it('takes nothing from another conversation, and does not make a call wait without need', () => {
    const limits = limiter(conversationWindows, () => new Date(0));
    expect(Array.from({ length: 7 }, () => limits.take('a'))).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(limits.take('a')).toBe(1_000);
    expect(limits.take('b')).toBe(0);
  });
});

describe('alerts by Graph', () => {
  const alert = { userObjectId: approver, activityType: 'taskNeedsAttention', previewText: 'Task GS-7K3M-9QXT needs attention', deepLink: 'https://teams.microsoft.com/l/entity/fictional/live-links' };

  it('puts an alert into the feed', async () => {
    await room.graph.alertPerson(alert);
    expect(room.simulator.alerts()).toMatchObject([{ to: approver, activityType: 'taskNeedsAttention', text: alert.previewText, link: alert.deepLink }]);
  });

  it('waits as Retry-After says on 429, then succeeds', async () => {
    room.simulator.throttle({ of: 'graph', times: 2, retryAfterSeconds: 1 });
    const from = performance.now();
    await room.graph.alertPerson(alert);
    expect(performance.now() - from).toBeGreaterThan(1_900);
    expect(room.simulator.alerts()).toHaveLength(1);
  });

  it('gives up after two repeats with the wait that Graph asked for', async () => {
    room.simulator.throttle({ of: 'graph', times: 3, retryAfterSeconds: 1 });
    expect(await fault(room.graph.alertPerson(alert))).toMatchObject({ kind: 'throttled', retryAfterMs: 1_000 });
    expect(room.simulator.alerts()).toEqual([]);
  });

  it('says what cannot be repeated', async () => {
    expect(await fault(room.graph.alertPerson({ ...alert, deepLink: 'https://elsewhere.example' }))).toMatchObject({ kind: 'forbidden' });
  });
});
