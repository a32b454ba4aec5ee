import { createHash } from 'node:crypto';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAzurite, type Azurite } from '../../../local/azurite.ts';
import { memoryEvidence } from '../../../shared/azure/evidenceMemory.ts';
import { azureEvidence, blocksOf, type EvidencePart, type EvidenceStore } from '../../../shared/azure/evidenceStore.ts';

const megabyte = 1024 * 1024;

/** Content that differs at every byte, in chunks of odd sizes so that blocks never fall on their edges. */
async function* content(bytes: number, chunk = 300_007): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; at += chunk) yield await Promise.resolve(Uint8Array.from({ length: Math.min(chunk, bytes - at) }, (_, n) => (at + n) * 31 % 251));
}

async function gathered(stream: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function digestOf(stream: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
  const whole = await gathered(stream);
  return { bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') };
}

let azurite: Azurite;
const containers = new Map<EvidencePart, ContainerClient>();

beforeAll(async () => {
  azurite = await startAzurite();
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  for (const part of ['quarantine', 'evidence'] as const) {
    const container = service.getContainerClient(part);
    await container.create();
    containers.set(part, container);
  }
});
afterAll(async () => await azurite.stop());

function azure(): EvidenceStore {
  return azureEvidence(part => {
    const container = containers.get(part);
    return container ? Promise.resolve(container) : Promise.reject(new Error(part));
  });
}

describe.each([['Azure Blob (Azurite)', azure], ['the double', () => memoryEvidence(() => '2026-11-25T09:00:00.000Z')]] as const)('EvidenceStore: %s', (kind, make) => {
  let store: EvidenceStore;
  let counter = 0;
  const fresh = (): string => `${kind.length}-${++counter}`;
  beforeAll(() => void (store = make()));

  it('hashes while it writes, over several blocks, and reads back byte for byte', async () => {
    const name = fresh();
    const size = 40 * megabyte + 17;
    const written = await store.writeStream('quarantine', name, content(size));
    expect(written).toEqual(await digestOf(content(size)));
    const read = await store.readStream('quarantine', name);
    if (!read) throw new Error('not there');
    expect(await digestOf(read)).toEqual(written);
    expect(await store.properties('quarantine', name)).toMatchObject(written);
    expect(await store.properties('evidence', name)).toBeUndefined();
  });

  it('reads ranges, and nothing beyond the end', async () => {
    const name = fresh();
    await store.writeStream('evidence', name, content(1_000));
    const whole = await gathered(content(1_000));
    expect(await gathered(await store.readStream('evidence', name, { from: 10, bytes: 5 }))).toEqual(whole.subarray(10, 15));
    expect(await gathered(await store.readStream('evidence', name, { from: 990 }))).toEqual(whole.subarray(990));
    expect(await gathered(await store.readStream('evidence', name, { from: 1_000, bytes: 5 }))).toHaveLength(0);
    expect(await store.readStream('evidence', 'no-such-name')).toBeUndefined();
  });

  it('finds by the beginning of a name what is complete in that part, and nothing else', async () => {
    const name = fresh();
    await store.writeStream('evidence', `${name}-b`, content(10));
    await store.writeStream('evidence', `${name}-a`, content(10));
    await store.writeStream('quarantine', `${name}-c`, content(10));
    expect((await store.names('evidence', `${name}-`)).sort()).toEqual([`${name}-a`, `${name}-b`]);
    expect(await store.names('evidence', `${name}-d`)).toEqual([]);
  });

  it('takes an empty file', async () => {
    const name = fresh();
    expect(await store.writeStream('quarantine', name, content(0))).toEqual(await digestOf(content(0)));
    expect(await gathered(await store.readStream('quarantine', name))).toHaveLength(0);
  });

  it('is create-once: a second write reads nothing and gives the recorded digest', async () => {
    const name = fresh();
    const first = await store.writeStream('quarantine', name, content(1_000));
    let asked = 0;
    async function* other(): AsyncGenerator<Uint8Array> {
      asked += 1;
      yield await Promise.resolve(new Uint8Array(5));
    }
    expect(await store.writeStream('quarantine', name, other())).toEqual(first);
    expect(asked).toBe(0);
    await expect(store.writeStream('quarantine', name, other(), { expected: { sha256: 'f'.repeat(64) } })).rejects.toMatchObject({ name: 'ContentMismatch', of: 'sha256' });
  });

  it('two writers of one name at once: one content wins whole, both are told its digest', async () => {
    const name = fresh();
    const results = await Promise.all([store.writeStream('quarantine', name, content(10 * megabyte)), store.writeStream('quarantine', name, content(9 * megabyte))]);
    expect(results[0]).toEqual(results[1]);
    const read = await store.readStream('quarantine', name);
    if (!read) throw new Error('not there');
    expect(await digestOf(read)).toEqual(results[0]);
  });

  it('a source that breaks leaves no blob, and the next write starts anew', async () => {
    const name = fresh();
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield* content(9 * megabyte);
      throw new Error('the line broke');
    }
    await expect(store.writeStream('quarantine', name, breaking())).rejects.toThrow('the line broke');
    expect(await store.properties('quarantine', name)).toBeUndefined();
    expect(await store.readStream('quarantine', name)).toBeUndefined();
    expect(await store.writeStream('quarantine', name, content(2_000))).toEqual(await digestOf(content(2_000)));
  });

  it('content that is not what was expected leaves no blob', async () => {
    const name = fresh();
    const right = await digestOf(content(3_000));
    await expect(store.writeStream('quarantine', name, content(3_000), { expected: { sha256: '0'.repeat(64) } })).rejects.toMatchObject({ name: 'ContentMismatch', of: 'sha256', found: right });
    await expect(store.writeStream('quarantine', name, content(3_000), { expected: { bytes: 3_001 } })).rejects.toMatchObject({ name: 'ContentMismatch', of: 'bytes' });
    expect(await store.properties('quarantine', name)).toBeUndefined();
    expect(await store.writeStream('quarantine', name, content(3_000), { expected: { ...right, sha256: right.sha256.toUpperCase() } })).toEqual(right);
  });

  it('an abort ends a write that waits for a silent source, and leaves no blob', async () => {
    const name = fresh();
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(new Uint8Array(10));
      await new Promise(() => undefined);
    }
    await expect(store.writeStream('quarantine', name, silent(), { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(store.writeStream('quarantine', name, content(10), { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
    expect(await store.properties('quarantine', name)).toBeUndefined();
  });

  it('copies from quarantine to evidence, again and again, and after the quarantined copy is gone', async () => {
    const name = fresh();
    expect(await store.copyWithin(name)).toBeUndefined();
    const written = await store.writeStream('quarantine', name, content(9 * megabyte));
    await expect(store.copyWithin(name, { expected: { sha256: 'a'.repeat(64) } })).rejects.toMatchObject({ name: 'ContentMismatch' });
    expect(await store.properties('evidence', name)).toBeUndefined();
    expect(await store.copyWithin(name, { expected: written })).toEqual(written);
    await store.remove('quarantine', name);
    expect(await store.copyWithin(name, { expected: written })).toEqual(written);
    expect(await gathered(await store.readStream('evidence', name))).toHaveLength(written.bytes);
  });

  it('removes, and removes again', async () => {
    const name = fresh();
    await store.writeStream('evidence', name, content(10));
    await store.remove('evidence', name);
    await store.remove('evidence', name);
    expect(await store.properties('evidence', name)).toBeUndefined();
  });
});

describe('Azure only', () => {
  it('a copy that rotted in quarantine is not promoted: the hash is taken again', async () => {
    const store = azure();
    const recorded = await store.writeStream('quarantine', 'rotten', content(1_000));
    const changed = (await gathered(content(1_000))).fill(7, 500, 501);
    await containers.get('quarantine')?.getBlockBlobClient('rotten').uploadData(changed, { metadata: { sha256: recorded.sha256 } });
    await expect(store.copyWithin('rotten')).rejects.toMatchObject({ name: 'ContentMismatch', of: 'sha256' });
    expect(await store.properties('evidence', 'rotten')).toBeUndefined();
  });

  it('is stored as bytes to download, whatever it claims to be', async () => {
    await azure().writeStream('evidence', 'typed', content(10));
    expect(await containers.get('evidence')?.getBlobClient('typed').getProperties()).toMatchObject({ contentType: 'application/octet-stream', contentDisposition: 'attachment' });
  });

  it('storage that does not answer is Unavailable', async () => {
    const service = BlobServiceClient.fromConnectionString(azurite.connectionString.replace(/BlobEndpoint=http:\/\/127\.0\.0\.1:\d+/, 'BlobEndpoint=http://127.0.0.1:9'), { retryOptions: { maxTries: 1 } });
    const store = azureEvidence(part => Promise.resolve(service.getContainerClient(part)));
    await expect(store.writeStream('quarantine', 'x', content(10))).rejects.toMatchObject({ name: 'Unavailable' });
  });
});

it('blocksOf: any chunking gives full blocks and one rest', async () => {
  for (const chunk of [1, 3, 7, 10, 23]) {
    const sizes: number[] = [];
    const parts: Buffer[] = [];
    for await (const block of blocksOf(content(57, chunk), 10)) {
      sizes.push(block.length);
      parts.push(Buffer.from(block));
    }
    expect(sizes).toEqual([10, 10, 10, 10, 10, 7]);
    expect(Buffer.concat(parts)).toEqual(await gathered(content(57)));
  }
});
