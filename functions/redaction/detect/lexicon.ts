import { foldWord, type Word } from './fold.ts';
import { phrases } from './phrases.ts';
import type { Candidate, SpanType } from './types.ts';

const longestPhrase = 5;
const byKey = new Map<string, SpanType>(phrases.flatMap(({ type, words }) => words.map(phrase => [keyOf(phrase), type] as const)));
const firstWords = new Set([...byKey.keys()].map(key => key.split(' ')[0] ?? ''));

function keyOf(phrase: string): string {
  return phrase.split(' ').map(foldWord).join(' ');
}

/**
 * Special-category, demographic and sensitive words (UK GDPR Articles 9 and 10; redaction-detection.md 6.1 groups 10 to 12).
 * Always for a person to look at: a word list cannot tell whose health it is.
 */
export function findLexicon(words: readonly Word[]): Candidate[] {
  const found: Candidate[] = [];
  for (let i = 0; i < words.length; i++) {
    const hit = firstWords.has(words[i]?.key ?? '') ? longestAt(words, i) : null;
    if (!hit) continue;
    found.push({ ...hit.span, role: 'unknown', source: 'rule', rule: `lexicon.${hit.span.type.toLowerCase().replaceAll('_', '-')}`, score: 0.4, action: 'review' });
    i += hit.count - 1;
  }
  return found;
}

function longestAt(words: readonly Word[], from: number): { span: { start: number; end: number; type: SpanType }; count: number } | null {
  for (let count = longestPhrase; count > 0; count--) {
    const run = words.slice(from, from + count);
    const type = run.length === count ? byKey.get(run.map(word => word.key).join(' ')) ?? byKey.get(singular(run)) : undefined;
    const [first, last] = [run[0], run.at(-1)];
    if (type && first && last) return { span: { start: first.start, end: last.end, type }, count };
  }
  return null;
}

function singular(run: readonly Word[]): string {
  return run.map(word => word.key).join(' ').replace(/s$/, '');
}
