import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { httpProvider } from '../../../functions/goodsam/provider/http.ts';
import type { LiveLinkProvider, MediaRef } from '../../../functions/goodsam/provider/port.ts';
import { listening, stopped } from '../../../local/loopback.ts';
import { request } from './bed.ts';
import { bytesOf, kindOf } from './contract.ts';

/** A provider that answers what a test tells it to. */
let answer: RequestListener = (_, response) => response.end();
const server = createServer((incoming, response) => answer(incoming, response));
let provider: LiveLinkProvider;
let url: string;
beforeAll(async () => {
  url = await listening(server, 0);
  provider = httpProvider({ url: `${url}/`, key: 'key-of-the-test', timeoutMs: 300 });
});
afterAll(() => stopped(server));

const media: MediaRef = { sessionId: 's', providerMediaId: 'm', kind: 'UPLOAD_PHOTO', mime: 'image/jpeg', bytes: 10 };
const says = (status: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): void => {
  answer = (_, response) => response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
};
const snapshot = { sessionId: 's', externalRef: 'r', status: 'OPENED', events: [] };

describe('statuses', () => {
  it.each([
    [400, 'validation'], [401, 'auth'], [403, 'auth'], [404, 'notFound'], [408, 'timeout'], [409, 'conflict'], [410, 'notFound'], [422, 'validation'], [429, 'rateLimited'], [500, 'unavailable'],
    [502, 'unavailable'], [503, 'unavailable'], [504, 'timeout'], [302, 'unavailable'],
  ])('%i is %s', async (status, kind) => {
    says(status, '', { location: '/elsewhere' });
    expect(await kindOf(provider.getSession('s'))).toBe(kind);
  });

  it('reads Retry-After in seconds, and as a date against the clock of the provider', async () => {
    for (const [headers, retryAfterMs] of [
      [{ 'retry-after': '7' }, 7_000],
      [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:30 GMT', date: 'Wed, 21 Oct 2015 07:28:00 GMT' }, 30_000],
      [{ 'retry-after': 'soon' }, undefined],
    ] as const) {
      says(503, '', headers);
      expect(await provider.getSession('s').catch((error: unknown) => error)).toMatchObject({ kind: 'unavailable', retryAfterMs });
    }
  });

  it('does not take its key to another address', async () => {
    const seen: (string | undefined)[] = [];
    answer = (incoming, response) => {
      seen.push(incoming.url);
      if (incoming.url === '/elsewhere') response.writeHead(200).end(JSON.stringify(snapshot));
      else response.writeHead(302, { location: '/elsewhere' }).end();
    };
    expect(await kindOf(provider.getSession('s'))).toBe('unavailable');
    expect(seen).toEqual(['/v1/sessions/s']);
  });

  it('says nothing of what it sent or got', async () => {
    says(422, { detail: 'Ada Sample' });
    const error = await provider.getSession('s').catch((problem: unknown) => problem);
    expect(String(error)).toBe('ProviderError: the provider answered 422');
  });
});

describe('replies that were not agreed', () => {
  it.each([
    ['no JSON', '<html>'], ['nothing', ''], ['an unknown status', { ...snapshot, status: 'DANCING' }], ['a bad event', { ...snapshot, events: [{ type: 'session.ended' }] }], ['a list', []],
  ])('%s', async (_name, body) => {
    says(200, body);
    expect(await kindOf(provider.getSession('s'))).toBe('unavailable');
  });

  it('a public address that is no web address', async () => {
    says(201, { sessionId: 's', publicUrl: 'javascript:alert(1)' });
    expect(await kindOf(provider.createSession(request('https://app.example/'), { idempotencyKey: 'k' }))).toBe('unavailable');
  });

  it('a reply without end', async () => {
    answer = (_, response) => {
      response.writeHead(200);
      for (let n = 0; n < 10; n += 1) response.write(Buffer.alloc(2 ** 20, ' '));
      response.end(JSON.stringify(snapshot));
    };
    expect(await kindOf(httpProvider({ url, key: 'k' }).getSession('s'))).toBe('unavailable');
  });

  it('passes over events of unknown types', async () => {
    const event = { id: 'e', type: 'session.opened', occurredAt: '2026-01-11T10:00:03Z', sessionId: 's', externalRef: 'r', data: {} };
    says(200, { ...snapshot, events: [{ ...event, type: 'session.holiday' }, event] });
    expect((await provider.getSession('s')).events).toEqual([event]);
  });
});

it('sends the key, the idempotency key, and ids that cannot leave their segment', async () => {
  const got: IncomingMessage[] = [];
  answer = (incoming, response) => {
    got.push(incoming);
    response.writeHead(201).end(JSON.stringify({ id: 'c' }));
  };
  await provider.sendChat('../../admin?x=1', { text: 'Hello', idempotencyKey: 'k-1' });
  expect(got[0]?.url).toBe('/v1/sessions/..%2F..%2Fadmin%3Fx%3D1/chat');
  expect(got[0]?.headers).toMatchObject({ authorization: 'Bearer key-of-the-test', 'idempotency-key': 'k-1', 'content-type': 'application/json' });
});

it('gives up after its time-out, and when nobody is there', async () => {
  answer = () => undefined;
  const start = performance.now();
  expect(await kindOf(provider.getSession('s'))).toBe('timeout');
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(await kindOf(httpProvider({ url: 'http://127.0.0.1:1', key: 'k' }).getSession('s'))).toBe('unavailable');
});

describe('files', () => {
  it('passes over the first bytes of a provider without ranges', async () => {
    says(200, '0123456789', { 'content-length': '10' });
    const opened = await provider.openMedia(media, { from: 4 });
    expect(opened.bytes).toBe(6);
    expect((await bytesOf(opened.stream)).toString('latin1')).toBe('456789');
  });

  it('refuses another part than it asked for', async () => {
    says(206, '0123', { 'content-range': 'bytes 2-5/10' });
    expect(await kindOf(provider.openMedia(media, { from: 4 }))).toBe('unavailable');
  });

  it('waits for each piece as long as for an answer, and no longer', async () => {
    answer = (_, response) => {
      response.writeHead(200);
      for (const after of [0, 600, 1_200]) setTimeout(() => response.write('x'), after);
    };
    const opened = await httpProvider({ url, key: 'k', timeoutMs: 1_000 }).openMedia(media);
    let got = 0;
    await expect((async () => {
      for await (const chunk of opened.stream) got += chunk.length;
    })()).rejects.toMatchObject({ kind: 'timeout' });
    expect(got).toBe(3);
  });

  it('does not count the time of a slow reader', async () => {
    answer = (_, response) => {
      response.writeHead(200).write('xxxxx');
      setTimeout(() => response.end('yyyyy'), 100);
    };
    const opened = await provider.openMedia(media);
    const wait = (): Promise<unknown> => new Promise(resolve => setTimeout(resolve, 500));
    await wait();
    let got = '';
    for await (const chunk of opened.stream) {
      got += Buffer.from(chunk).toString('latin1');
      await wait();
    }
    expect(got).toBe('xxxxxyyyyy');
  });
});
