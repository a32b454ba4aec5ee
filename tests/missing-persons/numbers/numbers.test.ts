import { describe, expect, it } from '@jest/globals';
import { liveBoard } from '../../../functions/missing-persons/rules/numbers/board.ts';
import { numbersCsv } from '../../../functions/missing-persons/rules/numbers/csv.ts';
import type { BoardRow } from '../../../functions/missing-persons/rules/numbers/facts.ts';
import { reviewsOnTime } from '../../../functions/missing-persons/rules/numbers/period.ts';
import { suppressedBars } from '../../../functions/missing-persons/rules/numbers/suppress.ts';

const row: BoardRow = { caseId: 'c1', state: 'ACTIVE', risk: 'HIGH', age: 15, reportedAt: '2026-03-10T00:00:00.000Z', overdueReviews: [{ rank: 'SGT', dueAt: '2026-03-12T11:00:00.000Z' }], overdueTasks: 2, unassessedSightings: 1, hasFloorOverride: true, hasUnknownKeyAnswer: false };

describe('numbers (7)', () => {
  it('1 to 11: counts what is there, the unknown as a bar of its own', () => {
    const { risk: _risk, age: _age, ...unknown } = row;
    const board = liveBoard([row, { ...unknown, caseId: 'c2' }, { ...row, state: 'CLOSED' }], { latenessMs: [1, 2, 900], deadLetters: 0 }, '2026-03-12T12:00:00.000Z');
    expect(board.n1).toMatchObject({ total: 2, byRisk: { HIGH: 1, unknown: 1 }, byAge: { '11-15': 1, unknown: 1 } });
    expect([board.n2, board.n3.reviewsByRank.SGT, board.n4, board.n5.over48h, board.n5.over60h, board.n11.p95LatenessMs]).toEqual([{ count: 2, worstMinutes: 3_600 }, { count: 2, worstMinutes: 60 }, [{ caseId: 'c1', minutes: 3_600 }], 2, 0, 900]);
  });
  it('15: 16 of 49 reads 33 % [S14]', () => {
    const reviews = Array.from({ length: 49 }, (_, n) => ({ rank: 'SGT', result: n < 16 ? 'ON_TIME' : 'MISSED' }) as const);
    expect(reviewsOnTime(reviews).ALL).toEqual({ numerator: 16, denominator: 49, unknown: 0, percent: 33 });
  });
  it('hides counts under 5 outside the team, and a second bar when one alone was hidden', () => {
    expect(suppressedBars({ a: 4, b: 9, c: 7, d: 0 }, false)).toEqual({ a: '<5', b: 9, c: 'hidden', d: 0 });
    expect(suppressedBars({ a: 4 }, true)).toEqual({ a: 4 });
  });
  it('writes CSV by RFC 4180, and no formula', () => expect(numbersCsv([{ name: '=1+1', bar: 'a "b", c', value: -1 }]).split('\r\n')[1]).toBe(`,'=1+1,"a ""b"", c",-1,,,,,,,`));
});
