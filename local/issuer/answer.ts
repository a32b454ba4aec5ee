import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { JWK } from 'jose';
import * as z from 'zod';
import { peoplePage } from './page.ts';
import { staff } from './staff.ts';

export interface Served {
  readonly url: string;
  readonly keys: readonly JWK[];
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly token: (login: string) => Promise<string>;
  readonly lifeSeconds: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const MAX_BODY = 4_096;
const mintBody = z.strictObject({ login: z.enum(staff.map(member => member.login)) });

/** What the issuer says to one request. It never rejects. */
export async function answer(request: IncomingMessage, served: Served): Promise<Answer> {
  // A page of the web must not reach this issuer by a name that points at loopback (DNS rebinding).
  if (`http://${request.headers.host ?? ''}` !== served.url) return json(421, { error: 'wrong_host' });
  const path = pathOf(request, served.url);
  if (request.method === 'POST' && path === '/token') return await mint(request, served);
  if (request.method !== 'GET') return json(405, { error: 'method_not_allowed' });
  if (path === '/') return page();
  if (path === '/people') return json(200, { people: staff });
  if (path.endsWith('/.well-known/openid-configuration')) return json(200, served.configuration);
  if (path.endsWith('/discovery/v2.0/keys')) return json(200, { keys: served.keys });
  return json(404, { error: 'not_found' });
}

function pathOf(request: IncomingMessage, base: string): string {
  const target = request.url ?? '/';
  return URL.canParse(target, base) ? new URL(target, base).pathname : '';
}

/** JSON only: a page of another site cannot send it without a preflight, and that is answered 405. */
async function mint(request: IncomingMessage, served: Served): Promise<Answer> {
  const body = mintBody.safeParse(request.headers['content-type'] === 'application/json' ? await readJson(request) : undefined);
  if (!body.success) return json(400, { error: 'invalid_request' });
  return json(200, { token_type: 'Bearer', expires_in: served.lifeSeconds, access_token: await served.token(body.data.login) });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  try {
    for await (const chunk of request) {
      text += String(chunk);
      if (text.length > MAX_BODY) return undefined;
    }
    return JSON.parse(text);
  } catch {
    // A broken request or broken JSON: the caller answers 400 for both.
    return undefined;
  }
}

function json(status: number, body: Readonly<Record<string, unknown>>): Answer {
  return { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }, body: JSON.stringify(body) };
}

function page(): Answer {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; connect-src 'self'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': policy }, body: peoplePage(nonce) };
}
