import * as z from 'zod';

/** The twelve groups of the taxonomy (redaction-detection.md 6.1) and the types a span may have in each. */
export const taxonomy = {
  person: ['PERSON'],
  officer: ['OFFICER', 'COLLAR_NUMBER', 'WARRANT_NUMBER'],
  contact: ['PHONE', 'EMAIL', 'URL', 'HANDLE', 'MESSAGING_ID'],
  address: ['ADDRESS', 'POSTCODE', 'UPRN', 'WHAT3WORDS', 'GRID_REFERENCE', 'COORDINATES', 'LOCATION_IDENTIFYING'],
  date: ['DATE_OF_BIRTH', 'DATE_OF_DEATH', 'AGE', 'DATE'],
  governmentId: ['NHS_NUMBER', 'NINO', 'DRIVING_LICENCE', 'PASSPORT', 'MRZ', 'UTR', 'IMMIGRATION_ID', 'NATIONAL_ID'],
  policeId: [
    'PNC_ID', 'CRO_NUMBER', 'ASN', 'CRIME_REFERENCE', 'INCIDENT_REFERENCE', 'CUSTODY_REFERENCE', 'URN', 'OCCURRENCE_REFERENCE',
    'EXHIBIT_REFERENCE', 'NOMIS_NUMBER', 'CRN', 'HOME_OFFICE_REFERENCE', 'CASE_REFERENCE',
  ],
  finance: ['CARD', 'BANK_ACCOUNT', 'SORT_CODE', 'IBAN', 'CRYPTO_WALLET'],
  device: ['VRM', 'VIN', 'IMEI', 'IMSI', 'ICCID', 'MAC_ADDRESS', 'IP_ADDRESS', 'SERIAL_NUMBER'],
  specialCategory: ['HEALTH', 'ETHNICITY', 'RELIGION', 'SEXUAL_LIFE', 'POLITICS', 'UNION', 'BIOMETRIC', 'CRIMINAL_HISTORY'],
  demographic: ['NATIONALITY', 'OCCUPATION', 'EMPLOYER', 'SCHOOL', 'KINSHIP'],
  nonPersonal: ['COVERT_TACTIC', 'INFORMANT', 'LEGAL_PRIVILEGE'],
  term: ['TERM'],
} as const;

export const spanType = z.enum(Object.values(taxonomy).flat());
export type SpanType = z.infer<typeof spanType>;

/** Whose data it is, where the text says so; the policy differs by role, and `unknown` is never silently kept. */
export const role = z.enum(['suspect', 'victim', 'witness', 'child', 'officer', 'staff', 'third-party', 'unknown']);
export type Role = z.infer<typeof role>;

/** `auto`: sure enough to redact unseen; `review`: a person must look. Separate from what the policy then does. */
export const action = z.enum(['auto', 'review']);
export type Action = z.infer<typeof action>;

export const source = z.enum(['rule', 'memory', 'term']);
export type Source = z.infer<typeof source>;

/** Something found. Offsets are UTF-16 code units of the original text, end exclusive. */
export const span = z.strictObject({
  start: z.int().nonnegative(),
  end: z.int().positive(),
  type: spanType,
  role,
  source,
  /** The id of the rule, `memory.*` or `term.*`. */
  rule: z.string().min(1).max(60),
  score: z.number().min(0).max(1),
  action,
  hash: z.string().optional(),
});
export type Span = z.infer<typeof span>;

/** A span before overlap is resolved; offsets are of the normalised text. */
export type Candidate = Omit<Span, 'hash'>;
