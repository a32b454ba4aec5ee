/**
 * Civil time of London. Everything is stored as UTC (goodsam.md 5.1); these turn an instant into what a clock in Cheshire shows and back.
 * They lean on the time zone data of Intl, so a change of the law of summer time comes with the run time and not with this file.
 */
export interface LondonTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
});
const HOUR = 3_600_000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** What the clock in London shows at an instant (ISO 8601). Throws RangeError when the text is no time. */
export function londonTime(instant: string): LondonTime {
  return wallClock(millis(instant));
}

/**
 * The instant (ISO 8601, UTC) at which London's clock shows this time. In the hour that happens twice (October) it is the first one; a time
 * in the hour that never happens (March) is moved one hour on, as a diary does.
 */
export function instantOfLondon(time: LondonTime): string {
  const asUtc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute);
  const inSummer = asUtc - HOUR;
  return new Date(isSummerTime(inSummer) ? inSummer : asUtc).toISOString();
}

/** 23:59 of the London day in which the instant lies. */
export function endOfLondonDay(instant: string): string {
  return instantOfLondon({ ...londonTime(instant), hour: 23, minute: 59 });
}

/** The London day as `2026-09-30`. */
export function londonDate(instant: string): string {
  const { year, month, day } = londonTime(instant);
  return dateText(year, month, day);
}

/** `Wed 30 Sep 14:30`, the only form of a time in a message (goodsam.md 21.34). */
export function londonShort(instant: string): string {
  const { year, month, day, hour, minute } = londonTime(instant);
  const weekday = weekdays[weekdayOf(year, month, day)] ?? '';
  return `${weekday} ${day} ${months[month - 1] ?? ''} ${two(hour)}:${two(minute)}`;
}

/**
 * 23:59 London of the `days`-th working day after the day of the instant; that day itself does not count. `holidays` are London dates.
 */
export function endOfWorkingDay(instant: string, days: number, holidays: ReadonlySet<string>): string {
  const start = londonTime(instant);
  // Days are counted on the calendar and not in hours, for a day of London may have 23 or 25 of them.
  let cursor = new Date(Date.UTC(start.year, start.month - 1, start.day));
  for (let left = days; left > 0;) {
    cursor = new Date(cursor.getTime() + 24 * HOUR);
    if (isWorkingDay(cursor, holidays)) left -= 1;
  }
  return instantOfLondon({ year: cursor.getUTCFullYear(), month: cursor.getUTCMonth() + 1, day: cursor.getUTCDate(), hour: 23, minute: 59 });
}

function isWorkingDay(day: Date, holidays: ReadonlySet<string>): boolean {
  const weekday = day.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(dateText(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()));
}

function isSummerTime(at: number): boolean {
  const shown = wallClock(at);
  return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute) - Math.floor(at / 60_000) * 60_000 === HOUR;
}

function wallClock(at: number): LondonTime {
  const parts = new Map(clock.formatToParts(at).map(part => [part.type, Number(part.value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN;
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

function millis(instant: string): number {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) throw new RangeError('not a time');
  return at;
}

function dateText(year: number, month: number, day: number): string {
  return `${year}-${two(month)}-${two(day)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
