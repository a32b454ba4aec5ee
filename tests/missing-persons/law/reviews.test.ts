import { describe, expect, it } from '@jest/globals';
import { Desk } from './desk.ts';
import { confirmed, openCase, reviewAct, reviewOf, withEvidence } from './support.ts';

const start = '2026-06-06T16:00:00.000Z';
const days = (n: number, at = start): string => new Date(Date.parse(at) + n * 86_400_000).toISOString();

function active(level: 'MEDIUM' | 'LOW' = 'LOW'): Desk {
  const desk = new Desk(start);
  openCase(desk, { level });
  confirmed(desk, level, 'sita');
  return desk;
}
const open = (desk: Desk): string[] => desk.record.reviews.filter(({ state }) => state === 'OPEN').map(({ type }) => type).sort();

describe('reviews under the law', () => {
  it('a raise brings the reviews of the new level and takes no earlier one away (5.1)', () => {
    const desk = active('LOW');
    expect([open(desk), desk.record.nextReviewAt]).toEqual([['ALL_14D', 'ALL_7D', 'LADDER', 'LOW_INSP', 'LOW_INSP_48H', 'LOW_SGT', 'PEER_14D'], days(1)]);
    desk.to('2026-06-07T14:30:00.000Z');
    desk.must({ do: 'RaiseRisk', level: 'HIGH', reason: 'Left a farewell to his sister.' }, 'oscar');
    expect(open(desk)).toEqual(expect.arrayContaining(['HIGH_SGT', 'HIGH_SGT_SHIFT', 'HIGH_INSP', 'HIGH_SUPT', 'HIGH_SEARCH', 'LOW_SGT']));
    expect([reviewOf(desk, 'HIGH_SGT@2026-06-07T18:30:00.000Z').state, desk.record.nextReviewAt]).toEqual(['OPEN', days(1)]);
  });

  it('X21 looks for signs of life before the long-term review, due 7 days ahead of it, and not from the first day', () => {
    const desk = active();
    desk.to('2026-06-20T15:59:00.000Z');
    expect(desk.record.tasks.some(({ templateId }) => templateId === 'X21')).toBe(false);
    desk.to('2026-06-20T16:00:00.000Z');
    expect(desk.task('X21')).toMatchObject({ dueAt: '2026-06-27T16:00:00.000Z', ownerUserId: 'oscar' });
    expect(reviewOf(desk, 'LADDER@2026-07-04T16:00:00.000Z').reviewerUserId).toBe('suki');
  });

  it('X10 is done by the inspector\'s review of 24 hours, and not by a sergeant\'s', () => {
    const desk = active('MEDIUM');
    desk.to(days(1));
    expect(desk.task('X10').state).toBe('TODO');
    desk.must(reviewAct(desk, desk.record.reviews.find(item => item.type === 'MEDIUM_SGT' && item.state === 'OPEN' && item.dueAt <= desk.now)?.reviewId ?? ''), 'sita');
    expect(desk.task('X10').state).toBe('TODO');
    desk.must(reviewAct(desk, `MEDIUM_INSP@${days(1)}`), 'ivan');
    expect([desk.task('X10').state, desk.task('X10').evidence]).toEqual(['DONE', { kind: 'REVIEW', reviewId: `MEDIUM_INSP@${days(1)}` }]);
  });

  it('C22 the verification was wrong: a review at once, 24 h at LOW, beside those of the level', () => {
    const desk = active();
    desk.must({ do: 'VerifyLocated', method: 'SEEN_BY_POLICE', identityCheck: 'By name', wellBeing: 'WELL', locatedAt: desk.now, place: 'Sample Park', condition: 'Well' }, 'abby');
    expect(open(desk)).toEqual(['RETURN']);
    desk.to('2026-06-06T18:00:00.000Z');
    desk.must({ do: 'WithdrawVerification', reason: 'It was his cousin.' }, 'sita');
    expect([desk.state, reviewOf(desk, 'IMMEDIATE@2026-06-07T18:00:00.000Z').reviewerUserId]).toEqual(['ACTIVE', 'sita']);
    expect(open(desk)).toEqual(expect.arrayContaining(['IMMEDIATE', 'LOW_SGT', 'LADDER']));
  });

  it('C13 and C14: the review at which it was decided, and every guard of a suspension; C15 brings a review at once', () => {
    const desk = active();
    desk.to('2026-07-04T16:30:00.000Z');
    const ladder = 'LADDER@2026-07-04T16:00:00.000Z';
    expect(desk.act({ do: 'MakeLongTerm', reviewId: ladder }, 'suki')).toBe('GUARD_UNMET');
    desk.must(reviewAct(desk, ladder, { nextReviewAt: '2026-09-06T16:00:00.000Z' }), 'suki');
    // The peer review of 14 days is nobody else's, and not that of somebody who works on the case.
    expect([open(desk).includes('PEER_14D'), desk.act(reviewAct(desk, 'PEER_14D@2026-06-20T16:00:00.000Z'), 'fred')]).toEqual([true, 'SEGREGATION']);
    desk.must(reviewAct(desk, 'PEER_14D@2026-06-20T16:00:00.000Z'), 'dora');
    desk.must({ do: 'MakeLongTerm', reviewId: ladder }, 'suki');
    expect([desk.state, open(desk)]).toEqual(['ACTIVE_LONG_TERM', ['LADDER']]);
    expect([desk.act({ do: 'SuspendCase', reviewId: ladder }, 'suki'), desk.record.refusal?.reason]).toEqual(['GUARD_UNMET', expect.stringMatching(/UK Missing Persons Unit.*PNC.*DNA.*family/)]);
    const at = desk.now;
    desk.must(withEvidence('A10', { kind: 'PNC_REF', reference: 'PNC-1', at }), 'oscar');
    desk.must(withEvidence('L03', { kind: 'AGENCY_TOLD', agency: 'UKMPU', person: 'Duty officer', at, reference: 'U-1' }), 'oscar');
    desk.must(withEvidence('X11', { kind: 'CHECKLIST', items: [{ item: 'PNC_LIVE', result: 'DONE' }, { item: 'BIOMETRICS', result: 'DONE' }] }), 'sita');
    desk.must(withEvidence('A15', { kind: 'CONTACT', at, channel: 'IN_PERSON', withWhom: 'The sister', note: 'Told her what suspension means.' }), 'oscar');
    const left = desk.record.tasks.filter(({ state, templateId }) => (state === 'TODO' || state === 'DOING') && !['A15', 'X21', 'X22', 'X23'].includes(templateId));
    for (const { taskId } of left) {
      desk.act({ do: 'MarkNotApplicable', taskId, reason: 'Nothing of it is left to do.' }, 'oscar');
      const waiting = desk.record.pending.find(item => item.taskId === taskId);
      if (waiting) desk.must({ do: 'ApproveTask', pendingId: waiting.pendingId }, 'ivan');
    }
    desk.must({ do: 'SuspendCase', reviewId: ladder }, 'suki');
    expect([desk.state, open(desk), desk.record.nextReviewAt]).toEqual(['SUSPENDED', ['LADDER'], '2026-09-06T16:00:00.000Z']);
    desk.to('2026-08-01T10:00:00.000Z');
    desk.must({ do: 'AddInformation', text: 'A bank card was used in Leeds.', isRestricted: true }, 'oscar');
    desk.must({ do: 'ReactivateCase', informationId: desk.record.information.at(-1)?.id ?? '' }, 'oscar');
    expect([desk.state, desk.record.nextReviewAt, desk.task('C15').state]).toEqual(['ACTIVE', '2026-08-01T16:00:00.000Z', 'TODO']);
    desk.must(reviewAct(desk, 'IMMEDIATE@2026-08-02T10:00:00.000Z'), 'sita');
    expect(desk.task('C15').state).toBe('DONE');
  });

  it('the superintendent makes reviews less frequent, nobody else (15.2 item 31)', () => {
    const desk = active('MEDIUM');
    expect(desk.act({ do: 'TaperReviews', reason: 'Steady for a week.' }, 'ivan')).toBe('ROLE_DENIED');
    desk.must({ do: 'TaperReviews', reason: 'Steady for a week.' }, 'suki');
    desk.to(days(9));
    const shifts = desk.record.reviews.filter(item => item.type === 'MEDIUM_SGT');
    expect(shifts.filter(({ dueAt }) => dueAt > days(2) && dueAt <= days(3))).toHaveLength(3);
    expect(shifts.filter(({ dueAt }) => dueAt > days(7.5) && dueAt <= days(8.5))).toHaveLength(1);
  });

  it('two weeks in which nobody looks are played in little time, and what the record holds stays bounded', () => {
    const desk = active('MEDIUM');
    const began = performance.now();
    desk.to(days(14));
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(desk.record.reviews.length).toBeLessThan(200);
    expect(desk.record.late).toEqual([]);
    desk.to(days(45));
    expect(desk.record.pages.filter(({ status }) => status === 'closed' || status === 'answered').length).toBeLessThanOrEqual(170);
    expect([desk.record.reviews.length < 200, JSON.stringify(desk.record).length < 400_000]).toEqual([true, true]);
  });
});
