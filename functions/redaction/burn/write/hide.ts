import { resetLines, type LinePage, type LineToken } from '../../lines/reset.ts';
import { pixelSize, type PdfPage } from '../../pdfium/page.ts';
import { renderPage } from '../../pdfium/render.ts';
import type { PageHits } from '../job.ts';
import { boxesOfSpan, unitBoxes } from '../locate/boxes.ts';
import type { PageText } from '../locate/pageText.ts';
import { wordsOfMarks, wordsOfPage, type PlacedWord } from '../locate/words.ts';
import type { Box, Pixels, Region, Word } from '../types.ts';
import { blacken, regionOf } from './paint.ts';

/** A page with what was hit destroyed, and the words that are left of it (not yet tested for ink). */
export interface HiddenPage {
  readonly picture: Pixels;
  readonly regions: readonly Region[];
  readonly words: readonly Word[];
  readonly reset: number;
  readonly boxed: number;
  readonly labels: number;
  /** Re-set lines that keep their own start because nothing else on the page stands there. */
  readonly anchors: number;
}

/** What a JPEG codes as one with halved colour: a box drawn on a picture covers whole ones. */
const jpegBlock = 16;

export interface PageToHide {
  readonly page: PdfPage;
  readonly text: PageText;
  readonly hits: PageHits;
  readonly dpi: number;
  /** Pixels a point. */
  readonly scale: { readonly x: number; readonly y: number };
  readonly hasImages: boolean;
}

export function showAll(page: PdfPage, text: PageText, dpi: number): HiddenPage {
  const words = [...wordsOfPage(text, () => false), ...wordsOfMarks(text, () => false)];
  return { picture: renderPage(page, dpi), regions: [], words, reset: 0, boxed: 0, labels: 0, anchors: 0 };
}

/** Disclosure mode: each affected line is typed again, so that the gap does not tell how long the removed text was. */
export function hideByLines({ page, text, hits, dpi, scale, hasImages }: PageToHide): HiddenPage {
  const owners = hits.spans.map(span => [...new Set(text.owners.slice(span.start, span.end))]);
  const marks = new Set(owners.flat().filter(owner => owner <= -2).map(owner => -2 - owner));
  const areas = hits.boxes.flatMap(box => regionOf(box, pixelSize(page, dpi), scale, hasImages ? jpegBlock : 1) ?? []);
  const set = resetLines(page, {
    dpi, chars: text.chars, areas, isBorrowed: true, hits: owners.map(each => each.filter(owner => owner >= 0)).filter(each => each.length > 0),
    annotations: [...marks].flatMap(mark => text.marks[mark]?.annotation ?? []),
  });
  const hidden = new Set([...owners.flat(), ...set.replaced]);
  const words = [...wordsOfPage(text, char => hidden.has(char)), ...wordsOfMarks(text, mark => marks.has(mark)), ...tokenWords(set, text, scale)];
  return {
    picture: set, words: words.toSorted((a, b) => a.order - b.order), regions: regionsOf(set, areas),
    reset: set.segments.filter(segment => segment.outcome === 'reset').length, boxed: set.segments.filter(segment => segment.outcome === 'boxed').length,
    labels: set.residual.labels, anchors: set.segments.filter(segment => segment.outcome === 'reset' && segment.anchor === 'own').length,
  };
}

function regionsOf(set: LinePage, areas: readonly Region[]): Region[] {
  const as = (kind: Region['kind']) => ({ x, y, w, h }: { x: number; y: number; w: number; h: number }): Region => ({ x, y, w, h, kind });
  return [...set.regions.map(as('reset')), ...set.labels.map(as('label')), ...areas.map(as('box'))];
}

/** Degrees clockwise of a quarter turn of the reading direction: right, up, left, down. */
const angles = [0, 270, 180, 90] as const;

/** The typed words where they now stand; each takes the place in the order of the nearest character of its own old line. */
function tokenWords(set: LinePage, text: PageText, scale: { x: number; y: number }): PlacedWord[] {
  const replaced = text.chars.filter(char => set.replaced.has(char.index)).map(char => ({ order: char.index, ...placeOf(char.origin, text, scale) }));
  return set.tokens.map(token => {
    const nearest = replaced.reduce((best, char) => {
      const distance = distanceTo(token, char);
      return distance < best.distance ? { distance, order: char.order } : best;
    }, { distance: Infinity, order: 0 });
    return { ...wordOfToken(token, scale), order: nearest.order };
  });
}

function placeOf(point: { x: number; y: number }, text: PageText, scale: { x: number; y: number }): { x: number; y: number } {
  const [a, b, c, d, e, f] = text.shown;
  return { x: (a * point.x + c * point.y + e) * scale.x, y: (b * point.x + d * point.y + f) * scale.y };
}

/** Across the line counts much more than along it. */
function distanceTo(token: LineToken, point: { x: number; y: number }): number {
  const [along, across] = token.turn % 2 === 0 ? [point.x - token.x, point.y - token.y] : [point.y - token.y, point.x - token.x];
  return Math.abs(along) + 50 * Math.abs(across);
}

function wordOfToken(token: LineToken, scale: { x: number; y: number }): Word {
  const unit = token.turn % 2 === 0 ? scale.x : scale.y;
  const origin = { x: token.x / scale.x, y: token.y / scale.y };
  const size = token.em / unit;
  const length = token.width / unit;
  const turn = angles[token.turn] * Math.PI / 180;
  const corner = (u: number, v: number) => ({ x: origin.x + u * Math.cos(turn) + v * Math.sin(turn), y: origin.y + u * Math.sin(turn) - v * Math.cos(turn) });
  const corners = [corner(0, 0.78 * size), corner(length, -0.22 * size)];
  const xs = corners.map(point => point.x);
  const ys = corners.map(point => point.y);
  const box = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  return { text: token.text, origin, box, length, size, angle: angles[token.turn] };
}

/** Layout-true mode and escalation: black boxes, exact, or as bands across the page when `band` is the page's width in points. */
export function hideByBoxes({ page, text, hits, dpi, scale }: PageToHide, band: number | undefined): HiddenPage {
  const picture = renderPage(page, dpi);
  const units = unitBoxes(text);
  const exact = [...hits.spans.flatMap(span => boxesOfSpan(units, span.start, span.end)), ...hits.boxes];
  const boxes = band === undefined ? exact : exact.map((box): Box => ({ ...box, left: 0, right: band }));
  const regions = boxes.flatMap(box => regionOf(box, picture, scale) ?? []);
  for (const region of regions) blacken(picture, region);
  const hidden = new Set(hits.spans.flatMap(span => text.owners.slice(span.start, span.end)));
  const words = [...wordsOfPage(text, char => hidden.has(char)), ...wordsOfMarks(text, mark => hidden.has(-2 - mark))];
  return { picture, regions, words, reset: 0, boxed: regions.length, labels: 0, anchors: 0 };
}
