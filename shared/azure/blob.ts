import type { ContainerClient } from '@azure/storage-blob';
import { statusOf, toStorageError } from './errors.ts';
import type { BlobStore } from './store.ts';

/** One Blob container behind the port of `store.ts`. */
export function azureBlob(container: ContainerClient): BlobStore {
  return {
    async create(name, content, contentType) {
      try {
        await container.getBlockBlobClient(name).uploadData(Buffer.from(content.buffer, content.byteOffset, content.byteLength), {
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
        return await container.getBlobClient(name).downloadToBuffer();
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw toStorageError(error);
      }
    },
    async remove(name) {
      try {
        await container.getBlobClient(name).deleteIfExists();
      } catch (error) {
        throw toStorageError(error);
      }
    },
    async list(prefix) {
      const found: { name: string; createdAt: string }[] = [];
      try {
        for await (const item of container.listBlobsFlat({ prefix })) found.push({ name: item.name, createdAt: (item.properties.createdOn ?? item.properties.lastModified).toISOString() });
        return found;
      } catch (error) {
        throw toStorageError(error);
      }
    },
  };
}
