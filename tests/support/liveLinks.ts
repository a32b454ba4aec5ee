import { randomBytes } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeTenant, staffMember } from '../../local/issuer/staff.ts';
import { listening, stopped } from '../../local/loopback.ts';
import { linkOrigins, startSimulators, type SimulatorSettings, type Simulators } from '../../local/simulators/all.ts';
import type { System, SystemSettings } from '../../local/system.ts';
import { createClient, newKey, text, type Answer, type Client } from './client.ts';
import { startService, until, type Service } from './service.ts';

export interface LiveLinks extends Service {
  readonly simulators: Simulators;
  readonly system: System;
  /** Moves the clock of the app and of every simulator on, and nothing else. */
  advance(seconds: number): Promise<void>;
  /** Moves the clock of the app and of every simulator on, then lets what is due happen. */
  pass(seconds: number): Promise<void>;
  /** Looks for what is due and waits until all work is done. */
  settle(): Promise<void>;
}

export interface LiveLinkSettings {
  readonly service?: Partial<SystemSettings>;
  readonly provider?: SimulatorSettings['provider'];
  readonly notify?: SimulatorSettings['notify'];
}

/** The built app with live links on, against simulators of everything outside. The provider's is a process of its own. */
export async function startLiveLinks({ service: settings = {}, provider, notify }: LiveLinkSettings = {}): Promise<LiveLinks> {
  const folder = await mkdtemp(join(tmpdir(), 'links-'));
  const clockFile = join(folder, 'clock');
  let offset = 0;
  const simulators = await startSimulators({ tenantId: homeTenant, offset: () => offset, ...(provider && { provider }), ...(notify && { notify }) });
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const service = await startService({
    ...settings, port,
    environment: { ...simulators.environment, ...linkOrigins(port), PUBLIC_BASE_URL: base, CLOCK_OFFSET_FILE: clockFile, ...settings.environment },
  });
  if (!service.local) throw new Error('live links are tested on the embedded host');
  const { system, issuer } = service.local;
  simulators.connect(base);
  const advance = async (seconds: number): Promise<void> => {
    offset += seconds * 1000;
    // In one step: a file that is half written would show the time of today.
    await writeFile(`${clockFile}.next`, String(offset));
    await rename(`${clockFile}.next`, clockFile);
    await Promise.all([simulators.provider.control('clock', { offsetMs: offset }), control(`${simulators.notify.url}/sim/clock`, { offsetMs: offset })]);
  };
  const settle = async (): Promise<void> => {
    // What one look makes due may make more due at once: two looks that find nothing new end it.
    for (let n = 0; n < 3; n++) {
      await system.host.run('LiveLinkDue');
      await system.drain(60_000);
    }
  };
  // The app judges tokens by its own clock, which may be days ahead: they are issued by that clock as well.
  const token = (login: string): Promise<string> => {
    const now = Math.floor((Date.now() + offset) / 1_000);
    return issuer.token(login, { claims: { iat: now, nbf: now, exp: now + 3_600 } });
  };
  return {
    ...service, simulators, system, settle, advance,
    as: login => createClient(() => system.host.url(), () => token(login)),
    async pass(seconds) {
      await advance(seconds);
      await settle();
    },
    stop: async () => {
      await service.stop();
      await simulators.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function control(url: string, body: object): Promise<void> {
  const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${await reply.text()}`);
}

/** The app must know its own address before it starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  const url = await listening(server, 0);
  await stopped(server);
  return Number(new URL(url).port);
}

/** A request for a live link with what every area needs; the rest is the test's. */
export function ask(person: Client, body: object, key = newKey()): Promise<Answer> {
  return person.post('/api/live-links', { key, body: { incidentSystem: 'IML', incidentRef: `IML ${String(1_000_000 + (randomBytes(3).readUIntBE(0, 3) % 8_999_999))}`, overt: true, ...body } });
}

/** Asks and gives the request's id. @throws when it was not accepted */
export async function opened(person: Client, body: object): Promise<string> {
  const answer = await ask(person, body);
  if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`);
  return text(answer, 'requestId');
}

/** Waits until the request stands in one of these states. */
export function stands(person: Client, requestId: string, ...states: string[]): Promise<Answer> {
  return until(() => person.get(`/api/live-links/${requestId}`), answer => states.includes(String(answer.json['state'])), 20_000);
}

export function give(person: Client, requestId: string, command: string, body?: object): Promise<Answer> {
  return person.post(`/api/live-links/${requestId}/${command}`, body ? { body } : {});
}

/** The number whose last three digits name a scenario. */
export function phone(scenario: string): string {
  return `+447700900${scenario}`;
}

/** The link in the newest text to this number. */
export async function linkIn(links: Pick<LiveLinks, 'simulators'>, number: string): Promise<string> {
  const message = await links.simulators.notify.waitForMessage(item => item.to === number, 15_000);
  const newest = links.simulators.notify.messages().filter(item => item.to === number).at(-1) ?? message;
  const found = /https?:\/\/\S+/.exec(newest.text)?.[0];
  if (found === undefined) throw new Error(`no link in the text: ${newest.text}`);
  return found;
}

/** A person's phone without scripts: the pages of one link. */
export interface Phone {
  readonly link: string;
  look(): Promise<{ readonly status: number; readonly html: string; readonly headers: Headers }>;
  press(action: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<{ readonly status: number; readonly html: string; readonly headers: Headers }>;
}

export function phoneWith(link: string): Phone {
  let cookie = '';
  const call = async (url: string, init: RequestInit): Promise<{ status: number; html: string; headers: Headers }> => {
    const reply = await fetch(url, { redirect: 'manual', ...init, headers: { ...(cookie !== '' && { cookie }), ...Object.fromEntries(new Headers(init.headers)) } });
    const set = reply.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? '';
    return { status: reply.status, html: await reply.text(), headers: reply.headers };
  };
  return {
    link,
    look: () => call(link, {}),
    press(action, fields = {}) {
      const form = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) for (const one of typeof value === 'string' ? [value] : value) form.append(name, one);
      return call(`${link}/${action}`, { method: 'POST', body: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' } });
    },
  };
}

/** Landing, consent, agreed: as far as our own pages go. */
export async function agree(device: Phone, scope: readonly string[]): Promise<void> {
  await device.press('continue', { step: 'READ' });
  const after = await device.press('agree', { scope, textVersion: 'v1.0', lang: 'en' });
  if (!after.html.includes('/stop')) throw new Error(`not agreed: ${after.status} ${after.html.slice(0, 400)}`);
}

export function objectIdOf(login: string): string {
  return staffMember(login).objectId;
}
