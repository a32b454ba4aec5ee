import type { Failure, RiskLevel } from '../terms.ts';
import type { CaseSlice } from './caseSlice.ts';
import { caseTable } from './caseTable.ts';
import { approveCancel, approveClose, proposeCancel, proposeClose } from './close.ts';
import { recordTransferOutcome, reopenMissing, reopenReturn } from './late.ts';
import { asked, askedBeside, decided, fail, isSamePerson, roleFailures, unless, type Actor, type Asked } from './moment.ts';
import { known, moved, type Answer, type Given } from './moved.ts';
import { stateInWords } from './words.ts';

export type EndingCommand =
  | { readonly do: 'MakeLongTerm'; readonly reviewId: string }
  | { readonly do: 'SuspendCase'; readonly reviewId: string }
  | { readonly do: 'ReactivateCase'; readonly informationId: string }
  | { readonly do: 'ConfirmReactivation' }
  | { readonly do: 'ProposeClose'; readonly summary: string }
  | { readonly do: 'ApproveClose' }
  | { readonly do: 'ProposeCancel'; readonly kind: 'ERROR' | 'DUPLICATE' | 'NOT_MISSING'; readonly reason: string; readonly mergedInto?: string }
  | { readonly do: 'ApproveCancel' }
  | { readonly do: 'ReopenReturn'; readonly informationId: string; readonly reason: string }
  | { readonly do: 'ReopenMissing'; readonly reason: string }
  | { readonly do: 'TransferOut'; readonly toForce: string; readonly theirRef: string; readonly namedOwner: string; readonly acknowledgementId: string }
  | { readonly do: 'RecordTransferOutcome'; readonly outcome: string };

export interface EndingFacts {
  readonly level: RiskLevel;
  readonly isUnder18: boolean;
  readonly isDeceased: boolean;
  /** Of 2.4: every guard of closure that is not met. */
  readonly closeFailures: readonly Failure[];
  /** Ids of reviews that are done, and of information items. */
  readonly doneReviews: readonly string[];
  readonly information: readonly string[];
  readonly daysMissing: number;
  /** What C14 asks for and is not so. */
  readonly suspendFailures: readonly Failure[];
  /** Our force owns the case now (2.5 Transfer: only the new owner may close). */
  readonly isOurs: boolean;
  /** It is offered to another force, and nobody has recorded their answer (S13). */
  readonly isTransferPending: boolean;
}

/** Whether it is ours to end: while another force looks at an offer it is not taken back by ending the case under it (2.5). */
export function offeredFailures({ isTransferPending }: Pick<EndingFacts, 'isTransferPending'>): Failure[] {
  return unless(!isTransferPending, 'TRANSFER_PENDING', '2.5', 'The case is offered to another force: record their answer first.');
}

/** What becomes of the case by a decision about its end (C13 to C18, C20, C23, C24), or every reason why not. */
export function decideEnding(given: Given, command: EndingCommand, facts: EndingFacts, actor: Actor): Answer {
  return decided(askedOf(given.file, command, actor), () => (isLate(command) ? late(given, command, facts, actor) : move(given, command, facts, actor)));
}

function askedOf(file: CaseSlice, { do: name }: EndingCommand, actor: Actor): Asked {
  const { state, reactivation } = file;
  switch (name) {
    case 'ProposeClose': return askedBeside(name, { isPossible: state === 'RETURN_ACTIONS', rule: 'C16', why: `A closure is proposed when the return is being dealt with; this case is ${stateInWords(state)}.` }, actor);
    case 'ProposeCancel': return askedBeside(name, { isPossible: state === 'OPEN_UNCONFIRMED' || state === 'ACTIVE', rule: 'C17', why: `Only an open or active case is cancelled; this case is ${stateInWords(state)}.` }, actor);
    case 'ConfirmReactivation': return askedBeside(name, { isPossible: state === 'ACTIVE' && reactivation !== undefined && reactivation.confirmedBy === undefined, rule: 'C15', why: 'There is nothing to confirm.' }, actor);
    case 'ApproveClose': case 'ApproveCancel': return approved(file, name, actor) ?? asked(caseTable, state, name, actor);
    default: return asked(caseTable, state, name, actor);
  }
}

/** Two approvers at once (S09): the second hears that it is done and no longer theirs to decide, and not that it was never possible. */
function approved({ state }: CaseSlice, name: 'ApproveClose' | 'ApproveCancel', actor: Actor): Asked | undefined {
  const [end, rule, done] = name === 'ApproveClose' ? ['CLOSED', 'C16', 'closed'] : ['CANCELLED', 'C17', 'cancelled'];
  if (state !== end || roleFailures(name, actor).length > 0) return undefined;
  return { isPossible: false, failures: [fail('STATE_CHANGED', rule, `The case was ${done} in the meantime: look at it again.`)] };
}

type LateCommand = Extract<EndingCommand, { readonly do: 'ReopenReturn' | 'ReopenMissing' | 'RecordTransferOutcome' }>;
const isLate = (command: EndingCommand): command is LateCommand => command.do === 'ReopenReturn' || command.do === 'ReopenMissing' || command.do === 'RecordTransferOutcome';

/** What comes after the end: late information, a mistaken identity, the outcome of another force. */
function late(given: Given, command: LateCommand, { information }: EndingFacts, actor: Actor): Answer {
  switch (command.do) {
    case 'ReopenReturn': return reopenReturn(given, command, information, actor);
    case 'ReopenMissing': return reopenMissing(given, command.reason, actor);
    case 'RecordTransferOutcome': return recordTransferOutcome(given, command.outcome, actor);
  }
}

function move(given: Given, command: Exclude<EndingCommand, LateCommand>, facts: EndingFacts, actor: Actor): Answer {
  switch (command.do) {
    case 'MakeLongTerm': return makeLongTerm(given, command.reviewId, facts, actor);
    case 'SuspendCase': return suspend(given, command.reviewId, facts, actor);
    case 'ReactivateCase': return reactivate(given, command.informationId, facts, actor);
    case 'ConfirmReactivation': return confirmReactivation(given, actor);
    case 'ProposeClose': return proposeClose(given, command.summary, actor);
    case 'ApproveClose': return approveClose(given, facts, actor);
    case 'ProposeCancel': return proposeCancel(given, command, facts, actor);
    case 'ApproveCancel': return approveCancel(given, facts, actor);
    case 'TransferOut': return transferOut(given, command, facts, actor);
  }
}

/** A proposal to cancel is about the state in which it was made. */
function withoutCancelling({ cancelling: _, ...file }: CaseSlice): CaseSlice {
  return file;
}

function makeLongTerm({ file, clocks }: Given, reviewId: string, { doneReviews, daysMissing }: EndingFacts, { by, now }: Actor): Answer {
  const failures = [...unless(daysMissing >= 28, 'TOO_EARLY', 'C13', 'A case becomes long-term after 28 days at the earliest.'), ...known(doneReviews, reviewId, 'C13', 'the review at which it was decided')];
  return failures.length > 0 ? failures : { file: moved(withoutCancelling(file), 'ACTIVE_LONG_TERM', now, { longTerm: { by, at: now, reviewId } }), clocks, then: ['LONG_TERM_TASKS'] };
}

function suspend({ file, clocks }: Given, reviewId: string, { doneReviews, suspendFailures }: EndingFacts, { by, now }: Actor): Answer {
  const failures = [...known(doneReviews, reviewId, 'C14', 'the review at which it was decided'), ...suspendFailures];
  return failures.length > 0 ? failures : { file: moved(withoutCancelling(file), 'SUSPENDED', now, { suspension: { by, at: now, reviewId } }), clocks, then: [] };
}

function reactivate({ file, clocks }: Given, informationId: string, { information }: EndingFacts, { by, now }: Actor): Answer {
  const failures = known(information, informationId, 'C15', 'the new information');
  return failures.length > 0 ? failures : { file: moved(file, 'ACTIVE', now, { reactivation: { by, at: now, informationId } }), clocks, then: ['SUSPENDED_NEWS', 'REVIEW_AT_ONCE'] };
}

function confirmReactivation({ file, clocks }: Given, { by }: Actor): Answer {
  const { reactivation } = file;
  const failures = unless(!isSamePerson(reactivation?.by, by), 'SEGREGATION', 'C15', 'The person who took the case up again cannot confirm it.');
  return failures.length > 0 || !reactivation ? failures : { file: { ...file, reactivation: { ...reactivation, confirmedBy: by } }, clocks, then: [] };
}

function transferOut({ file, clocks }: Given, { do: _, ...transfer }: Extract<EndingCommand, { do: 'TransferOut' }>, facts: EndingFacts, { by, now }: Actor): Answer {
  const failures = [...offeredFailures(facts), ...unless(Object.values(transfer).every(value => value.trim().length > 0), 'EVIDENCE_MISSING', 'C23', 'A transfer out needs the force, their reference, a named owner and the written acknowledgement.')];
  return failures.length > 0 ? failures : { file: moved(withoutCancelling(file), 'TRANSFERRED_OUT', now, { transferOut: { ...transfer, by, at: now } }), clocks, then: ['CLOSE_TASKS'] };
}
