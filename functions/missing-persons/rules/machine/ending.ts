import type { Failure, RiskLevel } from '../terms.ts';
import type { CaseSlice } from './caseSlice.ts';
import { caseTable } from './caseTable.ts';
import type { Moved } from './found.ts';
import { fail, isFailed, reasonFailures, rowFor, unless, type Actor } from './moment.ts';

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
}

type Given = Pick<Moved, 'file' | 'clocks'>;
type Answer = Moved | readonly Failure[];

export function decideEnding(given: Given, command: EndingCommand, facts: EndingFacts, actor: Actor): Answer {
  switch (command.do) {
    case 'ProposeClose': return proposeClose(given, command.summary, actor);
    case 'ProposeCancel': return proposeCancel(given, command, actor);
    case 'ConfirmReactivation': return confirmReactivation(given, actor);
    default: {
      const row = rowFor(caseTable, given.file.state, command.do, actor);
      return isFailed(row) ? row : move(given, command, facts, actor);
    }
  }
}

function move(given: Given, command: Exclude<EndingCommand, { do: 'ProposeClose' | 'ProposeCancel' | 'ConfirmReactivation' }>, facts: EndingFacts, actor: Actor): Answer {
  switch (command.do) {
    case 'MakeLongTerm': return makeLongTerm(given, command.reviewId, facts, actor);
    case 'SuspendCase': return suspend(given, command.reviewId, facts, actor);
    case 'ReactivateCase': return reactivate(given, command.informationId, facts, actor);
    case 'ApproveClose': return approveClose(given, facts, actor);
    case 'ApproveCancel': return approveCancel(given, actor);
    case 'TransferOut': return transferOut(given, command, actor);
    default: return late(given, command, facts, actor);
  }
}

const moved = (file: CaseSlice, state: CaseSlice['state'], now: string, set: Partial<CaseSlice> = {}): CaseSlice => ({ ...file, ...set, state, enteredAt: now });
const known = (ids: readonly string[], id: string, rule: string, what: string): Failure[] => unless(ids.includes(id), 'GUARD_UNMET', rule, `Name ${what}.`);

/** Never by the person who proposed it, and never by us while the case is another force's. */
function approveClose({ file, clocks }: Given, facts: EndingFacts, { by, now, roles }: Actor): Answer {
  const needsInspector = facts.level === 'MEDIUM' || facts.level === 'HIGH' || facts.isUnder18 || facts.isDeceased;
  const failures = [
    ...unless(file.closing !== undefined, 'GUARD_UNMET', 'C16', 'The officer in the case proposes the closure first.'), ...unless(file.closing?.proposedBy !== by, 'SEGREGATION', 'C16', 'The person who proposed the closure cannot approve it.'),
    ...unless(roles.includes('INSP') || (!needsInspector && roles.includes('SGT')), 'ROLE_DENIED', 'C16', 'An inspector closes a case at MEDIUM or HIGH, of a child, or of somebody who died; a sergeant the others.'),
    ...unless(facts.isOurs, 'GUARD_UNMET', '2.5', 'Another force owns this case; only its owner may close it.'), ...facts.closeFailures,
  ];
  if (failures.length > 0 || !file.closing) return failures;
  return { file: moved(file, 'CLOSED', now, { closing: { ...file.closing, approvedBy: by, approvedAt: now } }), clocks, then: ['CLOSE_TASKS'] };
}

function proposeClose({ file, clocks }: Given, summary: string, { by, now }: Actor): Answer {
  const failures = [
    ...unless(file.state === 'RETURN_ACTIONS', 'TRANSITION_NOT_ALLOWED', 'C16', `A closure is proposed from RETURN_ACTIONS, not from ${file.state}.`), ...unless(summary.trim().length >= 20, 'RATIONALE_TOO_SHORT', 'C16', 'Write a closure summary of a sentence at least.'),
  ];
  return failures.length > 0 ? failures : { file: { ...file, closing: { proposedBy: by, proposedAt: now, summary } }, clocks, then: [] };
}

function proposeCancel({ file, clocks }: Given, { kind, reason, mergedInto }: Extract<EndingCommand, { do: 'ProposeCancel' }>, { by, now }: Actor): Answer {
  const failures = [
    ...unless(file.state === 'OPEN_UNCONFIRMED' || file.state === 'ACTIVE', 'TRANSITION_NOT_ALLOWED', 'C17', `A case is cancelled from OPEN_UNCONFIRMED or ACTIVE, not from ${file.state}.`), ...reasonFailures(reason, 'C17'),
    ...unless(kind !== 'DUPLICATE' || mergedInto !== undefined, 'GUARD_UNMET', 'C17', 'Name the case that this one is a duplicate of.'),
    ...unless(file.state !== 'ACTIVE' || kind === 'DUPLICATE', 'GUARD_UNMET', '15.2 item 33', 'A confirmed case is cancelled only as a duplicate that was merged.'),
  ];
  return failures.length > 0 ? failures : { file: { ...file, cancelling: { proposedBy: by, proposedAt: now, kind, reason, ...(mergedInto !== undefined && { mergedInto }) } }, clocks, then: [] };
}

function approveCancel({ file, clocks }: Given, { by, now }: Actor): Answer {
  if (!file.cancelling) return [fail('GUARD_UNMET', 'C17', 'Somebody else proposes it first, with a reason.')];
  const failures = [
    ...unless(file.cancelling.proposedBy !== by, 'SEGREGATION', 'C17', 'The person who proposed it cannot approve it.'),
    // The risk may have been confirmed since it was proposed.
    ...unless(file.state !== 'ACTIVE' || file.cancelling.kind === 'DUPLICATE', 'GUARD_UNMET', '15.2 item 33', 'A confirmed case is cancelled only as a duplicate that was merged.'),
  ];
  return failures.length > 0 ? failures : { file: moved(file, 'CANCELLED', now, { stoppedAt: now, cancelling: { ...file.cancelling, approvedBy: by } }), clocks, then: ['CLOSE_TASKS', 'PURGE_OUTBOX', 'STAND_DOWN_ERROR'] };
}

function makeLongTerm({ file, clocks }: Given, reviewId: string, { doneReviews, daysMissing }: EndingFacts, { by, now }: Actor): Answer {
  const failures = [...unless(daysMissing >= 28, 'TOO_EARLY', 'C13', 'A case becomes long-term after 28 days at the earliest.'), ...known(doneReviews, reviewId, 'C13', 'the review at which it was decided')];
  return failures.length > 0 ? failures : { file: moved(file, 'ACTIVE_LONG_TERM', now, { longTerm: { by, at: now, reviewId } }), clocks, then: ['LONG_TERM_TASKS'] };
}

function suspend({ file, clocks }: Given, reviewId: string, { doneReviews, suspendFailures }: EndingFacts, { by, now }: Actor): Answer {
  const failures = [...known(doneReviews, reviewId, 'C14', 'the review at which it was decided'), ...suspendFailures];
  return failures.length > 0 ? failures : { file: moved(file, 'SUSPENDED', now, { suspension: { by, at: now, reviewId } }), clocks, then: [] };
}

function reactivate({ file, clocks }: Given, informationId: string, { information }: EndingFacts, { by, now }: Actor): Answer {
  const failures = known(information, informationId, 'C15', 'the new information');
  return failures.length > 0 ? failures : { file: moved(file, 'ACTIVE', now, { reactivation: { by, at: now, informationId } }), clocks, then: ['SUSPENDED_NEWS', 'REVIEW_AT_ONCE'] };
}

function confirmReactivation({ file, clocks }: Given, { by, roles }: Actor): Answer {
  const failures = [
    ...unless(file.reactivation !== undefined && file.reactivation.confirmedBy === undefined, 'TRANSITION_NOT_ALLOWED', 'C15', 'There is nothing to confirm.'),
    ...unless(roles.includes('SGT') || roles.includes('INSP'), 'ROLE_DENIED', 'C15', 'A sergeant confirms it.'),
  ];
  return failures.length > 0 || !file.reactivation ? failures : { file: { ...file, reactivation: { ...file.reactivation, confirmedBy: by } }, clocks, then: [] };
}

function transferOut({ file, clocks }: Given, { do: _, ...transfer }: Extract<EndingCommand, { do: 'TransferOut' }>, { by, now }: Actor): Answer {
  const failures = unless(Object.values(transfer).every(value => value.trim().length > 0), 'EVIDENCE_MISSING', 'C23', 'A transfer out needs the force, their reference, a named owner and the written acknowledgement.');
  return failures.length > 0 ? failures : { file: moved(file, 'TRANSFERRED_OUT', now, { transferOut: { ...transfer, by, at: now } }), clocks, then: ['CLOSE_TASKS'] };
}

/** What comes after the end: late information, a mistaken identity, the outcome of another force. */
function late({ file, clocks }: Given, command: Extract<EndingCommand, { do: 'ReopenReturn' | 'ReopenMissing' | 'RecordTransferOutcome' }>, { information }: EndingFacts, { by, now }: Actor): Answer {
  if (command.do === 'RecordTransferOutcome') {
    const failures = reasonFailures(command.outcome, 'C23');
    return failures.length > 0 || !file.transferOut ? failures : { file: moved(file, 'CLOSED', now, { transferOut: { ...file.transferOut, outcome: command.outcome } }), clocks, then: ['CLOSE_TASKS'] };
  }
  const failures = [...reasonFailures(command.reason, command.do === 'ReopenReturn' ? 'C18' : 'C20'), ...(command.do === 'ReopenReturn' ? known(information, command.informationId, 'C18', 'the late information') : [])];
  if (failures.length > 0) return failures;
  const { closing: _, ...open } = file;
  if (command.do === 'ReopenReturn') return { file: moved(open, 'RETURN_ACTIONS', now, { reopenings: [...file.reopenings, { rule: 'C18', by, at: now, reason: command.reason }] }), clocks, then: [] };
  // It was somebody else who was found: the person has been missing all along, on the first clock.
  const { verification: _v, stoppedAt: _s, returnPlace: _p, located: _l, ...missing } = open;
  const { located: _a, verified: _b, returned: _c, ...running } = clocks;
  return { file: moved(missing, 'ACTIVE', now, { reopenings: [...file.reopenings, { rule: 'C20', by, at: now, reason: command.reason }] }), clocks: running, then: ['REGENERATE_TASKS', 'REVIEW_AT_ONCE'] };
}
