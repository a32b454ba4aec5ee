import { instantOfLondon, londonTime, type LondonTime } from '../../../../shared/domain/london.ts';
import type { Failure, RefusalCode } from '../terms.ts';
import { showLondon, showLondonWithYear } from './show.ts';

/**
 * Times that people and devices send in (missing-persons.md 2.6, DES). The interface (API) wants an offset, so that nothing is guessed; the public form and the officer's
 * form take London time and ask "first or second 01:30?" when the clocks go back.
 */
export interface InputContext {
  /** The server's clock, which is the truth. */
  readonly now: string;
  /** Given when the time is when the person was last seen: it cannot be after the report. */
  readonly reportedAt?: string | undefined;
  /** What the device's clock showed when it sent this. */
  readonly deviceNow?: string | undefined;
  /** `clock.skew.maxSecs`. */
  readonly skewMaxSecs?: number | undefined;
}

/** A time that may have been meant; the form offers it, and `text` sent back is accepted as it is. */
export interface Candidate {
  readonly text: string;
  readonly instant: string;
  readonly shown: string;
}

export type Reading =
  | { readonly ok: true; readonly instant: string; readonly skew?: Skew }
  | { readonly ok: false; readonly failures: readonly Failure[]; readonly candidates?: readonly Candidate[] };

/** Seconds by which the device is ahead of the server (below zero: behind), only when more than the setting allows. The time stands; the flag goes with it. */
export interface Skew {
  readonly aheadSecs: number;
}

const iso = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?$/;
const FUTURE_ALLOWED_MS = 120_000;
const MINUTE = 60_000;

/**
 * An instant out of ISO 8601 text with an offset. Without one: TIME_AMBIGUOUS or TIME_NONEXISTENT in the hours of a change of the clocks, else FIELD_INVALID with the
 * London meaning as candidate. Then TIME_IN_FUTURE (more than 2 min) and LASTSEEN_AFTER_REPORT; all that apply are listed.
 */
export function readInstant(text: string, context: InputContext): Reading {
  const [, date = '', time = '', seconds = '00', fraction = '', offset] = iso.exec(text) ?? [];
  const wall = wallOf(date, time);
  const shift = offset === undefined ? 0 : offsetMs(offset);
  if (!wall || Number(seconds) > 59 || Number.isNaN(shift)) return refused('FIELD_INVALID', 'This is not a date and time: write it like 2026-11-25T14:30Z, or with an offset like 2026-07-01T14:30+01:00.');
  if (offset === undefined) return withoutOffset(wall);
  const withinMinute = Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return judged(new Date(utc(wall) - shift + withinMinute).toISOString(), context);
}

export interface LocalInput {
  /** `2026-10-25`. */
  readonly date: string;
  /** `01:30`, on a clock of London. */
  readonly time: string;
  /** Which of the two, when the clocks go back; not looked at on any other day. */
  readonly which?: 'first' | 'second' | undefined;
}

/** An instant out of London date and time, as the forms send it. Refuses like `readInstant`; the hour that happens twice needs `which`. */
export function readLocal({ date, time, which }: LocalInput, context: InputContext): Reading {
  const wall = wallOf(date, time);
  if (!wall) return refused('FIELD_INVALID', 'This is not a date and time: the date is like 2026-11-25 and the time like 14:30.');
  const meant = meanings(wall);
  const chosen = meant.length === 2 ? meant[which === undefined ? 2 : ['first', 'second'].indexOf(which)] : meant[0];
  return chosen === undefined ? notOne(wall, meant) : judged(chosen, context);
}

/** How far a device's clock is off, when that is more than `maxSecs` (2.6). */
export function deviceSkew(deviceNow: string, now: string, maxSecs: number): Skew | undefined {
  const aheadMs = Date.parse(deviceNow) - Date.parse(now);
  return Math.abs(aheadMs) > maxSecs * 1000 ? { aheadSecs: Math.round(aheadMs / 1000) } : undefined;
}

function judged(instant: string, { now, reportedAt, deviceNow, skewMaxSecs = 120 }: InputContext): Reading {
  const failures: Failure[] = [];
  if (Date.parse(instant) > Date.parse(now) + FUTURE_ALLOWED_MS) failures.push(failure('TIME_IN_FUTURE', `${showLondonWithYear(instant)} has not come yet: check the date and the time.`));
  if (reportedAt !== undefined && Date.parse(instant) > Date.parse(reportedAt)) {
    failures.push(failure('LASTSEEN_AFTER_REPORT', `The person cannot have been last seen at ${showLondonWithYear(instant)}, after the report of ${showLondonWithYear(reportedAt)}.`));
  }
  if (failures.length > 0) return { ok: false, failures };
  const skew = deviceNow === undefined ? undefined : deviceSkew(deviceNow, now, skewMaxSecs);
  return { ok: true, instant, ...(skew && { skew }) };
}

function withoutOffset(wall: LondonTime): Reading {
  const meant = meanings(wall);
  if (meant.length !== 1) return notOne(wall, meant);
  return { ...refused('FIELD_INVALID', 'The time has no offset, so it could be meant in two ways: send Z for UTC, or +01:00 or +00:00 for London.'), candidates: meant.map(candidate) };
}

function notOne(wall: LondonTime, meant: readonly string[]): Reading {
  const time = `${two(wall.hour)}:${two(wall.minute)}`;
  const day = `${two(wall.day)}/${two(wall.month)}/${wall.year}`;
  if (meant.length === 0) return refused('TIME_NONEXISTENT', `There is no ${time} on ${day}: the clocks go forward from 01:00 to 02:00.`);
  return { ...refused('TIME_AMBIGUOUS', `${time} happens twice on ${day}, when the clocks go back: is it the first (BST) or the second (GMT)?`), candidates: meant.map(candidate) };
}

/** None, one or two instants at which London's clock shows this. */
function meanings(wall: LondonTime): string[] {
  const first = instantOfLondon(wall);
  const second = new Date(Date.parse(first) + 60 * MINUTE).toISOString();
  return [first, second].filter(instant => utc(londonTime(instant)) === utc(wall));
}

function candidate(instant: string): Candidate {
  const wall = new Date(utc(londonTime(instant))).toISOString().slice(0, 16);
  const shown = showLondon(instant);
  return { text: `${wall}${shown.endsWith('BST') ? '+01:00' : '+00:00'}`, instant, shown };
}

/** The parts of a civil date and time that the calendar has. */
function wallOf(date: string, time: string): LondonTime | undefined {
  if (!/^(?:19|20|21)\d\d-\d\d-\d\d$/.test(date) || !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) return undefined;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const wall = { year, month, day, hour, minute };
  // The 31st of February would silently become the 3rd of March.
  return new Date(utc(wall)).toISOString().startsWith(date) ? wall : undefined;
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(4));
  return hours > 14 || minutes > 59 ? Number.NaN : (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE;
}

function utc({ year, month, day, hour, minute }: LondonTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

function refused(code: RefusalCode, why: string): { readonly ok: false; readonly failures: readonly Failure[] } {
  return { ok: false, failures: [failure(code, why)] };
}

function failure(code: RefusalCode, why: string): Failure {
  return { code, why, rule: '2.6' };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
