import { describe, expect, it } from '@jest/globals';
import { applyRule } from '../../../functions/redaction/detect/apply.ts';
import { detect } from '../../../functions/redaction/detect/detect.ts';
import { phrases } from '../../../functions/redaction/detect/phrases.ts';
import { rules } from '../../../functions/redaction/detect/rules/all.ts';
import type { Rule } from '../../../functions/redaction/detect/rule.ts';
import { spanType } from '../../../functions/redaction/detect/types.ts';
import { examples } from './examples.ts';

function ruleOf(id: string): Rule {
  const rule = rules.find(each => each.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
}

describe('each rule', () => {
  // A rest parameter, since jest would pass its callback in place of a missing fourth cell.
  it.each(examples)('%s', (...[id, text, wanted, refused]) => {
    const rule = ruleOf(id);
    expect(applyRule(rule, text).map(hit => text.slice(hit.start, hit.end))).toContain(wanted);
    if (refused !== undefined) expect(applyRule(rule, refused).filter(hit => hit.action === 'auto')).toEqual([]);
  });

  it('has an example', () => {
    expect(rules.map(rule => rule.id).filter(id => !examples.some(([example]) => example === id))).toEqual([]);
  });

  it('covers the taxonomy together with the word lists: no type without a recogniser', () => {
    const made = new Set([...rules.map(rule => rule.type), ...phrases.map(list => list.type), 'TERM']);
    expect(spanType.options.filter(type => !made.has(type))).toEqual([]);
  });
});

describe('word lists', () => {
  it('always go to a person, longest phrase first', () => {
    const text = 'His mother-in-law is a registered sex offender with a personality disorder; covert human intelligence source.';
    const found = detect(text).spans.filter(span => span.rule.startsWith('lexicon.'));
    expect(found.map(span => [text.slice(span.start, span.end), span.type])).toEqual([
      ['mother-in-law', 'KINSHIP'], ['registered sex offender', 'CRIMINAL_HISTORY'], ['personality disorder', 'HEALTH'], ['covert human intelligence source', 'INFORMANT'],
    ]);
    expect(found.every(span => span.action === 'review')).toBe(true);
  });
});

describe('roles', () => {
  it('come from the nearest cue of the sentence', () => {
    const text = 'The suspect followed Mr Orrery. Later the victim, Mrs Ashdown, came.';
    const people = detect(text).spans.filter(span => span.type === 'PERSON').map(span => [text.slice(span.start, span.end), span.role]);
    expect(people).toEqual([['Mr Orrery', 'suspect'], ['Mrs Ashdown', 'victim']]);
  });

  it('stays unknown without a cue, and a label decides', () => {
    const text = 'Mr Orrery left. Witness: Jane Ashdown';
    expect(detect(text).spans.filter(span => span.type === 'PERSON').map(span => span.role)).toEqual(['unknown', 'witness']);
  });
});
