import { foldConfusions, type Word } from './fold.ts';
import type { Memory, Name } from './memory.ts';
import { isNearMiss } from './spelling.ts';
import type { Candidate } from './types.ts';
import { ambiguousNames, functionWords, givenNames, nameStops } from './words.ts';

/** Name words by key, by the confusion class of their letters, and by first letter (for misspellings). */
interface Index {
  readonly exact: ReadonlyMap<string, Name>;
  readonly confused: ReadonlyMap<string, Name>;
  readonly byLetter: ReadonlyMap<string, readonly (readonly [string, Name])[]>;
}

/** More name words than this and misspellings are not sought: the work would grow with names times words. */
const spellingLimit = 2000;

/** Every other occurrence of the memory's names in the words of a text: surname or given name alone, capitals, possessive, marks or none, hyphen parts, misread letters. */
export function recallNames(memory: Memory, text: string, words: readonly Word[]): Candidate[] {
  if (memory.names.length === 0) return [];
  const index = indexOf(memory);
  const seen = new Map<string, Found | null>();
  const found: Candidate[] = [];
  for (let i = 0; i < words.length; i++) {
    const first = words[i];
    const hit = first && lookUp(index, first, seen);
    if (!first || !hit) continue;
    const last = runEnd(index, text, words, i);
    const candidate = asCandidate({ text, words, hit }, i, last);
    if (candidate) found.push(candidate);
    i = last;
  }
  return found;
}

interface Found {
  readonly name: Name;
  readonly how: 'exact' | 'confused' | 'misspelt';
}

function indexOf(memory: Memory): Index {
  const exact = new Map<string, Name>();
  for (const name of memory.names) {
    for (const word of name.words.flatMap(whole => [whole, ...whole.split('-').filter(part => part !== whole && part.length >= 4)])) {
      const isUseless = word.length < 2 || functionWords.has(word) || nameStops.has(word);
      if (!isUseless && (exact.get(word)?.role ?? 'unknown') === 'unknown') exact.set(word, name);
    }
  }
  const confused = new Map([...exact].map(([word, name]) => [foldConfusions(word), name]));
  const byLetter = exact.size > spellingLimit ? new Map() : Map.groupBy([...exact].filter(([word]) => word.length >= 5), ([word]) => word.charAt(0));
  return { exact, confused, byLetter };
}

function lookUp(index: Index, word: Word, seen: Map<string, Found | null>): Found | null {
  const exact = index.exact.get(word.key);
  if (exact) return { name: exact, how: 'exact' };
  if (!/^\p{Lu}/u.test(word.text) && !/\d/.test(word.text)) return null;
  const known = seen.get(word.key);
  if (known !== undefined) return known;
  const found = inexact(index, word.key);
  seen.set(word.key, found);
  return found;
}

function inexact(index: Index, key: string): Found | null {
  if (/\d/.test(key)) {
    const name = /[a-z]{2}/.test(key) ? index.confused.get(foldConfusions(key)) : undefined;
    return name ? { name, how: 'confused' } : null;
  }
  if (key.length < 5 || nameStops.has(key) || givenNames.has(key) || ambiguousNames.has(key)) return null;
  const near = index.byLetter.get(key.charAt(0))?.find(([word]) => isNearMiss(word, key));
  return near ? { name: near[1], how: 'misspelt' } : null;
}

/** The last word of the run of known name words and initials that begins at `from`. */
function runEnd(index: Index, text: string, words: readonly Word[], from: number): number {
  let last = from;
  for (let i = from + 1; i < words.length; i++) {
    const [before, word] = [words[i - 1], words[i]];
    if (!before || !word || !/^[ .,\n-]{1,2}$/.test(text.slice(before.end, word.start))) break;
    if (index.exact.has(word.key) && /^\p{Lu}/u.test(word.text)) last = i;
    else if (!/^\p{Lu}$/u.test(word.text)) break;
  }
  return last;
}

interface At {
  readonly text: string;
  readonly words: readonly Word[];
  readonly hit: Found;
}

function asCandidate({ text, words, hit }: At, from: number, to: number): Candidate | null {
  const [first, last] = [words[from], words[to]];
  if (!first || !last) return null;
  const outcome = from === to ? judgeAlone(text, first, hit) : { action: 'auto' as const, score: 0.9 };
  if (!outcome) return null;
  const before = words[from - 1];
  const isInitialled = before && /^\p{Lu}$/u.test(before.text) && /^\.? $/.test(text.slice(before.end, first.start)) && before.text !== 'I';
  const start = isInitialled ? before.start : first.start;
  return { start, end: last.end, type: hit.name.type, role: hit.name.role, source: 'memory', rule: `memory.${hit.how}`, ...outcome };
}

function judgeAlone(text: string, word: Word, hit: Found): Pick<Candidate, 'action' | 'score'> | null {
  if (hit.how === 'misspelt') return { action: 'review', score: 0.4 };
  if (hit.how === 'confused') return { action: 'auto', score: 0.7 };
  const isCapital = /^\p{Lu}/u.test(word.text);
  if (ambiguousNames.has(word.key) || word.key.length < 3) return isCapital && isWithinSentence(text, word.start) ? { action: 'auto', score: 0.7 } : null;
  if (isCapital) return { action: 'auto', score: 0.85 };
  return word.key.length >= 4 ? { action: 'review', score: 0.5 } : null;
}

/** A capital here is not the sentence's own: a lower-case letter, digit or comma comes before. */
function isWithinSentence(text: string, at: number): boolean {
  return /[\p{Ll}\d,;)]['"(]{0,2}[ ]{1,2}['"(]{0,2}$/u.test(text.slice(Math.max(0, at - 8), at)) || /(?:Mr|Mrs|Ms|Dr|Miss|Sir)\.? $/.test(text.slice(Math.max(0, at - 6), at));
}
