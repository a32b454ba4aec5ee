import type { Pixels } from '../types.ts';

/** Up to 16 colours as hex triples, and the index of each pixel. */
export interface Palette {
  readonly colours: readonly string[];
  readonly indexes: Uint8Array;
}

interface Bin { readonly key: number; readonly count: number; readonly rgb: readonly [number, number, number] }

/** Sixteen, of which black and white are always two: boxes must be black and paper white, to the bit. */
const most = 14;
const fixed: readonly [number, number, number][] = [[0, 0, 0], [255, 255, 255]];
/** What the eye may not see: the mean error of a pixel, and the share of pixels that are far off. */
const meanErrorAllowed = 5;
const farError = 56;
const farShareAllowed = 0.004;

/** Reduces a picture to 16 colours; undefined when that would show. */
export function buildPalette(picture: Pixels): Palette | undefined {
  const words = new Uint32Array(picture.rgba.buffer, picture.rgba.byteOffset, picture.rgba.byteLength / 4);
  const counts = new Uint32Array(1 << 15);
  for (const word of words) {
    const key = keyOf(word);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  const bins: Bin[] = [];
  for (const [key, count] of counts.entries()) if (count > 0) bins.push({ key, count, rgb: colourOf(key) });
  const centres = [...fixed, ...refine(bins, medianCut(bins))];
  const nearest = new Uint8Array(1 << 15);
  let error = 0;
  let far = 0;
  for (const bin of bins) {
    const { index, distance } = closest(bin.rgb, centres);
    nearest[bin.key] = index;
    error += distance * bin.count;
    if (distance > farError) far += bin.count;
  }
  if (error > meanErrorAllowed * words.length || far > farShareAllowed * words.length) return undefined;
  const indexes = new Uint8Array(words.length);
  for (let at = 0; at < words.length; at += 1) indexes[at] = nearest[keyOf(words[at] ?? 0)] ?? 0;
  return { colours: centres.map(hex), indexes };
}

function keyOf(word: number): number {
  return ((word >>> 3) & 31) << 10 | ((word >>> 11) & 31) << 5 | ((word >>> 19) & 31);
}

function colourOf(key: number): [number, number, number] {
  const wide = (five: number) => Math.round((five & 31) * 255 / 31);
  return [wide(key >>> 10), wide(key >>> 5), wide(key)];
}

/** Splits the box with the largest spread by weight until there are 16 (Heckbert 1982). */
function medianCut(bins: readonly Bin[]): [number, number, number][] {
  const boxes: Bin[][] = [[...bins]];
  while (boxes.length < most) {
    const widest = boxes.map((box, index) => ({ index, ...spread(box) })).toSorted((a, b) => b.weight - a.weight)[0];
    if (widest === undefined || widest.weight === 0) break;
    const box = boxes[widest.index] ?? [];
    const { channel } = widest;
    const middle = mean(box)[channel];
    const low = box.filter(bin => bin.rgb[channel] <= middle);
    const high = box.filter(bin => bin.rgb[channel] > middle);
    if (low.length === 0 || high.length === 0) break;
    boxes.splice(widest.index, 1, low, high);
  }
  return boxes.map(mean);
}

/** The channel of the largest variance of a box and that variance times its pixels. */
function spread(box: readonly Bin[]): { channel: 0 | 1 | 2; weight: number } {
  const centre = mean(box);
  const variance = ([0, 1, 2] as const).map(channel => ({ channel, weight: box.reduce((sum, bin) => sum + bin.count * (bin.rgb[channel] - centre[channel]) ** 2, 0) }));
  return variance.toSorted((a, b) => b.weight - a.weight)[0] ?? { channel: 0, weight: 0 };
}

function mean(bins: readonly Bin[]): [number, number, number] {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0) || 1;
  const part = (channel: 0 | 1 | 2) => bins.reduce((sum, bin) => sum + bin.rgb[channel] * bin.count, 0) / total;
  return [part(0), part(1), part(2)];
}

/** Three rounds of moving each centre to the middle of what is nearest to it. */
function refine(bins: readonly Bin[], start: readonly [number, number, number][]): [number, number, number][] {
  let centres = [...start];
  for (let round = 0; round < 3; round += 1) {
    const groups = centres.map((): Bin[] => []);
    for (const bin of bins) groups[closest(bin.rgb, centres).index]?.push(bin);
    centres = centres.map((centre, index) => { const group = groups[index] ?? []; return group.length > 0 ? mean(group) : centre; });
  }
  return centres.map(([r, g, b]) => [Math.round(r), Math.round(g), Math.round(b)]);
}

function closest(rgb: readonly [number, number, number], centres: readonly (readonly [number, number, number])[]): { index: number; distance: number } {
  let index = 0;
  let best = Infinity;
  for (const [at, [r, g, b]] of centres.entries()) {
    const distance = (r - rgb[0]) ** 2 + (g - rgb[1]) ** 2 + (b - rgb[2]) ** 2;
    if (distance < best) [index, best] = [at, distance];
  }
  return { index, distance: Math.sqrt(best) };
}

function hex(rgb: readonly number[]): string {
  return rgb.map(part => part.toString(16).padStart(2, '0')).join('');
}
