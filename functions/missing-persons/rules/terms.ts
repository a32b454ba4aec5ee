import * as z from 'zod';

/**
 * The words of the missing persons workflow (missing-persons.md; section 15 wins over the text before it). Every table of reference data is written in them,
 * so that an unknown role, anchor, command or code is a fault at the start and not in an emergency.
 */

/** The lowest level is `VERY_LOW` (0.2.1); `ABSENT` and `NO_APPARENT_RISK` are read on import only and never offered. */
export const riskLevel = z.enum(['VERY_LOW', 'LOW', 'MEDIUM', 'HIGH']);
export type RiskLevel = z.infer<typeof riskLevel>;
export const levels = riskLevel.options;
export const rankOf = (level: RiskLevel): number => levels.indexOf(level);
export const higherOf = (a: RiskLevel, b: RiskLevel): RiskLevel => (rankOf(a) >= rankOf(b) ? a : b);

/** States of a report (2.1, 15.1 item 9). */
export const reportState = z.enum(['DRAFT', 'RECEIVED', 'SCREENED', 'ACCEPTED', 'REDIRECTED', 'CONCERN_FOR_WELFARE', 'DUPLICATE', 'WITHDRAWN', 'REJECTED_TEST', 'RESOLVED_SAFE']);
export type ReportState = z.infer<typeof reportState>;

/** States of a case (2.2, 15.1 item 22). */
export const caseState = z.enum([
  'OPEN_UNCONFIRMED', 'ACTIVE', 'ACTIVE_LONG_TERM', 'SUSPENDED', 'LOCATED_UNVERIFIED', 'LOCATED_VERIFIED', 'DECEASED_PENDING_ID', 'DECEASED_CONFIRMED', 'RETURN_ACTIONS', 'CLOSED', 'CANCELLED', 'TRANSFERRED_OUT',
]);
export type CaseState = z.infer<typeof caseState>;
/** The person is still missing and somebody must look for them (15.1 item 7). */
export const openMissing: readonly CaseState[] = ['OPEN_UNCONFIRMED', 'ACTIVE', 'ACTIVE_LONG_TERM', 'SUSPENDED'];
/** Every case state but CLOSED and CANCELLED (15.1 item 16). */
export const isOpen = (state: CaseState): boolean => state !== 'CLOSED' && state !== 'CANCELLED';

/** Roles (0.4, 15.2 item 28). In a token they stand as `Missing.<role>`. */
export const role = z.enum([
  'CALL_HANDLER', 'FIM', 'ATTENDING', 'OIC', 'SGT', 'INSP', 'DI_SIO', 'SUPT', 'MFH_COORD', 'POLSA', 'FLO', 'MEDIA', 'PNC_BUREAU', 'CD_SPOC', 'LA_PARTNER', 'CARE_PROVIDER', 'AUDITOR', 'CONFIG_ADMIN', 'DPO', 'RECORDS', 'SYSTEM',
]);
export type Role = z.infer<typeof role>;
export const tokenRole = (name: Role): string => `Missing.${name}`;
export const rolesOf = (claims: readonly string[]): Role[] => role.options.filter(name => name !== 'SYSTEM' && claims.includes(tokenRole(name)));
export const partnerRoles: ReadonlySet<Role> = new Set<Role>(['LA_PARTNER', 'CARE_PROVIDER']);

/** Instants that clocks run from (2.6, 15.1 items 1 and 2), and those of section 4.5. */
export const anchor = z.enum(['T_LASTSEEN', 'T_REPORTED', 'T_RECORDED', 'T_RISK', 'T_OWNER', 'T_TRIGGER', 'T_LOCATED', 'T_VERIFIED', 'T_RETURNED']);
export type Anchor = z.infer<typeof anchor>;

/** Answer to a question; `NOT_KNOWN` is an answer, a missing one is not. */
export const answerValue = z.enum(['YES', 'NO', 'NOT_KNOWN']);
export type AnswerValue = z.infer<typeof answerValue>;
/** Q01 to Q12 of section 3.4; Q13 to Q15 are the force's own (configuration). */
export const questionCode = z.enum(['Q01', 'Q02', 'Q03', 'Q04', 'Q05', 'Q06', 'Q07', 'Q08', 'Q09', 'Q10', 'Q11', 'Q12', 'Q13', 'Q14', 'Q15']);
export type QuestionCode = z.infer<typeof questionCode>;

/** Flags (3.6; SUSPICIOUS and ABROAD by 15.2 item 29). REPEAT is derived. */
export const flagCode = z.enum([
  'CSE', 'CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM', 'HBA_FM', 'FGM', 'SUICIDE', 'DEMENTIA', 'MH_DETAINED', 'LAC', 'CP_PLAN', 'UASC', 'MAPPA', 'WANTED', 'DANGEROUS', 'DOMESTIC_ABUSE', 'POLICE_FAMILY', 'SEALED_IDENTITY',
  'MEDIA_RISK_WARNING', 'NO_PUBLICITY', 'NO_DISCLOSURE_LOCATION', 'TERRORISM', 'REPEAT', 'TEXTSAFE_OPTOUT', 'SUSPICIOUS', 'ABROAD',
]);
export type FlagCode = z.infer<typeof flagCode>;

/** What makes a task of section 4.4 appear. */
export const trigger = z.enum([
  'LAC', 'CP_PLAN', 'EXPLOITATION', 'TRAFFICKING', 'SUICIDE', 'DEMENTIA', 'MH_DETAINED', 'MISSING_24H', 'MISSING_48H', 'MISSING_72H', 'REPEAT', 'SUSPICIOUS', 'ABROAD', 'FOUND', 'BODY_FOUND', 'TRANSFER_OFFERED', 'CREDIBLE_SIGHTING',
  'TURNED_18', 'LADDER_REVIEW', 'MISSING_90D', 'MISSING_7Y', 'UNIDENTIFIED_FOUND', 'TRIGGER_PLAN', 'SUSPENDED_NEWS', 'RAISED', 'REDIRECTED', 'CONCERN', 'TRANSFERRED_OUT', 'DECEASED_CONFIRMED', 'FOUND_WRONGLY',
]);
export type Trigger = z.infer<typeof trigger>;

export const missingFrom = z.enum([
  'HOME', 'FAMILY_OR_FRIEND', 'FOSTER', 'CHILDRENS_HOME', 'SUPPORTED_16_17', 'ACUTE_HOSPITAL', 'MH_UNIT', 'CARE_HOME_ADULT', 'SCHOOL', 'WORK', 'STREET', 'IMMIGRATION_ACCOM', 'PRISON_OR_BAIL', 'TRANSPORT', 'ABROAD', 'OTHER',
]);
export type MissingFrom = z.infer<typeof missingFrom>;

export const protocolForm = z.enum(['HERBERT', 'PHILOMENA', 'WINNIE', 'ELLAM', 'OTHER']);

/** Codes of refusals (3.11, 15.2 item 26). Each comes with a sentence that an officer understands and names its rule. */
export const refusalCode = z.enum([
  'TRANSITION_NOT_ALLOWED', 'SEGREGATION', 'ROLE_DENIED', 'NO_NEW_INFORMATION', 'DUPLICATE_OPEN_CASE', 'TRANSFER_PENDING', 'STATE_CHANGED', 'TIME_AMBIGUOUS', 'TIME_NONEXISTENT', 'TIME_IN_FUTURE', 'LASTSEEN_AFTER_REPORT', 'AGE_REQUIRED',
  'RATIONALE_TOO_SHORT', 'FLOOR_BREACH', 'EVIDENCE_MISSING', 'ROOM_UNRECORDED', 'RECIPIENT_NOT_ALLOWED', 'CONSENT_MISSING', 'CLOSE_GUARD', 'CASE_LOCKED_DECEASED', 'FIELD_INVALID', 'QUESTIONS_UNANSWERED', 'OWNER_NOT_ACKNOWLEDGED',
  'RCRP_BARRED', 'BLOCKING_FLAG', 'FACE_TO_FACE_REQUIRED', 'TOO_EARLY', 'GUARD_UNMET', 'LAWFUL_BASIS_MISSING', 'PUBLICITY_UNANSWERED', 'REASON_REQUIRED', 'HOME_AUTHORITY_MISSING', 'NOT_FOUND',
]);
export type RefusalCode = z.infer<typeof refusalCode>;

/** One thing that is wrong. Every failure is listed (15.2 item 26). `rule` names the paragraph, for instance `C4` or `F10`. */
export interface Failure {
  readonly code: RefusalCode;
  /** A sentence for the officer; no personal data. */
  readonly why: string;
  readonly rule: string;
}

/** The order in which the first code of several is chosen (15.2 item 26). */
export function inOrder(failures: readonly Failure[]): Failure[] {
  const first: readonly RefusalCode[] = ['TRANSITION_NOT_ALLOWED', 'SEGREGATION', 'ROLE_DENIED', 'NO_NEW_INFORMATION'];
  const place = ({ code }: Failure): number => (first.includes(code) ? first.indexOf(code) : first.length);
  return [...failures].sort((a, b) => place(a) - place(b));
}

/** Where a rule of reference data comes from: the spec's tags, kept honest (0.1). `CFG` beside them means that a force may change it. */
export const sourceTag = z.string().regex(/^(?:S\d+~?|DK|DES|CFG)(?:,(?:S\d+~?|DK|DES|CFG))*$/, 'must be tags such as S59,DK');
