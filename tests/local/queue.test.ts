import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { encode, eventually, startFixture, type RunningFixture } from './fixture/running.ts';

let fixture: RunningFixture;
beforeAll(async () => { fixture = await startFixture(); });
afterAll(async () => { await fixture.stop(); });

const rowSchema = z.object({ message: z.unknown(), metadata: z.record(z.string(), z.unknown()), at: z.number() });
async function runs(about: string): Promise<z.output<typeof rowSchema>[]> {
  return z.array(rowSchema).parse(await fixture.seen(about));
}

async function takePoison(): Promise<string[]> {
  const taken = await eventually(async () => {
    const { receivedMessageItems } = await fixture.poison.receiveMessages({ numberOfMessages: 32 }).catch(() => ({ receivedMessageItems: [] }));
    return receivedMessageItems.length > 0 ? receivedMessageItems : undefined;
  });
  for (const item of taken) await fixture.poison.deleteMessage(item.messageId, item.popReceipt);
  return taken.map(item => item.messageText);
}

describe('queue triggers', () => {
  it('trap 16: the queue name comes from a setting; a message runs its function once and is removed', async () => {
    await fixture.send({ about: 'once' });
    await fixture.system.drain();
    expect((await runs('once')).map(run => run.message)).toEqual([{ about: 'once' }]);
    expect((await fixture.queue.getProperties()).approximateMessagesCount).toBe(0);
  });

  it('trap 8: text that parses as JSON arrives parsed, and a long number loses its digits', async () => {
    for (const text of ['12345678901234567890', '"true"', 'true', 'plain words']) await fixture.queue.sendMessage(encode(text));
    await fixture.system.drain();
    const messages = (await runs('queue')).map(run => run.message);
    expect(new Set(messages)).toEqual(new Set([Number('12345678901234567000'), 'true', true, 'plain words']));
  });

  it('trap 9: trigger metadata is there, and fields of the message overwrite it as text', async () => {
    await fixture.send({ about: 'metadata' });
    await fixture.send({ about: 'collision', id: 'mine', DequeueCount: 77, Flag: true, nested: { Deep: 1 }, list: [1] });
    await fixture.system.drain();
    const [plain, collided] = [(await runs('metadata'))[0], (await runs('collision'))[0]];
    expect(plain?.metadata).toMatchObject({ queueTrigger: { about: 'metadata' }, dequeueCount: 1, popReceipt: expect.any(String) });
    expect(Object.keys(plain?.metadata ?? {}).toSorted()).toEqual([
      'about', 'dequeueCount', 'expirationTime', 'id', 'insertionTime', 'nextVisibleTime', 'popReceipt', 'queueTrigger',
    ]);
    expect(plain?.metadata['id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(collided?.metadata).toMatchObject({ id: 'mine', dequeueCount: 77, flag: 'True', nested: { deep: 1 } });
    expect(collided?.metadata).not.toHaveProperty('list');
  });

  it('trap 10: a failing message comes back after visibilityTimeout, maxDequeueCount times, then lies in the poison queue', async () => {
    // The next test's message runs meanwhile.
    await fixture.send({ about: 'long', sleepMs: 4_500 });
    await fixture.send({ about: 'failing', fail: true });
    const [raw] = await takePoison();
    const tries = await runs('failing');
    expect(tries.map(run => run.metadata['dequeueCount'])).toEqual([1, 2, 3]);
    const gaps = tries.slice(1).map((run, index) => run.at - (tries[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(900);
    expect(raw).toBe(encode(JSON.stringify({ about: 'failing', fail: true })));
  });

  it('trap 10: the lease is renewed at half-life, so work twice as long as the lease runs once', async () => {
    await fixture.system.drain();
    expect(await runs('long')).toHaveLength(1);
  });

  it('trap 10: no more than batchSize + newBatchThreshold messages are in hand', async () => {
    for (let index = 0; index < 20; index += 1) await fixture.send({ about: 'crowd', sleepMs: 700 });
    const peak = { running: 0 };
    await eventually(async () => {
      const { running, started } = await fixture.system.host.status();
      peak.running = Math.max(peak.running, running);
      return running === 0 && started > 0 && (await runs('crowd')).length === 20 ? true : undefined;
    }, 15_000);
    // batchSize 8, newBatchThreshold 4: a new batch is fetched when 4 are left.
    expect(peak.running).toBeGreaterThan(4);
    expect(peak.running).toBeLessThanOrEqual(12);
  });

  it('trap 11: an undecodable message goes to the poison queue as it is and never runs', async () => {
    const before = (await fixture.system.host.status()).started;
    await fixture.queue.sendMessage('{"about":"plain"}');
    expect(await takePoison()).toEqual(['{"about":"plain"}']);
    expect((await fixture.system.host.status()).started).toBe(before);
  });

  it('drain sees messages that are invisible: it waits for one that is delayed', async () => {
    const sentAt = Date.now();
    await fixture.queue.sendMessage(encode('{"about":"delayed"}'), { visibilityTimeout: 2 });
    await expect(fixture.system.drain(200)).rejects.toThrow('not drained after 200 ms');
    await fixture.system.host.drain();
    expect(Date.now() - sentAt).toBeGreaterThanOrEqual(1_900);
    expect(await runs('delayed')).toHaveLength(1);
  });

  it('runs a queue function on request, as the real host\'s admin interface does', async () => {
    expect(await fixture.system.host.run('worker', '{"about":"asked"}')).toBe(true);
    expect(await fixture.system.host.run('worker', '{"about":"asked","fail":true}')).toBe(false);
    expect(await runs('asked')).toHaveLength(2);
  });
});
