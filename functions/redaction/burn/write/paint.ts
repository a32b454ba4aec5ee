import type { Box, Pixels, Region, Word } from '../types.ts';

/** The pixels that a box of the page touches, grown outward; `step` 16 aligns it to JPEG blocks. Undefined when it lies off the page. */
export function regionOf(box: Box, picture: { readonly width: number; readonly height: number }, scale: { x: number; y: number }, step = 1): Region | undefined {
  const down = (value: number) => Math.floor(value / step) * step;
  const up = (value: number) => Math.ceil(value / step) * step;
  const x = Math.max(0, down(box.left * scale.x - 1));
  const y = Math.max(0, down(box.top * scale.y - 1));
  const right = Math.min(picture.width, up(box.right * scale.x + 1));
  const bottom = Math.min(picture.height, up(box.bottom * scale.y + 1));
  return right > x && bottom > y ? { x, y, w: right - x, h: bottom - y, kind: 'box' } : undefined;
}

/** Destroys the pixels of a region: opaque black. */
export function blacken(picture: Pixels, region: Region): void {
  const words = new Uint32Array(picture.rgba.buffer, picture.rgba.byteOffset, picture.rgba.byteLength / 4);
  for (let y = region.y; y < region.y + region.h; y += 1) words.fill(0xff000000, y * picture.width + region.x, y * picture.width + region.x + region.w);
}

/** Contrast (0 to 255) that the ink of a word must have to enter the text layer (redaction-engine.md 2a). */
const inkContrast = 40;

/** The words that lie in the page, show ink and are not under a black region: only what a reader sees may be read by a machine. */
export function wordsWithInk(words: readonly Word[], picture: Pixels, scale: { x: number; y: number }, regions: readonly Region[]): Word[] {
  return words.filter(word => {
    const left = Math.floor(word.box.left * scale.x);
    const top = Math.floor(word.box.top * scale.y);
    const right = Math.ceil(word.box.right * scale.x);
    const bottom = Math.ceil(word.box.bottom * scale.y);
    if (left < -2 || top < -2 || right > picture.width + 2 || bottom > picture.height + 2) return false;
    if (regions.some(region => coverage(region, { left, top, right, bottom }) > 0.1)) return false;
    return contrast(picture, { left: Math.max(0, left), top: Math.max(0, top), right: Math.min(picture.width, right), bottom: Math.min(picture.height, bottom) }) >= inkContrast;
  });
}

/** Share of a box that a black region hides. */
function coverage(region: Region, box: Box): number {
  if (region.kind === 'reset') return 0;
  const w = Math.min(region.x + region.w, box.right) - Math.max(region.x, box.left);
  const h = Math.min(region.y + region.h, box.bottom) - Math.max(region.y, box.top);
  return w > 0 && h > 0 ? w * h / Math.max(1, (box.right - box.left) * (box.bottom - box.top)) : 0;
}

function contrast(picture: Pixels, box: Box): number {
  let low = 255;
  let high = 0;
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let at = (y * picture.width + box.left) * 4, x = box.left; x < box.right; x += 1, at += 4) {
      const luma = ((picture.rgba[at] ?? 0) * 77 + (picture.rgba[at + 1] ?? 0) * 150 + (picture.rgba[at + 2] ?? 0) * 29) >>> 8;
      if (luma < low) low = luma;
      if (luma > high) high = luma;
      if (high - low >= inkContrast) return high - low;
    }
  }
  return high - low;
}
