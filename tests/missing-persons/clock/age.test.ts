import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { ageAt, ageBandAt, birth, birthFailures, isUnder18At, turns18At, type Birth } from '../../../functions/missing-persons/rules/clock/age.ts';
import { londonDate } from '../../../shared/domain/london.ts';

const now = '2026-11-25T12:00:00.000Z';
const on = (date: string): Birth => ({ by: 'DATE', date });
const inYear = (year: number): Birth => ({ by: 'YEAR', year });
const aged = (from: number, to: number): Birth => ({ by: 'AGE_RANGE', from, to, at: now });
const codes = (born: Birth | undefined, identified?: boolean) => birthFailures(born, now, identified).map(({ code }) => code);
const births: fc.Arbitrary<Birth> = fc.oneof(
  fc.date({ min: new Date('1990-01-01'), max: new Date('2026-11-01'), noInvalidDate: true }).map(date => on(date.toISOString().slice(0, 10))),
  fc.integer({ min: 1990, max: 2025 }).map(inYear),
  fc.tuple(fc.nat(60), fc.nat(20)).map(([from, wide]) => aged(from, from + wide)),
);

describe('turning 18 (15.2 item 32)', () => {
  test.each([
    ['32-4 born 29 February: 1 March', on('2008-02-29'), '2026-03-01T00:00:00.000Z'],
    ['a birthday in summer begins at midnight London', on('2008-07-01'), '2026-06-30T23:00:00.000Z'],
    ['year only: the latest it may be', inYear(2008), '2026-12-31T00:00:00.000Z'],
    ['16 to 17 as believed on 25 November 2026: two years on at the latest', aged(16, 17), '2028-11-25T00:00:00.000Z'],
  ])('%s', (_, born, at) => {
    expect(turns18At(born)).toBe(at);
    expect(isUnder18At(born, at)).toBe(false);
    expect(isUnder18At(born, new Date(Date.parse(at) - 1).toISOString())).toBe(true);
  });

  it('is the first instant at which the person is not under 18, however the birth is known', () => {
    fc.assert(fc.property(births, born => {
      const at = turns18At(born);
      expect(isUnder18At(born, at)).toBe(false);
      expect(isUnder18At(born, new Date(Date.parse(at) - 1).toISOString())).toBe(true);
      expect(ageAt(born, at).youngest).toBe(18);
    }));
  });
});

describe('age', () => {
  test.each([
    ['the day before', on('2011-11-26'), 14, 14], ['the day itself', on('2011-11-25'), 15, 15], ['a year', inYear(2010), 15, 16], ['a range', aged(14, 17), 14, 17], ['born today', on('2026-11-25'), 0, 0],
  ])('%s', (_, born, youngest, oldest) => expect(ageAt(born, now)).toEqual({ youngest, oldest }));

  it('changes at midnight London and not UTC', () => {
    expect(ageAt(on('2011-07-01'), '2026-06-30T22:59:59.999Z').youngest).toBe(14);
    expect(ageAt(on('2011-07-01'), '2026-06-30T23:00:00.000Z').youngest).toBe(15);
  });

  it('29 February is reached on 1 March in a common year and on the day in a leap year', () => {
    expect(ageAt(on('2008-02-29'), '2026-02-28T23:59:59.999Z').youngest).toBe(17);
    expect(ageAt(on('2008-02-29'), '2026-03-01T00:00:00.000Z').youngest).toBe(18);
    expect(ageAt(on('2008-02-29'), '2028-02-29T00:00:00.000Z').youngest).toBe(20);
  });

  it('a range of ages grows with the years', () => {
    expect(ageAt(aged(14, 17), '2027-11-25T12:00:00.000Z')).toEqual({ youngest: 15, oldest: 18 });
    expect(ageAt(aged(14, 17), '2027-11-24T12:00:00.000Z')).toEqual({ youngest: 14, oldest: 18 });
  });

  it('never gets younger, and the youngest is never older than the oldest', () => {
    fc.assert(fc.property(births, fc.nat(20_000), fc.nat(800), (born, hours, later) => {
      const first = ageAt(born, new Date(Date.parse('2026-11-25') + hours * 3_600_000).toISOString());
      const second = ageAt(born, new Date(Date.parse('2026-11-25') + (hours + later) * 3_600_000).toISOString());
      expect(first.youngest).toBeLessThanOrEqual(first.oldest);
      expect(second.youngest).toBeGreaterThanOrEqual(first.youngest);
    }));
  });

  it('who may be a child is one until it is known', () => {
    expect(isUnder18At(aged(17, 25), now)).toBe(true);
    expect(isUnder18At(aged(18, 25), now)).toBe(false);
    expect(isUnder18At(inYear(2008), now)).toBe(true);
    expect(isUnder18At(inYear(2007), now)).toBe(false);
  });
});

describe('bands of 7.1', () => {
  test.each([
    ['2016-11-25', 'UNDER_11', '2015-11-25', '11_15'], ['2010-11-26', '11_15', '2010-11-25', '16_17'], ['2008-11-26', '16_17', '2008-11-25', '18_64'], ['1961-11-26', '18_64', '1961-11-25', '65_PLUS'],
  ])('%s is %s, %s is %s', (a, bandA, b, bandB) => {
    expect(ageBandAt(on(a), now)).toBe(bandA);
    expect(ageBandAt(on(b), now)).toBe(bandB);
  });

  it('is the youngest of a range, and UNKNOWN without any', () => {
    expect(ageBandAt(aged(10, 30), now)).toBe('UNDER_11');
    expect(ageBandAt(undefined, now)).toBe('UNKNOWN');
  });
});

describe('what is refused (3.2)', () => {
  it('none, unless the person is unidentified', () => {
    expect(codes(undefined)).toEqual(['AGE_REQUIRED']);
    expect(codes(undefined, false)).toEqual([]);
  });

  test.each<[string, Birth, boolean]>([
    ['today', on('2026-11-25'), true], ['tomorrow', on('2026-11-26'), false], ['this year', inYear(2026), true], ['next year', inYear(2027), false], ['120 years', on('1905-11-26'), true],
    ['121 years', on('1905-11-25'), false], ['the wrong way round', aged(17, 14), false], ['80 or over', aged(80, 120), true],
  ])('%s', (_, born, fine) => expect(codes(born)).toEqual(fine ? [] : ['FIELD_INVALID']));

  it('S06: 31/02/2010 is no date of birth', () => {
    expect(birth.safeParse(on('2010-02-31')).success).toBe(false);
    expect(birth.safeParse(on('2009-02-29')).success).toBe(false);
    expect(birth.safeParse(on('2008-02-29')).success).toBe(true);
    expect(birth.safeParse({ ...on('2008-02-29'), year: 2008 }).success).toBe(false);
    expect(londonDate(turns18At(on('2008-02-29')))).toBe('2026-03-01');
  });
});
