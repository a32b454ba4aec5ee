import { post } from './seedPost.ts';
import type { Issuer } from './issuer/issuer.ts';

interface SampleLink { readonly key: string; readonly login: string; readonly body: Readonly<Record<string, unknown>> }

const day = 24 * 3_600_000;
/** A day of UTC that all starts of that day share. */
const daysAgo = (n: number, now: Date): string => new Date(Math.floor(now.getTime() / day) * day - n * day + 21 * 3_600_000).toISOString();

/** A live call, a person who must be asked first, an inspection that a supervisor decides, and an upload: the four ways in which a request begins. */
function samples(now: Date): readonly SampleLink[] {
  const basics = { incidentSystem: 'IML', overt: true };
  return [
    { key: 'seed-link-fcc-0001', login: 'carl.controller', body: { ...basics, area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn: '+447700900101', incidentRef: 'IML 2600101', addons: ['CHAT'], onVoiceCall: true, askedAndSafe: true } },
    {
      key: 'seed-link-da-0001', login: 'dora.domestic',
      body: {
        ...basics, area: 'DA', reasonCode: 'RVR_FIRST_RESPONSE', mode: 'VIDEO', channel: 'SMS', msisdn: '+447700900102', incidentRef: 'IML 2600102', personRole: 'VICTIM', onVoiceCall: true, suspectPresentOrDue: 'NO', sharedHandset: 'NO',
        da: { notEmergency: true, offenderNotPresent: true, callerInSafePlace: true, ableAndWilling: true, adultOrAppropriateAdult: true, noImmediateMedicalNeed: true, inPersonOffered: true, choice: 'VIDEO' },
      },
    },
    {
      key: 'seed-link-fal-0001', login: 'finn.enquiry',
      body: {
        ...basics, area: 'FAL', reasonCode: 'RENEWAL_SECURITY_INSPECTION', mode: 'VIDEO', msisdn: '+447700900105', incidentRef: 'IML 2600105', personRole: 'CERTIFICATE_HOLDER',
        fal: {
          medicalMarker: false, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: true, section5: false, lastInspectionRemote: false, gunCount: 3, certificate: 'CERT-SAMPLE-1', identityChecked: true, toldVoluntary: true, firstGrant: false,
          policyAllowsGrant: false,
        },
      },
    },
    {
      key: 'seed-link-cctv-0001', login: 'vic.video',
      body: {
        ...basics, area: 'CCTV', reasonCode: 'DOORBELL_OR_DASHCAM_UPLOAD', mode: 'UPLOAD', msisdn: '+447700900103', incidentRef: 'IML 2600103', personRole: 'CAMERA_OWNER',
        cctv: { cameraOwnerType: 'DOMESTIC', offenceType: 'burglary', windowFrom: daysAgo(2, now), windowTo: daysAgo(1, now), retentionDays: 30 },
      },
    },
  ];
}

/** Asks for sample live links. The keys never change, so a second start repeats nothing: not even where what was asked for names a day that has passed since. */
export async function seedLinks(apiUrl: string, issuer: Issuer, now: Date): Promise<void> {
  for (const { key, login, body } of samples(now)) {
    await post(`${apiUrl}/api/live-links`, await issuer.token(login), { key, contentType: 'application/json', body: JSON.stringify(body) }, 'idempotency-key-reused');
  }
}
