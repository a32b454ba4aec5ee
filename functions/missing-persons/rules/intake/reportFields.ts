import * as z from 'zod';
import { answerValue, missingFrom } from '../terms.ts';

/**
 * What is asked in a report (2.1 R1, 15.2 items 29 and 35): flat text fields, the same for the public page, a carer, a call handler and a force that hands over, so that one
 * reader serves them all. Nothing is required here and lengths are wide: what is lacking or wrong is said by `readSaid` at its field and never loses what was typed.
 */
const raw = z.string().max(20_000);
const optional = raw.optional();

const whoFields = {
  givenName: optional, familyName: optional, knownAs: optional, dobDay: optional, dobMonth: optional, dobYear: optional, age: optional, description: optional, missingPhone: optional, homeAddress: optional,
} as const;
const lastSeenFields = {
  lastSeenPlace: optional, lastSeenDay: optional, lastSeenMonth: optional, lastSeenYear: optional, lastSeenTime: optional,
  /** Asked only when the clocks went back: `first` or `second` (2.6). */
  lastSeenWhich: z.enum(['first', 'second']).optional(), lastSeenUnknown: z.literal('yes').optional(), lastSeenReason: optional, clothing: optional, withWhom: optional,
} as const;
const worryFields = { inDanger: answerValue.optional(), worries: optional, doneSoFar: optional, medical: optional } as const;
const contactFields = { informantName: optional, informantRelation: optional, informantPhone: optional, informantEmail: optional } as const;

export const publicForm = z.object({ ...whoFields, ...lastSeenFields, ...worryFields, ...contactFields, asItIs: z.literal('yes').optional() });
export type PublicForm = z.output<typeof publicForm>;

/** Of a looked-after child or a resident. Which organisation it is comes from who signed in and never from the form. */
const careFields = {
  placementName: optional, missingFrom: missingFrom.optional(), laResponsible: optional, legalStatus: optional, curfew: optional, socialWorkerName: optional, socialWorkerPhone: optional,
  dob: optional, hasPart1: answerValue.optional(), part1: optional, belongings: optional, mood: optional,
} as const;
export const careForm = publicForm.extend(careFields);
export type CareForm = z.output<typeof careForm>;

export const callChannel = z.enum(['PHONE_999', 'PHONE_101', 'FRONT_DESK', 'OFFICER', 'OTHER_AGENCY']);

/** A call handler works through the interface, so instants come with an offset and are no parts of a date. */
export const callForm = z.object({
  ...whoFields, ...worryFields, ...contactFields, dob: optional, lastSeenPlace: optional, lastSeenFrom: optional, lastSeenTo: optional, lastSeenUnknown: z.literal('yes').optional(), lastSeenReason: optional, clothing: optional, withWhom: optional,
  lastSeenLat: z.number().optional(), lastSeenLon: z.number().optional(), channel: callChannel, callStartedAt: raw, callStartReason: optional, callbackNumber: optional, incidentRef: optional,
});
export type CallForm = z.output<typeof callForm>;

/** R11: what another force hands over; `reportedAt` is theirs and stays. */
export const transferForm = callForm.omit({ channel: true, callStartedAt: true, callStartReason: true, callbackNumber: true }).extend({ fromForce: raw, theirRef: raw, reportedAt: raw, acknowledgementId: raw });
export type TransferForm = z.output<typeof transferForm>;
export type AnyForm = Partial<Omit<CareForm & CallForm & TransferForm, 'asItIs'>>;
