import { withMemory } from './memory.ts';
import type { Pdfium } from './library.ts';
import type { Box, Matrix, PdfPage } from './page.ts';

/** One character of the page, in PDFium's text order. Handles are 0 for a character that PDFium made up (a space or line end). */
export interface PdfChar {
  readonly index: number;
  readonly unicode: number;
  /** Ink box in page points; empty for spaces. */
  readonly box: Box;
  /** Start of the glyph on its baseline, page points. */
  readonly origin: { readonly x: number; readonly y: number };
  /** Font size before the text matrix. */
  readonly fontSize: number;
  /** Text matrix, page points; `e` and `f` are not the origin. */
  readonly matrix: Matrix;
  readonly object: number;
  readonly font: number;
  /** PDF text rendering mode 0 to 7 (3 = invisible, 7 = clip), -1 for none. */
  readonly renderMode: number;
  readonly fill: { readonly r: number; readonly g: number; readonly b: number; readonly a: number };
  readonly isGenerated: boolean;
  readonly isHyphen: boolean;
}

interface OfObject { readonly font: number; readonly renderMode: number }

/** All characters of a page. Indexes are those of the FPDFText functions, so a search and this list agree. */
export function pageChars(page: PdfPage): PdfChar[] {
  const { pdfium } = page.document;
  const count = page.textHandle === 0 ? 0 : Math.max(0, pdfium.api.FPDFText_CountChars(page.textHandle));
  const objects = new Map<number, OfObject>();
  return withMemory(pdfium, 96, scratch =>
    Array.from({ length: count }, (_, index) => readChar(pdfium, page.textHandle, index, { scratch, objects })));
}

function readChar(pdfium: Pdfium, text: number, index: number, shared: { scratch: number; objects: Map<number, OfObject> }): PdfChar {
  const { api } = pdfium;
  const { scratch } = shared;
  const object = api.FPDFText_GetTextObject(text, index);
  const hasBox = api.FPDFText_GetCharBox(text, index, scratch, scratch + 8, scratch + 16, scratch + 24);
  const hasOrigin = api.FPDFText_GetCharOrigin(text, index, scratch + 32, scratch + 40);
  const hasMatrix = api.FPDFText_GetMatrix(text, index, scratch + 48);
  const hasFill = api.FPDFText_GetFillColor(text, index, scratch + 72, scratch + 76, scratch + 80, scratch + 84);
  const unicode = api.FPDFText_GetUnicode(text, index);
  const fontSize = api.FPDFText_GetFontSize(text, index);
  const kept = ofObject(pdfium, object, shared.objects);
  // After the last call: each of them may move the heap.
  const heap = pdfium.heap();
  const double = (at: number, isSet: unknown) => isSet ? heap.getFloat64(scratch + at, true) : 0;
  const f = (at: number) => heap.getFloat32(scratch + 48 + 4 * at, true);
  const part = (at: number) => hasFill ? heap.getUint32(scratch + 72 + at, true) : at === 12 ? 255 : 0;
  const matrix: Matrix = hasMatrix ? [f(0), f(1), f(2), f(3), f(4), f(5)] : [1, 0, 0, 1, 0, 0];
  return {
    index, unicode, matrix, object, fontSize, font: kept.font, renderMode: kept.renderMode,
    box: { left: double(0, hasBox), right: double(8, hasBox), bottom: double(16, hasBox), top: double(24, hasBox) },
    origin: { x: double(32, hasOrigin), y: double(40, hasOrigin) },
    fill: { r: part(0), g: part(4), b: part(8), a: part(12) },
    isGenerated: api.FPDFText_IsGenerated(text, index) === 1,
    isHyphen: api.FPDFText_IsHyphen(text, index) === 1,
  };
}

function ofObject(pdfium: Pdfium, object: number, known: Map<number, OfObject>): OfObject {
  const before = known.get(object);
  if (before !== undefined) return before;
  const found = object === 0
    ? { font: 0, renderMode: -1 }
    : { font: pdfium.api.FPDFTextObj_GetFont(object), renderMode: pdfium.api.FPDFTextObj_GetTextRenderMode(object) };
  known.set(object, found);
  return found;
}

/** Advance of a character in points at a size, from the font's own widths; undefined when the font does not know the character. */
export function advanceOf(pdfium: Pdfium, font: number, unicode: number, size: number): number | undefined {
  return withMemory(pdfium, 4, pointer =>
    pdfium.api.FPDFFont_GetGlyphWidth(font, unicode, size, pointer) ? pdfium.heap().getFloat32(pointer, true) : undefined);
}
