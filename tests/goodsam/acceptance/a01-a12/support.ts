import { BlobServiceClient } from '@azure/storage-blob';
import * as z from 'zod';
import { signWebhook, webhookKeys } from '../../../../functions/goodsam/provider/signature.ts';
import { objectIdOf, type LiveLinks } from '../../../support/liveLinks.ts';
import { until } from '../../../support/service.ts';

const entries = z.object({ entries: z.array(z.looseObject({ kind: z.string(), method: z.string().optional(), path: z.string().optional(), body: z.string().optional(), status: z.unknown().optional(), sessionId: z.string().optional(), eventId: z.string().optional(), type: z.string().optional(), outcome: z.unknown().optional(), weather: z.unknown().optional() })) });
export type LogEntry = z.output<typeof entries>['entries'][number];

/** Everything that the provider's process has seen and done, oldest first. */
export async function providerLog({ simulators }: LiveLinks): Promise<LogEntry[]> {
  return entries.parse(await simulators.provider.control('log')).entries;
}

/** Waits until the provider has taken in a call that it has not answered yet. */
export async function callInHand(links: LiveLinks): Promise<void> {
  // The weather is drawn when a call comes in, the call itself is noted when it is answered.
  await until(() => providerLog(links), log => log.filter(({ weather }) => weather !== undefined).length > log.filter(({ kind }) => kind === 'api').length);
}

/** The calls of the app to the provider's interface, whatever they were about. */
export async function providerCalls(links: LiveLinks): Promise<LogEntry[]> {
  return (await providerLog(links)).filter(entry => entry.kind === 'api');
}

const sessions = z.object({ sessions: z.array(z.object({ sessionId: z.string(), externalRef: z.string(), status: z.string() })) });

/** The sessions that exist at the provider for one request. */
export async function sessionsOf({ simulators }: LiveLinks, requestId: string): Promise<{ sessionId: string; status: string }[]> {
  const all = sessions.parse(await simulators.provider.control('sessions')).sessions;
  return all.filter(({ externalRef }) => externalRef === requestId).map(({ sessionId, status }) => ({ sessionId, status }));
}

export function textsTo({ simulators }: LiveLinks, number: string): string[] {
  return simulators.notify.messages().filter(({ to }) => to === number).map(({ text }) => text);
}

/** The cards in Teams that this person sees now, as JSON, about this request. */
export function cardsOf({ simulators }: LiveLinks, login: string, requestId: string): string[] {
  return simulators.teams.cards().filter(({ to }) => to === objectIdOf(login)).map(({ card }) => JSON.stringify(card)).filter(card => card.includes(requestId));
}

/** Names of the raw reports that are kept about this request; without a request, of all. */
export async function rawReports({ system }: LiveLinks, requestId = ''): Promise<string[]> {
  const container = BlobServiceClient.fromConnectionString(system.connectionString).getContainerClient('documents');
  const names: string[] = [];
  for await (const { name } of container.listBlobsFlat({ prefix: `live-link-reports/${requestId}` })) names.push(name);
  return names;
}

export interface Report {
  readonly event: Readonly<Record<string, unknown>> & { readonly id: string };
  /** Which of the two secrets signs, or one that is neither. */
  readonly secret?: 'new' | 'old' | 'unknown';
  /** Seconds by which the signed time is off. */
  readonly off?: number;
  /** Changes the body after it was signed. */
  readonly tamper?: (body: string) => string;
}

/** Sends a webhook as the provider would, or as somebody would who is not the provider. Gives the app's answer. */
export async function sendReport(links: LiveLinks, { event, secret = 'new', off = 0, tamper = body => body }: Report): Promise<{ status: number; body: string }> {
  const [current, old] = webhookKeys((links.simulators.environment['LIVE_LINK_WEBHOOK_SECRETS'] ?? '').split(','));
  const key = secret === 'new' ? current : secret === 'old' ? old : new TextEncoder().encode('nobody knows this secret of ours');
  if (!key) throw new Error('the app was started without two secrets');
  const signed = JSON.stringify(event);
  const timestamp = Math.floor(Date.now() / 1_000) + off;
  const reply = await fetch(`${links.url}/api/webhooks/live-link/goodsam`, {
    method: 'POST', body: tamper(signed),
    headers: { 'content-type': 'application/json', 'webhook-id': event.id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signWebhook(key, { id: event.id, timestamp, rawBody: new TextEncoder().encode(signed) }) },
  });
  return { status: reply.status, body: await reply.text() };
}

/** The person goes on from our page to the provider's, where a scenario plays by itself. */
export async function joinProvider(html: string, scenario: string): Promise<void> {
  const session = /href="(http[^"]+\/s\/[^"]+)"/.exec(html)?.[1];
  if (session === undefined) throw new Error('the page leads to no session');
  const reply = await fetch(`${session}/join`, { method: 'POST', body: `scenario=${scenario}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, redirect: 'manual' });
  if (reply.status !== 303) throw new Error(`not joined: ${reply.status}`);
}
