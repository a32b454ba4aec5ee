import { describe, expect, it, test } from '@jest/globals';
import { openMissing, type CaseState } from '../../../functions/missing-persons/rules/terms.ts';
import { actor, after, caseAt, commands, deadAt, decide, moved, now, pendingAt, refutedAt, world } from './support/world.ts';

const who = actor('second');
const clocksOf = (state: CaseState) => caseAt(state).clocks;

describe('each transition of a case, when everything is as it should be', () => {
  test.each(openMissing)('C6 from %s: somebody says that the person is found', state => {
    const { file, then } = moved(decide(caseAt(state), commands.ReportLocated, who));
    expect(file).toMatchObject({ state: 'LOCATED_UNVERIFIED', cameFrom: state, located: { at: after(-5), recordedBy: 'second', holdAgreedBy: 'second' } });
    expect(then).toEqual(['HOLD_TASKS']);
    expect(file.cancelling).toBeUndefined();
  });

  it('C6, 15.1 item 4: at HIGH or for a child nothing is held before a supervisor agrees; at LOW it is', () => {
    const handler = actor('second', ['CALL_HANDLER'], false);
    const at = (level: 'HIGH' | 'LOW', isUnder18: boolean) => moved(decide(caseAt('ACTIVE'), commands.ReportLocated, handler, { ...world, found: { ...world.found, level, isUnder18 } })).then;
    expect([at('HIGH', false), at('LOW', true), at('LOW', false)]).toEqual([[], [], ['HOLD_TASKS']]);
    expect(moved(decide(caseAt('LOCATED_UNVERIFIED'), commands.AgreeHold, who))).toMatchObject({ file: { located: { holdAgreedBy: 'second', holdAgreedAt: now } }, then: ['HOLD_TASKS'] });
  });

  it('C7: back to where it came from', () => {
    const { file, then } = moved(decide(caseAt('LOCATED_UNVERIFIED', { cameFrom: 'SUSPENDED' }), commands.RefuteLocated, who));
    expect(file.state).toBe('SUSPENDED');
    expect([file.cameFrom, file.located, then]).toEqual([undefined, undefined, ['RESUME_TASKS']]);
  });

  it('C7: not seen in the time for the level is a reason as well, to the minute', () => {
    const waited = (minutes: number) => decide(caseAt('LOCATED_UNVERIFIED', { enteredAt: after(-minutes) }), { ...commands.RefuteLocated, isRefuted: false }, who);
    expect(moved(waited(720)).file.state).toBe('OPEN_UNCONFIRMED');
    expect(waited(719)).toMatchObject([{ code: 'TOO_EARLY' }]);
  });

  test.each([...openMissing, 'LOCATED_UNVERIFIED'] as const)('C8 with C9 from %s: found, and the clocks stop', state => {
    const { file, clocks, then } = moved(decide(caseAt(state), commands.VerifyLocated, who));
    expect(file).toMatchObject({ state: 'RETURN_ACTIONS', stoppedAt: now, cameFrom: state === 'LOCATED_UNVERIFIED' ? 'OPEN_UNCONFIRMED' : state, verification: { by: 'second', at: now }, returnPlace: 'HOME' });
    expect(clocks).toEqual({ ...clocksOf(state), located: after(-5), verified: now, returned: after(-1) });
    expect(then).toEqual(['CANCEL_FOUND', 'PURGE_OUTBOX', 'STAND_DOWN', 'RETURN_TASKS']);
    expect(file.cancelling).toBeUndefined();
  });

  it('C8: a sergeant other than the officer confirms it', () => {
    expect(moved(decide(caseAt('RETURN_ACTIONS'), commands.ConfirmVerification, who)).file.verification).toMatchObject({ by: 'proposer', confirmedBy: 'second', confirmedAt: now });
  });

  test.each([...openMissing, 'LOCATED_UNVERIFIED', 'RETURN_ACTIONS'] as const)('C10 from %s: a body; nothing that was proposed before stays', state => {
    const { file, clocks, then } = moved(decide(caseAt(state), commands.RecordBody, who));
    expect(file).toMatchObject({ state: 'DECEASED_PENDING_ID', deceased: { bodyFoundAt: after(-60), recordedBy: 'second' } });
    expect([file.closing, file.cancelling, clocks, then]).toEqual([undefined, undefined, clocksOf(state), ['HOLD_ALL', 'DECEASED_TASKS']]);
  });

  it('C11 with C21: T_LOCATED is the finding of the body, T_VERIFIED is now; the family is told anew', () => {
    const { file, clocks, then } = moved(decide(pendingAt({ familyToldBy: 'flo', familyToldAt: after(-200) }), commands.ConfirmDeceased, who));
    expect(file).toMatchObject({ state: 'RETURN_ACTIONS', stoppedAt: now, deceased: { confirmedBy: 'second', method: 'DENTAL' } });
    expect([clocks.located, clocks.verified, file.deceased?.familyToldAt, then]).toEqual([after(-1_000), now, undefined, ['PURGE_OUTBOX', 'DECEASED_RETURN']]);
  });

  it('C12: back to the missing state, to the verification of a sighting, or to the return; the family is told anew', () => {
    const missing = moved(decide(pendingAt({ familyToldBy: 'flo', familyToldAt: after(-200) }), commands.RefuteDeceased, who));
    expect(missing.file).toMatchObject({ state: 'ACTIVE', deceased: { refutedAt: now } });
    expect([missing.file.deceased?.familyToldAt, missing.file.cameFrom, missing.then]).toEqual([undefined, undefined, ['RELEASE_AFTER_FAMILY', 'RESUME_TASKS']]);
    for (const state of ['LOCATED_UNVERIFIED', 'RETURN_ACTIONS'] as const) {
      const body = moved(decide(caseAt(state), commands.RecordBody, who));
      expect(moved(decide(body, commands.RefuteDeceased, who))).toMatchObject({ file: { state, cameFrom: caseAt(state).file.cameFrom }, then: ['RELEASE_AFTER_FAMILY'] });
    }
  });

  it('D02 and C21: the family is told once at each telling, and the death is released once after it', () => {
    const told = moved(decide(deadAt(), commands.RecordFamilyTold, who));
    expect(told.file.deceased).toMatchObject({ familyToldBy: 'second', familyToldAt: now });
    expect(moved(decide(told, commands.ReleaseDeath, who))).toMatchObject({ file: { deceased: { releaseAt: now } }, then: ['STAND_DOWN'] });
    expect(moved(decide(deadAt(), commands.ReleaseDeath, who, { ...world, isFamilyTaskOver: true })).file.deceased?.releaseAt).toBe(now);
    for (const given of [pendingAt(), refutedAt()]) expect(moved(decide(given, commands.RecordFamilyTold, who)).file.deceased?.familyToldAt).toBe(now);
  });

  it('C13, C14, C15: long-term, suspended, and active again', () => {
    const long = moved(decide(caseAt('ACTIVE'), commands.MakeLongTerm, who));
    expect([long.file.state, long.file.longTerm?.reviewId, long.then]).toEqual(['ACTIVE_LONG_TERM', 'review-1', ['LONG_TERM_TASKS']]);
    const suspended = moved(decide(long, commands.SuspendCase, who));
    expect([suspended.file.state, suspended.file.suspension?.by]).toEqual(['SUSPENDED', 'second']);
    const again = moved(decide(suspended, commands.ReactivateCase, who));
    expect([again.file.state, again.then]).toEqual(['ACTIVE', ['SUSPENDED_NEWS', 'REVIEW_AT_ONCE']]);
    expect(moved(decide(again, commands.ConfirmReactivation, actor('third'))).file.reactivation).toMatchObject({ by: 'second', confirmedBy: 'third' });
    expect([long, suspended, again].map(({ file }) => file.cancelling)).toEqual([undefined, undefined, undefined]);
  });

  it('C16: proposed by one, approved by another', () => {
    const proposed = moved(decide(caseAt('RETURN_ACTIONS'), commands.ProposeClose, who));
    expect(moved(decide(proposed, commands.ApproveClose, actor('third', ['SGT'], false)))).toMatchObject({ file: { state: 'CLOSED', closing: { proposedBy: 'second', approvedBy: 'third', approvedAt: now } }, then: ['CLOSE_TASKS'] });
  });

  test.each(['OPEN_UNCONFIRMED', 'ACTIVE'] as const)('C17 from %s: proposed by one, approved by another', state => {
    const proposed = moved(decide(caseAt(state), commands.ProposeCancel, who));
    expect(moved(decide(proposed, commands.ApproveCancel, actor('third')))).toMatchObject({ file: { state: 'CANCELLED', stoppedAt: now, cancelling: { proposedBy: 'second', approvedBy: 'third' } }, then: ['CLOSE_TASKS', 'PURGE_OUTBOX', 'STAND_DOWN_ERROR'] });
  });

  it('C18: late information leads back to the return, and the found time stays', () => {
    const { file, clocks } = moved(decide(caseAt('CLOSED'), commands.ReopenReturn, who));
    expect(file).toMatchObject({ state: 'RETURN_ACTIONS', reopenings: [{ rule: 'C18', by: 'second', at: now }] });
    expect([file.closing, clocks]).toEqual([undefined, clocksOf('CLOSED')]);
  });

  it('C20 and C22: missing all along, on the first clock, with nothing of the return left', () => {
    for (const [given, command, rule, to] of [[caseAt('CLOSED'), commands.ReopenMissing, 'C20', 'ACTIVE'], [caseAt('RETURN_ACTIONS', { cameFrom: 'SUSPENDED' }), commands.WithdrawVerification, 'C22', 'SUSPENDED']] as const) {
      const { file, clocks, then } = moved(decide(given, command, who));
      expect(file).toMatchObject({ state: to, reopenings: [{ rule, by: 'second', at: now }] });
      expect([file.verification, file.located, file.stoppedAt, file.returnPlace, file.closing, file.cancelling, file.cameFrom]).toEqual(Array(7).fill(undefined));
      expect([clocks, then]).toEqual([clocksOf('ACTIVE'), ['REGENERATE_TASKS', 'REVIEW_AT_ONCE']]);
    }
  });

  test.each(openMissing)('C23 and C24 from %s: away to another force, and closed on their outcome by somebody else', state => {
    const away = moved(decide(caseAt(state), commands.TransferOut, who));
    expect(away).toMatchObject({ file: { state: 'TRANSFERRED_OUT', transferOut: { by: 'second', at: now } }, then: ['CLOSE_TASKS'] });
    expect(away.file.cancelling).toBeUndefined();
    expect(moved(decide(away, commands.RecordTransferOutcome, actor('third'))).file).toMatchObject({ state: 'CLOSED', transferOut: { by: 'second', outcomeBy: 'third', outcomeAt: now } });
  });

  it('2.6: what was written with an offset is kept in UTC, and is compared as a time', () => {
    const { file, clocks } = moved(decide(caseAt('LOCATED_UNVERIFIED'), { ...commands.VerifyLocated, verification: { ...commands.VerifyLocated.verification, locatedAt: '2026-11-02T11:55:00+02:00' }, returnedAt: '2026-11-02T11:01:00+01:00' }, who));
    expect([file.verification?.locatedAt, clocks.located, clocks.returned]).toEqual([after(-5), after(-5), after(1)]);
    expect(moved(decide(caseAt('ACTIVE'), { ...commands.ReportLocated, at: '2026-11-02T12:02:00+02:00' }, who)).file.located?.at).toBe(after(2));
  });
});
