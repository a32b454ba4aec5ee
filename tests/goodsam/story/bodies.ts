import { homeAddress } from '../../../local/simulators/scenarios.ts';
import { objectIdOf } from '../../support/liveLinks.ts';

/** Who asks in each area. */
export const requesters = {
  FCC: 'carl.controller', FAL: 'finn.enquiry', DA: 'dora.domestic', SOM: 'mona.offender', FOR: 'chris.scene', CCTV: 'vic.video', SOCU: 'otto.organised',
} as const;

const noConcern = { suspectPresentOrDue: 'NO', sharedHandset: 'NO', suspectsNumber: 'NO', personSaidNo: 'NO' } as const;

/** A request of each area that nothing stands in the way of but what the area itself asks for. */
export const bodies = {
  FCC: { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', ...noConcern },
  FAL: {
    area: 'FAL', reasonCode: 'NEW_CABINET_CHECK', mode: 'VIDEO', personRole: 'CERTIFICATE_HOLDER', ...noConcern,
    fal: {
      medicalMarker: false, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: false, section5: false, lastInspectionRemote: false, gunCount: 1,
      identityChecked: true, toldVoluntary: true, firstGrant: false, policyAllowsGrant: false,
    },
  },
  DA: {
    area: 'DA', reasonCode: 'RVR_FIRST_RESPONSE', mode: 'VIDEO', personRole: 'VICTIM', channel: 'SMS', onVoiceCall: true, ...noConcern,
    da: {
      notEmergency: true, offenderNotPresent: true, callerInSafePlace: true, ableAndWilling: true, adultOrAppropriateAdult: true, noImmediateMedicalNeed: true, inPersonOffered: true, choice: 'VIDEO',
    },
  },
  SOM: {
    area: 'SOM', reasonCode: 'ADDRESS_VERIFICATION', mode: 'VIDEO', personRole: 'REGISTERED_OFFENDER', ...noConcern,
    som: {
      riskLevel: 'LOW', whyNotUnannounced: 'A short check between two visits.', onlyCheckInPeriod: false, childInView: false, registeredLat: homeAddress.lat, registeredLng: homeAddress.lng,
    },
  },
  FOR: { area: 'FOR', reasonCode: 'SCENE_TRIAGE', mode: 'VIDEO', personRole: 'VICTIM', ...noConcern },
  CCTV: {
    area: 'CCTV', reasonCode: 'RETRIEVE_CLIP', mode: 'UPLOAD', personRole: 'CAMERA_OWNER', ...noConcern,
    cctv: { cameraOwnerType: 'BUSINESS', premises: 'Sample Shop', windowFrom: '2026-01-10T21:00:00.000Z', windowTo: '2026-01-10T22:30:00.000Z', overwriteAt: '2040-01-01T00:00:00.000Z' },
  },
  SOCU: {
    area: 'SOCU', reasonCode: 'VICTIM_WITNESS_CONTACT', mode: 'VIDEO', personRole: 'WITNESS', channel: 'SMS', onVoiceCall: true, ...noConcern,
    socu: { notChis: true, secondPerson: objectIdOf('dee.inspector'), namedViewers: [objectIdOf('mona.offender')] },
  },
} as const;
