import type { Act } from '../../../functions/missing-persons/rules/bodies/all.ts';
import { reviewSubjects } from '../../../functions/missing-persons/rules/reviews/content.ts';
import type { Review } from '../../../functions/missing-persons/rules/reviews/review.ts';
import type { RiskLevel } from '../../../functions/missing-persons/rules/terms.ts';
import type { Desk, Name } from './desk.ts';

type Form = Parameters<Desk['call']>[0];

/** An adult of whom nothing speaks for a risk. */
export const adult: NonNullable<Form> = {
  givenName: 'Sam', familyName: 'Sample', age: '24', lastSeenPlace: 'Sample Street', lastSeenUnknown: 'yes', lastSeenReason: 'Nobody was at home', informantName: 'Pat Sample', informantPhone: '01632 960002',
  worries: 'Left after a row with her brother and is not back',
};

interface Opening {
  readonly form?: Form;
  readonly answers?: Parameters<Desk['answers']>[0];
  readonly factors?: readonly string[];
  readonly level: RiskLevel;
}

/** A call that becomes a case in the same minute. */
export function openCase(desk: Desk, { form, answers, factors, level }: Opening): void {
  desk.call({ ...adult, ...form });
  desk.answers(answers ?? {});
  if (factors) desk.must({ do: 'AddFactors', factors: [...factors] }, 'cora');
  desk.must({ do: 'ScreenReport', thrive: 'Seen, asked, nobody in danger at the caller.', level, matchesSeen: [] }, 'cora');
  desk.must({ do: 'AcceptReport', rationale: 'The answers, and nobody has heard anything since.' }, 'cora');
  desk.must({ do: 'AcknowledgeOwner' }, 'fred');
}

export function confirmed(desk: Desk, level: RiskLevel, by: Name): void {
  desk.must({ do: 'ConfirmRisk', level, rationale: 'Looked at with the call handler: nothing else is known of where they are.', plan: 'Visit the informant, ring the friends.' }, by);
}

export function reviewOf(desk: Desk, reviewId: string): Review {
  const found = desk.record.reviews.find(item => item.reviewId === reviewId);
  if (!found) throw new Error(`no review ${reviewId}: ${desk.record.reviews.map(item => `${item.reviewId} ${item.state}`).join(', ')}`);
  return found;
}

/** The whole content of 5.2, seen to the overdue tasks of this moment. */
export function reviewAct(desk: Desk, reviewId: string, more: { readonly nextReviewAt?: string; readonly level?: RiskLevel } = {}): Extract<Act, { do: 'CompleteReview' }> {
  const { record, now, level } = desk;
  const overdue = record.tasks.filter(task => (task.state === 'TODO' || task.state === 'DOING') && task.dueAt <= now).map(({ taskId }) => taskId);
  return {
    do: 'CompleteReview', reviewId, level: more.level ?? record.risk?.level ?? 'MEDIUM', rationale: `At ${level ?? 'no level'} nothing has changed that would speak for another level.`,
    subjects: (['changed', ...reviewSubjects] as const).map(subject => ({ subject, isChanged: false, words: 'Nothing new came in since the last review.' })), overdueSeen: overdue, ...(overdue.length > 0 && { overdueDecision: 'By the next shift.' }),
    familyToldAt: now, nextReviewAt: more.nextReviewAt ?? new Date(Date.parse(now) + 8 * 3_600_000).toISOString(),
  };
}

export const withEvidence = (taskId: string, evidence: object): Extract<Act, { do: 'CompleteTask' }> => ({ do: 'CompleteTask', taskId, evidenceJson: JSON.stringify(evidence) });

/** Steps of the ladders of tasks that were fired so far, with their instants. */
export function stepsOf(desk: Desk, templateId: string): string[] {
  return desk.task(templateId).escalations.map(({ step, at }) => `${step} ${at}`);
}

export function toldBy(desk: Desk, kind: string): { readonly to: readonly string[]; readonly at: string; readonly about: string }[] {
  return desk.record.pages.filter(page => page.kind === kind).map(({ to, at, about }) => ({ to: [...to].sort(), at, about }));
}
