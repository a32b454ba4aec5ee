import { fail, unless } from '../machine/moment.ts';
import type { Failure, Role } from '../terms.ts';
import { paged } from './chains.ts';
import { isRunning, type Moment, type Task } from './task.ts';

/** Who was paged by H01 and has not answered. */
export function unansweredPages(task: Task): Role[] {
  const answered = new Set(answersOf(task).map(({ role }) => role));
  return paged.filter(role => !answered.has(role));
}

/** Why this role cannot answer the page: it was not paged, has answered already, or nobody was paged. */
export function answerFailures(task: Task, role: Role): Failure[] {
  const rule = task.templateId;
  if (!isRunning(task) || !task.escalations.some(({ ackBy }) => ackBy !== undefined)) return [fail('TRANSITION_NOT_ALLOWED', rule, 'No page waits for an answer.')];
  if (!paged.some(name => name === role)) return [fail('ROLE_DENIED', rule, 'This page is answered by the inspector, the force incident manager and the superintendent.')];
  return unless(unansweredPages(task).includes(role), 'TRANSITION_NOT_ALLOWED', rule, 'This page was answered already.');
}

/**
 * The page as answered by a role (H01). The answer stands at the latest row of pages; when all three have answered the task is done by itself, which stops the phone tree.
 * Ask `answerFailures` first.
 */
export function answerPage(task: Task, role: Role, { now, by }: Moment): Task {
  const latest = task.escalations.findLastIndex(({ ackBy }) => ackBy !== undefined);
  const escalations = task.escalations.map((row, index) => (index === latest ? { ...row, acks: [...(row.acks ?? []), { role, by, at: now }] } : row));
  const answered = { ...task, escalations };
  if (unansweredPages(answered).length > 0) return { ...answered, state: 'DOING' };
  const answers = answersOf(answered);
  return {
    ...answered, escalations: escalations.map((row, index) => (index === latest ? { ...row, ackAt: now } : row)), state: 'DONE', doneAt: now, doneBy: by, evidence: { kind: 'PAGES_ANSWERED', answers },
  };
}

function answersOf(task: Task): { role: Role; by: string; at: string }[] {
  return task.escalations.flatMap(({ acks }) => acks ?? []);
}
