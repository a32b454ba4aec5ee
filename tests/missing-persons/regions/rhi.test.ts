import { describe, expect, it } from '@jest/globals';
import { systemAt } from '../../../functions/missing-persons/rules/regions/region.ts';
import { decideRhi, dueOfRhi, isRhiClear, isRhiOverdue, noRhi, rhiSlice, type RhiCommand, type RhiFacts, type RhiSlice } from '../../../functions/missing-persons/rules/regions/rhi.ts';
import { actor, after, codes, moved, settings, start } from './support/people.ts';

const facts: RhiFacts = { isUnder18: true, isOutOfArea: false, settings };
const step = (slice: RhiSlice, command: RhiCommand, who = actor('olli', ['OIC']), given = facts) => decideRhi(slice, command, given, who);
const require = (given = facts, returnedAt: string | undefined = start) => step(noRhi, { do: 'RequireRHI', verifiedAt: after(45), ...(returnedAt !== '' && { returnedAt }) }, systemAt(after(45)), given);
const required = moved(require()).slice;
const referred = moved(step(required, { do: 'ReferRHI', authorities: ['Halton'] })).slice;

describe('return home interview (P06, P07)', () => {
  it('S01 clocks run from the return: 4 h and 72 h; from the verification when nobody knows it (15.1 item 21)', () => {
    expect(dueOfRhi(required, settings)).toEqual([{ key: `rhi-referral|${start}`, at: after(240), what: 'RHI_REFERRAL' }]);
    expect(dueOfRhi(moved(require(facts, '')).slice, settings)[0]?.at).toBe(after(45 + 240));
    expect(dueOfRhi(referred, settings)).toEqual([{ key: `rhi|${start}|0`, at: after(72 * 60), what: 'RHI_OVERDUE' }]);
    expect([isRhiOverdue(referred, after(72 * 60)), isRhiOverdue(referred, after(72 * 60 + 1)), referred.state]).toEqual([false, true, 'REFERRED']);
  });

  it('then every 5 days, counted from the 72 h, until there is an outcome', () => {
    const chase = after(72 * 60);
    expect(dueOfRhi(referred, settings, chase)[0]?.at).toBe(after(72 * 60 + 5 * 1440));
    expect(dueOfRhi(referred, settings, after(72 * 60 + 6 * 1440))[0]).toMatchObject({ key: `rhi|${start}|2`, at: after(72 * 60 + 10 * 1440) });
    const done = moved(step(referred, { do: 'RecordRHI', outcome: 'COMPLETED', safeguardingReturned: true }, actor('mo', ['MFH_COORD']))).slice;
    expect([dueOfRhi(done, settings), isRhiOverdue(done, after(99_999))]).toEqual([[], false]);
  });

  it('S14 out of area: both authorities; closure waits for each acknowledgement, a telephone log will do', () => {
    const away = moved(require({ ...facts, isOutOfArea: true })).slice;
    expect(codes(step(away, { do: 'ReferRHI', authorities: ['Halton', ' halton '] }))).toEqual(['GUARD_UNMET']);
    const two = moved(step(away, { do: 'ReferRHI', authorities: ['Halton', 'Sefton'] }));
    expect(two.wants.map(({ about }) => about)).toEqual(['Halton', 'Sefton']);
    const one = moved(step(two.slice, { do: 'AcknowledgeRHI', authority: 'HALTON', person: 'L. Example', how: 'PHONE_LOG' })).slice;
    expect([one.state, isRhiClear(one)]).toEqual(['REFERRED', false]);
    const partner = { ...actor('la', ['LA_PARTNER']), isAttached: false };
    expect(codes(step(one, { do: 'AcknowledgeRHI', authority: 'Sefton', person: 'S. Example', how: 'PHONE_LOG' }, partner))).toEqual(['ROLE_DENIED']);
    const both = moved(step(one, { do: 'AcknowledgeRHI', authority: 'Sefton', person: 'S. Example', how: 'PARTNER' }, partner)).slice;
    expect([rhiSlice.parse(both).state, isRhiClear(both), isRhiClear(noRhi), isRhiClear(required)]).toEqual(['ACKNOWLEDGED', true, true, false]);
  });

  it('an inspector may do without after 72 h, with a reason', () => {
    const over = (minutes: number, reason = 'No answer on four days.') => step(referred, { do: 'OverrideAcknowledgement', reason }, actor('ivy', ['INSP'], minutes));
    expect(codes(over(72 * 60 - 1, ''))).toEqual(['REASON_REQUIRED', 'TOO_EARLY']);
    expect(isRhiClear(moved(over(72 * 60)).slice)).toBe(true);
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
    expect(dueOfRhi(moved(step(referred, { do: 'DropRHI', reason: 'VERIFICATION_WITHDRAWN' }, systemAt(after(9)))).slice, settings)).toEqual([]);
  });
});
