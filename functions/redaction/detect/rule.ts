import type { Action, Role, SpanType } from './types.ts';

export interface Outcome {
  readonly action: Action;
  readonly score: number;
}

/** Words that must stand within `within` characters of a match (redaction-detection.md 6.2: accept on the check, else on context). */
export interface Cue {
  readonly within: number;
  readonly words: readonly string[];
  readonly pattern: RegExp;
}

/** One recogniser, as data. */
export interface Rule {
  /** `group.what`, unique. */
  readonly id: string;
  readonly type: SpanType;
  readonly name: string;
  /** Global and Unicode; every quantifier is bounded. A group named `value` (at the match's end) is the span; else the whole match is. */
  readonly pattern: RegExp;
  /** Cuts the match down to what belongs to it, or `null` when nothing does. */
  readonly refine?: (value: string) => string | null;
  /** Check digits, ranges and structure. */
  readonly check?: (value: string) => boolean;
  readonly before?: Cue;
  readonly after?: Cue;
  /** Words before the match that say it is something else. */
  readonly unless?: Cue;
  /** What to do with a match that passes its check: with a cue, and without; `null` drops it. */
  readonly cued: Outcome | null;
  readonly bare: Outcome | null;
  /** A match that fails its check: with a cue it goes to a person, without one it is dropped unless `failed` says otherwise. Never `auto`. */
  readonly failed?: Outcome | null;
  readonly role?: Role;
  /** Where the rule comes from: a named source, or the domain's common knowledge that a force should confirm. */
  readonly source: string;
}

/** Sure enough to redact unseen. */
export const auto = (score: number): Outcome => ({ action: 'auto', score });

/** A person decides. */
export const review = (score: number): Outcome => ({ action: 'review', score });

/** A cue of whole words, any case; a space in a word stands for one to three blanks. */
export function cue(within: number, ...words: string[]): Cue {
  const alternatives = words.map(word => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s{1,3}`)).join('|');
  return { within, words, pattern: new RegExp(String.raw`(?<![\p{L}\d])(?:${alternatives})(?![\p{L}\d])`, 'iu') };
}

/** Joins pattern source text into a global Unicode expression. */
export const pattern = (...parts: string[]): RegExp => new RegExp(parts.join(''), 'gu');

/** Not within a word or number. */
export const open = String.raw`(?<![\p{L}\p{M}\d])`;
export const close = String.raw`(?![\p{L}\p{M}\d])`;
