import { describe, expect, it } from '@jest/globals';
import { retrieve } from '../../../functions/goodsam/evidence/retrieve.ts';
import { ProviderError } from '../../../functions/goodsam/provider/port.ts';
import { killedEverywhere } from './kills.ts';
import { announced, clip, fakeProvider, hashOf, item, sha, signal, world } from './support.ts';

const content = clip(25_000);
const whole = { kind: 'retrieved', sha256: hashOf(content), bytes: 25_000, typeCheck: 'AGREES', sniffed: 'video/mp4' };

describe('retrieve', () => {
  it('streams into quarantine with hash and length as announced, and knows it when asked again', async () => {
    const provider = fakeProvider(content);
    const { deps, store } = world(provider);
    expect(await retrieve(deps, announced(content), signal())).toEqual(whole);
    expect(await retrieve(deps, announced(content), signal())).toEqual(whole);
    expect(provider.opened).toEqual([0]);
    expect([...store.held.keys()]).toEqual([`quarantine/${item().evidenceId}`]);
    expect(store.held.get(`quarantine/${item().evidenceId}`)?.content).toEqual(content);
  });

  it('resumes where the line broke, and takes no byte twice', async () => {
    const provider = fakeProvider(content, [10_000, 5_000, 3_500]);
    const { deps } = world(provider);
    expect(await retrieve(deps, announced(content), signal())).toEqual(whole);
    expect(provider.opened).toEqual([0, 10_000, 15_000, 18_500]);
  });

  it('gives up after three resumptions, stores nothing, and succeeds the next time', async () => {
    const provider = fakeProvider(content, [1_000, 1_000, 1_000, 1_000]);
    const { deps, store } = world(provider);
    expect(await retrieve(deps, announced(content), signal())).toEqual({ kind: 'failed', failure: 'provider-unavailable' });
    expect(store.held.size).toBe(0);
    expect(await retrieve(deps, announced(content), signal())).toEqual(whole);
  });

  it('a stream that goes silent is resumed', async () => {
    const provider = fakeProvider(content, ['silent']);
    const { deps } = world(provider);
    expect(await retrieve(deps, announced(content), signal())).toEqual(whole);
    expect(provider.opened).toEqual([0, 0]);
  });

  it('A9: content of another hash is not stored, and the provider keeps its copy', async () => {
    const provider = fakeProvider(content);
    const { deps, store } = world(provider);
    expect(await retrieve(deps, announced(content, { providerSha256: sha('a') }), signal())).toEqual({ kind: 'failed', failure: 'hash-mismatch' });
    expect(store.held.size).toBe(0);
    expect(provider).toMatchObject({ isThere: true, deletions: 0 });
  });

  it('a provider that ignores where to go on is found out by length or hash', async () => {
    const provider = fakeProvider(content, [10_000]);
    const deaf = { ...provider, openMedia: () => provider.openMedia({ sessionId: 's', providerMediaId: 'm', kind: 'SNAPSHOT', mime: '', bytes: 0 }) };
    const { deps, store } = world(provider, { provider: deaf });
    expect(await retrieve(deps, announced(content), signal())).toEqual({ kind: 'failed', failure: 'length-mismatch' });
    expect(store.held.size).toBe(0);
  });

  it.each([['shorter', 24_000, 'length-mismatch'], ['longer', 26_000, 'provider-unavailable']] as const)('content that is not as long as announced: announced %s', async (_what, bytes, failure) => {
    const { deps, store } = world(fakeProvider(content));
    expect(await retrieve(deps, announced(content, { bytes }), signal())).toEqual({ kind: 'failed', failure });
    expect(store.held.size).toBe(0);
  });

  it('a provider that says one hash in the list and another at the download is not believed', async () => {
    const provider = fakeProvider(content);
    const contradicting = { ...provider, openMedia: async () => ({ ...await provider.openMedia({ sessionId: 's', providerMediaId: 'm', kind: 'SNAPSHOT', mime: '', bytes: 0 }), sha256: sha('b') }) };
    const { deps, store } = world(provider, { provider: contradicting });
    expect(await retrieve(deps, announced(content), signal())).toEqual({ kind: 'failed', failure: 'hash-mismatch' });
    expect(store.held.size).toBe(0);
  });

  it('without a hash of the provider the length is compared, and ours is taken', async () => {
    const { deps } = world(fakeProvider(content));
    expect(await retrieve(deps, item({ bytes: content.length }), signal())).toEqual(whole);
  });

  it('says what the provider said: gone, too many requests', async () => {
    const provider = fakeProvider(content);
    provider.isThere = false;
    expect(await retrieve(world(provider).deps, announced(content), signal())).toEqual({ kind: 'failed', failure: 'provider-notFound' });
    const limited = { ...provider, openMedia: () => Promise.reject(new ProviderError('rateLimited', 'later', { retryAfterMs: 5_000 })) };
    expect(await retrieve(world(provider, { provider: limited }).deps, announced(content), signal())).toEqual({ kind: 'failed', failure: 'provider-rateLimited', retryAfterMs: 5_000 });
  });

  it('an abort is thrown, not taken for a failure of the provider', async () => {
    const { deps, store } = world(fakeProvider(content, ['silent']), { stallAfterMs: 60_000 });
    await expect(retrieve(deps, announced(content), AbortSignal.timeout(30))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(store.held.size).toBe(0);
  });

  it('a file that is not what it claims to be is kept and marked', async () => {
    const program = Buffer.from(`MZ${'x'.repeat(500)}`);
    const { deps } = world(fakeProvider(program));
    expect(await retrieve(deps, announced(program, { mime: 'image/jpeg' }), signal())).toMatchObject({ kind: 'retrieved', typeCheck: 'DISPUTED', sniffed: 'application/x-msdownload' });
  });

  it('killed at any call and run again: one blob, the same answer', async () => {
    const kills = await killedEverywhere(
      () => Promise.resolve(world(fakeProvider(content))), deps => retrieve(deps, announced(content), signal()),
      async ({ store }, answer, kill) => {
        expect({ kill, answer }).toEqual({ kill, answer: whole });
        expect(await store.properties('quarantine', item().evidenceId)).toMatchObject({ bytes: 25_000, sha256: hashOf(content) });
        expect(store.held.size).toBe(1);
      },
    );
    expect(kills).toBeGreaterThanOrEqual(6);
  });
});
