import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checklist } from '../../../functions/missing-persons/rules/regions/checklist.ts';
import { audit, confirmed, idOf, opened, plus, startStory, taskIn, tasksIn, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
let man: Told;
const reportedAt = '2026-06-01T09:00:00.000Z';
const day = (days: number, hours = 0): string => plus(reportedAt, { hours: days * 24 + hours });
beforeAll(async () => {
  story = await startStory(reportedAt);
}, 120_000);
afterAll(async () => { await story.stop(); });

const basis = { basis: 'LAW_ENFORCEMENT_PART3', purpose: 'To find a missing man', minimumNecessary: 'First name, age and clothing only' };
const inform = { step: 'CONTACT', withId: 'informant-1', direction: 'OUT', channel: 'PHONE', summary: 'An update' };

describe('S15 deceased, then wrong', () => {
  it('S15 day 9: a body is found; the appeal is paused and not withdrawn, updates are blocked, and the family liaison officer has a task', async () => {
    man = await opened(story, { form: { givenName: 'Max', familyName: 'Sample', age: '44' }, level: 'MEDIUM' });
    await confirmed(man, 'MEDIUM', 'sita');
    await story.to(day(8, 22));
    await man.must('oscar', 'notices/queue', { n: 'N02', variant: 'MISSING', recipientId: 'ukmpu.mail', ...basis });
    await man.must('sita', 'publicity/propose', { text: 'Have you seen Max, 44? Blue coat, last seen in Chester. Ring 101 with the reference, or 116 000.', channels: [{ channel: 'force-site', control: 'FORCE' }], answers: checklist.map(({ code, good }) => ({ code, answer: good })), ...basis });
    await man.must('ivan', 'publicity/decide', { decision: 'APPROVE' });
    await man.must('meg', 'publicity/publish', { channels: ['force-site'] });
    await man.must('oscar', 'circulation/request');
    await man.must('pat', 'circulation/record', { reference: 'PNC-26-1', typeText: 'Missing person' });
    await story.to(day(9));
    await man.must('ivan', 'body', { place: 'Sample Wood', reason: 'Age and clothing fit', bodyFoundAt: day(9), treatAsSuspicious: true });
    const shown = await man.view();
    expect([shown.state, shown.publicity, shown.circulation, taskIn(shown, 'D01').state]).toEqual(['DECEASED_PENDING_ID', 'PAUSED', 'LIVE', 'TODO']);
    expect(await man.try('oscar', 'contacts', inform)).toBe('409 CASE_LOCKED_DECEASED');
    expect(await man.try('meg', 'publicity/publish', { channels: ['force-site'] })).toBe('409 TRANSITION_NOT_ALLOWED');
    expect(await man.try('oscar', 'notices/queue', { n: 'N15', variant: 'ANY', recipientId: 'informant-1', ...basis, basis: 'VITAL_INTERESTS' })).toBe('409 CASE_LOCKED_DECEASED');
    expect(shown.tasks.some(({ state }) => state === 'HOLD')).toBe(true);
  }, 120_000);

  it('S15 day 10: it is somebody else; the family hears it first, then tasks go on with the time that was left, at the level as it was', async () => {
    await story.to(day(10));
    const sentBefore = story.mail.taken.length;
    await man.must('ivan', 'refute-deceased', { reason: 'Dental records do not fit' });
    const waiting = await man.view();
    expect([waiting.state, waiting.level, waiting.publicity, taskIn(waiting, 'D02').state, waiting.tasks.some(({ state }) => state === 'HOLD')]).toEqual(['ACTIVE', 'MEDIUM', 'PAUSED', 'TODO', true]);
    await man.must('flo', 'family-told');
    const shown = await man.view();
    expect([shown.publicity, taskIn(shown, 'D02').state, shown.tasks.some(({ state }) => state === 'HOLD'), shown.level]).toEqual(['LIVE', 'DONE', false, 'MEDIUM']);
    expect(shown.nextReviewAt).toBeDefined();
    await story.settle();
    // Nobody was told of a death.
    expect(story.mail.taken.slice(sentBefore).filter(({ text }) => /deceased|died|body/i.test(text))).toEqual([]);
  }, 120_000);

  it('S15 day 30: the true body; the coroner\'s reference is asked for, partners are told nothing of a death before the release', async () => {
    await story.to(day(30));
    const sentBefore = story.mail.taken.length;
    await man.must('ivan', 'body', { place: 'Sample Weir', reason: 'Age and clothing fit', bodyFoundAt: day(30), treatAsSuspicious: true });
    expect(await man.try('ivan', 'confirm-deceased', { method: 'DENTAL' })).toMatch(/^422/);
    await man.must('ivan', 'confirm-deceased', { coronerRef: 'COR-1', method: 'DENTAL' });
    await story.settle();
    const shown = await man.view();
    expect([shown.state, shown.circulation, shown.publicity, taskIn(shown, 'D02').state, taskIn(shown, 'D03').state]).toEqual(['RETURN_ACTIONS', 'CANCEL_DUE', 'WITHDRAW_DUE', 'TODO', expect.stringMatching(/TODO|HOLD/)]);
    for (const template of ['P01', 'P02']) expect(tasksIn(shown, template).every(({ state }) => state === 'NOT_APPLICABLE')).toBe(true);
    expect(await man.try('dora', 'release-death')).toBe('409 GUARD_UNMET');
    // AT: no partner gets "deceased" before the release by the senior investigator.
    const before = story.mail.taken.slice(sentBefore);
    expect(before.filter(({ text }) => /deceased|died|death/i.test(text))).toEqual([]);
    await man.must('flo', 'family-told');
    await man.must('dora', 'release-death');
    await man.must('pat', 'circulation/cancel', { confirmation: 'PNC-26-1-C' });
    const after = await man.view();
    expect([after.circulation, taskIn(after, 'P03').state]).toEqual(['CANCELLED', 'DONE']);
    expect(await man.try('ivan', 'release-death')).toBe('403 not-permitted');
    const facts = await audit(story, man.recordId);
    expect(facts.filter(({ what }) => ['RecordBody', 'RefuteDeceased', 'ConfirmDeceased', 'ReleaseDeath'].includes(what)).map(({ what, by }) => [what, by])).toEqual([['RecordBody', idOf('ivan')], ['RefuteDeceased', idOf('ivan')], ['RecordBody', idOf('ivan')], ['ConfirmDeceased', idOf('ivan')], ['ReleaseDeath', idOf('dora')]]);
    // The review of 28 days was due before, and ended with the event.
    expect(after.reviews.filter(({ reviewId, state }) => reviewId.startsWith('LADDER') && state === 'OPEN')).toEqual([]);
  }, 120_000);
});
