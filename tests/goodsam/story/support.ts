import { randomUUID } from 'node:crypto';
import { expect, jest } from '@jest/globals';
import * as z from 'zod';
import { homeTenant, staff } from '../../../local/issuer/staff.ts';
import type { ShownCard } from '../../../local/simulators/teams/state.ts';
import type { Answer, Client } from '../../support/client.ts';
import { objectIdOf, startLiveLinks, type LiveLinks, type LiveLinkSettings, type Phone } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';

// A story is some hundred commits one after the other: seconds on an idle machine, and tests share theirs.
jest.setTimeout(180_000);

export interface Story extends LiveLinks {
  /** What the app's clock shows, plus some seconds, as ISO text. */
  now(plusSeconds?: number): string;
  /** PUT with the ETag of what was read. */
  put(login: string, path: string, send: { readonly body: object; readonly ifMatch: string }): Promise<Answer>;
}

/** A system of its own for one story file, with the bot installed for all staff, so that every card finds its reader. */
export async function startStory(settings: LiveLinkSettings = {}): Promise<Story> {
  // Stories choose their numbers freely: every text arrives, and nobody but the story plays the phone.
  const links = await startLiveLinks({ provider: { speed: 300 }, notify: { speed: 100, phoneOf: () => ({ opens: 'never', receipt: 'delivered' }) }, ...settings });
  for (const { objectId, tenantId } of staff) if (tenantId === homeTenant) await links.simulators.teams.install(objectId);
  let passed = 0;
  const { issuer } = links.local ?? {};
  return {
    ...links,
    now: (plusSeconds = 0) => new Date(Date.now() + (passed + plusSeconds) * 1000).toISOString(),
    async pass(seconds) {
      passed += seconds;
      await links.pass(seconds);
    },
    async put(login, path, { body, ifMatch }) {
      const iat = Math.floor(Date.now() / 1000) + passed;
      const token = await issuer?.token(login, { claims: { iat, nbf: iat, exp: iat + 3600 } }) ?? '';
      const reply = await fetch(`${links.url}${path}`, {
        method: 'PUT', body: JSON.stringify(body), headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json', 'if-match': ifMatch, 'idempotency-key': randomUUID().replaceAll('-', '') },
      });
      const bytes = new Uint8Array(await reply.arrayBuffer());
      return { status: reply.status, headers: reply.headers, bytes, json: z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(bytes).toString())) };
    },
  };
}

export function seen(person: Client, requestId: string): Promise<Answer> {
  return person.get(`/api/live-links/${requestId}`);
}

/** The cards that are about this request, newest first: each leads to it in the Power App. */
export function cardsOf(links: LiveLinks, requestId: string, login?: string): readonly ShownCard[] {
  return links.simulators.teams.cards().filter(item => JSON.stringify(item.card).includes(requestId) && (login === undefined || item.to === objectIdOf(login)));
}

/** Waits for the card of this request whose words fit. */
export async function cardFor(links: LiveLinks, requestId: string, { login, words }: { readonly login: string; readonly words: RegExp }): Promise<ShownCard> {
  const cards = await until(() => Promise.resolve(cardsOf(links, requestId, login)), found => found.some(item => words.test(JSON.stringify(item.card))), 40_000);
  const found = cards.find(item => words.test(JSON.stringify(item.card)));
  if (!found) throw new Error('the card went away');
  return found;
}

const actions = z.object({ actions: z.array(z.looseObject({ type: z.string(), verb: z.string().optional(), data: z.record(z.string(), z.unknown()).optional() })) });

/** The buttons of a card that answer it; a card that can only be opened has none. */
export function buttonsOf({ card }: Pick<ShownCard, 'card'>): { readonly verb: string; readonly data: Readonly<Record<string, unknown>> }[] {
  return actions.parse(card).actions.flatMap(({ type, verb, data = {} }) => (type === 'Action.Execute' && verb !== undefined ? [{ verb, data }] : []));
}

/** The texts that this number got, oldest first. */
export function textsTo(links: LiveLinks, number: string): readonly string[] {
  return links.simulators.notify.messages().filter(({ to }) => to === number).map(({ text }) => text);
}

export function linkFrom(text: string | undefined): string {
  const found = /https?:\/\/\S*\w/.exec(text ?? '')?.[0];
  if (found === undefined) throw new Error(`no link in the text: ${text ?? 'none'}`);
  return found;
}

/** Lines of the incident log about this request. */
export function linesOf(links: LiveLinks, requestId: string): readonly string[] {
  return links.simulators.force.received().lines.filter(({ entryId }) => entryId.startsWith(requestId)).map(({ text }) => text);
}

/** The provider's page that the live page leads to. */
export async function sessionOf(device: Phone): Promise<string> {
  const { html } = await until(() => device.look(), page => /href="http[^"]+\/s\//.test(page.html), 10_000);
  return /href="(http[^"]+\/s\/[^"]+)"/.exec(html)?.[1] ?? '';
}

/** Presses a button of the provider's page, or joins it; `scenario` then plays by itself. */
export async function press(session: string, part: 'join' | 'do', fields: Readonly<Record<string, string>> = {}): Promise<void> {
  const reply = await fetch(`${session}/${part}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  if (reply.status >= 400) throw new Error(`${part}: ${reply.status}`);
}

/** A way in on the neutral host: Join, and after Let in the landing page and consent. */
export async function comeIn(device: Phone, letIn: () => Promise<Answer>): Promise<{ readonly before: string; readonly after: string }> {
  const { html: before } = await device.press('continue', { step: 'JOIN' });
  const answer = await letIn();
  expect(answer.status).toBe(202);
  const { html: after } = await device.look();
  return { before, after };
}


