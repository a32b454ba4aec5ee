import { bytesAt, withMemory, writeFloats } from './memory.ts';
import { pageSize, pixelSize, type PdfPage } from './page.ts';

/** Opaque pixels in rows, 4 bytes each: red, green, blue, 255. */
export interface Picture { readonly width: number; readonly height: number; readonly rgba: Uint8Array<ArrayBuffer> }

/** Whole pixels of the device, y downwards. */
export interface Rect { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

/** A bitmap on PDFium's heap in which a page is drawn, whole or in parts. Close it. */
export interface Canvas { readonly page: PdfPage; readonly width: number; readonly height: number; readonly bitmap: number }

/** Spec redaction.md 3: 60 megapixels a page. */
export const maxPixels = 60_000_000;

const bgra = 4;
const white = 0xffffffff;
// FPDF_ANNOT draws annotations; FPDF_REVERSE_BYTE_ORDER makes the buffer RGBA.
const flags = 0x01 | 0x10;

/** The page as a reader shows it: content, annotations, field values, on white. Throws RangeError above 60 megapixels. */
export function renderPage(page: PdfPage, dpi: number): Picture {
  return withCanvas(page, dpi, canvas => {
    const whole = { x: 0, y: 0, w: canvas.width, h: canvas.height };
    paint(canvas, whole);
    return { width: canvas.width, height: canvas.height, rgba: pixels(canvas, whole) };
  });
}

/** Runs `use` with a white bitmap of the page's size. Throws RangeError when the page is empty or above 60 megapixels. */
export function withCanvas<T>(page: PdfPage, dpi: number, use: (canvas: Canvas) => T): T {
  const { api } = page.document.pdfium;
  const { width, height } = pixelSize(page, dpi);
  const size = pageSize(page);
  if (size.width < 1 || size.height < 1 || width * height > maxPixels) throw new RangeError('The page is empty or above 60 megapixels');
  const bitmap = api.FPDFBitmap_CreateEx(width, height, bgra, 0, 0);
  if (bitmap === 0) throw new Error('PDFium is out of memory');
  try {
    api.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
    return use({ page, width, height, bitmap });
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
}

/**
 * Draws the page again inside one rectangle of its canvas, as its objects are now. One matrix serves whole and part, because glyphs sit on
 * thirds of a pixel: a bitmap with another origin shows them elsewhere. Form fields are drawn over the whole canvas.
 */
export function paint(canvas: Canvas, part: Rect): void {
  const { page, width, height, bitmap } = canvas;
  const { pdfium, form } = page.document;
  const size = pageSize(page);
  pdfium.api.FPDFBitmap_FillRect(bitmap, part.x, part.y, part.w, part.h, white);
  withMemory(pdfium, 40, pointer => {
    // PDFium first maps the page to its size in whole points, then applies this matrix.
    writeFloats(pdfium, pointer, [width / Math.trunc(size.width), 0, 0, height / Math.trunc(size.height), 0, 0,
      part.x, part.y, part.x + part.w, part.y + part.h]);
    pdfium.api.FPDF_RenderPageBitmapWithMatrix(bitmap, page.handle, pointer, pointer + 24, flags);
  });
  if (form !== 0) pdfium.api.FPDF_FFLDraw(form, bitmap, page.handle, 0, 0, width, height, 0, flags);
}

/** Copies the pixels of a rectangle of the canvas to the same place of a picture of the canvas's size. */
export function copyPixels(canvas: Canvas, part: Rect, picture: Uint8Array): void {
  const { pdfium } = canvas.page.document;
  const heap = new Uint8Array(pdfium.heap().buffer, pdfium.api.FPDFBitmap_GetBuffer(canvas.bitmap), canvas.width * canvas.height * 4);
  if (part.w === canvas.width) {
    picture.set(heap.subarray(part.y * part.w * 4, (part.y + part.h) * part.w * 4), part.y * part.w * 4);
    return;
  }
  for (let y = part.y; y < part.y + part.h; y++) {
    const from = (y * canvas.width + part.x) * 4;
    picture.set(heap.subarray(from, from + part.w * 4), from);
  }
}

/** A copy of the pixels of a rectangle, which must lie on the canvas. */
export function pixels(canvas: Canvas, part: Rect): Uint8Array<ArrayBuffer> {
  const { pdfium } = canvas.page.document;
  const buffer = pdfium.api.FPDFBitmap_GetBuffer(canvas.bitmap);
  if (part.w === canvas.width) return bytesAt(pdfium, buffer + part.y * canvas.width * 4, part.w * part.h * 4);
  const heap = new Uint8Array(pdfium.heap().buffer);
  const copy = new Uint8Array(part.w * part.h * 4);
  for (let row = 0; row < part.h; row++) {
    const from = buffer + ((part.y + row) * canvas.width + part.x) * 4;
    copy.set(heap.subarray(from, from + part.w * 4), row * part.w * 4);
  }
  return copy;
}
