import * as z from 'zod';
import { caseState } from '../terms.ts';

const text = z.string().max(4_000);
const short = z.string().max(400);

/** The instants from which clocks run (2.6); T_TRIGGER stands on each task. All UTC, ISO 8601. */
export const clocks = z.strictObject({
  lastSeenFrom: z.string().optional(), lastSeenTo: z.string().optional(), reported: z.string(), recorded: z.string().optional(), risk: z.string().optional(), owner: z.string().optional(),
  located: z.string().optional(), verified: z.string().optional(), returned: z.string().optional(),
});
export type Clocks = z.infer<typeof clocks>;

export const verificationMethod = z.enum(['SEEN_BY_POLICE', 'SEEN_BY_PROFESSIONAL', 'BY_PHONE', 'OTHER_FORCE']);
export const wellBeing = z.enum(['WELL', 'HARMED', 'NEEDS_HELP']);
export const returnPlaceKind = z.enum(['HOME', 'PLACEMENT', 'POLICE_PROTECTION', 'HOSPITAL', 'ARREST', 'ADULT_DECLINES', 'OTHER']);
export const identificationMethod = z.enum(['VISUAL', 'FINGERPRINT', 'DNA', 'DENTAL', 'MEDICAL_IMPLANT', 'OTHER']);

export const located = z.strictObject({ reportedBy: short, at: z.string(), place: short, how: short, recordedBy: z.string(), recordedAt: z.string(), holdAgreedBy: z.string().optional(), holdAgreedAt: z.string().optional() });

export const verification = z.strictObject({
  by: z.string(), at: z.string(), method: verificationMethod, identityCheck: short, wellBeing, locatedAt: z.string(), locatedAtReason: text.optional(), place: short, condition: short, phoneReason: text.optional(),
  /** A professional, or an officer of another force, who saw the person (15.4). */
  seenBy: short.optional(), confirmedBy: z.string().optional(), confirmedAt: z.string().optional(),
  transportedBy: short.optional(), receivedBy: short.optional(), warrantChecked: z.boolean().optional(),
});

export const deceased = z.strictObject({
  recordedBy: z.string(), recordedAt: z.string(), place: short, reason: text, coronerRef: short.optional(), treatAsSuspicious: z.boolean(), bodyFoundAt: z.string(),
  method: identificationMethod.optional(), confirmedBy: z.string().optional(), confirmedAt: z.string().optional(), familyToldBy: z.string().optional(), familyToldAt: z.string().optional(),
  refutedAt: z.string().optional(), releaseAt: z.string().optional(),
});

export const caseSlice = z.strictObject({
  caseRef: z.string(), state: caseState, enteredAt: z.string(), openedBy: z.string(),
  /** The state before LOCATED_UNVERIFIED, DECEASED_PENDING_ID or RETURN_ACTIONS: where a step back leads (C7, C12, C22). */
  cameFrom: caseState.optional(),
  located: located.optional(), verification: verification.optional(), deceased: deceased.optional(),
  /** Nothing but stand-downs leaves from here on (15.1 item 20). */
  stoppedAt: z.string().optional(),
  returnPlace: returnPlaceKind.optional(),
  closing: z.strictObject({ proposedBy: z.string(), proposedAt: z.string(), summary: text, approvedBy: z.string().optional(), approvedAt: z.string().optional() }).optional(),
  cancelling: z.strictObject({ proposedBy: z.string(), proposedAt: z.string(), kind: z.enum(['ERROR', 'DUPLICATE', 'NOT_MISSING']), reason: text, mergedInto: z.string().optional(), approvedBy: z.string().optional() }).optional(),
  longTerm: z.strictObject({ by: z.string(), at: z.string(), reviewId: z.string() }).optional(),
  suspension: z.strictObject({ by: z.string(), at: z.string(), reviewId: z.string() }).optional(),
  reactivation: z.strictObject({ by: z.string(), at: z.string(), informationId: z.string(), confirmedBy: z.string().optional() }).optional(),
  transferOut: z.strictObject({ by: z.string(), at: z.string(), toForce: short, theirRef: short, namedOwner: short, acknowledgementId: z.string(), outcome: text.optional(), outcomeBy: z.string().optional(), outcomeAt: z.string().optional() }).optional(),
  reopenings: z.array(z.strictObject({ rule: z.enum(['C18', 'C20', 'C22']), by: z.string(), at: z.string(), reason: text })),
  previousCaseId: z.string().optional(), nextCaseId: z.string().optional(),
});
export type CaseSlice = z.infer<typeof caseSlice>;
export type Verification = z.infer<typeof verification>;
