import { floatsAt, withMemory, wordsAt } from './memory.ts';
import { applyMatrix, multiply, type Box, type Matrix, type PdfPage } from './page.ts';
import type { Pdfium } from './library.ts';

export type Colour = { readonly r: number; readonly g: number; readonly b: number; readonly a: number };

/** One point of a path, in page points. */
export interface Segment { readonly kind: 'move' | 'line' | 'bezier' | 'other'; readonly x: number; readonly y: number; readonly closes: boolean }

interface Common {
  readonly handle: number;
  /** The object's own outline box in page points, outside forms included. */
  readonly bounds: Box;
  /** 0 on the page itself, 1 in a form XObject of the page, and so on. */
  readonly depth: number;
}

export type PageObject = Common & (
  | { readonly kind: 'path'; readonly segments: readonly Segment[]; readonly fill?: Colour; readonly stroke?: Colour; readonly strokeWidth: number }
  | { readonly kind: 'text' | 'image' | 'shading' | 'form' | 'unknown' }
);

const kinds = ['unknown', 'text', 'path', 'image', 'shading', 'form'] as const;
const segmentKinds = ['line', 'bezier', 'move'] as const;
const identity: Matrix = [1, 0, 0, 1, 0, 0];
/** A self-nesting form must not hang the process. */
const maxDepth = 12;

/** Every object of the page in drawing order; what a form XObject holds follows the form itself. */
export function pageObjects(page: PdfPage): PageObject[] {
  const { pdfium } = page.document;
  const found: PageObject[] = [];
  const count = pdfium.api.FPDFPage_CountObjects(page.handle);
  for (let index = 0; index < count; index++) collect(pdfium, pdfium.api.FPDFPage_GetObject(page.handle, index), { matrix: identity, depth: 0, found });
  return found;
}

function collect(pdfium: Pdfium, handle: number, into: { matrix: Matrix; depth: number; found: PageObject[] }): void {
  const kind = kinds[pdfium.api.FPDFPageObj_GetType(handle)] ?? 'unknown';
  const common: Common = { handle, bounds: boundsOf(pdfium, handle, into.matrix), depth: into.depth };
  into.found.push(kind === 'path' ? { ...common, kind, ...pathOf(pdfium, handle, into.matrix) } : { ...common, kind });
  if (kind !== 'form' || into.depth >= maxDepth) return;
  const matrix = multiply(matrixOf(pdfium, handle), into.matrix);
  const count = pdfium.api.FPDFFormObj_CountObjects(handle);
  for (let index = 0; index < count; index++) {
    collect(pdfium, pdfium.api.FPDFFormObj_GetObject(handle, index), { matrix, depth: into.depth + 1, found: into.found });
  }
}

/** The matrix of an object (for a form: its placement on the parent). */
export function matrixOf(pdfium: Pdfium, handle: number): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = withMemory(pdfium, 24, pointer =>
    pdfium.api.FPDFPageObj_GetMatrix(handle, pointer) ? floatsAt(pdfium, pointer, 6) : []);
  return [a, b, c, d, e, f];
}

function boundsOf(pdfium: Pdfium, handle: number, matrix: Matrix): Box {
  const [left = 0, bottom = 0, right = 0, top = 0] = withMemory(pdfium, 16, pointer =>
    pdfium.api.FPDFPageObj_GetBounds(handle, pointer, pointer + 4, pointer + 8, pointer + 12) ? floatsAt(pdfium, pointer, 4) : []);
  return mapBox(matrix, { left, bottom, right, top });
}

/** The smallest upright box round a mapped box. */
export function mapBox(matrix: Matrix, box: Box): Box {
  const corners = [[box.left, box.bottom], [box.right, box.bottom], [box.left, box.top], [box.right, box.top]] as const;
  const points = corners.map(([x, y]) => applyMatrix(matrix, x, y));
  const xs = points.map(point => point.x);
  const ys = points.map(point => point.y);
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
}

function pathOf(pdfium: Pdfium, handle: number, parent: Matrix) {
  const matrix = multiply(matrixOf(pdfium, handle), parent);
  const segments = Array.from({ length: Math.max(0, pdfium.api.FPDFPath_CountSegments(handle)) }, (_, index) =>
    segmentOf(pdfium, pdfium.api.FPDFPath_GetPathSegment(handle, index), matrix));
  return withMemory(pdfium, 16, pointer => {
    pdfium.api.FPDFPath_GetDrawMode(handle, pointer, pointer + 4);
    const [fillMode = 0, isStroked = 0] = wordsAt(pdfium, pointer, 2);
    const strokeWidth = pdfium.api.FPDFPageObj_GetStrokeWidth(handle, pointer) ? pdfium.heap().getFloat32(pointer, true) : 0;
    const colour = (get: (r: number, g: number, b: number, a: number) => boolean): Colour => {
      const [r = 0, g = 0, b = 0, a = 255] = get(pointer, pointer + 4, pointer + 8, pointer + 12) ? wordsAt(pdfium, pointer, 4) : [];
      return { r, g, b, a };
    };
    return {
      segments, strokeWidth: strokeWidth * Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])),
      ...(fillMode !== 0 && { fill: colour((r, g, b, a) => pdfium.api.FPDFPageObj_GetFillColor(handle, r, g, b, a)) }),
      ...(isStroked !== 0 && { stroke: colour((r, g, b, a) => pdfium.api.FPDFPageObj_GetStrokeColor(handle, r, g, b, a)) }),
    };
  });
}

function segmentOf(pdfium: Pdfium, segment: number, matrix: Matrix): Segment {
  const [x = 0, y = 0] = withMemory(pdfium, 8, pointer =>
    pdfium.api.FPDFPathSegment_GetPoint(segment, pointer, pointer + 4) ? floatsAt(pdfium, pointer, 2) : []);
  const kind = segmentKinds[pdfium.api.FPDFPathSegment_GetType(segment)] ?? 'other';
  return { kind, ...applyMatrix(matrix, x, y), closes: pdfium.api.FPDFPathSegment_GetClose(segment) ? true : false };
}
