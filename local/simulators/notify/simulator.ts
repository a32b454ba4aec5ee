import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listening, stopped } from '../../loopback.ts';
import { scenarioOf } from '../scenarios.ts';
import type { Phone } from '../scenarios.ts';
import type { Answer } from './answer.ts';
import { api } from './api.ts';
import type { ApiRequest } from './api.ts';
import { control, inboxMessage } from './control.ts';
import type { Controls, InboxMessage } from './control.ts';
import { startDelivery } from './delivery.ts';
import type { SentReceipt } from './delivery.ts';
import type { KeyType, Service, ServiceName, Template, World } from './model.ts';
import { startRobot } from './robot.ts';
import type { RobotStep } from './robot.ts';
import { notifyTemplates } from './templates.ts';

export interface NotifySimulatorSettings {
  readonly port?: number;
  readonly forceShortName?: string;
  /** The app's receipt address; `callBackTo` gives it later, as the app's own address may not be known yet. */
  readonly callbackUrl?: string;
  /** 1 to 600: divides waiting times. */
  readonly speed?: number;
  readonly seed?: number;
  readonly receiptDelayMs?: number;
  readonly receiptRetryMs?: number;
  readonly afterExpirySeconds?: number;
  readonly robotLookMs?: number;
  readonly rateLimitPerMinute?: number;
  /** "Start text messages with service name". Off for both, as the approved texts name the force themselves: docs/adr/0010-messages.md. */
  readonly prefix?: Partial<Readonly<Record<ServiceName, boolean>>>;
  readonly trial?: readonly ServiceName[];
  readonly teamRecipients?: readonly string[];
  readonly phoneOf?: (to: string) => Phone;
}

export interface NotifySimulator {
  readonly url: string;
  /** The app's settings that point here. */
  readonly environment: Readonly<Record<'NOTIFY_URL' | 'NOTIFY_API_KEY' | 'NOTIFY_NEUTRAL_API_KEY' | 'NOTIFY_RECEIPT_TOKEN' | 'NOTIFY_TEMPLATES', string>>;
  readonly apiKey: (service: ServiceName, type: KeyType) => string;
  readonly messages: () => readonly InboxMessage[];
  /** The first message that fits, as soon as there is one; rejects after `timeoutMs` (10 s). */
  readonly waitForMessage: (predicate: (message: InboxMessage) => boolean, timeoutMs?: number) => Promise<InboxMessage>;
  readonly receipts: () => readonly SentReceipt[];
  readonly robotSteps: () => readonly RobotStep[];
  readonly callBackTo: (url: string) => void;
  readonly stop: () => Promise<void>;
}

const MAX_BODY = 100_000;
const defaults = {
  port: 0, forceShortName: 'Cheshire Police', speed: 1, seed: 1, receiptDelayMs: 1_000, receiptRetryMs: 5_000, afterExpirySeconds: 31 * 60, robotLookMs: 500, rateLimitPerMinute: 3_000,
};

/** Starts a simulated GOV.UK Notify on loopback: two services, the same templates as the app, delivery receipts, and a robot that can play the phones. */
export async function startNotifySimulator(settings: NotifySimulatorSettings = {}): Promise<NotifySimulator> {
  let offsetMs = 0;
  const { speed, seed, receiptDelayMs, receiptRetryMs, ...rest } = { ...defaults, ...settings };
  const now = () => Date.now() + offsetMs;
  const phoneOf = settings.phoneOf ?? (to => scenarioOf(to.replace(/\D/g, '').slice(-3).padStart(3, '0'), seed).phone);
  const token = randomUUID();
  const delivery = startDelivery({ now, phoneOf, token, delayMs: receiptDelayMs / speed, retryMs: receiptRetryMs / speed });
  const robot = startRobot({ now, phoneOf, speed, afterExpirySeconds: rest.afterExpirySeconds, lookMs: rest.robotLookMs });
  if (settings.callbackUrl !== undefined) delivery.callBackTo(settings.callbackUrl);
  const world: World = {
    services: servicesOf(rest), templates: notifyTemplates(rest.forceShortName), messages: [], teamRecipients: new Set(settings.teamRecipients),
    rateLimitPerMinute: rest.rateLimitPerMinute, recentCalls: new Map(), now,
    taken: (message, isTest) => {
      delivery.taken(message, isTest);
      if (!isTest) robot.texted(message);
    },
  };
  const server = createServer();
  const url = await listening(server, rest.port);
  const controls: Controls = { world, delivery, robot, setOffset: milliseconds => { offsetMs = milliseconds; } };
  server.on('request', (request, response) => void serve(controls, url, { request, response }));
  const apiKey = (service: ServiceName, type: KeyType) => keyOf(world.services, service, type);
  const messages = () => world.messages.map(inboxMessage);
  return {
    url, apiKey, messages, receipts: delivery.receipts, robotSteps: robot.steps, callBackTo: delivery.callBackTo,
    environment: {
      NOTIFY_URL: url, NOTIFY_API_KEY: apiKey('branded', 'normal'), NOTIFY_NEUTRAL_API_KEY: apiKey('neutral', 'normal'), NOTIFY_RECEIPT_TOKEN: token, NOTIFY_TEMPLATES: idsOf(world.templates),
    },
    waitForMessage: (predicate, timeoutMs = 10_000) => waitFor(() => messages().find(predicate), timeoutMs),
    stop: async () => {
      await Promise.all([stopped(server), delivery.stop(), robot.stop()]);
    },
  };
}

function servicesOf({ forceShortName, prefix = {}, trial = [] }: NotifySimulatorSettings & { readonly forceShortName: string }): readonly Service[] {
  const one = (service: ServiceName, name: string, sender: string): Service => ({
    service, id: randomUUID(), name, sender, prefix: prefix[service] ?? false, trial: trial.includes(service), secrets: { normal: randomUUID(), team: randomUUID(), test: randomUUID() },
  });
  return [one('branded', forceShortName, 'CheshPolice'), one('neutral', 'Call links', 'CallLink')];
}

function keyOf(services: readonly Service[], name: ServiceName, type: KeyType): string {
  const service = services.find(one => one.service === name);
  if (!service) throw new RangeError(`no service ${name}`);
  return `${name}_${type}-${service.id}-${service.secrets[type]}`;
}

function idsOf(templates: readonly Template[]): string {
  return JSON.stringify(Object.fromEntries(templates.map(({ name, id }) => [name, id])));
}

async function waitFor<T>(look: () => T | undefined, timeoutMs: number): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`no such message within ${timeoutMs} ms`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

async function serve(controls: Controls, base: string, { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse }): Promise<void> {
  const answer = await answerTo(controls, base, request).catch((): Answer => ({ status: 500, body: { status_code: 500, errors: [{ error: 'Exception', message: 'Internal server error' }] } }));
  // Left open: the outage of the moment is an answer that never comes. Stopping the simulator cuts it.
  if (!answer) return;
  response.writeHead(answer.status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...answer.headers }).end(JSON.stringify(answer.body));
}

async function answerTo(controls: Controls, base: string, request: IncomingMessage): Promise<Answer | undefined> {
  // A page of the web must not reach this by a name that points at loopback (DNS rebinding).
  if (`http://${request.headers.host ?? ''}` !== base || !URL.canParse(request.url ?? '', base)) return { status: 421, body: { error: 'wrong_host' } };
  if (request.method === 'POST' && !/^application\/json\b/.test(request.headers['content-type'] ?? '')) return { status: 415, body: { error: 'json_only' } };
  const url = new URL(request.url ?? '/', base);
  const asked: ApiRequest = { method: request.method ?? 'GET', url, authorization: request.headers.authorization, body: await read(request) };
  return url.pathname.startsWith('/sim/') ? control(controls, asked) : await api(controls.world, asked);
}

async function read(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_BODY) throw new RangeError('too long a body');
  }
  return text;
}
