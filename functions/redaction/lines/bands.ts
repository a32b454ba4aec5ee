import { clipped, toDevice, type Frame } from './frame.ts';
import type { Glyph, PageGlyphs, Stray } from './glyphs.ts';
import type { Rect } from '../pdfium/render.ts';
import type { HitOf } from './tokens.ts';

export type BandWhy = 'skew' | 'mirrored' | 'vertical';

/** A black strip from the start of a line to the edge of the page, for text that cannot be set again. Device pixels. */
export interface Band {
  readonly why: BandWhy;
  readonly x: number;
  readonly y: number;
  /** Unit vector of the line. */
  readonly dx: number;
  readonly dy: number;
  /** Reach to the left hand (up, for upright text) and to the right hand of the line. */
  readonly above: number;
  readonly below: number;
  readonly chars: readonly number[];
}

/** One band for each skewed, mirrored or vertical line that holds a hit. */
export function bandsOf(placed: PageGlyphs, hitOf: HitOf): Band[] {
  const bands: Band[] = [];
  const done = new Set<number>();
  const strays = [...placed.strays, ...placed.frames.flatMap((frame, turn) => verticals(frame, placed.glyphs[turn] ?? []))];
  for (const stray of strays) {
    if (hitOf(stray.char.index) === undefined || done.has(stray.char.index)) continue;
    const line = strays.filter(other => isOnLine(stray, other));
    for (const other of line) done.add(other.char.index);
    bands.push(bandFrom(stray, line));
  }
  return bands;
}

/** The same page without the characters that bands take away. */
export function withoutBands(placed: PageGlyphs, bands: readonly Band[]): PageGlyphs {
  const taken = new Set(bands.flatMap(band => band.chars));
  return taken.size === 0 ? placed : { ...placed, glyphs: placed.glyphs.map(glyphs => glyphs.filter(glyph => !taken.has(glyph.char.index))) };
}

type Placed = Stray & { readonly isVertical?: boolean };

function bandFrom(stray: Placed, line: readonly Placed[]): Band {
  const length = Math.hypot(stray.dx, stray.dy);
  const [dx, dy] = [stray.dx / length, stray.dy / length];
  const along = line.map(other => (other.x - stray.x) * dx + (other.y - stray.y) * dy);
  const em = Math.max(...line.map(other => other.em));
  const start = Math.min(...along) - 0.3 * em;
  const isSymmetric = stray.isMirrored || stray.isVertical === true;
  return {
    why: stray.isVertical === true ? 'vertical' : stray.isMirrored ? 'mirrored' : 'skew',
    x: stray.x + start * dx, y: stray.y + start * dy, dx, dy,
    above: 1.15 * em, below: isSymmetric ? 1.15 * em : 0.45 * em, chars: line.map(other => other.char.index),
  };
}

function isOnLine(a: Placed, b: Placed): boolean {
  const cross = a.dx * b.dy - a.dy * b.dx;
  const lengths = Math.hypot(a.dx, a.dy) * Math.hypot(b.dx, b.dy);
  const off = Math.abs((b.x - a.x) * a.dy - (b.y - a.y) * a.dx) / Math.hypot(a.dx, a.dy);
  return a.isMirrored === b.isMirrored && a.isVertical === b.isVertical && Math.abs(cross) < 0.02 * lengths && off < 0.5 * Math.max(a.em, b.em);
}

/** Glyphs of text objects that run across their own reading direction (writing mode 1). */
function verticals(frame: Frame, glyphs: readonly Glyph[]): Placed[] {
  const byObject = Map.groupBy(glyphs.filter(glyph => glyph.char.object !== 0), glyph => glyph.char.object);
  return [...byObject.values()].flatMap(run => {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined || run.length < 2) return [];
    const dv = last.v - first.v;
    if (Math.abs(dv) < 0.5 * first.em * (run.length - 1) || Math.abs(last.u - first.u) > 0.2 * Math.abs(dv)) return [];
    return run.map(glyph => {
      const middle = glyph.ink.u1 > glyph.ink.u0 ? (glyph.ink.u0 + glyph.ink.u1) / 2 : glyph.u;
      const at = toDevice(frame, middle, glyph.v - 0.4 * glyph.em);
      const to = toDevice(frame, middle, glyph.v - 0.4 * glyph.em + Math.sign(dv));
      return { char: glyph.char, ...at, dx: to.x - at.x, dy: to.y - at.y, em: glyph.em, isMirrored: false, isVertical: true };
    });
  });
}

/** The smallest upright rectangle of the page that holds a band. */
export function bandRect(band: Band, page: { width: number; height: number }): Rect | undefined {
  const far = page.width + page.height;
  const corners = [[0, -band.above], [0, band.below], [far, -band.above], [far, band.below]].map(([along = 0, across = 0]) => ({
    x: band.x + along * band.dx - across * band.dy, y: band.y + along * band.dy + across * band.dx,
  }));
  const xs = corners.map(corner => corner.x);
  const ys = corners.map(corner => corner.y);
  return clipped({ x0: Math.min(...xs), x1: Math.max(...xs), y0: Math.min(...ys), y1: Math.max(...ys) }, page);
}

/** Blackens every pixel whose middle lies in the band. */
export function blackenBand(band: Band, picture: { width: number; height: number; rgba: Uint8Array }): void {
  const rect = bandRect(band, picture);
  if (rect === undefined) return;
  for (let y = rect.y; y < rect.y + rect.h; y++) {
    for (let x = rect.x; x < rect.x + rect.w; x++) {
      const along = (x + 0.5 - band.x) * band.dx + (y + 0.5 - band.y) * band.dy;
      const across = (y + 0.5 - band.y) * band.dx - (x + 0.5 - band.x) * band.dy;
      if (along < 0 || across < -band.above || across > band.below) continue;
      picture.rgba.fill(0, (y * picture.width + x) * 4, (y * picture.width + x) * 4 + 3);
    }
  }
}
