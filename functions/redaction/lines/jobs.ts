import { anchorOf, type Anchor } from './anchor.ts';
import { dressOf, type Dress } from './decorations.ts';
import type { Frame } from './frame.ts';
import { furnitureOf } from './furniture.ts';
import type { Glyph, PageGlyphs } from './glyphs.ts';
import { layOut, type Layout } from './layout.ts';
import { segmentsOf, type Segment } from './segments.ts';
import { measureOf, tokensOf, type HitOf, type Token } from './tokens.ts';
import { rowsOf, wordsOf } from './words.ts';
import { pageAnnotations } from '../pdfium/annotations.ts';
import { pageObjects, type PageObject } from '../pdfium/objects.ts';
import type { PdfPage } from '../pdfium/page.ts';
import { typedReach } from '../pdfium/typing.ts';

/** Why a segment is boxed whole instead of set again. It depends on kept words and the page's furniture only. */
export type BoxWhy = 'hidden-text' | 'glyphs' | 'overflow' | 'annotation' | 'path' | 'script';

/** One affected segment with all that decides how it is drawn. */
export interface Job {
  readonly frame: Frame;
  readonly segment: Segment;
  readonly tokens: readonly Token[];
  readonly measure: { readonly em: number; readonly v: number };
  readonly anchor: Anchor;
  readonly dress: Dress;
  readonly layout: Layout | undefined;
  readonly why: BoxWhy | undefined;
}

/** Segments of a page to change, and the words that only share a text object with one (they are drawn again in place). */
export interface Plan { readonly jobs: readonly Job[]; readonly stretchOf: (glyph: Glyph) => number; readonly canType: (glyph: Glyph) => boolean; readonly objects: readonly PageObject[] }

/** Steps C to H for each frame that holds a hit. */
export function planPage(page: PdfPage, dpi: number, placed: PageGlyphs, hitOf: HitOf): Plan {
  const objects = pageObjects(page);
  const annotations = pageAnnotations(page);
  const stretchOf = usualStretch(placed, hitOf);
  const isTrue = trueGlyphs(page);
  const canType = (glyph: Glyph) => glyph.width !== undefined && glyph.char.renderMode === 0 && isTrue(glyph);
  const jobs = placed.frames.flatMap((frame, turn) => {
    const glyphs = placed.glyphs[turn] ?? [];
    if (!glyphs.some(glyph => !glyph.isSpace && hitOf(glyph.char.index) !== undefined)) return [];
    const furniture = furnitureOf(page, dpi, frame, { objects, annotations });
    const segments = segmentsOf(rowsOf(wordsOf(glyphs)), furniture, word => word.glyphs.some(glyph => hitOf(glyph.char.index) !== undefined));
    const affected = segments.flat().filter(segment => segment.isAffected);
    const affectedRows = affected.map(segment => segment.row);
    return affected.map(segment => {
      const tokens = tokensOf(segment, hitOf);
      const measure = measureOf(segment, tokens);
      const anchor = anchorOf(segment, { frame, dpi, furniture, segments });
      const dress = dressOf(segment, { furniture, segments, frame, affectedRows });
      const layout = layOut(tokens, measure, anchor, stretchOf);
      return { frame, segment, tokens, measure, anchor, dress, layout, why: unfit(tokens, dress, layout, canType) };
    });
  });
  return { jobs, stretchOf, canType, objects };
}

/** Scripts whose letters join or stack, and those that run right to left: letters typed one by one are not what was there. */
const joiningScripts = /[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

function unfit(tokens: readonly Token[], dress: Dress, layout: Layout | undefined, canType: (glyph: Glyph) => boolean): BoxWhy | undefined {
  const kept = tokens.flatMap(token => token.kind === 'word' ? token.glyphs : []);
  // Render mode 3 is invisible and 7 only clips: the picture beneath holds the ink (an OCR layer).
  if (kept.some(glyph => glyph.char.renderMode === 3 || glyph.char.renderMode === 7)) return 'hidden-text';
  if (dress.marks.length > 0) return 'annotation';
  if (dress.hasComplexPath) return 'path';
  if (kept.some(glyph => joiningScripts.test(String.fromCodePoint(glyph.unicode)))) return 'script';
  if (!kept.every(canType)) return 'glyphs';
  return layout === undefined ? 'overflow' : undefined;
}

/**
 * Whether typing a character gives the glyph that stands there: a font may have no way back from the character (subset fonts), or several
 * glyphs for it (small capitals). Heights from the font's outlines tell it without any pixel, and so without any tremble (before spec K).
 */
function trueGlyphs(page: PdfPage): (glyph: Glyph) => boolean {
  const reaches = new Map<string, ReturnType<typeof typedReach>>();
  return glyph => {
    // The later letters of a ligature have no ink of their own.
    if (glyph.ink.u1 <= glyph.ink.u0 || glyph.em <= 0) return true;
    const key = `${glyph.char.font} ${glyph.unicode}`;
    if (!reaches.has(key)) reaches.set(key, typedReach(page.document, glyph.char.font, glyph.unicode));
    const reach = reaches.get(key);
    return reach !== undefined && Math.abs((glyph.v - glyph.ink.v0) / glyph.em - reach.above) < 0.05 && Math.abs((glyph.v - glyph.ink.v1) / glyph.em - reach.below) < 0.05;
  };
}

/** Spec L: the commonest horizontal scale of each font, counted on lines without a hit where there are any. */
function usualStretch(placed: PageGlyphs, hitOf: HitOf): (glyph: Glyph) => number {
  const hitLines = new Set(placed.glyphs.flatMap((glyphs, turn) => glyphs.filter(glyph => hitOf(glyph.char.index) !== undefined).map(glyph => `${turn} ${Math.round(glyph.v)}`)));
  const counts = new Map<number, Map<number, number>>();
  for (const [turn, glyphs] of placed.glyphs.entries()) {
    for (const glyph of glyphs) {
      if (glyph.isSpace || hitLines.has(`${turn} ${Math.round(glyph.v)}`)) continue;
      const of = counts.get(glyph.char.font) ?? new Map<number, number>();
      const stretch = Math.round(glyph.stretch * 100) / 100;
      of.set(stretch, (of.get(stretch) ?? 0) + 1);
      counts.set(glyph.char.font, of);
    }
  }
  const usual = new Map([...counts].map(([font, of]) => [font, [...of].reduce((best, next) => next[1] > best[1] ? next : best)[0]]));
  return glyph => usual.get(glyph.char.font) ?? (Math.abs(glyph.stretch - 1) < 0.25 ? 1 : glyph.stretch);
}
