import * as z from 'zod';
import { addTo } from '../../clock/duration.ts';
import { fail, unless } from '../../machine/moment.ts';
import type { Failure } from '../../terms.ts';
import { noticeSettings } from '../settings.ts';
import { isBody, type UkmpuRow } from './row.ts';

/** What is kept of a file that was handed over: its hash and count, who, and who at the unit acknowledged it (9.3). The file itself is kept elsewhere. */
export const ukmpuFile = z.strictObject({
  fileHash: z.string().regex(/^[0-9a-f]{64}$/), rows: z.number().int().min(1), caseRefs: z.array(z.string()).min(1), submission: z.enum(['NEW', 'UPDATE', 'CANCEL']), by: z.string().min(1), at: z.iso.datetime(),
  ack: z.strictObject({ by: z.string().min(1).max(100), at: z.iso.datetime(), ref: z.string().max(100).optional() }).optional(),
});
export type UkmpuFile = z.infer<typeof ukmpuFile>;

/**
 * Checks one row before it goes (9.3). `before` is what was handed over for this reference already. NEW needs the mandatory set; a second hand-over is UPDATE with the same reference;
 * CANCEL says when the person was found. Every failure is listed; empty means that it may go.
 */
export function checkSubmission(row: UkmpuRow, before: readonly UkmpuFile[]): Failure[] {
  const known = before.some(file => file.caseRefs.includes(row.case_ref));
  return [
    ...(row.submission === 'NEW' ? missingOf(row).map(what => fail('FIELD_INVALID', '9.3', `The UKMPU needs ${what}.`)) : []),
    ...unless(row.submission !== 'NEW' || !known, 'FIELD_INVALID', '9.3', 'This case was given to the UKMPU before; send an UPDATE with the same reference.'),
    ...unless(row.submission === 'NEW' || known, 'FIELD_INVALID', '9.3', 'This case was never given to the UKMPU; send it as NEW first.'),
    ...unless(row.submission !== 'CANCEL' || row.record_type !== 'MISSING' || row.located_at !== undefined, 'FIELD_INVALID', '9.3', 'A CANCEL says when the person was found.'),
    ...unless(!isAbove(row.age_min, row.age_max), 'FIELD_INVALID', '9.3', 'The lowest age is above the highest.'),
    ...unless(!isAfter(row.last_seen_from, row.last_seen_to), 'FIELD_INVALID', '9.3', '"Last seen" ends before it begins.'),
  ];
}

/** When a CANCEL must have gone (9.3: within 1 h of found). */
export function cancelDueAt(foundAt: string, settings = noticeSettings.parse({})): string {
  return addTo(foundAt, { unit: 'hours', n: settings.ukmpuCancelHours });
}

/** The mandatory set: force, reference, type, reported or found time, sex or unknown, age range, place, contact of an officer. */
function missingOf(row: UkmpuRow): string[] {
  const isFound = row.record_type !== 'MISSING';
  const needs: readonly (readonly [boolean, string])[] = [
    [said(row.force_code), 'the force code'],
    isFound ? [said(row.found_at), 'the time of finding'] : [said(row.reported_at), 'the time of the report'],
    [said(row.sex), 'the sex, or UNKNOWN'],
    [hasAge(row), 'a date of birth or an age range'],
    [said(isFound ? row.found_place : row.last_seen_place), 'the place'],
    [said(row.officer_name) && (said(row.officer_phone) || said(row.officer_email)), 'an officer with a telephone number or an address'],
  ];
  return needs.flatMap(([isThere, what]) => (isThere ? [] : [what]));
}

const hasAge = (row: UkmpuRow): boolean => row.dob !== undefined || (row.age_min !== undefined && row.age_max !== undefined) || (isBody(row) && said(row.estimated_age_range));
const said = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';
const isAbove = (low: number | undefined, high: number | undefined): boolean => low !== undefined && high !== undefined && low > high;
const isAfter = (from: string | undefined, to: string | undefined): boolean => from !== undefined && to !== undefined && Date.parse(from) > Date.parse(to);
