import { readsChain } from '../../../../shared/case/keys.ts';
import { ownReference } from '../../../../functions/goodsam/rules/references.ts';
import * as z from 'zod';
import type { Answer, Client } from '../../../support/client.ts';
import { newKey, rows } from '../../../support/client.ts';
import { agree, linkIn, objectIdOf, opened, phoneWith, stands, type LiveLinks, type Phone } from '../../../support/liveLinks.ts';
import { until } from '../../../support/service.ts';
import { contentsOf, packedRow } from '../../../support/storage.ts';

/** Every phone gets its text and opens nothing by itself: the tests press the buttons. */
export const quietPhones = { phoneOf: () => ({ opens: 'never', receipt: 'delivered' } as const), receiptDelayMs: 20 } as const;

const logEntry = z.object({ at: z.string(), kind: z.string(), type: z.string().optional(), method: z.string().optional(), path: z.string().optional(), body: z.string().optional(), status: z.union([z.number(), z.string()]).optional(), sessionId: z.string().optional() });
export type LogEntry = z.output<typeof logEntry>;

/** What the provider's simulator noted, oldest first. */
export async function providerLog(links: LiveLinks): Promise<LogEntry[]> {
  return z.object({ entries: z.array(logEntry) }).parse(await links.simulators.provider.control('log')).entries;
}

/** Tries to create a session for this request, whatever became of them. */
export async function creations(links: LiveLinks, requestId: string): Promise<LogEntry[]> {
  return (await providerLog(links)).filter(entry => entry.kind === 'api' && entry.method === 'POST' && entry.path === '/v1/sessions' && entry.body?.includes(requestId));
}

export async function sessionsOf(links: LiveLinks, requestId: string): Promise<{ sessionId: string; status: string }[]> {
  const shape = z.object({ sessions: z.array(z.object({ sessionId: z.string(), externalRef: z.string(), status: z.string() })) });
  return shape.parse(await links.simulators.provider.control('sessions')).sessions.filter(session => session.externalRef === requestId);
}

/** A request of the control room whose link is with the person. */
export async function sent(person: Client, msisdn: string, more: object = {}): Promise<string> {
  const requestId = await opened(person, { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn, onVoiceCall: true, askedAndSafe: true, ...more });
  await stands(person, requestId, 'SENT', 'DELIVERED');
  return requestId;
}

/** The session at the provider, as the person's phone sees it. */
export interface Session {
  readonly device: Phone;
  readonly sessionId: string;
  press(act: string): Promise<void>;
}

/** From our consent page into the provider's session. */
export async function joined(links: LiveLinks, number: string, scope: readonly string[], letIn?: () => Promise<unknown>): Promise<Session> {
  const device = phoneWith(await linkIn(links, number));
  if (letIn) {
    await device.press('continue', { step: 'JOIN' });
    await letIn();
  }
  await agree(device, scope);
  const url = /href="(http[^"]+\/s\/[^"]+)"/.exec((await device.look()).html)?.[1];
  if (url === undefined) throw new Error('the page has no way into the session');
  const post = async (part: string, body: string): Promise<void> => {
    const reply = await fetch(`${url}/${part}`, { method: 'POST', redirect: 'manual', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    if (reply.status >= 400) throw new Error(`${part} ${body}: ${reply.status}`);
  };
  await post('join', '');
  return { device, sessionId: new URL(url).pathname.replace('/s/', ''), press: act => post('do', `act=${act}`) };
}

/** A running session of the control room, with the picture on. */
export async function running(links: LiveLinks, person: Client, number: string): Promise<Session & { readonly requestId: string }> {
  const requestId = await sent(person, number);
  const session = await joined(links, number, ['VIDEO', 'LOCATION', 'SOUND']);
  await session.press('start-video');
  await stands(person, requestId, 'IN_SESSION');
  return { ...session, requestId };
}

/** Cards of this title about this request that lie before this person, newest first, as they look now. */
export function cardsTo(links: LiveLinks, login: string, title: string, requestId: string): string[] {
  return links.simulators.teams.cards().filter(card => card.to === objectIdOf(login)).map(card => JSON.stringify(card.card)).filter(card => card.includes(title) && card.includes(ownReference(requestId)));
}

export function textsTo(links: LiveLinks, number: string): number {
  return links.simulators.notify.messages().filter(message => message.to === number).length;
}

const audited = z.object({ at: z.string(), by: z.string(), what: z.string(), kind: z.string(), about: z.string() });
export type Audited = z.output<typeof audited>;

export async function auditOf(person: Client, requestId: string): Promise<Audited[]> {
  return rows(await person.get(`/api/live-links/${requestId}/audit?limit=200`)).map(row => audited.parse(row));
}

const consulted = z.object({ at: z.string(), by: z.string(), what: z.string(), kind: z.string(), about: z.unknown() });

/** The log of consultations of one request, as it lies in the table. */
export async function consultationsOf(links: LiveLinks, requestId: string, month: string): Promise<z.output<typeof consulted>[]> {
  const contents = await contentsOf(links.system.connectionString);
  const chain = `cases/${readsChain(requestId, month)}/audit|`;
  return [...contents].filter(([place]) => place.startsWith(chain)).map(([, row]) => consulted.parse(packedRow(row)));
}

/** PUT with the version that the officer saw. */
export async function replace(links: LiveLinks, login: string, path: string, { body, etag }: { readonly body: object; readonly etag: string }): Promise<{ readonly status: number; readonly json: unknown }> {
  const token = await links.local?.issuer.token(login);
  const reply = await fetch(`${links.system.host.url()}${path}`, {
    method: 'PUT', body: JSON.stringify(body), headers: { 'authorization': `Bearer ${token ?? ''}`, 'content-type': 'application/json', 'idempotency-key': newKey(), 'if-match': etag },
  });
  const json: unknown = await reply.json();
  return { status: reply.status, json };
}

export function etagOf(answer: Answer): string {
  return answer.headers.get('etag') ?? '';
}

/** Waits until this is there. */
export async function soon<T>(look: () => T | undefined | Promise<T | undefined>, milliseconds = 15_000): Promise<T> {
  const found = await until(async () => ({ value: await look() }), answer => answer.value !== undefined, milliseconds);
  if (found.value === undefined) throw new Error('it was there a moment ago');
  return found.value;
}

/** Looks for what is due until there are so many; says how many there were when there never are. */
export async function comesTo(links: LiveLinks, count: () => number, wanted: number): Promise<void> {
  await until(async () => {
    await links.settle();
    return { count: count() };
  }, answer => answer.count === wanted, 20_000);
}

/** `seconds` from the app's now, whole seconds. */
export function inSeconds(offset: number, seconds: number): string {
  return new Date(Date.now() + (offset + seconds) * 1000).toISOString();
}
