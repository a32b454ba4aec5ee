import { multiply, pageMatrix, type Matrix, type PdfPage } from '../../pdfium/page.ts';
import { pageChars, type PdfChar } from '../../pdfium/text.ts';
import { readMarks, type Mark } from './marks.ts';
import type { Box } from '../types.ts';
import { withoutFalseSpaces } from './falseSpaces.ts';
import { frameOf } from './frameOf.ts';

/** A page's text as finders read it, with what each UTF-16 unit stands for. */
export interface PageText {
  readonly text: string;
  /** For each UTF-16 unit: the index of its character, or -2 - k for mark k (a field or note whose words are no characters of the page), or -1. */
  readonly owners: readonly number[];
  /** In PDFium's order; `index` is PDFium's and may skip. */
  readonly chars: readonly PdfChar[];
  readonly marks: readonly Mark[];
  /** Page points to points of the page as shown. */
  readonly shown: Matrix;
}

/** Reads a page: its characters in PDFium's order, then the words of its fields, free text and stamps, one a line. */
export function readPageText(page: PdfPage): PageText {
  const chars = withoutFalseSpaces(pageChars(page));
  const marks = readMarks(page);
  const owners: number[] = [];
  let text = '';
  const add = (piece: string, owner: number): void => {
    text += piece;
    for (let index = 0; index < piece.length; index += 1) owners.push(owner);
  };
  for (const char of chars) add(textOf(char), char.index);
  for (const [index, mark] of marks.entries()) {
    add('\n', -1);
    add(mark.text, -2 - index);
  }
  return { text, owners, chars, marks, shown: shownMatrix(page) };
}

/** PDFium ends lines with CR LF and marks a line-end hyphen; a soft hyphen lets every reader of the text join the word again. */
function textOf(char: PdfChar): string {
  if (char.isHyphen) return '\u00ad';
  if (char.unicode === 0x0d) return '';
  if (char.unicode === 0 || char.unicode > 0x10ffff) return '\ufffd';
  return char.unicode >= 0xd800 && char.unicode <= 0xdfff ? String.fromCharCode(char.unicode) : String.fromCodePoint(char.unicode);
}

/** Page points to points of the page as shown. 720 dpi, because the wrapper rounds a page to whole pixels. */
export function shownMatrix(page: PdfPage): Matrix {
  return multiply(pageMatrix(page, 720), [0.1, 0, 0, 0.1, 0, 0]);
}

/** The box of a character from the em of its font (so that it does not tell which letter it was) joined with its ink, as shown. */
export function charBox(char: PdfChar, shown: Matrix): Box {
  const { up, em } = frameOf(char);
  const { left, right, bottom, top } = char.box;
  const { x, y } = char.origin;
  const [a, b, c, d, e, f] = shown;
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  // Called for each character of each page: no points are made on the way.
  const add = (atX: number, atY: number): void => {
    const shownX = a * atX + c * atY + e;
    const shownY = b * atX + d * atY + f;
    if (shownX < box.left) box.left = shownX;
    if (shownX > box.right) box.right = shownX;
    if (shownY < box.top) box.top = shownY;
    if (shownY > box.bottom) box.bottom = shownY;
  };
  if (right > left && top > bottom) {
    add(left, bottom);
    add(right, bottom);
    add(left, top);
    add(right, top);
  } else add(x, y);
  add(x - up.x * em * 0.22, y - up.y * em * 0.22);
  add(x + up.x * em * 0.78, y + up.y * em * 0.78);
  return box;
}

export function around(points: readonly { x: number; y: number }[]): Box {
  const xs = points.map(point => point.x);
  const ys = points.map(point => point.y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
