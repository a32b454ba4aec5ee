import { createHash, randomUUID } from 'node:crypto';
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import type { StorageSettings } from './clients.ts';
import { statusOf, storageCall, toStorageError } from './errors.ts';
import { blocksOf, type EvidenceDigest } from './evidenceStore.ts';

export interface ReplaceOptions {
  readonly contentType: string;
  /** Called when all of the content lies ready and none of it can be read yet. When it throws, nothing is replaced. */
  readonly before: (digest: EvidenceDigest) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** Documents that are made anew and replace what stood under their names, in a container that may lie in another account than everything else. */
export interface SnapshotStore {
  /**
   * Writes the same content under each of the names, in their order. A name holds the former content whole or the new content whole, at every instant and whatever is killed. Where two write one
   * name at the same time either stays, whole. One block in memory at a time. @throws Unavailable, the signal's reason, and what `content` and `before` throw
   */
  replace(names: readonly string[], content: AsyncIterable<Uint8Array>, options: ReplaceOptions): Promise<EvidenceDigest>;
  /** Names that begin so, in order. @throws Unavailable */
  names(prefix: string): Promise<string[]>;
  /** One that is not there counts as removed. @throws Conflict under an immutability policy, Unavailable */
  remove(name: string): Promise<void>;
}

/** Nothing is loaded or sent before the first call; the container is made then if it is not there. */
export function connectSnapshots(settings: StorageSettings, container: string): SnapshotStore {
  let opened: Promise<SnapshotStore> | undefined;
  const open = (): Promise<SnapshotStore> => (opened ??= openSnapshots(settings, container).catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
  return {
    replace: async (names, content, options) => await (await open()).replace(names, content, options),
    names: async prefix => await (await open()).names(prefix),
    remove: async name => await (await open()).remove(name),
  };
}

async function openSnapshots(settings: StorageSettings, name: string): Promise<SnapshotStore> {
  const { openBlobs } = await import('./services.ts');
  const container = (await openBlobs(settings)).getContainerClient(name);
  await container.createIfNotExists().catch((error: unknown) => {
    throw toStorageError(error);
  });
  return azureSnapshots(container);
}

const blockBytes = 4 * 1024 * 1024;

/** Blocks that one Put Block List turns into the blob: until then readers see what stood there before. */
export function azureSnapshots(container: ContainerClient): SnapshotStore {
  return {
    async replace(names, content, { contentType, before, signal }) {
      const blobs = names.map(name => container.getBlockBlobClient(name));
      const staged = await stage(blobs, content, signal);
      await before(staged.digest);
      for (const blob of blobs) await commit(blob, staged, { contentType, signal });
      return staged.digest;
    },
    async names(prefix) {
      const found: string[] = [];
      try {
        for await (const { name } of container.listBlobsFlat({ prefix })) found.push(name);
        return found.sort();
      } catch (error) {
        throw toStorageError(error);
      }
    },
    async remove(name) {
      try {
        await container.getBlobClient(name).deleteIfExists({ deleteSnapshots: 'include' });
      } catch (error) {
        throw toStorageError(error);
      }
    },
  };
}

interface Staged {
  readonly ids: readonly string[];
  readonly digest: EvidenceDigest;
}

/** The ids are this write's own, so that two writes of one name cannot mix their blocks. */
async function stage(blobs: readonly BlockBlobClient[], content: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<Staged> {
  const write = randomUUID();
  const hash = createHash('sha256');
  const ids: string[] = [];
  let bytes = 0;
  for await (const block of blocksOf(content, blockBytes)) {
    signal?.throwIfAborted();
    hash.update(block);
    bytes += block.length;
    const id = Buffer.from(`${write}-${String(ids.length).padStart(6, '0')}`).toString('base64');
    await storageCall(Promise.all(blobs.map(blob => blob.stageBlock(id, block, block.length, signal ? { abortSignal: signal } : {}))), signal);
    ids.push(id);
  }
  signal?.throwIfAborted();
  return { ids, digest: { bytes, sha256: hash.digest('hex') } };
}

/** Somebody else who put theirs there since we staged has dropped our blocks (400): theirs is as new as ours, and it is whole. */
async function commit(blob: BlockBlobClient, { ids, digest }: Staged, { contentType, signal }: { readonly contentType: string; readonly signal: AbortSignal | undefined }): Promise<void> {
  try {
    await blob.commitBlockList([...ids], {
      metadata: { sha256: digest.sha256 }, blobHTTPHeaders: { blobContentType: contentType, blobCacheControl: 'no-store' }, ...(signal && { abortSignal: signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (statusOf(error) !== 400 || !isBlockGone(error)) throw toStorageError(error);
  }
}

function isBlockGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'InvalidBlockList';
}
