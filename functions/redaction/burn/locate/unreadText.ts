import { applyMatrix, type PdfPage } from '../../pdfium/page.ts';
import { pageObjects, type Colour, type Segment } from '../../pdfium/objects.ts';
import { renderPage } from '../../pdfium/render.ts';
import { mayHoldWordsFrom } from './located.ts';
import { inkMask, unreadPieces, type Piece } from './inkMask.ts';
import { union } from './boxes.ts';
import { frameOf } from './frameOf.ts';
import { around, charBox, type PageText } from './pageText.ts';
import type { PdfChar } from '../../pdfium/text.ts';
import type { Box } from '../types.ts';


const dpi = 100;
const margin = 2;
const run = { least: 6, gap: 1.6, heights: 2.6, onBaseline: 0.55, widths: 3 } as const;

/**
 * How many letter-like pieces of ink stand in runs like lines of text where the page's own text has no letter. Invisible letters
 * (modes 3 and 7) count as reading the ink under them: they are the sender's text recognition, which the certificate names.
 */
export function unreadTextScore(page: PdfPage, text: PageText): number {
  if (showsTextOnly(page)) return 0;
  const picture = renderPage(page, dpi);
  const cover = coverMask(text, picture);
  const letters = unreadPieces(inkMask(picture), picture.width, cover).filter(isLetterLike);
  return runsOf(letters.filter(piece => piece.covered < 0.3)).filter(isTextRun).reduce((sum, pieces) => sum + pieces.length, 0);
}

/** What PDFium answers for the colour of a tiling pattern, which may itself hold letters. */
const patternGrey = 0xbf;

/** True when the page has no picture, shading, annotation or pattern and fewer outlines than would make a score: nothing to look for. */
function showsTextOnly(page: PdfPage): boolean {
  if (page.document.pdfium.api.FPDFPage_GetAnnotCount(page.handle) > 0) return false;
  let outlines = 0;
  for (const object of pageObjects(page)) {
    if (object.kind === 'text' || object.kind === 'form') continue;
    if (object.kind !== 'path' || isPattern(object.fill) || isPattern(object.stroke)) return false;
    outlines += lettersDrawn(object.segments);
  }
  return outlines < mayHoldWordsFrom;
}

/** Outlines that may be letters: rules and frames have straight edges and few corners. */
function lettersDrawn(segments: readonly Segment[]): number {
  const outlines = segments.filter(segment => segment.kind === 'move').length;
  return segments.some(segment => segment.kind === 'bezier') || segments.length > 6 * outlines ? outlines : 0;
}

function isPattern(colour: Colour | undefined): boolean {
  return colour?.r === patternGrey && colour.g === patternGrey && colour.b === patternGrey;
}

function coverMask(text: PageText, size: { width: number; height: number }): Uint8Array {
  const cover = new Uint8Array(size.width * size.height);
  const scaled = (box: Box): Box => ({ left: box.left * dpi / 72, right: box.right * dpi / 72, top: box.top * dpi / 72, bottom: box.bottom * dpi / 72 });
  const fill = ({ left, top, right, bottom }: Box): void => {
    const from = Math.max(0, Math.floor(left) - margin);
    const to = Math.min(size.width, Math.ceil(right) + margin);
    for (let y = Math.max(0, Math.floor(top) - margin); y < Math.min(size.height, Math.ceil(bottom) + margin); y += 1) {
      if (to > from) cover.fill(1, y * size.width + from, y * size.width + to);
    }
  };
  for (const char of text.chars) if (!char.isGenerated) fill(scaled(readBox(char, text)));
  for (const mark of text.marks) if (mark.drawn !== '') fill(scaled(mark.box));
  return cover;
}

/** The place of a letter: its ink, or half an em where the glyph draws nothing (the empty fonts of text recognition). */
function readBox(char: PdfChar, text: PageText): Box {
  const { left, right, bottom, top } = char.box;
  if (right > left && top > bottom) return around([[left, bottom], [right, bottom], [left, top], [right, top]].map(([x = 0, y = 0]) => applyMatrix(text.shown, x, y)));
  const { em, along } = frameOf(char);
  const { origin } = char;
  const next = applyMatrix(text.shown, origin.x + along.x * em * 0.6, origin.y + along.y * em * 0.6);
  const box = charBox(char, text.shown);
  return union(box, { left: next.x, right: next.x, top: next.y, bottom: next.y });
}

function isLetterLike(piece: Piece): boolean {
  const height = piece.bottom - piece.top;
  const fill = piece.pixels / (height * (piece.right - piece.left));
  return height >= 4 && height <= 36 && fill >= 0.12 && fill <= 0.95;
}

/** Joins pieces from left to right into runs of like height, small gaps and common rows. */
function runsOf(pieces: readonly Piece[]): Piece[][] {
  const open: Piece[][] = [];
  const done: Piece[][] = [];
  for (const piece of pieces.toSorted((a, b) => a.left - b.left)) {
    for (let index = open.length - 1; index >= 0; index -= 1) {
      const last = open[index]?.at(-1);
      if (last !== undefined && piece.left - last.right > run.gap * 36) done.push(...open.splice(index, 1));
    }
    const home = open.find(pieces => { const last = pieces.at(-1); return last !== undefined && continues(last, piece); });
    if (home === undefined) open.push([piece]);
    else home.push(piece);
  }
  return [...done, ...open];
}

function continues(last: Piece, next: Piece): boolean {
  const [a, b] = [last.bottom - last.top, next.bottom - next.top];
  const shared = Math.min(last.bottom, next.bottom) - Math.max(last.top, next.top);
  return next.left - last.right <= run.gap * Math.max(a, b) && Math.max(a, b) <= run.heights * Math.min(a, b) && shared > 0.3 * Math.min(a, b);
}

function isTextRun(pieces: readonly Piece[]): boolean {
  if (pieces.length < run.least) return false;
  const most = Math.max(...pieces.map(piece => pieces.filter(other => Math.abs(other.bottom - piece.bottom) <= 1).length));
  return most >= run.onBaseline * pieces.length && new Set(pieces.map(piece => piece.right - piece.left)).size >= run.widths;
}
