// Hostile requests to the open side of live links: each is answered plainly, and the storage holds the same bytes afterwards, parked reports apart.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { signWebhook, webhookKeys } from '../../functions/goodsam/provider/signature.ts';
import type { Client } from '../support/client.ts';
import { linkIn, opened, phone, stands, startLiveLinks, type LiveLinks } from '../support/liveLinks.ts';
import { changes, contentsOf, type Contents } from '../support/storage.ts';

let links: LiveLinks;
let carl: Client;
let link = '', neutral = '', code = '';
let before: Contents;
beforeAll(async () => {
  links = await startLiveLinks({ notify: { phoneOf: () => ({ opens: 'never', receipt: 'never' }) } });
  carl = links.as('carl.controller');
  const ask = { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', onVoiceCall: true, askedAndSafe: true };
  const requestId = await opened(carl, { ...ask, msisdn: phone('601') });
  await stands(carl, requestId, 'SENT');
  link = await linkIn(links, phone('601'));
  neutral = link.replace('127.0.0.1', 'localhost');
  const spoken = await opened(carl, { ...ask, channel: 'READ_ALOUD_CODE' });
  await links.settle();
  code = String((await stands(carl, spoken, 'SENT')).json['code']);
  before = await contents();
});
afterAll(async () => { await links.stop(); });
beforeEach(async () => { before = await contents(); });
afterEach(async () => { expect(changes(before, await contents()).filter(place => !place.startsWith('blob/live-link-reports/'))).toEqual([]); });

async function contents(): Promise<Contents> {
  await links.system.drain(60_000);
  return await contentsOf(links.system.connectionString);
}

const base = (): string => links.system.host.url();
const parked = async (): Promise<string[]> => changes(before, await contents());

interface Raw { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string | string[] | undefined>> }

/** Bytes on the wire as given: fetch would tidy the path. */
function raw(path: string, { method = 'GET', headers = {}, body }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array } = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(base(), { path, method, headers, agent: false }, answer => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
        .on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: answer.headers }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded', 'origin': 'null' };
const leak = /at .*\.[jt]s:\d|node_modules|azure|zod|stack/i;

describe('tokens', () => {
  it.each<[name: string, token: string]>([
    ['one letter short', 'Abcdefghijk'], ['one letter long', 'Abcdefghijklm'], ['another one', 'Abcdefghijkl'], ['a thousand letters', 'A'.repeat(1000)], ['unicode', '%F0%9F%92%A9%E2%80%AE'], ['not UTF-8', '%ff%fe'],
    ['a path', '..%2F..%2Fapi%2Fhealth'], ['a backslash', '..%5C..'], ['a null', 'Abc%00defghijk'], ['a line break', 'Abc%0d%0aSet-Cookie:x=1'], ['a filter', "x'%20or%20'1'%20eq%20'1"], ['script', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
  ])('%s opens nothing', async (_name, token) => {
    const answer = await raw(`/live/${token}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).not.toMatch(leak);
    expect(answer.body).not.toContain('<script>alert');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await raw(`/live/${token}/stop`, { method: 'POST', headers: form, body: '' })).status).toBeLessThan(500);
  });

  it('the right one on the wrong host is the same page as a wrong one, byte for byte', async () => {
    const { port } = new URL(neutral);
    const ask = (path: string) => raw(path, { headers: { host: `localhost:${port}` } });
    const [right, wrong, root] = [await ask(new URL(link).pathname), await ask('/live/Abcdefghijkl'), await ask('/')];
    const shown = ({ status, body }: Raw) => ({ status, body: body.replaceAll(/nonce="[^"]+"/g, '') });
    expect(right.status).toBe(404);
    expect(shown(right)).toEqual(shown(wrong));
    expect(shown(right)).toEqual(shown(root));
    expect(right.body).not.toMatch(/police|101|GS-/i);
  });

  it('wrong ones are slowed, and a right one works meanwhile and afterwards', async () => {
    const start = performance.now();
    const wrong = Promise.all(Array.from({ length: 8 }, (_, n) => raw(`/live/WrongWrong${String(n).padStart(2, '0')}`)));
    expect((await raw(new URL(link).pathname)).status).toBe(200);
    const answers = await wrong;
    expect(performance.now() - start).toBeGreaterThanOrEqual(2_000);
    expect(answers.every(({ status }) => status === 404)).toBe(true);
    expect((await raw(new URL(link).pathname)).status).toBe(200);
  });
});

describe('codes', () => {
  const enter = (given: string) => raw('/code', { method: 'POST', headers: form, body: new URLSearchParams({ code: given }).toString() });
  it('guessed ones are slowed and open nothing; the right one works', async () => {
    const guesses = Array.from({ length: 8 }, (_, n) => `${code.slice(0, 6)}${'23456789'.charAt(n)}${code.endsWith('2') ? '3' : '2'}`).filter(guess => guess !== code);
    const start = performance.now();
    const answers = await Promise.all(guesses.map(enter));
    expect(performance.now() - start).toBeGreaterThanOrEqual(2_000);
    for (const { headers, body } of answers) {
      expect(headers['location']).toBeUndefined();
      expect(body).not.toMatch(leak);
    }
    expect(await enter(` ${code.toLowerCase().slice(0, 4)}-${code.slice(4)} `)).toMatchObject({ status: 303, headers: { location: `/live/${code}` } });
  });

  it.each<[string, string]>([['nothing', ''], ['blanks', '   '], ['unicode', '\u{1F4A9}'], ['script', '<script>alert(1)</script>'], ['a thousand', '2'.repeat(1000)]])('%s is refused and not repeated as markup', async (_name, given) => {
    const answer = await enter(given);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers['location']).toBeUndefined();
    expect(answer.body).not.toContain('<script>alert');
  });
});

describe('forms', () => {
  const path = (): string => new URL(link).pathname;
  it.each<[name: string, action: string, headers: Record<string, string>, body: string | Uint8Array]>([
    ['a megabyte', 'decline', form, `reason=${'x'.repeat(1_000_000)}`],
    ['ten thousand fields', 'agree', form, Array.from({ length: 10_000 }, (_, n) => `scope${n}=VIDEO`).join('&')],
    ['JSON', 'agree', { ...form, 'content-type': 'application/json' }, '{"scope":["VIDEO"]}'],
    ['multipart', 'agree', { ...form, 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\ncontent-disposition: form-data; name="scope"\r\n\r\nVIDEO\r\n--x--'],
    ['UTF-16', 'agree', { ...form, 'content-type': 'application/x-www-form-urlencoded; charset=utf-16' }, Buffer.from('scope=VIDEO', 'utf16le')],
    ['not UTF-8', 'agree', form, new Uint8Array([0x73, 0x3d, 0xff, 0xfe])],
    ['broken escapes', 'agree', form, 'scope=%zz%'],
    ['no scope', 'agree', form, 'scope='],
    ['a scope that there is not', 'agree', form, 'scope=EVERYTHING'],
    ['a prototype', 'agree', form, '__proto__[scope]=VIDEO&constructor=1'],
    ['an action that there is not', 'toString', form, ''],
    ['another site', 'agree', { ...form, origin: 'https://evil.example' }, 'scope=VIDEO&textVersion=v1.0&lang=en'],
  ])('%s changes nothing', async (_name, action, headers, body) => {
    const answer = await raw(`${path()}/${action}`, { method: 'POST', headers: { ...headers }, body });
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).not.toMatch(leak);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is no way to press a button', async method => {
    for (const at of [path(), `${path()}/agree`, '/code']) expect((await raw(at, { method, headers: { 'content-length': '0' } })).status).toBeGreaterThanOrEqual(400);
    // Looking is no pressing either (A19).
    expect((await raw(`${path()}/agree`)).status).toBe(404);
    expect((await raw(path(), { method: 'HEAD' })).status).toBe(200);
  });
});

describe('webhooks of the provider', () => {
  const at = '/api/webhooks/live-link/http';
  const event = { id: 'evt-hostile', type: 'session.media_started', occurredAt: '2026-11-24T09:30:00.000Z', sessionId: 'sim_0', externalRef: 'a'.repeat(26), sequence: 1, data: {} };
  function signed(rawBody: Uint8Array, { id = 'evt-1', ago = 0 }: { readonly id?: string; readonly ago?: number } = {}): Record<string, string> {
    const timestamp = Math.floor(Date.now() / 1000) - ago;
    const [key] = webhookKeys([links.simulators.provider.environment.LIVE_LINK_WEBHOOK_SECRETS.split(',')[0] ?? '']);
    if (!key) throw new Error('no key');
    return { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signWebhook(key, { id, timestamp, rawBody }) };
  }
  const sent = (body: unknown, how: { readonly id?: string; readonly ago?: number } = {}): Promise<Raw> => {
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return raw(at, { method: 'POST', headers: signed(bytes, how), body: bytes });
  };

  it('without a signature, with a wrong, a stale or a future one: 401, and nothing is kept', async () => {
    const bytes = Buffer.from(JSON.stringify(event));
    const headers = signed(bytes);
    const answers = [
      await raw(at, { method: 'POST', headers: { 'content-type': 'application/json' }, body: bytes }), await raw(at, { method: 'POST', headers, body: Buffer.from(JSON.stringify({ ...event, sequence: 2 })) }),
      await raw(at, { method: 'POST', headers: { ...headers, 'webhook-id': 'evt-2' }, body: bytes }), await sent(event, { ago: 400 }), await sent(event, { ago: -400 }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(await parked()).toEqual([]);
  });

  it('too much is 413, no JSON and no event 4xx, and nothing is kept', async () => {
    expect((await sent({ ...event, data: { text: 'x'.repeat(300_000) } })).status).toBe(413);
    for (const body of ['{"id":', '[]', 'null', JSON.stringify({ ...event, data: { lat: { deep: 1 } } }), JSON.stringify({ ...event, type: 7 }), JSON.stringify({ ...event, extra: 1 })]) {
      const answer = await sent(body);
      expect({ body, status: answer.status }).toEqual({ body, status: 422 });
      expect(answer.body).not.toMatch(leak);
    }
    expect(await parked()).toEqual([]);
  });

  it.each<[name: string, body: object]>([
    ['of a request that there is not', event], ['with a reference of another form', { ...event, externalRef: '../../secret' }], ['of a type that we do not know', { ...event, type: 'session.telepathy' }],
  ])('%s: 200, kept as it came, and nothing else', async (_name, body) => {
    expect((await sent(body)).status).toBe(200);
    const places = await parked();
    expect(places).toHaveLength(1);
    expect(places[0]).toMatch(/^blob\/live-link-reports\/(?:parked|a{26})\/[0-9a-z]+\/[0-9a-f-]{36}$/);
  });
});

describe('receipts of the text service', () => {
  it('without the token, with a wrong one or as no receipt: refused, and nothing is kept', async () => {
    const receipt = { id: '00000000-0000-4000-8000-00000000000a', reference: `${'a'.repeat(26)}:1`, to: phone('601'), status: 'delivered', created_at: '2026-11-24T09:30:00Z', completed_at: '2026-11-24T09:30:00Z', sent_at: null, notification_type: 'sms' };
    const token = `Bearer ${links.simulators.notify.environment.NOTIFY_RECEIPT_TOKEN}`;
    const give = async (authorization: string | undefined, body: string): Promise<number> => (await raw('/api/notify-receipts', { method: 'POST', headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) }, body })).status;
    expect([await give(undefined, JSON.stringify(receipt)), await give('Bearer ', JSON.stringify(receipt)), await give(`${token}x`, JSON.stringify(receipt)), await give(token.slice(7), JSON.stringify(receipt))]).toEqual([401, 401, 401, 401]);
    expect([await give(token, '{'), await give(token, '{}'), await give(token, 'x'.repeat(300_000))]).toEqual([400, 422, 413]);
    // A right one of a message that is nobody's request.
    expect(await give(token, JSON.stringify(receipt))).toBe(200);
    expect(await parked()).toEqual([]);
  });
});
