import { rulesAt, type Furniture } from './furniture.ts';
import { frameLength, type Frame } from './frame.ts';
import { alignments, type Segment, type Side } from './segments.ts';

/**
 * Where a line is set from, and how far it may go. Each number comes from other, unaffected lines or from the page's furniture,
 * never from what was removed (`isOwn` is the one exception: nothing else lines up, and the line keeps its own left edge).
 */
export interface Anchor {
  readonly side: Side;
  readonly isOwn: boolean;
  readonly u: number;
  /** Edges of the column as the lines that support the anchor show it. */
  readonly column: Limits;
  /** Edges of the free space: neighbours, rules, page margin. */
  readonly free: Limits;
}

interface Limits { readonly left: number; readonly right: number }
interface Page { readonly frame: Frame; readonly dpi: number; readonly furniture: Furniture; readonly segments: readonly (readonly Segment[])[] }
interface Support { readonly side: Side; readonly isOwn: boolean; readonly u: number; readonly lines: Limits | undefined }

/** Spec G and the limits of spec H for an affected segment. */
export function anchorOf(segment: Segment, page: Page): Anchor {
  const { lines, ...support } = supportOf(segment, page);
  const free = freeSpace(segment, support.u, page);
  const column = lines === undefined ? free
    : { left: Math.min(support.u, Math.max(free.left, lines.left)), right: Math.max(support.u, Math.min(free.right, lines.right)) };
  return { ...support, free, column };
}

function supportOf(segment: Segment, page: Page): Support {
  const others = page.segments.flat().filter(other => !other.isAffected && other.row !== segment.row);
  const weightOf = (other: Segment) => 1 / (1 + Math.round(4 * Math.abs(other.row.v - segment.row.v)) / 4 / (2 * segment.row.em));
  const supporters = { left: aligned(segment, others, 'left'), right: aligned(segment, others, 'right'), centre: aligned(segment, others, 'centre') };
  const middle = frameLength(page.frame) / 2;
  const isMid = Math.abs((segment.left + segment.right) / 2 - middle) <= 1.5;
  const sum = (side: Side) => supporters[side].reduce((total, other) => total + weightOf(other), side === 'centre' && isMid ? 0.5 : 0);
  const strongest = (['left', 'right', 'centre'] as const).reduce((best, next) => sum(next) > sum(best) ? next : best);
  // Lines that share both edges are justified: the few that share only the right one (indents, hyphens) must not swing it.
  // Cells of equal width are no proof: a column of text is wider than any name.
  const justified = supporters.left.filter(other => supporters.right.includes(other) && other.right - other.left > 16 * other.row.em).reduce((total, other) => total + weightOf(other), 0);
  const side = justified > 0 && justified >= 0.5 * sum(strongest) ? 'left' : strongest;
  const nearestOf = (lines: readonly Segment[]) => [...lines].sort((a, b) => weightOf(b) - weightOf(a))[0];
  const first = nearestOf(supporters[side]);
  if (first === undefined) return { side, isOwn: sum(side) === 0, u: side === 'centre' ? middle : segment.left, lines: undefined };
  // Seen from the first supporter, not from the line itself, whose edge trembles with what it held.
  const chosen = aligned(first, others, side);
  return {
    side, isOwn: false, u: edge(nearestOf(chosen) ?? first, side),
    lines: { left: Math.min(...chosen.map(line => line.left)), right: Math.max(...chosen.map(line => line.right)) },
  };
}

function aligned(segment: Segment, others: readonly Segment[], side: Side): Segment[] {
  return others.filter(other => alignments(segment, other).includes(side));
}

function edge(segment: Segment, side: Side): number {
  return side === 'left' ? segment.left : side === 'right' ? segment.right : (segment.left + segment.right) / 2;
}

/** The space a neighbour takes. An affected one takes what its anchor and column say, because its own ends tell its old width. */
function extentOf(segment: Segment, page: Page): Limits {
  if (!segment.isAffected) return segment;
  const { side, u, lines } = supportOf(segment, page);
  const label = 5 * segment.row.em;
  const guess = { left: side === 'right' ? u - label : side === 'left' ? u : u - label / 2, right: side === 'left' ? u + label : side === 'right' ? u : u + label / 2 };
  if (lines === undefined) return guess;
  return { left: side === 'left' ? u : lines.left, right: side === 'right' ? u : lines.right };
}

/** Spec H: neighbours less 0.4 em, rules less 0.2 em, the page less 0.2 inch. */
function freeSpace(segment: Segment, u: number, page: Page): Limits {
  const { v, em } = segment.row;
  const margin = 0.2 * page.dpi;
  const left = [margin];
  const right = [frameLength(page.frame) - margin];
  for (const { other, order } of neighbours(segment, u, page)) {
    if (order > 0) right.push(extentOf(other, page).left - 0.4 * em);
    else left.push(extentOf(other, page).right + 0.4 * em);
  }
  const pictures = page.furniture.pictures.filter(picture => picture.v0 < v && picture.v1 > v - 0.7 * em);
  for (const rule of [...rulesAt(page.furniture, segment.row), ...pictures.flatMap(picture => [picture.u0, picture.u1])]) {
    if (rule > u) right.push(rule - 0.2 * em);
    else left.push(rule + 0.2 * em);
  }
  return { left: Math.min(u, Math.max(...left)), right: Math.max(u, Math.min(...right)) };
}

/** Segments beside one: those of its row by their order, those of other columns (whose baselines may differ) by their place. */
function neighbours(segment: Segment, u: number, page: Page): { other: Segment; order: -1 | 1 }[] {
  const { row } = segment;
  const own = page.segments.find(others => others.includes(segment)) ?? [];
  const index = own.indexOf(segment);
  const beside = own.flatMap((other, at) => at === index ? [] : [{ other, order: at > index ? 1 as const : -1 as const }]);
  for (const other of page.segments.flat()) {
    if (other.row === row || other.isAffected || Math.abs(other.row.v - row.v) >= 0.6 * row.em) continue;
    if (other.left > u + 2 * row.em) beside.push({ other, order: 1 });
    if (other.right < u - 2 * row.em) beside.push({ other, order: -1 });
  }
  return beside;
}
