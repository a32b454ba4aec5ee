import { rulesAt, type Furniture } from './furniture.ts';
import type { PlacedWord, Row } from './words.ts';

/** How a segment was parted from the one before it on its row. */
export type SplitBy = 'start' | 'rule' | 'gap' | 'tab';

/** A run of words that flows as one: a line of a column, or what a table cell holds of it. */
export interface Segment {
  readonly row: Row;
  readonly words: readonly PlacedWord[];
  readonly left: number;
  readonly right: number;
  readonly splitBy: SplitBy;
  readonly isAffected: boolean;
}

/** Spec E. All segments of a frame, in rows from top to bottom and along each row. */
export function segmentsOf(rows: readonly Row[], furniture: Furniture, isHit: (word: PlacedWord) => boolean): Segment[][] {
  const first = rows.map(row => splitRow(row, furniture, isHit));
  const tabbed = first.map(segments => segments.flatMap(segment => splitAtTabs(segment, first, isHit)));
  return tabbed.map(segments => mergeLoose(segments, tabbed));
}

function splitRow(row: Row, furniture: Furniture, isHit: (word: PlacedWord) => boolean): Segment[] {
  const rules = rulesAt(furniture, row);
  const gaps = row.words.slice(1).map((word, index) => word.u0 - (row.words[index]?.u1 ?? 0));
  const even = evenGaps(row, gaps);
  const segments: Segment[] = [];
  let words: PlacedWord[] = [];
  let splitBy: SplitBy = 'start';
  for (const [index, word] of row.words.entries()) {
    const previous = row.words[index - 1];
    const cut = previous === undefined ? undefined : cutBetween(previous, word, { rules, em: row.em, isEven: even[index - 1] ?? false });
    if (cut !== undefined) {
      segments.push(segmentFrom(row, words, splitBy, isHit));
      words = [];
      splitBy = cut;
    }
    words.push(word);
  }
  segments.push(segmentFrom(row, words, splitBy, isHit));
  return segments;
}

function cutBetween(previous: PlacedWord, word: PlacedWord, at: { rules: readonly number[]; em: number; isEven: boolean }): SplitBy | undefined {
  const slack = 0.1 * at.em;
  if (at.rules.some(rule => rule > previous.u1 - slack && rule < word.u0 + slack && rule > previous.u0 + slack)) return 'rule';
  return word.u0 - previous.u1 > 1.2 * at.em && !at.isEven ? 'gap' : undefined;
}

/** Gaps that stand in a run of three or more of one size (within 0.12 em): a widely justified line, not columns. */
function evenGaps(row: Row, gaps: readonly number[]): boolean[] {
  const even = gaps.map(() => false);
  const real = gaps.map((gap, index) => ({ gap, index })).filter(({ index }) => row.words[index + 1]?.isScript === false && !row.words[index]?.isScript);
  for (let at = 0; at + 2 < real.length; at++) {
    const run = real.slice(at, at + 3);
    const sizes = run.map(({ gap }) => gap);
    if (Math.max(...sizes) - Math.min(...sizes) <= 0.12 * row.em) for (const { index } of run) even[index] = true;
  }
  return even;
}

function segmentFrom(row: Row, words: readonly PlacedWord[], splitBy: SplitBy, isHit: (word: PlacedWord) => boolean): Segment {
  return {
    row, words, splitBy, left: words[0]?.u0 ?? 0, right: Math.max(...words.map(word => word.u1)), isAffected: words.some(isHit),
  };
}

/** Spec E3: a word that starts where rows near by have a column start, if those rows share this segment's own start. */
function splitAtTabs(segment: Segment, all: readonly (readonly Segment[])[], isHit: (word: PlacedWord) => boolean): Segment[] {
  const { row } = segment;
  const near = all.filter(other => other[0] !== undefined && other[0].row !== row && other.length > 1 && Math.abs(other[0].row.v - row.v) <= 9 * row.em);
  const parts: Segment[] = [];
  let words: PlacedWord[] = [];
  let splitBy = segment.splitBy;
  for (const word of segment.words) {
    const previous = words.at(-1);
    const gap = previous === undefined ? 0 : (word.u0 - previous.u1) / row.em;
    const support = gap <= 0.05 || word.isScript ? 0 : near.filter(other => hasColumn(other, { start: segment.left, column: word.u0 })).length;
    if (support >= (gap > 0.5 ? 1 : 2)) {
      parts.push(segmentFrom(row, words, splitBy, isHit));
      words = [];
      splitBy = 'tab';
    }
    words.push(word);
  }
  return [...parts, segmentFrom(row, words, splitBy, isHit)];
}

function hasColumn(segments: readonly Segment[], at: { start: number; column: number }): boolean {
  const column = segments.findIndex((segment, index) => index > 0 && Math.abs(segment.left - at.column) <= 1);
  return column > 0 && segments.slice(0, column).some(segment => Math.abs(segment.left - at.start) <= 1);
}

/** Where an affected segment meets one that only a gap parts from it and that nothing else on the page lines up with, both are one flow. */
function mergeLoose(segments: readonly Segment[], all: readonly (readonly Segment[])[]): Segment[] {
  const merged: Segment[] = [];
  for (const segment of segments) {
    const before = merged.at(-1);
    if (before !== undefined && segment.splitBy === 'gap' && (before.isAffected || segment.isAffected) && !isAligned(segment, all)) {
      merged[merged.length - 1] = {
        ...before, words: [...before.words, ...segment.words], right: Math.max(before.right, segment.right), isAffected: true,
      };
    } else merged.push(segment);
  }
  return merged;
}

function isAligned(segment: Segment, all: readonly (readonly Segment[])[]): boolean {
  return all.some(others => others.some(other => other.row !== segment.row && !other.isAffected && alignments(segment, other).length > 0));
}

export type Side = 'left' | 'right' | 'centre';

/** Which edges two segments share: left within 1 px, right and centre within 1.5 px (spec G). */
export function alignments(a: { left: number; right: number }, b: { left: number; right: number }): Side[] {
  const sides: Side[] = [];
  if (Math.abs(a.left - b.left) <= 1) sides.push('left');
  if (Math.abs(a.right - b.right) <= 1.5) sides.push('right');
  if (Math.abs(a.left + a.right - b.left - b.right) <= 3) sides.push('centre');
  return sides;
}
