import type { PdfChar } from '../../pdfium/text.ts';
import type { PageText } from './pageText.ts';
import { charBox } from './pageText.ts';
import type { Box } from '../types.ts';

/** The boxes of a piece of page text, one a line, from the boxes of its units. `boxes` holds undefined for what has no place. */
export function boxesOfSpan(boxes: readonly (Box | undefined)[], start: number, end: number): Box[] {
  const out: Box[] = [];
  for (const box of boxes.slice(start, end)) {
    if (box === undefined) continue;
    const last = out.at(-1);
    if (last !== undefined && sharesLine(last, box)) out[out.length - 1] = union(last, box);
    else out.push(box);
  }
  return out;
}

/** The box of each UTF-16 unit of the page text. */
export function unitBoxes(page: PageText): (Box | undefined)[] {
  const known = new Map<number, Box | undefined>(page.chars.map(char => [char.index, boxOfChar(char, page)]));
  return page.owners.map(owner => (owner <= -2 ? page.marks[-2 - owner]?.box : known.get(owner)));
}

function boxOfChar(char: PdfChar, page: PageText): Box | undefined {
  return char.isGenerated || char.unicode === 0x0a ? undefined : charBox(char, page.shown);
}

/** True when two boxes stand side by side (upright or turned): they overlap across by half and are not far apart. */
function sharesLine(a: Box, b: Box): boolean {
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const size = Math.min(a.bottom - a.top, b.bottom - b.top);
  const turned = Math.min(a.right - a.left, b.right - b.left);
  return (down > size / 2 && across > -2 * size) || (across > turned / 2 && down > -2 * turned && turned > size);
}

export function union(a: Box, b: Box): Box {
  return { left: Math.min(a.left, b.left), right: Math.max(a.right, b.right), top: Math.min(a.top, b.top), bottom: Math.max(a.bottom, b.bottom) };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
