import type { Pdfium } from '../pdfium/library.ts';
import { applyMatrix, pageMatrix, pixelSize, type Matrix, type PdfPage } from '../pdfium/page.ts';
import { advanceOf, type PdfChar } from '../pdfium/text.ts';
import { toFrame, turnVector, type Frame, type Span, type Turn } from './frame.ts';

/** A character placed in the frame of its reading direction. Lengths are device pixels. */
export interface Glyph {
  readonly char: PdfChar;
  /** What is typed for it: a hyphen for the marks that PDFium gives a hyphen at a line's end. */
  readonly unicode: number;
  readonly u: number;
  /** Baseline. */
  readonly v: number;
  readonly em: number;
  /** Horizontal scale (Tz or matrix), 1 = none. */
  readonly stretch: number;
  /** Slant of a made-up italic: shift along u per unit upwards. */
  readonly shear: number;
  /** From the font's own widths, stretched. */
  readonly advance: number;
  /** The advance of one em at no stretch; undefined when the font does not know the character. */
  readonly width: number | undefined;
  readonly ink: Span;
  readonly isSpace: boolean;
}

/** A character that no quarter turn brings upright, or that is mirrored: its line is boxed, never set. */
export interface Stray { readonly char: PdfChar; readonly x: number; readonly y: number; readonly dx: number; readonly dy: number; readonly em: number; readonly isMirrored: boolean }

export interface PageGlyphs { readonly frames: readonly Frame[]; readonly glyphs: readonly (readonly Glyph[])[]; readonly strays: readonly Stray[] }

/** Spec B: within 1.8 degrees of a quarter turn counts as upright. */
const maxTilt = Math.tan(1.8 * Math.PI / 180);

/** Sorts the characters of a page into the four frames; the rest is skewed or mirrored. */
export function placeGlyphs(page: PdfPage, dpi: number, chars: readonly PdfChar[]): PageGlyphs {
  const size = pixelSize(page, dpi);
  const device = pageMatrix(page, dpi);
  const frames = ([0, 1, 2, 3] as const).map(turn => ({ turn, ...size }));
  const glyphs: Glyph[][] = [[], [], [], []];
  const strays: Stray[] = [];
  const widths = new Map<string, number | undefined>();
  let last: Turn = 0;
  for (const char of chars) {
    if (char.isGenerated || char.object === 0) {
      glyphs[last]?.push(madeUp(char, frames[last] ?? { turn: 0, ...size }, device));
      continue;
    }
    const axes = axesOf(char, device);
    const turn = turnOf(axes);
    if (turn === undefined) strays.push({ char, ...applyMatrix(device, char.origin.x, char.origin.y), ...axes, em: axes.em, isMirrored: axes.isMirrored });
    else {
      const frame = glyphs[last = turn] ?? [];
      frame.push(afterLigature(frame.at(-1), placed(char, frames[turn] ?? { turn, ...size }, { device, axes, width: widthOf(page.document.pdfium, char, widths) })));
    }
  }
  return { frames, glyphs, strays };
}

/** PDFium gives the letters of a ligature one origin and one box; each stands where the one before it ends. */
function afterLigature(previous: Glyph | undefined, glyph: Glyph): Glyph {
  const isSame = previous !== undefined && previous.char.object === glyph.char.object && glyph.char.index === previous.char.index + 1
    && previous.char.origin.x === glyph.char.origin.x && previous.char.origin.y === glyph.char.origin.y;
  if (!isSame) return glyph;
  const u = previous.u + previous.advance;
  // The first letter's box holds the ink of all.
  return { ...glyph, u, ink: { ...glyph.ink, u0: u, u1: u } };
}

interface Axes { readonly dx: number; readonly dy: number; readonly ux: number; readonly uy: number; readonly em: number; readonly isMirrored: boolean }

/** Vectors of one em along the line and upwards, on the device. */
function axesOf(char: PdfChar, device: Matrix): Axes {
  const along = (x: number, y: number) => ({ x: char.fontSize * (device[0] * x + device[2] * y), y: char.fontSize * (device[1] * x + device[3] * y) });
  const d = along(char.matrix[0], char.matrix[1]);
  const u = along(char.matrix[2], char.matrix[3]);
  const cross = d.x * u.y - d.y * u.x;
  const length = Math.hypot(d.x, d.y);
  // The device's y runs down, so text that is not mirrored has a negative cross product.
  return { dx: d.x, dy: d.y, ux: u.x, uy: u.y, em: sixtyFourths(length > 0 ? Math.abs(cross) / length : Math.hypot(u.x, u.y)), isMirrored: cross > 0 };
}

/** Float noise of a text matrix must not reach sizes that are the same in the file. */
const sixtyFourths = (pixels: number) => Math.round(pixels * 64) / 64;

function turnOf(axes: Axes): Turn | undefined {
  if (axes.isMirrored) return undefined;
  const { dx, dy } = axes;
  if (Math.abs(dy) <= maxTilt * Math.abs(dx)) return dx >= 0 ? 0 : 2;
  if (Math.abs(dx) <= maxTilt * Math.abs(dy)) return dy < 0 ? 1 : 3;
  return undefined;
}

function placed(char: PdfChar, frame: Frame, by: { device: Matrix; axes: Axes; width: number | undefined }): Glyph {
  const { device, axes, width } = by;
  const at = applyMatrix(device, char.origin.x, char.origin.y);
  const ink = inkSpan(char, frame, device);
  const stretch = axes.em > 0 ? Math.hypot(axes.dx, axes.dy) / axes.em : 1;
  const up = turnVector(frame.turn, axes.ux, axes.uy);
  return {
    char, ...toFrame(frame, at.x, at.y), em: axes.em, stretch, shear: axes.em > 0 ? up.u / axes.em : 0,
    advance: width === undefined ? Math.max(0, ink.u1 - ink.u0) : width * axes.em * stretch, width, ink, isSpace: isSpace(visible(char.unicode)), unicode: visible(char.unicode),
  };
}

function madeUp(char: PdfChar, frame: Frame, device: Matrix): Glyph {
  const at = applyMatrix(device, char.origin.x, char.origin.y);
  return { char, unicode: 0x20, ...toFrame(frame, at.x, at.y), em: 0, stretch: 1, shear: 0, advance: 0, width: undefined, ink: { u0: 0, v0: 0, u1: 0, v1: 0 }, isSpace: true };
}

function inkSpan(char: PdfChar, frame: Frame, device: Matrix): Span {
  const a = applyMatrix(device, char.box.left, char.box.bottom);
  const b = applyMatrix(device, char.box.right, char.box.top);
  const p = toFrame(frame, a.x, a.y);
  const q = toFrame(frame, b.x, b.y);
  return { u0: Math.min(p.u, q.u), u1: Math.max(p.u, q.u), v0: Math.min(p.v, q.v), v1: Math.max(p.v, q.v) };
}

/** Width of a character for one em; a width of nothing means that the font has no such character. */
function widthOf(pdfium: Pdfium, char: PdfChar, known: Map<string, number | undefined>): number | undefined {
  const unicode = visible(char.unicode);
  const key = `${char.font} ${unicode}`;
  if (!known.has(key)) {
    const width = advanceOf(pdfium, char.font, unicode, 1);
    known.set(key, width !== undefined && width > 0 ? width : undefined);
  }
  return known.get(key);
}

/** PDFium calls a hyphen that parts a word over two lines U+0002; writers use the soft hyphen for it. */
function visible(unicode: number): number {
  return unicode === 0x02 || unicode === 0xad ? 0x2d : unicode;
}

function isSpace(unicode: number): boolean {
  return unicode <= 0x20 || unicode === 0xa0 || unicode === 0x3000 || (unicode >= 0x2000 && unicode <= 0x200b);
}
