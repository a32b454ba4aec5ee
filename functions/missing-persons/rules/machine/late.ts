import type { Failure } from '../terms.ts';
import type { CaseSlice } from './caseSlice.ts';
import type { EndingCommand } from './ending.ts';
import { isSamePerson, lockedByDeath, reasonFailures, unless, type Actor } from './moment.ts';
import { known, moved, type Answer, type Given } from './moved.ts';

/** C18: late information about a return. It does not change when the person was found. */
export function reopenReturn({ file, clocks }: Given, { informationId, reason }: Extract<EndingCommand, { do: 'ReopenReturn' }>, information: readonly string[], { by, now }: Actor): Answer {
  const failures = [...reasonFailures(reason, 'C18'), ...known(information, informationId, 'C18', 'the late information'), ...endedHere(file, 'C18')];
  if (failures.length > 0) return failures;
  const { closing: _, ...open } = file;
  return { file: moved(open, 'RETURN_ACTIONS', now, { reopenings: [...file.reopenings, { rule: 'C18', by, at: now, reason }] }), clocks, then: [] };
}

/** C20: it was somebody else who was found. The person has been missing all along, on the first clock. */
export function reopenMissing({ file, clocks: { located: _a, verified: _b, returned: _c, ...clocks } }: Given, reason: string, { by, now }: Actor): Answer {
  const failures = [...reasonFailures(reason, 'C20'), ...unless(file.deceased?.confirmedAt === undefined, 'CASE_LOCKED_DECEASED', 'C20', lockedByDeath), ...endedHere(file, 'C20')];
  if (failures.length > 0) return failures;
  const { closing: _x, cancelling: _y, verification: _v, stoppedAt: _s, returnPlace: _p, located: _l, cameFrom: _f, ...missing } = file;
  return { file: moved(missing, 'ACTIVE', now, { reopenings: [...file.reopenings, { rule: 'C20', by, at: now, reason }] }), clocks, then: ['REGENERATE_TASKS', 'REVIEW_AT_ONCE'] };
}

/** A case that closed on the outcome of another force has no return and no verification of ours: there is nothing to go back to, and the case is theirs (15.1 item 22). */
function endedHere({ verification, deceased }: CaseSlice, rule: string): Failure[] {
  return unless(verification !== undefined || deceased?.confirmedAt !== undefined, 'GUARD_UNMET', rule, 'This case ended with another force: tell them, and take a new report if the person is missing.');
}

/** C24: the case closes on the outcome of the other force (C23). Two people, as with every closure: who gave the case away does not also say how it ended. */
export function recordTransferOutcome({ file, clocks }: Given, outcome: string, { by, now }: Actor): Answer {
  const failures = [...reasonFailures(outcome, 'C24'), ...unless(!isSamePerson(file.transferOut?.by, by), 'SEGREGATION', 'C24', 'The person who transferred the case cannot record how it ended.')];
  if (failures.length > 0 || !file.transferOut) return failures;
  return { file: moved(file, 'CLOSED', now, { transferOut: { ...file.transferOut, outcome, outcomeBy: by, outcomeAt: now } }), clocks, then: ['CLOSE_TASKS'] };
}
