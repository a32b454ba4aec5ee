import type { Span } from './frame.ts';
import type { Job } from './jobs.ts';

/** The whole-segment box: from the anchor to the hard limit, never to the end of the text (spec 2). */
export function boxSpan(job: Job): Span {
  const { left, right } = boxReach(job);
  const { em, v } = job.measure;
  const spans = coveredSpans(job);
  const up = Math.max(0.85 * em, ...spans.map(span => v - span.v0 + 1));
  const down = Math.max(0.3 * em, ...spans.map(span => span.v1 + 1 - v));
  // The reach of ink and mark-up is rounded up to quarters of the em.
  const rounded = (pixels: number) => spans.length === 0 ? pixels : Math.ceil(4 * pixels / em) * em / 4;
  return { u0: left, u1: right, v0: v - rounded(up), v1: v + rounded(down) };
}

function boxReach(job: Job): { left: number; right: number } {
  const { anchor, why, measure: { em } } = job;
  const isInColumn = lowMarks(job).every(mark => mark.u0 >= anchor.column.left - 0.5 * em && mark.u1 <= anchor.column.right + 0.5 * em);
  const limits = why === 'hidden-text' || why === 'path' || !isInColumn ? anchor.free : anchor.column;
  const margin = (why === 'annotation' ? 0.5 : 0.1) * em;
  // Where ink lies in a picture nothing was switched off, so the box reaches as far as anything may stand, both ways: the edges that a
  // recogniser gives tremble too much to anchor on.
  const isAnchored = (side: 'left' | 'right') => anchor.side === side && why !== 'hidden-text';
  return { left: (isAnchored('left') ? anchor.u : limits.left) - margin, right: (isAnchored('right') ? anchor.u : limits.right) + margin };
}

/** What a box must cover although it is not text that was switched off. */
function coveredSpans(job: Job): Span[] {
  if (job.why === 'annotation') return lowMarks(job);
  return job.why === 'hidden-text' ? inkOf(job) : [];
}

/** Mark-up that may be as wide as a word; what is higher than two lines marks something else. */
function lowMarks(job: Job): Span[] {
  return job.dress.marks.filter(mark => mark.v1 - mark.v0 < 2.4 * job.measure.em);
}

const inkOf = (job: Job): Span[] => job.segment.words.flatMap(word => word.glyphs.map(glyph => glyph.ink));

/** All that may change for a job: the line from limit to limit, what is switched off on it, and its box. */
export function regionSpan(job: Job): Span {
  const { anchor, measure: { em, v } } = job;
  const items = job.layout?.items ?? [];
  const spans = [boxSpan(job), ...inkOf(job), ...job.dress.decorations.map(decoration => decoration.span)];
  return {
    u0: Math.min(anchor.column.left, ...items.map(item => item.u0), ...spans.map(span => span.u0)) - 0.3 * em - 2,
    u1: Math.max(anchor.column.right, ...items.map(item => item.u1), ...spans.map(span => span.u1)) + 0.3 * em + 2,
    v0: Math.min(v - 1.15 * em, ...spans.map(span => span.v0)) - 2, v1: Math.max(v + 0.5 * em, ...spans.map(span => span.v1)) + 2,
  };
}
