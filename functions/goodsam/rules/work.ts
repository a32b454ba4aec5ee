import type { Area, ReasonCode } from './terms.ts';

/** Work that an end of a request creates (goodsam.md 17 with 21.23). */
export const taskKinds = [
  'REGRADE', 'OFFER_READ_ALOUD', 'FEO_VISIT', 'LICENSING_REVIEW', 'RECHECK', 'INCIDENT_UPDATE', 'HOME_VISIT', 'CSI_JOB', 'VICTIM_CONTACT', 'CODEC_WORK', 'OFFICER_VISIT', 'CALL_DI', 'CALL_BACK', 'ARRANGE_INTERVIEW',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Within how many seconds, on the same London day, by the remedial date, or in the ordinary run of work. */
export type Urgency = number | 'SAME_DAY' | 'REMEDIAL_DATE' | 'ROUTINE';

export type Assignee = 'REQUESTER' | 'DISPATCHER' | 'FEO' | 'LICENSING_SUPERVISOR' | 'OFFENDER_MANAGER' | 'CSI_COORDINATOR' | 'CCTV_UNIT' | 'SOCU_DI';

export interface WorkRule {
  readonly area: Area;
  /** Outcome codes, states of the request or `AUTO_` codes that raise it. */
  readonly on: readonly string[];
  readonly reason?: ReasonCode;
  /** Raised from the n-th time on. */
  readonly times?: number;
  readonly task: TaskKind;
  readonly within: Urgency;
  readonly to: Assignee;
  /** Told by telephone and never by a Teams message (SOCU, 17). */
  readonly byPhoneOnly?: true;
}

export const workRules: readonly WorkRule[] = [
  { area: 'FCC', on: ['NO_ANSWER'], reason: 'SILENT_OR_ABANDONED_CALL', task: 'REGRADE', within: 60, to: 'DISPATCHER' },
  { area: 'FCC', on: ['UNDELIVERED'], task: 'OFFER_READ_ALOUD', within: 60, to: 'REQUESTER' },
  { area: 'FAL', on: ['FAIL_VISIT_REQUIRED', 'DECLINED_VISIT_BOOKED'], task: 'FEO_VISIT', within: 'ROUTINE', to: 'FEO' },
  { area: 'FAL', on: ['NO_ANSWER'], times: 2, task: 'FEO_VISIT', within: 'ROUTINE', to: 'FEO' },
  { area: 'FAL', on: ['SUITABILITY_CONCERN', 'GUN_COUNT_MISMATCH', 'SERIAL_MISMATCH'], task: 'LICENSING_REVIEW', within: 'SAME_DAY', to: 'LICENSING_SUPERVISOR' },
  { area: 'FAL', on: ['REMEDIAL_REQUIRED'], task: 'RECHECK', within: 'REMEDIAL_DATE', to: 'FEO' },
  { area: 'DA', on: ['LOST_CONTACT_REGRADED', 'CONVERTED_TO_DEPLOYMENT'], task: 'INCIDENT_UPDATE', within: 60, to: 'DISPATCHER' },
  { area: 'SOM', on: ['ADDRESS_DOUBT', 'CONDITION_CONCERN', 'UNDISCLOSED_PERSON_OR_CHILD', 'DEVICE_UNDISCLOSED', 'VISIT_REQUIRED', 'NO_ANSWER'], task: 'HOME_VISIT', within: 'SAME_DAY', to: 'OFFENDER_MANAGER' },
  { area: 'FOR', on: ['ATTEND_URGENT'], task: 'CSI_JOB', within: 'SAME_DAY', to: 'CSI_COORDINATOR' },
  { area: 'FOR', on: ['ATTEND_SCHEDULED'], task: 'CSI_JOB', within: 'ROUTINE', to: 'CSI_COORDINATOR' },
  { area: 'FOR', on: ['NO_ATTEND'], task: 'VICTIM_CONTACT', within: 'ROUTINE', to: 'REQUESTER' },
  { area: 'CCTV', on: ['RECEIVED_NEEDS_CODEC'], task: 'CODEC_WORK', within: 'ROUTINE', to: 'CCTV_UNIT' },
  { area: 'CCTV', on: ['OFFICER_VISIT_NEEDED'], task: 'OFFICER_VISIT', within: 'ROUTINE', to: 'REQUESTER' },
  { area: 'SOCU', on: ['UNSAFE_ABORT', 'ABORTED_SAFETY', 'NO_CONTACT'], task: 'CALL_DI', within: 60, to: 'SOCU_DI', byPhoneOnly: true },
];

export interface Ended {
  readonly area: Area;
  readonly reason: ReasonCode;
  /** Outcome code, or the state as it is reached. `AUTO_X` counts as `X`. */
  readonly code: string;
  /** How often the request, with its re-sends, ended so. */
  readonly times?: number;
}

/**
 * The tasks that follow. In every area an offence that comes out makes an interview to be arranged (goodsam.md 6), and DECLINED by "I need help another way"
 * (code `HELP`) a call back, which for safeguarding is by voice only (21.19).
 */
export function workFor(ended: Ended): WorkRule[] {
  const code = ended.code.replace(/^AUTO_/, '');
  if (code === 'HELP') return [{ area: ended.area, on: ['HELP'], task: 'CALL_BACK', within: 900, to: 'REQUESTER', byPhoneOnly: true }];
  if (code === 'POSSIBLE_OFFENCE_DISCLOSED') return [{ area: ended.area, on: [code], task: 'ARRANGE_INTERVIEW', within: 'SAME_DAY', to: 'REQUESTER' }];
  return workRules.filter(rule => rule.area === ended.area && rule.on.includes(code)
    && (rule.reason === undefined || rule.reason === ended.reason) && (ended.times ?? 1) >= (rule.times ?? 1));
}
