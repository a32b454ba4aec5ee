import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { levels } from '../../../functions/missing-persons/rules/terms.ts';
import { law, twins, type Law } from './support/law.ts';
import { play } from './support/run.ts';

const start = fc.record({ level: fc.constantFrom(...levels), isChild: fc.boolean(), isAsked: fc.constantFrom(true, true, true, false) });
const script = fc.array(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { minLength: 1, maxLength: 16, size: 'max' });

function property(given: Law, reached = new Map<string, number>()): fc.IProperty<[Parameters<typeof play>[1], number[]]> {
  return fc.property(start, script, (begin, steps) => {
    const wrong = play(given, begin, steps, reached);
    if (wrong !== undefined) throw new Error(wrong);
  });
}

describe('I3, I4, I10 over random sequences', () => {
  const reached = new Map<string, number>();

  it('hold in 100,000: the level never falls without a second authorised person, each has its assessment, the system only raises, floors never lower', () => {
    fc.assert(property(law, reached), { numRuns: 100_000 });
  });

  it('were looked at: every kind of assessment and every act was reached', () => {
    const kinds = ['CONFIRM', 'NO_CHANGE', 'RAISE', 'REDUCE', 'REFUSE_RAISE', 'approve', 'clearFlag', 'confirm', 'noChange', 'override', 'propose', 'raise', 'refuseRaise', 'refuseReduce', 'rerun', 'setFlag', 'v03'];
    expect(kinds.filter(kind => (reached.get(kind) ?? 0) < 50)).toEqual([]);
  });

  it.each(Object.keys(twins))('fail when %s', name => {
    const found = fc.check(property({ ...law, ...twins[name] }), { numRuns: 20_000, endOnFailure: true });
    expect(found.failed).toBe(true);
  });
});
