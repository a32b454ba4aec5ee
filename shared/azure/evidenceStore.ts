import { createHash, randomUUID } from 'node:crypto';
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { statusOf, storageCall, toStorageError } from './errors.ts';

/** Two containers: what came from outside and has no verdict yet, and what was found clean. Nothing in `quarantine` is ever shown to anybody. */
export const evidenceParts = ['quarantine', 'evidence'] as const;
export type EvidencePart = (typeof evidenceParts)[number];

/** What a complete blob is: its length and the SHA-256 (lower-case hex) that was computed while it was written. */
export interface EvidenceDigest {
  readonly bytes: number;
  readonly sha256: string;
}

export interface EvidenceProperties extends EvidenceDigest {
  readonly createdAt: string;
}

export interface WriteOptions {
  readonly signal?: AbortSignal;
  /** What the content must turn out to be. It is compared before the blob comes into being, so content that differs leaves nothing behind. */
  readonly expected?: Partial<EvidenceDigest>;
}

/** Files of evidence: up to 20 GB each (goodsam.md 10), so nothing here holds a whole file in memory or on a disk. */
export interface EvidenceStore {
  /**
   * Writes a blob once, hashing while it streams. A blob is complete or is not there: a broken or aborted write leaves none. When the name is complete
   * already the content is not read, and its recorded digest is returned. @throws ContentMismatch, Unavailable, the signal's reason, and what `content` throws
   */
  writeStream(part: EvidencePart, name: string, content: AsyncIterable<Uint8Array>, options?: WriteOptions): Promise<EvidenceDigest>;
  /** The content from byte `from`, `bytes` of it at most; undefined when there is no such blob. @throws Unavailable, also while it is read */
  readStream(part: EvidencePart, name: string, range?: ReadRange): Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * Quarantine to evidence, under the same name. The bytes are hashed again on the way and must be what was recorded when they came in; the quarantined copy
   * stays. May be repeated. Undefined when the name is in neither part. @throws ContentMismatch, Unavailable
   */
  copyWithin(name: string, options?: WriteOptions): Promise<EvidenceDigest | undefined>;
  /** A blob that is not there counts as removed. @throws Conflict for a blob under an immutability policy, Unavailable */
  remove(part: EvidencePart, name: string): Promise<void>;
  properties(part: EvidencePart, name: string): Promise<EvidenceProperties | undefined>;
  /** Names of the complete blobs that begin so: what is deleted with a record is found when the record itself says nothing any more. @throws Unavailable */
  names(part: EvidencePart, prefix: string): Promise<string[]>;
}

export interface ReadRange {
  readonly from?: number;
  readonly bytes?: number;
}

/** The content is not what it had to be. Both digests are of use in a report; neither tells what the content is. */
export class ContentMismatch extends Error {
  override readonly name = 'ContentMismatch';
  readonly isLoggable = true;
  readonly of: 'bytes' | 'sha256';
  readonly found: EvidenceDigest;
  constructor(of: 'bytes' | 'sha256', found: EvidenceDigest) {
    super(`the content differs in ${of} from what was expected`);
    this.of = of;
    this.found = found;
  }
}

/** Compares what was found with what had to be. @throws ContentMismatch */
export function mustBe(found: EvidenceDigest, { bytes, sha256 }: Partial<EvidenceDigest> = {}): EvidenceDigest {
  if (bytes !== undefined && bytes !== found.bytes) throw new ContentMismatch('bytes', found);
  if (sha256 !== undefined && sha256.toLowerCase() !== found.sha256) throw new ContentMismatch('sha256', found);
  return found;
}

/** Memory for one block is all that a write takes. Azure allows 50,000 blocks a blob: 400 GB at this size. */
const blockBytes = 8 * 1024 * 1024;

/** Block blobs behind the port above: staged blocks that one conditional Put Block List turns into a blob. */
export function azureEvidence(open: (part: EvidencePart) => Promise<ContainerClient>): EvidenceStore {
  const client = async (part: EvidencePart, name: string): Promise<BlockBlobClient> => (await open(part)).getBlockBlobClient(name);
  const store: EvidenceStore = {
    async writeStream(part, name, content, { signal, expected } = {}) {
      signal?.throwIfAborted();
      const complete = await store.properties(part, name);
      if (complete) return mustBe({ bytes: complete.bytes, sha256: complete.sha256 }, expected);
      const blob = await client(part, name);
      const staged = await stage(blob, content, signal);
      mustBe(staged.digest, expected);
      if (await commit(blob, staged, signal)) return staged.digest;
      const winner = await store.properties(part, name);
      if (!winner) throw new Error('a blob was neither written nor found');
      return mustBe({ bytes: winner.bytes, sha256: winner.sha256 }, expected);
    },
    async readStream(part, name, { from = 0, bytes = Infinity } = {}) {
      const found = await store.properties(part, name);
      return found && slicesOf(await client(part, name), from, Math.min(found.bytes, from + bytes));
    },
    copyWithin: (name, options) => copyBetween(store, name, options),
    async remove(part, name) {
      await (await client(part, name)).deleteIfExists().catch((error: unknown) => {
        throw toStorageError(error);
      });
    },
    async properties(part, name) {
      try {
        const { contentLength, metadata, createdOn, lastModified } = await (await client(part, name)).getProperties();
        const at = createdOn ?? lastModified;
        if (contentLength === undefined || metadata?.['sha256'] === undefined || !at) throw new Error('a blob without its recorded digest: it was not written by this store');
        return { bytes: contentLength, sha256: metadata['sha256'], createdAt: at.toISOString() };
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw toStorageError(error);
      }
    },
    async names(part, prefix) {
      const found: string[] = [];
      try {
        for await (const { name } of (await open(part)).listBlobsFlat({ prefix })) found.push(name);
        return found;
      } catch (error) {
        throw toStorageError(error);
      }
    },
  };
  return store;
}

/** Streams a blob from quarantine to evidence; both stores copy so, because the hash has to be taken again anyway. */
export async function copyBetween(store: EvidenceStore, name: string, { signal, expected }: WriteOptions = {}): Promise<EvidenceDigest | undefined> {
  const done = await store.properties('evidence', name);
  if (done) return mustBe({ bytes: done.bytes, sha256: done.sha256 }, expected);
  const source = await store.properties('quarantine', name);
  const content = source && await store.readStream('quarantine', name);
  if (!source || !content) return undefined;
  const recorded = mustBe({ bytes: source.bytes, sha256: source.sha256 }, expected);
  return await store.writeStream('evidence', name, content, { expected: recorded, ...(signal && { signal }) });
}

interface Staged {
  readonly ids: readonly string[];
  readonly digest: EvidenceDigest;
}

/** Sends the content as blocks that are no blob yet. The ids are this write's own, so that two writes of one name cannot mix their blocks. */
async function stage(blob: BlockBlobClient, content: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<Staged> {
  const write = randomUUID();
  const hash = createHash('sha256');
  const ids: string[] = [];
  let bytes = 0;
  for await (const block of blocksOf(abortable(content, signal), blockBytes)) {
    hash.update(block);
    bytes += block.length;
    const id = Buffer.from(`${write}-${String(ids.length).padStart(6, '0')}`).toString('base64');
    // The service checks the sum on arrival: what is hashed here is what lies there.
    const sum = createHash('md5').update(block).digest();
    await storageCall(blob.stageBlock(id, block, block.length, { transactionalContentMD5: sum, ...(signal && { abortSignal: signal }) }), signal);
    ids.push(id);
  }
  return { ids, digest: { bytes, sha256: hash.digest('hex') } };
}

/** Makes the blob, unless the name is taken. False when somebody else was first: their commit also dropped our blocks, hence the 400. */
async function commit(blob: BlockBlobClient, { ids, digest }: Staged, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await blob.commitBlockList([...ids], {
      conditions: { ifNoneMatch: '*' }, metadata: { sha256: digest.sha256 }, ...(signal && { abortSignal: signal }),
      // Never served as what it claims to be.
      blobHTTPHeaders: { blobContentType: 'application/octet-stream', blobContentDisposition: 'attachment' },
    });
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    const status = statusOf(error);
    if (status === 400 || status === 409 || status === 412) return false;
    throw toStorageError(error);
  }
}

/** Cuts content into blocks of this size, the last one shorter. One buffer is used again and again: a block is good until the next is asked for. */
export async function* blocksOf(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const block = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + size - filled);
      block.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === size) {
        yield block;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

/** The content until the signal fires, even while a source that has gone silent is waited for. @throws the signal's reason */
export async function* abortable(content: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]();
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => undefined);
  const stop = (): void => aborted.reject(signal?.reason);
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop);
  let isDone = false;
  try {
    for (let step = await Promise.race([iterator.next(), aborted.promise]); step.done !== true; step = await Promise.race([iterator.next(), aborted.promise])) yield step.value;
    isDone = true;
  } finally {
    signal?.removeEventListener('abort', stop);
    // Not awaited: a generator that waits for a silent source would only return when the source speaks again.
    if (!isDone) void iterator.return?.().catch(() => undefined);
  }
}

/** A read is many requests, each well inside the time-out of one: a single download of 20 GB would be cut off by it. Blobs are written once, so the slices fit. */
const sliceBytes = 32 * 1024 * 1024;

async function* slicesOf(blob: BlockBlobClient, from: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < end; at += sliceBytes) {
    try {
      const { readableStreamBody } = await blob.download(at, Math.min(sliceBytes, end - at), { maxRetryRequests: 3 });
      for await (const chunk of readableStreamBody ?? []) {
        if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream of text where bytes are stored');
        yield chunk;
      }
    } catch (error) {
      throw toStorageError(error);
    }
  }
}
