import * as z from 'zod';
import { role } from '../terms.ts';
import { instant, name, note, reference } from './evidenceText.ts';

/** Evidence of those who own and lead: acknowledgements, levels, decisions (sections 4.1 and 4.2). */
export const leadershipEvidence = [
  z.strictObject({ kind: z.literal('ACK'), by: reference, at: instant }),
  /** Three answers, one of each role that H01 pages. */
  z.strictObject({ kind: z.literal('PAGES_ANSWERED'), answers: z.array(z.strictObject({ role, by: reference, at: instant })).min(1).max(20) })
    .refine(({ answers }) => ['INSP', 'FIM', 'SUPT'].every(wanted => answers.some(answer => answer.role === wanted)), { path: ['answers'], error: 'inspector, force incident manager and superintendent' }),
  z.strictObject({ kind: z.literal('ASSESSMENT'), assessmentSeq: z.int().min(1) }),
  /** `nextAt` is the next agreed time; the maximum of `vl.maxReassess.hours` holds in any case. */
  z.strictObject({ kind: z.literal('REASSESSMENT'), assessmentSeq: z.int().min(1), nextAt: instant.optional() }),
  z.strictObject({ kind: z.literal('REVIEW_SET'), nextReviewAt: instant }),
  z.strictObject({ kind: z.literal('REVIEW'), reviewId: reference }),
  z.strictObject({ kind: z.literal('NAMED_PERSON'), name, role, contact: reference.optional(), note: note.optional() }),
  z.strictObject({ kind: z.literal('NAMED_OR_WHY_NOT'), name: name.optional(), whyNot: note.optional() })
    .refine(given => (given.name === undefined) !== (given.whyNot === undefined), { path: ['name'], error: 'the person, or why nobody is named' }),
  z.strictObject({ kind: z.literal('DEPLOYMENT'), unit: name, at: instant, delayReason: note.optional() }),
  /** Content of communications data is never stored (3.8); this is the decision only. */
  z.strictObject({ kind: z.literal('CD_DECISION'), decision: z.enum(['REQUEST', 'NOT_NOW', 'NOT_NEEDED']), grade: z.int().min(1).max(3).optional(), necessity: note, proportionality: note })
    .refine(({ decision, grade }) => decision !== 'REQUEST' || grade !== undefined, { path: ['grade'], error: 'a request needs its grade' }),
  z.strictObject({ kind: z.literal('MEDIA_STRATEGY'), decision: z.enum(['APPEAL', 'NON_PUBLIC_APPEAL', 'NO_APPEAL']), why: note, isChecklistAnswered: z.literal(true) }),
  z.strictObject({ kind: z.literal('DECISION'), decision: z.enum(['YES', 'NO', 'LATER']), why: note, reference: reference.optional() }),
] as const;
