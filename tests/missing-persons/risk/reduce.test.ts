import { describe, expect, it } from '@jest/globals';
import { clearFlag, setFlag, withDerivedFlags } from '../../../functions/missing-persons/rules/risk/flagActs.ts';
import { addFactors, addInput, recordAnswers, withdrawFactor } from '../../../functions/missing-persons/rules/risk/known.ts';
import { overrideFloor, stepsUnderFloor } from '../../../functions/missing-persons/rules/risk/override.ts';
import { approvers, approveReduce, proposeReduce, refuseReduce, type ReduceCommand } from '../../../functions/missing-persons/rules/risk/reduce.ts';
import { raise, rerun } from '../../../functions/missing-persons/rules/risk/raise.ts';
import { riskSettings } from '../../../functions/missing-persons/rules/risk/settings.ts';
import { nothingKnown, type Known, type RiskSlice } from '../../../functions/missing-persons/rules/risk/slice.ts';
import type { RiskLevel, Role } from '../../../functions/missing-persons/rules/terms.ts';
import { after, answered, calm, child, codes, context, ok, opened, reasons, rules, sliceOf, start, withFactors, withFlags } from './support/world.ts';

const toMedium: ReduceCommand = { level: 'MEDIUM', rationale: reasons, newInformationIds: ['sighting-1'] };
const sergeant = context('sgt', ['SGT']);
const proposed = (from: RiskLevel, command: ReduceCommand, facts = calm): RiskSlice => sliceOf(proposeReduce(opened(from, answered(), facts), command, context('sgt', ['SGT'], { facts })));

describe('S05 a downgrade without a reason', () => {
  const high = opened('HIGH');

  it('is refused first for a short rationale, then for want of new information, then for approving oneself; a superintendent lets it take effect', () => {
    expect(codes(proposeReduce(high, { level: 'MEDIUM', rationale: 'time passed', newInformationIds: [] }, sergeant))[0]).toBe('RATIONALE_TOO_SHORT');
    expect(codes(proposeReduce(high, { level: 'MEDIUM', rationale: reasons, newInformationIds: [] }, sergeant))[0]).toBe('NO_NEW_INFORMATION');
    const pending = sliceOf(proposeReduce(high, toMedium, sergeant));
    expect(pending).toMatchObject({ level: 'HIGH', seq: high.seq });
    expect(codes(approveReduce(pending, context('sgt', ['SGT'], { at: 65 })))).toEqual(['SEGREGATION', 'ROLE_DENIED']);
    expect(codes(approveReduce(pending, context('sgt2', ['SGT'], { at: 66 })))).toEqual(['ROLE_DENIED']);
    expect(codes(approveReduce(pending, context('insp', ['INSP'], { at: 67 })))).toEqual(['ROLE_DENIED']);
    const reduced = ok(approveReduce(pending, context('supt', ['SUPT'], { at: 80 })));
    expect(reduced).toMatchObject({ level: 'MEDIUM', provisional: false, since: after(80), seq: high.seq + 1 });
    expect(reduced.pendingReduction).toBeUndefined();
    expect(reduced.assessments.at(-1)).toMatchObject({ changeType: 'REDUCE', byUser: 'sgt', byRole: 'SGT', confirmBy: 'supt', confirmRole: 'SUPT', confirmAt: after(80), newInformationIds: ['sighting-1'], rationale: reasons });
  });
});

describe('C4 and C5 reduction', () => {
  it('is approved by an inspector one step down, from HIGH by CFG, two steps or more by a superintendent', () => {
    const inspectors: readonly Role[] = ['INSP', 'SUPT'];
    const asSet = riskSettings.parse({});
    const own = riskSettings.parse({ reduceFromHighApprover: 'INSP' });
    expect([approvers('MEDIUM', 'LOW', asSet), approvers('LOW', 'VERY_LOW', asSet), approvers('HIGH', 'MEDIUM', own)]).toEqual([inspectors, inspectors, inspectors]);
    expect([approvers('HIGH', 'MEDIUM', asSet), approvers('MEDIUM', 'VERY_LOW', asSet), approvers('HIGH', 'LOW', own)]).toEqual([['SUPT'], ['SUPT'], ['SUPT']]);
    expect(ok(approveReduce(proposed('MEDIUM', { ...toMedium, level: 'LOW' }), context('insp', ['INSP']))).level).toBe('LOW');
  });

  it('goes lower and is proposed by the officer in the case or a supervisor', () => {
    expect(codes(proposeReduce(opened('LOW'), toMedium, sergeant))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(codes(proposeReduce(opened('HIGH'), toMedium, context('pc', ['ATTENDING'])))).toEqual(['ROLE_DENIED']);
    expect(sliceOf(proposeReduce(opened('HIGH'), toMedium, context('oic', ['OIC']))).pendingReduction?.by).toBe('oic');
  });

  it('cites information of this case that came after the last assessment, and more than the passing of time', () => {
    const refusedWith = (command: ReduceCommand, risk = opened('HIGH')): string[] => codes(proposeReduce(risk, command, sergeant));
    expect(refusedWith({ ...toMedium, newInformationIds: ['elsewhere'] })).toEqual(['NO_NEW_INFORMATION']);
    expect(refusedWith({ ...toMedium, newInformationIds: ['sighting-1', 'elsewhere'] })).toEqual(['NO_NEW_INFORMATION']);
    expect(refusedWith({ ...toMedium, rationale: 'Twelve hours have passed since the report with no news.' })).toEqual(['NO_NEW_INFORMATION']);
    const raisedLater = ok(raise(opened('MEDIUM'), { level: 'HIGH', reason: 'x' }, context('pc', ['OIC'], { at: 31 })));
    expect(refusedWith(toMedium, raisedLater)).toEqual(['NO_NEW_INFORMATION']);
    expect(sliceOf(proposeReduce(raisedLater, { ...toMedium, newInformationIds: ['info-2'] }, context('sgt', ['SGT'], { at: 95 }))).pendingReduction?.to).toBe('MEDIUM');
  });

  it('of two steps has a conference note (C5)', () => {
    expect(codes(proposeReduce(opened('HIGH'), { ...toMedium, level: 'LOW' }, sergeant))).toEqual(['EVIDENCE_MISSING']);
    const pending = proposed('HIGH', { ...toMedium, level: 'LOW', conferenceNote: 'Met at ten.' });
    expect(codes(approveReduce(pending, context('insp', ['INSP'])))).toEqual(['ROLE_DENIED']);
    expect(ok(approveReduce(pending, context('supt', ['SUPT']))).assessments.at(-1)).toMatchObject({ level: 'LOW', conferenceNote: 'Met at ten.' });
  });

  it('is stopped by a blocking flag only at LOW and VERY_LOW (15.1 item 11)', () => {
    const flagged = opened('HIGH', withFlags(answered(), 'LAC'));
    expect(sliceOf(proposeReduce(flagged, toMedium, sergeant)).pendingReduction?.to).toBe('MEDIUM');
    expect(codes(proposeReduce({ ...flagged, level: 'MEDIUM' }, { ...toMedium, level: 'LOW' }, sergeant))).toEqual(['BLOCKING_FLAG']);
  });

  it('does not go under the floor, neither when proposed nor when approved', () => {
    const refused = proposeReduce(opened('HIGH', answered(), child), { ...toMedium, level: 'LOW', conferenceNote: 'x' }, context('sgt', ['SGT'], { facts: child }));
    expect([codes(refused), rules(refused)]).toEqual([['FLOOR_BREACH'], ['F3']]);
    const pending = proposed('HIGH', toMedium);
    const known = withFactors(answered(), 'NOTE_LEFT').factors;
    expect(codes(approveReduce({ ...pending, factors: known }, context('supt', ['SUPT'])))).toEqual(['FLOOR_BREACH']);
  });

  it('lists every failure, the first by the order of 15.2 item 26', () => {
    const refused = proposeReduce(opened('HIGH', withFlags(answered(), 'LAC'), child), { level: 'VERY_LOW', rationale: reasons, newInformationIds: [] }, context('pc', ['ATTENDING'], { facts: child }));
    expect(codes(refused)).toEqual(['ROLE_DENIED', 'NO_NEW_INFORMATION', 'EVIDENCE_MISSING', 'FLOOR_BREACH', 'BLOCKING_FLAG']);
  });

  it('is not approved without a proposal, nor after a raise', () => {
    expect(codes(approveReduce(opened('HIGH'), context('supt', ['SUPT'])))).toEqual(['TRANSITION_NOT_ALLOWED']);
    const raised = ok(raise(proposed('MEDIUM', { ...toMedium, level: 'LOW' }), { level: 'HIGH', reason: 'x' }, context('pc', ['OIC'])));
    expect(codes(approveReduce(raised, context('supt', ['SUPT'])))).toEqual(['TRANSITION_NOT_ALLOWED']);
  });

  it('is refused with a reason, keeps the level, and its information does not serve again', () => {
    const pending = proposed('HIGH', toMedium);
    expect(codes(refuseReduce(pending, { reason: '' }, context('sgt2', ['SGT'])))).toEqual(['ROLE_DENIED', 'REASON_REQUIRED']);
    expect(codes(refuseReduce(opened('HIGH'), { reason: 'Not him.' }, context('supt', ['SUPT'])))).toEqual(['TRANSITION_NOT_ALLOWED']);
    const refused = ok(refuseReduce(pending, { reason: 'The sighting was not him.' }, context('supt', ['SUPT'], { at: 70 })));
    expect(refused).toMatchObject({ level: 'HIGH', since: start });
    expect(refused.assessments.at(-1)).toMatchObject({ changeType: 'NO_CHANGE', byUser: 'supt', newInformationIds: ['sighting-1'] });
    expect(codes(proposeReduce(refused, toMedium, context('sgt', ['SGT'], { at: 75 })))).toEqual(['NO_NEW_INFORMATION']);
  });
});

describe('FLOOR_OVERRIDE', () => {
  const inspector = context('insp', ['INSP'], { facts: child });
  const low: ReduceCommand = { ...toMedium, level: 'LOW' };
  const medium = opened('MEDIUM', withFlags(answered(), 'LAC'), child);

  it('by an inspector with a reason opens the way for two people, and lowers nothing by itself (I4)', () => {
    const over = sliceOf(overrideFloor(medium, { level: 'LOW', reason: reasons }, inspector));
    expect(over).toMatchObject({ level: 'MEDIUM', override: { code: 'FLOOR_OVERRIDE', by: 'insp', byRole: 'INSP', rules: [{ rule: 'F3', level: 'MEDIUM' }], flags: ['LAC'] } });
    expect(over.assessments).toEqual(medium.assessments);
    const pending = sliceOf(proposeReduce(over, low, context('sgt', ['SGT'], { facts: child })));
    const reduced = ok(approveReduce(pending, inspector));
    expect(reduced.assessments.at(-1)).toMatchObject({ level: 'LOW', floor: 'MEDIUM', override: { reason: reasons } });
    expect(stepsUnderFloor(reduced)).toBe(1);
    expect(rerun(reduced, inspector).rows).toEqual([]);
  });

  it('does not cover a rule that fires later', () => {
    const over = sliceOf(overrideFloor(medium, { level: 'LOW', reason: reasons }, inspector));
    expect(rules(proposeReduce({ ...over, ...withFlags(answered(), 'LAC', 'CSE') }, low, context('sgt', ['SGT'], { facts: child })))).toEqual(['F7', '3.6']);
  });

  it('is gone when what it named is gone', () => {
    const over = sliceOf(overrideFloor({ ...medium, flags: [] }, { level: 'LOW', reason: reasons }, inspector));
    const grown = ok(approveReduce(sliceOf(proposeReduce(over, low, context('sgt', ['SGT']))), context('insp', ['INSP'])));
    expect(grown.override).toBeUndefined();
  });

  it('names no flag any more that was cleared', () => {
    const over = sliceOf(overrideFloor(opened('MEDIUM', withFlags(answered(), 'LAC', 'CP_PLAN')), { level: 'LOW', reason: reasons }, context('insp', ['INSP'])));
    const cleared = sliceOf(clearFlag(over, { flag: 'LAC', reason: 'Left care in May.' }, context('insp2', ['INSP'])));
    expect(ok(raise(cleared, { level: 'HIGH', reason: 'x' }, context('pc', ['OIC']))).override?.flags).toEqual(['CP_PLAN']);
  });

  it('is refused to a sergeant, without a reason, with a short one, and where nothing stands against the level', () => {
    expect(codes(overrideFloor(medium, { level: 'LOW', reason: reasons }, context('sgt', ['SGT'], { facts: child })))).toEqual(['ROLE_DENIED']);
    expect(codes(overrideFloor(medium, { level: 'LOW', reason: ' ' }, inspector))).toEqual(['REASON_REQUIRED']);
    expect(codes(overrideFloor(medium, { level: 'LOW', reason: 'because' }, inspector))).toEqual(['RATIONALE_TOO_SHORT']);
    expect(codes(overrideFloor(medium, { level: 'MEDIUM', reason: reasons }, inspector))).toEqual(['GUARD_UNMET']);
  });
});

describe('3.6 flags', () => {
  it('are set with a source; one that stands keeps its author and takes a new date of review', () => {
    const once = known(setFlag(answered(), { flag: 'LAC', source: 'Provider' }, sergeant));
    const again = known(setFlag(once, { flag: 'LAC', source: 'Other', reviewAt: after(99) }, context('pc', ['OIC'])));
    expect(again.flags).toEqual([{ flag: 'LAC', setBy: 'sgt', at: after(60), source: 'Provider', reviewAt: after(99) }]);
    expect(codes(setFlag(answered(), { flag: 'LAC', source: ' ' }, sergeant))).toEqual(['FIELD_INVALID']);
    expect(codes(setFlag(answered(), { flag: 'REPEAT', source: 'x' }, sergeant))).toEqual(['TRANSITION_NOT_ALLOWED']);
  });

  it('are cleared by a supervisor with a reason; REPEAT is not, nor one that an answer stands for', () => {
    const risk = opened('HIGH', withFlags(answered({ Q10: 'YES' }), 'LAC', 'REPEAT'));
    expect(codes(clearFlag(risk, { flag: 'LAC', reason: '' }, context('pc', ['OIC'])))).toEqual(['ROLE_DENIED', 'REASON_REQUIRED']);
    expect(codes(clearFlag(risk, { flag: 'UASC', reason: 'Not so.' }, sergeant))).toEqual(['NOT_FOUND']);
    expect(codes(clearFlag(risk, { flag: 'REPEAT', reason: 'Not so.' }, sergeant))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(codes(clearFlag(risk, { flag: 'DANGEROUS', reason: 'Not so.' }, sergeant))).toEqual(['GUARD_UNMET']);
    const cleared = sliceOf(clearFlag(risk, { flag: 'LAC', reason: 'Left care in May.' }, sergeant));
    expect(cleared.flags.some(item => item.flag === 'LAC')).toBe(false);
    expect(cleared.clearedFlags).toEqual([{ flag: 'LAC', by: 'sgt', at: after(60), reason: 'Left care in May.' }]);
  });

  it('do not lapse by their date of review', () => {
    const risk = { ...opened('MEDIUM'), flags: [{ flag: 'LAC' as const, setBy: 'x', at: start, source: 'y', reviewAt: after(1) }] };
    expect(codes(proposeReduce(risk, { ...toMedium, level: 'LOW' }, context('sgt', ['SGT'], { at: 99_999 })))).toEqual(['BLOCKING_FLAG']);
  });

  it('cleared by one person are not followed by a reduction that the same person approves', () => {
    const cleared = sliceOf(clearFlag(opened('MEDIUM', withFlags(answered(), 'LAC')), { flag: 'LAC', reason: 'Left care in May.' }, context('insp', ['INSP'])));
    const pending = sliceOf(proposeReduce(cleared, { ...toMedium, level: 'LOW' }, sergeant));
    expect(codes(approveReduce(pending, context('insp', ['INSP'])))).toEqual(['SEGREGATION']);
    expect(ok(approveReduce(pending, context('insp2', ['INSP']))).level).toBe('LOW');
  });

  it('REPEAT stands from the third episode in the window', () => {
    expect(withDerivedFlags(answered(), context('x', [], { facts: { ...calm, earlierInWindow: 1 } })).flags).toEqual([]);
    expect(withDerivedFlags(answered(), context('x', [], { facts: { ...calm, earlierInWindow: 2 } })).flags.map(item => item.flag)).toEqual(['REPEAT']);
  });
});

function known(result: Known | readonly unknown[]): Known {
  if (!('flags' in result)) throw new Error('refused');
  return result;
}

describe('what is known', () => {
  it('takes answers of the set in use, and replaces the one before', () => {
    const first = known(recordAnswers(nothingKnown, [{ question: 'Q08', value: 'NOT_KNOWN' }, { question: 'Q01', value: 'YES', detail: 'Not like her.' }], sergeant));
    const second = known(recordAnswers(first, [{ question: 'Q08', value: 'NO' }], context('pc', ['OIC'], { at: 70 })));
    expect(second.answers).toEqual([{ question: 'Q01', value: 'YES', detail: 'Not like her.', at: after(60), by: 'sgt' }, { question: 'Q08', value: 'NO', at: after(70), by: 'pc' }]);
    const short = { ...sergeant, settings: riskSettings.parse({ questionSetId: 'OWN', questionSets: [{ id: 'OWN', guidanceVersion: 'X-1', questions: sergeant.settings.questionSets.flatMap(set => set.questions).concat(twelve()) }] }) };
    expect(codes(recordAnswers(nothingKnown, [{ question: 'Q15', value: 'NO' }], short))).toEqual(['FIELD_INVALID']);
  });

  it('takes what somebody said, with who and when (I3)', () => {
    const input = { text: 'He left at eight.', supplierName: 'Ann Example', supplierContact: '01632 960001', obtainedAt: start, sourceSystem: 'CALL', grade: 'B2' };
    expect(known(addInput(nothingKnown, input, sergeant)).inputs).toEqual([input]);
    expect(codes(addInput(nothingKnown, { ...input, supplierName: ' ' }, sergeant))).toEqual(['FIELD_INVALID']);
    expect(codes(addInput(nothingKnown, { ...input, obtainedAt: after(63) }, sergeant))).toEqual(['TIME_IN_FUTURE']);
  });

  it('takes factors once, and lets them be withdrawn while flag and floor stay', () => {
    const twice = addFactors(addFactors(nothingKnown, ['ADHD', 'ADHD'], sergeant), ['ADHD', 'FGM'], context('pc', ['OIC']));
    expect(twice.factors.map(item => [item.code, item.by])).toEqual([['ADHD', 'sgt'], ['FGM', 'pc']]);
    expect(codes(withdrawFactor(twice, { factor: 'AUTISM', reason: '' }, context('pc', ['OIC'])))).toEqual(['ROLE_DENIED', 'NOT_FOUND', 'REASON_REQUIRED']);
    const risk = opened('LOW', withFactors(answered(), 'NOTE_LEFT'));
    const without = ok(rerun(sliceOf(withdrawFactor(risk, { factor: 'NOTE_LEFT', reason: 'The note was a shopping list.' }, sergeant)), sergeant));
    expect(without).toMatchObject({ level: 'HIGH', floor: { rules: [{ rule: 'F1' }] }, factors: [], flags: [{ flag: 'SUICIDE' }], withdrawnFactors: [{ code: 'NOTE_LEFT', by: 'sgt', reason: 'The note was a shopping list.' }] });
  });
});

function twelve(): { code: Known['answers'][number]['question']; text: string; kind: 'YES_NO'; source: string }[] {
  return answered().answers.map(({ question }) => ({ code: question, text: 'A question of the force?', kind: 'YES_NO', source: 'CFG' }));
}
