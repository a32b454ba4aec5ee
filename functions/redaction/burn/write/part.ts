import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { pageRecord, type BurntPage } from '../record.ts';

/** Burnt pages in a file, each as the length of its record (32 bits, little-endian), the record as JSON, its picture, its text layer. */
export function openPartWriter(path: string): { add: (page: BurntPage) => void; close: () => void } {
  const file = openSync(path, 'w');
  return {
    add({ record, image, layer }) {
      const json = Buffer.from(JSON.stringify(record));
      const head = Buffer.alloc(4);
      head.writeUInt32LE(json.length);
      for (const bytes of [head, json, image, layer]) writeAll(file, bytes);
    },
    close: () => closeSync(file),
  };
}

/** Writes all bytes: a write to a full pipe or disk may take fewer. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

/** The pages of part files, in their order, one in memory at a time. Throws on a file that ends early. */
export function* readParts(paths: readonly string[]): Generator<BurntPage> {
  for (const path of paths) {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      for (let at = 0; at < size;) {
        const length = readAt(file, at, 4).readUInt32LE();
        const record = pageRecord.parse(JSON.parse(readAt(file, at + 4, length).toString()));
        const image = readAt(file, at + 4 + length, record.image.bytes);
        const layer = readAt(file, at + 4 + length + record.image.bytes, record.layerBytes);
        at += 4 + length + record.image.bytes + record.layerBytes;
        yield { record, image, layer };
      }
    } finally {
      closeSync(file);
    }
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const got = readSync(file, bytes, done, length - done, position + done);
    if (got === 0) throw new Error('A part file ends early');
    done += got;
  }
  return bytes;
}
