import { setTimeout as sleep } from 'node:timers/promises';
import { signWebhook, webhookKeys } from '../../functions/goodsam/provider/signature.ts';
import { agree, ask, linkIn, opened, phoneWith, startLiveLinks, type LiveLinks } from '../support/liveLinks.ts';
import type { Client } from '../support/client.ts';
import { until } from '../support/service.ts';
import { ms, quantile, timed, type Figure } from './figures.ts';

const seconds = Number(process.env['BENCH_SECONDS'] ?? '60');
const perSecond = 5;
const video = { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', onVoiceCall: true, askedAndSafe: true };

/** Live links of the built app against the simulators, the look-up of markers answering after 5 ms (goodsam.md 18): how long until a request is accepted, and until a report shows. */
export async function liveLinkFigures(): Promise<Figure[]> {
  const links = await startLiveLinks({ notify: { phoneOf: () => ({ opens: 'never', receipt: 'never' }) } });
  try {
    const carl = links.as('carl.controller');
    await opened(carl, { ...video, msisdn: number(0) });
    return [...await creates(links, carl), await webhooks(links, carl)];
  } finally {
    await links.stop();
  }
}

/** Storage calls of each kind of request, on a host of its own whose calls go through the proxy that lists them. */
export async function liveLinkTrips(): Promise<Figure[]> {
  const links = await startLiveLinks({ service: { faults: true }, notify: { phoneOf: () => ({ opens: 'never', receipt: 'never' }) } });
  try {
    return await trips(links, links.as('carl.controller'));
  } finally {
    await links.stop();
  }
}

function number(n: number): string {
  return `+447700900${String(n % 1000).padStart(3, '0')}`;
}

/** Five a second whatever the answers do: a request that waits for the one before it would hide its own delay. Health at the same moments is the floor. */
async function creates(links: LiveLinks, carl: Client): Promise<Figure[]> {
  const taken: number[] = [];
  const floor: number[] = [];
  const under: Promise<unknown>[] = [];
  const start = performance.now();
  for (let n = 0; n < seconds * perSecond; n++) {
    await sleep(Math.max(0, start + n * 1000 / perSecond - performance.now()));
    under.push(timed(() => ask(carl, { ...video, msisdn: number(n + 1) })).then(({ milliseconds, result }) => {
      if (result.status !== 202) throw new Error(`not accepted: ${result.status}`);
      taken.push(milliseconds);
    }));
    under.push(sleep(100).then(() => timed(() => fetch(`${links.url}/api/health`).then(reply => reply.arrayBuffer()))).then(({ milliseconds }) => floor.push(milliseconds)));
  }
  await Promise.all(under);
  await links.system.drain(120_000);
  const [p50, p95] = [quantile(taken, 0.5), quantile(taken, 0.95)];
  const health = quantile(floor, 0.95);
  return [
    { what: `live link: create to accepted at 5 a second for ${seconds} s, p95`, value: ms(p95), floor: `GET /api/health p95 ${ms(health)}`, ratio: p95 / health, bar: '80 ms', isMet: p95 <= 80 },
    { what: 'the same, p50', value: ms(p50), floor: `GET /api/health p50 ${ms(quantile(floor, 0.5))}`, ratio: p50 / quantile(floor, 0.5), bar: '80 ms', isMet: p50 <= 80 },
  ];
}

/** A person who has agreed: the session is theirs and the next report moves the request. */
async function consented(links: LiveLinks, carl: Client, to: string): Promise<{ requestId: string; sessionId: string }> {
  const requestId = await opened(carl, { ...video, msisdn: to });
  await until(() => carl.get(`/api/live-links/${requestId}`), ({ json }) => json['state'] === 'SENT', 60_000);
  const device = phoneWith(await linkIn(links, to));
  await agree(device, ['VIDEO', 'LOCATION', 'SOUND']);
  const sessionId = /\/s\/([^"/]+)"/.exec((await device.look()).html)?.[1] ?? '';
  return { requestId, sessionId };
}

async function report(links: LiveLinks, { requestId, sessionId }: { requestId: string; sessionId: string }, id: string): Promise<void> {
  const rawBody = Buffer.from(JSON.stringify({ id, type: 'session.media_started', occurredAt: new Date().toISOString(), sessionId, externalRef: requestId, sequence: 1, data: {} }));
  const timestamp = Math.floor(Date.now() / 1000);
  const [key] = webhookKeys([links.simulators.provider.environment.LIVE_LINK_WEBHOOK_SECRETS.split(',')[0] ?? '']);
  if (!key) throw new Error('no key');
  const reply = await fetch(`${links.url}/api/webhooks/live-link/http`, {
    method: 'POST', body: rawBody, headers: { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signWebhook(key, { id, timestamp, rawBody }) },
  });
  if (!reply.ok) throw new Error(`the report was not taken: ${reply.status}`);
}

async function webhooks(links: LiveLinks, carl: Client): Promise<Figure> {
  const taken: number[] = [];
  for (let n = 0; n < 20; n++) {
    const session = await consented(links, carl, number(900 + n));
    taken.push((await timed(async () => {
      await report(links, session, `evt-bench-${n}`);
      await until(() => carl.get(`/api/live-links/${session.requestId}`), ({ json }) => json['state'] === 'IN_SESSION');
    })).milliseconds);
  }
  const p95 = quantile(taken, 0.95);
  return { what: 'live link: report to state seen in GET, p95', value: ms(p95), bar: '1,000 ms', isMet: p95 <= 1_000 };
}

/** All storage calls until the answer; those side by side count each, so the serial round trips are fewer. The bars keep them where they are: a call that is added shows. */
async function trips(links: LiveLinks, carl: Client): Promise<Figure[]> {
  const { host } = links.system;
  const once = async (work: () => Promise<unknown>): Promise<number> => {
    await links.system.drain(60_000);
    await host.setFaults({});
    await work();
    return (await host.storageCalls()).length;
  };
  // The least of some: a worker may have begun before the list was read.
  const count = async (work: (n: number) => Promise<unknown>): Promise<number> => {
    const found: number[] = [];
    for (let n = 0; n < 5; n++) found.push(await once(() => work(n)));
    return Math.min(...found);
  };
  const session = await consented(links, carl, number(950));
  const link = await linkIn(links, number(950));
  const create = await count(n => opened(carl, { ...video, msisdn: number(951 + n) }));
  const page = await count(() => fetch(link).then(reply => reply.text()));
  const webhook = await count(n => report(links, session, `evt-bench-trips-${n}`));
  const view = await count(() => carl.get(`/api/live-links/${session.requestId}`));
  const figure = (what: string, calls: number, bar: number): Figure => ({ what: `storage calls of ${what}`, value: String(calls), bar: `${bar}`, isMet: calls <= bar });
  return [figure('a create', create, 12), figure('a page of the public', page, 4), figure('a webhook', webhook, 12), figure('a view by staff', view, 6)];
}
