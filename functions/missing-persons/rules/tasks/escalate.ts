import type { RiskLevel } from '../terms.ts';
import { chainSteps, recipientsOf, repeatEvery, type Step } from './chains.ts';
import { dueRow, later, nextOnGrid, plus, remembered, withFired, type DueStep, type Rung } from './ladder.ts';
import type { Recipient, TaskSettings } from './settings.ts';
import { isRunning, type Escalation, type EscalationStep, type Task } from './task.ts';
import { templateOf } from './templates.ts';

/** Something due at once (H01, X17) still climbs its ladder and does not reach the top in the same instant (DES). */
const shortestWindow = 10 * 60_000;
const HOUR = 3_600_000;

/**
 * The next step of the ladder (4, 15.1 item 18), whether its time has come or not; undefined when nothing will come. On hold only the hard limit runs (15.1 item 3).
 * Where steps fall on one instant it is the highest of them.
 */
export const nextEscalation = remembered<Task, TaskSettings>(highestNext);

function highestNext(task: Task, level: RiskLevel, settings: TaskSettings): DueStep | undefined {
  let found = following(task, lastFired(task), level, settings);
  for (let next = found; next && found && next.at <= found.at;) {
    found = next;
    next = following(task, next, level, settings);
  }
  return found && { step: found.step, at: found.at };
}

/**
 * Fires what time implies, once: after an outage the highest step that is due, with the ones passed over named in `skipped` and the lateness recorded; the next step then lies in the future.
 * Nothing due: the task as it was, and no escalation. A step is never fired twice, whatever the clock does.
 */
export function escalateNow(task: Task, level: RiskLevel, now: string, settings: TaskSettings): { readonly task: Task; readonly escalation: Escalation | undefined } {
  const due = dueRow(lastFired(task), now, { after: last => following(task, last, level, settings), everyOf: rung => everyOf(task, rung, level, settings) });
  if (!due) return { task, escalation: undefined };
  const escalation: Escalation = { ...due.row, to: unanswered(task, due.rung.to), ...(due.rung.isAcknowledged && { ackBy: plus(now, settings.phoneTreeMins * 60_000) }) };
  return { task: { ...task, escalations: withFired(task.escalations, escalation) }, escalation };
}

/** The earliest next step of any of the tasks (15.1 item 18: one list of due items, of which this is the tasks' part). */
export function nextOfAll(tasks: readonly Task[], level: RiskLevel, settings: TaskSettings): (DueStep & { readonly taskId: string }) | undefined {
  return tasks.reduce<(DueStep & { readonly taskId: string }) | undefined>((first, task) => {
    const next = nextEscalation(task, level, settings);
    return next && (!first || next.at < first.at) ? { ...next, taskId: task.taskId } : first;
  }, undefined);
}

/** Due steps of many tasks in the order in which they are acted on: risk first, which is the caller's one level, then the task's priority and the time (3.12). */
export function dueNow(tasks: readonly Task[], level: RiskLevel, now: string, settings: TaskSettings): Task[] {
  const due = tasks.flatMap(task => {
    const next = nextEscalation(task, level, settings);
    return next && next.at <= now ? [{ task, at: next.at }] : [];
  });
  return due.sort((a, b) => a.task.priority - b.task.priority || (a.at < b.at ? -1 : 1)).map(({ task }) => task);
}

/** The latest step that was fired, by what it says about the ladder; a warning of the hard limit moves nothing on the soft one. */
function lastFired(task: Task): DueStep | undefined {
  return task.escalations.findLast(({ step }) => task.state === 'HOLD' || step !== 'HARD_WARN');
}

function following(task: Task, last: DueStep | undefined, level: RiskLevel, settings: TaskSettings): Rung | undefined {
  const isOnHold = task.state === 'HOLD' && task.hardDueAt !== undefined;
  if (!isRunning(task) && !isOnHold) return undefined;
  if (last?.step === 'HARD_DUE' || last?.step === 'HARD_REPEAT') return hardRepeat(task, last, level, settings);
  return isOnHold ? hardFollowing(task, last, settings) : softFollowing(task, last, level, settings);
}

/** A task on hold is warned of its hard limit once, then told of it. */
function hardFollowing(task: Task, last: DueStep | undefined, settings: TaskSettings): Rung {
  const isWarned = last?.step === 'HARD_WARN' || task.escalations.some(({ step, skipped }) => step === 'HARD_WARN' || skipped?.includes('HARD_WARN'));
  if (isWarned || task.hardDueAt === undefined) return hardDue(task);
  return { step: 'HARD_WARN', at: earlier(task.hardDueAt, later(plus(task.hardDueAt, -settings.hardWarnHours * HOUR), task.heldAt ?? task.openedAt)), to: ['OWNER', 'SGT'] };
}

/** The soft ladder ends where the hard limit begins. */
function softFollowing(task: Task, last: DueStep | undefined, level: RiskLevel, settings: TaskSettings): Rung | undefined {
  const steps = chainSteps(templateOf(task.templateId).chain, settings);
  const passed = last === undefined ? -1 : indexOf(steps, last.step);
  const step = steps[passed + 1];
  const soft = step ? { step: step.step, at: instantOf(task, step), to: recipientsOf(step, level), ...(step.isAcknowledged && { isAcknowledged: true as const }) } : softRepeat(task, last, level, settings);
  return task.hardDueAt !== undefined && soft.at >= task.hardDueAt ? hardDue(task) : soft;
}

function indexOf(steps: readonly Step[], step: EscalationStep): number {
  const found = steps.findIndex(item => item.step === step);
  return found === -1 ? steps.length : found;
}

function softRepeat(task: Task, last: DueStep | undefined, level: RiskLevel, settings: TaskSettings): Rung {
  const { chain } = templateOf(task.templateId);
  const top = chainSteps(chain, settings).at(-1);
  if (!top) throw new RangeError(`ladder ${chain} has no step`);
  const at = nextOnGrid(instantOf(task, top), repeatEvery(chain, level, settings), last?.at ?? task.openedAt);
  return { step: 'REPEAT', at, to: recipientsOf(top, level), ...(top.isAcknowledged && { isAcknowledged: true as const }) };
}

function hardDue({ hardDueAt = '', openedAt }: Task): Rung {
  return { step: 'HARD_DUE', at: later(hardDueAt, openedAt), to: ['OWNER', 'INSP', 'SUPT'] };
}

function hardRepeat(task: Task, last: DueStep, level: RiskLevel, settings: TaskSettings): Rung {
  return { step: 'HARD_REPEAT', at: nextOnGrid(hardDue(task).at, repeatEvery('DEFAULT', level, settings), last.at), to: ['OWNER', 'INSP', 'SUPT'] };
}

function everyOf(task: Task, { step }: DueStep, level: RiskLevel, settings: TaskSettings): number | undefined {
  if (step === 'REPEAT') return repeatEvery(templateOf(task.templateId).chain, level, settings);
  return step === 'HARD_REPEAT' ? repeatEvery('DEFAULT', level, settings) : undefined;
}

/** No step is due before there was a task. */
function instantOf(task: Task, { after }: Step): string {
  const ms = 'minutes' in after ? after.minutes * 60_000 : Math.round(after.parts * Math.max(task.windowMs, shortestWindow));
  return later(plus(task.dueAt, ms), task.openedAt);
}

/** Who was paged and has answered is not paged again. */
function unanswered(task: Task, to: readonly Recipient[]): Recipient[] {
  const answered = new Set<Recipient>(task.escalations.flatMap(({ acks }) => (acks ?? []).flatMap(({ role }) => (role === 'SYSTEM' ? [] : [role]))));
  return to.filter(name => !answered.has(name));
}

const earlier = (a: string, b: string): string => (a < b ? a : b);
