import { pageAnnotations } from '../pdfium/annotations.ts';
import { applyMatrix, pageMatrix, type PdfPage } from '../pdfium/page.ts';
import { copyPixels, paint, withCanvas, type Rect } from '../pdfium/render.ts';
import { pageChars, type PdfChar } from '../pdfium/text.ts';
import { bandRect, bandsOf, blackenBand, withoutBands, type Band, type BandWhy } from './bands.ts';
import { assertOutsideUnchanged } from './check.ts';
import { boxSpan, regionSpan } from './box.ts';
import { baselineOf, fillLabel, labelsOf, type Label } from './draw.ts';
import { clipped, spanToRect, toDevice, type Turn } from './frame.ts';
import { placeGlyphs } from './glyphs.ts';
import { paperOf, type Pixels } from './ink.ts';
import { planPage, type BoxWhy, type Job } from './jobs.ts';
import { scratch } from './scratch.ts';
import { setLines } from './set.ts';
import type { HitOf } from './tokens.ts';

/** What to remove from a page. */
export interface LineRequest {
  readonly dpi: number;
  /** Character indexes (`pageChars`) of each hit. */
  readonly hits: readonly (readonly number[])[];
  /** Indexes of annotations (form fields among them) to black out whole: their text is not in the text page. */
  readonly annotations?: readonly number[];
  /** Device rectangles to black out as they are, for instance parts of pictures. */
  readonly areas?: readonly Rect[];
  /** The page's characters, when the caller has them already. */
  readonly chars?: readonly PdfChar[];
  /** The picture may lie in memory that the next call writes over: a page's worth of fresh memory costs as much as drawing its lines. */
  readonly isBorrowed?: boolean;
}

/** A kept word of an affected line, for the text layer: start of its baseline and its advance in device pixels. */
export interface LineToken { readonly text: string; readonly x: number; readonly y: number; readonly width: number; readonly em: number; readonly turn: Turn }

export type Outcome =
  | { readonly outcome: 'reset'; readonly anchor: 'left' | 'right' | 'centre' | 'own' }
  | { readonly outcome: 'boxed'; readonly why: BoxWhy | BandWhy };

export interface LinePage {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array<ArrayBuffer>;
  /** The only pixels that may differ from the plain render. */
  readonly regions: readonly Rect[];
  readonly tokens: readonly LineToken[];
  readonly labels: readonly Label[];
  readonly segments: readonly Outcome[];
  /** Characters whose text the caller must take from `tokens` or leave out: all of the affected lines. */
  readonly replaced: ReadonlySet<number>;
  /** What still tells something: how many labels, on how many lines (spec 5). */
  readonly residual: { readonly labels: number; readonly lines: number };
}

/**
 * Renders a page with hits removed so that what is left of a line does not tell how wide the removed text was
 * (docs: redaction line setting, steps A to M). Throws when a pixel outside the regions changed.
 */
export function resetLines(page: PdfPage, request: LineRequest): LinePage {
  const chars = request.chars ?? pageChars(page);
  const hitOf = hitIndex(request.hits);
  const all = placeGlyphs(page, request.dpi, chars);
  const bands = bandsOf(all, hitOf);
  const placed = withoutBands(all, bands);
  const plan = planPage(page, request.dpi, placed, hitOf);
  return withCanvas(page, request.dpi, canvas => {
    const whole = { x: 0, y: 0, w: canvas.width, h: canvas.height };
    paint(canvas, whole);
    const plain = scratch(0, canvas.width * canvas.height * 4);
    copyPixels(canvas, whole, plain);
    const areas = [...request.areas ?? [], ...annotationRects(page, request)].flatMap(area => clipped({ x0: area.x, y0: area.y, x1: area.x + area.w, y1: area.y + area.h }, canvas) ?? []);
    const lineRects = (jobs: readonly Job[]) => jobs.flatMap(job => spanToRect(job.frame, regionSpan(job)) ?? []);
    const { set, jobs } = plan.jobs.length === 0 ? { set: plain, jobs: [] } : setLines(canvas, plain, { plan, placed, regions: lineRects(plan.jobs) });
    const rgba = request.isBorrowed === true ? borrowed(set, plain) : set.slice();
    // A line that failed its check may have got a wider box than it was planned with.
    const regions = [...lineRects(plan.jobs), ...lineRects(jobs), ...bands.flatMap(band => bandRect(band, canvas) ?? []), ...areas];
    const labels = cover({ ...canvas, rgba }, { jobs, bands, areas });
    assertOutsideUnchanged(plain, rgba, canvas, regions);
    return {
      width: canvas.width, height: canvas.height, rgba, regions, labels,
      tokens: jobs.flatMap(job => tokensFor(job)),
      segments: [...jobs.map(outcomeOf), ...bands.map(band => ({ outcome: 'boxed' as const, why: band.why }))],
      replaced: new Set([...jobs.flatMap(job => job.segment.words.flatMap(word => word.glyphs.map(glyph => glyph.char.index))), ...bands.flatMap(band => band.chars)]),
      residual: { labels: labels.length, lines: jobs.length + bands.length },
    };
  });
}

/** The set picture itself, or, when no line was set, a copy of the plain one, which is still needed for the check. */
function borrowed(set: Pixels, plain: Pixels): Pixels {
  if (set !== plain) return set;
  const copy = scratch(2, plain.length);
  copy.set(plain);
  return copy;
}

function hitIndex(hits: readonly (readonly number[])[]): HitOf {
  const index = new Map(hits.flatMap((chars, hit) => chars.map(char => [char, hit] as const)));
  return char => index.get(char);
}

/** Labels and boxes go on last, over everything. */
function cover(picture: { width: number; height: number; rgba: Pixels }, by: { jobs: readonly Job[]; bands: readonly Band[]; areas: readonly Rect[] }): Label[] {
  const labels: Label[] = [];
  for (const job of by.jobs) {
    const isOnDark = isDark(paperOf(job.frame, boxSpan(job), picture.rgba));
    const boxes = job.why === undefined ? labelsOf(job)
      : [{ span: boxSpan(job), hits: [...new Set(job.tokens.flatMap(token => token.kind === 'label' ? [...token.hits] : []))] }];
    for (const { span, hits } of boxes) {
      const rect = spanToRect(job.frame, span);
      if (rect === undefined) continue;
      fillLabel(picture, rect, isOnDark);
      labels.push({ ...rect, hits });
    }
  }
  for (const band of by.bands) blackenBand(band, picture);
  for (const area of by.areas) fillLabel(picture, area, false);
  return labels;
}

function isDark(colour: number): boolean {
  return 0.299 * (colour >> 16) + 0.587 * (colour >> 8 & 255) + 0.114 * (colour & 255) < 128;
}

function annotationRects(page: PdfPage, request: LineRequest): Rect[] {
  const wanted = new Set(request.annotations ?? []);
  const device = pageMatrix(page, request.dpi);
  return wanted.size === 0 ? [] : pageAnnotations(page).filter(note => wanted.has(note.index)).map(({ rect }) => {
    const a = applyMatrix(device, rect.left, rect.bottom);
    const b = applyMatrix(device, rect.right, rect.top);
    // One pixel more: the border of a field is drawn on its edge.
    const [x, y] = [Math.floor(Math.min(a.x, b.x)) - 1, Math.floor(Math.min(a.y, b.y)) - 1];
    return { x, y, w: Math.ceil(Math.max(a.x, b.x)) + 1 - x, h: Math.ceil(Math.max(a.y, b.y)) + 1 - y };
  });
}

function outcomeOf(job: Job): Outcome {
  return job.why === undefined ? { outcome: 'reset', anchor: job.anchor.isOwn ? 'own' : job.anchor.side } : { outcome: 'boxed', why: job.why };
}

/** Step M: the kept words where they now stand. */
function tokensFor(job: Job): LineToken[] {
  if (job.why !== undefined) return [];
  return (job.layout?.items ?? []).flatMap(item => item.token.kind === 'label' ? [] : [{
    text: String.fromCodePoint(...item.token.glyphs.map(glyph => glyph.unicode)),
    ...toDevice(job.frame, item.u0, baselineOf(job, item)), width: item.u1 - item.u0,
    em: item.token.glyphs[0]?.em ?? job.measure.em, turn: job.frame.turn,
  }]);
}
