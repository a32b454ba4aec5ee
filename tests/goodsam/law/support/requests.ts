import type { CreateRequest } from '../../../../functions/goodsam/rules/law/create.ts';
import type { Gate } from '../../../../functions/goodsam/rules/law/sending.ts';
import type { Area, Marker } from '../../../../functions/goodsam/rules/terms.ts';

/** A Wednesday in November: London's clocks show the same hour. */
export const start = '2026-11-25T09:00:00.000Z';
export const officer = '00000000-0000-4000-8000-000000000011';
export const sergeant = '00000000-0000-4000-8000-000000000012';
export const requestId = 'abcdefghijklmnopqrstuvwx23';
export const hmac = 'a'.repeat(64);

export function at(seconds: number, from = start): string {
  return new Date(Date.parse(from) + seconds * 1000).toISOString();
}

/** What was looked up at this moment; without markers there are none. */
export function gateAt(now: string, markers: readonly Marker[] = [], unsafeList: Gate['unsafeList'] = 'CLEAR'): Gate {
  return { markerLookup: { at: now, result: markers.length ? 'FOUND' : 'NONE', markers }, unsafeList };
}

export function failedGate(now: string): Gate {
  return { markerLookup: { at: now, result: 'FAILED', markers: [] }, unsafeList: 'CLEAR' };
}

const nothingAgainst = { suspectPresentOrDue: 'NO', sharedHandset: 'NO', suspectsNumber: 'NO', personSaidNo: 'NO' } as const;
const notAsked = { suspectPresentOrDue: 'NOT_ASKED', sharedHandset: 'NOT_ASKED', suspectsNumber: 'NOT_ASKED', personSaidNo: 'NOT_ASKED' } as const;

export const daEligible = {
  notEmergency: true, offenderNotPresent: true, callerInSafePlace: true, ableAndWilling: true, adultOrAppropriateAdult: true, noImmediateMedicalNeed: true, inPersonOffered: true, choice: 'VIDEO',
} as const;
export const noFlags = { medicalMarker: false, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: false, section5: false, lastInspectionRemote: false, gunCount: 2 } as const;
const slot = { slotStartAt: at(2 * 86_400 + 3600), slotEndAt: at(2 * 86_400 + 3600 + 45 * 60) };
const ready = { flags: noFlags, identityChecked: true, toldVoluntary: true, firstGrant: false, policyAllowsGrant: false, certificateHmac: 'c'.repeat(64), last: 'NONE' } as const;
const window = {
  cameraOwnerType: 'BUSINESS', cameraIds: [], windowFrom: at(-3600), windowTo: at(-1800), retentionDays: 7, sensitivePremises: false, statementNeeded: false,
} as const satisfies CreateRequest['cctv'];

type Own = Partial<CreateRequest> & Pick<CreateRequest, 'reasonCode' | 'mode'>;
const own: Readonly<Record<Area, Own>> = {
  FCC: { reasonCode: 'SEE_SCENE', mode: 'VIDEO' },
  FAL: { reasonCode: 'RENEWAL_SECURITY_INSPECTION', mode: 'VIDEO', fal: { ...ready, ...slot } },
  DA: { reasonCode: 'RVR_FIRST_RESPONSE', mode: 'VIDEO', onVoiceCall: true, safe: 'LIVE_VOICE', contactFacts: nothingAgainst, da: { eligibility: daEligible } },
  SOM: { reasonCode: 'ADDRESS_VERIFICATION', mode: 'VIDEO', som: { riskLevel: 'LOW', whyNotUnannounced: 'a short check between two visits', onlyCheckInPeriod: false, childInView: false } },
  FOR: { reasonCode: 'SCENE_TRIAGE', mode: 'VIDEO' },
  CCTV: { reasonCode: 'RETRIEVE_CLIP', mode: 'UPLOAD', cctv: window },
  SOCU: { reasonCode: 'WARRANT_COMMAND_VIEW', mode: 'VIDEO', onVoiceCall: true, safe: 'LIVE_VOICE', contactFacts: nothingAgainst, socu: { notChis: true, secondPerson: sergeant, namedViewers: [sergeant] } },
};

/** A request that its area accepts: plainly fictional, from the drama range of numbers. */
export function request(area: Area, changes: Partial<CreateRequest> = {}, now = start): CreateRequest {
  return {
    do: 'Create', requestId, area, addons: [], channel: 'SMS', incidentSystem: 'IML', incidentRaw: 'IML 1234567', incidentRef: 'IML1234567', personRole: 'CALLER', address: '+447700900001', addressLast4: '0001',
    addressHmac: hmac, locale: 'en-GB', interpreterNeeded: false, accessibility: 'NONE', childInvolved: false, appropriateAdult: false, onVoiceCall: false, verbalConsent: true, contactFacts: notAsked, overt: true, driving: false,
    safe: 'UNKNOWN', liveCheck: false, gate: gateAt(now), ...own[area], ...changes,
  };
}
