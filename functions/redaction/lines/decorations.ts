import type { Furniture, Shape } from './furniture.ts';
import { frameLength, type Frame, type Span } from './frame.ts';
import type { Segment } from './segments.ts';
import type { Layout } from './layout.ts';
import type { Colour } from '../pdfium/objects.ts';

/** Paths that belong to the words of a line: hidden with them and drawn again for the kept ones (spec I). */
export interface Decoration { readonly handle: number; readonly span: Span; readonly isLine: boolean; readonly colour: Colour }

/** A decoration as it is drawn again; `isLine` lies over the paper, a highlight tints it. */
export interface Stroke { readonly span: Span; readonly isLine: boolean; readonly colour: Colour }

export interface Dress { readonly decorations: readonly Decoration[]; readonly hasComplexPath: boolean; readonly marks: readonly Span[] }

interface Page {
  readonly frame: Frame;
  readonly furniture: Furniture;
  readonly segments: readonly (readonly Segment[])[];
  readonly affectedRows: readonly { v: number; em: number }[];
}

/** Underlines, strikes and highlights of an affected segment, and what else crosses it that cannot be moved with the words. */
export function dressOf(segment: Segment, page: Page): Dress {
  const { row } = segment;
  const { furniture } = page;
  const crossing = furniture.shapes.filter(shape => shape.parts.some(part => isDressing(part, segment)
    && !isFurniture(part, page)));
  const plain = crossing.filter(shape => shape.segments <= 8);
  return {
    decorations: plain.map(shape => decoration(shape, row.em)),
    hasComplexPath: plain.length < crossing.length,
    marks: furniture.marks.filter(mark => mark.v0 < row.v + 0.3 * row.em && mark.v1 > row.v - 0.9 * row.em && touches(mark, segment)),
  };
}

function decoration(shape: Shape, em: number): Decoration {
  return { handle: shape.handle, span: shape.span, isLine: shape.span.v1 - shape.span.v0 <= Math.max(0.22 * em, 2), colour: shape.colour };
}

function isDressing(part: Span, segment: Segment): boolean {
  const { v, em } = segment.row;
  const slack = 0.5 * em;
  const isInBand = part.v0 < v + 0.5 * em && part.v1 > v - 1.15 * em && part.v0 > v - 1.5 * em && part.v1 < v + 0.8 * em;
  const isLow = part.v1 - part.v0 < 1.3 * em && part.u1 - part.u0 > 0.3 * em;
  if (!touches(part, segment) || !(isInBand && isLow || isTightRound(part, segment))) return false;
  const isNear = (end: number) => end > segment.left - slack && end < segment.right + slack;
  return isNear(part.u0) || isNear(part.u1);
}

/** A taller rectangle (to 2.4 em) is a cell or a panel, unless both its ends lie on ends of words inside the line. */
function isTightRound(part: Span, segment: Segment): boolean {
  const { v, em } = segment.row;
  const height = part.v1 - part.v0;
  if (height < 1.3 * em || height > 2.4 * em || part.v0 > v - 0.6 * em || part.v1 < v) return false;
  const isAt = (u: number, side: 'u0' | 'u1') => segment.words.some(word => Math.abs(word[side] - u) < 0.1 * em);
  return isAt(part.u0, 'u0') && isAt(part.u1, 'u1');
}

/**
 * Rules of forms, tables and headers: both ends line up with other paths or lines, away from every line that is set again, or the rule
 * lies across most of the page with equal margins.
 */
function isFurniture(part: Span, page: Page): boolean {
  const length = frameLength(page.frame);
  if (part.u1 - part.u0 > 0.6 * length && Math.abs(part.u0 + part.u1 - length) <= 2) return true;
  const isAway = (span: { v0: number; v1: number }) => !page.affectedRows.some(row => span.v1 > row.v - 1.15 * row.em && span.v0 < row.v + 0.5 * row.em);
  const shapes = page.furniture.shapes.flatMap(shape => shape.parts).filter(other => other !== part && isAway(other));
  const ends = shapes.flatMap(other => [other.u0, other.u1]);
  const edges = page.segments.flat().filter(other => !other.isAffected).flatMap(other => [other.left, other.right]);
  const isShared = (end: number) => ends.some(other => Math.abs(other - end) <= 1) || edges.filter(other => Math.abs(other - end) <= 1).length > 1;
  return isShared(part.u0) && isShared(part.u1);
}

function touches(span: Span, segment: Segment): boolean {
  return span.u0 < segment.right + 0.5 * segment.row.em && span.u1 > segment.left - 0.5 * segment.row.em;
}

/** The decorations again, under each kept word that had them, and through the space between two such words. */
export function strokesOf(layout: Layout, decorations: readonly Decoration[]): Stroke[] {
  return decorations.flatMap(({ span, isLine, colour }) => {
    const has = layout.items.map(({ token }) => {
      if (token.kind === 'label') return false;
      const first = token.glyphs[0];
      const last = token.glyphs.at(-1);
      if (first === undefined || last === undefined) return false;
      const end = last.u + last.advance;
      return Math.min(end, span.u1) - Math.max(first.u, span.u0) > 0.5 * (end - first.u);
    });
    const strokes: Stroke[] = [];
    for (const [index, item] of layout.items.entries()) {
      if (has[index] !== true) continue;
      const last = strokes.at(-1);
      if (has[index - 1] === true && last !== undefined) strokes[strokes.length - 1] = { ...last, span: { ...last.span, u1: Math.round(item.u1) } };
      else strokes.push({ isLine, colour, span: { ...wholePixels(span), u0: Math.round(item.u0), u1: Math.round(item.u1) } });
    }
    return strokes;
  });
}

/** At least one pixel high, on whole pixels: a thin rule is not drawn the same in another frame (spec pitfall 4). */
function wholePixels(span: Span): { v0: number; v1: number } {
  const v0 = Math.round(span.v0);
  return { v0, v1: Math.max(v0 + 1, Math.round(span.v1)) };
}
