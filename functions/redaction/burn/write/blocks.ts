import { blockSize } from '../record.ts';
import type { Pixels } from '../types.ts';

/** Mean grey of each block of a picture, row by row; what the verifier compares the finished page with. */
export function blockMeans(picture: Pixels): Uint8Array {
  const columns = Math.ceil(picture.width / blockSize);
  const sums = new Float64Array(columns * Math.ceil(picture.height / blockSize));
  const counts = new Uint32Array(sums.length);
  const words = new Uint32Array(picture.rgba.buffer, picture.rgba.byteOffset, picture.rgba.byteLength / 4);
  for (let y = 0; y < picture.height; y += 1) {
    const row = Math.floor(y / blockSize) * columns;
    for (let column = 0; column < columns; column += 1) {
      const end = Math.min(picture.width, (column + 1) * blockSize);
      let sum = 0;
      for (let at = y * picture.width + column * blockSize; at < y * picture.width + end; at += 1) {
        const word = words[at] ?? 0;
        sum += (word & 255) * 77 + ((word >>> 8) & 255) * 150 + ((word >>> 16) & 255) * 29;
      }
      sums[row + column] = (sums[row + column] ?? 0) + sum;
      counts[row + column] = (counts[row + column] ?? 0) + end - column * blockSize;
    }
  }
  return Uint8Array.from(sums, (sum, index) => Math.round(sum / 256 / Math.max(1, counts[index] ?? 1)));
}
