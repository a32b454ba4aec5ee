import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { startDesk, type Desk } from '../../local/desk/desk.ts';
import { root } from '../support/service.ts';

interface Seen { readonly url: string | undefined; readonly headers: IncomingMessage['headers'] }
const seen: Seen[] = [];
const api = createServer((incoming, response) => {
  seen.push({ url: incoming.url, headers: incoming.headers });
  incoming.resume().on('end', () => response.writeHead(202, { 'content-type': 'application/json', etag: '"4"', 'x-secret': 'of the service' }).end('{"ok":true}'));
});
let desk: Desk;
beforeAll(async () => {
  await new Promise<void>(resolve => api.listen(0, '127.0.0.1', resolve));
  const address = api.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  desk = await startDesk({ apiUrl: `http://127.0.0.1:${address.port}`, issuer: { token: login => Promise.resolve(`token-of-${login}`) } });
});
afterAll(async () => {
  await desk.stop();
  api.closeAllConnections();
  api.close();
});

/** By node:http, for fetch sets Host and Origin as it likes. */
function ask(path: string, { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {}): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; text: string }> {
  const { hostname, port } = new URL(desk.url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers }, incoming => {
      let text = '';
      incoming.setEncoding('utf8').on('data', chunk => { text += String(chunk); }).on('end', () => resolve({ status: incoming.statusCode, headers: incoming.headers, text }));
    });
    outgoing.on('error', reject).end(body);
  });
}

const sam = { 'x-desk-person': 'sam.caseworker' };

describe('the server of the local desk', () => {
  it('listens on loopback only and allows no script or style but its own', async () => {
    expect(desk.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const page = await ask('/');
    expect(page).toMatchObject({ status: 200, headers: { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' } });
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    expect(page.text).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=/);
  });

  it.each([
    ['another name for loopback', { headers: { host: 'attacker.example' } }, 421],
    ['the page of another site', { headers: { ...sam, origin: 'https://attacker.example' } }, 403],
    ['another site by its fetch metadata', { headers: { ...sam, 'sec-fetch-site': 'cross-site' } }, 403],
    ['another port of this machine', { headers: { ...sam, origin: 'http://127.0.0.1:1' } }, 403],
    ['nobody', {}, 400],
    ['a person who is no sample', { headers: { 'x-desk-person': 'mallory' } }, 400],
  ])('sends nothing on for %s', async (_who, how, status) => {
    seen.length = 0;
    expect(await ask('/api/redaction-bundles', how)).toMatchObject({ status });
    expect(seen).toEqual([]);
  });

  it('sends a request on as the person chosen, with the headers that count and no others', async () => {
    seen.length = 0;
    const reply = await ask('/api/x?limit=2', { method: 'POST', body: '{}', headers: { ...sam, 'content-type': 'application/json', 'idempotency-key': 'k'.repeat(20), 'if-match': '"3"', authorization: 'Bearer other', cookie: 'a=b', 'content-length': 2 } });
    expect(reply).toMatchObject({ status: 202, text: '{"ok":true}', headers: { etag: '"4"' } });
    expect(reply.headers['x-secret']).toBeUndefined();
    expect(seen).toMatchObject([{ url: '/api/x?limit=2', headers: { authorization: 'Bearer token-of-sam.caseworker', 'idempotency-key': 'k'.repeat(20), 'if-match': '"3"', 'content-length': '2' } }]);
    expect(seen[0]?.headers).not.toHaveProperty('cookie');
    expect(seen[0]?.headers).not.toHaveProperty('x-desk-person');
  });

  it.each(['/../desk.ts', '/%2e%2e/desk.ts', '/pdfjs/../package.json', '/tsconfig.json', '/desk.css/', '/pdfjs/pdf.mjs'])('has no file at %s', async path => {
    expect(await ask(path)).toMatchObject({ status: 404 });
  });

  it('never lets a path choose another host', async () => {
    seen.length = 0;
    await ask('//attacker.example/api/x', { headers: sam });
    await ask('http://attacker.example/api/x', { headers: sam });
    expect(seen.filter(({ headers }) => !String(headers.host).startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('says so when the service does not answer', async () => {
    const lonely = await startDesk({ apiUrl: 'http://127.0.0.1:1', issuer: { token: () => Promise.resolve('t') } });
    const reply = await fetch(`${lonely.url}/api/x`, { headers: sam });
    expect([reply.status, await reply.json()]).toMatchObject([502, { code: 'service-unreachable' }]);
    await lonely.stop();
  });

  it('serves a page whose JavaScript fits its types and the contract', () => {
    const { stdout, status } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'local/desk/page')], { encoding: 'utf8' });
    // Faults of other folders are the type check's own business.
    expect(stdout.split('\n').filter(line => line.startsWith('local/desk/'))).toEqual([]);
    expect(status === 0 || /error TS\d/.test(stdout)).toBe(true);
  });
});
