import type { MissingRecord } from '../../state.ts';
import { raiseWantedAt } from '../reviews/complete.ts';
import { escalateReview, nextReviewStep } from '../reviews/escalate.ts';
import type { ReviewFacts } from '../reviews/occurrences.ts';
import { isOpenReview, nextReviewAt, type Review, type ReviewSlice } from '../reviews/review.ts';
import { assignPeople } from '../reviews/roster.ts';
import { scheduleFor } from '../reviews/schedule.ts';
import type { ReviewSettings } from '../reviews/settings.ts';
import { rowOfReview } from '../reviews/table.ts';
import type { MissingSettings } from '../settings.ts';
import { raiseToLowAt } from '../tasks/level.ts';
import { isRunning } from '../tasks/task.ts';
import { isUnder18, levelOf } from './about.ts';
import type { Due } from './due.ts';
import { withTrigger } from './follow.ts';
import { late } from './late.ts';
import { change, note, peopleOf, raise, type Moment, type Step } from './step.ts';

/** Lengths that tasks and the case use as well are set once (13). */
export function reviewSettingsOf({ reviews, verifyHours, tasks }: MissingSettings): ReviewSettings {
  const { vlMaxReassessHours, vlMaxReassessHoursUnder18 } = tasks;
  return { ...reviews, verifyHours, vlMaxReassessHours, vlMaxReassessHoursUnder18 };
}

function reviewSliceOf({ reviews, reviewMarks, reviewsSettled }: MissingRecord): ReviewSlice {
  return { reviews, marks: reviewMarks, settled: reviewsSettled };
}

/** Brings the reviews to where state, level and time ask for them (5.1), each with one named reviewer; doing it twice adds nothing. Who missed one is in the audit by name [S14]. */
export function withReviews(step: Step, moment: Moment): Step {
  const { record } = step;
  const facts = factsOf(record, moment);
  if (!facts) return step;
  const before = reviewSliceOf(record);
  const owner = { userId: record.owner.userId, role: record.owner.role };
  const after = scheduleFor(before, facts, assignPeople(moment.people, owner), reviewSettingsOf(moment.settings));
  const { nextReviewAt: _, ...rest } = record;
  const nextAt = nextReviewAt(after.reviews);
  const next: Step = { ...step, record: { ...rest, reviews: [...after.reviews], reviewMarks: after.marks, reviewsSettled: after.settled, ...(nextAt !== undefined && { nextReviewAt: nextAt }) } };
  const known = new Set(before.reviews.filter(({ missedAt }) => missedAt !== undefined).map(({ reviewId }) => reviewId));
  const missed = after.reviews.filter(item => item.missedBy !== undefined && !known.has(item.reviewId));
  return ladderTriggers(missed.reduce((so, { reviewId, missedBy = '' }) => note(so, 'ReviewMissed', 'none', { review: reviewId, reviewer: missedBy }), next), moment);
}

function factsOf(record: MissingRecord, { now, settings }: Moment): ReviewFacts | undefined {
  const { file, clocks, risk, agreed } = record;
  if (!file) return undefined;
  const openedAt = clocks.recorded ?? clocks.reported;
  const agreedAt = agreed.find(({ templateId }) => templateId === 'V02')?.at;
  const newsAt = newsOf(file);
  return {
    now, state: file.state, stateSince: file.enteredAt, level: levelOf(record), ...(risk && risk.since > openedAt && { levelChangedAt: risk.since }), reportedAt: clocks.reported, openedAt, isUnder18: isUnder18(record, now, settings),
    ...(agreedAt !== undefined && { agreedAt }), ...(record.reviewsTaperedAt !== undefined && { taperedAt: record.reviewsTaperedAt }), ...(newsAt !== undefined && { newsAt }),
  };
}

/** Significant news, and verifications that were wrong (C15, C20, C22). */
function newsOf({ reactivation, reopenings }: NonNullable<MissingRecord['file']>): string | undefined {
  return [...(reactivation ? [reactivation.at] : []), ...reopenings.flatMap(({ rule, at }) => (rule === 'C18' ? [] : [at]))].sort().at(-1);
}

/** Signs of life are looked for in the week that ends 7 days before a long-term review (X21, DES). */
const signsAhead = 14 * 24 * 3_600_000;

function ladderDue({ reviews, triggers }: Pick<MissingRecord, 'reviews' | 'triggers'>): { readonly at: string; readonly dueAt: string }[] {
  return reviews.filter(item => item.type === 'LADDER' && isOpenReview(item) && !triggers.some(({ trigger, instance }) => trigger === 'LADDER_REVIEW' && instance === item.dueAt))
    .map(({ dueAt }) => ({ dueAt, at: new Date(Date.parse(dueAt) - signsAhead).toISOString() }));
}

/** Nothing of the schedule has come due that the record does not show yet: while its state and level are the same there is nothing to make. */
export function isScheduled(record: MissingRecord, now: string): boolean {
  const { reviews, reviewMarks } = record;
  const open = new Set(reviews.filter(isOpenReview).map(({ type, dueAt }) => `${type}@${dueAt}`));
  const isAhead = Object.entries(reviewMarks).every(([type, { dueAt }]) => dueAt > now && open.has(`${type}@${dueAt}`));
  return isAhead && reviews.every(item => !isOpenReview(item) || item.dueAt > now || item.missedAt !== undefined) && ladderDue(record).every(({ at }) => at > now);
}

function ladderTriggers(step: Step, moment: Moment): Step {
  return ladderDue(step.record).filter(({ at }) => at <= moment.now).reduce((so, { dueAt }) => withTrigger(so, 'LADDER_REVIEW', moment, { instance: dueAt, dueAt }), step);
}

/** What becomes due of reviews by time: steps of their ladders, and the signs of life before a long-term one (15.1 item 18). */
export function reviewsDue(record: MissingRecord, settings: MissingSettings): Due[] {
  const level = levelOf(record);
  return [
    ...record.reviews.flatMap(item => {
      const next = nextReviewStep(item, level, settings.tasks);
      return next ? [{ key: `review ${item.reviewId} ${next.step}`, at: next.at }] : [];
    }),
    ...ladderDue(record).map(({ at, dueAt }) => ({ key: `signs of life ${dueAt}`, at })),
  ];
}

/**
 * V03: when the system raises from VERY_LOW, the reassessment having been missed (4.3). While an inspector's reasons stand against it (15.1 item 17), only the next reassessment counts. Undefined when
 * nothing waits.
 */
export function missedRaiseAt(record: MissingRecord, settings: MissingSettings): string | undefined {
  const byTask = raiseToLowAt(record.tasks, settings.reviews.raiseAfterMissedMins);
  if (byTask === undefined || levelOf(record) !== 'VERY_LOW') return undefined;
  const reasonsAt = record.reviews.flatMap(({ noRaise }) => noRaise?.at ?? []).sort().at(-1);
  const dueAt = record.tasks.filter(task => task.templateId === 'V02' && isRunning(task)).map(task => task.dueAt).sort()[0];
  return reasonsAt !== undefined && dueAt !== undefined && reasonsAt >= dueAt ? raiseWantedAt(record.reviews, reviewSettingsOf(settings)) : byTask;
}

/** Reviews whose step is due, each once and the oldest first; the named reviewer hears of every step and stays accountable. */
export function escalateReviews(step: Step, moment: Moment): Step {
  const level = levelOf(step.record);
  const due = step.record.reviews.filter(item => isDue(item, moment, level)).sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return due.reduce((so, item) => escalate(so, item, moment), step);
}

function isDue(item: Review, { now, settings }: Moment, level: ReturnType<typeof levelOf>): boolean {
  const next = nextReviewStep(item, level, settings.tasks);
  return next !== undefined && next.at <= now;
}

function escalate(step: Step, item: Review, moment: Moment): Step {
  const { now, people, settings } = moment;
  const { review, escalation } = escalateReview(item, levelOf(step.record), now, settings.tasks);
  if (!escalation) return step;
  const { reviewId, reviewerUserId, dueAt } = review;
  const fired = note(change(step, { reviews: step.record.reviews.map(other => (other === item ? review : other)) }), 'ReviewEscalated', 'none', { review: reviewId, step: escalation.step, lateMs: escalation.lateMs });
  const { title } = rowOfReview(review.type);
  const named = raise(fired, now, { kind: 'REVIEW', to: [reviewerUserId], title, about: reviewId, dueAt, isUrgent: escalation.step !== 'REMINDER' });
  const others = escalation.step === 'REMINDER' ? [] : peopleOf(escalation.to, step.record, people, reviewerUserId).filter(userId => userId !== reviewerUserId);
  const told = raise(named, now, { kind: 'ESCALATION', to: others, title, about: reviewId, dueAt, isUrgent: true });
  // One that an outage kept from being made is late from its own time on.
  const since = review.openedAt > dueAt ? dueAt : nextReviewStep(item, levelOf(step.record), settings.tasks)?.at ?? escalation.at;
  return late(told, { what: `${reviewId} ${escalation.step}`, dueAt: since, firedAt: now });
}
