import * as z from 'zod';

/** Vocabulary of live links (goodsam.md 3 and 21). Values are stored and shown to Power Apps: never rename one, add. */

/** Who asks: control room, firearms licensing, domestic abuse, sex offender management, forensics, CCTV retrieval, serious and organised crime. */
export const area = z.enum(['FCC', 'FAL', 'DA', 'SOM', 'FOR', 'CCTV', 'SOCU']);
export type Area = z.infer<typeof area>;

/** What the person is asked to share. CONSULT is a two-way video appointment. */
export const mode = z.enum(['LOCATION', 'VIDEO', 'UPLOAD', 'CONSULT']);
export type Mode = z.infer<typeof mode>;

export const addon = z.enum(['CHAT', 'TRANSLATE', 'VIEW_SHARE']);
export type Addon = z.infer<typeof addon>;

/** READ_ALOUD_CODE: the officer reads a short code out, and no text is stored on the person's phone. */
export const channel = z.enum(['SMS', 'EMAIL', 'READ_ALOUD_CODE']);
export type Channel = z.infer<typeof channel>;

export const priority = z.enum(['P0_LIVE', 'P1_SAME_HOUR', 'P2_APPOINTMENT', 'P3_ROUTINE']);
export type Priority = z.infer<typeof priority>;

export const grade = z.enum(['G1_EMERGENCY', 'G2_PRIORITY', 'G3_SCHEDULED', 'G4_RESOLUTION']);
export type Grade = z.infer<typeof grade>;

export const personRole = z.enum([
  'CALLER', 'VICTIM', 'WITNESS', 'INFORMANT', 'MISSING_PERSON', 'CERTIFICATE_HOLDER', 'APPLICANT', 'CAMERA_OWNER', 'REGISTERED_OFFENDER', 'APPROPRIATE_ADULT', 'OFFICER', 'PARTNER',
]);
export type PersonRole = z.infer<typeof personRole>;

export const requestState = z.enum([
  'DRAFT', 'SAFETY_HELD', 'AUTH_PENDING', 'READY', 'SENDING', 'SENT', 'DELIVERED', 'OPENED', 'CONSENTED', 'IN_SESSION', 'INTERRUPTED', 'ENDED', 'CLOSED',
  'BLOCKED_UNSAFE', 'AUTH_REFUSED', 'CANCELLED', 'SEND_FAILED', 'UNDELIVERED', 'DECLINED', 'NO_ANSWER', 'EXPIRED', 'ABORTED_SAFETY',
]);
export type RequestState = z.infer<typeof requestState>;

export const consentState = z.enum(['NOT_ASKED', 'ASKED', 'GIVEN', 'REFUSED', 'NARROWED', 'WITHDRAWN']);
export type ConsentState = z.infer<typeof consentState>;

export const evidenceState = z.enum([
  'PENDING', 'AVAILABLE', 'RETRIEVING', 'SCANNING', 'STORED', 'EXHIBITED', 'PROVIDER_COPY_DELETED', 'RETRIEVAL_FAILED', 'MANUAL_ACTION', 'NON_EVIDENTIAL', 'SCHEDULED_DELETE', 'DELETED', 'QUARANTINED',
]);
export type EvidenceState = z.infer<typeof evidenceState>;

/** What a person can consent to; the scope of a consent is a subset of what was asked. */
export const capability = z.enum(['LOCATION', 'VIDEO', 'SOUND', 'FILES', 'CHAT']);
export type Capability = z.infer<typeof capability>;

export const safeContact = z.enum(['CONFIRMED_SAFE', 'UNSAFE', 'UNKNOWN']);
export type SafeContact = z.infer<typeof safeContact>;

export const safeMethod = z.enum(['LIVE_VOICE', 'SAFE_NUMBER_ON_RECORD', 'PARTNER_AGENCY', 'SUPERVISOR_RELEASE']);
export type SafeMethod = z.infer<typeof safeMethod>;

/** An answer to a question of safety. NOT_ASKED counts as missing wherever the case is one of safeguarding. */
export const answer = z.enum(['YES', 'NO', 'NOT_ASKED']);
export type Answer = z.infer<typeof answer>;

/** Markers that make a case one of safeguarding (goodsam.md 21.5): domestic abuse, stalking, honour-based abuse, forced marriage, threat to life. */
export const marker = z.enum(['DOMESTIC_ABUSE', 'STALKING', 'HONOUR_BASED_ABUSE', 'FORCED_MARRIAGE', 'THREAT_TO_LIFE', 'OTHER']);
export type Marker = z.infer<typeof marker>;

export const declineReason = z.enum([
  'PREFERS_IN_PERSON', 'NO_SMARTPHONE', 'NO_DATA_OR_SIGNAL', 'PRIVACY_CONCERN', 'THINKS_SCAM', 'NOT_SAFE', 'LANGUAGE', 'DISABILITY_ACCESS', 'NO_REASON_GIVEN', 'OTHER',
]);
export type DeclineReason = z.infer<typeof declineReason>;

export const failReason = z.enum([
  'INVALID_NUMBER', 'LANDLINE', 'UNDELIVERED', 'BLOCKED_BY_HANDSET', 'PROVIDER_DOWN', 'RATE_LIMITED', 'CAMERA_DENIED', 'LOCATION_DENIED', 'BROWSER_UNSUPPORTED', 'SIGNAL_LOST', 'TIMEOUT',
]);
export type FailReason = z.infer<typeof failReason>;

/** Why a session ended. */
export const endReason = z.enum(['OFFICER', 'PERSON', 'LIMIT', 'SIGNAL_LOST', 'WITHDRAWN', 'NOTHING_STARTED', 'PERMISSION_DENIED', 'UPLOADED']);
export type EndReason = z.infer<typeof endReason>;

export const reasonCode = z.enum([
  'LOCATE_CALLER', 'SILENT_OR_ABANDONED_CALL', 'SEE_SCENE', 'CRIME_IN_PROGRESS', 'RTC', 'CONCERN_FOR_SAFETY', 'MISSING_PERSON_LOCATE', 'LANGUAGE_BARRIER', 'WEAPON_OR_CBRN_SIGHT', 'MEDIA_UPLOAD',
  'CROWD_OR_EVENT', 'OTHER',
  'RENEWAL_SECURITY_INSPECTION', 'CHANGE_OF_ADDRESS_SECURITY', 'NEW_CABINET_CHECK', 'VARIATION_EXTRA_GUNS', 'REMEDIAL_RECHECK', 'POST_INCIDENT_CHECK', 'LOST_STOLEN_CERT_INTERVIEW', 'RFD_PREMISES_PRECHECK',
  'RVR_FIRST_RESPONSE', 'FOLLOW_UP_STATEMENT', 'SAFEGUARDING_CONTACT', 'INJURY_OR_DAMAGE_EVIDENCE', 'ORDER_BREACH_EVIDENCE', 'WITNESS_ACCOUNT',
  'ADDRESS_VERIFICATION', 'NOTIFICATION_CHECK', 'ORDER_CONDITION_CHECK', 'DEVICE_CHECK_VIEW', 'WELFARE_OR_RISK_CONTACT', 'FOREIGN_TRAVEL_CHECK',
  'SCENE_TRIAGE', 'FORENSIC_POTENTIAL_ASSESS', 'SCENE_PRESERVATION_ADVICE', 'INJURY_PHOTO', 'VEHICLE_RECOVERY_ASSESS', 'SECOND_OPINION_OFFICER', 'DIGITAL_DEVICE_TRIAGE',
  'RETRIEVE_CLIP', 'VIEW_BEFORE_RETRIEVE', 'CLOCK_OFFSET_CHECK', 'EXPORT_HELP', 'DOORBELL_OR_DASHCAM_UPLOAD', 'CAMERA_REGISTRATION',
  'THREAT_TO_LIFE_SAFE_CONTACT', 'VICTIM_WITNESS_CONTACT', 'CUCKOOING_WELFARE', 'OFFICER_STREAM_TO_COMMAND', 'WARRANT_COMMAND_VIEW',
]);
export type ReasonCode = z.infer<typeof reasonCode>;

/** The twelve approved messages (goodsam.md 13). Nothing else is ever sent to a member of the public. */
export const templateName = z.enum([
  'FCC_VIDEO', 'FCC_LOCATION', 'FCC_UPLOAD', 'MISPER', 'FAL_SLOT', 'CCTV_UPLOAD', 'CCTV_REMIND', 'FOR_TRIAGE', 'SOM', 'DA_NEUTRAL', 'SOCU_NEUTRAL', 'CONSULT',
]);
export type TemplateName = z.infer<typeof templateName>;

/** Cards for staff in Teams (goodsam.md 19 and 21.35). */
export const cardKind = z.enum([
  'LINK_OPENED', 'AUTH_NEEDED', 'SAFETY_HOLD', 'RECHECK_DUE', 'CCTV_OVERWRITE_RISK', 'OUTCOME_OVERDUE', 'EVIDENCE_READY', 'EVIDENCE_FAILED', 'SESSION_LOST',
  'SEND_FAILED', 'BLOCKED', 'REGRADE_NOW', 'PHONE_TASK', 'PASTE_LINE', 'EVIDENCE_QUARANTINED', 'SUPPORT_POISON',
]);
export type CardKind = z.infer<typeof cardKind>;
