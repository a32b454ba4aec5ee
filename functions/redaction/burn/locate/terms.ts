import { fold, isHyphen } from './fold.ts';
import type { Folded } from './fold.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A literal to be found, folded once; `joints` are the places inside it where the writer put a space or a hyphen. */
export interface Term {
  readonly folded: string;
  readonly joints: ReadonlySet<number>;
}

export function prepareTerm(literal: string): Term | undefined {
  const { text, starts, ends } = fold(literal);
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  const joints = new Set(starts.flatMap((start, index) => (index > 0 && literal.slice(ends[index - 1], start) !== '' ? [index] : [])));
  return { folded: text, joints };
}

/**
 * Every place where a term occurs in a text, widened to whole words so that no stump of a word is left beside a label. Letter-spaced
 * words, words broken over a line and words with soft hyphens count as occurrences; two words that merely touch do not.
 */
export function findTerms(source: string, terms: readonly Term[]): Span[] {
  const folded = fold(source);
  const spans: Span[] = [];
  for (const term of terms) {
    for (let at = folded.text.indexOf(term.folded); at >= 0; at = folded.text.indexOf(term.folded, at + 1)) {
      if (isOneOccurrence(source, folded, at, term)) spans.push(wholeWords(source, spanOf(folded, at, term.folded.length)));
    }
  }
  return merge(spans);
}

function spanOf(folded: Folded, at: number, length: number): Span {
  return { start: folded.starts[at] ?? 0, end: folded.ends[at + length - 1] ?? 0 };
}

/** Judges the gaps inside a match: line ends, hyphens and spaces that the term has are free; others only when they are a way of setting one word. */
function isOneOccurrence(source: string, folded: Folded, at: number, term: Term): boolean {
  let inner = 0;
  let spaced = 0;
  for (let index = 1; index < term.folded.length; index += 1) {
    if (term.joints.has(index) || folded.starts[at + index] === folded.starts[at + index - 1]) continue;
    inner += 1;
    const gap = source.slice(folded.ends[at + index - 1], folded.starts[at + index]);
    if (/\s/.test(gap) && !isBrokenWord(gap)) spaced += 1;
  }
  if (spaced === 0) return true;
  if (spaced === inner && inner >= 2) return true;
  return term.folded.length >= 5 && standsAlone(source, spanOf(folded, at, term.folded.length));
}

/** A hyphen and then the end of the line. */
function isBrokenWord(gap: string): boolean {
  return Array.from(gap).some(character => isHyphen(character)) && /[\r\n]/.test(gap);
}

const wordCharacter = /^[\p{L}\p{N}\p{M}_'’\u00ad\u200b-\u200d]$/u;

function standsAlone(source: string, span: Span): boolean {
  return !wordCharacter.test(source.charAt(span.start - 1)) && !wordCharacter.test(source.charAt(span.end));
}

/** Widens a span to the words that it touches; surrogate pairs count as letters. */
export function wholeWords(source: string, span: Span): Span {
  let { start, end } = span;
  while (start > 0 && isInWord(source, start - 1)) start -= 1;
  while (end < source.length && isInWord(source, end)) end += 1;
  return { start, end };
}

function isInWord(source: string, index: number): boolean {
  const character = source.charAt(index);
  if (wordCharacter.test(character) || /[\ud800-\udfff]/.test(character)) return true;
  return isHyphen(character) && wordCharacter.test(source.charAt(index - 1)) && wordCharacter.test(source.charAt(index + 1));
}

/** Joins spans that overlap; the result is in order. */
export function merge(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last !== undefined && span.start < last.end) out[out.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else out.push(span);
  }
  return out;
}
