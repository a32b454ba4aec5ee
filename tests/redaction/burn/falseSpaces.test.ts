import { describe, expect, it } from '@jest/globals';
import { withoutFalseSpaces } from '../../../functions/redaction/burn/locate/falseSpaces.ts';
import type { PdfChar } from '../../../functions/redaction/pdfium/text.ts';

/** A line of ten-point letters six points wide; each gap is the white before that letter, with a made-up space where `spaces` says so. */
function line(text: string, gaps: readonly number[], spaces: ReadonlySet<number>): PdfChar[] {
  const chars: PdfChar[] = [];
  let x = 0;
  const add = (unicode: number, width: number, isGenerated: boolean): void => {
    chars.push({
      index: chars.length, unicode, box: { left: x, right: x + width, bottom: 0, top: width }, origin: { x, y: 0 }, fontSize: isGenerated ? 1 : 10, matrix: [1, 0, 0, 1, 0, 0],
      object: 0, font: 0, renderMode: 0, fill: { r: 0, g: 0, b: 0, a: 255 }, isGenerated, isHyphen: false,
    });
  };
  for (const [at, letter] of Array.from(text).entries()) {
    if (spaces.has(at)) add(0x20, 0, true);
    x += gaps[at] ?? 0;
    add(letter.codePointAt(0) ?? 0, 6, false);
    x += 6;
  }
  return chars;
}

const read = (chars: readonly PdfChar[]) => withoutFalseSpaces(chars).map(char => String.fromCodePoint(char.unicode)).join('');

describe('spaces that PDFium makes up', () => {
  it('stay where the gap is wider than between letters', () => {
    const text = 'ashgrovewasseen';
    expect(read(line(text, Array.from(text, (_, at) => (at === 8 || at === 11 ? 3 : 0.5)), new Set([8, 11])))).toBe('ashgrove was seen');
  });

  it('go where letters are set this wide anyway', () => {
    const text = 'ashgrove';
    expect(read(line(text, Array.from(text, () => 2.4), new Set([7])))).toBe('ashgrove');
  });

  it('keep the numbers of the characters', () => {
    const kept = withoutFalseSpaces(line('abc', [0, 2, 2], new Set([2])));
    expect(kept.map(char => char.index)).toEqual([0, 1, 3]);
  });
});
