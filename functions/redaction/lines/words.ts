import type { Glyph } from './glyphs.ts';

/** Glyphs without a break, in reading order. `u1` is the end of the last advance, `v` the first glyph's baseline. */
export interface Word { readonly glyphs: readonly Glyph[]; readonly u0: number; readonly u1: number; readonly v: number; readonly em: number }

/** One line of words over the whole frame. */
export interface Row { readonly v: number; readonly em: number; readonly words: PlacedWord[] }

/** A word in its row; `isScript` marks a super- or subscript, which joins its neighbour without a gap. */
export interface PlacedWord extends Word { readonly isScript: boolean }

/** Spec C: words of one frame, from the characters in PDFium's order. */
export function wordsOf(glyphs: readonly Glyph[]): Word[] {
  const tracking = trackingByObject(glyphs);
  const words: Word[] = [];
  let run: Glyph[] = [];
  let space: 'none' | 'generated' | 'real' = 'none';
  const close = () => {
    if (run.length > 0) words.push(wordFrom(run));
    run = [];
  };
  for (const glyph of glyphs) {
    if (glyph.isSpace) {
      space = glyph.char.isGenerated || glyph.char.object === 0 ? (space === 'real' ? 'real' : 'generated') : 'real';
      continue;
    }
    const previous = run.at(-1);
    if (previous !== undefined && isBreak(previous, glyph, space, tracking.get(glyph.char.object) ?? 0)) close();
    run.push(glyph);
    space = 'none';
  }
  close();
  return words;
}

function isBreak(previous: Glyph, glyph: Glyph, space: 'none' | 'generated' | 'real', tracking: number): boolean {
  const em = Math.max(previous.em, glyph.em);
  const gap = glyph.u - previous.u - previous.advance;
  return space === 'real' || Math.abs(glyph.v - previous.v) > 0.2 * em || gap > 0.15 * em + 1.25 * tracking
    || (space === 'generated' && gap > 0.1 * em + 1.25 * tracking) || gap < -0.6 * em;
}

/** Median gap between letters that follow each other in one text object: letter-spaced lines must not fall into letters. */
function trackingByObject(glyphs: readonly Glyph[]): Map<number, number> {
  const gaps = new Map<number, number[]>();
  for (const [index, glyph] of glyphs.entries()) {
    const previous = glyphs[index - 1];
    if (previous === undefined || previous.isSpace || glyph.isSpace || previous.char.object !== glyph.char.object) continue;
    const list = gaps.get(glyph.char.object) ?? [];
    list.push(Math.max(0, glyph.u - previous.u - previous.advance));
    gaps.set(glyph.char.object, list);
  }
  return new Map([...gaps].map(([object, list]) => [object, median(list)]));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function wordFrom(glyphs: readonly Glyph[]): Word {
  const [first] = glyphs;
  const last = glyphs.at(-1);
  return {
    glyphs, u0: first?.u ?? 0, u1: (last?.u ?? 0) + (last?.advance ?? 0), v: first?.v ?? 0,
    em: Math.max(...glyphs.map(glyph => glyph.em)),
  };
}

/** Spec D: bigger words first, so that a footnote mark finds the word it hangs on. Words of a row stand in order of u. */
export function rowsOf(words: readonly Word[]): Row[] {
  const rows: Row[] = [];
  for (const word of [...words].sort((a, b) => b.em - a.em || a.v - b.v || a.u0 - b.u0)) {
    const level = rows.find(row => Math.abs(word.v - row.v) <= 0.2 * row.em);
    const host = level ?? rows.find(row => hangsOn(word, row));
    if (host === undefined) rows.push({ v: word.v, em: word.em, words: [{ ...word, isScript: false }] });
    else host.words.push({ ...word, isScript: level === undefined });
  }
  for (const row of rows) row.words.sort((a, b) => a.u0 - b.u0);
  return rows.sort((a, b) => a.v - b.v);
}

function hangsOn(word: Word, row: Row): boolean {
  const drop = (word.v - row.v) / row.em;
  return word.em < 0.85 * row.em && drop > -0.7 && drop < 0.4
    && row.words.some(other => other.em > word.em && word.u0 - other.u1 < 0.35 * row.em && other.u0 - word.u1 < 0.35 * row.em);
}
