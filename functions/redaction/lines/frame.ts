import type { Rect } from '../pdfium/render.ts';

/** Quarter turns of the reading direction: 0 right, 1 up, 2 left, 3 down, as the device shows it. */
export type Turn = 0 | 1 | 2 | 3;

/**
 * The device turned by quarters so that text reads along u with v downwards. It is a permutation of pixels: nothing is resampled,
 * so that a rule drawn in the device stays as it was (spec pitfall 4).
 */
export interface Frame { readonly turn: Turn; readonly width: number; readonly height: number }

/** A rectangle of a frame, in pixels. */
export interface Span { readonly u0: number; readonly v0: number; readonly u1: number; readonly v1: number }

/** Length along the reading direction. */
export const frameLength = (frame: Frame): number => frame.turn % 2 === 0 ? frame.width : frame.height;
export const frameDepth = (frame: Frame): number => frame.turn % 2 === 0 ? frame.height : frame.width;

export function toFrame(frame: Frame, x: number, y: number): { u: number; v: number } {
  switch (frame.turn) {
    case 0: return { u: x, v: y };
    case 1: return { u: frame.height - y, v: x };
    case 2: return { u: frame.width - x, v: frame.height - y };
    case 3: return { u: y, v: frame.width - x };
  }
}

export function toDevice(frame: Frame, u: number, v: number): { x: number; y: number } {
  switch (frame.turn) {
    case 0: return { x: u, y: v };
    case 1: return { x: v, y: frame.height - u };
    case 2: return { x: frame.width - u, y: frame.height - v };
    case 3: return { x: frame.width - v, y: u };
  }
}

/** A direction (no translation) of the device in the frame. */
export function turnVector(turn: Turn, x: number, y: number): { u: number; v: number } {
  return ([{ u: x, v: y }, { u: -y, v: x }, { u: -x, v: -y }, { u: y, v: -x }] as const)[turn];
}

/** Whole device pixels that cover a span, grown outward and clipped to the page; undefined when nothing is left. */
export function spanToRect(frame: Frame, span: Span): Rect | undefined {
  const a = toDevice(frame, span.u0, span.v0);
  const b = toDevice(frame, span.u1, span.v1);
  return clipped({ x0: Math.min(a.x, b.x), y0: Math.min(a.y, b.y), x1: Math.max(a.x, b.x), y1: Math.max(a.y, b.y) }, frame);
}

/** Outward to whole pixels, inside a page of a size. */
export function clipped(edges: { x0: number; y0: number; x1: number; y1: number }, page: { width: number; height: number }): Rect | undefined {
  // A thousandth of a pixel is float noise, not ink.
  const noise = 1e-3;
  const x = Math.max(0, Math.floor(edges.x0 + noise));
  const y = Math.max(0, Math.floor(edges.y0 + noise));
  const w = Math.min(page.width, Math.ceil(edges.x1 - noise)) - x;
  const h = Math.min(page.height, Math.ceil(edges.y1 - noise)) - y;
  return w > 0 && h > 0 ? { x, y, w, h } : undefined;
}

/** Index step of one pixel along u and along v, and the index of the pixel whose frame corner is (0, 0), for a row-wise picture. */
export function strides(frame: Frame): { origin: number; u: number; v: number } {
  const { width, height } = frame;
  switch (frame.turn) {
    case 0: return { origin: 0, u: 1, v: width };
    case 1: return { origin: (height - 1) * width, u: -width, v: 1 };
    case 2: return { origin: height * width - 1, u: -1, v: -width };
    case 3: return { origin: width - 1, u: width, v: -1 };
  }
}
