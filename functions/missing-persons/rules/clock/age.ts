import * as z from 'zod';
import { instantOfLondon, londonDate } from '../../../../shared/domain/london.ts';
import type { Failure } from '../terms.ts';

/**
 * Ages (missing-persons.md 3.2, 7.1, 15.2 item 32). A date of birth is often not known: a year, or a range of ages as somebody saw it, is then the same as the earliest
 * and the latest day on which the person may have been born. What protects a child goes by the latest: who may be under 18 is treated as a child until it is known (DES).
 */
const years = z.int().min(0).max(120);
export const birth = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('DATE'), date: z.iso.date() }),
  z.strictObject({ by: z.literal('YEAR'), year: z.int().min(1880).max(2200) }),
  /** Ages in whole years as they were believed at an instant. */
  z.strictObject({ by: z.literal('AGE_RANGE'), from: years, to: years, at: z.iso.datetime() }),
]);
export type Birth = z.output<typeof birth>;

export const ageBand = z.enum(['UNDER_11', '11_15', '16_17', '18_64', '65_PLUS', 'UNKNOWN']);
export type AgeBand = z.output<typeof ageBand>;

/** Whole years, youngest and oldest that the person may be at the instant; equal when the date of birth is known. Not below 0. */
export function ageAt(born: Birth, instant: string): { readonly youngest: number; readonly oldest: number } {
  const { earliest, latest } = birthDays(born);
  const today = londonDate(instant);
  return { youngest: Math.max(0, wholeYears(latest, today)), oldest: Math.max(0, wholeYears(earliest, today)) };
}

/** Whether child duties apply: under 18, or may be. */
export function isUnder18At(born: Birth, instant: string): boolean {
  return ageAt(born, instant).youngest < 18;
}

/**
 * Midnight London at the start of the 18th birthday; without a date of birth, of the latest that it may be. Who was born on 29 February turns 18 on 1 March (15.2 item 32, DES:
 * to be confirmed by the force).
 */
export function turns18At(born: Birth): string {
  const { year, month, day } = partsOf(birthDays(born).latest);
  // Date.UTC moves 29 February of a common year to 1 March by itself.
  return instantOfLondon({ year: year + 18, month, day, hour: 0, minute: 0 });
}

/** Band of the live board (7.1). Where the ends fall into two bands it is that of the youngest, so that a possible child is shown as one. */
export function ageBandAt(born: Birth | undefined, instant: string): AgeBand {
  if (!born) return 'UNKNOWN';
  const { youngest } = ageAt(born, instant);
  const tops: readonly [number, AgeBand][] = [[11, 'UNDER_11'], [16, '11_15'], [18, '16_17'], [65, '18_64']];
  return tops.find(([top]) => youngest < top)?.[1] ?? '65_PLUS';
}

/** What is wrong with a birth (3.2): AGE_REQUIRED for none unless the person is unidentified; FIELD_INVALID in the future, over 120 years, or with the ages the wrong way round. */
export function birthFailures(born: Birth | undefined, now: string, identified = true): Failure[] {
  if (!born) return identified ? [{ code: 'AGE_REQUIRED', why: 'Give the date of birth, the year of birth, or an age between two numbers.', rule: '3.2' }] : [];
  if (born.by === 'AGE_RANGE' && born.from > born.to) return [invalid('The younger age must come first.')];
  const { earliest, latest } = birthDays(born);
  const today = londonDate(now);
  if (earliest > today) return [invalid('The date of birth has not come yet.')];
  // A range such as "80 or over" has an end that nobody means to the year; only one that is wholly beyond 120 is wrong.
  return wholeYears(latest, today) > 120 ? [invalid('The person would be over 120 years old: check the year.')] : [];
}

/** Earliest and latest day of birth, `2008-02-29`. */
export function birthDays(born: Birth): { readonly earliest: string; readonly latest: string } {
  switch (born.by) {
    case 'DATE': return { earliest: born.date, latest: born.date };
    case 'YEAR': return { earliest: `${born.year}-01-01`, latest: `${born.year}-12-31` };
    case 'AGE_RANGE': {
      const { year, month, day } = partsOf(londonDate(born.at));
      // The oldest has their next birthday tomorrow, the youngest has theirs today.
      return { earliest: civil(year - born.to - 1, month, day + 1), latest: civil(year - born.from, month, day) };
    }
  }
}

function wholeYears(from: string, to: string): number {
  const born = partsOf(from);
  const then = partsOf(to);
  const hadBirthday = then.month > born.month || (then.month === born.month && then.day >= born.day);
  return then.year - born.year - (hadBirthday ? 0 : 1);
}

function partsOf(date: string): { readonly year: number; readonly month: number; readonly day: number } {
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = date.split('-').map(Number);
  return { year, month, day };
}

function civil(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function invalid(why: string): Failure {
  return { code: 'FIELD_INVALID', why, rule: '3.2' };
}
