import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request, type OutgoingHttpHeaders } from 'node:http';
import * as z from 'zod';
import { eventually, startFixture, type RunningFixture } from './fixture/running.ts';

const key = { host: 'host-key-of-the-test', own: 'own-key-of-the-test' };
let fixture: RunningFixture;
const at = (path: string): string => `${fixture.system.url}${path}`;

beforeAll(async () => {
  fixture = await startFixture({ options: { hostKey: key.host, functionKeys: { keyed: key.own }, bodyLimit: 1_000, answerLimitMs: 400 } });
});
afterAll(async () => { await fixture.stop(); });

interface Answer { readonly status: number; readonly headers: Record<string, string | string[] | undefined>; readonly text: string }

/** node:http, for what fetch does not let one send. */
function send(path: string, options: { method?: string; headers?: OutgoingHttpHeaders; chunks?: string[] } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(at(path), { method: options.method ?? 'GET', headers: options.headers ?? {}, agent: false }, answer => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; })
        .on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    outgoing.on('error', reject);
    for (const chunk of options.chunks ?? []) outgoing.write(chunk);
    outgoing.end();
  });
}

const echoSchema = z.object({
  url: z.string(), query: z.array(z.array(z.string())), headers: z.record(z.string(), z.string()), body: z.string(),
  user: z.unknown(), traceParent: z.string(), triggerMetadata: z.unknown(),
});
async function echo(query = '', options: Parameters<typeof send>[1] = {}): Promise<z.output<typeof echoSchema>> {
  const answer = await send(`/api/echo${query}`, options);
  expect(answer.status).toBe(200);
  return echoSchema.parse(JSON.parse(answer.text));
}

describe('HTTP triggers', () => {
  it('trap 1, trap 2: same template, two methods; a wrong method and HEAD are 404, never 405', async () => {
    expect((await send('/api/items/7')).text).toBe('{"read":{"id":"7"}}');
    expect((await send('/api/items/7', { method: 'PUT' })).text).toBe('{"written":{"id":"7"}}');
    for (const method of ['DELETE', 'HEAD', 'OPTIONS', 'POST']) expect((await send('/api/items/7', { method })).status).toBe(404);
    expect((await send('/api/items/seven')).status).toBe(404);
    expect((await send('/nowhere')).status).toBe(404);
  });

  it('trap 3: a chunked body without content-length does not arrive, one with it does', async () => {
    const chunked = await echo('', { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, chunks: ['sec', 'ret'] });
    const whole = await echo('', { method: 'POST', headers: { 'content-length': 6 }, chunks: ['sec', 'ret'] });
    expect([chunked.body, whole.body]).toEqual(['', 'secret']);
  });

  it('trap 4: repeated query keys and headers arrive as one value joined by a comma', async () => {
    const got = await echo('?x=1&y=%20&x=2', { headers: { 'x-many': ['a', 'b'] } });
    expect(got.query).toEqual([['x', '1,2'], ['y', ' ']]);
    expect(got.headers['x-many']).toBe('a,b');
    expect(got.url).toBe(at('/api/echo?x=1&y=%20&x=2'));
  });

  it('trap 5: cookies get path=/; of two set-cookie headers the last is kept', async () => {
    expect((await send('/api/cookies')).headers['set-cookie']).toEqual([
      'a=1; path=/; samesite=lax; secure; httponly', 'b=2; max-age=60; path=/x',
    ]);
    expect((await send('/api/header-cookies')).headers['set-cookie']).toEqual(['b=2']);
  });

  it('trap 6: a handler that returns nothing is 204', async () => {
    expect(await send('/api/nothing')).toMatchObject({ status: 204, text: '' });
  });

  it('trap 7: a handler that throws is 500 with an empty body', async () => {
    const answer = await send('/api/throws');
    expect(answer).toMatchObject({ status: 500, text: '' });
    expect(JSON.stringify(answer.headers)).not.toContain('secret');
  });

  it('trap 12: keys are enforced, the header wins over ?code=, and the answer to a wrong one is empty', async () => {
    const status = async (path: string, header?: string): Promise<number> => {
      const answer = await send(path, { headers: header === undefined ? {} : { 'x-functions-key': header } });
      if (answer.status === 401) expect(answer.text).toBe('');
      return answer.status;
    };
    const { masterKey } = fixture.system;
    expect(await status('/api/keyed')).toBe(401);
    expect(await status('/api/keyed', 'wrong')).toBe(401);
    expect(await status(`/api/keyed?code=${key.own}`)).toBe(200);
    expect(await status(`/api/keyed?code=${key.own}`, 'wrong')).toBe(401);
    for (const good of [key.own, key.host, masterKey]) expect(await status('/api/keyed', good)).toBe(200);
    expect(await status('/api/keyed-admin', key.host)).toBe(401);
    expect(await status('/api/keyed-admin', masterKey)).toBe(200);
    expect(await status('/admin/host/status', key.host)).toBe(401);
    expect(await status('/admin/host/status', masterKey)).toBe(200);
  });

  it('trap 13: a forged client principal does not reach the app', async () => {
    const principal = Buffer.from(JSON.stringify({ identityProvider: 'aad', userId: 'forged', userDetails: 'forged' })).toString('base64');
    const got = await echo('', { headers: { 'x-ms-client-principal': principal, 'X-MS-CLIENT-PRINCIPAL-ID': 'forged', 'x-ms-token-aad-access-token': 'forged' } });
    expect(got.user).toBeNull();
    expect(JSON.stringify(got.headers)).not.toContain('forged');
  });

  it('trap 14: a body over the limit is 413, an answer over the limit 504 while the function goes on', async () => {
    expect((await send('/api/echo', { method: 'POST', headers: { 'content-length': 1_001 }, chunks: ['x'.repeat(1_001)] })).status).toBe(413);
    expect((await send('/api/echo', { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, chunks: ['x'.repeat(1_001)] })).status).toBe(413);
    expect((await send('/api/echo', { method: 'POST', headers: { 'content-length': 1_000 }, chunks: ['x'.repeat(1_000)] })).status).toBe(200);
    expect((await send('/api/slow/700')).status).toBe(504);
    await fixture.system.drain();
    expect(await fixture.seen('slow')).toHaveLength(1);
  });

  it('trap 18: a function disabled by its setting is 404', async () => {
    expect((await send('/api/switched-off')).status).toBe(404);
  });

  it('trap 19: the function sees the caller\'s trace with a span of its own', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { traceParent } = await echo('', { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
    expect(traceParent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(traceParent).not.toContain('00f067aa0ba902b7');
    expect((await echo('', { headers: { traceparent: 'rubbish' } })).traceParent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it('trap 9: triggerMetadata is absent for HTTP', async () => {
    expect((await echo()).triggerMetadata).toBeNull();
  });

  it('sends host.json\'s headers, and HSTS on what came by HTTPS', async () => {
    const plain = await send('/nowhere');
    expect(plain.headers['x-content-type-options']).toBe('nosniff');
    expect(plain.headers['strict-transport-security']).toBeUndefined();
    const secure = await send('/api/echo', { headers: { 'x-forwarded-proto': 'https' } });
    expect(secure.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(secure.text).toContain('"url":"https://');
  });

  it('runs the library\'s hooks, all five', async () => {
    expect((await send('/api/replaced')).text).toBe('{"body":"by the hook"} true');
    await send('/api/logs');
    await eventually(() => Promise.resolve(fixture.system.logs().some(line => line.includes('a [removed] line')) || undefined));
    const lines = fixture.system.logs();
    expect(lines).toContain('hook appStart');
    expect(lines.some(line => line.includes('PERSONAL'))).toBe(false);
  });
});
