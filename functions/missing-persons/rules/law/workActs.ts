import { partKeys, type MissingRecord, type Page } from '../../state.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { editBodies } from '../bodies/edit.ts';
import type { workBodies } from '../bodies/work.ts';
import { fail, isFailed, reasonFailures, roleFailures, unless } from '../machine/moment.ts';
import { present } from '../../../../shared/domain/present.ts';
import { completeTask, completionFailures, startFailures, startTask, type Completion } from '../tasks/complete.ts';
import { evidence } from '../tasks/evidence.ts';
import { markNotApplicable, notApplicableFailures } from '../tasks/notApplicable.ts';
import { answerFailures, answerPage } from '../tasks/pages.ts';
import { isRunning } from '../tasks/task.ts';
import type { Failure } from '../terms.ts';
import { agreedBy } from './agreed.ts';
import { linkCases } from './linkActs.ts';
import { writeTriggerPlan } from './planActs.ts';
import { isUnder18, levelOf, tooMuchInformation } from './about.ts';
import { editCase } from './editActs.ts';
import { evidenceOfRecord } from './evidenceOfRecord.ts';
import { begin, change, closePages, named, note, withPart, type Moment, type Step, type Stepped } from './step.ts';

type Bodies = ActsOf<typeof workBodies> & ActsOf<Pick<typeof editBodies, 'EditCase'>>;
export type WorkAct = Bodies['AddInformation' | 'RecordDecision' | 'AssignOwner' | 'AcknowledgeOwner' | 'Attach' | 'StartTask' | 'CompleteTask' | 'MarkNotApplicable' | 'ApproveTask' | 'AnswerPage' | 'EditCase' | 'WriteTriggerPlan' | 'LinkCases'];

/** Commands by which a case is worked: information, tasks, ownership, pages (3.8). */
export function workActs(record: MissingRecord, act: WorkAct, moment: Moment): Stepped {
  const roles = roleFailures(act.do, moment.actor);
  if (roles.length > 0) return roles;
  switch (act.do) {
    case 'AddInformation': return addInformation(begin(record), { text: act.text, isRestricted: act.isRestricted, clientAt: act.clientAt, kind: 'INFORMATION' }, moment);
    case 'RecordDecision': return addInformation(begin(record), { text: JSON.stringify({ information: act.information, assessment: act.assessment, powers: act.powers, options: act.options, action: act.action }), isRestricted: true, clientAt: undefined, kind: 'DOCUMENT' }, moment);
    case 'AssignOwner': return assignOwner(record, act, moment);
    case 'AcknowledgeOwner': return acknowledgeOwner(record, moment);
    case 'Attach': return note(change(begin(record), { attached: [...new Set([...record.attached, act.userId])] }), 'Attached', 'alteration', { user: act.userId });
    case 'LinkCases': return linkCases(record, act, moment);
    case 'WriteTriggerPlan': return writeTriggerPlan(record, act, moment);
    case 'EditCase': return editCase(record, act, moment);
    case 'AnswerPage': return answerCard(record, act.pageId, moment);
    default: return taskActs(record, act, moment);
  }
}

interface Item { readonly text: string; readonly isRestricted: boolean; readonly clientAt: string | undefined; readonly kind: MissingRecord['information'][number]['kind'] }

/** Append-only (section 3): it never fails for a stale version, and the server's clock orders it; the device's time stands beside it (S09). */
function addInformation(step: Step, { text, isRestricted, clientAt, kind }: Item, { now, by, id }: Pick<Moment, 'now' | 'by' | 'id'>): Stepped {
  const full = tooMuchInformation(step.record);
  if (full.length > 0) return full;
  const itemId = `info-${id}`;
  const item = { id: itemId, at: now, by, channel: 'APP' as const, kind, isRestricted, ...(clientAt !== undefined && { clientReportedAt: clientAt }) };
  return note(withPart(change(step, { information: [...step.record.information, item] }), partKeys.information(itemId), { kind: 'information', text }), 'InformationAdded', 'collection', { item: itemId });
}

/** Exactly one owner at every instant (I2): the new one owns from now on, told or not; A01 asks for their answer. */
function assignOwner(record: MissingRecord, { userId, role, reason }: Bodies['AssignOwner'], { now }: Moment): Stepped {
  const failures = [...reasonFailures(reason, 'I2'), ...unless(userId !== record.owner.userId, 'TRANSITION_NOT_ALLOWED', 'I2', 'This person owns the case already.')];
  if (failures.length > 0) return failures;
  const owner = { userId, role, since: now };
  return note(change(begin(record), { owner, attached: [...new Set([...record.attached, userId])], clocks: { ...record.clocks, owner: now } }), 'OwnerAssigned', 'alteration', { owner: userId });
}

function acknowledgeOwner(record: MissingRecord, moment: Moment): Stepped {
  const { owner, tasks } = record;
  const failures = [
    ...unless(owner.userId === moment.by, 'ROLE_DENIED', 'A01', 'Only the owner acknowledges.'), ...unless(owner.acknowledgedAt === undefined, 'TRANSITION_NOT_ALLOWED', 'A01', 'It has been acknowledged already.'),
  ];
  if (failures.length > 0) return failures;
  const step = change(begin(record), { owner: { ...owner, acknowledgedAt: moment.now } });
  const task = tasks.findLast(item => item.templateId === 'A01' && isRunning(item));
  const closed = closePages(step, page => page.kind === 'OWNER' && page.to.includes(moment.by), { status: 'answered', by: moment.by, at: moment.now });
  const noted = note(closed, 'OwnerAcknowledged', 'alteration');
  if (!task) return noted;
  const done = finish(noted, { taskId: task.taskId, given: { kind: 'ACK', by: moment.by, at: moment.now } }, moment);
  return isFailed(done) ? noted : done;
}

type TaskAct = Bodies['StartTask' | 'CompleteTask' | 'MarkNotApplicable' | 'ApproveTask'];

function taskActs(record: MissingRecord, act: TaskAct, moment: Moment): Stepped {
  switch (act.do) {
    case 'StartTask': {
      const failures = startFailures(record.tasks, act.taskId, record.file?.deceased?.releaseAt);
      return failures.length > 0 ? failures : note(change(begin(record), { tasks: startTask(record.tasks, act.taskId, moment) }), 'TaskStarted', 'alteration', { task: act.taskId });
    }
    case 'CompleteTask': return finish(begin(record), { taskId: act.taskId, given: read(act.evidenceJson) }, moment);
    case 'MarkNotApplicable': return notApplicable(record, act, moment);
    case 'ApproveTask': return approve(record, act.pendingId, moment);
  }
}

function read(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // What cannot be read is no evidence; the refusal says what the task asks for.
    return undefined;
  }
}

interface Finishing { readonly taskId: string; readonly given: unknown; readonly approver?: Completion['approver'] }

function finish(step: Step, { taskId, given, approver }: Finishing, moment: Moment): Stepped {
  const { record } = step;
  const act: Completion = { now: moment.now, by: moment.by, level: levelOf(record), isUnder18: isUnder18(record, moment.now, moment.settings), ...present({ deathReleasedAt: record.file?.deceased?.releaseAt, approver }) };
  const parsed = evidence.safeParse(given);
  const own = completionFailures(record.tasks, taskId, given, act);
  const failures = own.length === 0 && parsed.success ? evidenceOfRecord(record, parsed.data) : own;
  // An interview that was not done waits for an inspector; the rest of its evidence is right.
  const waits = parsed.success && !approver && failures.length > 0 && failures.every(({ code }) => code === 'ROLE_DENIED' || code === 'SEGREGATION');
  if (waits) return pend(step, { taskId, kind: 'EVIDENCE', evidence: parsed.data }, moment);
  if (failures.length > 0 || !parsed.success) return failures;
  const next = change(step, { tasks: completeTask(record.tasks, taskId, parsed.data, { act, settings: moment.settings.tasks }) });
  return note(agreedBy(next, parsed.data, moment.now), 'TaskCompleted', 'alteration', { task: taskId });
}

function pend(step: Step, what: Pick<MissingRecord['pending'][number], 'taskId' | 'kind' | 'reason' | 'evidence'>, { by, now }: Moment): Step {
  const { id, step: next } = named(step, 'pending');
  return note(change(next, { pending: [...next.record.pending.filter(item => item.taskId !== what.taskId), { pendingId: id, by, at: now, ...what }] }), 'TaskWaitsForApproval', 'alteration', { task: what.taskId });
}

function notApplicable(record: MissingRecord, { taskId, reason }: Bodies['MarkNotApplicable'], moment: Moment): Stepped {
  const task = record.tasks.find(item => item.taskId === taskId);
  if (!task) return [fail('NOT_FOUND', '3.8', 'There is no such task.')];
  const failures = notApplicableFailures(task, { by: moment.by, reason });
  if (failures.length === 0) return marked(begin(record), task.taskId, { by: moment.by, now: moment.now, reason });
  return failures.every(({ code }) => code === 'ROLE_DENIED' || code === 'SEGREGATION') ? pend(begin(record), { taskId, kind: 'NOT_APPLICABLE', reason }, moment) : failures;
}

function marked(step: Step, taskId: string, act: Parameters<typeof markNotApplicable>[1]): Step {
  return note(change(step, { tasks: step.record.tasks.map(item => (item.taskId === taskId ? markNotApplicable(item, act) : item)) }), 'TaskNotApplicable', 'alteration', { task: taskId });
}

/** The second person (15.2 item 34). */
function approve(record: MissingRecord, pendingId: string, moment: Moment): Stepped {
  const waiting = record.pending.find(item => item.pendingId === pendingId);
  const task = record.tasks.find(item => item.taskId === waiting?.taskId);
  if (!waiting || !task) return [fail('NOT_FOUND', '3.8', 'Nothing of this name waits for approval.')];
  const approver = { userId: moment.by, roles: moment.actor.roles };
  const step = change(begin(record), { pending: record.pending.filter(item => item !== waiting) });
  if (waiting.kind === 'EVIDENCE') return finish(step, { taskId: task.taskId, given: waiting.evidence, approver }, { ...moment, by: waiting.by });
  const given = { by: waiting.by, reason: waiting.reason ?? '', approver };
  const failures: Failure[] = notApplicableFailures(task, given);
  return failures.length > 0 ? failures : marked(step, task.taskId, { ...given, now: moment.now });
}

/** The answer to a page. Those of H01 count by role; when all have answered the ladder stops. */
/** H01 asks each of the three: the answer of one leaves the card of the others open, else they could not answer and would be rung for nothing (S02). Any other page is answered by whoever is first. */
function answeredPage(record: MissingRecord, page: Page, { by, now }: Pick<Moment, 'by' | 'now'>): Step {
  const isOfEach = record.tasks.some(task => task.templateId === 'H01' && task.taskId === page.about);
  const answers = (page.answers ?? []).some(one => one.by === by) ? page.answers ?? [] : [...page.answers ?? [], { by, at: now }];
  if (!isOfEach || page.to.every(person => answers.some(one => one.by === person))) return closePages(begin(record), item => item === page, { status: 'answered', by, at: now });
  return change(begin(record), { pages: record.pages.map(item => (item === page ? { ...page, answers } : item)) });
}

function answerCard(record: MissingRecord, pageId: string, moment: Moment): Stepped {
  const page = record.pages.find(item => item.pageId === pageId);
  if (!page) return [fail('NOT_FOUND', 'N01', 'There is no such page.')];
  if (!page.to.includes(moment.by)) return [fail('ROLE_DENIED', 'N01', 'This page was for somebody else.')];
  const answered = note(answeredPage(record, page, moment), 'PageAnswered', 'alteration', { page: pageId });
  const task = record.tasks.find(item => item.templateId === 'H01' && (page.about === item.taskId || page.kind === 'PAGE'));
  const role = moment.actor.roles.find(name => task && answerFailures(task, name).length === 0);
  if (!task || !role) return answered;
  return change(answered, { tasks: answered.record.tasks.map(item => (item === task ? answerPage(item, role, moment) : item)) });
}
