import { describe, expect, it } from '@jest/globals';
import { confirm, noChange } from '../../../functions/missing-persons/rules/risk/confirm.ts';
import { initial, raise, rerun, systemRaise } from '../../../functions/missing-persons/rules/risk/raise.ts';
import { refuseRaise } from '../../../functions/missing-persons/rules/risk/refuseRaise.ts';
import { overrideFloor } from '../../../functions/missing-persons/rules/risk/override.ts';
import { after, answered, calm, child, codes, context, ok, opened, reasons, rules, sliceOf, start, withFlags } from './support/world.ts';

const sergeant = context('sgt', ['SGT']);
const inspector = context('insp', ['INSP']);

describe('C1 first assessment', () => {
  it('is provisional, and records the author, the time, the inputs and the guidance (I3, 0.2.2)', () => {
    const { risk, rows } = (() => {
      const result = initial(answered(), { level: 'LOW', rationale: 'He chooses to go.' }, context('handler', ['CALL_HANDLER'], { at: 0 }));
      if (!('risk' in result)) throw new Error('refused');
      return result;
    })();
    expect(risk).toMatchObject({ level: 'LOW', provisional: true, since: start, seq: 1 });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ seq: 1, changeType: 'INITIAL', level: 'LOW', byUser: 'handler', byRole: 'CALL_HANDLER', at: start, guidanceVersion: 'APP-2022-01', questionSet: 'APP-CH-2022', rationale: 'He chooses to go.', languageCheck: ['chooses to'] });
    expect(rows[0]?.answers).toHaveLength(12);
  });

  it('never holds up a case: under the floor the system raises it in the same step (S01, I10)', () => {
    const risk = opened('LOW', answered({ Q08: 'NOT_KNOWN' }), child);
    expect(risk.assessments.map(item => [item.seq, item.changeType, item.level, item.byUser, item.byRole])).toEqual([[1, 'INITIAL', 'LOW', 'handler', 'CALL_HANDLER'], [2, 'RAISE', 'MEDIUM', 'system', 'SYSTEM']]);
    expect(risk.floor.rules.map(rule => rule.rule)).toEqual(['F3', 'F10']);
    expect(risk.assessments[1]).toMatchObject({ prevSeq: 1, ruleIds: ['F3', 'F10'], provisional: true });
  });

  it('is HIGH for a note that was found (S02)', () => {
    expect(opened('MEDIUM', answered({ Q09: 'YES' })).level).toBe('HIGH');
  });

  it('is refused to a partner', () => {
    expect(codes(initial(answered(), { level: 'LOW', rationale: '' }, context('home', ['CARE_PROVIDER'])))).toEqual(['ROLE_DENIED']);
  });
});

describe('C2 confirmation', () => {
  it('by a sergeant at the same level, which leaves T_RISK, or higher, which moves it (S01)', () => {
    const same = ok(confirm(opened('MEDIUM'), { level: 'MEDIUM', rationale: reasons }, sergeant));
    expect(same).toMatchObject({ level: 'MEDIUM', provisional: false, since: start, seq: 2 });
    expect(same.assessments[1]).toMatchObject({ changeType: 'CONFIRM', confirmBy: 'sgt', confirmRole: 'SGT', confirmAt: after(60) });
    expect(ok(confirm(opened('LOW'), { level: 'MEDIUM', rationale: reasons }, sergeant))).toMatchObject({ level: 'MEDIUM', since: after(60) });
  });

  it('again at a level that was confirmed is NO_CHANGE', () => {
    const once = ok(confirm(opened('MEDIUM'), { level: 'MEDIUM', rationale: reasons }, sergeant));
    expect(ok(confirm(once, { level: 'MEDIUM', rationale: reasons }, sergeant)).assessments.at(-1)?.changeType).toBe('NO_CHANGE');
  });

  it('of HIGH is an inspector’s', () => {
    expect(codes(confirm(opened('HIGH'), { level: 'HIGH', rationale: reasons }, sergeant))).toEqual(['ROLE_DENIED']);
    expect(ok(confirm(opened('HIGH'), { level: 'HIGH', rationale: reasons }, inspector)).provisional).toBe(false);
    expect(codes(confirm(opened('LOW'), { level: 'LOW', rationale: reasons }, context('oic', ['OIC'])))).toEqual(['ROLE_DENIED']);
  });

  it('does not go lower: that is C4', () => {
    expect(codes(confirm(opened('MEDIUM'), { level: 'LOW', rationale: reasons }, inspector))).toEqual(['TRANSITION_NOT_ALLOWED']);
  });

  it('wants Q01 to Q12 answered and an owner who has acknowledged, which never hold up HIGH', () => {
    const facts = { ...calm, isOwnerAcknowledged: false };
    const open = opened('MEDIUM', answered({ Q01: 'UNANSWERED', Q11: 'NOT_KNOWN' }));
    const refused = confirm(open, { level: 'MEDIUM', rationale: reasons }, context('insp', ['INSP'], { facts }));
    expect(codes(refused)).toEqual(['QUESTIONS_UNANSWERED', 'OWNER_NOT_ACKNOWLEDGED']);
    expect(JSON.stringify(refused)).toContain('Q01');
    expect(JSON.stringify(refused)).not.toContain('Q11');
    expect(ok(confirm(open, { level: 'HIGH', rationale: reasons }, context('insp', ['INSP'], { facts }))).level).toBe('HIGH');
  });

  it('wants the circumstances and a rationale of 40 characters that are not spaces', () => {
    expect(codes(confirm(opened('MEDIUM'), { level: 'MEDIUM', rationale: reasons }, context('sgt', ['SGT'], { facts: { ...calm, hasCircumstances: false } })))).toEqual(['EVIDENCE_MISSING']);
    expect(codes(confirm(opened('MEDIUM'), { level: 'MEDIUM', rationale: `too short${' '.repeat(60)}.` }, sergeant))).toEqual(['RATIONALE_TOO_SHORT']);
    expect(codes(confirm(opened('MEDIUM'), { level: 'MEDIUM', rationale: 'x'.repeat(39) }, sergeant))).toEqual(['RATIONALE_TOO_SHORT']);
    expect(ok(confirm(opened('MEDIUM'), { level: 'MEDIUM', rationale: 'x'.repeat(40) }, sergeant)).provisional).toBe(false);
    expect(codes(confirm(opened('MEDIUM'), { level: 'MEDIUM', rationale: 'x'.repeat(4001) }, sergeant))).toEqual(['FIELD_INVALID']);
  });

  it('is refused under the floor and at LOW with a blocking flag, naming each', () => {
    const late = context('sgt', ['SGT'], { facts: { ...calm, age: { youngest: 17, oldest: 17 } } });
    const refused = confirm(withFlagsOn(opened('LOW')), { level: 'LOW', rationale: reasons }, late);
    expect(codes(refused)).toEqual(['FLOOR_BREACH', 'BLOCKING_FLAG']);
    expect(rules(refused)).toEqual(['F3', '3.6']);
  });

  it('warns of words that blame, and never stops for them', () => {
    const risk = ok(confirm(opened('MEDIUM'), { level: 'MEDIUM', rationale: `${reasons} She is streetwise, the usual.` }, sergeant));
    expect(risk.assessments.at(-1)?.languageCheck).toEqual(['streetwise', 'usual']);
  });

  it('lets a floor lapse that no longer holds, which time alone does not', () => {
    const dark = opened('LOW', withFlags(answered(), 'DEMENTIA'), { ...calm, isDark: true });
    const dawn = { ...calm, isDark: false, isLocationKnown: true };
    expect(rerun(dark, context('system', [], { facts: dawn })).risk).toMatchObject({ level: 'HIGH', floor: { level: 'HIGH' } });
    expect(ok(confirm(dark, { level: 'HIGH', rationale: reasons }, context('insp', ['INSP'], { facts: dawn }))).floor).toEqual({ level: 'VERY_LOW', rules: [] });
  });
});

function withFlagsOn(risk: ReturnType<typeof opened>): ReturnType<typeof opened> {
  return { ...risk, flags: [{ flag: 'LAC', setBy: 'x', at: start, source: 'record' }] };
}

describe('review without change (5.2)', () => {
  it('is a sergeant’s also at HIGH, confirms nothing, and leaves the floor and the right to refuse', () => {
    const raised = ok(raise(opened('MEDIUM'), { level: 'HIGH', reason: 'Bad news.' }, context('pc', ['ATTENDING'])));
    const reviewed = ok(noChange(raised, { rationale: reasons }, context('sgt', ['SGT'], { at: 70 })));
    expect(reviewed).toMatchObject({ level: 'HIGH', provisional: true, since: after(60) });
    expect(reviewed.assessments.at(-1)).toMatchObject({ changeType: 'NO_CHANGE', byUser: 'sgt' });
    expect(reviewed.lastRaise?.to).toBe('HIGH');
    expect(codes(noChange(raised, { rationale: 'same' }, context('pc', ['ATTENDING'])))).toEqual(['ROLE_DENIED', 'RATIONALE_TOO_SHORT']);
  });
});

describe('C3 raise', () => {
  it('takes effect at once for anyone attached, without a reason or an owner, and stands provisionally', () => {
    const facts = { ...calm, isOwnerAcknowledged: false, hasCircumstances: false };
    const risk = ok(raise(opened('LOW', answered({ Q01: 'UNANSWERED' })), { level: 'HIGH', reason: '' }, context('pc', ['ATTENDING'], { facts })));
    expect(risk).toMatchObject({ level: 'HIGH', provisional: true, since: after(60), lastRaise: { from: 'LOW', to: 'HIGH', by: 'pc' } });
    expect(risk.assessments.at(-1)).toMatchObject({ changeType: 'RAISE', byUser: 'pc', byRole: 'ATTENDING' });
  });

  it('is open to the call handler, not to who is not attached, nor to a partner', () => {
    expect(ok(raise(opened('LOW'), { level: 'MEDIUM', reason: 'x' }, context('h', ['CALL_HANDLER'], { attached: false }))).level).toBe('MEDIUM');
    expect(codes(raise(opened('LOW'), { level: 'MEDIUM', reason: 'x' }, context('pc', ['OIC'], { attached: false })))).toEqual(['ROLE_DENIED']);
    expect(codes(raise(opened('LOW'), { level: 'MEDIUM', reason: 'x' }, context('home', ['CARE_PROVIDER'])))).toEqual(['ROLE_DENIED']);
  });

  it('goes higher, never to the same or lower', () => {
    for (const level of ['MEDIUM', 'LOW'] as const) expect(codes(raise(opened('MEDIUM'), { level, reason: 'x' }, context('pc', ['OIC'])))).toEqual(['TRANSITION_NOT_ALLOWED']);
  });

  it('ends a reduction that was proposed', () => {
    const proposed = { ...opened('LOW'), pendingReduction: { from: 'LOW', to: 'VERY_LOW', by: 'o', byRole: 'OIC', at: start, rationale: reasons, newInformationIds: ['info-2'] } as const };
    expect(ok(raise({ ...proposed, pendingReduction: { ...proposed.pendingReduction, newInformationIds: ['info-2'] } }, { level: 'MEDIUM', reason: 'x' }, context('pc', ['OIC']))).pendingReduction).toBeUndefined();
  });
});

describe('raise by the system (I10, V03, S04)', () => {
  it('takes VERY_LOW to LOW by V03, as the actor SYSTEM, and never lowers', () => {
    const risk = ok(systemRaise(opened('VERY_LOW'), { level: 'LOW', reason: 'The reassessment was missed.', rules: ['V03'] }, context('anyone', ['SGT'], { at: 900 })));
    expect(risk.assessments.at(-1)).toMatchObject({ byUser: 'system', byRole: 'SYSTEM', ruleIds: ['V03'], level: 'LOW', at: after(900) });
    expect(systemRaise(opened('MEDIUM'), { level: 'LOW', reason: 'x', rules: ['V03'] }, sergeant)).toEqual({ risk: opened('MEDIUM'), rows: [] });
  });

  it('runs the floor at the instant that it named, and raises then and not before (15.1 item 12)', () => {
    const facts = { ...calm, medication: [{ hoursUntilHarm: 8 }] };
    const risk = opened('LOW', answered(), facts);
    const before = rerun(risk, context('system', [], { at: 119, facts }));
    expect([before.risk.level, before.nextAt]).toEqual(['LOW', after(120)]);
    const then = rerun(before.risk, context('system', [], { at: 120, facts }));
    expect([then.risk.level, then.rows.map(row => row.ruleIds), then.nextAt]).toEqual(['HIGH', [['F4']], undefined]);
  });

  it('raises for a flag that blocks, and sets the flags that answers stand for', () => {
    const risk = ok(rerun({ ...opened('LOW'), ...withFlags(answered(), 'LAC') }, sergeant));
    expect(risk).toMatchObject({ level: 'MEDIUM', provisional: true });
    const asked = ok(rerun({ ...opened('HIGH'), answers: answered({ Q10: 'YES' }).answers }, sergeant));
    expect(asked.flags).toEqual([{ flag: 'DANGEROUS', setBy: 'system', at: after(60), source: 'Q10' }]);
  });

  it('does not raise over an inspector’s override, and does when another rule fires', () => {
    const facts = { ...child, age: { youngest: 17, oldest: 17 } };
    const over = sliceOf(overrideFloor(opened('MEDIUM', answered(), facts), { level: 'LOW', reason: reasons }, context('insp', ['INSP'], { facts })));
    const low = { ...over, level: 'LOW' as const };
    expect(rerun(low, context('system', [], { facts })).rows).toEqual([]);
    expect(ok(rerun({ ...low, ...withFlags(answered(), 'CSE') }, context('system', [], { facts }))).level).toBe('MEDIUM');
  });
});

describe('C4b a raise that is not confirmed', () => {
  const raised = ok(raise(ok(confirm(opened('LOW'), { level: 'LOW', rationale: reasons }, context('sgt', ['SGT'], { at: 5 }))), { level: 'HIGH', reason: 'Heard something.' }, context('pc', ['ATTENDING'], { at: 10 })));

  it('falls back when an inspector and a second user refuse it within the hour, with no new information', () => {
    const first = ok(refuseRaise(raised, { rationale: reasons }, context('sgt', ['SGT'], { at: 20 })));
    expect(first).toMatchObject({ level: 'HIGH', seq: raised.seq });
    const second = ok(refuseRaise(first, { rationale: reasons }, context('insp', ['INSP'], { at: 70 })));
    expect(second).toMatchObject({ level: 'LOW', provisional: false, since: after(70) });
    expect(second.assessments.at(-1)).toMatchObject({ changeType: 'REFUSE_RAISE', reasonCode: 'RAISE_NOT_CONFIRMED', byUser: 'sgt', confirmBy: 'insp', newInformationIds: [], rationale: reasons, confirmRationale: reasons });
    expect(second.lastRaise).toBeUndefined();
  });

  it('is refused to one user twice, to two sergeants, to an officer, without reasons, and after the hour', () => {
    const first = ok(refuseRaise(raised, { rationale: reasons }, context('sgt', ['SGT'], { at: 20 })));
    expect(codes(refuseRaise(first, { rationale: reasons }, context('sgt', ['SGT', 'INSP'], { at: 21 })))).toEqual(['SEGREGATION']);
    expect(codes(refuseRaise(first, { rationale: reasons }, context('sgt2', ['SGT'], { at: 21 })))).toEqual(['ROLE_DENIED']);
    expect(codes(refuseRaise(raised, { rationale: reasons }, context('pc', ['OIC'], { at: 21 })))).toEqual(['ROLE_DENIED']);
    expect(codes(refuseRaise(raised, { rationale: 'no' }, context('insp', ['INSP'], { at: 21 })))).toEqual(['RATIONALE_TOO_SHORT']);
    expect(codes(refuseRaise(first, { rationale: reasons }, context('insp', ['INSP'], { at: 71 })))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(codes(refuseRaise(opened('HIGH'), { rationale: reasons }, inspector))).toEqual(['TRANSITION_NOT_ALLOWED']);
  });

  it('does not go under the floor', () => {
    const facts = { ...calm, isDark: true };
    const dark = ok(rerun({ ...opened('LOW'), ...withFlags(answered(), 'DEMENTIA') }, context('system', [], { facts })));
    expect(codes(refuseRaise(dark, { rationale: reasons }, context('insp', ['INSP'], { facts })))).toEqual(['FLOOR_BREACH']);
  });

  it('is over once the raise is confirmed', () => {
    const confirmed = ok(confirm(raised, { level: 'HIGH', rationale: reasons }, context('insp', ['INSP'], { at: 15 })));
    expect(codes(refuseRaise(confirmed, { rationale: reasons }, context('insp', ['INSP'], { at: 16 })))).toEqual(['TRANSITION_NOT_ALLOWED']);
  });
});
