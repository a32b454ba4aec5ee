import * as z from 'zod';
import { birth } from '../clock/age.ts';
import { answerValue, missingFrom, refusalCode } from '../terms.ts';
import { lastSeen } from '../person/casefile.ts';
import { personName } from '../person/parts.ts';
import { longText, shortText, text } from '../person/text.ts';
import { callChannel } from './reportFields.ts';

const instant = z.iso.datetime();
export const fieldFailure = z.strictObject({ field: z.string(), code: refusalCode, why: z.string(), rule: z.string() });

export const informantGiven = z.strictObject({ name: shortText.optional(), relation: shortText.optional(), phone: shortText.optional(), email: shortText.optional() });

/** What the carers can still be asked for; none of it ever holds a report up. */
export const ask = z.enum(['AGE', 'PHOTO', 'STEPS_TRIED', 'PROTOCOL_PART_1', 'PROTOCOL_PART_2', 'LAST_SEEN_TIME', 'CONTACT']);
export type Ask = z.output<typeof ask>;

/**
 * What a report says (R1, 15.2 item 29). `raw` is the submission to the letter and is never changed; the rest is what could be read of it. `flagged` is what could not, and
 * `asWritten` what was typed there, for whoever screens it. THRIVE, provisional risk and RCRP answers come with the screening.
 */
export const intake = z.strictObject({
  source: z.enum(['PUBLIC_WEB', 'CARE_PROVIDER', 'CALL_HANDLER', 'TRANSFER_IN', 'IMPORT']), reportedAt: instant, receivedAt: instant, raw: z.string().max(200_000), isAsItIs: z.boolean(),
  flagged: z.array(fieldFailure).max(100), asWritten: z.array(z.strictObject({ field: z.string(), text: text(20_000) })).max(100), asks: z.array(ask),
  names: z.array(personName).max(5), dob: birth.optional(), description: longText.optional(), missingPhone: shortText.optional(), homeAddress: shortText.optional(),
  lastSeen: lastSeen.optional(), lastSeenPlace: shortText.optional(), lastSeenPoint: z.strictObject({ lat: z.number(), lon: z.number() }).optional(), clothing: longText.optional(), withWhom: shortText.optional(),
  inDanger: answerValue.optional(), worries: longText.optional(), doneSoFar: longText.optional(), medical: longText.optional(),
  informant: informantGiven, incidentRef: text(40).optional(),
  care: z.strictObject({
    organisationId: z.string(), placementName: shortText.optional(), missingFrom: missingFrom.optional(), laResponsible: shortText.optional(), legalStatus: shortText.optional(), curfew: shortText.optional(), socialWorkerName: shortText.optional(), socialWorkerPhone: shortText.optional(),
    hasPart1: answerValue, part1: longText.optional(), belongings: longText.optional(), mood: longText.optional(),
  }).optional(),
  call: z.strictObject({ channel: callChannel, startedAt: instant, startReason: longText.optional(), callbackNumber: shortText.optional(), handler: z.string() }).optional(),
  transfer: z.strictObject({ fromForce: shortText, theirRef: shortText, acknowledgementId: shortText }).optional(),
});
export type Intake = z.output<typeof intake>;
