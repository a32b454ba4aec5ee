import { remaining, resumeAt } from '../clock/hold.ts';
import { isGateOpen } from './gates.ts';
import { cancelled, isOpenTask, isRunning, unheld, type Moment, type Task } from './task.ts';
import { familyOf } from './template.ts';

/** C6 (with the agreement of 15.1 item 4): tasks that stop on "located" wait, and what was left of their time is kept (2.5). Doing it again changes nothing. */
export function hold(tasks: readonly Task[], { now }: Pick<Moment, 'now'>): Task[] {
  return tasks.map(item => (isRunning(item) && item.stopOnLocated ? held(item, 'LOCATED', now) : item));
}

/** C7: what waited goes on with what was left, never beyond a hard limit (15.1 item 3). */
export function resume(tasks: readonly Task[], { now }: Pick<Moment, 'now'>): Task[] {
  return tasks.map(item => (item.state === 'HOLD' && item.heldFor === 'LOCATED' ? resumed(item, now) : item));
}

/**
 * C10: everything waits but what the death itself asks for (D tasks, X17) and the record of an unidentified body (X24); D tasks of an earlier, mistaken death count no more.
 * Once, at C10, before `openTasks` at stage BODY. A task that waited already, because the person was reported found, keeps its own reason and comes back to it.
 */
export function deceasedHold(tasks: readonly Task[], { now }: Pick<Moment, 'now'>): Task[] {
  return tasks.map(item => {
    if (isOfDeath(item)) return voided(item, 'It belonged to a death that turned out wrong.', { now, by: 'SYSTEM' });
    return isRunning(item) && item.templateId !== 'X24' ? held(item, 'DEATH', now) : item;
  });
}

/** Tasks that a body brings about. */
export function isOfDeath({ templateId }: Pick<Task, 'templateId'>): boolean {
  return familyOf(templateId) === 'D' || templateId === 'X17';
}

/** Frees what waited for a gate that is open now (D02 done, death released). The law runs it after every completed task and after the release. */
export function releaseGates(tasks: readonly Task[], { now, deathReleasedAt }: { readonly now: string; readonly deathReleasedAt?: string | undefined }): Task[] {
  return tasks.map(item => {
    if (item.state !== 'HOLD' || item.heldFor !== 'GATE' || !isGateOpen(tasks, item.dependsOn, deathReleasedAt)) return item;
    return resumed(item, now);
  });
}

/** It counts for nothing any more, however it ended. */
export function voided(item: Task, reason: string, moment: Moment): Task {
  if (item.voidedAt !== undefined) return item;
  return { ...(isOpenTask(item) ? cancelled(item, 'CANCELLED', reason, moment) : item), voidedAt: moment.now };
}

function held(item: Task, heldFor: NonNullable<Task['heldFor']>, now: string): Task {
  return { ...item, state: 'HOLD', heldFor, heldAt: now, remainingMs: remaining(item.dueAt, now) };
}

/** From what was left, which a raise may have shortened meanwhile. */
function resumed(item: Task, now: string): Task {
  const heldAt = item.heldAt ?? now;
  const dueAt = new Date(Date.parse(heldAt) + (item.remainingMs ?? remaining(item.dueAt, heldAt))).toISOString();
  const { dependsOn: _gates, ...rest } = unheld(item);
  return { ...rest, state: 'TODO', dueAt: resumeAt(dueAt, heldAt, now, item.hardDueAt) };
}
