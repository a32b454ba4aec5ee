import { partKeys, type MissingRecord } from '../../state.ts';
import { systemRaise } from '../risk/raise.ts';
import { dueNow, escalateNow, nextEscalation } from '../tasks/escalate.ts';
import type { Escalation, Task } from '../tasks/task.ts';
import { isMissing, levelOf, riskContext } from './about.ts';
import { nextDue } from './due.ts';
import { late } from './late.ts';
import { regionTick } from './regionDue.ts';
import { lookAgain } from './uploadResults.ts';
import { escalateReviews, isScheduled, missedRaiseAt, withReviews } from './reviews.ts';
import { begin, change, note, owe, peopleOf, raise, withPart, type Moment, type Step } from './step.ts';

/**
 * Acts on everything that is due now, in the order of task priority and time (3.12): each ladder fires once, at the step that the elapsed time implies; after an outage the steps that time
 * passed over are named and not fired one by one (2.6). The system raises, escalates, asks and tells; it never lowers, closes, cancels or publishes (I10).
 */
export function tick(record: MissingRecord, moment: Moment): Step {
  const { now, settings } = moment;
  const due = nextDue(record, settings);
  const noted = note(begin(record), 'TimersRun', 'none', due ? { due: due.key.slice(0, 100), dueAt: due.at } : {});
  const escalated = dueNow(record.tasks, levelOf(record), now, settings.tasks).reduce((so, task) => escalate(so, task, moment), noted);
  // What fell due while nobody looked is made first, so that of each kind only the latest is escalated.
  const scheduled = isScheduled(escalated.record, now) ? escalated : withReviews(escalated, moment);
  return lookAgain(retry(regionTick(missedReassessment(escalateReviews(scheduled, moment), moment), moment), moment), moment);
}

function escalate(step: Step, task: Task, moment: Moment): Step {
  const { record } = step;
  const { task: next, escalation } = escalateNow(task, levelOf(record), moment.now, moment.settings.tasks);
  if (!escalation) return step;
  const fired = change(step, { tasks: record.tasks.map(item => (item.taskId === task.taskId ? next : item)) });
  const noted = note(fired, 'TaskEscalated', 'none', { task: task.taskId, step: escalation.step, lateMs: escalation.lateMs });
  const since = nextEscalation(task, levelOf(record), moment.settings.tasks)?.at ?? escalation.at;
  return page(late(noted, { what: `${task.taskId} ${escalation.step}`, dueAt: since, firedAt: moment.now }), next, escalation, moment);
}

function page(step: Step, task: Task, { step: rung, to, ackBy }: Escalation, { now, people }: Moment): Step {
  const reached = peopleOf(to, step.record, people, task.ownerUserId);
  const isPage = rung === 'PAGE' || rung === 'PHONE_TREE';
  return raise(step, now, { kind: isPage ? 'PAGE' : 'ESCALATION', to: reached, title: task.title, about: task.taskId, dueAt: ackBy ?? task.dueAt, isUrgent: isPage || rung !== 'REMINDER' });
}

/** V03: nobody reassessed; the system raises to LOW and tells the sergeant and the inspector (4.3, S04). */
function missedReassessment(step: Step, moment: Moment): Step {
  const { record } = step;
  const at = missedRaiseAt(record, moment.settings);
  if (!record.risk || !isMissing(record) || at === undefined || at > moment.now) return step;
  const { risk, rows } = systemRaise(record.risk, { level: 'LOW', reason: 'The reassessment that was agreed has been missed by an hour.', rules: ['V03'] }, riskContext(record, moment));
  const stored = rows.reduce((so, row) => withPart(so, partKeys.assessment(row.seq), { kind: 'assessment', row }), change(step, { risk }));
  return note(stored, 'RiskRaised', 'none', { rule: 'V03', level: risk.level });
}

/** Messages whose time to be tried again has come (6.2). */
function retry(step: Step, { now }: Moment): Step {
  const ready = step.record.notices.filter(({ state, nextTryAt, tries }) => state === 'QUEUED' && tries > 0 && nextTryAt !== undefined && nextTryAt <= now);
  return ready.reduce((so, { noticeId, tries }) => owe(so, 'notice', noticeId, `try-${tries}`), step);
}
