import type { Cue, Outcome, Rule } from './rule.ts';
import type { Candidate } from './types.ts';

/** Runs one rule over normalised text. Linear in the text: the pattern is bounded, and after a failed check it starts again one character on. */
export function applyRule(rule: Rule, text: string): Candidate[] {
  const found: Candidate[] = [];
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

function judge(rule: Rule, text: string, start: number, matched: string): Candidate | null {
  const value = rule.refine ? rule.refine(matched) : matched;
  if (!value) return null;
  const end = start + value.length;
  if (rule.unless && isNear(rule.unless, text.slice(Math.max(0, start - rule.unless.within), start))) return null;
  const outcome = outcomeOf(rule, value, hasCue(rule, text, start, end));
  if (!outcome) return null;
  return { start, end, type: rule.type, role: rule.role ?? 'unknown', source: 'rule', rule: rule.id, score: outcome.score, action: outcome.action };
}

function outcomeOf(rule: Rule, value: string, cued: boolean): Outcome | null {
  if (!rule.check || rule.check(value)) return cued ? rule.cued : rule.bare;
  if (cued) return { action: 'review', score: 0.4 };
  return rule.failed ?? null;
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
