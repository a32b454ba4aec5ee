import { frameDepth, frameLength, strides, type Frame, type Span } from './frame.ts';

/** Pixels of the whole device, 4 bytes each. */
export type Pixels = Uint8Array<ArrayBuffer>;

/** Calls `visit` with the byte index of each pixel of a span that lies on the page, row by row along u. */
export function eachPixel(frame: Frame, span: Span, visit: (index: number, row: number) => void): void {
  const step = strides(frame);
  const u0 = Math.max(0, Math.floor(span.u0));
  const u1 = Math.min(frameLength(frame), Math.ceil(span.u1));
  const v0 = Math.floor(span.v0);
  for (let v = Math.max(0, v0); v < Math.min(frameDepth(frame), Math.ceil(span.v1)); v++) {
    for (let u = u0; u < u1; u++) visit((step.origin + u * step.u + v * step.v) * 4, v - v0);
  }
}

/** How much two pictures differ in each pixel row of a span (sum over pixels of the three colours, 255 each). */
export function difference(frame: Frame, span: Span, a: Pixels, b: Pixels): number[] {
  const rows = new Array<number>(Math.max(1, Math.ceil(span.v1) - Math.floor(span.v0))).fill(0);
  eachPixel(frame, span, (index, row) => {
    rows[row] = (rows[row] ?? 0) + Math.abs((a[index] ?? 0) - (b[index] ?? 0))
      + Math.abs((a[index + 1] ?? 0) - (b[index + 1] ?? 0)) + Math.abs((a[index + 2] ?? 0) - (b[index + 2] ?? 0));
  });
  return rows;
}

export const total = (rows: readonly number[]): number => rows.reduce((sum, value) => sum + value, 0);

/** The commonest colour of a span, as 0xrrggbb. */
export function paperOf(frame: Frame, span: Span, picture: Pixels): number {
  const counts = new Map<number, number>();
  eachPixel(frame, span, index => {
    const colour = colourAt(picture, index);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  });
  let best = 0xffffff;
  let most = 0;
  for (const [colour, count] of counts) {
    if (count > most) [best, most] = [colour, count];
  }
  return best;
}

export function colourAt(picture: Pixels, index: number): number {
  return ((picture[index] ?? 0) << 16) | ((picture[index + 1] ?? 0) << 8) | (picture[index + 2] ?? 0);
}

/** How far a span of a picture is from one flat colour, in the units of `difference`. */
export function inkOn(frame: Frame, span: Span, picture: Pixels, paper: number): number {
  let sum = 0;
  eachPixel(frame, span, index => {
    sum += Math.abs((picture[index] ?? 0) - (paper >> 16)) + Math.abs((picture[index + 1] ?? 0) - (paper >> 8 & 255)) + Math.abs((picture[index + 2] ?? 0) - (paper & 255));
  });
  return sum;
}

/** Highest correlation of two row profiles over vertical shifts of up to two pixels (spec K and pitfall 5). */
export function profileMatch(a: readonly number[], b: readonly number[]): number {
  return Math.max(...[-2, -1, 0, 1, 2].map(shift => correlation(a, a.map((_, row) => b[row + shift] ?? 0))));
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const meanA = total(a) / a.length;
  const meanB = total(b) / b.length;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (const [index, value] of a.entries()) {
    const x = value - meanA;
    const y = (b[index] ?? 0) - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
