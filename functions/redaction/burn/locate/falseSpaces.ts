import type { PdfChar } from '../../pdfium/text.ts';
import { frameOf } from './frameOf.ts';

/** How many characters on either side tell how far apart letters stand here. */
const around = 24;

/**
 * PDFium makes up a space wherever two objects differ much in spacing, also inside a word of a text recognition layer. One whose gap is
 * no wider than those between the letters about it (by the rule for words of redaction-line-setting.md 1.C) is taken out. Indexes stay
 * those of PDFium; spaces that are in the file are never touched.
 */
export function withoutFalseSpaces(chars: readonly PdfChar[]): PdfChar[] {
  const gaps = chars.map((char, index) => gapAfter(char, chars[index + 1]));
  return chars.filter((char, index) => {
    const before = chars[index - 1];
    if (!char.isGenerated || char.unicode !== 0x20 || before === undefined) return true;
    const gap = gapAfter(before, chars[index + 1]);
    if (gap === undefined) return true;
    const near = gaps.slice(Math.max(0, index - around), index + around).filter(each => each !== undefined).toSorted((a, b) => a - b);
    const usual = near[near.length >> 1];
    return usual === undefined || gap > 0.05 + 1.25 * usual || gap < -0.6;
  });
}

/** White between the ink of two letters along the line, in ems; undefined when one is no letter with ink or they are on two lines. */
function gapAfter(char: PdfChar, next: PdfChar | undefined): number | undefined {
  if (next === undefined || !hasInk(char) || !hasInk(next)) return undefined;
  const { em, along, up } = frameOf(next);
  const [dx, dy] = [next.origin.x - char.origin.x, next.origin.y - char.origin.y];
  if (Math.abs(dx * up.x + dy * up.y) > 0.2 * em || em <= 0) return undefined;
  return (edge(next, along, Math.min) - edge(char, along, Math.max)) / em;
}

function hasInk(char: PdfChar): boolean {
  return !char.isGenerated && char.unicode > 0x20 && char.box.right > char.box.left && char.box.top > char.box.bottom;
}

/** The near or far edge of a letter's ink along a direction. */
function edge({ box }: PdfChar, along: { x: number; y: number }, pick: (...values: number[]) => number): number {
  const [left, right] = [box.left * along.x, box.right * along.x];
  const [bottom, top] = [box.bottom * along.y, box.top * along.y];
  return pick(left + bottom, left + top, right + bottom, right + top);
}
