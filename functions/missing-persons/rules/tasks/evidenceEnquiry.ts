import * as z from 'zod';
import { channel, instant, name, note, reference, words } from './evidenceText.ts';

/** Evidence of enquiries: sections 4.1, 4.3 and 4.4. */
const item = z.strictObject({
  item: words(1, 40), result: z.enum(['NIL', 'HIT', 'DONE', 'NOT_POSSIBLE']), detail: note.optional(),
}).refine(({ result, detail }) => detail !== undefined || (result !== 'HIT' && result !== 'NOT_POSSIBLE'), { path: ['detail'], error: 'a hit, and what was not possible, must be described' });

/** A free text is left out where the contact log or the assessment holds it. */
export const enquiryEvidence = [
  z.strictObject({ kind: z.literal('NOTE_AND_OUTCOME'), note, outcome: words(2, 200) }),
  z.strictObject({ kind: z.literal('AGREED_PLAN'), at: instant, channel, nextContactAt: instant, steps: note }),
  z.strictObject({ kind: z.literal('WRITTEN_PLAN'), documentRef: reference, agreedAt: instant, latestReviewAt: instant }),
  z.strictObject({ kind: z.literal('CHECKLIST'), items: z.array(item).min(1).max(40) }),
  z.strictObject({ kind: z.literal('MATCHES'), matches: z.array(z.strictObject({ ref: reference, isAccepted: z.boolean() })).max(50), triggerPlan: z.enum(['OPENED', 'NONE']) }),
  /** Whether the rooms are all there is the law of the search itself (ROOM_UNRECORDED); the duty sergeant must be told that it was tasked [S28]. */
  z.strictObject({ kind: z.literal('SEARCH_RECORD'), searchId: reference, isComplete: z.literal(true), roomsRecorded: z.int().min(1).max(500), sergeantToldAt: instant }),
  z.strictObject({
    kind: z.literal('MEDIA_AND_CONSENT'), mediaIds: z.array(reference).max(50), noPhotoReason: note.optional(), isDescriptionRecorded: z.literal(true), consent: z.enum(['GIVEN', 'REFUSED', 'NOT_POSSIBLE', 'NOT_NEEDED']),
  }).refine(({ mediaIds, noPhotoReason }) => mediaIds.length > 0 || noPhotoReason !== undefined, { path: ['mediaIds'], error: 'a photograph, or why there is none' }),
  z.strictObject({ kind: z.literal('PNC_REF'), reference, at: instant }),
  z.strictObject({ kind: z.literal('PROTOCOL_FORM'), formId: reference.optional(), none: note.optional() })
    .refine(({ formId, none }) => (formId === undefined) !== (none === undefined), { path: ['formId'], error: 'the form, or why there is none' }),
  z.strictObject({ kind: z.literal('MARKER'), reference: reference.optional(), noVehicle: z.literal(true).optional() })
    .refine(({ reference: ref, noVehicle }) => (ref === undefined) !== (noVehicle === undefined), { path: ['reference'], error: 'the marker, or that there is no vehicle' }),
  z.strictObject({ kind: z.literal('CCTV'), operator: name, overwrittenAt: instant.optional(), isViewed: z.boolean(), note }),
  z.strictObject({ kind: z.literal('CONTACT'), at: instant, channel, withWhom: name, note, nextContactAt: instant.optional() }),
  z.strictObject({ kind: z.literal('AGENCY_TOLD'), agency: name, person: name, at: instant, reference }),
  z.strictObject({ kind: z.literal('HOLDINGS'), holdingIds: z.array(reference).max(50), noneReason: note.optional(), isAdviceGiven: z.literal(true) })
    .refine(({ holdingIds, noneReason }) => holdingIds.length > 0 || noneReason !== undefined, { path: ['holdingIds'], error: 'what is held, or why nothing is' }),
  z.strictObject({ kind: z.literal('VISIT'), at: instant, whom: name, note }),
  z.strictObject({ kind: z.literal('SIGHTING'), sightingId: reference, result: z.enum(['SEEN', 'NOT_SEEN', 'FOOTAGE_VIEWED', 'NOT_POSSIBLE']), note }),
  z.strictObject({ kind: z.literal('REQUEST'), isRequested: z.boolean(), asset: words(2, 80).optional(), reference: reference.optional(), declineReason: note.optional() })
    .refine(({ isRequested, reference: ref, declineReason }) => (isRequested ? ref !== undefined : declineReason !== undefined), { path: ['reference'], error: 'the reference of the request, or why it was declined' }),
  z.strictObject({ kind: z.literal('SEARCH_STRATEGY'), polsaRef: reference, plan: note }),
  z.strictObject({ kind: z.literal('HYPOTHESES'), hypothesisIds: z.array(reference).min(2).max(30) })
    .refine(({ hypothesisIds }) => new Set(hypothesisIds).size >= 2, { path: ['hypothesisIds'], error: 'two that differ' }),
] as const;
