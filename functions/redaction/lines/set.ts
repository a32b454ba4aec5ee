import { copyPixels, paint, type Canvas, type Rect } from '../pdfium/render.ts';
import { setActive } from '../pdfium/typing.ts';
import { faultOf } from './check.ts';
import { dressLines, typeLines } from './draw.ts';
import type { Frame } from './frame.ts';
import type { Glyph, PageGlyphs } from './glyphs.ts';
import { difference, eachPixel, total, type Pixels } from './ink.ts';
import type { Job, Plan } from './jobs.ts';
import { scratch } from './scratch.ts';

/** Step J: all affected text off, then the regions, then the kept words. A segment that fails its check is boxed, and all is drawn again. */
export function setLines(canvas: Canvas, plain: Pixels, by: { plan: Plan; placed: PageGlyphs; regions: readonly Rect[] }): { set: Pixels; jobs: readonly Job[] } {
  const { plan, placed, regions } = by;
  const hidden = hiddenObjects(plan, placed);
  const lost = sharedGlyphs(plan, placed);
  const dressing = plan.jobs.flatMap(job => job.dress.decorations.map(decoration => decoration.handle));
  let { jobs } = plan;
  setActive(canvas, hidden, false);
  try {
    const worn = dressing.length === 0 ? undefined : wornPixels(canvas, { dressing, regions, plain });
    for (;;) {
      for (const region of regions) paint(canvas, region);
      const bare = regionPixels(canvas, regions, plain, scratch(1, plain.length));
      // What did not show (a word under a black bar) must not come up.
      const shared = lost.filter(({ frame, glyph }) => total(difference(frame, glyph.ink, plain, bare)) > 0);
      typeLines(canvas, jobs, shared.filter(({ glyph }) => plan.canType(glyph)), plan.stretchOf);
      const set = regionPixels(canvas, regions, plain, scratch(2, plain.length));
      const next = jobs.map(job => job.why === undefined ? { ...job, why: faultOf(job, { plain, bare, worn: worn ?? bare, set }, plan.stretchOf) } : job);
      const isSettled = next.every((job, index) => job.why === jobs[index]?.why);
      jobs = next;
      if (!isSettled) continue;
      for (const { frame, glyph } of shared) if (!plan.canType(glyph)) eachPixel(frame, glyph.ink, index => set.set(plain.subarray(index, index + 4), index));
      dressLines(set, bare, jobs);
      return { set, jobs };
    }
  } finally {
    setActive(canvas, hidden, true);
  }
}

/** The regions with the decorations but without the text. */
function wornPixels(canvas: Canvas, by: { dressing: readonly number[]; regions: readonly Rect[]; plain: Pixels }): Pixels {
  const { dressing, regions, plain } = by;
  setActive(canvas, dressing, true);
  for (const region of regions) paint(canvas, region);
  setActive(canvas, dressing, false);
  return regionPixels(canvas, regions, plain, scratch(3, plain.length));
}

/** Text objects of affected lines, their decorations, and text objects that PDFium left out of the text page as doubles of these. */
function hiddenObjects(plan: Plan, placed: PageGlyphs): Set<number> {
  const known = new Set([...placed.glyphs.flat().map(glyph => glyph.char.object), ...placed.strays.map(stray => stray.char.object)]);
  const lines = plan.jobs.flatMap(job => job.segment.words.flatMap(word => word.glyphs));
  const hidden = new Set(lines.map(glyph => glyph.char.object));
  for (const job of plan.jobs) for (const decoration of job.dress.decorations) hidden.add(decoration.handle);
  for (const object of plan.objects) {
    if (object.kind !== 'text' || known.has(object.handle)) continue;
    const { left, right, bottom, top } = object.bounds;
    if (lines.some(({ char: { box } }) => box.right > left && box.left < right && (box.bottom + box.top) / 2 > bottom && (box.bottom + box.top) / 2 < top)) hidden.add(object.handle);
  }
  hidden.delete(0);
  return hidden;
}

/** Glyphs of unaffected words that are switched off with an affected line because one text object holds both. */
function sharedGlyphs(plan: Plan, placed: PageGlyphs): { frame: Frame; glyph: Glyph }[] {
  const own = new Set(plan.jobs.flatMap(job => job.segment.words.flatMap(word => word.glyphs)));
  const objects = new Set([...own].map(glyph => glyph.char.object));
  return placed.frames.flatMap((frame, turn) => (placed.glyphs[turn] ?? [])
    .filter(glyph => !glyph.isSpace && !own.has(glyph) && objects.has(glyph.char.object))
    .map(glyph => ({ frame, glyph })));
}

/** The page as it was, with the regions as the canvas shows them now. */
function regionPixels(canvas: Canvas, regions: readonly Rect[], plain: Pixels, picture: Pixels): Pixels {
  picture.set(plain);
  for (const region of regions) copyPixels(canvas, region, picture);
  return picture;
}
