import * as z from 'zod';

/** Control characters do not belong in a cell, but for the line ends of a summary. */
const clean = z.string().max(2_000).regex(/^(?:\P{Cc}|[\t\r\n])*$/u);
const cell = clean.max(400).optional();
const list = z.array(clean.max(200)).max(50).optional();
const instant = z.iso.datetime().optional();
const yesNo = z.enum(['Y', 'N']).optional();

/**
 * What is known of one record for the UKMPU (9.3), in the file's own column names so that a value cannot land in another column. Absent means not known, an empty cell.
 * No column holds intelligence or an informant's notes (N02). `circumstances_summary` is written for the unit: it is not the record's free text.
 */
export const ukmpuRow = z.strictObject({
  force_code: cell, case_ref: clean.min(1).max(40), record_type: z.enum(['MISSING', 'FOUND_PERSON', 'BODY', 'REMAINS']), submission: z.enum(['NEW', 'UPDATE', 'CANCEL']),
  reported_at: instant, last_seen_from: instant, last_seen_to: instant, last_seen_place: cell, last_seen_lat: z.number().min(-90).max(90).optional(), last_seen_lon: z.number().min(-180).max(180).optional(),
  family_name: cell, given_names: cell, aliases: list, dob: z.iso.date().optional(), age_min: z.number().int().min(0).max(120).optional(), age_max: z.number().int().min(0).max(120).optional(),
  sex: z.enum(['FEMALE', 'MALE', 'OTHER', 'UNKNOWN']).optional(), gender: cell, ethnicity_self: cell, ethnicity_officer: cell, nationality: cell, languages: list,
  height_cm: z.number().int().min(30).max(250).optional(), build: cell, hair_colour: cell, hair_style: cell, eye_colour: cell, facial_hair: cell, glasses: yesNo, marks: list, tattoos: list, piercings: list, clothing: cell, items_carried: cell,
  home_town: cell, missing_from: cell, care_status: cell, la_responsible: cell, risk_level: z.enum(['VERY_LOW', 'LOW', 'MEDIUM', 'HIGH']).optional(), vulnerabilities: list, exploitation_flags: list,
  out_of_character: z.enum(['YES', 'NO', 'NOT_KNOWN']).optional(), previous_episodes_12m: z.number().int().min(0).max(999).optional(), circumstances_summary: clean.optional(), vehicle_vrm: cell,
  phones_known: yesNo, travel_abroad: z.enum(['Y', 'N', 'U']).optional(), passport_held: z.enum(['Y', 'N', 'U']).optional(), photo_count: z.number().int().min(0).max(999).optional(), photo_sent_at: instant,
  dna_direct: yesNo, dna_familial: yesNo, dna_ref: cell, dental_chart: yesNo, dental_sent_at: instant, fingerprints: yesNo, medical_implants: cell, pnc_ref: cell, publicity_status: cell, family_contact_ok: yesNo,
  officer_name: cell, officer_phone: cell, officer_email: cell, unit: cell, reviewed_at: instant, located_at: instant, located_condition: cell, closed_at: instant,
  found_at: instant, found_place: cell, estimated_age_range: cell, estimated_pmi: cell, coroner_ref: cell, pathologist: cell, post_mortem_at: instant,
});
export type UkmpuRow = z.infer<typeof ukmpuRow>;
export const isBody = (row: UkmpuRow): boolean => row.record_type === 'BODY' || row.record_type === 'REMAINS';
