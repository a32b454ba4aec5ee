import { unless } from '../machine/moment.ts';
import type { Failure, Role } from '../terms.ts';
import { approvalFailures, seniors, type Approver } from './complete.ts';
import { isOpenTask, unheld, type Moment, type Task } from './task.ts';

const supervisors: readonly Role[] = ['SGT', 'FIM', ...seniors];

/**
 * Why a task cannot be marked as not applicable: every reason. It needs a reason, and a second person where it is mandatory or blocks closure: a sergeant, for the prevention interview and for telling
 * the family an inspector (3.8, 15.2 item 34).
 */
export function notApplicableFailures(task: Task, act: { readonly by: string; readonly reason: string; readonly approver?: Approver }): Failure[] {
  const rule = task.templateId;
  const needsSenior = task.templateId === 'P01' || task.templateId === 'D02';
  return [
    ...unless(isOpenTask(task), 'TRANSITION_NOT_ALLOWED', rule, 'This task has ended already.'),
    ...(task.mandatory || task.blocksClose ? approvalFailures(act.by, act.approver, needsSenior ? seniors : supervisors, rule) : []),
    ...unless(act.reason.trim().length >= 10, 'REASON_REQUIRED', rule, 'Say why it does not apply, in a sentence.'),
  ];
}

/** The task as not applicable. Ask `notApplicableFailures` first. */
export function markNotApplicable(task: Task, act: Moment & { readonly reason: string; readonly approver?: Approver }): Task {
  return { ...unheld(task), state: 'NOT_APPLICABLE', naReason: act.reason.trim(), doneAt: act.now, doneBy: act.by, ...(act.approver && { naApprovedBy: act.approver.userId }) };
}
