import type { Rect } from '../pdfium/render.ts';
import { baselineOf } from './draw.ts';
import type { Glyph } from './glyphs.ts';
import { difference, inkOn, paperOf, profileMatch, total, type Pixels } from './ink.ts';
import type { BoxWhy, Job } from './jobs.ts';
import { glyphWidth, type PlacedToken } from './layout.ts';

/**
 * States of the page: as it is, with the affected text and its decorations switched off, with the lines set again, and with the text alone
 * switched off (`worn`; the same as `bare` where there are no decorations).
 */
export interface Pictures { readonly plain: Pixels; readonly bare: Pixels; readonly worn: Pixels; readonly set: Pixels }

/** What switching text off and typing it again did not do for a segment; undefined when it can be shown as set (spec K). */
export function faultOf(job: Job, pictures: Pictures, stretchOf: (glyph: Glyph) => number): BoxWhy | undefined {
  if (isStillThere(job, pictures)) return 'hidden-text';
  const looksRight = (job.layout?.items ?? []).every(item => {
    if (item.token.kind === 'label' || !item.token.isWhole) return true;
    const { before, after, stretch } = inkOf(job, item, pictures, stretchOf);
    // A word that shows nothing, before and after (a space that the font maps to a dot), tells nothing either.
    if (total(before) + total(after) < 3 * 255) return true;
    const ratio = total(after) / Math.max(1, total(before)) * stretch;
    return ratio > 0.6 && ratio < 1.6 && profileMatch(before, after) > 0.8;
  });
  return looksRight ? undefined : 'glyphs';
}

/** Ink of a word by pixel rows about its baseline, before and after; only inside its own glyphs' boxes, as a neighbouring line may hold removed text. */
function inkOf(job: Job, item: PlacedToken, pictures: Pictures, stretchOf: (glyph: Glyph) => number): { before: number[]; after: number[]; stretch: number } {
  const glyphs = item.token.kind === 'word' ? item.token.glyphs : [];
  const em = Math.max(...glyphs.map(glyph => glyph.em));
  const above = Math.ceil(1.2 * em);
  const before = new Array<number>(above + Math.ceil(0.6 * em)).fill(0);
  const after = [...before];
  let u = item.u0;
  let stretch = 1;
  for (const glyph of glyphs) {
    const { ink } = glyph;
    const wide = stretchOf(glyph) / glyph.stretch;
    const at = { u0: Math.round(u) + (ink.u0 - glyph.u) * wide, u1: Math.round(u) + (ink.u1 - glyph.u) * wide };
    const shift = baselineOf(job, item) - Math.round(glyph.v);
    addRows(before, difference(job.frame, grown(ink, ink), pictures.plain, pictures.worn), Math.floor(ink.v0 - 1) - Math.round(glyph.v) + above);
    addRows(after, difference(job.frame, grown(at, { v0: ink.v0 + shift, v1: ink.v1 + shift }), pictures.set, pictures.bare), Math.floor(ink.v0 - 1) - Math.round(glyph.v) + above);
    u += glyphWidth(glyph, stretchOf);
    stretch = 1 / wide;
  }
  return { before, after, stretch };
}

const grown = (along: { u0: number; u1: number }, across: { v0: number; v1: number }) => ({ u0: along.u0 - 1, u1: along.u1 + 1, v0: across.v0 - 1, v1: across.v1 + 1 });

function addRows(sum: number[], rows: readonly number[], from: number): void {
  for (const [index, value] of rows.entries()) {
    const row = from + index;
    if (row >= 0 && row < sum.length) sum[row] = (sum[row] ?? 0) + value;
  }
}

/** The removed ink did not go when its text objects went: it is part of a picture, or drawn a second time in another way. */
function isStillThere(job: Job, pictures: Pictures): boolean {
  const { frame, segment, measure: { v, em } } = job;
  const paper = paperOf(frame, { u0: segment.left - em, u1: segment.right + em, v0: v - em, v1: v + 0.3 * em }, pictures.bare);
  const kept = new Set(job.tokens.flatMap(token => token.kind === 'word' ? token.glyphs : []));
  const gone = segment.words.flatMap(word => word.glyphs.filter(glyph => !kept.has(glyph)));
  const was = gone.reduce((sum, glyph) => sum + inkOn(frame, glyph.ink, pictures.plain, paper), 0);
  const went = gone.reduce((sum, glyph) => sum + total(difference(frame, glyph.ink, pictures.plain, pictures.bare)), 0);
  const area = gone.reduce((sum, glyph) => sum + Math.max(1, (glyph.ink.u1 - glyph.ink.u0) * (glyph.ink.v1 - glyph.ink.v0)), 0);
  return was > 3 * 255 * 0.03 * area && went < 0.3 * was;
}

/** Fails closed when a pixel outside the regions differs from the plain render. */
export function assertOutsideUnchanged(plain: Pixels, result: Pixels, size: { width: number; height: number }, regions: readonly Rect[]): void {
  for (let y = 0; y < size.height; y++) {
    const inside = regions.filter(region => y >= region.y && y < region.y + region.h).sort((a, b) => a.x - b.x);
    let from = 0;
    for (const region of [...inside, { x: size.width, w: 0 }]) {
      if (region.x > from && Buffer.compare(row(plain, size, y, [from, region.x]), row(result, size, y, [from, region.x])) !== 0) {
        throw new Error(`Line setting changed a pixel outside its regions in row ${y}`);
      }
      from = Math.max(from, region.x + region.w);
    }
  }
}

function row(picture: Pixels, size: { width: number }, y: number, [x0, x1]: readonly [number, number]): Uint8Array {
  return picture.subarray((y * size.width + x0) * 4, (y * size.width + x1) * 4);
}
