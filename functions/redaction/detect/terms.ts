import { foldWord, wordsOf } from './fold.ts';
import { nameWords, valueKey } from './memory.ts';
import type { Candidate } from './types.ts';

/** Shorter terms count as whole words only: "Li" is not in "Liverpool". */
const shortest = 4;

/** A folded text with the offsets of each of its units: unit i came from `[starts[i], ends[i])`. */
interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * Every place where a literal term stands in normalised text: any case, with or without marks, any blanks between its words, also as part
 * of a longer word (from four characters on) and l e t t e r - s p a c e d. Terms without a letter or digit are ignored.
 */
export function findTerms(terms: readonly string[], text: string): Candidate[] {
  const keys = terms.map(term => foldWithOffsets(term).text.trim()).filter(key => /[\p{L}\p{N}]/u.test(key));
  if (keys.length === 0) return [];
  const folded = foldWithOffsets(text);
  return keys.flatMap(key => [...placesOf(key, folded), ...placesOf(spaced(key), folded)].map(({ start, end }): Candidate =>
    ({ start, end, type: 'TERM', role: 'unknown', source: 'term', rule: 'term.literal', score: 1, action: 'auto' })));
}

function spaced(key: string): string {
  const letters = Array.from(key.replaceAll(' ', ''));
  return letters.length >= shortest ? letters.join(' ') : '';
}

function placesOf(key: string, folded: Folded): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (key === '') return found;
  const mustBeWhole = key.length < shortest || key.includes(' ') && key.length < 2 * shortest;
  for (let i = folded.text.indexOf(key); i >= 0; i = folded.text.indexOf(key, i + 1)) {
    const last = i + key.length - 1;
    if (!mustBeWhole || isWhole(folded.text, i, last + 1)) found.push({ start: folded.starts[i] ?? 0, end: folded.ends[last] ?? 0 });
  }
  return found;
}

function isWhole(text: string, start: number, end: number): boolean {
  return !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, start - 2), start)) && !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2));
}

function foldWithOffsets(text: string): Folded {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of text.matchAll(/\s{1,64}|[^\s][\p{M}]{0,8}/gu)) {
    const folded = /^\s/.test(match[0]) ? ' ' : foldCharacter(match[0]);
    parts.push(folded);
    for (let i = 0; i < folded.length; i++) {
      starts.push(match.index);
      ends.push(match.index + match[0].length);
    }
  }
  return { text: parts.join(''), starts, ends };
}

/** As `foldWord`, but the punctuation of a term counts; the apostrophe does not (O'Neill, ONeill). */
function foldCharacter(character: string): string {
  return character === '.' ? '.' : foldWord(character);
}

/**
 * Whether a candidate is one of the names or values to leave (the data subject of a subject access request). All its words must be of one
 * allowed name, so a relative who shares the surname is still found.
 */
export function makeAllowed(allow: readonly string[]): (candidate: Candidate, text: string) => boolean {
  const names = allow.map(term => new Set(nameWords(term))).filter(words => words.size > 0);
  const values = new Set(allow.map(valueKey));
  return (candidate, text) => {
    const value = text.slice(candidate.start, candidate.end);
    if (values.has(valueKey(value))) return true;
    if (candidate.type !== 'PERSON' && candidate.type !== 'OFFICER') return false;
    const words = nameWords(wordsOf(value).map(word => word.text).join(' '));
    return words.length > 0 && names.some(name => words.every(word => name.has(word)));
  };
}
