import { pdfNumber } from './pdfFile.ts';
import type { Word } from '../types.ts';

/** Words of one line that stand close enough to be read as one piece. */
interface Run {
  readonly words: Word[];
}

/** Grids in points: the layer tells no more about a place than the picture, and less. */
const grid = { along: 3, across: 1, size: 1, stretch: 5 } as const;

/**
 * The invisible text of a page (rendering mode 3): one string a run with every character the same width, on a coarse grid. `height` is
 * the page's in points. The font resource is /T, half an em an advance (see invisibleFont.ts).
 */
export function textLayer(words: readonly Word[], height: number): string {
  if (words.length === 0) return '';
  return `BT 3 Tr\n${runsOf(words).map(run => runOperators(run, height)).join('\n')}\nET`;
}

function runsOf(words: readonly Word[]): Run[] {
  const runs: Run[] = [];
  for (const word of words) {
    const run = runs.at(-1);
    const last = run?.words.at(-1);
    if (run !== undefined && last !== undefined && follows(last, word)) run.words.push(word);
    else runs.push({ words: [word] });
  }
  return runs;
}

/** Same direction, size and baseline, and at most an em and a half further on. */
function follows(last: Word, next: Word): boolean {
  if (last.angle !== next.angle || Math.abs(last.size - next.size) > 0.3 * last.size) return false;
  const { along, across } = offset(last, next.origin);
  return Math.abs(across) < 0.25 * last.size && along > last.length - 0.3 * last.size && along < last.length + 1.5 * last.size;
}

/** Where a point lies from a word's origin, along its baseline and across it (points, page as shown). */
function offset(word: Word, point: { x: number; y: number }): { along: number; across: number } {
  const turn = word.angle * Math.PI / 180;
  const [dx, dy] = [point.x - word.origin.x, point.y - word.origin.y];
  return { along: dx * Math.cos(turn) + dy * Math.sin(turn), across: dy * Math.cos(turn) - dx * Math.sin(turn) };
}

function runOperators(run: Run, height: number): string {
  const [first] = run.words;
  const last = run.words.at(-1);
  if (first === undefined || last === undefined) return '';
  const text = run.words.map(word => word.text).join(' ');
  const size = Math.max(1, round(first.size, grid.size));
  const length = offset(first, last.origin).along + last.length;
  const stretch = Math.min(400, Math.max(10, round(100 * length / (text.length * 0.5 * size), grid.stretch)));
  const turn = first.angle * Math.PI / 180;
  const [cos, sin] = [pdfNumber(Math.cos(turn)), pdfNumber(Math.sin(turn))];
  const minus = pdfNumber(-Math.sin(turn));
  const x = pdfNumber(round(first.origin.x, grid.along));
  const y = pdfNumber(round(height - first.origin.y, grid.across));
  // The page as shown runs clockwise and down, PDF counter-clockwise and up.
  return `/T ${size} Tf ${stretch} Tz ${cos} ${minus} ${sin} ${cos} ${x} ${y} Tm <${hex(visualOrder(text))}> Tj`;
}

function round(value: number, step: number): number {
  return Math.round(value / step) * step;
}

function hex(text: string): string {
  let out = '';
  for (let index = 0; index < text.length; index += 1) out += text.charCodeAt(index).toString(16).padStart(4, '0');
  return out;
}

/** Readers expect right-to-left scripts as they stand on the page and turn them round themselves. */
function visualOrder(text: string): string {
  const rightToLeft = text.match(/[\p{Script=Hebrew}\p{Script=Arabic}]/gu)?.length ?? 0;
  return rightToLeft * 2 > text.length ? Array.from(text).reverse().join('') : text;
}
