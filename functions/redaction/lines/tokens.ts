import type { Glyph } from './glyphs.ts';
import type { Segment } from './segments.ts';
import { median, type PlacedWord } from './words.ts';

/** How a token joins the one before it: a word space, the tight joint of punctuation and label, or nothing (super- and subscripts). */
export type Joint = 'space' | 'tight' | 'none';

export type Token =
  | { readonly kind: 'word'; readonly joint: Joint; readonly glyphs: readonly Glyph[]; readonly v: number; readonly isWhole: boolean }
  | { readonly kind: 'label'; readonly joint: Joint; readonly hits: ReadonlySet<number> };

export type WordToken = Extract<Token, { kind: 'word' }>;

/** Which hit (index into the caller's list) a character belongs to. */
export type HitOf = (charIndex: number) => number | undefined;

/**
 * Spec F: the kept words of a segment and one label for each run of hits. A hit grows to its whole word, so that no stump is left,
 * but not to punctuation at the word's ends.
 */
export function tokensOf(segment: Segment, hitOf: HitOf): Token[] {
  const tokens: Token[] = [];
  let previous: PlacedWord | undefined;
  for (const word of segment.words) {
    const parts = partsOf(word, hitOf);
    const [first] = parts;
    if (first !== undefined) tokens.push({ ...first, joint: jointOf(previous, word, tokens.at(-1), first) }, ...parts.slice(1));
    previous = word;
  }
  return joinLabels(tokens).map(token => token.kind === 'word' ? { ...token, glyphs: shortLeaders(token.glyphs) } : token);
}

/** Dots or lines that fill a row up to a tab stop grow as what stands before them shrinks: three of them stay. */
function shortLeaders(glyphs: readonly Glyph[]): readonly Glyph[] {
  const isLeader = (glyph: Glyph | undefined) => glyph !== undefined && '._-\u00b7\u2026'.includes(String.fromCodePoint(glyph.unicode));
  let run = 0;
  const short = glyphs.map((glyph, index) => {
    run = isLeader(glyph) && glyphs[index - 1]?.unicode === glyph.unicode ? run + 1 : 0;
    return { glyph, run };
  });
  return short.filter(({ run }) => run < 3).map(({ glyph }) => glyph);
}

function jointOf(previous: PlacedWord | undefined, word: PlacedWord, before: Token | undefined, token: Token): Joint {
  if (previous === undefined || !(word.isScript || previous.isScript)) return 'space';
  if (before?.kind === 'label' || token.kind === 'label') return word.isScript ? 'tight' : 'space';
  return word.u0 - previous.u1 < 0.1 * Math.max(word.em, previous.em) ? 'none' : 'space';
}

const isLetter = (glyph: Glyph) => /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(glyph.unicode));

function partsOf(word: PlacedWord, hitOf: HitOf): Token[] {
  const { glyphs } = word;
  const hits = new Set(glyphs.map(glyph => hitOf(glyph.char.index)).filter(hit => hit !== undefined));
  if (hits.size === 0) return [{ kind: 'word', joint: 'space', glyphs, v: word.v, isWhole: true }];
  const isGone = (glyph: Glyph) => isLetter(glyph) || hitOf(glyph.char.index) !== undefined;
  const from = glyphs.findIndex(isGone);
  const to = glyphs.findLastIndex(isGone) + 1;
  const label: Token = { kind: 'label', joint: from > 0 ? 'tight' : 'space', hits };
  const rest = (part: readonly Glyph[], joint: Joint): Token[] => part.length === 0 ? [] : [{ kind: 'word', joint, glyphs: part, v: word.v, isWhole: false }];
  return [...rest(glyphs.slice(0, from), 'space'), label, ...rest(glyphs.slice(to), 'tight')];
}

/** Labels that touch, or that only one or two punctuation marks part, become one: their number would tell the number of names. */
function joinLabels(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const marks = token.kind === 'label' ? trailingMarks(joined) : -1;
    const before = joined.at(-1 - marks);
    if (token.kind === 'label' && marks >= 0 && before?.kind === 'label') {
      joined.splice(joined.length - 1 - marks, marks + 1, { ...before, hits: new Set([...before.hits, ...token.hits]) });
    } else joined.push(token);
  }
  return joined;
}

/** Number of tokens at the end that hold nothing but punctuation, two marks in all at most. */
function trailingMarks(tokens: readonly Token[]): number {
  let marks = 0;
  for (let count = 0; ; count++) {
    const token = tokens.at(-1 - count);
    if (token?.kind !== 'word' || token.glyphs.some(isLetter)) return count;
    marks += token.glyphs.length;
    if (marks > 2) return -1;
  }
}

/** Em and baseline of a segment, from its kept words where it has any. */
export function measureOf(segment: Segment, tokens: readonly Token[]): { em: number; v: number } {
  const kept = tokens.filter(token => token.kind === 'word').flatMap(token => token.glyphs.map(glyph => ({ em: glyph.em, v: token.v })));
  const all = kept.length > 0 ? kept : segment.words.flatMap(word => word.glyphs.map(glyph => ({ em: glyph.em, v: word.v })));
  const em = median(all.map(glyph => glyph.em));
  return { em, v: median(all.filter(glyph => glyph.em >= 0.85 * em).map(glyph => glyph.v)) };
}
