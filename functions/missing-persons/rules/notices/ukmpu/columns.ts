/** Columns of the UKMPU file in their order (9.3). The layout is ours: the unit's own form is on a police-only site, so a force maps it before use. */
export const columns = [
  'force_code', 'case_ref', 'record_type', 'submission', 'reported_at', 'last_seen_from', 'last_seen_to', 'last_seen_place', 'last_seen_lat', 'last_seen_lon', 'family_name', 'given_names', 'aliases', 'dob', 'age_min', 'age_max', 'sex',
  'gender', 'ethnicity_self', 'ethnicity_officer', 'nationality', 'languages', 'height_cm', 'build', 'hair_colour', 'hair_style', 'eye_colour', 'facial_hair', 'glasses', 'marks', 'tattoos', 'piercings', 'clothing', 'items_carried',
  'home_town', 'missing_from', 'care_status', 'la_responsible', 'risk_level', 'vulnerabilities', 'exploitation_flags', 'out_of_character', 'previous_episodes_12m', 'circumstances_summary', 'vehicle_vrm', 'phones_known', 'travel_abroad',
  'passport_held', 'photo_count', 'photo_sent_at', 'dna_direct', 'dna_familial', 'dna_ref', 'dental_chart', 'dental_sent_at', 'fingerprints', 'medical_implants', 'pnc_ref', 'publicity_status', 'family_contact_ok', 'officer_name',
  'officer_phone', 'officer_email', 'unit', 'reviewed_at', 'located_at', 'located_condition', 'closed_at',
] as const;
export type Column = (typeof columns)[number];

/** Added when the file holds a body or remains. */
export const bodyColumns = ['found_at', 'found_place', 'estimated_age_range', 'estimated_pmi', 'coroner_ref', 'pathologist', 'post_mortem_at'] as const;
export type BodyColumn = (typeof bodyColumns)[number];

/** Instants, each of which has a `<name>_local` text as well; those stand behind the last column so that the order of 9.3 is kept. */
export const instantColumns = ['reported_at', 'last_seen_from', 'last_seen_to', 'photo_sent_at', 'dental_sent_at', 'reviewed_at', 'located_at', 'closed_at'] as const;
export const bodyInstantColumns = ['found_at', 'post_mortem_at'] as const;
export type InstantColumn = (typeof instantColumns)[number] | (typeof bodyInstantColumns)[number];
