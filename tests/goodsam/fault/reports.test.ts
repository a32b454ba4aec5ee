import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { httpProvider } from '../../../functions/goodsam/provider/http.ts';
import { providerEventTypes, type ProviderEvent } from '../../../functions/goodsam/provider/port.ts';
import { signWebhook, webhookKeys } from '../../../functions/goodsam/provider/signature.ts';
import { agree, linkIn, opened, phoneWith, stands, startLiveLinks, type LiveLinks } from '../../support/liveLinks.ts';
import { rows, type Client } from '../../support/client.ts';
import { until } from '../../support/service.ts';
import { faultsOf, faulty, persistently, randomOf, startKiller, viewOf } from './support.ts';

/** goodsam.md 12: what the provider reports in these stories. */
const scenarios = ['001', '006', '007', '017', '018', '021', '022', '025'] as const;
/** No receipts of its own: the test sends them. */
const silent = '+447700900500';
const kills = 3;
const seed = Number(process.env['FAULT_SEED'] ?? '') || 20_261_125;

let links: LiveLinks;
let carl: Client;
beforeAll(async () => {
  links = await startLiveLinks({ service: faulty, provider: { speed: 400 }, notify: { phoneOf: to => ({ opens: 'never', receipt: to === silent ? 'never' : 'delivered' }), receiptDelayMs: 20 } });
  carl = links.as('carl.controller');
});
afterAll(async () => { await links.stop(); });

/** How many files the session leaves at the provider: recording, track, chat, or what was uploaded. */
const files: Readonly<Record<string, number>> = { '001': 2, '006': 1, '007': 2, '017': 3, '018': 3, '021': 2, '022': 2, '025': 2 };

interface Played { readonly scenario: string; readonly requestId: string; events(): Promise<readonly ProviderEvent[]> }

/** From the request to the end at the provider. What the app was told of it is another matter. */
async function play(scenario: string, number: string): Promise<Played> {
  const isUpload = scenario === '017';
  const requestId = await opened(carl, {
    area: 'FCC', reasonCode: isUpload ? 'MEDIA_UPLOAD' : 'SEE_SCENE', mode: isUpload ? 'UPLOAD' : 'VIDEO', msisdn: number, onVoiceCall: true, askedAndSafe: true, addons: ['CHAT'],
  });
  await until(() => carl.get(`/api/live-links/${requestId}`), answer => answer.json['state'] === 'DELIVERED', 60_000);
  const device = phoneWith(await linkIn(links, number));
  await agree(device, isUpload ? ['FILES', 'CHAT'] : ['VIDEO', 'LOCATION', 'SOUND', 'CHAT']);
  const session = /href="(http[^"]+\/s\/[^"]+)"/.exec((await device.look()).html)?.[1] ?? '';
  const joined = await fetch(`${session}/join`, { method: 'POST', body: `scenario=${scenario}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  expect(joined.status).toBeLessThan(400);
  const { LIVE_LINK_PROVIDER_URL: url, LIVE_LINK_PROVIDER_KEY: key } = links.simulators.provider.environment;
  const provider = httpProvider({ url, key });
  const sessionId = session.split('/').at(-1) ?? '';
  const events = async (): Promise<readonly ProviderEvent[]> => (await provider.getSession(sessionId)).events;
  await until(events, all => all.some(({ type }) => ['session.ended', 'session.consent_withdrawn', 'session.safety_exit'].includes(type)), 20_000);
  return { scenario, requestId, events };
}

/** One after the other: eight at once are slower on a busy machine, and a look-up of markers that takes too long is another story. */
async function playAll(hundred: string): Promise<Played[]> {
  const played: Played[] = [];
  for (const [n, scenario] of scenarios.entries()) played.push(await play(scenario, `+447700900${hundred}${String(n).padStart(2, '0')}`));
  return played;
}

async function post(event: ProviderEvent): Promise<number> {
  const rawBody = Buffer.from(JSON.stringify(event));
  const timestamp = Math.floor(Date.now() / 1000);
  const [key] = webhookKeys([links.simulators.provider.environment.LIVE_LINK_WEBHOOK_SECRETS.split(',')[0] ?? '']);
  if (!key) throw new Error('no key');
  const reply = await fetch(`${links.system.host.url()}/api/webhooks/live-link/http`, {
    method: 'POST', body: rawBody, headers: { 'content-type': 'application/json', 'webhook-id': event.id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signWebhook(key, { id: event.id, timestamp, rawBody }) },
  });
  return reply.status;
}

/** Sends it until it is taken, as providers do. */
async function deliver(event: ProviderEvent): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const status = await post(event).catch(() => 0);
    if (status >= 200 && status < 300) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('not taken in 60 s');
}

interface Arrival { readonly sessionId: string; readonly sequence: number }

/** One to five copies of every report, in any order, by six clients at once; what a report brings about at the provider is reported too. */
async function deliverAll(played: readonly Played[], random: ReturnType<typeof randomOf>): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  const known = new Set<string>();
  for (;;) {
    const events = (await Promise.all(played.map(one => one.events()))).flat().filter(event => !known.has(event.id));
    if (events.length === 0) return arrivals;
    const letters = random.shuffled(events.flatMap(event => Array.from({ length: 1 + random.upTo(5) }, () => event)));
    await Promise.all(Array.from({ length: 6 }, async () => {
      for (let event = letters.pop(); event; event = letters.pop()) {
        await deliver(event);
        arrivals.push({ sessionId: event.sessionId, sequence: event.sequence ?? 0 });
      }
    }));
    for (const { id } of events) known.add(id);
    await links.system.drain(150_000);
  }
}

/** Reports that came after a later one of their session. */
function outOfOrder(arrivals: readonly Arrival[]): number {
  return arrivals.filter(({ sessionId, sequence }, n) => arrivals.slice(0, n).some(other => other.sessionId === sessionId && other.sequence > sequence)).length;
}

const underWay = new Set(['PENDING', 'AVAILABLE', 'RETRIEVING', 'SCANNING']);

/** Until every file has been fetched and judged. */
async function evidenceOf({ requestId, scenario }: Played): Promise<Record<string, unknown>[]> {
  for (const end = Date.now() + 60_000; ;) {
    await links.settle();
    const list = rows(await persistently(() => carl.get(`/api/live-links/${requestId}/evidence`)));
    if (list.length >= (files[scenario] ?? 0) && list.every(item => !underWay.has(String(item['state'])))) return list;
    if (Date.now() > end) throw new Error(`${scenario} never settled: ${JSON.stringify(list.map(({ kind, state }) => [kind, state]))}`);
  }
}

/** How the request stands, without ids and without times of this run; a time counts as the kind of the report that gave it. */
async function standing(played: Played): Promise<Record<string, unknown>> {
  const { requestId, scenario } = played;
  const evidence = await evidenceOf(played);
  const view = await viewOf(carl, requestId);
  const events = await played.events();
  const kindAt = (time: unknown): string[] => [...new Set(events.filter(event => event.occurredAt === time).map(({ type }) => type))].sort();
  const list = (name: string): Record<string, unknown>[] => z.array(z.record(z.string(), z.unknown())).parse(view[name]);
  const { state, endReason, consent, consentScope, upload, evidenceFiles } = view;
  return {
    scenario, state, endReason, consent, consentScope, upload, evidenceFiles, firstMediaAt: kindAt(view['firstMediaAt']).includes('session.media_started') || kindAt(view['firstMediaAt']).length, endedAt: kindAt(view['endedAt']).length > 0,
    places: rows(await persistently(() => carl.get(`/api/live-links/${requestId}/track`))).map(({ lat, lng }) => [lat, lng]), chat: list('chat').map(message => [message['text'], message['translated']]),
    evidence: evidence.map(item => [item['kind'], item['state'], item['scan'] ?? '-'].join(' ')).sort(), // Of the places only some stay as steps, which ones depends on how they came; all are in the track.
    steps: [...new Set(list('steps').map(step => `${String(step['what'])} ${String(step['ignored'])}`))].sort(),
  };
}

describe(`A4: reports as they come, seed ${seed}`, () => {
  it('one to five copies of each, shuffled, while the host is killed: every request ends as it does without any of that', async () => {
    const random = randomOf(seed);
    const plain = await playAll('3');
    const expected = [];
    for (const one of plain) expected.push(await standing(one));
    await links.simulators.provider.control('withhold', { types: providerEventTypes });
    const rough = await playAll('4');
    const killer = startKiller(links, { seed: seed + 1, kills, within: 250 });
    let arrivals: Arrival[];
    try {
      arrivals = await deliverAll(rough, random);
    } finally {
      await killer.stop();
    }
    const found = [];
    for (const one of rough) found.push(await standing(one));
    expect(found).toEqual(expected);
    expect(expected.map(({ state, endReason }) => endReason ?? state)).toEqual(['PERSON', 'PERSON', 'PERSON', 'UPLOADED', 'PERSON', 'WITHDRAWN', 'PERSON', 'ABORTED_SAFETY']);
    expect({ kills: killer.kills(), isShuffled: outOfOrder(arrivals) > 10, isRepeated: arrivals.length > 60 }).toEqual({ kills, isShuffled: true, isRepeated: true });
    expect(await faultsOf(links)).toEqual({ faults: [], pending: [] });
  }, 420_000);
});

describe('receipts of the text service', () => {
  it('that comes before the text is known to be taken, and again and again, is one delivery', async () => {
    const { notify, provider } = links.simulators;
    // The session exists after a time-out only, so the request stands in SENDING for some seconds.
    await provider.control('arm', { scenario: '016' });
    const requestId = await opened(carl, { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn: silent, onVoiceCall: true, askedAndSafe: true });
    const at = new Date().toISOString();
    const id = randomUUID();
    const receipt = () => fetch(`${links.system.host.url()}/api/notify-receipts`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'authorization': `Bearer ${notify.environment.NOTIFY_RECEIPT_TOKEN}` },
      body: JSON.stringify({ id, reference: `${requestId}:1`, to: silent, status: 'delivered', created_at: at, completed_at: at, sent_at: at, notification_type: 'sms' }),
    });
    const answers = (await Promise.all(Array.from({ length: 5 }, receipt))).map(({ status }) => status);
    expect(answers.every(status => status === 202 || status === 200)).toBe(true);
    expect((await viewOf(carl, requestId))['state']).toBe('SENDING');
    const view = await stands(carl, requestId, 'DELIVERED');
    expect((await Promise.all(Array.from({ length: 3 }, receipt))).map(({ status }) => status)).toEqual([200, 200, 200]);
    const steps = z.array(z.object({ what: z.string(), ignored: z.boolean() })).parse((await viewOf(carl, requestId))['steps']);
    expect(steps.filter(({ what }) => what === 'delivered')).toEqual([{ what: 'delivered', ignored: false }]);
    expect(view.json['deliveredAt']).toBe(at);
    expect(notify.messages().filter(({ reference }) => reference === `${requestId}:1`)).toHaveLength(1);
  }, 60_000);
});
