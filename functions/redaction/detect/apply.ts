import type { Cue, Outcome, Rule } from './rule.ts';
import type { Candidate } from './types.ts';

/** A candidate, and whether it has an unmistakable form (`failed` of its rule) but fails its check. */
export interface Hit extends Candidate {
  readonly isFailed: boolean;
}

/** Runs one rule over normalised text. Linear in the text: the pattern is bounded, and after a failed check it starts again one character on. */
export function applyRule(rule: Rule, text: string): Hit[] {
  const found: Hit[] = [];
  const pattern = rule.pattern;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const whole = match[0];
    const value = match.groups?.['value'] ?? whole;
    const start = match.index + whole.length - value.length;
    const candidate = judge(rule, text, start, value);
    if (candidate) found.push(candidate);
    pattern.lastIndex = candidate ? Math.max(candidate.end, match.index + 1) : nextCharacter(text, match.index);
  }
  return found;
}

function judge(rule: Rule, text: string, start: number, matched: string): Hit | null {
  const value = rule.refine ? rule.refine(matched) : matched;
  if (!value) return null;
  const end = start + value.length;
  if (rule.unless && isNear(rule.unless, text.slice(Math.max(0, start - rule.unless.within), start))) return null;
  const isCued = hasCue(rule, text, start, end);
  const isFailed = rule.check ? !rule.check(value) : false;
  const outcome = isFailed ? failure(rule, isCued) : isCued ? rule.cued : rule.bare;
  return outcome && { start, end, type: rule.type, role: rule.role ?? 'unknown', source: 'rule', rule: rule.id, ...outcome, isFailed: isFailed && rule.failed !== undefined };
}

function failure(rule: Rule, isCued: boolean): Outcome | null {
  return isCued ? { action: 'review', score: 0.4 } : rule.failed ?? null;
}

/**
 * What has an identifier's form but fails its check is for a person; so is any shorter guess within it, such as sixteen of an IBAN's digits
 * that happen to pass as a card. Returns plain candidates.
 */
export function shade(hits: readonly Hit[]): Candidate[] {
  const failed = hits.filter(hit => hit.isFailed).toSorted((a, b) => a.start - b.start);
  let reach = 0;
  const reaches = failed.map(hit => (reach = Math.max(reach, hit.end)));
  const reachBefore = (start: number): number => reaches[countBefore(failed, start) - 1] ?? 0;
  return hits.map(({ isFailed, ...candidate }) => {
    const isWithin = !isFailed && (reachBefore(candidate.start) >= candidate.end || reachBefore(candidate.start + 1) > candidate.end);
    return isWithin ? { ...candidate, action: 'review' } : candidate;
  });
}

/** How many of the hits, sorted by start, start before `at`. */
function countBefore(hits: readonly Hit[], at: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hits[middle]?.start ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hasCue(rule: Rule, text: string, start: number, end: number): boolean {
  if (rule.before && isNear(rule.before, text.slice(Math.max(0, start - rule.before.within), start))) return true;
  return rule.after ? isNear(rule.after, text.slice(end, end + rule.after.within)) : false;
}

function isNear(cue: Cue, window: string): boolean {
  return cue.pattern.test(window);
}

/** A sticky index within a surrogate pair would be moved back by the engine, for ever. */
function nextCharacter(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xFFFF ? 2 : 1);
}
