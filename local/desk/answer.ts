import type { IncomingMessage, ServerResponse } from 'node:http';
import { moves } from '../../functions/redaction/moves.ts';
import { staff } from '../issuer/staff.ts';
import { readPageFile } from './files.ts';
import { forward } from './forward.ts';
import { linkRules } from './linkRules.ts';
import { missingRules } from './missingRules.ts';

export interface Served {
  readonly url: string;
  readonly apiUrl: string;
  readonly token: (login: string) => Promise<string>;
}

/** No inline script or style and no other host; WebAssembly is for pdf.js's decoders of pictures, blob: for files that were fetched with a token (pictures and recordings). */
const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' blob:", "media-src blob:", "font-src 'self'", "connect-src 'self'", "worker-src 'self'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
} as const;

/** Answers one request of the page: its files, the sample people, or the service behind it. */
export async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const refusal = refusalOf(served, request);
  if (refusal) { sendProblem(response, refusal); return; }
  const path = new URL(request.url ?? '/', served.url).pathname;
  if (path.startsWith('/api/')) { await forward(served, request, response); return; }
  if (request.method !== 'GET') { sendProblem(response, { status: 405, code: 'method-not-allowed', detail: 'The desk serves GET only, apart from /api/.' }); return; }
  if (path === '/people') { sendJson(response, 200, { people: staff.map(({ login, name, about, objectId, roles }) => ({ login, name, about, objectId, roles })) }); return; }
  if (path === '/rules') { sendJson(response, 200, { moves }); return; }
  if (path === '/link-rules') { sendJson(response, 200, linkRules); return; }
  if (path === '/missing-rules') { sendJson(response, 200, missingRules); return; }
  const linked = linkedFrom(path);
  if (linked !== undefined) { response.writeHead(303, { location: linked }).end(); return; }
  const file = await readPageFile(path);
  if (!file) { sendProblem(response, { status: 404, code: 'not-found', detail: 'There is no such file of the desk.' }); return; }
  response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
}

/** Where the address that a card gives leads: the addresses are those of the staff app. */
function linkedFrom(path: string): string | undefined {
  const [, part, id] = /^\/(live-links|missing-persons)\/([a-z2-7]{26})$/.exec(path) ?? [];
  return part === undefined || id === undefined ? undefined : `/#/${part === 'live-links' ? 'links' : 'missing'}/case/${id}`;
}

interface DeskProblem { readonly status: number; readonly code: string; readonly detail: string }

/** A page of the web must reach neither the desk by a name that points at loopback (DNS rebinding) nor the service through it (request forgery). */
function refusalOf(served: Served, { headers, url }: IncomingMessage): DeskProblem | undefined {
  if (`http://${headers.host ?? ''}` !== served.url) return { status: 421, code: 'wrong-host', detail: 'Use the address that npm start printed.' };
  if (!URL.canParse(url ?? '/', served.url)) return { status: 400, code: 'bad-address', detail: 'The address cannot be read.' };
  const isForeign = (headers.origin !== undefined && headers.origin !== served.url) || !['same-origin', 'none', undefined].includes(siteOf(headers));
  return isForeign ? { status: 403, code: 'other-origin', detail: 'Only the page of the desk itself may ask.' } : undefined;
}

function siteOf(headers: IncomingMessage['headers']): string | undefined {
  const site = headers['sec-fetch-site'];
  return typeof site === 'string' ? site : undefined;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(body));
}

/** In the form that the service uses (RFC 9457), so that the page has one way to show what went wrong. */
export function sendProblem(response: ServerResponse, { status, code, detail }: DeskProblem): void {
  sendJson(response, status, { type: `urn:problem:${code}`, title: 'The local desk could not do this', status, code, detail });
}
