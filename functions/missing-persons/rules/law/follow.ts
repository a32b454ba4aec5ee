import { partKeys, type MissingRecord } from '../../state.ts';
import type { Follow } from '../machine/moved.ts';
import { hold, purgeOnEnd, purgeOnFound, purgeOnMissingAgain, releaseLocated } from '../notices/hold.ts';
import type { Notice } from '../notices/notice.ts';
import { buildPayload, payloadText } from '../notices/payload.ts';
import { standDowns } from '../notices/standDown.ts';
import { isElectronic } from '../notices/words.ts';
import { present } from '../../../../shared/domain/present.ts';
import { cancelOpen, closed, deathRefuted, deceasedConfirmed, found, mergedCancelled, verificationWrong } from '../tasks/ending.ts';
import { deceasedHold, hold as holdTasks, resume } from '../tasks/hold.ts';
import type { Trigger } from '../terms.ts';
import { taskFacts } from './about.ts';
import { isToldFound, tellAgain } from './foundWrongly.ts';
import { freed } from './freed.ts';
import { noticeFactsOf, situationOf } from './situation.ts';
import { change, note, owe, withPart, type Moment, type Step } from './step.ts';

/** What a move of the case brings with it, in the same transaction: tasks are held, cancelled, begun again; messages held, purged, called back (2.5, 15.1 items 3 to 6, 13 to 15, 20). */
export function follow(step: Step, moment: Moment): Step {
  return step.then.reduce((so, one) => ({ ...apply(so, one, moment), then: [] }), step);
}

type OfFound = Extract<Follow, 'HOLD_TASKS' | 'RESUME_TASKS' | 'CANCEL_FOUND' | 'REGENERATE_TASKS'>;
type OfDeath = Extract<Follow, 'HOLD_ALL' | 'DECEASED_TASKS' | 'RELEASE_AFTER_FAMILY' | 'DECEASED_RETURN'>;

function apply(step: Step, one: Follow, moment: Moment): Step {
  switch (one) {
    case 'HOLD_TASKS': case 'RESUME_TASKS': case 'CANCEL_FOUND': case 'REGENERATE_TASKS': return afterFound(step, one, moment);
    case 'HOLD_ALL': case 'DECEASED_TASKS': case 'RELEASE_AFTER_FAMILY': case 'DECEASED_RETURN': return afterDeath(step, one, moment);
    default: return afterOther(step, one, moment);
  }
}

function afterFound(step: Step, one: OfFound, moment: Moment): Step {
  const { record } = step;
  const act = { now: moment.now, by: moment.by };
  switch (one) {
    case 'HOLD_TASKS': return change(step, { tasks: holdTasks(record.tasks, act), notices: hold(record.notices, 'LOCATED', moment.now) });
    case 'RESUME_TASKS': return freed(change(step, { tasks: resume(record.tasks, act) }), releaseLocated(record.notices, moment.now), 'after-located');
    case 'CANCEL_FOUND': return withTrigger(change(step, { tasks: found(record.tasks, act) }), 'FOUND', moment);
    case 'REGENERATE_TASKS': return missingAgain(step, moment);
  }
}

/** C22 and C20: what said "found" and has not left never does, and whoever heard it is told again. */
function missingAgain(step: Step, moment: Moment): Step {
  const { record } = step;
  const purged = change(withoutTriggers(step, ['FOUND']), { notices: purgeOnMissingAgain(record.notices, moment.now) });
  const told = toldAgain(purged, moment);
  return change(told, { tasks: verificationWrong(record.tasks, taskFacts(told.record, moment), moment.settings.tasks) });
}

function toldAgain(step: Step, moment: Moment): Step {
  return isToldFound(step.record) ? tellAgain(withTrigger(step, 'FOUND_WRONGLY', moment, moment.id), moment) : step;
}

function afterDeath(step: Step, one: OfDeath, moment: Moment): Step {
  const { record } = step;
  const act = { now: moment.now, by: moment.by };
  switch (one) {
    case 'HOLD_ALL': return change(step, { tasks: deceasedHold(record.tasks, act), notices: hold(record.notices, 'DEATH', moment.now) });
    case 'DECEASED_TASKS': return withTrigger(step, 'BODY_FOUND', moment, moment.id);
    case 'RELEASE_AFTER_FAMILY': return change(withoutTriggers(step, ['BODY_FOUND']), { tasks: deathRefuted(record.tasks, taskFacts(record, moment), moment.settings.tasks) });
    case 'DECEASED_RETURN': return withTrigger(change(step, { tasks: deceasedConfirmed(record.tasks, act) }), 'DECEASED_CONFIRMED', moment);
  }
}

function afterOther(step: Step, one: Exclude<Follow, OfFound | OfDeath>, moment: Moment): Step {
  const { record } = step;
  switch (one) {
    case 'PURGE_OUTBOX': return change(step, { notices: purged(record, moment) });
    case 'STAND_DOWN': case 'STAND_DOWN_ERROR': return standDown(step, moment);
    case 'TELL_AGAIN': return toldAgain(step, moment);
    case 'CLOSE_TASKS': return change(step, { tasks: closedTasks(record, { now: moment.now, by: moment.by }) });
    case 'SUSPENDED_NEWS': return withTrigger(step, 'SUSPENDED_NEWS', moment, moment.id);
    // Return tasks and reviews are asked for by the state that the record has now; see consequences.ts.
    case 'RETURN_TASKS': case 'LONG_TERM_TASKS': case 'REVIEW_AT_ONCE': return step;
  }
}

function purged({ file, notices }: MissingRecord, { now }: Moment): Notice[] {
  if (file?.deceased?.confirmedAt !== undefined) return purgeOnEnd(notices, 'DEATH', now);
  return file?.state === 'CANCELLED' ? purgeOnEnd(notices, 'CANCELLED', now) : purgeOnFound(notices, file?.stoppedAt ?? now);
}

function closedTasks({ file, tasks }: MissingRecord, act: { readonly now: string; readonly by: string }): MissingRecord['tasks'] {
  if (file?.state === 'CANCELLED') return file.cancelling?.mergedInto === undefined ? cancelOpen(tasks, 'The case was cancelled (C17).', act) : mergedCancelled(tasks, file.cancelling.mergedInto, act);
  return file?.state === 'TRANSFERRED_OUT' ? cancelOpen(tasks, 'Another force has taken the case over (C23).', act) : closed(tasks, act);
}

/** N17 to everybody who was told, or may have been (15.1 item 15): electronic ones at once, the calls are the officer's. */
function standDown(step: Step, moment: Moment): Step {
  const { record } = step;
  const facts = noticeFactsOf(record, moment);
  const texts = new Map<string, string>();
  const { notices } = standDowns(record.notices, {
    situation: situationOf(record, moment.now, moment.settings), settings: moment.settings.notices,
    seal: draft => {
      const payload = buildPayload('N17', facts, { variant: draft.variant, kind: draft.kind, channel: draft.channel });
      texts.set(draft.noticeId, payloadText(payload));
      return { fields: [...payload.fields], payloadHash: moment.sha256(payloadText(payload)) };
    },
  });
  const told = notices.reduce((so, one) => withPart(so, partKeys.payload(one.noticeId), { kind: 'payload', json: texts.get(one.noticeId) ?? '{}' }), change(step, { notices: [...record.notices, ...notices] }));
  const owed = notices.filter(one => isElectronic(one.channel)).reduce((so, one) => owe(so, 'notice', one.noticeId), told);
  return notices.length === 0 ? step : note(owed, 'StandDownQueued', 'disclosure', { notices: notices.length });
}

/** Something became true. It is kept once by trigger and instance: its instant is the clock of the tasks that it asks for. */
export function withTrigger(step: Step, trigger: Trigger, { now }: Pick<Moment, 'now'>, about?: string | { readonly instance: string; readonly dueAt?: string | undefined }): Step {
  const { triggers } = step.record;
  const { instance, dueAt } = typeof about === 'object' ? about : { instance: about, dueAt: undefined };
  if (triggers.some(item => item.trigger === trigger && item.instance === instance)) return step;
  return change(step, { triggers: [...triggers, { trigger, at: now, ...present({ instance, dueAt }) }] });
}

function withoutTriggers(step: Step, gone: readonly Trigger[]): Step {
  return change(step, { triggers: step.record.triggers.filter(item => !gone.includes(item.trigger)) });
}
