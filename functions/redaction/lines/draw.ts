import type { Matrix } from '../pdfium/page.ts';
import type { Canvas, Rect } from '../pdfium/render.ts';
import { typeGlyphs, type TypedGlyph } from '../pdfium/typing.ts';
import { strokesOf, type Stroke } from './decorations.ts';
import { toDevice, type Frame, type Span } from './frame.ts';
import type { Glyph } from './glyphs.ts';
import { eachPixel, paperOf, type Pixels } from './ink.ts';
import type { Job } from './jobs.ts';
import { glyphWidth, labelSpan, type PlacedToken } from './layout.ts';

/** A label as it stands on the page, and the hits (indexes into the caller's list) that it stands for. */
export interface Label extends Rect { readonly hits: readonly number[] }

/**
 * PDFium draws small glyphs at thirds of a pixel along x. A sixth from the whole pixel keeps float noise from moving one.
 */
const midThird = 1 / 6;

/** Types the kept words of lines that are set again, and in place those words that lost their object with one. */
export function typeLines(canvas: Canvas, jobs: readonly Job[], shared: readonly { frame: Frame; glyph: Glyph }[], stretchOf: (glyph: Glyph) => number): void {
  const glyphs = jobs.flatMap(job => job.why === undefined ? typedLine(job, stretchOf) : []);
  typeGlyphs(canvas, [...shared.map(({ frame, glyph }) => typed(frame, glyph, { u: glyph.u, v: glyph.v, stretch: glyph.stretch })), ...glyphs]);
}

function typedLine(job: Job, stretchOf: (glyph: Glyph) => number): TypedGlyph[] {
  const { layout, frame } = job;
  return (layout?.items ?? []).flatMap(item => {
    if (item.token.kind === 'label') return [];
    let u = item.u0;
    return item.token.glyphs.map(glyph => {
      const at = { u: Math.round(u), v: baselineOf(job, item), stretch: stretchOf(glyph) };
      u += glyphWidth(glyph, stretchOf);
      return typed(frame, glyph, at, midThird);
    });
  });
}

/** Words keep the line's baseline, super- and subscripts their own. */
export function baselineOf(job: Job, item: PlacedToken): number {
  if (item.token.kind === 'label') return job.layout?.v ?? 0;
  const own = item.token.v;
  return Math.round(Math.abs(own - job.measure.v) <= 0.1 * job.measure.em ? job.measure.v : own);
}

const axes = [[1, 0, 0, 1], [0, 1, -1, 0], [-1, 0, 0, -1], [0, -1, 1, 0]] as const;

function typed(frame: Frame, glyph: Glyph, at: { u: number; v: number; stretch: number }, nudge = 0): TypedGlyph {
  const { x, y } = toDevice(frame, at.u, at.v);
  const [dx, dy, ux, uy] = axes[frame.turn];
  const { em, shear } = glyph;
  const along = em * at.stretch;
  const matrix: Matrix = [along * dx, along * dy, em * (ux + shear * dx), em * (uy + shear * dy), x + nudge, frame.height - y];
  return { font: glyph.char.font, unicode: glyph.unicode, fill: glyph.char.fill, matrix };
}

/** Draws underlines, highlights, labels and boxes into a picture whose text is already set; `paper` is the same without that text. */
export function dressLines(picture: Pixels, paper: Pixels, jobs: readonly Job[]): void {
  for (const { frame, layout, why, dress } of jobs) {
    if (layout === undefined || why !== undefined) continue;
    for (const stroke of strokesOf(layout, dress.decorations)) drawStroke(frame, stroke, picture, paper);
  }
}

/** Only onto paper, never over other ink; a tint the colour of the paper is none (spec I and pitfall 6). */
function drawStroke(frame: Frame, stroke: Stroke, picture: Pixels, paper: Pixels): void {
  const sheet = paperOf(frame, stroke.span, paper);
  const base = [sheet >> 16, sheet >> 8 & 255, sheet & 255];
  const { r, g, b, a } = stroke.colour;
  const tint = [r, g, b].map((value, at) => Math.round((value * a + (base[at] ?? 255) * (255 - a)) / 255));
  eachPixel(frame, stroke.span, index => {
    for (let at = 0; at < 3; at++) if (Math.abs((paper[index + at] ?? 0) - (base[at] ?? 0)) > 8) return;
    for (let at = 0; at < 3; at++) {
      const now = picture[index + at] ?? 0;
      // What the text left of the paper takes the tint, so that the soft edges of letters stay.
      picture[index + at] = stroke.isLine ? tint[at] ?? 0 : Math.round(now * (tint[at] ?? 0) / Math.max(1, base[at] ?? 255));
    }
  });
}

/** The spans of all labels of a line that is set again. */
export function labelsOf(job: Job): { span: Span; hits: readonly number[] }[] {
  const { layout } = job;
  if (layout === undefined || job.why !== undefined) return [];
  return layout.items.flatMap(item => item.token.kind === 'label' ? [{ span: labelSpan(layout, item), hits: [...item.token.hits].sort((a, b) => a - b) }] : []);
}

/** Fills a rectangle with black; on dark paper it gets a white border of one pixel, so that it still shows as a label (pitfall 13). */
export function fillLabel(picture: { width: number; height: number; rgba: Pixels }, rect: Rect, isOnDark: boolean): void {
  if (isOnDark) fill(picture, { x: rect.x - 1, y: rect.y - 1, w: rect.w + 2, h: rect.h + 2 }, 255);
  fill(picture, rect, 0);
}

function fill(picture: { width: number; height: number; rgba: Pixels }, rect: Rect, grey: number): void {
  const x0 = Math.max(0, rect.x);
  const x1 = Math.min(picture.width, rect.x + rect.w);
  for (let y = Math.max(0, rect.y); y < Math.min(picture.height, rect.y + rect.h); y++) {
    for (let at = (y * picture.width + x0) * 4; at < (y * picture.width + x1) * 4; at += 4) picture.rgba.fill(grey, at, at + 3);
  }
}
