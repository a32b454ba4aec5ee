import type { Pixels } from '../types.ts';

/** Tile of which the commonest grey is taken as paper, and how far ink must be from it (redaction-line-setting.md 7). */
const tile = 48;
const inkDistance = 56;

/** 1 where a pixel is ink: far from the commonest grey of its tile. */
export function inkMask(picture: Pixels): Uint8Array {
  const { width, height } = picture;
  const grey = greyOf(picture);
  const mask = new Uint8Array(width * height);
  for (let top = 0; top < height; top += tile) {
    for (let left = 0; left < width; left += tile) {
      const box = { left, top, right: Math.min(width, left + tile), bottom: Math.min(height, top + tile) };
      markTile(grey, mask, width, box);
    }
  }
  return mask;
}

function greyOf(picture: Pixels): Uint8Array {
  const words = new Uint32Array(picture.rgba.buffer, picture.rgba.byteOffset, picture.rgba.byteLength / 4);
  const grey = new Uint8Array(words.length);
  for (let at = 0; at < grey.length; at += 1) {
    const word = words[at] ?? 0;
    grey[at] = ((word & 255) * 77 + ((word >>> 8) & 255) * 150 + ((word >>> 16) & 255) * 29) >>> 8;
  }
  return grey;
}

interface Bounds { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

function markTile(grey: Uint8Array, mask: Uint8Array, width: number, box: Bounds): void {
  const counts = new Uint32Array(256);
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let at = y * width + box.left; at < y * width + box.right; at += 1) {
      const value = grey[at] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  const paper = counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let at = y * width + box.left; at < y * width + box.right; at += 1) {
      if (Math.abs((grey[at] ?? 0) - paper) >= inkDistance) mask[at] = 1;
    }
  }
}

/** A connected piece of ink. `covered` is the share of its pixels that lie where the page's text says letters are. */
export interface Piece extends Bounds {
  readonly pixels: number;
  readonly covered: number;
}

/** The 8-connected pieces of a mask (which it empties) that have a pixel outside the cover: the others are read. */
export function unreadPieces(mask: Uint8Array, width: number, cover: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  const stack: number[] = [];
  for (let start = 0; start < mask.length; start += 1) {
    if (mask[start] !== 1 || cover[start] === 1) continue;
    mask[start] = 0;
    stack.push(start);
    pieces.push(flood(mask, width, cover, stack));
  }
  return pieces;
}

function flood(mask: Uint8Array, width: number, cover: Uint8Array, stack: number[]): Piece {
  let left = width;
  let top = mask.length;
  let right = 0;
  let bottom = 0;
  let pixels = 0;
  let covered = 0;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    if (x < left) left = x;
    if (x >= right) right = x + 1;
    if (y < top) top = y;
    if (y >= bottom) bottom = y + 1;
    pixels += 1;
    covered += cover[at] ?? 0;
    const from = x > 0 ? -1 : 0;
    const to = x < width - 1 ? 1 : 0;
    for (let row = at - width; row <= at + width; row += width) {
      for (let near = row + from; near <= row + to; near += 1) {
        if (mask[near] !== 1) continue;
        mask[near] = 0;
        stack.push(near);
      }
    }
  }
  return { left, top, right, bottom, pixels, covered: covered / pixels };
}
