import { describe, expect, it } from '@jest/globals';
import { systemAt } from '../../../functions/missing-persons/rules/regions/region.ts';
import { decideRhi, isRhiOverdue, noRhi, rhiSlice, type RhiCommand, type RhiFacts, type RhiSlice } from '../../../functions/missing-persons/rules/regions/rhi.ts';
import { actor, after, codes, moved, settings, start } from './support/people.ts';

const facts: RhiFacts = { isUnder18: true, isOutOfArea: false, settings };
const step = (slice: RhiSlice, command: RhiCommand, who = actor('olli', ['OIC']), given = facts) => decideRhi(slice, command, given, who);
const require = (given = facts, returnedAt: string | undefined = start) => step(noRhi, { do: 'RequireRHI', verifiedAt: after(45), ...(returnedAt !== '' && { returnedAt }) }, systemAt(after(45)), given);
const required = moved(require()).slice;
const referred = moved(step(required, { do: 'ReferRHI', authorities: ['Halton'] })).slice;

describe('return home interview (P06, P07)', () => {
  it('S01 clocks run from the return: 4 h and 72 h; from the verification when nobody knows it (15.1 item 21)', () => {
    expect(required.required).toMatchObject({ from: start, referralDueAt: after(240), doneDueAt: after(72 * 60) });
    expect(moved(require(facts, '')).slice.required).toMatchObject({ from: after(45), referralDueAt: after(45 + 240) });
    expect([isRhiOverdue(referred, after(72 * 60)), isRhiOverdue(referred, after(72 * 60 + 1)), referred.state]).toEqual([false, true, 'REFERRED']);
  });

  it('is overdue until there is an outcome', () => {
    const done = moved(step(referred, { do: 'RecordRHI', outcome: 'COMPLETED', safeguardingReturned: true }, actor('mo', ['MFH_COORD']))).slice;
    expect(isRhiOverdue(done, after(99_999))).toBe(false);
  });

  it('S14 out of area: both authorities; closure waits for each acknowledgement, a telephone log will do', () => {
    const away = moved(require({ ...facts, isOutOfArea: true })).slice;
    expect(codes(step(away, { do: 'ReferRHI', authorities: ['Halton', ' halton '] }))).toEqual(['GUARD_UNMET']);
    const two = moved(step(away, { do: 'ReferRHI', authorities: ['Halton', 'Sefton'] }));
    expect(two.wants.map(({ about }) => about)).toEqual(['Halton', 'Sefton']);
    const one = moved(step(two.slice, { do: 'AcknowledgeRHI', authority: 'HALTON', person: 'L. Example', how: 'PHONE_LOG' })).slice;
    expect(one.state).toBe('REFERRED');
    const partner = { ...actor('la', ['LA_PARTNER']), isAttached: false };
    expect(codes(step(one, { do: 'AcknowledgeRHI', authority: 'Sefton', person: 'S. Example', how: 'PHONE_LOG' }, partner))).toEqual(['ROLE_DENIED']);
    const both = moved(step(one, { do: 'AcknowledgeRHI', authority: 'Sefton', person: 'S. Example', how: 'PARTNER' }, partner)).slice;
    expect(rhiSlice.parse(both).state).toBe('ACKNOWLEDGED');
  });

  it('an inspector may do without after 72 h, with a reason', () => {
    const over = (minutes: number, reason = 'No answer on four days.') => step(referred, { do: 'OverrideAcknowledgement', reason }, actor('ivy', ['INSP'], minutes));
    expect(codes(over(72 * 60 - 1, ''))).toEqual(['REASON_REQUIRED', 'TOO_EARLY']);
    expect(moved(over(72 * 60)).slice.override).toMatchObject({ by: 'ivy', reason: 'No answer on four days.' });
    expect(codes(step(referred, { do: 'OverrideAcknowledgement', reason: 'Long enough.' }, actor('sue', ['SGT'], 9_000)))).toEqual(['ROLE_DENIED']);
  });

  it('refusals: an adult unless CFG, no referral without need, outcomes with their reasons', () => {
    const adult = { ...facts, isUnder18: false };
    expect(codes(require(adult))).toEqual(['GUARD_UNMET']);
    expect(moved(require({ ...adult, settings: { ...settings, rhiAdult: true } })).slice.required).toBeDefined();
    expect(codes(step(noRhi, { do: 'ReferRHI', authorities: ['Halton'] }))).toEqual(['GUARD_UNMET']);
    const mo = actor('mo', ['MFH_COORD']);
    expect(codes(step(referred, { do: 'RecordRHI', outcome: 'DECLINED' }, mo))).toEqual(['REASON_REQUIRED']);
    expect(codes(step(referred, { do: 'RecordRHI', outcome: 'COMPLETED' }, mo))).toEqual(['EVIDENCE_MISSING']);
    expect(codes(step(required, { do: 'RecordRHI', outcome: 'OFFERED' }, mo))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(moved(step(referred, { do: 'DropRHI', reason: 'VERIFICATION_WITHDRAWN' }, systemAt(after(9)))).slice).toEqual(noRhi);
  });
});
