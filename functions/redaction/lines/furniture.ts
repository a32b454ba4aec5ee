import { applyMatrix, pageMatrix, type Box, type PdfPage } from '../pdfium/page.ts';
import type { PdfAnnotation } from '../pdfium/annotations.ts';
import type { Colour, PageObject, Segment as PathSegment } from '../pdfium/objects.ts';
import { toFrame, type Frame, type Span } from './frame.ts';

/** A drawn path of the page in a frame, with each of its separate parts. */
export interface Shape {
  readonly handle: number;
  readonly span: Span;
  readonly parts: readonly Span[];
  readonly segments: number;
  readonly colour: Colour;
}

/** What a page shows besides text, in one frame. */
export interface Furniture {
  readonly shapes: readonly Shape[];
  readonly pictures: readonly Span[];
  /** Mark-up annotations that draw something over or under text. */
  readonly marks: readonly Span[];
}

// FPDF_ANNOT_*: free text, line, square, circle, polygon, polyline, highlight, underline, squiggly, strike-out, stamp, caret, ink, redact.
const drawnSubtypes = new Set([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 28]);

/** Paths, pictures and mark-up of a page, in pixels of a frame. */
export function furnitureOf(page: PdfPage, dpi: number, frame: Frame, found: { objects: readonly PageObject[]; annotations: readonly PdfAnnotation[] }): Furniture {
  const device = pageMatrix(page, dpi);
  const place = (box: Box): Span => {
    const a = applyMatrix(device, box.left, box.bottom);
    const b = applyMatrix(device, box.right, box.top);
    const p = toFrame(frame, a.x, a.y);
    const q = toFrame(frame, b.x, b.y);
    return { u0: Math.min(p.u, q.u), u1: Math.max(p.u, q.u), v0: Math.min(p.v, q.v), v1: Math.max(p.v, q.v) };
  };
  const shapes = found.objects.flatMap(object => {
    if (object.kind !== 'path') return [];
    const colour = object.fill ?? object.stroke;
    if (colour === undefined || colour.a === 0) return [];
    // A stroke lies half outside the path; thinner than a pixel it still shows as one.
    const half = object.stroke === undefined ? 0 : Math.max(object.strokeWidth * dpi / 72, 1) / 2;
    const parts = partsOf(object.segments).map(box => grown(place(box), half));
    return [{ handle: object.handle, span: around(parts), parts, segments: object.segments.length, colour }];
  });
  return {
    shapes,
    pictures: found.objects.filter(object => object.kind === 'image').map(object => place(object.bounds)),
    marks: found.annotations.filter(note => drawnSubtypes.has(note.subtype) && !note.isHidden).map(note => place(note.rect)),
  };
}

/** One box for each sub-path (from `move` to the next). */
function partsOf(segments: readonly PathSegment[]): Box[] {
  const parts: Box[] = [];
  let part: Box | undefined;
  for (const { kind, x, y } of segments) {
    if (kind === 'move' || part === undefined) {
      if (part !== undefined) parts.push(part);
      part = { left: x, right: x, bottom: y, top: y };
    } else {
      part = { left: Math.min(part.left, x), right: Math.max(part.right, x), bottom: Math.min(part.bottom, y), top: Math.max(part.top, y) };
    }
  }
  return part === undefined ? parts : [...parts, part];
}

const grown = (span: Span, by: number): Span => ({ u0: span.u0 - by, u1: span.u1 + by, v0: span.v0 - by, v1: span.v1 + by });

function around(parts: readonly Span[]): Span {
  return parts.reduce((all, part) => ({
    u0: Math.min(all.u0, part.u0), u1: Math.max(all.u1, part.u1), v0: Math.min(all.v0, part.v0), v1: Math.max(all.v1, part.v1),
  }), parts[0] ?? { u0: 0, u1: 0, v0: 0, v1: 0 });
}

/** Where vertical rules and edges of tall rectangles cross a line of text (u, rising). Spec E1: a lower rectangle is a highlight. */
export function rulesAt(furniture: Furniture, line: { v: number; em: number }): number[] {
  const { v, em } = line;
  const rules = furniture.shapes.flatMap(shape => shape.parts.flatMap(part => {
    if (part.v0 > v - 0.5 * em || part.v1 < v - 0.1 * em) return [];
    const isThin = part.u1 - part.u0 <= 5;
    if (isThin) return part.v1 - part.v0 >= 0.8 * em ? [(part.u0 + part.u1) / 2] : [];
    return part.v1 - part.v0 >= 1.3 * em ? [part.u0, part.u1] : [];
  }));
  return rules.sort((a, b) => a - b);
}
