import * as z from 'zod';
import { anchor, role } from '../terms.ts';
import { evidence } from './evidence.ts';
import { recipient } from './settings.ts';
import { templateId } from './template.ts';

/** Steps of the ladders. `HARD_*` belong to a limit of law or agreement, which a hold does not stop (15.1 item 3). */
const escalationStep = z.enum(['REMINDER', 'PAGE', 'PHONE_TREE', 'DUE', 'SECOND', 'THIRD', 'REPEAT', 'HARD_WARN', 'HARD_DUE', 'HARD_REPEAT']);
export type EscalationStep = z.infer<typeof escalationStep>;

/** UTC with milliseconds, so that instants sort as text. */
const instant = z.iso.datetime({ precision: 3 });
const user = z.string().min(1).max(100);

/** One step that was fired. A late one keeps when it was due and how late it was (2.6): lateness is never hidden. */
export const escalation = z.strictObject({
  step: escalationStep,
  /** When it was due. */
  at: instant,
  firedAt: instant,
  to: z.array(recipient).min(1),
  lateMs: z.int().min(0),
  /** Steps that time had passed over; they are not fired one by one. */
  skipped: z.array(escalationStep).optional(),
  /** How often a repeat has been fired: only the latest stands here, so that a task that is late for months does not grow; each one is in the audit. */
  times: z.int().min(2).optional(),
  /** Pages that must be answered by then (H01). */
  ackBy: instant.optional(),
  acks: z.array(z.strictObject({ role, by: user, at: instant })).optional(),
  /** When all had answered. */
  ackAt: instant.optional(),
});
export type Escalation = z.output<typeof escalation>;

const taskState = z.enum(['TODO', 'DOING', 'HOLD', 'DONE', 'NOT_APPLICABLE', 'CANCELLED_FOUND', 'CANCELLED']);
/** `LOCATED` C6, `DEATH` C10, `GATE` until the family was told or the death is released. */
const holdReason = z.enum(['LOCATED', 'DEATH', 'GATE']);
const gate = z.enum(['D02', 'DEATH_RELEASE']);
export type Gate = z.infer<typeof gate>;

/** A task (3.8; 15.2 item 23). */
export const task = z.strictObject({
  /** Template, `:instance` where there can be several, `#n` for the n-th of the same. */
  taskId: z.string().regex(/^[A-Z0-9_]{2,20}(?::[A-Za-z0-9_.:+-]{1,80})?(?:#\d{1,4})?$/),
  templateId,
  instance: z.string().min(1).max(80).optional(),
  title: z.string().min(1).max(300),
  ownerRole: role,
  ownerUserId: user.optional(),
  anchor,
  anchorAt: instant,
  /** The length as the table has it, or AGREED. */
  due: z.string().min(2).max(12),
  dueAt: instant,
  /** What the steps of the ladder are parts of: stays as it was when a hold moves dueAt. */
  windowMs: z.int().min(0),
  hardDueAt: instant.optional(),
  priority: z.int().min(1).max(4),
  mandatory: z.boolean(),
  stopOnLocated: z.boolean(),
  blocksClose: z.boolean(),
  goldenHour: z.boolean(),
  dependsOn: z.array(gate).optional(),
  state: taskState,
  heldAt: instant.optional(),
  heldFor: holdReason.optional(),
  /** At the hold or the cancelling; below zero when it was late already. */
  remainingMs: z.int().optional(),
  evidence: evidence.optional(),
  /** When and by whom it was ended, in whatever way. */
  doneAt: instant.optional(),
  doneBy: user.optional(),
  naReason: z.string().min(3).max(2000).optional(),
  naApprovedBy: user.optional(),
  /** The level was reduced below it: a person picks (C4). */
  naCandidate: z.literal(true).optional(),
  escalations: z.array(escalation),
  openedAt: instant,
  /** The task that took its place when the verification turned out wrong (C22). */
  reopenedAs: z.string().optional(),
  /** It belongs to a return or a death that turned out wrong and counts for nothing any more, however it ended. */
  voidedAt: instant.optional(),
});
export type Task = z.output<typeof task>;

/** Something is still to be done. */
export const isOpenTask = ({ state }: Pick<Task, 'state'>): boolean => state === 'TODO' || state === 'DOING' || state === 'HOLD';
/** Its soft due time runs. */
export const isRunning = ({ state }: Pick<Task, 'state'>): boolean => state === 'TODO' || state === 'DOING';

/** Who did something and when. */
export interface Moment {
  readonly now: string;
  readonly by: string;
}

/** The id of the next task of a template and instance: the second of the same is `#2`. */
export function nextTaskId(tasks: readonly Task[], templateIdOfTask: Task['templateId'], instance?: string): string {
  const base = instance === undefined ? templateIdOfTask : `${templateIdOfTask}:${instance}`;
  const same = tasks.filter(item => item.templateId === templateIdOfTask && item.instance === instance).length;
  return same === 0 ? base : `${base}#${same + 1}`;
}

/** Ended without having been done. */
export function cancelled(item: Task, state: 'CANCELLED' | 'CANCELLED_FOUND', reason: string, { now, by }: Moment): Task {
  const remainingMs = item.state === 'HOLD' && item.remainingMs !== undefined ? item.remainingMs : Date.parse(item.dueAt) - Date.parse(now);
  return { ...unheld(item), state, naReason: reason, doneAt: now, doneBy: by, remainingMs };
}

/** Without the marks of a hold. */
export function unheld({ heldAt: _at, heldFor: _for, remainingMs: _left, ...rest }: Task): Task {
  return rest;
}
