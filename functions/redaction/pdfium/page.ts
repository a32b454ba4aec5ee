import type { PdfDocument } from './document.ts';
import { floatsAt, withMemory } from './memory.ts';

/** An affine map as PDF writes it: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** A rectangle in page points, y upwards. */
export interface Box { readonly left: number; readonly bottom: number; readonly right: number; readonly top: number }

export interface PdfPage {
  readonly document: PdfDocument;
  readonly handle: number;
  readonly textHandle: number;
  readonly index: number;
  closed: boolean;
  readonly close: () => void;
}

/** Opens page `index` (0-based) with its text. Throws RangeError when PDFium cannot load it. */
export function openPage(document: PdfDocument, index: number): PdfPage {
  const { api } = document.pdfium;
  const handle = document.closed ? 0 : api.FPDF_LoadPage(document.handle, index);
  if (handle === 0) throw new RangeError(`Page ${index + 1} cannot be loaded`);
  const textHandle = api.FPDFText_LoadPage(handle);
  if (document.form !== 0) api.FORM_OnAfterLoadPage(handle, document.form);
  const page: PdfPage = {
    document, handle, textHandle, index, closed: false,
    close: () => {
      if (page.closed) return;
      page.closed = true;
      document.pages.delete(page);
      if (document.form !== 0) api.FORM_OnBeforeClosePage(handle, document.form);
      if (textHandle !== 0) api.FPDFText_ClosePage(textHandle);
      api.FPDF_ClosePage(handle);
    },
  };
  document.pages.add(page);
  return page;
}

/** A second call does nothing: closing a page twice corrupts the heap, and the fault comes many files later. */
export function closePage(page: PdfPage): void {
  page.close();
}

/** Size in points as displayed (after /Rotate, which is also given, in degrees clockwise), and the visible box in page points. */
export function pageSize(page: PdfPage): { width: number; height: number; rotation: 0 | 90 | 180 | 270; box: Box } {
  const { pdfium } = page.document;
  const rotation = ([0, 90, 180, 270] as const)[pdfium.api.FPDFPage_GetRotation(page.handle) & 3] ?? 0;
  const [left = 0, top = 0, right = 0, bottom = 0] = withMemory(pdfium, 16, pointer => {
    pdfium.api.FPDF_GetPageBoundingBox(page.handle, pointer);
    return floatsAt(pdfium, pointer, 4);
  });
  const size = { width: pdfium.api.FPDF_GetPageWidthF(page.handle), height: pdfium.api.FPDF_GetPageHeightF(page.handle) };
  return { ...size, rotation, box: { left, bottom, right, top } };
}

/** Pixels of the displayed page at a resolution: at least one each way. */
export function pixelSize(page: PdfPage, dpi: number): { width: number; height: number } {
  const size = pageSize(page);
  const pixels = (points: number) => Math.max(1, Math.round(points * dpi / 72));
  return { width: pixels(size.width), height: pixels(size.height) };
}

/** Page points (y up, before /Rotate) to device pixels (y down), exactly as `renderPage` places them. */
export function pageMatrix(page: PdfPage, dpi: number): Matrix {
  const { width, height, rotation, box } = pageSize(page);
  const pixels = pixelSize(page, dpi);
  const sx = pixels.width / width;
  const sy = pixels.height / height;
  const upright: Record<typeof rotation, Matrix> = {
    0: [1, 0, 0, 1, -box.left, -box.bottom],
    90: [0, -1, 1, 0, -box.bottom, box.right],
    180: [-1, 0, 0, -1, box.right, box.top],
    270: [0, 1, -1, 0, box.top, -box.left],
  };
  return multiply(upright[rotation], [sx, 0, 0, -sy, 0, pixels.height]);
}

/** First `m`, then `n`. */
export function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
  ];
}

export function applyMatrix(m: Matrix, x: number, y: number): { x: number; y: number } {
  return { x: m[0] * x + m[2] * y + m[4], y: m[1] * x + m[3] * y + m[5] };
}
