import { describe, expect, it } from '@jest/globals';
import { Desk } from './desk.ts';
import { openCase, reviewAct, reviewOf, stepsOf, toldBy, withEvidence } from './support.ts';

/** Sat 28 November 2026, 03:12 GMT: a note was found. */
function noteFound(): Desk {
  const desk = new Desk('2026-11-28T03:12:00.000Z');
  openCase(desk, { form: { age: '41', informantRelation: 'Wife', worries: 'A note on the kitchen table, and his car is gone' }, answers: { Q09: 'YES' }, factors: ['NOTE_LEFT'], level: 'HIGH' });
  desk.to('2026-11-28T03:12:00.000Z');
  return desk;
}

function answer(desk: Desk, by: 'fred' | 'suki' | 'ivan'): void {
  const page = desk.record.pages.findLast(item => item.kind === 'PAGE' && item.about === desk.task('H01').taskId && item.to.includes(by));
  desk.must({ do: 'AnswerPage', pageId: page?.pageId ?? 'none' }, by);
}

describe('S02 suicidal adult', () => {
  it('S02 F1 makes it HIGH; inspector, force incident manager and superintendent are paged at once and have ten minutes', () => {
    const desk = noteFound();
    expect([desk.level, desk.record.risk?.floor.rules.map(({ rule }) => rule)]).toEqual(['HIGH', expect.arrayContaining(['F1'])]);
    const page = desk.record.pages.find(item => item.kind === 'PAGE' && item.about === desk.task('H01').taskId);
    expect([page?.at, [...page?.to ?? []].sort(), page?.dueAt, page?.isUrgent]).toEqual(['2026-11-28T03:12:00.000Z', ['fred', 'ivan', 'suki'], '2026-11-28T03:22:00.000Z', true]);
    expect([desk.task('H03').dueAt, desk.task('H05').dueAt]).toEqual(['2026-11-28T03:17:00.000Z', '2026-11-28T03:42:00.000Z']);
    // Not dementia: nothing asks for rings of 300 m.
    expect([desk.record.triggers.some(({ trigger }) => trigger === 'DEMENTIA'), desk.record.tasks.some(({ templateId }) => templateId === 'X08')]).toEqual([false, false]);
  });

  it('S02 who has answered is not rung again: at 03:22 the phone tree rings the inspector only', () => {
    const desk = noteFound();
    desk.to('2026-11-28T03:14:00.000Z');
    answer(desk, 'fred');
    answer(desk, 'suki');
    desk.to('2026-11-28T03:21:59.000Z');
    expect(stepsOf(desk, 'H01')).toEqual(['PAGE 2026-11-28T03:12:00.000Z']);
    desk.to('2026-11-28T03:22:00.000Z');
    expect(stepsOf(desk, 'H01')).toEqual(['PAGE 2026-11-28T03:12:00.000Z', 'PHONE_TREE 2026-11-28T03:22:00.000Z']);
    const tree = desk.record.pages.findLast(item => item.kind === 'PAGE' && item.about === desk.task('H01').taskId);
    expect([tree?.at, [...tree?.to ?? []].sort()]).toEqual(['2026-11-28T03:22:00.000Z', ['cora', 'ivan']]);
    answer(desk, 'ivan');
    expect(desk.task('H01').state).toBe('DONE');
    const steps = stepsOf(desk, 'H01');
    desk.to('2026-11-28T05:00:00.000Z');
    expect(stepsOf(desk, 'H01')).toEqual(steps);
  });

  it('S02 deployed at 03:15; no decision on communications data at 03:42 is heard by the superintendent', () => {
    const desk = noteFound();
    desk.to('2026-11-28T03:15:00.000Z');
    desk.must(withEvidence('H03', { kind: 'DEPLOYMENT', unit: 'S12', at: '2026-11-28T03:15:00.000Z' }), 'fred');
    expect(desk.task('H03').state).toBe('DONE');
    desk.to('2026-11-28T03:41:59.000Z');
    expect(toldBy(desk, 'ESCALATION').filter(({ about, to }) => about === 'H05' && to.includes('suki'))).toEqual([]);
    desk.to('2026-11-28T03:42:00.000Z');
    expect(toldBy(desk, 'ESCALATION').filter(({ about, at }) => about === 'H05' && at === '2026-11-28T03:42:00.000Z')).toEqual([{ to: ['ivan', 'suki'], at: '2026-11-28T03:42:00.000Z', about: 'H05' }]);
    expect(desk.act(withEvidence('H05', { kind: 'CD_DECISION', decision: 'REQUEST', necessity: 'Nothing else can show where he is.', proportionality: 'A risk to life outweighs it.' }), 'ivan')).toBe('EVIDENCE_MISSING');
    desk.must(withEvidence('H05', { kind: 'CD_DECISION', decision: 'REQUEST', grade: 2, necessity: 'Nothing else can show where he is.', proportionality: 'A risk to life outweighs it.' }), 'ivan');
    // The request to CD_SPOC is a row of its own, and no content stands in it.
    desk.must({ do: 'RecordEnquiry', step: 'NEW', type: 'CELL_SITE', authority: 'IPA_P3', isRequestToSpoc: true, cdGrade: 2, necessity: 'Nothing else can show where he is.', proportionality: 'A risk to life outweighs it.', collateral: 'His wife, who asks for it.' }, 'ivan');
    expect(desk.record.regions?.enquiries?.enquiries).toEqual([expect.objectContaining({ type: 'CELL_SITE', cdGrade: 2, requestedBy: 'ivan' })]);
    expect(desk.record.pages.filter(({ about, status }) => about === 'H05' && (status === 'due' || status === 'shown'))).toEqual([]);
  });

  it('S02 the clock of reviews: 07:12, superintendent at 24 h; the 07:00 review satisfies 07:12 (15.3)', () => {
    const desk = noteFound();
    expect([reviewOf(desk, 'HIGH_SGT@2026-11-28T07:12:00.000Z').reviewerUserId, reviewOf(desk, 'HIGH_SUPT@2026-11-29T03:12:00.000Z').reviewerUserId]).toEqual(['sita', 'suki']);
    expect(desk.record.nextReviewAt).toBe('2026-11-28T07:00:00.000Z');
    desk.to('2026-11-28T06:58:00.000Z');
    const shift = 'HIGH_SGT_SHIFT@2026-11-28T07:00:00.000Z';
    expect(desk.act({ ...reviewAct(desk, shift), overdueSeen: [] }, 'sita')).toBe('EVIDENCE_MISSING');
    desk.must(reviewAct(desk, shift), 'sita');
    expect(reviewOf(desk, shift)).toMatchObject({ state: 'DONE', by: 'sita' });
    expect(reviewOf(desk, 'HIGH_SGT@2026-11-28T07:12:00.000Z')).toMatchObject({ state: 'DONE', satisfiedBy: shift, by: 'sita' });
    expect(desk.record.nextReviewAt).toBe('2026-11-28T11:12:00.000Z');
    desk.to('2026-11-28T08:30:00.000Z');
    expect(reviewOf(desk, 'HIGH_SGT@2026-11-28T07:12:00.000Z').escalations.filter(({ step }) => step !== 'REMINDER')).toEqual([]);
    expect(desk.record.reviews.filter(({ missedBy }) => missedBy === 'sita')).toEqual([]);
  });

  it('S02 a constable does no sergeant\'s review, and none without its content', () => {
    const desk = noteFound();
    desk.to('2026-11-28T06:55:00.000Z');
    const act = reviewAct(desk, 'HIGH_SGT_SHIFT@2026-11-28T07:00:00.000Z');
    expect(desk.act(act, 'abby')).toBe('ROLE_DENIED');
    expect(desk.act({ ...act, subjects: act.subjects.slice(1) }, 'sita')).toBe('EVIDENCE_MISSING');
    expect(desk.act({ ...act, level: 'MEDIUM' }, 'sita')).toBe('GUARD_UNMET');
    expect(desk.act(act, 'ivan')).toBe('accepted');
  });

  it('S02 every room of the home: A08 asks for the record of the search', () => {
    const desk = noteFound();
    expect([desk.task('A08').dueAt, desk.task('A08').goldenHour, desk.task('A13').dueAt]).toEqual(['2026-11-28T04:12:00.000Z', true, '2026-11-28T03:42:00.000Z']);
    expect(desk.act(withEvidence('A08', { kind: 'NOTE_AND_OUTCOME', note: 'House searched', outcome: 'Not there' }), 'abby')).toBe('EVIDENCE_MISSING');
  });
});
