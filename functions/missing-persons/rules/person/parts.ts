import * as z from 'zod';
import { longText, nameText, shortText, text } from './text.ts';

const day = z.iso.date();

/** Parts of a person (3.2) beside names, birth and description. Reference to a photograph is the id of a medium that the room keeps elsewhere. */
export const personName = z.strictObject({ family: nameText.optional(), given: nameText.optional(), other: nameText.optional(), type: z.enum(['LEGAL', 'ALIAS', 'MAIDEN', 'KNOWN_AS', 'PREVIOUS']) });
export type PersonName = z.output<typeof personName>;

export const genderIdentity = z.enum(['WOMAN_OR_GIRL', 'MAN_OR_BOY', 'NON_BINARY', 'OTHER', 'NOT_SAID']);
/** Self-defined ethnicity of policing, 18 groups and "not stated"; officer-defined are the IC codes (3.2, DK). */
export const selfDefinedEthnicity = z.enum(['W1', 'W2', 'W3', 'W9', 'M1', 'M2', 'M3', 'M9', 'A1', 'A2', 'A3', 'A4', 'A9', 'B1', 'B2', 'B9', 'O2', 'O9', 'NS']);
export const officerDefinedEthnicity = z.enum(['IC1', 'IC2', 'IC3', 'IC4', 'IC5', 'IC6', 'IC9']);

const mark = z.strictObject({ type: z.enum(['SCAR', 'TATTOO', 'BIRTHMARK', 'PIERCING', 'AMPUTATION', 'OTHER']), side: z.enum(['LEFT', 'RIGHT', 'BOTH', 'NONE']), site: shortText, text: shortText, photoId: shortText.optional() });

export const description = z.strictObject({
  heightCm: z.number().optional(), build: shortText.optional(), hair: shortText.optional(), eyes: shortText.optional(), facialHair: shortText.optional(), glasses: shortText.optional(), skin: shortText.optional(),
  marks: z.array(mark).max(30).optional(), dental: shortText.optional(), piercings: shortText.optional(), tattoos: shortText.optional(), general: longText.optional(),
});

export const photo = z.strictObject({ mediaId: shortText, takenOn: day.optional(), quality: z.enum(['GOOD', 'FAIR', 'POOR']).optional(), consentForPublicity: z.enum(['YES', 'NO', 'NOT_ASKED']), recalledAt: z.string().optional(), recalledWhy: shortText.optional() });
export const identifiers = z.strictObject({ pncId: shortText.optional(), cro: shortText.optional(), nhsNo: shortText.optional(), passportNo: shortText.optional(), niNo: shortText.optional() });
export const device = z.strictObject({ msisdn: shortText.optional(), imei: shortText.optional(), network: shortText.optional(), lastUsedAt: z.iso.datetime().optional() });
export const account = z.strictObject({ kind: z.enum(['BANK', 'EMAIL', 'SOCIAL', 'GAMING', 'TRANSPORT_CARD', 'LOYALTY', 'OTHER']), provider: shortText, handle: shortText.optional() });
export const vehicle = z.strictObject({ vrm: shortText, make: shortText.optional(), colour: shortText.optional() });

export const medication = z.strictObject({ name: shortText, dose: shortText.optional(), hoursUntilHarm: z.number().min(0).max(8_760).optional(), supplyHeld: z.enum(['YES', 'NO', 'NOT_KNOWN']) });
export const medical = z.strictObject({
  conditions: z.array(shortText).max(50).optional(), medication: z.array(medication).max(50).optional(), allergies: shortText.optional(), isBloodborneRisk: z.boolean().optional(), mentalHealthStatus: shortText.optional(),
  capacity: z.enum(['HAS', 'LACKS', 'NOT_KNOWN']).optional(), mhaSection: text(40).optional(), dols: z.boolean().optional(),
});

/** Looked-after children and others in care: s20 by agreement, s31 by court, remand, and unaccompanied children. */
export const care = z.strictObject({
  laResponsible: shortText.optional(), laPlaced: shortText.optional(), legalStatus: z.enum(['S20', 'S31_INTERIM', 'S31_FULL', 'REMAND', 'UASC', 'LEAVING_CARE', 'OTHER', 'NOT_KNOWN']).optional(),
  placementType: shortText.optional(), provider: shortText.optional(), placementProviderId: shortText.optional(), placedAt: shortText.optional(), keyworker: shortText.optional(), curfew: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 20:00').optional(),
  socialWorker: z.strictObject({ name: shortText, phone: shortText.optional(), oohPhone: shortText.optional() }).optional(),
});
export const education = z.strictObject({ school: shortText, dslName: shortText.optional(), dslPhone: shortText.optional() });
export const agency = z.strictObject({ name: shortText, contact: shortText.optional(), phone: shortText.optional() });
export const associate = z.strictObject({ name: shortText, relation: shortText, address: shortText.optional(), phone: shortText.optional(), risk: z.enum(['LIVE_WITH', 'PROTECTIVE', 'CONCERN', 'SUSPECT']) });
export const frequented = z.strictObject({ place: shortText, why: shortText.optional() });
