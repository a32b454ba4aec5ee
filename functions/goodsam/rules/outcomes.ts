import * as z from 'zod';
import type { Area, RequestState } from './terms.ts';

/** What an outcome code carries besides itself: days of a remedial period (FAL), the DASH level (DA). Code and detail are two fields, so that a code can be counted as it is. */
export type OutcomeDetail = 'NONE' | 'DAYS' | 'RISK_LEVEL';

/** Outcomes by area, as goodsam.md 7.1 to 7.7 list them. */
export const areaOutcomes = {
  FCC: ['LOCATION_CONFIRMED', 'GRADE_RAISED', 'GRADE_LOWERED', 'NO_DEPLOYMENT_NEEDED', 'RESOURCE_TYPE_CHANGED', 'SPECIALIST_STOOD_DOWN', 'EVIDENCE_CAPTURED', 'OFFENDER_IDENTIFIED', 'PERSON_FOUND', 'NO_BENEFIT', 'TECH_FAIL'],
  FAL: ['PASS', 'PASS_WITH_ADVICE', 'REMEDIAL_REQUIRED', 'FAIL_VISIT_REQUIRED', 'SUITABILITY_CONCERN', 'GUN_COUNT_MISMATCH', 'SERIAL_MISMATCH', 'NOT_PRESENT', 'DECLINED_VISIT_BOOKED', 'TECH_FAIL_REBOOK'],
  DA: ['FIRST_ACCOUNT_TAKEN', 'DASH_COMPLETED', 'CRIME_RECORDED', 'STATEMENT_TAKEN', 'EVIDENCE_UPLOADED', 'ARREST_TASK_RAISED', 'SAFEGUARDING_PLAN', 'IDVA_REFERRAL', 'CONVERTED_TO_DEPLOYMENT', 'VICTIM_CHOSE_IN_PERSON', 'LOST_CONTACT_REGRADED'],
  SOM: ['ADDRESS_CONSISTENT', 'ADDRESS_DOUBT', 'CONDITION_CONCERN', 'UNDISCLOSED_PERSON_OR_CHILD', 'DEVICE_UNDISCLOSED', 'REFUSED', 'VISIT_REQUIRED', 'NO_ANSWER'],
  FOR: ['ATTEND_URGENT', 'ATTEND_SCHEDULED', 'ITEM_COLLECTION_ONLY', 'SELF_PACK_AND_DROP', 'NO_ATTEND', 'REMOTE_PHOTO_SUFFICIENT'],
  CCTV: ['RECEIVED_PLAYABLE', 'RECEIVED_NEEDS_CODEC', 'NO_FOOTAGE', 'OVERWRITTEN', 'WRONG_TIME', 'OWNER_REFUSED', 'OWNER_UNREACHABLE', 'OFFICER_VISIT_NEEDED', 'PASSED_TO_DEMS'],
  SOCU: ['SAFE_CONTACT_MADE', 'UNSAFE_ABORT', 'EVIDENCE_RECEIVED', 'WELFARE_CONFIRMED', 'DEPLOYMENT_RAISED', 'COMMAND_VIEW_COMPLETE', 'NO_CONTACT'],
} as const satisfies Readonly<Record<Area, readonly string[]>>;

/** Where an offence comes out in a session of any area: caution, stop, arrange an interview (goodsam.md 6, PACE Code C 11.1A). */
export const offenceDisclosed = 'POSSIBLE_OFFENCE_DISCLOSED';

/** Side ends of a request (4.1). */
export const sideEnds = ['BLOCKED_UNSAFE', 'AUTH_REFUSED', 'CANCELLED', 'SEND_FAILED', 'UNDELIVERED', 'DECLINED', 'NO_ANSWER', 'EXPIRED', 'ABORTED_SAFETY'] as const;
export type SideEnd = (typeof sideEnds)[number];

/** Side ends that only a person may close (21.23); the others are closed by the system as `AUTO_<STATE>` when nobody did. */
const personCloses: ReadonlySet<RequestState> = new Set<RequestState>(['BLOCKED_UNSAFE', 'ABORTED_SAFETY', 'SEND_FAILED']);

export function isSideEnd(state: RequestState): state is SideEnd {
  return sideEnds.some(end => end === state);
}

/** `AUTO_<STATE>` of a side end (21.23). */
export function autoOutcome(state: SideEnd): string {
  return `AUTO_${state}`;
}

export function needsPerson(state: RequestState): boolean {
  return personCloses.has(state);
}

const details: Readonly<Partial<Record<string, OutcomeDetail>>> = { REMEDIAL_REQUIRED: 'DAYS', DASH_COMPLETED: 'RISK_LEVEL' };

export function detailOf(code: string): OutcomeDetail {
  return details[code] ?? 'NONE';
}

/** Default of the remedial period (goodsam.md 9). */
export const remedialDays = 14;
const days = z.string().regex(/^(?:[1-9]|[1-8]\d|90)$/);
const riskLevel = z.enum(['S', 'M', 'H']);

export interface RecordedOutcome {
  readonly code: string;
  /** `14` for REMEDIAL_REQUIRED (1 to 90 days, 14 when left out), `S`, `M` or `H` for DASH_COMPLETED (required). */
  readonly detail?: string | undefined;
}

export type OutcomeCheck =
  | { readonly ok: true; readonly code: string; readonly detail?: string }
  | { readonly ok: false; readonly code: 'OUTCOME_NOT_ALLOWED'; readonly why: string };

/** Whether the area, in this state, may be closed with this outcome (T22). `by` SYSTEM may write AUTO_ codes, a person any. */
export function checkAreaOutcome(area: Area, state: RequestState, outcome: RecordedOutcome, by: 'PERSON' | 'SYSTEM'): OutcomeCheck {
  if (outcome.code.startsWith('AUTO_')) return checkAuto(state, outcome.code, by);
  if (by === 'SYSTEM') return not('The system records automatic outcomes only.');
  const listed = outcome.code === offenceDisclosed || areaOutcomes[area].some(code => code === outcome.code);
  return listed ? checkDetail(outcome) : not('The area does not have this outcome.');
}

function checkAuto(state: RequestState, code: string, by: 'PERSON' | 'SYSTEM'): OutcomeCheck {
  if (!isSideEnd(state) || code !== autoOutcome(state)) return not('The automatic outcome is not that of the state.');
  if (by === 'SYSTEM' && needsPerson(state)) return not('This end needs a person to look at it.');
  return { ok: true, code };
}

function checkDetail({ code, detail }: RecordedOutcome): OutcomeCheck {
  switch (detailOf(code)) {
    case 'NONE': return detail === undefined ? { ok: true, code } : not('The outcome takes no detail.');
    case 'DAYS': {
      const given = days.safeParse(detail ?? String(remedialDays));
      return given.success ? { ok: true, code, detail: given.data } : not('The remedial period is 1 to 90 days.');
    }
    case 'RISK_LEVEL': {
      const given = riskLevel.safeParse(detail);
      return given.success ? { ok: true, code, detail: given.data } : not('The DASH level is S, M or H.');
    }
  }
}

function not(why: string): OutcomeCheck {
  return { ok: false, code: 'OUTCOME_NOT_ALLOWED', why };
}

