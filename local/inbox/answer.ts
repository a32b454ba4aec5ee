import type { IncomingMessage, ServerResponse } from 'node:http';
import { readPageFile } from './files.ts';

export interface InboxPerson {
  readonly name: string;
  readonly objectId: string;
  readonly about: string;
}

export interface Served {
  readonly url: string;
  readonly notifyUrl: string;
  readonly teamsUrl: string;
  readonly staff: readonly InboxPerson[];
  readonly deskUrl?: string;
}

/** No inline script or style and no other host; the renderer of cards sets styles by script, which this allows. */
const securityHeaders = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
} as const;
const MAX_BODY = 64 * 1_024;
const timeoutMs = 30_000;

/** Answers one request of the page: its files, the sample people, what the simulators hold, or a press of a button. */
export async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const refusal = refusalOf(served, request);
  if (refusal) { send(response, refusal.status, { error: refusal.error }); return; }
  const path = new URL(request.url ?? '/', served.url).pathname;
  const source = sourceOf(served, `${request.method ?? ''} ${path}`);
  if (source !== undefined) { await passOn(source, request, response); return; }
  if (request.method !== 'GET') { send(response, 405, { error: 'The inbox serves GET only, apart from a press of a button.' }); return; }
  if (path === '/people') { send(response, 200, served.staff.map(({ name, objectId, about }) => ({ name, objectId, about }))); return; }
  const record = /^\/live-links\/[a-z2-7]{26}$/.exec(path)?.[0];
  if (record !== undefined && served.deskUrl !== undefined) { response.writeHead(303, { location: `${served.deskUrl}${record}` }).end(); return; }
  const file = await readPageFile(path);
  if (!file) { send(response, 404, { error: 'There is no such file of the inbox.' }); return; }
  response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
}

function sourceOf({ notifyUrl, teamsUrl }: Served, at: string): string | undefined {
  return new Map([
    ['GET /messages', `${notifyUrl}/sim/messages`], ['GET /cards', `${teamsUrl}/sim/cards`], ['GET /alerts', `${teamsUrl}/sim/alerts`], ['POST /act', `${teamsUrl}/sim/act`],
  ]).get(at);
}

async function passOn(source: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = request.method === 'POST' ? await textOf(request) : undefined;
  const reply = await fetch(source, { method: request.method ?? 'GET', ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }), signal: AbortSignal.timeout(timeoutMs) })
    .then(async got => ({ status: got.status, text: await got.text() }))
    .catch(() => undefined);
  if (!reply) { send(response, 502, { error: 'The simulator does not answer. Is npm start still running?' }); return; }
  response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.text);
}

/** A page of the web must reach neither the inbox by a name that points at loopback (DNS rebinding) nor a button through it (request forgery). */
function refusalOf(served: Served, { headers, url }: IncomingMessage): { status: number; error: string } | undefined {
  if (`http://${headers.host ?? ''}` !== served.url) return { status: 421, error: 'Use the address that npm start printed.' };
  if (!URL.canParse(url ?? '/', served.url)) return { status: 400, error: 'The address cannot be read.' };
  const site = headers['sec-fetch-site'];
  const isForeign = (headers.origin !== undefined && headers.origin !== served.url) || (site !== undefined && site !== 'same-origin' && site !== 'none');
  return isForeign ? { status: 403, error: 'Only the page of the inbox itself may ask.' } : undefined;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_BODY) throw new RangeError('the body is too large');
  }
  return text;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
