import { objectIdOf } from '../../../support/liveLinks.ts';

/** Bodies of requests that would be sent at once, by area. Each test adds its own number, and what it wants to be otherwise. */
const calm = { suspectPresentOrDue: 'NO', sharedHandset: 'NO', suspectsNumber: 'NO', personSaidNo: 'NO' };
const onCall = { ...calm, onVoiceCall: true, safeMethod: 'LIVE_VOICE' };

export const seeScene = { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', onVoiceCall: true, askedAndSafe: true };

export const domesticAbuse = {
  area: 'DA', reasonCode: 'RVR_FIRST_RESPONSE', mode: 'VIDEO', personRole: 'VICTIM', ...onCall,
  da: { notEmergency: true, offenderNotPresent: true, callerInSafePlace: true, ableAndWilling: true, adultOrAppropriateAdult: true, noImmediateMedicalNeed: true, inPersonOffered: true, choice: 'VIDEO' },
};

export const triage = { area: 'FOR', reasonCode: 'SCENE_TRIAGE', mode: 'VIDEO', personRole: 'VICTIM' };

export const footage = {
  area: 'CCTV', reasonCode: 'RETRIEVE_CLIP', mode: 'UPLOAD', personRole: 'CAMERA_OWNER',
  cctv: { cameraOwnerType: 'BUSINESS', windowFrom: '2026-01-10T21:00:00Z', windowTo: '2026-01-10T22:30:00Z', overwriteAt: '2099-01-01T00:00:00Z' },
};

export const addressCheck = {
  area: 'SOM', reasonCode: 'ADDRESS_VERIFICATION', mode: 'VIDEO', personRole: 'REGISTERED_OFFENDER',
  som: { riskLevel: 'LOW', whyNotUnannounced: 'A short check between two visits.', onlyCheckInPeriod: false, childInView: false },
};

export const seriousCrime = {
  area: 'SOCU', reasonCode: 'CUCKOOING_WELFARE', mode: 'VIDEO', personRole: 'VICTIM', ...onCall,
  socu: { notChis: true, secondPerson: objectIdOf('dee.inspector'), namedViewers: [objectIdOf('dee.inspector')] },
};

/** An inspection whose appointment is an hour after this moment. */
export function inspection(now: number): object {
  const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
  return {
    area: 'FAL', reasonCode: 'NEW_CABINET_CHECK', mode: 'VIDEO', personRole: 'CERTIFICATE_HOLDER', slotStartAt: at(60), slotEndAt: at(90),
    fal: {
      medicalMarker: false, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: false, section5: false, lastInspectionRemote: false, gunCount: 2, identityChecked: true,
      toldVoluntary: true, firstGrant: false, policyAllowsGrant: false,
    },
  };
}
