import type { MissingRecord } from '../../state.ts';
import { utc } from '../machine/instants.ts';
import type { Evidence } from '../tasks/evidence.ts';
import { isRunning, type Task } from '../tasks/task.ts';
import { change, type Step } from './step.ts';

type Agreed = 'V02' | 'A15';

/** A time that was agreed with people: the reassessment at VERY_LOW (V02), the promised call (A15). The latest counts. */
export function withAgreed({ agreed }: Pick<MissingRecord, 'agreed'>, templateId: Agreed, at: string): MissingRecord['agreed'] {
  return [...agreed.filter(item => item.templateId !== templateId), { templateId, at }];
}

/** What a written plan (V01) or the talk with the informant (A03) agreed on moves the open task to its time: a reassessment only forward, a call to when it was promised. */
export function agreedBy(step: Step, given: Evidence, now: string): Step {
  if (given.kind === 'WRITTEN_PLAN') return moved(step, 'V02', given.latestReviewAt, now);
  return given.kind === 'AGREED_PLAN' ? moved(step, 'A15', given.nextContactAt, now) : step;
}

function moved(step: Step, templateId: Agreed, when: string, now: string): Step {
  const at = utc(when);
  if (at <= now) return step;
  const { record } = step;
  return change(step, { agreed: withAgreed(record, templateId, at), tasks: record.tasks.map(task => (task.templateId === templateId && isRunning(task) ? dueOn(task, at) : task)) });
}

function dueOn(task: Task, at: string): Task {
  if (task.templateId === 'V02' && at >= task.dueAt) return task;
  return { ...task, due: 'AGREED', dueAt: at, windowMs: Math.max(0, Date.parse(at) - Date.parse(task.anchorAt)) };
}
