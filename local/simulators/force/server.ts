import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listening, stopped } from '../../loopback.ts';
import { controlOf, obey, type ForceControl } from './control.ts';
import { freshState, systemNames, type ForceState, type SystemName } from './state.ts';
import { answerOf, type Answer, type ReadBlob, type Tools } from './systems.ts';

export interface ForceSimulatorSettings {
  readonly port?: number;
  /** What clients must bring; made at the start when it is not given. */
  readonly key?: string;
  readonly latencyMs?: number;
  /** Milliseconds since 1970; the clock of the machine when it is not given. */
  readonly now?: () => number;
  /** Lets the scanner look at quarantined content. Without it, only the hash of the test file is known to it and the rest is clean. */
  readonly readBlob?: ReadBlob;
}

export interface ForceSimulator extends ForceControl {
  readonly url: string;
  readonly key: string;
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const variables: Readonly<Record<SystemName, string>> = {
  'incident-log': 'INCIDENT_LOG', 'safeguarding': 'SAFEGUARDING', 'on-duty': 'ON_DUTY', 'evidence-system': 'EVIDENCE_SYSTEM', 'malware': 'MALWARE_VERDICT',
};

/** Starts the five systems of the force on one port of the loopback. */
export async function startForceSimulator(settings: ForceSimulatorSettings = {}): Promise<ForceSimulator> {
  const { port = 0, key = randomBytes(24).toString('base64url'), latencyMs = 5, now = Date.now, readBlob } = settings;
  const state = freshState(latencyMs);
  const control = controlOf(state);
  const server = createServer((request, response) => {
    void answerTo(request, { state, control, key, tools: { now, ...(readBlob && { readBlob }) } })
      .catch((): Answer => ({ status: 500, body: {} }))
      .then(({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
  });
  const url = await listening(server, port);
  const environment = Object.fromEntries(systemNames.flatMap(name => [[`${variables[name]}_URL`, `${url}/${name}`], [`${variables[name]}_KEY`, key]]));
  return { url, key, environment, ...control, stop: () => stopped(server) };
}

interface Served {
  readonly state: ForceState;
  readonly control: ForceControl;
  readonly key: string;
  readonly tools: Tools;
}

async function answerTo(request: IncomingMessage, { state, control, key, tools }: Served): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'http://loopback').pathname;
  const body = await bodyOf(request);
  if (path.startsWith('/sim/')) return obey(control, request.method ?? '', { name: path.slice('/sim/'.length), body });
  const system = systemNames.find(name => path.startsWith(`/${name}/`));
  if (!system || request.method !== 'POST') return { status: 404, body: {} };
  if (!isKey(request.headers.authorization, key)) return { status: 401, body: {} };
  state.asked[system] += 1;
  await sleep(state.latencyMs, undefined, { ref: false });
  if (state.outages.has(system)) return { status: 503, body: {} };
  return await answerOf(state, { system, path: path.slice(system.length + 1), body }, tools);
}

function isKey(header: string | undefined, key: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${key}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    // No JSON is an empty question, which the shapes refuse.
    return undefined;
  }
}
