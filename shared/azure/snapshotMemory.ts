import { createHash } from 'node:crypto';
import type { SnapshotStore } from './snapshotStore.ts';

/** An in-memory double of `snapshotStore.ts`: what is being written can be seen by nobody before it is whole. */
export function memorySnapshots(): SnapshotStore & { readonly blobs: Map<string, Buffer> } {
  const blobs = new Map<string, Buffer>();
  return {
    blobs,
    async replace(names, content, { before, signal }) {
      const parts: Buffer[] = [];
      for await (const part of content) {
        signal?.throwIfAborted();
        parts.push(Buffer.from(part));
      }
      const whole = Buffer.concat(parts);
      const digest = { bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') };
      await before(digest);
      for (const name of names) blobs.set(name, whole);
      return digest;
    },
    names: prefix => Promise.resolve([...blobs.keys()].filter(name => name.startsWith(prefix)).sort()),
    remove: name => Promise.resolve(void blobs.delete(name)),
  };
}
