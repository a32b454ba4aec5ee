import { addTo, durationOf } from '../clock/duration.ts';
import { earliest } from '../clock/hold.ts';
import { isOfDeath, voided } from './hold.ts';
import { newTask, openTasks, priorityAt } from './open.ts';
import type { TaskFacts } from './plan.ts';
import { windowFor, type TaskSettings } from './settings.ts';
import { cancelled, isOpenTask, nextTaskId, unheld, type Moment, type Task } from './task.ts';
import { childNotices, familyOf, survivesFound, type TemplateId } from './template.ts';
import { templateOf } from './templates.ts';

/** Tasks that outlive the closure of the case (4.5) or what was told to partners about a child (15.1 item 5). */
const outlivesClosure: ReadonlySet<TemplateId> = new Set<TemplateId>(['P07', 'P10', ...survivesFound, ...childNotices]);

/** C8: every open task that is not a P task ends as CANCELLED_FOUND, but the notices of 15.1 item 5; those to children's services only when they were due. */
export function found(tasks: readonly Task[], moment: Moment): Task[] {
  return tasks.map(item => (isOpenTask(item) && !staysAfterFound(item, moment.now) ? cancelled(item, 'CANCELLED_FOUND', 'The person was found (C8).', moment) : item));
}

function staysAfterFound({ templateId, dueAt }: Task, now: string): boolean {
  return familyOf(templateId) === 'P' || survivesFound.has(templateId) || (childNotices.has(templateId) && dueAt <= now);
}

/** C11: the search is over; tasks that waited since the body was found end. What death asks for (`openTasks` at stage DEATH) comes beside them. */
export function deceasedConfirmed(tasks: readonly Task[], moment: Moment): Task[] {
  return tasks.map(item => (isOpenTask(item) && !isOfDeath(item) && familyOf(item.templateId) !== 'P' && item.templateId !== 'X24' ? cancelled(item, 'CANCELLED_FOUND', 'The death was confirmed (C11).', moment) : item));
}

/**
 * C12: the body is somebody else's. What the death asked for ends and counts no more; a new D02 asks to tell the family first, and until it is done every task that C10 put on hold waits for it (S15);
 * so does what waited because the person was reported found, unless the case returns to that (`isOnHold`).
 * `releaseGates` then lets them go on with what was left.
 */
export function deathRefuted(tasks: readonly Task[], facts: TaskFacts, settings: TaskSettings): Task[] {
  const moment = { now: facts.now, by: 'SYSTEM' };
  const kept = tasks.map(item => {
    if (isOfDeath(item)) return voided(item, 'The identification was negative (C12).', moment);
    return item.state === 'HOLD' && (item.heldFor === 'DEATH' || (item.heldFor === 'LOCATED' && !facts.isOnHold)) ? { ...item, heldFor: 'GATE' as const, dependsOn: ['D02' as const] } : item;
  });
  const template = templateOf('D02');
  const due = windowFor(template, facts.level, settings, facts.isUnder18) ?? '2h';
  const dueAt = addTo(facts.now, durationOf(due));
  const windowMs = Date.parse(dueAt) - Date.parse(facts.now);
  const planned = { template, title: 'Tell the family first that it is somebody else; everything else waits for it', owners: template.owners, anchor: 'T_TRIGGER', anchorAt: facts.now, due, dueAt, windowMs } as const;
  return [...kept, { ...newTask(kept, planned, { ...facts, stage: 'MISSING' }), blocksClose: false }];
}

/** C17 and the like: the record goes no further, so nothing of it is left to do. */
export function cancelOpen(tasks: readonly Task[], reason: string, moment: Moment): Task[] {
  return tasks.map(item => (isOpenTask(item) ? cancelled(item, 'CANCELLED', reason, moment) : item));
}

/** C17 with a MERGED link: the other case carries on. */
export function mergedCancelled(tasks: readonly Task[], into: string, moment: Moment): Task[] {
  return cancelOpen(tasks, `Merged with ${into} (C17).`, moment);
}

/** C16: what blocks closure is done by then; of the rest only what outlives the closure stays (4.5). */
export function closed(tasks: readonly Task[], moment: Moment): Task[] {
  return tasks.map(item => (isOpenTask(item) && !outlivesClosure.has(item.templateId) ? cancelled(item, 'CANCELLED', 'The case was closed (C16).', moment) : item));
}

/** I5: tasks that keep the case from being closed. */
export function blockingClosure(tasks: readonly Task[]): Task[] {
  return tasks.filter(item => item.blocksClose && isOpenTask(item) && item.voidedAt === undefined);
}

/** C14: open tasks that keep the case from being suspended; updates to the family and the long-term tasks go on (15.2 item 33). */
export function blockingSuspension(tasks: readonly Task[]): Task[] {
  const goesOn: readonly TemplateId[] = ['A15', 'X21', 'X22', 'X23'];
  return tasks.filter(item => isOpenTask(item) && !goesOn.includes(item.templateId));
}

/**
 * C22 and C20: the verification was wrong. P tasks end and count no more; what "found" had cancelled begins again with the time that was left then (a late one is due at once, a hard limit stays where
 * it was); what the return has undone is due again at once; each is linked by `reopenedAs`. Then everything else that the level and the flags ask for is opened.
 */
export function verificationWrong(tasks: readonly Task[], facts: TaskFacts, settings: TaskSettings): Task[] {
  const undone = undoneByReturn(tasks);
  const before = tasks.map(item => (isOfReturn(item) ? voided(item, 'The verification was wrong (C22).', { now: facts.now, by: 'SYSTEM' }) : item));
  const again = before.filter(item => item.voidedAt === undefined && (item.state === 'CANCELLED_FOUND' || undone.has(item.taskId)));
  return openTasks(again.reduce((so, item) => reopened(so, item, facts, settings), before), facts, settings);
}

/** The electronic stand-downs left with C8, so whoever had been told of the missing person must be told anew; PNC and media again only if they were cancelled and withdrawn (DES). */
function undoneByReturn(tasks: readonly Task[]): ReadonlySet<string> {
  const done = tasks.filter(({ state, voidedAt }) => state === 'DONE' && voidedAt === undefined);
  const isDone = (id: TemplateId): boolean => done.some(({ templateId }) => templateId === id);
  const latest = (belongs: (item: Task) => boolean): string[] => done.filter(belongs).slice(-1).map(({ taskId }) => taskId);
  return new Set([
    ...latest(({ templateId }) => templateOf(templateId).duty === 'UKMPU'), ...latest(({ templateId }) => templateOf(templateId).duty === 'CHILDRENS_SERVICES'),
    ...latest(({ templateId }) => templateId === 'X01'), ...latest(({ templateId }) => templateId === 'X04'),
    ...(isDone('P03') ? latest(({ templateId }) => templateId === 'A10') : []), ...(isDone('P04') ? latest(({ templateId }) => templateId === 'H07' || templateId === 'M06') : []),
  ]);
}

/** X06 runs from T_VERIFIED, which C22 clears. */
function isOfReturn({ templateId, anchor }: Task): boolean {
  return familyOf(templateId) === 'P' || anchor === 'T_VERIFIED' || anchor === 'T_RETURNED';
}

/** The level may have been raised since: no later than its window from now. */
function reopened(tasks: readonly Task[], item: Task, { now, level, isUnder18 }: TaskFacts, settings: TaskSettings): Task[] {
  const taskId = nextTaskId(tasks, item.templateId, item.instance);
  const remainingMs = item.state === 'CANCELLED_FOUND' ? item.remainingMs ?? 0 : 0;
  const window = windowFor(templateOf(item.templateId), level, settings, isUnder18);
  const left = new Date(Date.parse(now) + Math.max(0, remainingMs)).toISOString();
  const soonest = window === undefined || window.startsWith('-') ? left : earliest(left, addTo(now, durationOf(window)));
  const { doneAt: _at, doneBy: _by, naReason: _why, naCandidate: _candidate, evidence: _evidence, naApprovedBy: _approved, ...rest } = unheld(item);
  const again: Task = { ...rest, taskId, state: 'TODO', dueAt: item.hardDueAt === undefined ? soonest : earliest(soonest, item.hardDueAt), priority: Math.min(item.priority, priorityAt(level)), escalations: [], openedAt: now };
  return [...tasks.map(other => (other === item ? { ...other, reopenedAs: taskId, voidedAt: now } : other)), again];
}
