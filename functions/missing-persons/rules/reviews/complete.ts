import { fail, reasonFailures, unless } from '../machine/moment.ts';
import { inOrder, type Failure, type RiskLevel, type Role } from '../terms.ts';
import type { ReviewContent } from './content.ts';
import { roleFor, satisfiesRank } from './rank.ts';
import { isOpenReview, nextReviewAt, type Review } from './review.ts';
import type { ReviewSettings } from './settings.ts';

/** Who completes a review. `isInvolved`: owns the case, or is attached to it. */
export interface Reviewer { readonly by: string; readonly roles: readonly Role[]; readonly now: string; readonly isInvolved: boolean }

export interface CompletionFacts {
  readonly level: RiskLevel;
  /** Open tasks past their due time. */
  readonly overdueTasks: readonly string[];
  /** `rationale.minChars`. */
  readonly rationaleMinChars: number;
}

/** Everything that keeps a review from being completed (5.2); empty when it may be. The content's form is its schema's. */
function reviewFailures(review: Review, content: ReviewContent, facts: CompletionFacts, reviewer: Reviewer): Failure[] {
  const { by, roles, now, isInvolved } = reviewer;
  const isPeer = review.type === 'PEER_14D';
  return inOrder([
    ...unless(isOpenReview(review), 'TRANSITION_NOT_ALLOWED', '5.1', 'This review is closed already.'),
    ...unless(roleFor(roles, review.rank) !== undefined, 'ROLE_DENIED', '15.2 item 31', `This review is done by ${review.rank} or somebody of higher rank.`),
    ...unless(!isPeer || !isInvolved, 'SEGREGATION', '5.1', `The peer review is done by an officer who is not involved in the case; ${by} is.`),
    ...unless(content.risk.level === facts.level, 'GUARD_UNMET', '5.2', `The review confirms the level as it stands, ${facts.level}; another level is a command of its own, before the review.`),
    ...unless(content.risk.rationale.length >= facts.rationaleMinChars, 'RATIONALE_TOO_SHORT', '5.2', `Say in at least ${facts.rationaleMinChars} characters why the level is right.`),
    ...unless(content.nextReviewAt > now, 'FIELD_INVALID', '5.2', 'The next review lies ahead.'),
    ...taskFailures(content, facts), ...veryLowFailures(review, content),
  ]);
}

function taskFailures({ tasksOverdue: { seen, decided } }: ReviewContent, { overdueTasks }: CompletionFacts): Failure[] {
  const unseen = overdueTasks.filter(id => !seen.includes(id));
  return [
    ...unless(unseen.length === 0, 'EVIDENCE_MISSING', '5.2', `The review looks at every overdue task; not yet at ${unseen.join(', ')}.`),
    ...unless(overdueTasks.length === 0 || (decided ?? '').trim().length >= 3, 'EVIDENCE_MISSING', '5.2', 'Say what is decided on the overdue tasks.'),
  ];
}

function veryLowFailures({ type }: Review, { veryLow, veryLowReason }: ReviewContent): Failure[] {
  if (type !== 'VERY_LOW_INSP') return [];
  return [
    ...unless(veryLow !== undefined, 'GUARD_UNMET', '15.1 item 17', 'At 24 hours the inspector raises, refers out, or records the reasons why not.'),
    ...unless(veryLow !== 'REASONS_RECORDED' || veryLowReason !== undefined, 'REASON_REQUIRED', '15.1 item 17', 'Record the reasons why the level is not raised.'),
  ];
}

/**
 * The reviews after one was completed, or what keeps it from that. It counts for every open one of equal or lower rank that is late or due within the next hour (15.2 item 31, S02); not for a peer
 * review, which only the peer's own satisfies, and not for a specialist's.
 */
export function completeReview(reviews: readonly Review[], reviewId: string, given: { readonly content: ReviewContent; readonly facts: CompletionFacts; readonly reviewer: Reviewer }, settings: ReviewSettings): Review[] | readonly Failure[] {
  const review = reviews.find(item => item.reviewId === reviewId);
  if (!review) return [fail('NOT_FOUND', '5.1', 'There is no such review.')];
  const failures = reviewFailures(review, given.content, given.facts, given.reviewer);
  const byRole = roleFor(given.reviewer.roles, review.rank);
  if (failures.length > 0 || !byRole) return failures;
  const { by, now } = given.reviewer;
  const until = new Date(Date.parse(now) + settings.satisfiesMins * 60_000).toISOString();
  const done = { state: 'DONE', doneAt: now, by, byRole } as const;
  return reviews.map(item => {
    if (item === review) return { ...item, ...done };
    return isSatisfied(item, review, byRole, until) ? { ...item, ...done, satisfiedBy: reviewId } : item;
  });
}

function isSatisfied(item: Review, review: Review, byRole: Role, until: string): boolean {
  return isOpenReview(item) && item.type !== 'PEER_14D' && review.type !== 'PEER_14D' && item.dueAt <= until && satisfiesRank(byRole, item.rank);
}

/** Has `completeReview` refused? */
export function isRefusedReview(result: Review[] | readonly Failure[]): result is readonly Failure[] {
  return result.length > 0 && result.every(item => 'code' in item);
}

/** When a missed reassessment at VERY_LOW raises to LOW (V03, 15.1 item 17); undefined when none waits or an inspector recorded reasons. */
export function raiseWantedAt(reviews: readonly Review[], { raiseAfterMissedMins }: ReviewSettings): string | undefined {
  const waiting = reviews.filter(item => isOpenReview(item) && item.type === 'VERY_LOW_SGT' && item.noRaise === undefined);
  const at = nextReviewAt(waiting);
  return at === undefined ? undefined : new Date(Date.parse(at) + raiseAfterMissedMins * 60_000).toISOString();
}

/** An inspector records why a missed reassessment does not raise. The review stays open and late. */
export function recordNoRaise(review: Review, reason: string, { by, roles, now }: Omit<Reviewer, 'isInvolved'>): Review | readonly Failure[] {
  const failures = inOrder([
    ...unless(isOpenReview(review) && review.type === 'VERY_LOW_SGT' && review.dueAt <= now, 'TRANSITION_NOT_ALLOWED', '15.1 item 17', 'No reassessment has been missed.'),
    ...unless(roleFor(roles, 'INSP') !== undefined, 'ROLE_DENIED', '15.1 item 17', 'An inspector records it.'), ...reasonFailures(reason, '15.1 item 17'),
  ]);
  return failures.length > 0 ? failures : { ...review, noRaise: { by, at: now, reason } };
}
