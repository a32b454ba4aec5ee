import type { ContainerClient } from '@azure/storage-blob';
import { statusOf, toStorageError } from './errors.ts';
import type { BlobStore } from './store.ts';

/** One Blob container behind the port of `store.ts`. */
export function azureBlob(open: () => Promise<ContainerClient>): BlobStore {
  return {
    async create(name, content, contentType) {
      try {
        await (await open()).getBlockBlobClient(name).uploadData(Buffer.from(content.buffer, content.byteOffset, content.byteLength), {
          conditions: { ifNoneMatch: '*' }, blobHTTPHeaders: { blobContentType: contentType },
        });
        return 'created';
      } catch (error) {
        if (statusOf(error) === 409 || statusOf(error) === 412) return 'exists';
        throw toStorageError(error);
      }
    },
    async read(name) {
      try {
        return await (await open()).getBlobClient(name).downloadToBuffer();
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw toStorageError(error);
      }
    },
    async remove(name) {
      try {
        await (await open()).getBlobClient(name).deleteIfExists();
      } catch (error) {
        throw toStorageError(error);
      }
    },
    async list(prefix) {
      const found: { name: string; createdAt: string }[] = [];
      try {
        for await (const item of (await open()).listBlobsFlat({ prefix })) found.push({ name: item.name, createdAt: (item.properties.createdOn ?? item.properties.lastModified).toISOString() });
        return found;
      } catch (error) {
        throw toStorageError(error);
      }
    },
  };
}
