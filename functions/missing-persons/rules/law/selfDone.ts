import type { MissingRecord } from '../../state.ts';
import { satisfiesRank } from '../reviews/rank.ts';
import type { Review } from '../reviews/review.ts';
import { completeTask, completionFailures } from '../tasks/complete.ts';
import type { Evidence } from '../tasks/evidence.ts';
import { isOpenTask, type Task } from '../tasks/task.ts';
import type { TemplateId } from '../tasks/template.ts';
import { isUnder18, levelOf } from './about.ts';
import { doneByRegions } from './regionDone.ts';
import { change, note, type Moment, type Step } from './step.ts';

export type Done = readonly (readonly [readonly TemplateId[], Evidence])[];

/** Tasks that an act itself is the doing of: nobody ticks a box for what the system saw them do. */
function doneBy(before: MissingRecord, after: MissingRecord): Done {
  const held = reviewsHeld(before, after);
  const seq = confirmedSeq(before, after);
  return [
    ...doneByReport(before, after), ...(seq !== undefined ? [[['A02', 'RAISE_TO_CONFIRM'], { kind: 'ASSESSMENT', assessmentSeq: seq }] as const] : []),
    ...(after.nextReviewAt !== undefined && (seq !== undefined || held.length > 0) ? [[['A12'], { kind: 'REVIEW_SET', nextReviewAt: after.nextReviewAt }] as const] : []), ...held.flatMap(item => doneByReview(item, after)),
  ];
}

/** The assessment by which this step confirmed a level. */
function confirmedSeq(before: MissingRecord, { risk }: MissingRecord): number | undefined {
  const isConfirmed = risk !== undefined && !risk.provisional && risk.assessments.at(-1)?.confirmBy !== undefined && risk.seq > (before.risk?.seq ?? 0);
  return isConfirmed ? risk.seq : undefined;
}

function doneByReport(before: MissingRecord, after: MissingRecord): Done {
  const { report } = after;
  return [
    ...(before.report.state === 'RECEIVED' && report.state !== 'RECEIVED' ? [[['Q00'], { kind: 'NOTE_AND_OUTCOME', note: 'The report was looked at.', outcome: report.state }] as const] : []),
    ...(['REDIRECTED', 'CONCERN_FOR_WELFARE'].includes(before.report.state) && report.state !== before.report.state ? [[['Q01', 'Q02'], { kind: 'NOTE_AND_OUTCOME', note: 'What came of it was recorded.', outcome: report.state }] as const] : []),
    ...(report.state === 'ACCEPTED' && before.report.state !== 'ACCEPTED' && report.matchesSeen !== undefined
      ? [[['A05'], { kind: 'MATCHES', matches: report.matchesSeen.map(ref => ({ ref, isAccepted: after.personId === ref })), triggerPlan: after.triggerPlan ? 'OPENED' as const : 'NONE' as const }] as const] : []),
  ];
}

/** Reviews that this step completed, those that count with it among them. */
function reviewsHeld(before: MissingRecord, after: MissingRecord): Review[] {
  const closed = new Set(before.reviews.filter(({ state }) => state === 'DONE').map(({ reviewId }) => reviewId));
  return after.reviews.filter(item => item.state === 'DONE' && !closed.has(item.reviewId));
}

/** An inspector's review is the full one of 24 hours (X10), one that news asked for is C15, the reassessment at VERY_LOW is V02. */
function doneByReview({ reviewId, type, rank, byRole, satisfiedBy }: Review, { risk, agreed }: MissingRecord): Done {
  const evidence: Evidence = { kind: 'REVIEW', reviewId: satisfiedBy ?? reviewId };
  const nextAt = agreed.find(({ templateId }) => templateId === 'V02')?.at;
  return [
    ...(byRole !== undefined && satisfiesRank(byRole, 'INSP') && rank !== 'SGT' ? [[['X10'], evidence] as const] : []), ...(type === 'IMMEDIATE' ? [[['C15'], evidence] as const] : []),
    ...(type === 'VERY_LOW_SGT' ? [[['V02'], { kind: 'REASSESSMENT', assessmentSeq: risk?.seq ?? 1, ...(nextAt !== undefined && { nextAt }) }] as const] : []),
  ];
}

/** Completes them, through the same law as by hand; what that law refuses stays open. */
export function selfDone(before: MissingRecord, step: Step, moment: Moment): Step {
  return [...doneBy(before, step.record), ...doneByRegions(before, step.record)].reduce((so, [templates, evidence]) => templates.reduce((next, template) => doneByAct(next, template, evidence, moment), so), step);
}

/** One task that an act is the doing of. */
export function doneByAct(step: Step, template: TemplateId, evidence: Evidence, moment: Moment): Step {
  const { record } = step;
  const task = record.tasks.find(item => item.templateId === template && isOpenTask(item));
  if (!task) return step;
  const act = { now: moment.now, by: moment.by, level: levelOf(record), isUnder18: isUnder18(record, moment.now, moment.settings) };
  return completed(step, task, evidence, { act, settings: moment.settings.tasks });
}

/** The task done by this act, where the law of tasks lets it. */
export function completed(step: Step, { taskId }: Task, evidence: Evidence, work: Parameters<typeof completeTask>[3]): Step {
  const { tasks } = step.record;
  if (completionFailures(tasks, taskId, evidence, work.act).length > 0) return step;
  return note(change(step, { tasks: completeTask(tasks, taskId, evidence, work) }), 'TaskCompleted', 'alteration', { task: taskId });
}
