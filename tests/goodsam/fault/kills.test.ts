import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLiveLinks, type LiveLinks } from '../../support/liveLinks.ts';
import type { Client } from '../../support/client.ts';
import { faultsOf, faulty, openedPersistently, persistently, randomOf, sessionsOf, startKiller, viewOf } from './support.ts';

/** A tenth of the size of reliability-and-security.md 3.1 unless FAULT_SCALE=1. */
const scale = process.env['FAULT_SCALE'] === '1' ? 10 : 1;
const requests = 30 * scale;
const kills = 6 * scale;
const seed = Number(process.env['FAULT_SEED'] ?? '') || 20_261_125;

let links: LiveLinks;
let carl: Client;
beforeAll(async () => {
  links = await startLiveLinks({
    service: faulty, provider: { latency: { medianMs: 20, p95Ms: 60 } },
    notify: { phoneOf: () => ({ opens: 'never', receipt: 'delivered' }), receiptDelayMs: 100, receiptRetryMs: 300 },
  });
  carl = links.as('carl.controller');
});
afterAll(async () => { await links.stop(); });

describe(`F1 for a send, seed ${seed}`, () => {
  it('kill -9 of the host at random: no request is lost, each has one text, and no session lives that nobody has', async () => {
    const random = randomOf(seed);
    const killer = startKiller(links, { seed: seed + 1, kills, within: 140 });
    const made: Made[] = [];
    let next = 0;
    const client = async (): Promise<void> => {
      // More than asked for when the host was not killed often enough.
      for (let n = next++; n < requests || killer.kills() < kills; n = next++) {
        const requestId = await openedPersistently(carl, { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn: `+447700900${String(100 + (n % 800))}`, onVoiceCall: true, askedAndSafe: true });
        // Every third is called off, at a moment when its text may be on its way.
        made.push({ requestId, isCancelled: n % 3 === 0 && await cancelled(requestId, random.upTo(60)) === 202 });
      }
    };
    try {
      await Promise.all(Array.from({ length: 4 }, client));
    } finally {
      await killer.stop();
    }
    await links.system.drain(60_000);
    await links.settle();
    expect(killer.kills()).toBeGreaterThanOrEqual(kills);
    await expectWhole(made);
    expect(await faultsOf(links)).toEqual({ faults: [], pending: [] });
  }, 240_000 * scale);
});

interface Made { readonly requestId: string; readonly isCancelled: boolean }

async function cancelled(requestId: string, afterMs: number): Promise<number> {
  await new Promise(resolve => setTimeout(resolve, afterMs));
  return (await persistently(key => carl.post(`/api/live-links/${requestId}/cancel`, { key, body: { reason: 'CALLED_OFF' } }))).status;
}

/** Each request as its view, the text service and the provider know it. */
async function expectWhole(made: readonly Made[]): Promise<void> {
  const sessions = await sessionsOf(links);
  const texts = links.simulators.notify.messages();
  const found = await Promise.all(made.map(async ({ requestId, isCancelled }) => ({
    requestId, state: String((await viewOf(carl, requestId))['state']), isCancelled,
    texts: texts.filter(message => message.reference === `${requestId}:1`).length,
    live: sessions.filter(session => session.externalRef === requestId && !['CANCELLED', 'ENDED'].includes(session.status)).length,
  })));
  for (const one of found) {
    if (one.isCancelled) expect({ ...one, texts: Math.max(0, one.texts - 1) }).toMatchObject({ state: 'CANCELLED', texts: 0, live: 0 });
    else expect(one).toMatchObject({ state: expect.stringMatching(/^(?:SENT|DELIVERED)$/), texts: 1, live: 1 });
  }
  const known = new Set(made.map(({ requestId }) => requestId));
  expect(sessions.filter(session => !known.has(session.externalRef))).toEqual([]);
  expect(texts.map(({ reference }) => reference).filter(reference => !known.has(reference?.split(':')[0] ?? ''))).toEqual([]);
}
