import * as z from 'zod';
import { instantOfLondon, londonTime } from '../../../../shared/domain/london.ts';

/** A time as a clock of London shows it. */
export const wallTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 07:00');

/** Settings of section 13: `shift.starts`, `clock.skew.maxSecs`, `calendar.bankHolidays`. */
export const clockSettings = z.strictObject({
  shiftStarts: z.array(wallTime).min(1).max(12).default(['07:00', '15:00', '22:00']),
  clockSkewMaxSecs: z.int().min(1).max(86_400).default(120),
  calendarBankHolidays: z.enum(['england-and-wales']).default('england-and-wales'),
});

/**
 * The first start of a shift later than `after` (5.1, DES): London wall time, once only. A start in the hour that March skips is one hour on, one in the hour that October
 * repeats is the first of the two. Throws RangeError without starts.
 */
export function nextShiftStart(after: string, starts: readonly string[]): string {
  const today = londonTime(after);
  const coming = [0, 1].flatMap(days => starts.map(start => startOn({ ...today, day: today.day + days }, start))).filter(at => at > Date.parse(after));
  if (coming.length === 0) throw new RangeError('no start of a shift is set');
  return new Date(Math.min(...coming)).toISOString();
}

function startOn(day: ReturnType<typeof londonTime>, start: string): number {
  const [hour, minute] = start.split(':').map(Number);
  return Date.parse(instantOfLondon({ ...day, hour: hour ?? Number.NaN, minute: minute ?? Number.NaN }));
}
