import { applyRule, shade } from './apply.ts';
import { wordsOf } from './fold.ts';
import { findLexicon } from './lexicon.ts';
import { emptyMemory, learn, type Memory } from './memory.ts';
import { normalise, toOriginal } from './normalise.ts';
import { resolveOverlap } from './overlap.ts';
import { recallNames } from './recall.ts';
import { withRole } from './roles.ts';
import { rules } from './rules/all.ts';
import { findTerms, makeAllowed } from './terms.ts';
import type { Candidate, Span } from './types.ts';
import { recallValues } from './values.ts';

export interface DetectOptions {
  /** Literal terms, redacted wherever they occur. */
  readonly terms?: readonly string[];
  /** Names and values to leave, for instance the data subject's. A term wins over it. */
  readonly allow?: readonly string[];
  /** What earlier documents of the bundle taught. */
  readonly memory?: Memory;
  /** `false`: the terms alone (`--accept none`). */
  readonly rules?: boolean;
  /** Hash of a span's original text, for a suggestion's text hash; hashing is the caller's, this module is pure. */
  readonly hash?: (text: string) => string;
}

export interface Detection {
  /** In text order, not overlapping; UTF-16 offsets of the text given, end exclusive. */
  readonly spans: readonly Span[];
  /** The memory given, with what this text added. */
  readonly memory: Memory;
}

/**
 * Finds personal and sensitive data in one text (redaction.md 5). Text is data: nothing written in it changes what happens.
 * Pure and deterministic; never throws for any string.
 */
export function detect(text: string, options: DetectOptions = {}): Detection {
  const normal = normalise(text);
  const isAllowed = makeAllowed((options.allow ?? []).map(term => normalise(term).text));
  const terms = findTerms((options.terms ?? []).map(term => normalise(term).text), normal.text);
  const { found, memory } = options.rules === false
    ? { found: [], memory: options.memory ?? emptyMemory }
    : findAll(normal.text, options.memory ?? emptyMemory, isAllowed);
  const spans = resolveOverlap([...terms, ...found], normal.text).map((candidate): Span => {
    const place = toOriginal(normal.map, candidate.start, candidate.end);
    return { ...candidate, ...place, ...options.hash && { hash: options.hash(text.slice(place.start, place.end)) } };
  });
  return { spans, memory };
}

function findAll(text: string, known: Memory, isAllowed: (candidate: Candidate, text: string) => boolean): { found: Candidate[]; memory: Memory } {
  const words = wordsOf(text);
  const ruled = [...shade(rules.flatMap(rule => applyRule(rule, text))), ...findLexicon(words)]
    .filter(candidate => !isAllowed(candidate, text))
    .map(candidate => withRole(text, candidate));
  const memory = learn(known, ruled, text);
  const recalled = [...recallNames(memory, text, words), ...recallValues(memory, text)].filter(candidate => !isAllowed(candidate, text));
  return { found: [...ruled, ...recalled], memory };
}
