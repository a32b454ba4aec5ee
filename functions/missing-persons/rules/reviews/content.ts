import * as z from 'zod';
import { riskLevel } from '../terms.ts';

const words = z.string().trim().min(3).max(2_000);
/** What is said of one subject: that nothing changed needs its reason (5.2). */
const aspect = z.union([
  z.strictObject({ change: z.literal(true), text: words }),
  z.strictObject({ change: z.literal(false), reason: words }),
]);

/** Subjects of 5.2 that every review speaks to. */
export const reviewSubjects = ['hypotheses', 'lines', 'searchCoverage', 'familyContact', 'partnerContact', 'publicity', 'communicationsAndFinance', 'biometrics', 'resources'] as const;

/** Content of a review (5.2). Kept as a part of its own beside the record: the words of hundreds of reviews would not fit into one row. */
export const reviewContent = z.strictObject({
  risk: z.strictObject({ level: riskLevel, rationale: z.string().trim().max(4_000) }),
  /** What changed since the last review, all in all. */
  changed: aspect,
  hypotheses: aspect, lines: aspect, searchCoverage: aspect, familyContact: aspect, partnerContact: aspect, publicity: aspect, communicationsAndFinance: aspect, biometrics: aspect, resources: aspect,
  tasksOverdue: z.strictObject({ seen: z.array(z.string().max(80)).max(200), decided: z.string().max(2_000).optional() }),
  familyUpdated: z.union([z.strictObject({ told: z.literal(true), at: z.iso.datetime({ precision: 3 }) }), z.strictObject({ told: z.literal(false), reason: words })]),
  nextReviewAt: z.iso.datetime({ precision: 3 }),
  /** The inspector's 24 hours at VERY_LOW (5.1: must raise or refer out). */
  veryLow: z.enum(['RAISED', 'REFERRED_OUT', 'REASONS_RECORDED']).optional(), veryLowReason: words.optional(),
});
export type ReviewContent = z.output<typeof reviewContent>;
