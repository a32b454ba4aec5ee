import type { Failure } from '../terms.ts';
import type { CaseSlice } from './caseSlice.ts';
import { offeredFailures, type EndingCommand, type EndingFacts } from './ending.ts';
import { fail, isSamePerson, reasonFailures, unless, type Actor } from './moment.ts';
import { moved, type Answer, type Given } from './moved.ts';

/** C16: the officer in the case says that everything is done. */
export function proposeClose({ file, clocks }: Given, summary: string, { by, now }: Actor): Answer {
  const failures = unless(summary.trim().length >= 20, 'RATIONALE_TOO_SHORT', 'C16', 'Write a closure summary of a sentence at least.');
  return failures.length > 0 ? failures : { file: { ...file, closing: { proposedBy: by, proposedAt: now, summary } }, clocks, then: [] };
}

/** C16: never by the person who proposed it, and never by us while the case is another force's. */
export function approveClose({ file, clocks }: Given, facts: EndingFacts, { by, now, roles }: Actor): Answer {
  const needsInspector = facts.level === 'MEDIUM' || facts.level === 'HIGH' || facts.isUnder18 || facts.isDeceased;
  const failures = [
    ...unless(file.closing !== undefined, 'GUARD_UNMET', 'C16', 'The officer in the case proposes the closure first.'), ...unless(!isSamePerson(file.closing?.proposedBy, by), 'SEGREGATION', 'C16', 'The person who proposed the closure cannot approve it.'),
    ...unless(!needsInspector || roles.includes('INSP'), 'ROLE_DENIED', 'C16', 'An inspector closes a case at MEDIUM or HIGH, of a child, or of somebody who died.'),
    ...unless(facts.isOurs, 'GUARD_UNMET', '2.5', 'Another force owns this case; only its owner may close it.'), ...facts.closeFailures,
  ];
  if (failures.length > 0 || !file.closing) return failures;
  return { file: moved(file, 'CLOSED', now, { closing: { ...file.closing, approvedBy: by, approvedAt: now } }), clocks, then: ['CLOSE_TASKS'] };
}

/** C17: made in error, never missing, or a duplicate of a case that it names. */
export function proposeCancel({ file, clocks }: Given, { kind, reason, mergedInto }: Extract<EndingCommand, { do: 'ProposeCancel' }>, facts: EndingFacts, { by, now }: Actor): Answer {
  const failures = [
    ...reasonFailures(reason, 'C17'), ...unless(kind !== 'DUPLICATE' || mergedInto !== undefined, 'GUARD_UNMET', 'C17', 'Name the case that this one is a duplicate of.'), ...unless(mergedInto !== file.caseRef, 'GUARD_UNMET', 'C17', 'A case is no duplicate of itself.'),
    ...confirmedOnlyMerged(file, kind), ...offeredFailures(facts),
  ];
  return failures.length > 0 ? failures : { file: { ...file, cancelling: { proposedBy: by, proposedAt: now, kind, reason, ...(mergedInto !== undefined && { mergedInto }) } }, clocks, then: [] };
}

/** C17: the second person. The risk may have been confirmed since it was proposed, so that is asked again. */
export function approveCancel({ file, clocks }: Given, facts: EndingFacts, { by, now }: Actor): Answer {
  if (!file.cancelling) return [fail('GUARD_UNMET', 'C17', 'Somebody else proposes it first, with a reason.')];
  const failures = [...unless(!isSamePerson(file.cancelling.proposedBy, by), 'SEGREGATION', 'C17', 'The person who proposed it cannot approve it.'), ...confirmedOnlyMerged(file, file.cancelling.kind), ...offeredFailures(facts)];
  return failures.length > 0 ? failures : { file: moved(file, 'CANCELLED', now, { stoppedAt: now, cancelling: { ...file.cancelling, approvedBy: by } }), clocks, then: ['CLOSE_TASKS', 'PURGE_OUTBOX', 'STAND_DOWN_ERROR'] };
}

function confirmedOnlyMerged({ state }: CaseSlice, kind: 'ERROR' | 'DUPLICATE' | 'NOT_MISSING'): Failure[] {
  return unless(state !== 'ACTIVE' || kind === 'DUPLICATE', 'GUARD_UNMET', '15.2 item 33', 'A confirmed case is cancelled only as a duplicate that was merged.');
}
