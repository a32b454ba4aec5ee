import { safeguardingReasons } from './areas.ts';
import type { Area, Mode, ReasonCode } from './terms.ts';

/**
 * Purposes to choose from, as they end "from this phone to ..." on the consent page (goodsam.md 6). Reasons of DA, SOM, SOCU and those of safeguarding have
 * none: for them only the neutral presets serve (21.7; SOM carries no wording of an offender, 7.4).
 */
const presets: Readonly<Partial<Record<ReasonCode, string>>> = {
  LOCATE_CALLER: 'find where you are', SEE_SCENE: 'see what is happening', CRIME_IN_PROGRESS: 'see what is happening and send the right help', RTC: 'see the collision and send the right help',
  CONCERN_FOR_SAFETY: 'check that you are safe', LANGUAGE_BARRIER: 'understand what help you need', WEAPON_OR_CBRN_SIGHT: 'see from a safe distance what you have found', MEDIA_UPLOAD: 'look into what you told us',
  CROWD_OR_EVENT: 'see how many people are there', OTHER: 'help with your call',
  RENEWAL_SECURITY_INSPECTION: 'check how your guns are stored', CHANGE_OF_ADDRESS_SECURITY: 'check gun storage at your new address', NEW_CABINET_CHECK: 'check your new cabinet',
  VARIATION_EXTRA_GUNS: 'check storage for the change you asked for', REMEDIAL_RECHECK: 'check the changes you have made', POST_INCIDENT_CHECK: 'check how your guns are stored',
  LOST_STOLEN_CERT_INTERVIEW: 'talk about your certificate', RFD_PREMISES_PRECHECK: 'look at your premises before a visit',
  SCENE_TRIAGE: 'decide if an examiner should come', FORENSIC_POTENTIAL_ASSESS: 'decide if an examiner should come', SCENE_PRESERVATION_ADVICE: 'help you to protect what may be evidence',
  INJURY_PHOTO: 'record an injury that you want to show us', VEHICLE_RECOVERY_ASSESS: 'decide if the vehicle should be examined', SECOND_OPINION_OFFICER: 'give advice at the scene', DIGITAL_DEVICE_TRIAGE: 'decide if a device should be examined',
  RETRIEVE_CLIP: 'receive the recording we talked about', VIEW_BEFORE_RETRIEVE: 'see what your camera recorded', CLOCK_OFFSET_CHECK: "check your recorder's clock", EXPORT_HELP: 'help you to save the recording',
  DOORBELL_OR_DASHCAM_UPLOAD: 'receive the recording we talked about', CAMERA_REGISTRATION: 'note where your camera points',
};

/** Neutral presets by mode (21.7): nothing in them names police, abuse or crime. */
export const neutralPresets: Readonly<Record<Mode, string>> = {
  LOCATION: 'see where you are', VIDEO: 'talk with you and see what you choose to show', UPLOAD: 'receive what you choose to send', CONSULT: 'talk with you',
};

const neutralAreas: ReadonlySet<Area> = new Set<Area>(['DA', 'SOM', 'SOCU']);

export interface PurposeContext {
  readonly area: Area;
  readonly reason: ReasonCode;
  readonly mode: Mode;
  /** From decideSend: the case is one of safeguarding, also by its markers. */
  readonly safeguarding: boolean;
}

/** Whether the purpose comes from the neutral presets only, so that a free text is refused. */
export function neutralPurposeOnly({ area, reason, safeguarding }: PurposeContext): boolean {
  return safeguarding || neutralAreas.has(area) || safeguardingReasons.has(reason);
}

/** The presets that the form offers; the first is the default. */
export function purposesFor(context: PurposeContext): readonly [string, ...string[]] {
  const preset = presets[context.reason];
  return neutralPurposeOnly(context) || preset === undefined ? [neutralPresets[context.mode]] : [preset];
}
