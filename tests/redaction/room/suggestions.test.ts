import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecisionEntry } from '../../../functions/redaction/state.ts';
import { addRange, decisionsOf, freeze, pagesNotViewed, undecidedCount, type Suggestion } from '../../../functions/redaction/suggestions.ts';
import { sam } from './builders.ts';

const range = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 8 })).map(([from, more]): [number, number] => [from, from + more]);
const key = fc.record({ suggestionId: fc.constantFrom('a', 'b', 'c', 'd', 'e'), textHash: fc.constantFrom('x', 'y', 'z'), action: fc.constant('review' as const) });
const keys = fc.uniqueArray(key, { selector: ({ suggestionId }) => suggestionId });
const entry: fc.Arbitrary<DecisionEntry> = fc.record({
  name: fc.oneof(fc.record({ suggestionId: fc.constantFrom('a', 'b', 'c', 'd', 'e') }), fc.record({ textHash: fc.constantFrom('x', 'y', 'z') })),
  decision: fc.constantFrom('accepted', 'rejected'),
}).map(({ name, decision }) => ({ ...name, decision, reasonCode: 'personal-data', by: sam, at: '2026-11-24T09:30:00.000Z' }));

describe('ranges of viewed pages', () => {
  it('hold exactly the pages that were added, sorted, disjoint and not touching', () => {
    fc.assert(fc.property(fc.array(range, { maxLength: 30 }), added => {
      const ranges = added.reduce<[number, number][]>((all, [from, to]) => addRange(all, from, to), []);
      const pages = new Set(added.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n)));
      expect(ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n))).toEqual([...pages].sort((a, b) => a - b));
      ranges.slice(1).forEach(([from], n) => expect(from).toBeGreaterThan((ranges[n]?.[1] ?? 0) + 1));
      expect(pagesNotViewed({ pages: 30, viewed: ranges })).toBe(Array.from({ length: 30 }, (_, n) => n + 1).filter(page => !pages.has(page)).length);
    }), { numRuns: 2_000 });
  });

  it('does not change what it was given', () => {
    const ranges: [number, number][] = [[1, 2], [4, 5]];
    expect(addRange(ranges, 3, 3)).toEqual([[1, 5]]);
    expect(ranges).toEqual([[1, 2], [4, 5]]);
  });
});

describe('decisions', () => {
  it('are those of the newest entry that names the suggestion or its text, found the slow way', () => {
    fc.assert(fc.property(keys, fc.array(entry, { maxLength: 12 }), (all, log) => {
      const slow = all.map(({ suggestionId, textHash }) => log.findLast(item => item.suggestionId === suggestionId || item.textHash === textHash));
      expect(decisionsOf(all, log)).toEqual(slow);
      expect(undecidedCount(all, log)).toBe(slow.filter(item => item === undefined).length);
    }), { numRuns: 2_000 });
  });
});

describe('what approval freezes', () => {
  const box = { left: 1, top: 2, right: 3, bottom: 4 };
  const suggestion = (suggestionId: string, textHash: string, page: number): Suggestion => ({
    suggestionId, textHash, page, start: 5, end: 9, text: 'Alex', type: 'PERSON', role: '', source: 'rule', score: 1, action: 'auto', boxes: [box],
  });
  const decided = (name: Pick<DecisionEntry, 'suggestionId' | 'textHash'>, decision: DecisionEntry['decision']): DecisionEntry => ({
    ...name, decision, reasonCode: 'personal-data', by: sam, at: '2026-11-24T09:30:00.000Z',
  });
  const mark = { batch: 'b', reasonCode: 'address' as const, by: sam, at: '2026-11-24T09:30:00.000Z' };

  it('is every accepted suggestion and every mark, pages from 0, and the number left readable', () => {
    const frozen = freeze([suggestion('a', 'x', 0), suggestion('b', 'x', 1), suggestion('c', 'y', 1)], {
      decisions: [decided({ textHash: 'x' }, 'rejected'), decided({ suggestionId: 'b' }, 'accepted'), decided({ suggestionId: 'c' }, 'accepted')],
      marks: [{ ...mark, markId: 'm', page: 2, start: 20, end: 24 }, { ...mark, markId: 'n', page: 3, x: 10, y: 20, width: 30, height: 40 }],
    });
    expect(frozen).toEqual({
      spans: [{ page: 1, start: 5, end: 9 }, { page: 1, start: 5, end: 9 }, { page: 1, start: 20, end: 24 }],
      boxes: [{ page: 2, left: 10, top: 20, right: 40, bottom: 60 }], leftReadable: 1,
    });
  });
});
