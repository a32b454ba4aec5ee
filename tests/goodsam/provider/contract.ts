import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { ProviderError } from '../../../functions/goodsam/provider/port.ts';
import type { CreateSession, LiveLinkProvider, MediaRef, SessionCreated } from '../../../functions/goodsam/provider/port.ts';
import { until } from './receiver.ts';

/** An adapter under test, and the few things that only its own test bed can bring about. */
export interface Bench {
  readonly provider: LiveLinkProvider;
  readonly callbackUrl: string;
  /** The same adapter with a wrong key. */
  readonly stranger: LiveLinkProvider;
  /** The person goes on from our consent page to the provider's. */
  readonly join: (session: SessionCreated) => Promise<void>;
  /** The person sends one file. */
  readonly sendFile: (session: SessionCreated) => Promise<void>;
  readonly outage: (isOn: boolean) => Promise<void>;
  /** The next create is refused for its rate once, or exists only after its time-out. */
  readonly nextCreate: (trouble: 'rate-limited' | 'timeout') => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function kindOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(() => 'no error', (error: unknown) => (error instanceof ProviderError ? error.kind : `another error: ${String(error)}`));
}

export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What live links rely on in any provider (goodsam.md 11, 21.14). The real adapter has to pass it too. */
export function providerContract(name: string, make: () => Promise<Bench>): void {
  describe(`provider contract: ${name}`, () => {
    let bench: Bench;
    let provider: LiveLinkProvider;
    beforeAll(async () => {
      bench = await make();
      provider = bench.provider;
    });
    afterAll(() => bench.stop());

    const asked = (changes: Partial<CreateSession> = {}): CreateSession => ({
      externalRef: randomUUID(), mode: 'VIDEO', locale: 'en-GB', record: true, chat: true, expiresAt: new Date(Date.now() + 1_800_000).toISOString(), operatorRef: 'op-1', callbackUrl: bench.callbackUrl, ...changes,
    });
    const create = (changes: Partial<CreateSession> = {}): Promise<SessionCreated> => provider.createSession(asked(changes), { idempotencyKey: randomUUID() });
    const withFile = async (): Promise<{ session: SessionCreated; media: MediaRef }> => {
      const session = await create({ mode: 'UPLOAD' });
      await bench.join(session);
      await bench.sendFile(session);
      const [media] = await until(() => provider.listMedia(session.sessionId), list => list.length > 0);
      if (!media) throw new Error('no file');
      return { session, media };
    };

    describe('create', () => {
      it('gives the same session for the same key and body, also at the same time', async () => {
        const body = asked();
        const options = { idempotencyKey: randomUUID() };
        const [one, two] = await Promise.all([provider.createSession(body, options), provider.createSession(body, options)]);
        expect(two).toEqual(one);
        expect(await provider.createSession(body, options)).toEqual(one);
        expect(await create()).not.toEqual(one);
      });

      it('calls the same key with another body a conflict', async () => {
        const options = { idempotencyKey: randomUUID() };
        await provider.createSession(asked(), options);
        expect(await kindOf(provider.createSession(asked({ locale: 'pl' }), options))).toBe('conflict');
      });

      it('finds by its key the session that was made, and no other', async () => {
        const options = { idempotencyKey: randomUUID() };
        expect(await provider.findSession(options.idempotencyKey)).toBeUndefined();
        const { sessionId } = await provider.createSession(asked(), options);
        expect(await provider.findSession(options.idempotencyKey)).toEqual({ sessionId });
        expect(await provider.findSession(`${options.idempotencyKey}0`)).toBeUndefined();
      });

      it('refuses what is no request', async () => {
        expect(await kindOf(create({ expiresAt: 'tomorrow' }))).toBe('validation');
      });

      it('gives Retry-After with a refusal for the rate, and the session afterwards', async () => {
        await bench.nextCreate('rate-limited');
        const [body, options] = [asked(), { idempotencyKey: randomUUID() }];
        const error = await provider.createSession(body, options).catch((problem: unknown) => problem);
        expect(error).toMatchObject({ name: 'ProviderError', kind: 'rateLimited', retryAfterMs: 5_000 });
        expect((await provider.createSession(body, options)).sessionId).not.toBe('');
      });

      it('has one session only when a time-out hid it', async () => {
        await bench.nextCreate('timeout');
        const [body, options] = [asked(), { idempotencyKey: randomUUID() }];
        expect(await kindOf(provider.createSession(body, options))).toBe('timeout');
        const found = await provider.createSession(body, options);
        expect(await provider.createSession(body, options)).toEqual(found);
      });
    });

    describe('cancel and end', () => {
      it.each([['cancel', 'CANCELLED'], ['end', 'ENDED']] as const)('%s is done when it resolves, and again', async (what, status) => {
        const session = await create();
        await bench.join(session);
        for (let n = 0; n < 2; n += 1) {
          await (what === 'cancel' ? provider.cancel(session.sessionId, 'UNSAFE') : provider.end(session.sessionId));
          expect((await provider.getSession(session.sessionId)).status).toBe(status);
        }
        expect((await fetch(session.publicUrl)).status).toBe(404);
      });

      it('takes a session that is not there as done', async () => {
        expect(await kindOf(provider.cancel('nobody/../x', 'CANCELLED'))).toBe('no error');
        expect(await kindOf(provider.end('nobody'))).toBe('no error');
      });
    });

    it('a snapshot has every event so far, and an unknown session is not found', async () => {
      const body = asked();
      const session = await provider.createSession(body, { idempotencyKey: randomUUID() });
      expect(await provider.getSession(session.sessionId)).toMatchObject({ sessionId: session.sessionId, externalRef: body.externalRef, status: 'CREATED', events: [] });
      await bench.join(session);
      await provider.end(session.sessionId);
      const after = await provider.getSession(session.sessionId);
      expect(after).toMatchObject({ status: 'ENDED', endedBy: 'OFFICER' });
      expect(after.events.map(event => event.type)).toEqual(expect.arrayContaining(['session.opened', 'session.ended']));
      expect(new Set(after.events.map(event => event.id)).size).toBe(after.events.length);
      expect(await kindOf(provider.getSession('nobody'))).toBe('notFound');
    });

    describe('media', () => {
      it('reads a whole file whose length and digest are as told', async () => {
        const { media } = await withFile();
        const opened = await provider.openMedia(media);
        const bytes = await bytesOf(opened.stream);
        expect([bytes.length, opened.bytes]).toEqual([media.bytes, media.bytes]);
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(media.sha256);
        expect(opened.sha256).toBe(media.sha256);
      });

      it('goes on from a byte', async () => {
        const { media } = await withFile();
        const whole = await bytesOf((await provider.openMedia(media)).stream);
        const opened = await provider.openMedia(media, { from: 100 });
        expect(opened.bytes).toBe(media.bytes - 100);
        expect(opened.sha256).toBe(media.sha256);
        expect((await bytesOf(opened.stream)).equals(whole.subarray(100))).toBe(true);
        expect(await kindOf(provider.openMedia(media, { from: media.bytes + 1 }))).toBe('validation');
      });

      it('deletes for good, and says the same again', async () => {
        const { session, media } = await withFile();
        const deleted = await provider.deleteMedia(media);
        expect(Date.parse(deleted.deletedAt)).not.toBeNaN();
        expect(await provider.deleteMedia(media)).toEqual(deleted);
        expect(await provider.listMedia(session.sessionId)).toEqual([]);
        expect(await kindOf(provider.openMedia(media))).toBe('notFound');
        expect(await kindOf(provider.deleteMedia({ ...media, providerMediaId: 'nothing' }))).toBe('notFound');
      });
    });

    it('a viewer link opens once, for one viewer', async () => {
      const session = await create();
      await bench.join(session);
      const one = await provider.viewerUrl(session.sessionId, { viewerRef: 'viewer-1' });
      const two = await provider.viewerUrl(session.sessionId, { viewerRef: 'viewer-2' });
      expect(two.url).not.toBe(one.url);
      expect(Date.parse(one.expiresAt) - Date.now()).toBeLessThanOrEqual(300_000);
      expect((await fetch(one.url)).status).toBe(200);
      expect((await fetch(one.url)).ok).toBe(false);
      expect((await fetch(two.url)).status).toBe(200);
      await provider.end(session.sessionId);
      expect((await fetch(two.url)).ok).toBe(false);
      expect(await kindOf(provider.viewerUrl('nobody', { viewerRef: 'viewer-1' }))).toBe('notFound');
    });

    it('sends a chat message once for its key, and none when it is over', async () => {
      const session = await create();
      await bench.join(session);
      const message = { text: 'Help is on its way.', targetLocale: 'pl', idempotencyKey: randomUUID() };
      const first = await provider.sendChat(session.sessionId, message);
      expect(await provider.sendChat(session.sessionId, message)).toEqual(first);
      expect((await provider.sendChat(session.sessionId, { ...message, idempotencyKey: randomUUID() })).id).not.toBe(first.id);
      await provider.end(session.sessionId);
      expect(await kindOf(provider.sendChat(session.sessionId, { ...message, idempotencyKey: randomUUID() }))).toBe('conflict');
    });

    describe('failures', () => {
      it('a wrong key is refused everywhere', async () => {
        const session = await create();
        expect(await kindOf(bench.stranger.createSession(asked(), { idempotencyKey: randomUUID() }))).toBe('auth');
        expect(await kindOf(bench.stranger.getSession(session.sessionId))).toBe('auth');
        expect(await kindOf(bench.stranger.end(session.sessionId))).toBe('auth');
        expect((await bench.stranger.health()).ok).toBe(false);
      });

      it('an outage is "unavailable", also where "not found" would be fine', async () => {
        const session = await create();
        await bench.outage(true);
        try {
          expect(await kindOf(create())).toBe('unavailable');
          expect(await kindOf(provider.cancel(session.sessionId, 'CANCELLED'))).toBe('unavailable');
          expect((await provider.health()).ok).toBe(false);
        } finally {
          await bench.outage(false);
        }
        expect(await provider.health()).toMatchObject({ ok: true, latencyMs: expect.any(Number) });
      });

      it("the caller's own signal ends a call", async () => {
        const session = await create();
        for (const signal of [AbortSignal.abort(), AbortSignal.timeout(0)]) expect(await kindOf(provider.getSession(session.sessionId, { signal }))).toBe('timeout');
        const { media } = await withFile();
        const controller = new AbortController();
        const opened = await provider.openMedia(media, { signal: controller.signal });
        controller.abort();
        expect(await kindOf(bytesOf(opened.stream))).toBe('timeout');
      });
    });
  });
}
