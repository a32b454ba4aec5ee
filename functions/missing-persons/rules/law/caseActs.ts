import { present } from '../../../../shared/domain/present.ts';
import type { MissingRecord } from '../../state.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { machineBodies } from '../bodies/machine.ts';
import type { CaseSlice } from '../machine/caseSlice.ts';
import { caseTable } from '../machine/caseTable.ts';
import { decideDeceased } from '../machine/deceased.ts';
import { decideEnding, type EndingFacts } from '../machine/ending.ts';
import { decideFound, type FoundCommand } from '../machine/found.ts';
import { fail, isFailed } from '../machine/moment.ts';
import type { Moved } from '../machine/moved.ts';
import { isGateOpen } from '../tasks/gates.ts';
import { isUnder18, levelOf, verifyWithinMinutes } from './about.ts';
import { ownerOf } from '../regions/ownership.ts';
import { ownershipOf } from './ownership.ts';
import { regionsOf } from './regionSlices.ts';
import { whyNotClosed, whyNotSuspended } from './closing.ts';
import { begin, change, note, type Moment, type Stepped } from './step.ts';

type Bodies = ActsOf<typeof machineBodies>;
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
  const given = { file, clocks };
  const decided = isFound(act) ? decideFound(given, foundCommand(act), foundFacts(record, moment), moment.actor)
    : isDeath(act) ? decideDeceased(given, present(act), moment.actor, { isFamilyTaskOver: isGateOpen(record.tasks, ['D02'], undefined) })
      : decideEnding(given, present(act), endingFacts(record, moment), moment.actor);
  return isFailed(decided) ? decided : movedStep(record, decided, act, moment);
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
  return { do: 'VerifyLocated', verification: present(verification), ...present({ returnedAt, returnPlace }) };
}

function foundFacts(record: MissingRecord, { settings, now }: Moment) {
  return { level: levelOf(record), isUnder18: isUnder18(record, now, settings), verifyWithinMinutes: verifyWithinMinutes(record, settings), allowedProfessionals: settings.allowedProfessionals };
}

export function endingFacts(record: MissingRecord, moment: Moment): EndingFacts {
  const { settings, now } = moment;
  return {
    level: levelOf(record), isUnder18: isUnder18(record, now, settings), isDeceased: record.file?.deceased?.confirmedAt !== undefined, closeFailures: whyNotClosed(record, moment), doneReviews: record.reviews.flatMap(({ state, reviewId }) => (state === 'DONE' ? [reviewId] : [])), information: record.information.map(item => item.id),
    daysMissing: (Date.parse(now) - Date.parse(record.clocks.reported)) / 86_400_000, suspendFailures: whyNotSuspended(record), isOurs: record.file?.transferOut === undefined && ownerOf(ownershipOf(record, settings)).force === settings.forceCode,
    isTransferPending: regionsOf(record).transfer.state === 'OFFERED',
  };
}
