import type * as z from 'zod';
import type { MissingRecord } from '../../state.ts';
import type { Fields } from '../bodies/fields.ts';
import type { machineBodies } from '../bodies/machine.ts';
import type { CaseSlice } from '../machine/caseSlice.ts';
import { caseTable } from '../machine/caseTable.ts';
import { decideDeceased, type DeceasedCommand } from '../machine/deceased.ts';
import { decideEnding, type EndingCommand, type EndingFacts } from '../machine/ending.ts';
import { decideFound, type FoundCommand, type Moved } from '../machine/found.ts';
import { fail, isFailed, roleFailures, unless } from '../machine/moment.ts';
import { blockingClosure } from '../tasks/ending.ts';
import { isOpenTask } from '../tasks/task.ts';
import { openStandDowns, toldMissing } from '../notices/standDown.ts';
import type { Failure } from '../terms.ts';
import { isUnder18, levelOf } from './about.ts';
import { begin, change, note, type Moment, type Stepped } from './step.ts';

type Bodies = { readonly [Name in keyof typeof machineBodies]: { readonly do: Name } & Fields<z.output<(typeof machineBodies)[Name]>> };
type FoundAct = Bodies['ReportLocated' | 'AgreeHold' | 'RefuteLocated' | 'VerifyLocated' | 'ConfirmVerification' | 'WithdrawVerification'];
type DeathAct = Bodies['RecordBody' | 'ConfirmDeceased' | 'RefuteDeceased' | 'RecordFamilyTold' | 'ReleaseDeath'];
type EndAct = Bodies['MakeLongTerm' | 'SuspendCase' | 'ReactivateCase' | 'ConfirmReactivation' | 'ProposeClose' | 'ApproveClose' | 'ProposeCancel' | 'ApproveCancel' | 'ReopenReturn' | 'ReopenMissing' | 'TransferOut' | 'RecordTransferOutcome'];
export type CaseAct = FoundAct | DeathAct | EndAct;

const foundNames: ReadonlySet<string> = new Set<FoundAct['do']>(['ReportLocated', 'AgreeHold', 'RefuteLocated', 'VerifyLocated', 'ConfirmVerification', 'WithdrawVerification']);
const deathNames: ReadonlySet<string> = new Set<DeathAct['do']>(['RecordBody', 'ConfirmDeceased', 'RefuteDeceased', 'RecordFamilyTold', 'ReleaseDeath']);
const isFound = (act: CaseAct): act is FoundAct => foundNames.has(act.do);
const isDeath = (act: CaseAct): act is DeathAct => deathNames.has(act.do);

/** Commands that move a case (2.3). */
export function caseActs(record: MissingRecord, act: CaseAct, moment: Moment): Stepped {
  const { file, clocks } = record;
  if (!file) return [fail('TRANSITION_NOT_ALLOWED', act.do, 'There is no case yet: accept the report first.')];
  const roles = roleFailures(act.do, moment.actor);
  const given = { file, clocks };
  const decided = isFound(act) ? decideFound(given, foundCommand(act), foundFacts(record, moment), moment.actor)
    : isDeath(act) ? decideDeceased(given, deathCommand(act), moment.actor)
      : decideEnding(given, endCommand(act), endingFacts(record, moment), moment.actor);
  if (isFailed(decided)) return decided;
  return roles.length > 0 ? roles : movedStep(record, decided, act, moment);
}

function movedStep(record: MissingRecord, { file, clocks, then }: Moved, act: CaseAct, moment: Moment): Stepped {
  const isMove = record.file?.state !== file.state;
  const rule = isMove ? ruleOf(record.file?.state, act.do) : act.do;
  const step = change({ ...begin(record), then }, { file, clocks, ...(isMove && { moves: [...record.moves, { rule: rule.slice(0, 10), to: file.state, at: moment.now, by: moment.by }] }) });
  return note(step, act.do, 'alteration', { state: file.state, ...(isMove && { rule }) });
}

function ruleOf(from: CaseSlice['state'] | undefined, command: CaseAct['do']): string {
  return caseTable.find(row => row.command === command && from !== undefined && row.from.includes(from))?.id ?? command;
}

function foundCommand(act: FoundAct): FoundCommand {
  if (act.do !== 'VerifyLocated') return act;
  const { do: _, returnedAt, returnPlace, ...verification } = act;
  return { do: 'VerifyLocated', verification: defined(verification), ...(returnedAt !== undefined && { returnedAt }), ...(returnPlace !== undefined && { returnPlace }) };
}

function deathCommand(act: DeathAct): DeceasedCommand {
  if (act.do !== 'RecordBody') return act;
  const { coronerRef, ...rest } = act;
  return { ...rest, ...(coronerRef !== undefined && { coronerRef }) };
}

function endCommand(act: EndAct): EndingCommand {
  if (act.do !== 'ProposeCancel') return act;
  const { mergedInto, ...rest } = act;
  return { ...rest, ...(mergedInto !== undefined && { mergedInto }) };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Optional fields that are there with nothing in them are left out. */
function defined<T extends object>(value: T): Defined<T>;
function defined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

function foundFacts(record: MissingRecord, { settings, now }: Moment) {
  const level = levelOf(record);
  return { level, isUnder18: isUnder18(record, now, settings), verifyWithinMinutes: settings.verifyHours[level] * 60, allowedProfessionals: settings.allowedProfessionals };
}

function endingFacts(record: MissingRecord, { settings, now }: Moment): EndingFacts {
  return {
    level: levelOf(record), isUnder18: isUnder18(record, now, settings), isDeceased: record.file?.deceased?.confirmedAt !== undefined, closeFailures: closeFailures(record), doneReviews: [], information: record.information.map(item => item.id),
    daysMissing: (Date.parse(now) - Date.parse(record.clocks.reported)) / 86_400_000, suspendFailures: suspendFailures(record), isOurs: record.file?.transferOut === undefined,
  };
}

/** What 2.4 asks for, as far as tasks and messages say it. */
function closeFailures(record: MissingRecord): Failure[] {
  const { file, tasks, notices } = record;
  return [
    ...unless(file?.verification?.confirmedBy !== undefined || file?.deceased?.confirmedAt !== undefined, 'CLOSE_GUARD', '2.4', 'A sergeant has not confirmed that the person was seen.'),
    ...blockingClosure(tasks).map(task => fail('CLOSE_GUARD', task.templateId, `Still to be done: ${task.title}.`)),
    ...unless(toldMissing(notices).length === 0 && openStandDowns(notices).length === 0, 'CLOSE_GUARD', '2.4', 'Somebody who was told that the person is missing has not been told that they are found.'),
  ];
}

const staysOpen: ReadonlySet<string> = new Set(['A15', 'X21', 'X22', 'X23']);

/** C14 (15.2 item 33). */
function suspendFailures({ tasks }: MissingRecord): Failure[] {
  const open = tasks.filter(task => isOpenTask(task) && !staysOpen.has(task.templateId));
  return open.map(task => fail('GUARD_UNMET', 'C14', `Still to be done: ${task.title}.`));
}
