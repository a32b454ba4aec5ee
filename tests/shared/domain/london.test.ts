import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { bankHolidays, bankHolidayYears } from '../../../shared/domain/bankHolidays.ts';
import { endOfLondonDay, endOfWorkingDay, instantOfLondon, londonDate, londonShort, londonTime } from '../../../shared/domain/london.ts';

describe('London civil time', () => {
  test.each([
    ['2026-01-15T12:00:00Z', { year: 2026, month: 1, day: 15, hour: 12, minute: 0 }],
    ['2026-07-15T23:30:00Z', { year: 2026, month: 7, day: 16, hour: 0, minute: 30 }],
    ['2026-03-29T00:59:00Z', { year: 2026, month: 3, day: 29, hour: 0, minute: 59 }],
    ['2026-03-29T01:00:00Z', { year: 2026, month: 3, day: 29, hour: 2, minute: 0 }],
    ['2026-10-25T00:30:00Z', { year: 2026, month: 10, day: 25, hour: 1, minute: 30 }],
    ['2026-10-25T01:30:00Z', { year: 2026, month: 10, day: 25, hour: 1, minute: 30 }],
  ])('%s', (instant, shown) => expect(londonTime(instant)).toEqual(shown));

  it('takes the first of the hour that happens twice, and moves on the one that never happens', () => {
    expect(instantOfLondon({ year: 2026, month: 10, day: 25, hour: 1, minute: 30 })).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOfLondon({ year: 2026, month: 3, day: 29, hour: 1, minute: 30 })).toBe('2026-03-29T01:30:00.000Z');
  });

  it('comes back to the same clock from any instant', () => {
    fc.assert(fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), date => {
      const shown = londonTime(date.toISOString());
      expect(londonTime(instantOfLondon(shown))).toEqual(shown);
    }));
  });

  test.each([
    ['2026-03-29T00:10:00Z', '2026-03-29T22:59:00.000Z'],
    ['2026-10-25T00:10:00Z', '2026-10-25T23:59:00.000Z'],
    ['2026-07-01T23:30:00Z', '2026-07-02T22:59:00.000Z'],
    ['2026-12-31T23:59:30Z', '2026-12-31T23:59:00.000Z'],
  ])('the day of %s ends at %s', (instant, end) => expect(endOfLondonDay(instant)).toBe(end));

  it('writes the one form of a message, and refuses what is no time', () => {
    expect(londonShort('2026-09-30T13:30:00Z')).toBe('Wed 30 Sep 14:30');
    expect(londonDate('2026-06-30T23:30:00Z')).toBe('2026-07-01');
    expect(() => londonTime('soon')).toThrow(RangeError);
  });
});

describe('working days', () => {
  test.each([
    ['a plain week', '2026-09-28T10:00:00Z', 2, '2026-09-30T22:59:00.000Z'],
    ['over a weekend and the end of summer time', '2026-10-23T10:00:00Z', 1, '2026-10-26T23:59:00.000Z'],
    ['over Easter and the start of summer time 2027', '2027-03-25T12:00:00Z', 2, '2027-03-31T22:59:00.000Z'],
    ['over Christmas with a substitute day', '2026-12-24T12:00:00Z', 2, '2026-12-30T23:59:00.000Z'],
    ['from a Saturday', '2026-09-26T10:00:00Z', 5, '2026-10-02T22:59:00.000Z'],
  ])('%s', (_, from, days, due) => expect(endOfWorkingDay(from, days, bankHolidays)).toBe(due));

  it('lists in each year what the rule of the Act gives', () => {
    for (let year: number = bankHolidayYears.first; year <= bankHolidayYears.last; year += 1) {
      expect([...bankHolidays].filter(day => day.startsWith(String(year)))).toEqual(byRule(year));
    }
    expect([...bankHolidays].every(day => Number(day.slice(0, 4)) >= bankHolidayYears.first && Number(day.slice(0, 4)) <= bankHolidayYears.last)).toBe(true);
  });
});

/** Independent of the list: Easter by the Gregorian computus, Mondays by the calendar, substitutes on the next free weekday. */
function byRule(year: number): string[] {
  const easter = easterOf(year);
  const days = new Set([add(easter, -2), add(easter, 1), monday(year, 5, 1), add(monday(year, 6, 1), -7), add(monday(year, 9, 1), -7)]);
  for (const fixed of [`${year}-01-01`, `${year}-12-25`, `${year}-12-26`]) {
    let day = fixed;
    while (days.has(day) || weekday(day) === 0 || weekday(day) === 6) day = add(day, 1);
    days.add(day);
  }
  return [...days].sort();
}

function easterOf(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return new Date(Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1)).toISOString().slice(0, 10);
}

function monday(year: number, month: number, from: number): string {
  let day = new Date(Date.UTC(year, month - 1, from)).toISOString().slice(0, 10);
  while (weekday(day) !== 1) day = add(day, 1);
  return day;
}

function add(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function weekday(day: string): number {
  return new Date(day).getUTCDay();
}
