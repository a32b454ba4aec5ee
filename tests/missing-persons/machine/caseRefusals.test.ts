import { describe, expect, it, test } from '@jest/globals';
import type { Actor } from '../../../functions/missing-persons/rules/machine/moment.ts';
import type { Given } from '../../../functions/missing-persons/rules/machine/moved.ts';
import { actor, after, agreedAt, caseAt, commands, deadAt, decide, endedElsewhere, pendingAt, refused, refutedAt, withoutProposal, world, type Command, type World } from './support/world.ts';

interface Case { readonly id: string; readonly given: Given; readonly command: Command; readonly says: readonly string[]; readonly facts?: World; readonly who?: Actor }
const who = actor('second');
const proposer = actor('proposer');
const { verification } = commands.VerifyLocated;
const seen = (change: Partial<typeof verification>, facts: Partial<World['found']> = {}): Pick<Case, 'given' | 'command' | 'facts'> => ({
  given: caseAt('ACTIVE'), command: { ...commands.VerifyLocated, verification: { ...verification, ...change } }, facts: { ...world, found: { ...world.found, ...facts } },
});
const ending = (facts: Partial<World['ending']>): World => ({ ...world, ending: { ...world.ending, ...facts } });
const closeGuard = { code: 'CLOSE_GUARD', rule: 'P02', why: 'Still to be done: the return interview.' } as const;
const suspendGuard = { code: 'GUARD_UNMET', rule: 'C14', why: 'Still to be done: the search of the home.' } as const;

/** Each guard alone: the only thing that is wrong. */
const cases: readonly Case[] = [
  { id: 'C6 without who reported it', given: caseAt('ACTIVE'), command: { ...commands.ReportLocated, reportedBy: ' ' }, says: ['FIELD_INVALID C6'] },
  { id: 'C6 without a place', given: caseAt('ACTIVE'), command: { ...commands.ReportLocated, place: '' }, says: ['FIELD_INVALID C6'] },
  { id: 'C6 without how', given: caseAt('ACTIVE'), command: { ...commands.ReportLocated, how: '' }, says: ['FIELD_INVALID C6'] },
  { id: 'C6 in the future', given: caseAt('ACTIVE'), command: { ...commands.ReportLocated, at: after(3) }, says: ['TIME_IN_FUTURE C6'] },
  { id: 'C6 at no time at all', given: caseAt('ACTIVE'), command: { ...commands.ReportLocated, at: 'yesterday' }, says: ['TIME_IN_FUTURE C6'] },
  { id: 'C6 agreement where none is awaited', given: agreedAt(), command: commands.AgreeHold, says: ['TRANSITION_NOT_ALLOWED C6'] },
  { id: 'C6 agreement by an officer', given: caseAt('LOCATED_UNVERIFIED'), command: commands.AgreeHold, who: actor('second', ['OIC']), says: ['ROLE_DENIED role by command'] },
  { id: 'C7 without a reason', given: caseAt('LOCATED_UNVERIFIED'), command: { ...commands.RefuteLocated, reason: 'no' }, says: ['REASON_REQUIRED C7'] },
  { id: 'C7 too early', given: caseAt('LOCATED_UNVERIFIED', { enteredAt: after(-1) }), command: { ...commands.RefuteLocated, isRefuted: false }, says: ['TOO_EARLY C7'] },
  { id: 'C8 without an identity check', ...seen({ identityCheck: '  ' }), says: ['EVIDENCE_MISSING C8'] },
  { id: 'C8 without a place', ...seen({ place: '' }), says: ['FIELD_INVALID C8'] },
  { id: 'C8 found in the future', ...seen({ locatedAt: after(3) }), says: ['TIME_IN_FUTURE C8'] },
  { id: 'C8 back in the future', given: caseAt('ACTIVE'), command: { ...commands.VerifyLocated, returnedAt: after(3) }, says: ['TIME_IN_FUTURE C8'] },
  { id: 'C8 found at another time than reported, without why (S01)', given: caseAt('LOCATED_UNVERIFIED'), command: { ...commands.VerifyLocated, verification: { ...verification, locatedAt: after(-9) } }, says: ['REASON_REQUIRED S01'] },
  { id: 'C8 by telephone at MEDIUM', ...seen({ method: 'BY_PHONE', phoneReason: 'Abroad' }, { level: 'MEDIUM' }), says: ['FACE_TO_FACE_REQUIRED C8'] },
  { id: 'C8 by telephone of a child', ...seen({ method: 'BY_PHONE', phoneReason: 'Abroad' }, { isUnder18: true }), says: ['FACE_TO_FACE_REQUIRED C8'] },
  { id: 'C8 by telephone without a reason', ...seen({ method: 'BY_PHONE' }), says: ['FACE_TO_FACE_REQUIRED C8'] },
  { id: 'C8 by a professional where officers must', ...seen({ method: 'SEEN_BY_PROFESSIONAL', seenBy: 'A nurse' }, { allowedProfessionals: false }), says: ['FACE_TO_FACE_REQUIRED C8'] },
  { id: 'C8 by a professional without a name', ...seen({ method: 'SEEN_BY_PROFESSIONAL' }), says: ['EVIDENCE_MISSING C8'] },
  { id: 'C8 by another force without a name (15.4)', ...seen({ method: 'OTHER_FORCE' }), says: ['EVIDENCE_MISSING C8'] },
  { id: 'C8 confirmed by who saw the person', given: caseAt('RETURN_ACTIONS'), command: commands.ConfirmVerification, who: proposer, says: ['SEGREGATION C8'] },
  { id: 'C8 confirmed twice', given: caseAt('RETURN_ACTIONS', { verification: { ...verification, by: 'proposer', at: after(-9), confirmedBy: 'third' } }), command: commands.ConfirmVerification, says: ['TRANSITION_NOT_ALLOWED C8'] },
  { id: 'C8 confirmed after the closure', given: caseAt('CLOSED'), command: commands.ConfirmVerification, says: ['TRANSITION_NOT_ALLOWED C8'] },
  { id: 'C10 without a place', given: caseAt('ACTIVE'), command: { ...commands.RecordBody, place: '' }, says: ['FIELD_INVALID C10'] },
  { id: 'C10 without a reason', given: caseAt('ACTIVE'), command: { ...commands.RecordBody, reason: '' }, says: ['REASON_REQUIRED C10'] },
  { id: 'C10 in the future', given: caseAt('ACTIVE'), command: { ...commands.RecordBody, bodyFoundAt: after(3) }, says: ['TIME_IN_FUTURE C10'] },
  { id: 'C10 of whose death is confirmed', given: deadAt(), command: commands.RecordBody, says: ['CASE_LOCKED_DECEASED C10'] },
  { id: 'C11 without the reference of the coroner', given: pendingAt(), command: { ...commands.ConfirmDeceased, coronerRef: ' ' }, says: ['EVIDENCE_MISSING C11'] },
  { id: 'C12 without a reason', given: pendingAt(), command: { ...commands.RefuteDeceased, reason: '' }, says: ['REASON_REQUIRED C12'] },
  { id: 'D02 where nobody is dead', given: caseAt('ACTIVE'), command: commands.RecordFamilyTold, says: ['TRANSITION_NOT_ALLOWED D02'] },
  { id: 'D02 twice', given: refutedAt({ familyToldBy: 'flo', familyToldAt: after(-9) }), command: commands.RecordFamilyTold, says: ['TRANSITION_NOT_ALLOWED D02'] },
  { id: 'D02 after the closure', given: deadAt({}, 'CLOSED'), command: commands.RecordFamilyTold, says: ['TRANSITION_NOT_ALLOWED D02'] },
  { id: 'D02 by an officer', given: deadAt(), command: commands.RecordFamilyTold, who: actor('second', ['OIC']), says: ['ROLE_DENIED role by command'] },
  { id: 'C21 release of a death that is not confirmed', given: refutedAt({ familyToldAt: after(-9) }), command: commands.ReleaseDeath, says: ['TRANSITION_NOT_ALLOWED C21'] },
  { id: 'C21 release before the family knows', given: deadAt(), command: commands.ReleaseDeath, says: ['GUARD_UNMET D02'] },
  { id: 'C21 release twice', given: deadAt({ familyToldAt: after(-9), releaseAt: after(-8) }), command: commands.ReleaseDeath, says: ['TRANSITION_NOT_ALLOWED C21'] },
  { id: 'C21 release by an inspector', given: deadAt({ familyToldAt: after(-9) }), command: commands.ReleaseDeath, who: actor('second', ['INSP']), says: ['ROLE_DENIED role by command'] },
  { id: 'C13 before 28 days', given: caseAt('ACTIVE'), command: commands.MakeLongTerm, facts: ending({ daysMissing: 27.99 }), says: ['TOO_EARLY C13'] },
  { id: 'C13 without a review that is done', given: caseAt('ACTIVE'), command: commands.MakeLongTerm, facts: ending({ doneReviews: [] }), says: ['GUARD_UNMET C13'] },
  { id: 'C14 without a review that is done', given: caseAt('ACTIVE'), command: commands.SuspendCase, facts: ending({ doneReviews: [] }), says: ['GUARD_UNMET C14'] },
  { id: 'C14 with a task open', given: caseAt('ACTIVE'), command: commands.SuspendCase, facts: ending({ suspendFailures: [suspendGuard] }), says: ['GUARD_UNMET C14'] },
  { id: 'C15 without new information', given: caseAt('SUSPENDED'), command: commands.ReactivateCase, facts: ending({ information: [] }), says: ['GUARD_UNMET C15'] },
  { id: 'C15 confirmed by who reactivated it', given: caseAt('ACTIVE'), command: commands.ConfirmReactivation, who: proposer, says: ['SEGREGATION C15'] },
  { id: 'C15 with nothing to confirm', given: caseAt('ACTIVE_LONG_TERM'), command: commands.ConfirmReactivation, says: ['TRANSITION_NOT_ALLOWED C15'] },
  { id: 'C15 confirmed by an officer', given: caseAt('ACTIVE'), command: commands.ConfirmReactivation, who: actor('second', ['OIC']), says: ['ROLE_DENIED role by command'] },
  { id: 'C16 proposed without a summary', given: caseAt('RETURN_ACTIONS'), command: { ...commands.ProposeClose, summary: 'All done.' }, says: ['RATIONALE_TOO_SHORT C16'] },
  { id: 'C16 proposed of a missing person', given: caseAt('ACTIVE'), command: commands.ProposeClose, says: ['TRANSITION_NOT_ALLOWED C16'] },
  { id: 'C16 proposed by an officer who attends', given: caseAt('RETURN_ACTIONS'), command: commands.ProposeClose, who: actor('second', ['ATTENDING']), says: ['ROLE_DENIED role by command'] },
  { id: 'C16 with no proposal', given: withoutProposal('RETURN_ACTIONS'), command: commands.ApproveClose, says: ['GUARD_UNMET C16'] },
  { id: 'C16 approved by the proposer', given: caseAt('RETURN_ACTIONS'), command: commands.ApproveClose, who: proposer, says: ['SEGREGATION C16'] },
  ...([['MEDIUM', { level: 'MEDIUM' }], ['HIGH', { level: 'HIGH' }], ['a child', { isUnder18: true }], ['a death', { isDeceased: true }]] as const).map(([of, facts]) => (
    { id: `C16 of ${of} by a sergeant`, given: caseAt('RETURN_ACTIONS'), command: commands.ApproveClose, facts: ending(facts), who: actor('second', ['SGT']), says: ['ROLE_DENIED C16'] })),
  { id: 'C16 of a case of another force', given: caseAt('RETURN_ACTIONS'), command: commands.ApproveClose, facts: ending({ isOurs: false }), says: ['GUARD_UNMET 2.5'] },
  { id: 'C16 with a guard of closure (2.4)', given: caseAt('RETURN_ACTIONS'), command: commands.ApproveClose, facts: ending({ closeFailures: [closeGuard] }), says: ['CLOSE_GUARD P02'] },
  { id: 'C16 approved a second time', given: caseAt('CLOSED'), command: commands.ApproveClose, says: ['STATE_CHANGED C16'] },
  { id: 'C17 approved a second time', given: caseAt('CANCELLED'), command: commands.ApproveCancel, says: ['STATE_CHANGED C17'] },
  { id: 'C17 proposed without a reason', given: caseAt('ACTIVE'), command: { ...commands.ProposeCancel, reason: '' }, says: ['REASON_REQUIRED C17'] },
  { id: 'C17 proposed as a duplicate of nothing', given: caseAt('ACTIVE'), command: { do: 'ProposeCancel', kind: 'DUPLICATE', reason: 'The same person' }, says: ['GUARD_UNMET C17'] },
  { id: 'C17 proposed as a duplicate of itself', given: caseAt('ACTIVE'), command: { ...commands.ProposeCancel, mergedInto: 'MP-1' }, says: ['GUARD_UNMET C17'] },
  { id: 'C17 proposed as an error once it is confirmed', given: caseAt('ACTIVE'), command: { ...commands.ProposeCancel, kind: 'ERROR' }, says: ['GUARD_UNMET 15.2 item 33'] },
  { id: 'C17 proposed of a found person', given: caseAt('RETURN_ACTIONS'), command: commands.ProposeCancel, says: ['TRANSITION_NOT_ALLOWED C17'] },
  { id: 'C17 proposed by an officer', given: caseAt('ACTIVE'), command: commands.ProposeCancel, who: actor('second', ['OIC']), says: ['ROLE_DENIED role by command'] },
  { id: 'C17 with no proposal', given: withoutProposal('ACTIVE'), command: commands.ApproveCancel, says: ['GUARD_UNMET C17'] },
  { id: 'C17 approved by the proposer', given: caseAt('ACTIVE'), command: commands.ApproveCancel, who: proposer, says: ['SEGREGATION C17'] },
  { id: 'C17 proposed as an error and approved once it is confirmed', given: caseAt('ACTIVE', { cancelling: { proposedBy: 'proposer', proposedAt: after(-9), kind: 'ERROR', reason: 'A test' } }), command: commands.ApproveCancel, says: ['GUARD_UNMET 15.2 item 33'] },
  ...(['ProposeCancel', 'ApproveCancel'] as const).map(name => ({ id: `S13: ${name} while another force looks at an offer`, given: caseAt('ACTIVE'), command: commands[name], facts: ending({ isTransferPending: true }), says: ['TRANSFER_PENDING 2.5'] })),
  { id: 'C18 without a reason', given: caseAt('CLOSED'), command: { ...commands.ReopenReturn, reason: '' }, says: ['REASON_REQUIRED C18'] },
  { id: 'C18 without the information', given: caseAt('CLOSED'), command: { ...commands.ReopenReturn, informationId: 'info-9' }, says: ['GUARD_UNMET C18'] },
  { id: 'C18 of a case that ended elsewhere', given: endedElsewhere(), command: commands.ReopenReturn, says: ['GUARD_UNMET C18'] },
  { id: 'C20 without a reason', given: caseAt('CLOSED'), command: { ...commands.ReopenMissing, reason: '' }, says: ['REASON_REQUIRED C20'] },
  { id: 'C20 of a case that ended elsewhere', given: endedElsewhere(), command: commands.ReopenMissing, says: ['GUARD_UNMET C20'] },
  { id: 'C20 of a confirmed death', given: deadAt({}, 'CLOSED'), command: commands.ReopenMissing, says: ['CASE_LOCKED_DECEASED C20'] },
  { id: 'C22 without a reason', given: caseAt('RETURN_ACTIONS'), command: { ...commands.WithdrawVerification, reason: '' }, says: ['REASON_REQUIRED C22'] },
  { id: 'C22 of a confirmed death', given: deadAt(), command: commands.WithdrawVerification, says: ['CASE_LOCKED_DECEASED C22'] },
  ...(['toForce', 'theirRef', 'namedOwner', 'acknowledgementId'] as const).map(field => ({ id: `C23 without ${field}`, given: caseAt('ACTIVE'), command: { ...commands.TransferOut, [field]: ' ' }, says: ['EVIDENCE_MISSING C23'] })),
  { id: 'C23 to one force while another looks at an offer', given: caseAt('ACTIVE'), command: commands.TransferOut, facts: ending({ isTransferPending: true }), says: ['TRANSFER_PENDING 2.5'] },
  { id: 'C24 without an outcome', given: caseAt('TRANSFERRED_OUT'), command: { ...commands.RecordTransferOutcome, outcome: '' }, says: ['REASON_REQUIRED C24'] },
  { id: 'C24 by who transferred it', given: caseAt('TRANSFERRED_OUT'), command: commands.RecordTransferOutcome, who: proposer, says: ['SEGREGATION C24'] },
];

describe('each guard of a case refuses by its code, in a sentence without personal data', () => {
  test.each(cases)('$id', ({ given, command, facts = world, who: by = who, says }) => {
    expect(refused(decide(given, command, by, facts))).toEqual(says);
  });
});

describe('who proposes does not approve, by user id and not by role (0.4)', () => {
  const approvals = [['C16', 'RETURN_ACTIONS', 'ApproveClose'], ['C17', 'ACTIVE', 'ApproveCancel'], ['C8', 'RETURN_ACTIONS', 'ConfirmVerification'], ['C15', 'ACTIVE', 'ConfirmReactivation'], ['C24', 'TRANSFERRED_OUT', 'RecordTransferOutcome']] as const;
  test.each(approvals)('%s: the same person in another role or in capitals, refused; another person in the same role, allowed', (rule, state, name) => {
    expect(refused(decide(caseAt(state), commands[name], actor('PROPOSER', ['INSP'], false)))).toEqual([`SEGREGATION ${rule}`]);
    expect(decide(caseAt(state), commands[name], actor('other', ['INSP'], false))).toHaveProperty('file');
  });
});

describe('every failure is listed, and the first is by the order of 15.2 item 26', () => {
  const lists: readonly Case[] = [
    { id: 'C16: segregation, rank, owner and every guard of closure', given: caseAt('RETURN_ACTIONS'), command: commands.ApproveClose, who: actor('proposer', ['OIC']), facts: ending({ level: 'HIGH', isOurs: false, closeFailures: [closeGuard, { ...closeGuard, rule: 'P01' }] }), says: ['SEGREGATION C16', 'ROLE_DENIED role by command', 'ROLE_DENIED C16', 'GUARD_UNMET 2.5', 'CLOSE_GUARD P02', 'CLOSE_GUARD P01'] },
    { id: 'C17: segregation before role', given: caseAt('ACTIVE', { cancelling: { proposedBy: 'proposer', proposedAt: after(-9), kind: 'ERROR', reason: 'A test' } }), command: commands.ApproveCancel, who: actor('proposer', ['SGT']), says: ['SEGREGATION C17', 'ROLE_DENIED role by command', 'GUARD_UNMET 15.2 item 33'] },
    { id: 'C8: role with every lack of evidence', given: caseAt('ACTIVE'), command: { do: 'VerifyLocated', verification: { ...verification, identityCheck: '', place: '', locatedAt: after(9), method: 'SEEN_BY_PROFESSIONAL' }, returnedAt: after(9) }, who: actor('second', ['MEDIA']), facts: { ...world, found: { ...world.found, allowedProfessionals: false } },
      says: ['ROLE_DENIED role by command', 'EVIDENCE_MISSING C8', 'FIELD_INVALID C8', 'TIME_IN_FUTURE C8', 'FACE_TO_FACE_REQUIRED C8', 'EVIDENCE_MISSING C8', 'TIME_IN_FUTURE C8'] },
    { id: 'C10: role, place, reason, time', given: caseAt('ACTIVE'), command: { ...commands.RecordBody, place: '', reason: '', bodyFoundAt: after(9) }, who: actor('second', ['SGT']), says: ['ROLE_DENIED role by command', 'FIELD_INVALID C10', 'REASON_REQUIRED C10', 'TIME_IN_FUTURE C10'] },
    { id: 'C20: role, reason, death', given: deadAt({}, 'CLOSED'), command: { do: 'ReopenMissing', reason: '' }, who: actor('second', ['SGT']), says: ['ROLE_DENIED role by command', 'REASON_REQUIRED C20', 'CASE_LOCKED_DECEASED C20'] },
    { id: 'no way from here: the role is told as well, the guards are not asked', given: caseAt('CANCELLED'), command: { ...commands.RecordBody, place: '' }, who: actor('second', ['OIC']), says: ['TRANSITION_NOT_ALLOWED C10', 'ROLE_DENIED role by command'] },
    { id: 'C21 release: role and family', given: deadAt(), command: commands.ReleaseDeath, who: actor('second', ['INSP']), says: ['ROLE_DENIED role by command', 'GUARD_UNMET D02'] },
  ];
  it.each(lists)('$id', ({ given, command, facts = world, who: by = who, says }) => {
    expect(refused(decide(given, command, by, facts))).toEqual(says);
  });
});
