import { rankOf, type RiskLevel } from '../terms.ts';
import { repeatEvery } from '../tasks/chains.ts';
import { dueRow, later, nextOnGrid, plus, remembered, withFired, type DueStep, type Rung } from '../tasks/ladder.ts';
import type { Recipient, TaskSettings } from '../tasks/settings.ts';
import type { Escalation } from '../tasks/task.ts';
import { satisfiesRank } from './rank.ts';
import { isOpenReview, type Review } from './review.ts';

/** The next step of a review's ladder (5.1 "escalate per chain", 15.1 item 18), whether its time has come or not; undefined once it is closed. */
export const nextReviewStep = remembered((review: Review, level: RiskLevel, settings: TaskSettings): DueStep | undefined => {
  const rung = following(review, review.escalations.at(-1), level, settings);
  return rung && { step: rung.step, at: rung.at };
});

/**
 * Fires once what the elapsed time implies: after an outage the highest step that is due, with those passed over in `skipped` and the lateness recorded (2.6). Nothing due: the review as it was.
 * `OWNER` among the recipients is the named reviewer, who stays accountable at every step [S14].
 */
export function escalateReview(review: Review, level: RiskLevel, now: string, settings: TaskSettings): { readonly review: Review; readonly escalation: Escalation | undefined } {
  const due = dueRow(review.escalations.at(-1), now, { after: last => following(review, last, level, settings), everyOf: ({ step }) => (step === 'REPEAT' ? repeatEvery('DEFAULT', level, settings) : undefined) });
  if (!due) return { review, escalation: undefined };
  const { row: escalation } = due;
  const late = escalation.step === 'REMINDER' ? {} : { missedAt: review.missedAt ?? review.dueAt, missedBy: review.missedBy ?? review.reviewerUserId };
  return { review: { ...review, ...late, escalations: withFired(review.escalations, escalation) }, escalation };
}

function following(review: Review, last: DueStep | undefined, level: RiskLevel, settings: TaskSettings): Rung | undefined {
  if (!isOpenReview(review)) return undefined;
  const steps = stepsOf(review, level, settings);
  const index = last ? steps.findIndex(({ step }) => step === last.step) : -1;
  const next = last?.step === 'REPEAT' ? undefined : steps[index + 1];
  if (next) return next;
  const top = steps.at(-1);
  return top && last && { step: 'REPEAT', at: nextOnGrid(top.at, repeatEvery('DEFAULT', level, settings), last.at), to: top.to };
}

/** Parts of the review's window, as for tasks. A step reaches nobody below the rank of the review. */
function stepsOf({ dueAt, windowMs, rank, openedAt }: Review, level: RiskLevel, { escChain: { reminderBefore, due, second, third } }: TaskSettings): Rung[] {
  const at = (parts: number): string => later(plus(dueAt, Math.round(parts * windowMs)), openedAt);
  const reach = (to: readonly Recipient[]): Recipient[] => [...new Set<Recipient>(['OWNER', ...to.map(who => (who === 'OWNER' || who === 'CONTROL_ROOM' || holdsRank(who, rank) ? who : 'SUPT'))])];
  return [
    { step: 'REMINDER', at: at(-reminderBefore), to: ['OWNER'] }, { step: 'DUE', at: at(0), to: reach(due.filter(who => holdsRank(who, rank))) },
    { step: 'SECOND', at: at(second.after), to: reach(second.to) }, { step: 'THIRD', at: at(third.after), to: reach(rankOf(level) < rankOf('MEDIUM') ? third.toBelowMedium : third.to) },
  ];
}

/** At the due time the reviewer hears, and of the chain who holds the rank; a superintendent is not called for an inspector's review in its first minute. */
function holdsRank(who: Recipient, rank: Review['rank']): boolean {
  return who !== 'OWNER' && who !== 'CONTROL_ROOM' && satisfiesRank(who, rank);
}
