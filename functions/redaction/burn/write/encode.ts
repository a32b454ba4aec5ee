import { constants, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { scratch } from '../../lines/scratch.ts';
import { buildPalette } from './palette.ts';
import type { Pixels } from '../types.ts';

/** A page picture as an image XObject: the inner text of its dictionary and its bytes. */
export interface EncodedImage {
  readonly dictionary: string;
  readonly bytes: Uint8Array;
  readonly kind: 'grey' | 'palette' | 'jpeg';
}

const flate = { level: 6, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY } as const;

/** A pixel counts as coloured from this spread of its parts; text smoothing of coloured type stays below the share for a few pixels. */
const colouredSpread = 28;
const colouredShare = 0.0004;
/** Photographs and noisy scans have many neighbours that differ a little; type and drawings have hardly any. */
const smoothShare = 0.12;

/**
 * Encodes a finished page: 4-bit grey for text, 16 colours where they suffice, else JPEG (redaction.md 4). The pixels come from our own
 * rendering after everything under the boxes was destroyed; no stream of the source is used again.
 */
export async function encodeImage(picture: Pixels): Promise<EncodedImage> {
  const found = analyse(picture);
  const isColour = found.coloured > picture.width * picture.height * colouredShare;
  if (found.smooth > picture.width * picture.height * smoothShare) return encodeJpeg(picture, isColour);
  if (!isColour) return encodeIndexed(picture, '/DeviceGray', found.levels, 'grey');
  const palette = buildPalette(picture);
  if (palette === undefined) return encodeJpeg(picture, true);
  return encodeIndexed(picture, `[/Indexed/DeviceRGB ${palette.colours.length - 1}<${palette.colours.join('')}>]`, palette.indexes, 'palette');
}

/** Grey levels (0 to 15) of all pixels, how many are coloured, and how many differ a little from their left neighbour. */
function analyse(picture: Pixels): { levels: Uint8Array; coloured: number; smooth: number } {
  const { rgba } = picture;
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength / 4);
  const levels = scratch(4, words.length);
  let coloured = 0;
  let smooth = 0;
  let last = 0xffffffff;
  let level = 15;
  let luma = 255;
  let isColoured = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? 0;
    if (word !== last) {
      last = word;
      const r = word & 255;
      const g = (word >>> 8) & 255;
      const b = (word >>> 16) & 255;
      isColoured = Math.max(r, g, b) - Math.min(r, g, b) > colouredSpread ? 1 : 0;
      const before = luma;
      luma = (r * 77 + g * 150 + b * 29) >>> 8;
      level = (luma * 15 + 127) / 255 | 0;
      const step = Math.abs(luma - before);
      if (step > 0 && step < 14) smooth += 1;
    }
    coloured += isColoured;
    levels[index] = level;
  }
  return { levels, coloured, smooth };
}

function encodeIndexed(picture: Pixels, space: string, levels: Uint8Array, kind: 'grey' | 'palette'): EncodedImage {
  const dictionary = `/Type/XObject/Subtype/Image/Width ${picture.width}/Height ${picture.height}/ColorSpace${space}/BitsPerComponent 4/Filter/FlateDecode`;
  return { dictionary, bytes: deflateSync(pack(levels, picture.width, picture.height), flate), kind };
}

/** Two pixels a byte, rows padded to whole bytes. */
export function pack(levels: Uint8Array, width: number, height: number): Uint8Array {
  const stride = (width + 1) >>> 1;
  const packed = scratch(5, stride * height);
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    const pairs = width >>> 1;
    const out = y * stride;
    for (let x = 0; x < pairs; x += 1) packed[out + x] = ((levels[row + 2 * x] ?? 0) << 4) | (levels[row + 2 * x + 1] ?? 0);
    if (width & 1) packed[out + pairs] = (levels[row + width - 1] ?? 0) << 4;
  }
  return packed;
}

function lumaOf(rgba: Uint8Array<ArrayBuffer>): Uint8Array {
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength / 4);
  const grey = new Uint8Array(words.length);
  for (let at = 0; at < grey.length; at += 1) {
    const word = words[at] ?? 0;
    grey[at] = ((word & 255) * 77 + ((word >>> 8) & 255) * 150 + ((word >>> 16) & 255) * 29) >>> 8;
  }
  return grey;
}

async function encodeJpeg(picture: Pixels, isColour: boolean): Promise<EncodedImage> {
  const { width, height, rgba } = picture;
  const raw = isColour ? sharp(rgba, { raw: { width, height, channels: 4 } }).removeAlpha() : sharp(lumaOf(rgba), { raw: { width, height, channels: 1 } });
  const options = { quality: 74, chromaSubsampling: '4:4:4', optimiseCoding: true } as const;
  const bytes = await (isColour ? raw : raw.toColourspace('b-w')).jpeg(options).toBuffer();
  const dictionary = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/${isColour ? 'DeviceRGB' : 'DeviceGray'}/BitsPerComponent 8/Filter/DCTDecode`;
  return { dictionary, bytes, kind: 'jpeg' };
}
