import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { checklist, checkOutcome, itemAnswer, passItems, type ChecklistAnswer, type ItemAnswer } from '../../../functions/goodsam/rules/firearms.ts';
import { checklistItems } from '../../../functions/goodsam/rules/firearmsItems.ts';
import { bookedSlot, checkFalPreconditions, falAuthorityReasons, falFlags, isConsecutiveRemote } from '../../../functions/goodsam/rules/firearmsRequest.ts';
import { areaOutcomes } from '../../../functions/goodsam/rules/outcomes.ts';
import { timings } from '../../../functions/goodsam/rules/timing.ts';

function answers(changes: Readonly<Record<number, ItemAnswer>> = {}): ChecklistAnswer[] {
  return checklistItems.map(({ item }) => ({ item, answer: changes[item] ?? (item === 30 ? 'NO' : 'YES') }));
}

describe('the list', () => {
  it('has 31 items, numbered in order and in the groups of section 9', () => {
    expect(checklistItems.map(row => row.item)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
    const first = (group: string) => checklistItems.find(row => row.group === group)?.item;
    expect(['IDENTITY', 'CABINET', 'CONTENTS', 'PREMISES', 'SUITABILITY'].map(first)).toEqual([1, 6, 14, 22, 26]);
    expect(new Set(checklistItems.map(row => row.text)).size).toBe(31);
  });
  it('is answered once for each item', () => {
    expect(checklist.safeParse(answers()).success).toBe(true);
    expect(checklist.safeParse([{ item: 1, answer: 'YES' }, { item: 1, answer: 'NO' }]).success).toBe(false);
    expect(checklist.safeParse([{ item: 32, answer: 'YES' }]).success).toBe(false);
  });
});

describe('outcome and answers', () => {
  it('passes a clean list', () => {
    for (const outcome of ['PASS', 'PASS_WITH_ADVICE', 'REMEDIAL_REQUIRED']) expect(checkOutcome(answers(), outcome)).toEqual({ ok: true });
  });

  test.each(passItems)('no pass with item %i not YES (21.27, A13)', item => {
    for (const answer of ['NO', 'NOT_SEEN'] as const) for (const outcome of ['PASS', 'PASS_WITH_ADVICE']) {
      expect(checkOutcome(answers({ [item]: answer }), outcome)).toEqual({ ok: false, code: 'OUTCOME_NOT_ALLOWED', items: [item] });
    }
    expect(checkOutcome(answers({ [item]: 'NO' }), 'REMEDIAL_REQUIRED')).toEqual({ ok: true });
  });

  it('takes NA for 19, and for no item that must exist', () => {
    expect(checkOutcome(answers({ 19: 'NA' }), 'PASS')).toEqual({ ok: true });
    expect(checkOutcome(answers({ 16: 'NA', 30: 'NA' }), 'PASS')).toEqual({ ok: false, code: 'CHECKLIST_INCOMPLETE', items: [16, 30] });
  });

  it('sends a household concern the suitability way, whatever else was seen', () => {
    for (const outcome of areaOutcomes.FAL) expect(checkOutcome(answers({ 30: 'YES' }), outcome).ok).toBe(outcome === 'SUITABILITY_CONCERN');
    expect(checkOutcome([{ item: 30, answer: 'YES' }], 'NOT_PRESENT')).toEqual({ ok: false, code: 'OUTCOME_NOT_ALLOWED', items: [30] });
    expect(checkOutcome(answers({ 30: 'NOT_SEEN' }), 'PASS')).toEqual({ ok: false, code: 'OUTCOME_NOT_ALLOWED', items: [30] });
  });

  it('wants a visit from three NOT_SEEN on', () => {
    expect(checkOutcome(answers({ 22: 'NOT_SEEN', 23: 'NOT_SEEN' }), 'PASS')).toEqual({ ok: true });
    const three = answers({ 22: 'NOT_SEEN', 23: 'NOT_SEEN', 24: 'NOT_SEEN' });
    for (const outcome of ['PASS', 'PASS_WITH_ADVICE', 'REMEDIAL_REQUIRED']) expect(checkOutcome(three, outcome)).toEqual({ ok: false, code: 'OUTCOME_NOT_ALLOWED', items: [22, 23, 24] });
    expect(checkOutcome(three, 'FAIL_VISIT_REQUIRED')).toEqual({ ok: true });
  });

  it('wants the whole list for a judgement, and nothing of it where the holder was not there', () => {
    expect(checkOutcome(answers().slice(1), 'PASS')).toEqual({ ok: false, code: 'CHECKLIST_INCOMPLETE', items: [1] });
    expect(checkOutcome([], 'NOT_PRESENT')).toEqual({ ok: true });
  });

  it('lets no list of answers pass that 21.27 forbids', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...itemAnswer.options), { minLength: 31, maxLength: 31 }), fc.array(fc.integer({ min: 1, max: 31 }), { maxLength: 3 }), (given, odd) => {
      // Mostly clean lists with up to three random answers: wholly random ones would hardly ever be near a pass.
      const list = answers(Object.fromEntries(odd.map(item => [item, given[item - 1] ?? 'NO'])));
      const is = (item: number) => list[item - 1]?.answer;
      const forbidden = passItems.some(item => is(item) !== 'YES' && !(item === 19 && is(item) === 'NA')) || is(30) !== 'NO' || list.filter(row => row.answer === 'NOT_SEEN').length >= 3;
      if (forbidden) expect(checkOutcome(list, 'PASS').ok).toBe(false);
      if (checkOutcome(list, 'PASS').ok) expect(checkOutcome(list, 'REMEDIAL_REQUIRED').ok).toBe(true);
    }), { numRuns: 500 });
  });
});

describe('before the inspection', () => {
  const clean = falFlags.parse({ medicalMarker: false, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: false, section5: false, lastInspectionRemote: false, gunCount: 10 });
  it('asks for authority on any flag and on more guns than the limit', () => {
    expect(falAuthorityReasons(clean)).toEqual([]);
    expect(falAuthorityReasons({ ...clean, gunCount: 11 })).toEqual(['gunCount']);
    expect(falAuthorityReasons({ ...clean, gunCount: 3, section5: true }, 2)).toEqual(['section5', 'gunCount']);
    for (const flag of ['medicalMarker', 'daHistory', 'intelligenceMarker', 'priorSecurityBreach', 'mobileHome', 'section5', 'lastInspectionRemote']) expect(falAuthorityReasons({ ...clean, [flag]: true })).toEqual([flag]);
  });

  it('knows what must be true first', () => {
    const good = { identityChecked: true, toldVoluntary: true, firstGrant: false, policyAllowsGrant: false };
    expect(checkFalPreconditions(good)).toEqual({ ok: true });
    expect(checkFalPreconditions({ ...good, firstGrant: true, policyAllowsGrant: true })).toEqual({ ok: true });
    expect(checkFalPreconditions({ identityChecked: false, toldVoluntary: false, firstGrant: true, policyAllowsGrant: false })).toEqual({ ok: false, code: 'ELIGIBILITY_FAILED', failed: ['identityChecked', 'toldVoluntary', 'firstGrant'] });
  });

  it('books slots that lie ahead and fit a session', () => {
    const now = '2026-09-30T10:00:00.000Z';
    const book = (from: string, until: string) => bookedSlot(from, until, now, timings.FAL);
    expect(book('2026-10-02T13:00:00.000Z', '2026-10-02T13:45:00.000Z')).toEqual({ slotStartAt: '2026-10-02T13:00:00.000Z', slotEndAt: '2026-10-02T13:45:00.000Z', linkOpensAt: '2026-10-02T12:45:00.000Z' });
    for (const [from, until] of [[now, '2026-09-30T10:30:00.000Z'], ['2027-09-30T10:00:00.000Z', '2027-09-30T10:30:00.000Z'], ['2026-10-02T13:00:00.000Z', '2026-10-02T13:00:00.000Z'], ['2026-10-02T13:00:00.000Z', '2026-10-02T13:46:00.000Z'], ['x', 'y']] as const) expect(book(from, until)).toMatchObject({ code: 'INVALID_SLOT' });
  });

  it('refuses two renewal inspections in a row by video (21.26, A14), and only those', () => {
    expect(isConsecutiveRemote('RENEWAL_SECURITY_INSPECTION', 'REMOTE')).toBe(true);
    expect(isConsecutiveRemote('RENEWAL_SECURITY_INSPECTION', 'IN_PERSON')).toBe(false);
    expect(isConsecutiveRemote('RENEWAL_SECURITY_INSPECTION', 'NONE')).toBe(false);
    expect(isConsecutiveRemote('REMEDIAL_RECHECK', 'REMOTE')).toBe(false);
  });
});
