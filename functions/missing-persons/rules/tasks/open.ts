import { earliest } from '../clock/hold.ts';
import { rankOf, riskLevel, type RiskLevel, type Role } from '../terms.ts';
import { isGateOpen } from './gates.ts';
import { tasksFor, type Planned, type TaskFacts } from './plan.ts';
import type { TaskSettings } from './settings.ts';
import { cancelled, isOpenTask, nextTaskId, type Task } from './task.ts';
import { notForTheDead, type Template } from './template.ts';
import { templateOf } from './templates.ts';

/**
 * The tasks with those added that the record needs and has not had (one for each template and instance: doing it again adds nothing). A task that replaces an older open one cancels it;
 * one duty under two ids (UKMPU, children's services) keeps the sooner due time.
 */
export function openTasks(tasks: readonly Task[], facts: TaskFacts, settings: TaskSettings): Task[] {
  return tasksFor(facts, settings).reduce((so, item) => (isThere(so, item) || isDutyMet(so, item.template) ? so : added(so, item, facts)), [...tasks]);
}

/**
 * What was cancelled because something else took its place or the level went up may be asked for again (V02 after a later reduction, P13 after C18), but not an older acknowledgement or raise;
 * what "found" cancelled comes back by C22 only. A task that begins anew whenever it is done (A15, V02) is there while one of it is open.
 */
function isThere(tasks: readonly Task[], { template, instance }: Planned): boolean {
  const last = tasks.findLast(item => item.templateId === template.id && item.instance === instance && item.voidedAt === undefined);
  if (!last) return false;
  if (last.state === 'DONE' && template.recurrence?.from === 'DONE') return false;
  return last.state !== 'CANCELLED' || template.replacesOlder === true;
}

/** UKMPU is told once an episode; children's services again when the level has been raised. */
function isDutyMet(tasks: readonly Task[], { id, duty }: Template): boolean {
  if (duty === undefined) return false;
  return tasks.some(item => item.voidedAt === undefined && item.state === 'DONE' && templateOf(item.templateId).duty === duty && (duty === 'UKMPU' || rankOfDuty(item.templateId) >= rankOfDuty(id)));
}

/** Each id of a duty is one level's. */
function rankOfDuty(id: Template['id']): number {
  const { windows } = templateOf(id);
  return Math.max(...riskLevel.options.filter(level => windows[level] !== undefined).map(rankOf));
}

function added(tasks: readonly Task[], item: Planned, facts: TaskFacts): Task[] {
  const { template } = item;
  const opened = newTask(tasks, item, facts);
  const older = tasks.filter(other => isOpenTask(other) && other.voidedAt === undefined && isReplaced(template, other));
  const reason = `Its place was taken by ${opened.taskId}.`;
  const kept = tasks.map(other => (older.includes(other) ? cancelled(other, 'CANCELLED', reason, { now: facts.now, by: 'SYSTEM' }) : other));
  return [...kept, template.duty === undefined ? opened : withSoonest(opened, older)];
}

function isReplaced({ id, duty, replacesOlder }: Template, other: Task): boolean {
  if (other.templateId === id) return replacesOlder === true;
  return duty !== undefined && templateOf(other.templateId).duty === duty;
}

function withSoonest(opened: Task, older: readonly Task[]): Task {
  const dueAt = earliest(opened.dueAt, ...older.map(item => item.dueAt));
  const hard = [opened, ...older].flatMap(({ hardDueAt }) => hardDueAt ?? []);
  const [first, ...others] = hard;
  const gained = Date.parse(opened.dueAt) - Date.parse(dueAt);
  return {
    ...opened, dueAt, windowMs: Math.max(0, opened.windowMs - gained), ...(first !== undefined && { hardDueAt: earliest(first, ...others) }),
    ...(opened.remainingMs !== undefined && { remainingMs: opened.remainingMs - gained }),
  };
}

/** The task as it begins. In DEATH what makes no sense any more is a row that says so (C21), and what waits for the family waits. */
export function newTask(tasks: readonly Task[], item: Planned, facts: TaskFacts): Task {
  const { template, instance } = item;
  const { now, level } = facts;
  const fresh: Task = {
    taskId: nextTaskId(tasks, template.id, instance), templateId: template.id, ...(instance !== undefined && { instance }), title: item.title, ...ownerOf(item.owners, facts),
    anchor: item.anchor, anchorAt: item.anchorAt, due: item.due, dueAt: item.dueAt, windowMs: item.windowMs, ...(item.hardDueAt !== undefined && { hardDueAt: item.hardDueAt }),
    priority: template.id === 'TP' ? 1 : priorityAt(level), mandatory: isMandatory(template, level), stopOnLocated: template.stopOnLocated, blocksClose: template.blocksClose, goldenHour: template.goldenHour,
    state: 'TODO', escalations: [], openedAt: now,
  };
  if (facts.stage === 'DEATH' && notForTheDead.has(template.id)) return { ...fresh, state: 'NOT_APPLICABLE', naReason: 'The person has died (C21).', doneAt: now, doneBy: 'SYSTEM' };
  const remainingMs = Date.parse(item.dueAt) - Date.parse(now);
  const gates = facts.stage === 'DEATH' ? template.waitsInDeath : undefined;
  if (gates) return isGateOpen(tasks, gates, facts.deathReleasedAt) ? { ...fresh, dependsOn: [...gates] } : { ...fresh, dependsOn: [...gates], state: 'HOLD', heldAt: now, heldFor: 'GATE', remainingMs };
  return facts.isOnHold && template.stopOnLocated ? { ...fresh, state: 'HOLD', heldAt: now, heldFor: 'LOCATED', remainingMs } : fresh;
}

/** 1 at HIGH to 4 at VERY_LOW: due work is taken in the order of risk (3.12). */
export const priorityAt = (level: RiskLevel): number => 4 - rankOf(level);
export const isMandatory = ({ mandatory, optionalAt }: Template, level: RiskLevel): boolean => mandatory && !optionalAt?.includes(level);

/** The first role that has a person; SYSTEM always acts; else the owner of the case (15.2 item 30). */
export function ownerOf(owners: Template['owners'], { people, owner }: Pick<TaskFacts, 'people' | 'owner'>): { ownerRole: Role; ownerUserId?: string } {
  const found = owners.find(name => name === 'OWNER' || name === 'SYSTEM' || people[name] !== undefined);
  if (found === 'SYSTEM') return { ownerRole: 'SYSTEM' };
  if (found === undefined || found === 'OWNER') return { ownerRole: owner.role, ...(owner.userId !== undefined && { ownerUserId: owner.userId }) };
  const userId = people[found];
  return { ownerRole: found, ...(userId !== undefined && { ownerUserId: userId }) };
}

/** Open tasks that nobody has begun, with who holds their role now: after a change of shift, of the case's owner, or when a user was disabled. */
export function reassign(tasks: readonly Task[], facts: Pick<TaskFacts, 'people' | 'owner' | 'level'>): Task[] {
  return tasks.map(item => {
    if (item.state !== 'TODO' && item.state !== 'HOLD') return item;
    const { owners, ownersAt } = templateOf(item.templateId);
    const { ownerUserId: _before, ...rest } = item;
    return { ...rest, ...ownerOf(item.templateId === 'TP' ? [item.ownerRole] : ownersAt?.[facts.level] ?? owners, facts) };
  });
}
