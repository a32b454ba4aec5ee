import * as z from 'zod';
import { bankHolidays } from '../../../../shared/domain/bankHolidays.ts';
import { endOfWorkingDay, instantOfLondon, londonTime } from '../../../../shared/domain/london.ts';

/**
 * Lengths of time in the tables of tasks and reviews (missing-persons.md 2.6 and 15.2 item 32, DES; the same as Temporal's `disambiguation: "compatible"`).
 * Minutes and hours are elapsed time; days, months and years keep the London wall time; working days end at 17:00 London.
 */
const units = { m: 'minutes', h: 'hours', d: 'days', mo: 'months', y: 'years', wd: 'workingDays' } as const;
const pattern = /^(-?\d{1,6})(m|h|d|mo|y|wd)$/;

/** Below zero only for "7 days before the review" (X21). A working day is always a later one. */
export const duration = z.strictObject({ unit: z.enum(['minutes', 'hours', 'days', 'months', 'years', 'workingDays']), n: z.int().min(-999_999).max(999_999) })
  .refine(({ unit, n }) => unit !== 'workingDays' || n >= 1, 'working days are counted forward from 1');
export type Duration = z.output<typeof duration>;

/** The compact form that the tables are written in: `30m`, `24h`, `7d`, `3mo`, `1y`, `5wd`, and `-7d`. */
export type DurationText = `${number}${keyof typeof units}`;
export const durationText = z.string().regex(pattern, 'must be a length such as 30m, 24h, 7d, 3mo, 1y or 5wd').refine(text => parsed(text) !== undefined, 'must be at least 1wd');

/** Reads the compact form. Throws RangeError on anything else: a fault of a table, met at the start. */
export function durationOf(text: string): Duration {
  const found = parsed(text);
  if (!found) throw new RangeError(`not a length of time: ${text}`);
  return found;
}

function parsed(text: string): Duration | undefined {
  const [, n, unit] = pattern.exec(text) ?? [];
  return duration.safeParse({ unit: Object.entries(units).find(([short]) => short === unit)?.[1], n: Number(n) }).data;
}

const MINUTE = 60_000;

/**
 * The instant (UTC, ISO 8601 with ms) that lies a duration after an anchor. A wall time that London's clock skips moves one hour on, one that it shows twice is the first,
 * a day that the month lacks is its last. Working days are those of England and Wales after the anchor's London day. Nought of anything is the anchor.
 */
export function addTo(anchor: string, { unit, n }: Duration, holidays: ReadonlySet<string> = bankHolidays): string {
  const at = millis(anchor);
  switch (unit) {
    case 'minutes': return iso(at + n * MINUTE);
    case 'hours': return iso(at + n * 60 * MINUTE);
    case 'days': return onWallClock(at, wall => ({ ...wall, day: wall.day + n }), n);
    case 'months': return onWallClock(at, wall => monthsLater(wall, n), n);
    case 'years': return onWallClock(at, wall => monthsLater(wall, 12 * n), n);
    case 'workingDays': return endOfBusiness(anchor, n, holidays);
  }
}

/**
 * The n-th repeat after the anchor, always counted from the anchor and never from the repeat before it, so that the 31st stays the 31st after a short month and an hour
 * lost in March is not lost for good (15.2 item 32). The 0th is the anchor. Throws RangeError for a repeat of no length.
 */
export function nthAfter(anchor: string, every: Duration, n: number): string {
  if (every.n < 1) throw new RangeError('a repeat needs a length');
  return n === 0 ? iso(millis(anchor)) : addTo(anchor, { unit: every.unit, n: every.n * n });
}

/** The first repeat later than `after`, and which one it is (counted from the anchor, the first is 1). Repeats only go forward, so it is found by doubling and then halving. */
export function nextRepeat(anchor: string, every: Duration, after: string): { readonly n: number; readonly at: string } {
  const isPast = (n: number) => Date.parse(nthAfter(anchor, every, n)) <= millis(after);
  let high = 1;
  while (isPast(high)) high *= 2;
  for (let low = Math.floor(high / 2); high - low > 1;) {
    const middle = Math.floor((low + high) / 2);
    if (isPast(middle)) low = middle;
    else high = middle;
  }
  return { n: high, at: nthAfter(anchor, every, high) };
}

type Wall = ReturnType<typeof londonTime>;

function onWallClock(at: number, change: (wall: Wall) => Wall, n: number): string {
  // Without this a time in the second 01:xx of October would come back as the first.
  if (n === 0) return iso(at);
  const withinMinute = at - Math.floor(at / MINUTE) * MINUTE;
  return iso(Date.parse(instantOfLondon(change(londonTime(iso(at))))) + withinMinute);
}

function monthsLater(wall: Wall, n: number): Wall {
  const first = new Date(Date.UTC(wall.year, wall.month - 1 + n, 1));
  const year = first.getUTCFullYear();
  const month = first.getUTCMonth() + 1;
  return { ...wall, year, month, day: Math.min(wall.day, new Date(Date.UTC(year, month, 0)).getUTCDate()) };
}

function endOfBusiness(anchor: string, n: number, holidays: ReadonlySet<string>): string {
  return instantOfLondon({ ...londonTime(endOfWorkingDay(anchor, n, holidays)), hour: 17, minute: 0 });
}

function millis(instant: string): number {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) throw new RangeError('not a time');
  return at;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
