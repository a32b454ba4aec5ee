import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { NotOurForm, type FinishedPage } from './readFinished.ts';

/** The grey of every pixel of a finished page, decoded from its own stream. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

export async function decodePicture(image: FinishedPage['image']): Promise<GreyPicture> {
  const width = Number(/\/Width ([0-9]+)/.exec(image.dictionary)?.[1] ?? 0);
  const height = Number(/\/Height ([0-9]+)/.exec(image.dictionary)?.[1] ?? 0);
  if (image.dictionary.includes('/DCTDecode')) {
    const { data, info } = await sharp(image.bytes).raw().toBuffer({ resolveWithObject: true });
    if (info.width !== width || info.height !== height || (info.channels !== 1 && info.channels !== 3)) throw new NotOurForm('a picture has another size');
    return { width, height, grey: info.channels === 1 ? data : lumaOf(data) };
  }
  const stride = (width + 1) >>> 1;
  const packed = inflateSync(image.bytes);
  if (packed.length !== stride * height) throw new NotOurForm('a picture has another length');
  return { width, height, grey: unpack(packed, { width, height, stride }, greyOfIndex(image.dictionary)) };
}

/** The library's own grey is of linear light; the source's blocks are of luma (Rec. 601). */
function lumaOf(rgb: Uint8Array): Uint8Array {
  const grey = new Uint8Array(rgb.length / 3);
  for (let at = 0; at < grey.length; at += 1) grey[at] = Math.round(0.299 * (rgb[3 * at] ?? 0) + 0.587 * (rgb[3 * at + 1] ?? 0) + 0.114 * (rgb[3 * at + 2] ?? 0));
  return grey;
}

function unpack(packed: Uint8Array, size: { width: number; height: number; stride: number }, greys: Uint8Array): Uint8Array {
  const grey = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y += 1) {
    let out = y * size.width;
    for (let x = 0; x < size.width; x += 2) {
      const byte = packed[y * size.stride + (x >>> 1)] ?? 0;
      grey[out] = greys[byte >>> 4] ?? 0;
      if (x + 1 < size.width) grey[out + 1] = greys[byte & 15] ?? 0;
      out += 2;
    }
  }
  return grey;
}

function greyOfIndex(dictionary: string): Uint8Array {
  const palette = /<([0-9a-f]+)>/.exec(dictionary)?.[1];
  if (palette === undefined) return Uint8Array.from({ length: 16 }, (_, level) => level * 17);
  return Uint8Array.from({ length: 16 }, (_, index) => {
    const part = (channel: number) => Number.parseInt(palette.slice(index * 6 + channel * 2, index * 6 + channel * 2 + 2) || '0', 16);
    return Math.round(0.299 * part(0) + 0.587 * part(1) + 0.114 * part(2));
  });
}
