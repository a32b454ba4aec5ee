import { crc32 } from 'node:zlib';

/** A picture of at most 16 colours: one palette index a pixel, row by row. */
export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, each 0 to 255. */
  readonly palette: readonly (readonly [number, number, number])[];
  readonly pixels: Uint8Array;
}

/**
 * Writes a PNG (ISO/IEC 15948), 4 bits a pixel, opaque. The data is stored rather than compressed, because zlib's output differs between
 * processors and the committed icon must be equal everywhere.
 */
export function encodePng(image: IndexedImage): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(image.width, 0);
  header.writeUInt32BE(image.height, 4);
  header.set([4, 3, 0, 0, 0], 8); // bit depth 4, palette colour, the only methods there are, no interlace
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header), chunk('PLTE', Buffer.from(image.palette.flat())), chunk('IDAT', stored(rowsOf(image))), chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each row is a filter byte (none) and two pixels a byte. */
function rowsOf({ width, height, pixels }: IndexedImage): Buffer {
  const stride = 1 + Math.ceil(width / 2);
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const place = y * stride + 1 + (x >> 1);
      rows[place] = (rows[place] ?? 0) | ((pixels[y * width + x] ?? 0) << (x % 2 === 0 ? 4 : 0));
    }
  }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

const largestBlock = 0xffff;

/** A zlib stream (RFC 1950) of stored blocks (RFC 1951 3.2.4). */
function stored(data: Buffer): Buffer {
  const blocks: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let start = 0; start < data.length; start += largestBlock) {
    const part = data.subarray(start, start + largestBlock);
    const head = Buffer.alloc(5);
    head[0] = start + largestBlock >= data.length ? 1 : 0;
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(part.length ^ 0xffff, 3);
    blocks.push(head, part);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(adler32(data), 0);
  return Buffer.concat([...blocks, sum]);
}

function adler32(data: Buffer): number {
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}
