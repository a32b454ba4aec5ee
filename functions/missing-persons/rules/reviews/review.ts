import * as z from 'zod';
import { riskLevel, role } from '../terms.ts';
import { escalation } from '../tasks/task.ts';
import { reviewTypes } from './table.ts';

const instant = z.iso.datetime({ precision: 3 });
const user = z.string().min(1).max(120);

const reviewState = z.enum(['OPEN', 'DONE', 'MISSED', 'SUPERSEDED']);

/**
 * One review (3.8, 5.1). `reviewerUserId` is the ONE person who was on duty for it when it was made, and stays the accountable one when it is missed [S14]. `MISSED`: the next of its kind fell due, or
 * its state ended, before anybody did it. `SUPERSEDED`: it was not due yet and another took its place.
 */
export const review = z.strictObject({
  reviewId: z.string().min(3).max(80), type: z.enum(reviewTypes), rank: role, level: riskLevel, dueAt: instant, openedAt: instant,
  /** What the steps of escalation are parts of. */
  windowMs: z.int().min(60_000),
  reviewerUserId: user, reviewerRole: role, state: reviewState,
  doneAt: instant.optional(), by: user.optional(), byRole: role.optional(),
  /** The review that was held within the hour before, or after it was due, and counts for this one (15.2 item 31). */
  satisfiedBy: z.string().max(80).optional(),
  /** From its due time on it was late: who answers for it is written down once and does not change. */
  missedAt: instant.optional(), missedBy: user.optional(), endedAt: instant.optional(),
  /** An inspector's reasons why a missed reassessment does not raise (15.1 item 17). */
  noRaise: z.strictObject({ by: user, at: instant, reason: z.string().max(2_000) }).optional(),
  escalations: z.array(escalation).max(20),
});
export type Review = z.output<typeof review>;

const count = z.int().min(0);
/** What was due and what came of it, by rank: stays when old reviews are no longer in the record (number 15). */
export const tally = z.strictObject({ onTime: count, late: count, missed: count });
export type Tally = z.output<typeof tally>;

export const reviewSlice = z.strictObject({
  reviews: z.array(review).max(600),
  /** The latest occurrence that was made of a type, and from which anchor. */
  marks: z.partialRecord(z.enum(reviewTypes), z.strictObject({ anchorAt: instant, dueAt: instant })),
  /** Of closed reviews that are no longer in `reviews`. */
  settled: z.partialRecord(role, tally),
});
export type ReviewSlice = z.output<typeof reviewSlice>;
export const noReviews: ReviewSlice = { reviews: [], marks: {}, settled: {} };

export const isOpenReview = ({ state }: Pick<Review, 'state'>): boolean => state === 'OPEN';

/** `nextReviewAt` (I1): the earliest open review. */
export function nextReview(reviews: readonly Review[]): Review | undefined {
  return reviews.filter(isOpenReview).sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.reviewId < b.reviewId ? -1 : 1))[0];
}
export const nextReviewAt = (reviews: readonly Review[]): string | undefined => nextReview(reviews)?.dueAt;

/** I1: a review lies ahead, or the earliest is late and an escalation is open on it. */
export function holdsI1(reviews: readonly Review[], now: string): boolean {
  const next = nextReview(reviews);
  return next !== undefined && (next.dueAt > now || next.escalations.some(({ step }) => step !== 'REMINDER'));
}

/** What came of the closed reviews and of those that are late now, by rank (number 15). */
export function tallyOf({ reviews, settled }: ReviewSlice): ReviewSlice['settled'] {
  return reviews.reduce<ReviewSlice['settled']>((sum, item) => counted(sum, item), settled);
}

/** Adds one review to the counts. A satisfied one counts by when the other was held. */
export function counted(sum: ReviewSlice['settled'], { rank, state, doneAt, dueAt, missedAt }: Review): ReviewSlice['settled'] {
  const kind = state === 'DONE' ? ((doneAt ?? dueAt) <= dueAt ? 'onTime' : 'late') : state === 'MISSED' || (state === 'OPEN' && missedAt !== undefined) ? 'missed' : undefined;
  if (!kind) return sum;
  const before = sum[rank] ?? { onTime: 0, late: 0, missed: 0 };
  return { ...sum, [rank]: { ...before, [kind]: before[kind] + 1 } };
}
