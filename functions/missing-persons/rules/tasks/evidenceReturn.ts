import * as z from 'zod';
import { channel, instant, name, note, reference, words } from './evidenceText.ts';

const rhiOutcome = z.enum(['PENDING', 'OFFERED', 'COMPLETED', 'DECLINED', 'NOT_POSSIBLE']);

/** Evidence of what follows a return, a death or a transfer: section 4.5, 15.1 items 7, 14, 21 and 22. */
export const returnEvidence = [
  /** A refusal and the like need a reason here and an inspector's approval beside it (2.4); SUPERSEDED carries the questions to the next case (15.1 item 7). */
  z.strictObject({
    kind: z.literal('PREVENTION_INTERVIEW'), outcome: z.enum(['DONE', 'REFUSED', 'NOT_POSSIBLE', 'CONTRAINDICATED', 'SUPERSEDED']), at: instant, interviewId: reference.optional(), reason: note.optional(), nextCaseId: reference.optional(),
  }).refine(({ outcome, interviewId }) => outcome !== 'DONE' || interviewId !== undefined, { path: ['interviewId'], error: 'the interview' })
    .refine(({ outcome, nextCaseId }) => outcome !== 'SUPERSEDED' || nextCaseId !== undefined, { path: ['nextCaseId'], error: 'the case that takes its place' })
    .refine(({ outcome, reason }) => outcome === 'DONE' || outcome === 'SUPERSEDED' || reason !== undefined, { path: ['reason'], error: 'a reason' }),
  z.strictObject({ kind: z.literal('WITHDRAWAL'), channels: z.array(z.strictObject({ channel: words(2, 80), withdrawnAt: instant })).max(50), none: z.literal(true).optional() })
    .refine(({ channels, none }) => (channels.length > 0) !== (none === true), { path: ['channels'], error: 'every channel, or that there was no publicity' }),
  z.strictObject({ kind: z.literal('STAND_DOWN'), told: z.array(z.strictObject({ recipient: name, at: instant, channel })).max(50), none: z.literal(true).optional() })
    .refine(({ told, none }) => (told.length > 0) !== (none === true), { path: ['told'], error: 'whom, or that nobody had been told' }),
  z.strictObject({ kind: z.literal('TOLD_AGAIN'), told: z.array(z.strictObject({ recipient: name, at: instant, channel })).min(1).max(50) }),
  z.strictObject({ kind: z.literal('RHI_REFERRAL'), authorities: z.array(name).min(1).max(4), referredAt: instant, acknowledgement: reference.optional() }),
  z.strictObject({ kind: z.literal('RHI_OUTCOME'), outcome: rhiOutcome, at: instant, safeguarding: note.optional() })
    .refine(({ outcome, safeguarding }) => outcome !== 'COMPLETED' || safeguarding !== undefined, { path: ['safeguarding'], error: 'what was returned on safeguarding, or that there was nothing' }),
  z.strictObject({ kind: z.literal('REFERRALS'), references: z.array(reference).max(30), noneIdentifiedBy: name.optional() })
    .refine(({ references, noneIdentifiedBy }) => (references.length > 0) !== (noneIdentifiedBy !== undefined), { path: ['references'], error: 'the references, or who found that there are none' }),
  z.strictObject({ kind: z.literal('DISPOSAL'), items: z.array(z.strictObject({ what: words(2, 120), how: z.enum(['DELETED', 'DESTROYED', 'RETURNED', 'RETAINED_BY_LAW']), at: instant })).max(50), none: z.literal(true).optional() })
    .refine(({ items, none }) => (items.length > 0) !== (none === true), { path: ['items'], error: 'each item, or that there was nothing' }),
  z.strictObject({ kind: z.literal('DEBRIEF'), learned: note, owner: name, dueOn: z.iso.date() }),
  z.strictObject({ kind: z.literal('MEETING'), planRef: reference, at: instant, attended: z.array(name).min(1).max(30) }),
  z.strictObject({ kind: z.literal('WATCH'), outcome: z.enum(['PENDING', 'LOCATED', 'DECEASED', 'RETURNED_TO_US']), at: instant, withWhom: name, note }),
] as const;
