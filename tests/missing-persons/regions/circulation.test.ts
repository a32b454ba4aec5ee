import { describe, expect, it } from '@jest/globals';
import { alertSlice, decideAlert, needsStandDown, noAlert } from '../../../functions/missing-persons/rules/regions/alert.ts';
import { circulationSlice, decideCirculation, dueOfCirculation, isCirculationOver, noCirculation } from '../../../functions/missing-persons/rules/regions/circulation.ts';
import { systemAt } from '../../../functions/missing-persons/rules/regions/region.ts';
import { actor, after, codes, moved, settings, start, wants } from './support/people.ts';

const missing = { isMissing: true };
const bureau = actor('pat', ['PNC_BUREAU'], 5);

describe('circulation (2.5)', () => {
  const asked = moved(decideCirculation(noCirculation, { do: 'RequestCirculation' }, missing, actor('olli'))).slice;
  const live = moved(decideCirculation(asked, { do: 'RecordCirculation', reference: 'PNC-1', typeText: 'missing report' }, missing, bureau)).slice;
  const due = moved(decideCirculation(live, { do: 'RequireCancellation' }, missing, systemAt(after(60))));

  it('48 h from the report is hard until it is live', () => {
    const facts = { reportedAt: start, isMissing: true, settings };
    expect(dueOfCirculation(noCirculation, facts)).toEqual([{ key: 'pnc-hard', at: after(48 * 60), what: 'PNC_HARD_LIMIT' }]);
    expect(dueOfCirculation(asked, facts)).toHaveLength(1);
    expect(dueOfCirculation(live, facts)).toEqual([]);
    expect(dueOfCirculation(due.slice, { ...facts, isMissing: false })[0]).toMatchObject({ at: after(180), what: 'PNC_CANCEL' });
  });

  it('found: the bureau confirms, also what was only asked for; wrongly found: live again', () => {
    expect(wants(due)).toEqual(['PNC_CANCEL_TASK']);
    expect([isCirculationOver(due.slice), moved(decideCirculation(asked, { do: 'RequireCancellation' }, missing, systemAt(after(1)))).slice.state]).toEqual([false, 'CANCEL_DUE']);
    expect(moved(decideCirculation(due.slice, { do: 'ReinstateCirculation' }, missing, systemAt(after(70)))).slice).toEqual(live);
    const over = moved(decideCirculation(due.slice, { do: 'CancelCirculation', confirmation: 'C-1' }, { isMissing: false }, bureau)).slice;
    expect([isCirculationOver(circulationSlice.parse(over)), over.cancelReference]).toEqual([true, 'C-1']);
  });

  it('refusals', () => {
    expect(codes(decideCirculation(noCirculation, { do: 'RequestCirculation' }, { isMissing: false }, actor('olli')))).toEqual(['GUARD_UNMET']);
    expect(codes(decideCirculation(asked, { do: 'RecordCirculation', reference: '', typeText: '' }, missing, bureau))).toEqual(['EVIDENCE_MISSING', 'EVIDENCE_MISSING']);
    expect(codes(decideCirculation(asked, { do: 'RecordCirculation', reference: 'a', typeText: 'b' }, missing, actor('olli')))).toEqual(['ROLE_DENIED']);
    expect(codes(decideCirculation(live, { do: 'CancelCirculation', confirmation: 'C-1' }, missing, bureau))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(codes(decideCirculation(due.slice, { do: 'CancelCirculation', confirmation: ' ' }, missing, bureau))).toEqual(['EVIDENCE_MISSING']);
  });
});

describe('child rescue alert (H11)', () => {
  const child = { isUnder18: true, isMissing: true };
  const insp = actor('ivy', ['INSP']);
  const ask = { do: 'RequestAlert', riskToLife: 'Seen forced into a car.', canTakeCalls: true } as const;
  const asked = moved(decideAlert(noAlert, ask, child, insp));

  it('asked for, active, stood down; every decision is kept', () => {
    expect(wants(asked)).toEqual(['CRA_PACK']);
    const active = moved(decideAlert(asked.slice, { do: 'RecordAlertActive', reference: 'NCA-1' }, child, insp)).slice;
    expect(needsStandDown(active)).toBe(true);
    const down = moved(decideAlert(active, { do: 'StandDownAlert', reason: 'She is found.' }, { ...child, isMissing: false }, insp));
    expect([wants(down), needsStandDown(down.slice), alertSlice.parse(down.slice).decisions.map(({ what }) => what)]).toEqual([['CRA_STAND_DOWN'], false, ['REQUEST', 'ACTIVE', 'STAND_DOWN']]);
    expect(moved(decideAlert(asked.slice, { do: 'RecordAlertRefused', reason: 'Not met.' }, child, insp)).slice.state).toBe('CONSIDERED_NO');
  });

  it('refusals', () => {
    expect(codes(decideAlert(noAlert, { do: 'RequestAlert', riskToLife: '', canTakeCalls: false }, { isUnder18: false, isMissing: false }, insp))).toEqual(['GUARD_UNMET', 'GUARD_UNMET', 'REASON_REQUIRED', 'GUARD_UNMET']);
    expect(codes(decideAlert(noAlert, ask, child, actor('sue', ['SGT'])))).toEqual(['ROLE_DENIED']);
    expect(codes(decideAlert(noAlert, { do: 'DecideNoAlert', reason: '' }, child, insp))).toEqual(['REASON_REQUIRED']);
    expect(codes(decideAlert(noAlert, { do: 'StandDownAlert', reason: 'Found.' }, child, insp))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(codes(decideAlert(asked.slice, { do: 'RecordAlertActive', reference: '' }, child, insp))).toEqual(['EVIDENCE_MISSING']);
  });
});
