import { present } from '../../../../shared/domain/present.ts';
import type { MissingRecord } from '../../state.ts';
import { checkRelease, hold, releaseDeath } from '../notices/hold.ts';
import type { Evidence } from '../tasks/evidence.ts';
import { isGateOpen } from '../tasks/gates.ts';
import { releaseGates } from '../tasks/hold.ts';
import { isOpenTask, type Task } from '../tasks/task.ts';
import { isUnder18, levelOf, taskFacts } from './about.ts';
import { freed } from './freed.ts';
import { completed } from './selfDone.ts';
import { change, type Moment, type Step } from './step.ts';

/**
 * The family hears it before anybody else (15.1 item 13, D02). The act "the family was told" and the task D02 are one thing: whichever comes first is the other as well. After C12 both let go on
 * what waited: tasks with the time that they had left, and messages that C10 held. Doing it twice changes nothing.
 */
export function familyTold(step: Step, moment: Moment): Step {
  const { file } = step.record;
  if (!file?.deceased) return step;
  return released(file.deceased.familyToldAt === undefined ? byTask(step) : byAct(step, file.deceased.familyToldAt, moment), moment);
}

/** D02 of this telling; those of an earlier death are voided. */
function taskOf({ tasks }: MissingRecord): Task | undefined {
  return tasks.findLast(({ templateId, voidedAt }) => templateId === 'D02' && voidedAt === undefined);
}

function byTask(step: Step): Step {
  const { file } = step.record;
  const task = taskOf(step.record);
  if (!file?.deceased || task?.state !== 'DONE' || task.doneAt === undefined || task.doneBy === undefined) return step;
  return change(step, { file: { ...file, deceased: { ...file.deceased, familyToldBy: task.doneBy, familyToldAt: task.doneAt } } });
}

function byAct(step: Step, at: string, moment: Moment): Step {
  const { record } = step;
  const task = taskOf(record);
  if (!task || !isOpenTask(task)) return step;
  const evidence: Evidence = { kind: 'CONTACT', at, channel: 'IN_PERSON', withWhom: 'The family', note: 'Recorded with the case: the family was told first.' };
  const { familyToldBy = moment.by, releaseAt } = record.file?.deceased ?? {};
  const act = { now: moment.now, by: familyToldBy, level: levelOf(record), isUnder18: isUnder18(record, moment.now, moment.settings), ...present({ deathReleasedAt: releaseAt }) };
  return completed(step, task, evidence, { act, settings: moment.settings.tasks });
}

function released(step: Step, moment: Moment): Step {
  const { record } = step;
  const { deceased } = record.file ?? {};
  const isOver = isGateOpen(record.tasks, ['D02'], undefined) || checkRelease(deceased?.familyToldAt, moment.now).length === 0;
  if (deceased?.refutedAt === undefined || !isOver) return step;
  const tasks = releaseGates(record.tasks, { now: moment.now, deathReleasedAt: deceased.releaseAt });
  const free = releaseDeath(record.notices, moment.now);
  // Back in the verification of a report of "found", what asks others to search waits for that again (C6).
  const notices = taskFacts(record, moment).isOnHold ? hold(free, 'LOCATED', moment.now) : free;
  return freed(change(step, { tasks }), notices, 'after-family');
}
