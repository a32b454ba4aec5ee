import { floatsAt, withMemory, withUtf16, writeFloats } from './memory.ts';
import type { PdfDocument } from './document.ts';
import type { Canvas } from './render.ts';
import type { Matrix } from './page.ts';

/** One glyph to draw: `matrix` maps a glyph of size 1 (y up) to device pixels with y up from the bottom edge of the canvas. */
export interface TypedGlyph {
  readonly font: number;
  readonly unicode: number;
  readonly matrix: Matrix;
  readonly fill: { readonly r: number; readonly g: number; readonly b: number; readonly a: number };
}

/**
 * Draws glyphs of the document's own fonts over what the canvas shows. They live on a scratch page whose point is one pixel,
 * put behind the last page and deleted again, so the open pages do not change.
 */
export function typeGlyphs(canvas: Canvas, glyphs: readonly TypedGlyph[]): void {
  const { document } = canvas.page;
  const { pdfium } = document;
  const { api } = pdfium;
  const index = api.FPDF_GetPageCount(document.handle);
  const scratch = api.FPDFPage_New(document.handle, index, canvas.width, canvas.height);
  if (scratch === 0) throw new Error('PDFium cannot make a scratch page');
  try {
    withMemory(pdfium, 40, pointer => {
      for (const glyph of glyphs) insert(canvas, scratch, glyph, pointer);
      writeFloats(pdfium, pointer, [1, 0, 0, 1, 0, 0, 0, 0, canvas.width, canvas.height]);
      api.FPDF_RenderPageBitmapWithMatrix(canvas.bitmap, scratch, pointer, pointer + 24, 0x10);
    });
  } finally {
    api.FPDF_ClosePage(scratch);
    api.FPDFPage_Delete(document.handle, index);
  }
}

function insert(canvas: Canvas, scratch: number, glyph: TypedGlyph, pointer: number): void {
  const { document } = canvas.page;
  const { pdfium } = document;
  const { api } = pdfium;
  const object = api.FPDFPageObj_CreateTextObj(document.handle, glyph.font, 1);
  if (object === 0) return;
  withUtf16(pdfium, String.fromCodePoint(glyph.unicode), text => api.FPDFText_SetText(object, text));
  const { r, g, b, a } = glyph.fill;
  api.FPDFPageObj_SetFillColor(object, r, g, b, a);
  writeFloats(pdfium, pointer, glyph.matrix);
  api.FPDFPageObj_TransformF(object, pointer);
  api.FPDFPage_InsertObject(scratch, object);
}

/** Shows or hides page objects for later drawing; the file is not changed. */
export function setActive(canvas: Canvas, objects: Iterable<number>, isActive: boolean): void {
  for (const object of objects) canvas.page.document.pdfium.api.FPDFPageObj_SetIsActive(object, isActive);
}

/** Lowest and highest ink, in ems from the baseline, of the glyph that `typeGlyphs` would draw; undefined when the font cannot tell. */
export function typedReach(document: PdfDocument, font: number, unicode: number): { below: number; above: number } | undefined {
  const { pdfium } = document;
  const { api } = pdfium;
  // A hundred points: bounds of tiny objects lose digits.
  const object = api.FPDFPageObj_CreateTextObj(document.handle, font, 100);
  if (object === 0) return undefined;
  try {
    return withMemory(pdfium, 16, pointer => {
      withUtf16(pdfium, String.fromCodePoint(unicode), text => api.FPDFText_SetText(object, text));
      if (!api.FPDFPageObj_GetBounds(object, pointer, pointer + 4, pointer + 8, pointer + 12)) return undefined;
      const [, below = 0, , above = 0] = floatsAt(pdfium, pointer, 4);
      return { below: below / 100, above: above / 100 };
    });
  } finally {
    api.FPDFPageObj_Destroy(object);
  }
}
