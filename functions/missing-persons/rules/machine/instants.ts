/** Instants are compared as times: two of them may be written with different offsets (2.6). What is no time at all is never before or at anything, so that a guard refuses it. */
const toleranceMs = 120_000;

/** Not later than now, with the two minutes that clocks may differ by (2.6: TIME_IN_FUTURE from 2 min on). */
export function hasCome(at: string, now: string): boolean {
  return Date.parse(at) <= Date.parse(now) + toleranceMs;
}

/** `at` is at `limit` or later. */
export function isAtOrAfter(at: string, limit: string): boolean {
  return Date.parse(at) >= Date.parse(limit);
}

export function isSameInstant(a: string, b: string): boolean {
  return Date.parse(a) === Date.parse(b);
}

/** As it is stored: UTC, ISO 8601 with milliseconds (I9). Throws RangeError for what is no time: ask a guard first. */
export function utc(at: string): string {
  return new Date(at).toISOString();
}

export function plusMinutes(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}
