import { birthFailures, type Birth } from '../clock/age.ts';
import { readInstant, readLocal, type Reading } from '../clock/localInput.ts';
import type { LastSeen } from '../person/casefile.ts';
import { wrong, type FieldFailure } from '../person/fieldFailure.ts';
import type { AnyForm } from './reportFields.ts';

export interface Times {
  readonly now: string;
  readonly reportedAt: string;
}

export interface Read<T> {
  readonly value?: T;
  readonly failures: readonly FieldFailure[];
}

const isGiven = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

/** A date of birth in three boxes or as `2010-02-28`, or an age: `15`, or `14-16`. A wrong date is a failure even when the age was given too (S06). */
export function readBirth({ dob, dobDay, dobMonth, dobYear, age }: AnyForm, { now, reportedAt }: Times): Read<Birth> {
  const parts = [dobDay, dobMonth, dobYear];
  if (isGiven(dob) || parts.some(isGiven)) return judged(dateOfBirth(dob, parts), now);
  if (!isGiven(age)) return { failures: [] };
  const [, from, to = from] = /^\s*(\d{1,3})(?:\s*(?:-|\u2013|to)\s*(\d{1,3}))?\s*$/.exec(age) ?? [];
  if (from === undefined || Number(to) > 120 || Number(from) > 120) return { failures: [wrong('age', 'Enter the age in years, like 15, or between two numbers, like 14-16.')] };
  return judged({ by: 'AGE_RANGE', from: Number(from), to: Number(to), at: reportedAt }, now, 'age');
}

/** Only a year is an answer too. Undefined for a day that the calendar does not have. */
function dateOfBirth(dob: string | undefined, [day, month, year]: readonly (string | undefined)[]): Birth | undefined {
  if (isGiven(dob)) return calendarDay(dob.trim());
  if (!/^\s*\d{4}\s*$/.test(year ?? '')) return undefined;
  if (!isGiven(day) && !isGiven(month)) return Number(year) >= 1_880 ? { by: 'YEAR', year: Number(year) } : undefined;
  return calendarDay(dateText(day, month, year));
}

function calendarDay(date: string): Birth | undefined {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(`${date}T00:00:00Z`)) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
  return isDay ? { by: 'DATE', date } : undefined;
}

function judged(birth: Birth | undefined, now: string, field = 'dob'): Read<Birth> {
  if (!birth) return { failures: [wrong('dob', 'There is no such date: enter a real date of birth, like 27 3 2010. The year alone is enough.')] };
  const failures = birthFailures(birth, now).map(failure => ({ ...failure, field }));
  return failures.length > 0 ? { failures } : { value: birth, failures };
}

/** When the person was last seen (2.6, 3.1): boxes of London time, instants of the interface, or "not known" with or without a reason. */
export function readLastSeen(form: AnyForm, times: Times): Read<LastSeen> {
  if (form.lastSeenUnknown === 'yes') return { value: { precision: 'UNKNOWN', unknownReason: isGiven(form.lastSeenReason) ? form.lastSeenReason.trim().slice(0, 400) : 'The informant does not know.' }, failures: [] };
  if (isGiven(form.lastSeenFrom) || isGiven(form.lastSeenTo)) return readRange(form, times);
  if (![form.lastSeenDay, form.lastSeenMonth, form.lastSeenYear, form.lastSeenTime].some(isGiven)) return { failures: [] };
  return readBoxes(form, times);
}

function readBoxes({ lastSeenDay, lastSeenMonth, lastSeenYear, lastSeenTime, lastSeenWhich }: AnyForm, times: Times): Read<LastSeen> {
  const date = dateText(lastSeenDay, lastSeenMonth, lastSeenYear);
  const time = clockTime(lastSeenTime ?? '');
  if (isGiven(lastSeenTime) && time === undefined) return { failures: [wrong('lastSeenTime', 'Enter a time like 20:05 or 8.05pm. If you are not sure, leave it empty.', '2.6')] };
  if (time !== undefined) {
    const { value, failures } = instantIn(readLocal({ date, time, which: lastSeenWhich }, { now: times.now, reportedAt: soon(times.reportedAt) }), 'lastSeen');
    return { ...(value !== undefined && { value: { from: earlier(value, times.reportedAt), precision: 'EXACT' } }), failures };
  }
  return wholeDay(date, times);
}

/** Only the day is known: the range is that day as far as it has gone. */
function wholeDay(date: string, { now, reportedAt }: Times): Read<LastSeen> {
  const from = instantIn(readLocal({ date, time: '00:00' }, { now, reportedAt }), 'lastSeen');
  if (from.value === undefined) return { failures: from.failures };
  const end = readLocal({ date, time: '23:59' }, { now: '9999-12-31T00:00:00.000Z' });
  const to = end.ok && Date.parse(end.instant) < Date.parse(reportedAt) ? end.instant : reportedAt;
  return { value: { from: from.value, to, precision: 'APPROX' }, failures: [] };
}

function readRange({ lastSeenFrom, lastSeenTo }: AnyForm, times: Times): Read<LastSeen> {
  const from = isGiven(lastSeenFrom) ? instantIn(readInstant(lastSeenFrom.trim(), times), 'lastSeenFrom') : { failures: [wrong('lastSeenFrom', 'Give when the range begins.', '3.1')] };
  const to = isGiven(lastSeenTo) ? instantIn(readInstant(lastSeenTo.trim(), times), 'lastSeenTo') : undefined;
  const failures = [...from.failures, ...to?.failures ?? [], ...turned(from.value, to?.value)];
  if (failures.length > 0 || from.value === undefined) return { failures };
  return { value: { from: from.value, ...(to?.value !== undefined && { to: to.value }), precision: to === undefined ? 'EXACT' : 'APPROX' }, failures };
}

function turned(from: string | undefined, to: string | undefined): FieldFailure[] {
  const isTurned = from !== undefined && to !== undefined && Date.parse(to) < Date.parse(from);
  return isTurned ? [wrong('lastSeenTo', 'The range ends before it begins.', '3.1')] : [];
}

/** An instant that was sent, or what is wrong with it, at its field. */
export function instantIn(reading: Reading, field: string): Read<string> {
  return reading.ok ? { value: reading.instant, failures: [] } : { failures: reading.failures.map(failure => ({ ...failure, field })) };
}

/** A clock on the wall runs in minutes: "20:10" typed at 20:10:30 is not after the report, and one 2 minutes fast is no fault (2.6). */
function soon(reportedAt: string): string {
  return new Date(Date.parse(reportedAt) + 120_000).toISOString();
}

/** Whoever wrote a minute that had not quite come was seen when the report was made. */
function earlier(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? a : b;
}

/** `20:05`, `2005`, `8.05pm`, `8 pm`, `noon` as `20:05`; undefined for what is no time. */
export function clockTime(raw: string): string | undefined {
  const text = raw.trim().toLowerCase().replaceAll(/\s/g, '');
  if (text === 'noon' || text === 'midday') return '12:00';
  if (text === 'midnight') return '00:00';
  const [, hourText, minuteText = '00', half] = /^(\d{1,2})[:.]?(\d\d)?([ap])?(?:\.?m\.?)?$/.exec(text) ?? [];
  const minute = Number(minuteText);
  const hour = hourText === undefined ? Number.NaN : hourOf(Number(hourText), half, /[:.]|\d{3,}|m/.test(text));
  return hour >= 0 && hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : undefined;
}

/** A bare `8` may be morning or evening: it is asked again. */
function hourOf(hour: number, half: string | undefined, isClear: boolean): number {
  if (half === undefined) return isClear || hour > 12 ? hour : Number.NaN;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

function dateText(day: string | undefined, month: string | undefined, year: string | undefined): string {
  const of = (text: string | undefined, width: number): string => (text ?? '').trim().padStart(width, '0');
  const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  const name = names.indexOf((month ?? '').trim().toLowerCase().slice(0, 3));
  return `${of(year, 4)}-${name < 0 ? of(month, 2) : of(String(name + 1), 2)}-${of(day, 2)}`;
}
