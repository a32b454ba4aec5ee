import type { Area, Channel, Mode, Priority, ReasonCode } from './terms.ts';

/** What one reason of one area lets an officer ask for. The first of `modes` and of `channels` is the default of the form. */
export interface ReasonRules {
  readonly modes: readonly [Mode, ...Mode[]];
  readonly channels: readonly [Channel, ...Channel[]];
  /** Default priority with the person on the voice call, and without. */
  readonly priority: { readonly onVoice: Priority; readonly offVoice: Priority };
  /** Whether the session is recorded unless the officer says otherwise; the person is told on the consent page. */
  readonly record: boolean;
  /** The officer must tick "overt, the person is informed" (goodsam.md 6); otherwise NOT_OVERT. */
  readonly needsOvert: boolean;
}

interface AreaRules {
  readonly priority: ReasonRules['priority'];
  readonly reasons: Readonly<Partial<Record<ReasonCode, Omit<ReasonRules, 'priority'>>>>;
}

const textOrMail = ['SMS', 'EMAIL', 'READ_ALOUD_CODE'] as const;
/** Safeguarding and SOCU: e-mail is refused and the spoken code preferred (21.9). */
const spokenFirst = ['READ_ALOUD_CODE', 'SMS'] as const;
/** A silent caller or a missing person cannot write a spoken code down (21.10). */
const textOnly = ['SMS'] as const;

const live = { channels: ['SMS', 'READ_ALOUD_CODE', 'EMAIL'], needsOvert: false } as const;
const withTick = { channels: textOrMail, needsOvert: true } as const;
/** SOM takes a UK number only (7.4), so no address. */
const phoneOnly = { channels: ['SMS', 'READ_ALOUD_CODE'], needsOvert: true } as const;
/** A code would be dead before the appointment begins (21.31). */
const appointment = { channels: ['SMS', 'EMAIL'], needsOvert: true } as const;
const guarded = { channels: spokenFirst, needsOvert: true } as const;

/**
 * The one table of area and reason (goodsam.md 7 and 21.30; priorities 21.18). What has an approved text is the business of templates.ts.
 * FCC needs no overt tick, for its create form has four things only (21.38) and the caller is told in the call; the missing person is not in a call, so there it is asked.
 */
export const areas: Readonly<Record<Area, AreaRules>> = {
  FCC: {
    priority: { onVoice: 'P0_LIVE', offVoice: 'P0_LIVE' },
    reasons: {
      LOCATE_CALLER: { ...live, modes: ['LOCATION', 'VIDEO'], record: false },
      SILENT_OR_ABANDONED_CALL: { modes: ['LOCATION'], channels: textOnly, record: false, needsOvert: false },
      SEE_SCENE: { ...live, modes: ['VIDEO'], record: true },
      CRIME_IN_PROGRESS: { ...live, modes: ['VIDEO', 'LOCATION'], record: true },
      RTC: { ...live, modes: ['VIDEO', 'LOCATION'], record: true },
      CONCERN_FOR_SAFETY: { ...live, modes: ['LOCATION', 'VIDEO'], record: false },
      // No video of a missing person (7.1).
      MISSING_PERSON_LOCATE: { modes: ['LOCATION'], channels: textOnly, record: false, needsOvert: true },
      LANGUAGE_BARRIER: { ...live, modes: ['VIDEO', 'LOCATION'], record: false },
      WEAPON_OR_CBRN_SIGHT: { ...live, modes: ['VIDEO'], record: true },
      MEDIA_UPLOAD: { ...live, modes: ['UPLOAD'], record: true },
      CROWD_OR_EVENT: { ...live, modes: ['VIDEO', 'LOCATION'], record: true },
      OTHER: { ...live, modes: ['LOCATION', 'VIDEO', 'UPLOAD'], record: false },
    },
  },
  FAL: {
    priority: { onVoice: 'P2_APPOINTMENT', offVoice: 'P2_APPOINTMENT' },
    reasons: {
      RENEWAL_SECURITY_INSPECTION: { ...appointment, modes: ['VIDEO', 'CONSULT'], record: true },
      CHANGE_OF_ADDRESS_SECURITY: { ...appointment, modes: ['VIDEO', 'CONSULT'], record: true },
      NEW_CABINET_CHECK: { ...appointment, modes: ['VIDEO', 'CONSULT'], record: true },
      VARIATION_EXTRA_GUNS: { ...appointment, modes: ['VIDEO', 'CONSULT'], record: true },
      REMEDIAL_RECHECK: { ...appointment, modes: ['VIDEO', 'CONSULT'], record: true },
      POST_INCIDENT_CHECK: { ...appointment, modes: ['VIDEO', 'CONSULT'], record: true },
      LOST_STOLEN_CERT_INTERVIEW: { ...appointment, modes: ['CONSULT', 'VIDEO'], record: false },
      RFD_PREMISES_PRECHECK: { ...appointment, modes: ['VIDEO', 'CONSULT'], record: true },
    },
  },
  DA: {
    priority: { onVoice: 'P0_LIVE', offVoice: 'P0_LIVE' },
    reasons: {
      RVR_FIRST_RESPONSE: { ...guarded, modes: ['VIDEO', 'CONSULT'], record: true },
      FOLLOW_UP_STATEMENT: { ...guarded, modes: ['CONSULT', 'VIDEO'], record: true },
      SAFEGUARDING_CONTACT: { ...guarded, modes: ['CONSULT', 'VIDEO'], record: false },
      INJURY_OR_DAMAGE_EVIDENCE: { ...guarded, modes: ['UPLOAD', 'VIDEO'], record: true },
      ORDER_BREACH_EVIDENCE: { ...guarded, modes: ['UPLOAD', 'VIDEO'], record: true },
      WITNESS_ACCOUNT: { ...guarded, modes: ['CONSULT', 'VIDEO'], record: true },
    },
  },
  SOM: {
    priority: { onVoice: 'P1_SAME_HOUR', offVoice: 'P1_SAME_HOUR' },
    reasons: {
      // The check is of the person at the address, so a picture and a place, not an uploaded file that may be old.
      ADDRESS_VERIFICATION: { ...phoneOnly, modes: ['VIDEO'], record: true },
      NOTIFICATION_CHECK: { ...phoneOnly, modes: ['VIDEO'], record: true },
      ORDER_CONDITION_CHECK: { ...phoneOnly, modes: ['VIDEO'], record: true },
      DEVICE_CHECK_VIEW: { ...phoneOnly, modes: ['VIDEO'], record: true },
      WELFARE_OR_RISK_CONTACT: { ...phoneOnly, modes: ['VIDEO'], record: false },
      FOREIGN_TRAVEL_CHECK: { ...phoneOnly, modes: ['VIDEO', 'LOCATION'], record: true },
    },
  },
  FOR: {
    priority: { onVoice: 'P1_SAME_HOUR', offVoice: 'P1_SAME_HOUR' },
    reasons: {
      SCENE_TRIAGE: { ...withTick, modes: ['VIDEO'], record: true },
      FORENSIC_POTENTIAL_ASSESS: { ...withTick, modes: ['VIDEO', 'UPLOAD'], record: true },
      SCENE_PRESERVATION_ADVICE: { ...withTick, modes: ['VIDEO'], record: false },
      INJURY_PHOTO: { ...withTick, modes: ['VIDEO', 'UPLOAD'], record: true },
      VEHICLE_RECOVERY_ASSESS: { ...withTick, modes: ['VIDEO', 'UPLOAD'], record: true },
      SECOND_OPINION_OFFICER: { ...withTick, modes: ['VIDEO'], record: true },
      DIGITAL_DEVICE_TRIAGE: { ...withTick, modes: ['VIDEO'], record: true },
    },
  },
  CCTV: {
    priority: { onVoice: 'P3_ROUTINE', offVoice: 'P3_ROUTINE' },
    reasons: {
      RETRIEVE_CLIP: { ...withTick, modes: ['UPLOAD'], record: true },
      VIEW_BEFORE_RETRIEVE: { ...withTick, modes: ['CONSULT', 'VIDEO'], record: false },
      CLOCK_OFFSET_CHECK: { ...withTick, modes: ['CONSULT', 'VIDEO'], record: true },
      EXPORT_HELP: { ...withTick, modes: ['CONSULT', 'VIDEO'], record: false },
      DOORBELL_OR_DASHCAM_UPLOAD: { ...withTick, modes: ['UPLOAD'], record: true },
      CAMERA_REGISTRATION: { ...withTick, modes: ['CONSULT', 'VIDEO'], record: false },
    },
  },
  SOCU: {
    // 21.18: P0 on the voice call. Without a call nobody waits on the line, so the next priority.
    priority: { onVoice: 'P0_LIVE', offVoice: 'P1_SAME_HOUR' },
    reasons: {
      THREAT_TO_LIFE_SAFE_CONTACT: { ...guarded, modes: ['VIDEO', 'LOCATION', 'CONSULT'], record: false },
      VICTIM_WITNESS_CONTACT: { ...guarded, modes: ['CONSULT', 'VIDEO'], record: true },
      CUCKOOING_WELFARE: { ...guarded, modes: ['VIDEO', 'CONSULT'], record: true },
      OFFICER_STREAM_TO_COMMAND: { ...guarded, modes: ['VIDEO'], record: true },
      WARRANT_COMMAND_VIEW: { ...guarded, modes: ['VIDEO'], record: true },
      MEDIA_UPLOAD: { ...guarded, modes: ['UPLOAD'], record: true },
    },
  },
};

/** The row of the table, or undefined where the area does not have the reason. */
export function reasonRules(area: Area, reason: ReasonCode): ReasonRules | undefined {
  const { priority, reasons } = areas[area];
  const row = reasons[reason];
  return row && { ...row, priority };
}

/** The priority that a request has unless the officer chooses another (21.18). */
export function defaultPriority(area: Area, onVoiceCall: boolean): Priority {
  const { onVoice, offVoice } = areas[area].priority;
  return onVoiceCall ? onVoice : offVoice;
}

/** Reasons that make a case one of safeguarding whatever its markers (21.5 rule 3). */
export const safeguardingReasons: ReadonlySet<ReasonCode> = new Set([
  'THREAT_TO_LIFE_SAFE_CONTACT', 'VICTIM_WITNESS_CONTACT', 'CUCKOOING_WELFARE', 'SILENT_OR_ABANDONED_CALL', 'MISSING_PERSON_LOCATE',
]);
