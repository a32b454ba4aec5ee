import { addTo, durationOf, nextRepeat } from '../clock/duration.ts';
import { fail, isSamePerson, unless } from '../machine/moment.ts';
import type { Failure, RiskLevel, Role } from '../terms.ts';
import { evidence, evidenceFailures, type Evidence } from './evidence.ts';
import { isGateOpen } from './gates.ts';
import { releaseGates } from './hold.ts';
import { windowFor, type TaskSettings } from './settings.ts';
import { isOpenTask, nextTaskId, unheld, type Moment, type Task } from './task.ts';
import { templateOf } from './templates.ts';

/** A second person who agrees, with their roles. */
export interface Approver {
  readonly userId: string;
  readonly roles: readonly Role[];
}

export interface Completion extends Moment {
  readonly level: RiskLevel;
  readonly isUnder18: boolean;
  readonly deathReleasedAt?: string;
  /** Who approved that a prevention interview was not done (2.4: an inspector). */
  readonly approver?: Approver;
}

/** Why a task cannot be started: every reason. */
export function startFailures(tasks: readonly Task[], taskId: string, deathReleasedAt?: string): Failure[] {
  const item = tasks.find(other => other.taskId === taskId);
  if (!item) return [fail('NOT_FOUND', '3.8', 'There is no such task.')];
  return [...gateFailures(tasks, item, deathReleasedAt), ...unless(item.state === 'TODO', 'TRANSITION_NOT_ALLOWED', item.templateId, `A task that is ${spoken[item.state]} cannot be started.`)];
}

/** Under way, by whoever began it. Ask `startFailures` first. */
export function startTask(tasks: readonly Task[], taskId: string, { by }: Moment): Task[] {
  return tasks.map(item => (item.taskId === taskId ? { ...item, state: 'DOING', ownerUserId: by } : item));
}

/** Why a task cannot be completed with this evidence: every reason (EVIDENCE_MISSING, TRANSITION_NOT_ALLOWED, GUARD_UNMET; SEGREGATION and ROLE_DENIED for an interview that was not done). */
export function completionFailures(tasks: readonly Task[], taskId: string, given: unknown, act: Completion): Failure[] {
  const item = tasks.find(other => other.taskId === taskId);
  if (!item) return [fail('NOT_FOUND', '3.8', 'There is no such task.')];
  const state = unless(isOpenTask(item), 'TRANSITION_NOT_ALLOWED', item.templateId, `A task that is ${spoken[item.state]} cannot be completed.`);
  const wrong = evidenceFailures(templateOf(item.templateId).evidence, given, item.templateId);
  const parsed = evidence.safeParse(given);
  return [...state, ...gateFailures(tasks, item, act.deathReleasedAt), ...wrong, ...(wrong.length === 0 && parsed.success ? contentFailures(item, parsed.data, act) : [])];
}

/**
 * The tasks with this one done: what repeats begins again, and what waited for it goes on. Ask `completionFailures` first; evidence of the wrong kind throws (a fault of the caller).
 */
export function completeTask(tasks: readonly Task[], taskId: string, given: Evidence, work: { readonly act: Completion; readonly settings: TaskSettings }): Task[] {
  const { act, settings } = work;
  const item = tasks.find(other => other.taskId === taskId);
  if (!item || templateOf(item.templateId).evidence !== given.kind) throw new RangeError('a completion that was not asked about');
  const done: Task = { ...unheld(item), state: 'DONE', evidence: given, doneAt: act.now, doneBy: act.by, ...(act.approver && { naApprovedBy: act.approver.userId }) };
  const kept = tasks.map(other => (other === item ? done : other));
  return releaseGates([...kept, ...repeated(kept, done, act, settings)], { now: act.now, deathReleasedAt: act.deathReleasedAt });
}

const spoken: Readonly<Record<Task['state'], string>> = {
  TODO: 'waiting', DOING: 'under way', HOLD: 'on hold', DONE: 'done', NOT_APPLICABLE: 'not applicable', CANCELLED_FOUND: 'cancelled because the person was found', CANCELLED: 'cancelled',
};

function gateFailures(tasks: readonly Task[], { dependsOn, templateId }: Task, deathReleasedAt: string | undefined): Failure[] {
  if (isGateOpen(tasks, dependsOn, deathReleasedAt)) return [];
  const why = isGateOpen(tasks, dependsOn?.filter(gate => gate === 'D02'), deathReleasedAt) ? 'The senior investigator has not released the death to others yet.' : 'The family is told first (task D02).';
  return [fail('GUARD_UNMET', templateId, why)];
}

/** What the shape of evidence alone cannot tell. */
function contentFailures(item: Task, given: Evidence, act: Completion): Failure[] {
  switch (given.kind) {
    case 'CHECKLIST': {
      const answered = new Set(given.items.map(({ item: name }) => name));
      const left = (templateOf(item.templateId).checklist ?? []).filter(name => !answered.has(name));
      return unless(left.length === 0, 'EVIDENCE_MISSING', item.templateId, `These items have no answer: ${left.join(', ')}.`);
    }
    case 'DEPLOYMENT': return unless(given.at <= item.dueAt || given.delayReason !== undefined, 'EVIDENCE_MISSING', item.templateId, 'Officers were deployed late: say why.');
    case 'PREVENTION_INTERVIEW': return given.outcome === 'DONE' || given.outcome === 'SUPERSEDED' ? [] : approvalFailures(act.by, act.approver, seniors, item.templateId);
    default: return [];
  }
}

/** Inspectors and above. */
export const seniors: readonly Role[] = ['INSP', 'DI_SIO', 'SUPT'];

/** Somebody else of the right rank must have agreed. */
export function approvalFailures(by: string, approver: Approver | undefined, allowed: readonly Role[], rule: string): Failure[] {
  const rank = allowed === seniors ? 'An inspector' : 'A sergeant';
  if (!approver) return [fail('ROLE_DENIED', rule, `${rank} must agree.`)];
  return [
    ...unless(!isSamePerson(approver.userId, by), 'SEGREGATION', rule, 'Who asks for it cannot be the one who agrees.'),
    ...unless(approver.roles.some(role => allowed.includes(role)), 'ROLE_DENIED', rule, `${rank} must agree.`),
  ];
}

/** The next of a task that repeats: P07 and C23 counted from their first due time, A15 and V02 from when the last was done. */
function repeated(tasks: readonly Task[], done: Task, act: Completion, settings: TaskSettings): Task[] {
  const template = templateOf(done.templateId);
  const { recurrence } = template;
  if (!recurrence || isFinal(done) || done.voidedAt !== undefined) return [];
  const window = windowFor(template, act.level, settings, act.isUnder18);
  if (window === undefined) return [];
  const clock = recurrence.from === 'ANCHOR' ? fromAnchor(tasks, done, recurrence.every, act.now) : fromDone(done, window, act.now, template.agreed === 'WITHIN_WINDOW');
  const { evidence: _e, doneAt: _a, doneBy: _b, naApprovedBy: _n, naCandidate: _c, ...rest } = done;
  return [{ ...rest, ...clock, windowMs: Math.max(0, Date.parse(clock.dueAt) - Date.parse(clock.anchorAt)), taskId: nextTaskId(tasks, done.templateId, done.instance), state: 'TODO', escalations: [], openedAt: act.now }];
}

function isFinal({ evidence: given }: Task): boolean {
  if (given?.kind === 'RHI_OUTCOME') return given.outcome !== 'PENDING' && given.outcome !== 'OFFERED';
  return given?.kind === 'WATCH' && given.outcome !== 'PENDING';
}

type Clock = Pick<Task, 'anchorAt' | 'due' | 'dueAt'>;

/** Never chained: the n-th is so many lengths after the first due time (15.2 item 32). */
function fromAnchor(tasks: readonly Task[], done: Task, every: string, now: string): Clock {
  const first = tasks.find(other => other.templateId === done.templateId && other.instance === done.instance && other.voidedAt === undefined) ?? done;
  const after = now > done.dueAt ? now : done.dueAt;
  return { anchorAt: now, due: every, dueAt: nextRepeat(first.dueAt, durationOf(every), after).at };
}

function fromDone({ evidence: given }: Task, window: string, now: string, isCapped: boolean): Clock {
  const standard = addTo(now, durationOf(window));
  const promised = given?.kind === 'CONTACT' ? given.nextContactAt : given?.kind === 'REASSESSMENT' ? given.nextAt : undefined;
  if (promised === undefined) return { anchorAt: now, due: window, dueAt: standard };
  const at = new Date(promised).toISOString();
  return { anchorAt: now, due: 'AGREED', dueAt: isCapped && at > standard ? standard : at };
}
