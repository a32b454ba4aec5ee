import { addTo, durationOf } from '../clock/duration.ts';
import { rankOf, type RiskLevel } from '../terms.ts';
import { isMandatory, ownerOf, priorityAt } from './open.ts';
import type { TaskFacts } from './plan.ts';
import { windowFor, type TaskSettings } from './settings.ts';
import { cancelled, isOpenTask, type Task } from './task.ts';
import { templateOf } from './templates.ts';

export interface LevelChange {
  readonly from: RiskLevel;
  readonly to: RiskLevel;
  /** T_RISK of the new level. */
  readonly at: string;
}

/**
 * Open tasks after a change of level. A raise: dueAt = min(old, T_RISK + the new level's window), a hold keeps no more than that; a reassessment of VERY_LOW is answered by the raise itself.
 * A reduction moves no time: tasks that the new level would not ask for become candidates for NOT_APPLICABLE, which a person picks (C4). `openTasks` then adds what the new level asks for.
 */
export function onLevelChange(tasks: readonly Task[], change: LevelChange, facts: Pick<TaskFacts, 'people' | 'owner' | 'isUnder18'>, settings: TaskSettings): Task[] {
  if (change.from === change.to) return [...tasks];
  const isRaise = rankOf(change.to) > rankOf(change.from);
  return tasks.map(item => {
    if (!isOpenTask(item)) return item;
    return isRaise ? raised(item, change, facts, settings) : reduced(item, change);
  });
}

function raised(item: Task, { to, at }: LevelChange, facts: Pick<TaskFacts, 'people' | 'owner' | 'isUnder18'>, settings: TaskSettings): Task {
  if (item.templateId === 'V02') return cancelled(item, 'CANCELLED', 'The level was raised: this is the reassessment.', { now: at, by: 'SYSTEM' });
  const template = templateOf(item.templateId);
  const window = windowFor(template, to, settings, facts.isUnder18);
  const { naCandidate: _candidate, ...rest } = item;
  const again: Task = {
    ...(window === undefined ? item : rest), priority: Math.min(item.priority, priorityAt(to)), mandatory: item.mandatory || isMandatory(template, to),
    ...(template.ownersAt?.[to] && ownerOf(template.ownersAt[to], facts)),
  };
  return window === undefined || window.startsWith('-') ? again : sooner(again, window, at);
}

function sooner(item: Task, window: string, at: string): Task {
  const dueAt = addTo(at, durationOf(window));
  const windowMs = Date.parse(dueAt) - Date.parse(at);
  if (item.state === 'HOLD') return { ...item, remainingMs: Math.min(item.remainingMs ?? windowMs, windowMs), windowMs: Math.min(item.windowMs, windowMs) };
  return dueAt < item.dueAt ? { ...item, anchor: 'T_RISK', anchorAt: at, due: window, dueAt, windowMs } : item;
}

function reduced(item: Task, { to }: LevelChange): Task {
  return templateOf(item.templateId).windows[to] === undefined ? { ...item, naCandidate: true } : item;
}

/** V03: when a reassessment of VERY_LOW has been missed by `afterMins` the SYSTEM raises to LOW (4.3, I10, 15.1 item 17). Undefined when none waits, or while it is on hold. */
export function raiseToLowAt(tasks: readonly Task[], afterMins: number): string | undefined {
  const waiting = tasks.filter(({ templateId, state }) => templateId === 'V02' && (state === 'TODO' || state === 'DOING')).map(({ dueAt }) => dueAt).sort();
  return waiting[0] === undefined ? undefined : addTo(waiting[0], { unit: 'minutes', n: afterMins });
}
