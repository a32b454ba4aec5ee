import { createHash } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAzurite, type Azurite } from '../../../local/azurite.ts';
import { memorySnapshots } from '../../../shared/azure/snapshotMemory.ts';
import { connectSnapshots, type SnapshotStore } from '../../../shared/azure/snapshotStore.ts';

const container = 'packs';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(bytesOf(text));
}
const html = { contentType: 'text/html; charset=utf-8', before: () => Promise.resolve() } as const;

let azurite: Azurite;
beforeAll(async () => { azurite = await startAzurite(); }, 60_000);
afterAll(async () => { await azurite.stop(); });

const azure = () => {
  const client = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient(container);
  return {
    store: connectSnapshots({ connectionString: azurite.connectionString }, container),
    read: async (name: string): Promise<string | undefined> => (await client.getBlobClient(name).exists() ? (await client.getBlobClient(name).downloadToBuffer()).toString() : undefined),
  };
};
const memory = () => {
  const store = memorySnapshots();
  return { store, read: (name: string): Promise<string | undefined> => Promise.resolve(store.blobs.get(name)?.toString()) };
};

describe.each([['Azure Blob (Azurite)', azure], ['the double', memory]] as const)('SnapshotStore: %s', (_kind, make) => {
  let store: SnapshotStore;
  let read: (name: string) => Promise<string | undefined>;
  beforeAll(() => { ({ store, read } = make()); });

  it('writes the same content under each name, hashed, over several blocks', async () => {
    const parts = ['<p>', 'x'.repeat(9 * 1024 * 1024), '</p>'];
    const digest = await store.replace(['hourly/1.html', 'latest.html'], pieces(...parts), html);
    expect(digest).toEqual({ bytes: parts.join('').length, sha256: createHash('sha256').update(parts.join('')).digest('hex') });
    expect(await read('latest.html')).toBe(parts.join(''));
    expect(await read('hourly/1.html')).toBe(parts.join(''));
  });

  it.each([
    ['the content breaks off', async (): Promise<unknown> => await store.replace(['hourly/2.html', 'latest.html'], (async function* () { yield* pieces('new, '); throw new Error('broke off'); })(), html), /broke off/],
    ['it may not be read yet', async (): Promise<unknown> => await store.replace(['hourly/2.html', 'latest.html'], pieces('new'), { ...html, before: () => Promise.reject(new Error('not logged')) }), /not logged/],
    ['time is up', async (): Promise<unknown> => await store.replace(['hourly/2.html', 'latest.html'], pieces('new'), { ...html, signal: AbortSignal.abort(new Error('time is up')) }), /time is up/],
  ])('leaves the former one whole when %s', async (_name, attempt, why) => {
    await store.replace(['latest.html'], pieces('the former one'), html);
    await expect(attempt()).rejects.toThrow(why);
    expect(await read('latest.html')).toBe('the former one');
    expect(await read('hourly/2.html')).toBeUndefined();
  });

  it('one that another replaces in the middle leaves the other\'s, whole, and no failure', async () => {
    await store.replace(['latest.html'], pieces('slow'), { ...html, before: async () => { await store.replace(['latest.html'], pieces('quick'), html); } });
    expect(['slow', 'quick']).toContain(await read('latest.html'));
    await Promise.all(['one', 'two', 'three'].map(text => store.replace(['latest.html'], pieces(text.repeat(1_000)), html)));
    expect(['one', 'two', 'three'].map(text => text.repeat(1_000))).toContain(await read('latest.html'));
  });

  it('names what begins so, in order, and removes once or twice', async () => {
    for (const name of ['many/b', 'many/a', 'other/c']) await store.replace([name], pieces('x'), html);
    expect(await store.names('many/')).toEqual(['many/a', 'many/b']);
    await store.remove('many/a');
    await store.remove('many/a');
    expect(await store.names('many/')).toEqual(['many/b']);
  });
});

it('a browser opens it as a page that nobody caches', async () => {
  await connectSnapshots({ connectionString: azurite.connectionString }, container).replace(['page.html'], pieces('<p>'), html);
  const { contentType, cacheControl } = await BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient(container).getBlobClient('page.html').getProperties();
  expect([contentType, cacheControl]).toEqual(['text/html; charset=utf-8', 'no-store']);
});
