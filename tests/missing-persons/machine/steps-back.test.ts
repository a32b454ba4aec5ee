import { describe, expect, it } from '@jest/globals';
import type { CaseSlice } from '../../../functions/missing-persons/rules/machine/caseSlice.ts';
import { decideDeceased } from '../../../functions/missing-persons/rules/machine/deceased.ts';
import { decideEnding } from '../../../functions/missing-persons/rules/machine/ending.ts';
import { decideFound } from '../../../functions/missing-persons/rules/machine/found.ts';
import type { Moved } from '../../../functions/missing-persons/rules/machine/moved.ts';
import { isFailed, type Actor } from '../../../functions/missing-persons/rules/machine/moment.ts';
import type { Failure } from '../../../functions/missing-persons/rules/terms.ts';

const now = '2026-11-02T10:00:00.000Z';
const inspector: Actor = { now, by: 'inspector-1', roles: ['INSP'], isAttached: true };
const file: CaseSlice = { caseRef: 'MP-1', state: 'RETURN_ACTIONS', enteredAt: now, openedBy: 'handler-1', cameFrom: 'ACTIVE', reopenings: [] };
const clocks = { reported: '2026-11-01T10:00:00.000Z', located: now, verified: now };
const facts = { level: 'LOW', isUnder18: false, verifyWithinMinutes: 720, allowedProfessionals: true } as const;
const ending = { level: 'LOW', isUnder18: false, isDeceased: false, closeFailures: [], doneReviews: [], information: [], daysMissing: 1, suspendFailures: [], isOurs: true, isTransferPending: false } as const;

function must(result: Moved | readonly Failure[]): Moved {
  if (isFailed(result)) throw new Error(JSON.stringify(result));
  return result;
}

describe('steps back of a case', () => {
  it('C10, C12, C22: a body that is not the person leads back to the return, and a wrong verification still to the missing state', () => {
    const body = must(decideDeceased({ file, clocks }, { do: 'RecordBody', place: 'Test Water', reason: 'A body in the water', bodyFoundAt: now, treatAsSuspicious: true }, inspector));
    const back = must(decideDeceased(body, { do: 'RefuteDeceased', reason: 'Fingerprints differ' }, inspector));
    expect(back.file.state).toBe('RETURN_ACTIONS');
    const missing = must(decideFound(back, { do: 'WithdrawVerification', reason: 'It was a sibling' }, facts, inspector));
    expect(missing.file.state).toBe('ACTIVE');
    expect(missing.clocks).toEqual({ reported: clocks.reported });
  });

  it('C17: what was proposed before the risk was confirmed does not cancel an ACTIVE case, but as a duplicate', () => {
    const proposed = (kind: 'NOT_MISSING' | 'DUPLICATE') => ({ clocks, file: { ...file, state: 'ACTIVE' as const, cancelling: { proposedBy: 'sergeant-1', proposedAt: now, kind, reason: 'never missing', mergedInto: 'MP-2' } } });
    expect(decideEnding(proposed('NOT_MISSING'), { do: 'ApproveCancel' }, ending, inspector)).toEqual([expect.objectContaining({ code: 'GUARD_UNMET', rule: '15.2 item 33' })]);
    expect(must(decideEnding(proposed('DUPLICATE'), { do: 'ApproveCancel' }, ending, inspector)).file.state).toBe('CANCELLED');
  });
});
