import { rankOf, type RiskLevel } from '../terms.ts';
import type { Recipient, TaskSettings } from '../tasks/settings.ts';
import type { Escalation, EscalationStep } from '../tasks/task.ts';
import { satisfiesRank } from './rank.ts';
import { isOpenReview, type Review } from './review.ts';

type Chain = Pick<TaskSettings, 'escChain'>;

interface Rung { readonly step: EscalationStep; readonly at: string; readonly to: readonly Recipient[] }
export interface DueReviewStep { readonly step: EscalationStep; readonly at: string }

/** The next step of a review's ladder (5.1 "escalate per chain", 15.1 item 18), whether its time has come or not; undefined once it is closed. */
export function nextReviewStep(review: Review, level: RiskLevel, settings: Chain): DueReviewStep | undefined {
  const found = answered.get(review);
  if (found?.level === level && found.settings === settings) return found.next;
  const rung = isOpenReview(review) ? following(review, lastFired(review), level, settings) : undefined;
  const next = rung && { step: rung.step, at: rung.at };
  answered.set(review, { level, settings, next });
  return next;
}

/** A review is never changed in place: asked again about the same one, the answer is the same. */
const answered = new WeakMap<Review, { readonly level: RiskLevel; readonly settings: Chain; readonly next: DueReviewStep | undefined }>();

/**
 * Fires once what the elapsed time implies: after an outage the highest step that is due, with those passed over in `skipped` and the lateness recorded (2.6). Nothing due: the review as it was.
 * `OWNER` among the recipients is the named reviewer, who stays accountable at every step [S14].
 */
export function escalateReview(review: Review, level: RiskLevel, now: string, settings: Chain): { readonly review: Review; readonly escalation: Escalation | undefined } {
  const due: Rung[] = [];
  for (let next = isOpenReview(review) ? following(review, lastFired(review), level, settings) : undefined; next && next.at <= now; next = following(review, due.at(-1), level, settings)) {
    due.push(next.step === 'REPEAT' ? latestRepeat(next, level, now, settings) : next);
  }
  const fired = due.at(-1);
  if (!fired) return { review, escalation: undefined };
  const skipped = due.slice(0, -1).map(({ step }) => step);
  const escalation: Escalation = { step: fired.step, at: fired.at, firedAt: now, to: [...fired.to], lateMs: Date.parse(now) - Date.parse(fired.at), ...(skipped.length > 0 && { skipped }) };
  const late = fired.step === 'REMINDER' ? {} : { missedAt: review.missedAt ?? review.dueAt, missedBy: review.missedBy ?? review.reviewerUserId };
  return { review: { ...review, ...late, escalations: withFired(review.escalations, escalation) }, escalation };
}

function following(review: Review, last: DueReviewStep | undefined, level: RiskLevel, settings: Chain): Rung | undefined {
  const steps = stepsOf(review, level, settings);
  const index = last ? steps.findIndex(({ step }) => step === last.step) : -1;
  const next = last?.step === 'REPEAT' ? undefined : steps[index + 1];
  if (next) return next;
  const top = steps.at(-1);
  if (!top || !last) return undefined;
  const every = repeatMs(level, settings);
  const n = Math.max(1, Math.floor((Date.parse(last.at) - Date.parse(top.at)) / every) + 1);
  return { step: 'REPEAT', at: plus(top.at, n * every), to: top.to };
}

/** Parts of the review's window, as for tasks. A step reaches nobody below the rank of the review. */
function stepsOf({ dueAt, windowMs, rank, openedAt }: Review, level: RiskLevel, { escChain: { reminderBefore, due, second, third } }: Chain): Rung[] {
  const at = (parts: number): string => later(plus(dueAt, Math.round(parts * windowMs)), openedAt);
  const reach = (to: readonly Recipient[]): Recipient[] => [...new Set<Recipient>(['OWNER', ...to.map(who => (who === 'OWNER' || who === 'CONTROL_ROOM' || satisfiesRank(who, rank) ? who : 'SUPT'))])];
  return [
    { step: 'REMINDER', at: at(-reminderBefore), to: ['OWNER'] }, { step: 'DUE', at: at(0), to: reach(due.filter(who => who === 'OWNER' || satisfiesRankOrBelow(who, rank))) },
    { step: 'SECOND', at: at(second.after), to: reach(second.to) }, { step: 'THIRD', at: at(third.after), to: reach(rankOf(level) < rankOf('MEDIUM') ? third.toBelowMedium : third.to) },
  ];
}

/** At the due time the reviewer hears, and of the chain who holds the rank; a superintendent is not called for an inspector's review in its first minute. */
function satisfiesRankOrBelow(who: Recipient, rank: Review['rank']): boolean {
  return who !== 'OWNER' && who !== 'CONTROL_ROOM' && satisfiesRank(who, rank);
}

function latestRepeat(rung: Rung, level: RiskLevel, now: string, settings: Chain): Rung {
  const every = repeatMs(level, settings);
  return { ...rung, at: plus(rung.at, Math.floor((Date.parse(now) - Date.parse(rung.at)) / every) * every) };
}

/** A repeat takes the place of the one before it. */
function withFired(rows: readonly Escalation[], row: Escalation): Escalation[] {
  const before = row.step === 'REPEAT' ? rows.find(({ step }) => step === 'REPEAT') : undefined;
  return before ? [...rows.filter(item => item !== before), { ...row, times: (before.times ?? 1) + 1 }] : [...rows, row];
}

const lastFired = ({ escalations }: Review): DueReviewStep | undefined => escalations.at(-1);
const repeatMs = (level: RiskLevel, { escChain: { repeatMins } }: Chain): number => (level === 'HIGH' ? repeatMins.HIGH : repeatMins.other) * 60_000;
const plus = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
const later = (a: string, b: string): string => (a > b ? a : b);
