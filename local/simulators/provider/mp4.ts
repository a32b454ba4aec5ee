import { idrPicture, parameterSets, profile } from './h264.ts';

const SECONDS = 10;
const [columns, rows] = [6, 4];
const [width, height] = [columns * 16, rows * 16];
/** The unit matrix of ISO/IEC 14496-12 8.2.2. */
const MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

/** The clip of goodsam.md 12: 10 s of H.264 in MP4, a picture a second, without sound: a light bar that moves over a shaded ground. Nothing of a real place is in it. */
export function makeMp4(): Uint8Array {
  const pictures = Array.from({ length: SECONDS }, (_, second) => {
    const picture = idrPicture({ columns, rows, luma: (x, y) => (Math.floor(x / 9) === second ? 235 : 40 + x + y) }, second);
    return Buffer.concat([u32(picture.length), picture]);
  });
  const ftyp = box('ftyp', 'isom', u32(512), 'isom', 'avc1', 'mp41');
  const sizes = pictures.map(picture => picture.length);
  // The place of the pictures is told in moov, whose own length does not depend on it.
  const offset = ftyp.length + moov(sizes, 0).length + 8;
  return Buffer.concat([ftyp, moov(sizes, offset), box('mdat', ...pictures)]);
}

function moov(sizes: readonly number[], offset: number): Uint8Array {
  const mvhd = full('mvhd', 0, u32(0, 0, 1_000, SECONDS * 1_000, 0x10000), u16(0x0100, 0), u32(0, 0, ...MATRIX, 0, 0, 0, 0, 0, 0, 2));
  const tkhd = full('tkhd', 3, u32(0, 0, 1, 0, SECONDS * 1_000, 0, 0), u16(0, 0, 0, 0), u32(...MATRIX, width * 0x10000, height * 0x10000));
  const mdhd = full('mdhd', 0, u32(0, 0, 1_000, SECONDS * 1_000), u16(0x55c4, 0));
  const hdlr = full('hdlr', 0, u32(0), 'vide', u32(0, 0, 0), 'Simulator\0');
  const dinf = box('dinf', full('dref', 0, u32(1), full('url ', 1)));
  const stbl = box('stbl',
    full('stsd', 0, u32(1), avc1()), full('stts', 0, u32(1, SECONDS, 1_000)), full('stsc', 0, u32(1, 1, SECONDS, 1)), full('stsz', 0, u32(0, SECONDS, ...sizes)), full('stco', 0, u32(1, offset)));
  const minf = box('minf', full('vmhd', 1, u16(0, 0, 0, 0)), dinf, stbl);
  return box('moov', mvhd, box('trak', tkhd, box('mdia', mdhd, hdlr, minf)));
}

/** The sample description, with the parameter sets (ISO/IEC 14496-15 5.3). */
function avc1(): Uint8Array {
  const { sps, pps } = parameterSets(columns, rows);
  const avcC = box('avcC', Uint8Array.of(1), profile, Uint8Array.of(0xff, 0xe1), u16(sps.length), sps, Uint8Array.of(1), u16(pps.length), pps);
  return box('avc1', u16(0, 0, 0, 1), u32(0, 0, 0, 0), u16(width, height), u32(0x480000, 0x480000, 0), u16(1), new Uint8Array(32), u16(24, 0xffff), avcC);
}

function box(type: string, ...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const content = Buffer.concat(parts.map(part => Buffer.from(part)));
  return Buffer.concat([u32(content.length + 8), Buffer.from(type), content]);
}

/** A box with version 0 and flags. */
function full(type: string, flags: number, ...parts: readonly (Uint8Array | string)[]): Uint8Array {
  return box(type, u32(flags), ...parts);
}

function u32(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

function u16(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}
