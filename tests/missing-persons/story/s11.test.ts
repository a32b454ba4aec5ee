import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checklist } from '../../../functions/missing-persons/rules/regions/checklist.ts';
import { audit, cardsTo, confirmed, opened, plus, seen, startStory, stepsOf, taskIn, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
let girl: Told;
beforeAll(async () => {
  story = await startStory('2026-11-24T02:00:00.000Z');
}, 120_000);
afterAll(async () => { await story.stop(); });

const basis = { basis: 'SAFEGUARDING', purpose: 'To find a child at risk', minimumNecessary: 'First name, age and clothing only' };
const appeal = {
  text: 'Have you seen Ella, 14? Blue coat, last seen in Chester. Ring 101 with the reference, or 116 000.', channels: [{ channel: 'force-site', control: 'FORCE' }], photoId: 'photo-1', answers: checklist.map(({ code, good }) => ({ code, answer: good })), ...basis,
};

describe('S11 found while the escalation is running', () => {
  it('S11 a girl of 14 at HIGH: the authority was told by telephone, the appeal is approved, the message to the UKMPU waits because the gateway is down', async () => {
    girl = await opened(story, { form: { givenName: 'Ella', familyName: 'Example', age: '14' }, factors: ['SUICIDE_INTENT'], level: 'HIGH' });
    await confirmed(girl, 'HIGH', 'ivan');
    await girl.must('oscar', 'notices/queue', { n: 'N04', variant: 'MISSING', recipientId: 'la.halton.edt', ...basis });
    const call = (await girl.view()).notices.find(({ recipientId }) => recipientId === 'la.halton.edt');
    await girl.must('oscar', 'notices/acknowledge', { noticeId: call?.noticeId, ackBy: 'Duty desk, A. Example', at: story.now(), how: 'PHONE_LOG' });
    story.mail.trouble = 503;
    await girl.must('sita', 'publicity/propose', appeal);
    await girl.must('ivan', 'publicity/decide', { decision: 'APPROVE' });
    await girl.must('oscar', 'notices/queue', { n: 'N02', variant: 'MISSING', recipientId: 'ukmpu.mail', ...basis, basis: 'LAW_ENFORCEMENT_PART3' });
    await story.settle();
    const shown = await girl.view();
    expect([shown.publicity, shown.notices.filter(({ state }) => state === 'QUEUED').map(({ notice }) => notice).sort()]).toEqual(['APPROVED', ['N02', 'N16']]);
    expect(stepsOf(taskIn(shown, 'H01'))).toEqual(['PAGE']);
    expect(cardsTo(story, 'ivan', girl.recordId).filter(({ text }) => text.includes('all three answer'))).toHaveLength(1);
    expect(story.mail.taken).toEqual([]);
  }, 120_000);

  it('S11 an officer finds her: in one step the outbox is purged, the search ends, the phone tree is called off, and only a stand-down is left', async () => {
    await seen(story, girl);
    const shown = await girl.view();
    expect(shown.state).toBe('RETURN_ACTIONS');
    expect(shown.notices.filter(({ notice, state }) => notice !== 'N17' && (state === 'QUEUED' || state === 'HELD'))).toEqual([]);
    for (const n of ['N02', 'N16']) expect(shown.notices.find(({ notice }) => notice === n)?.endReason).toBe('FOUND');
    expect(shown.notices.some(({ notice, recipientId }) => notice === 'N17' && recipientId === 'la.halton.edt')).toBe(true);
    expect([shown.publicity, taskIn(shown, 'H06').state]).toEqual(['WITHDRAWN', 'CANCELLED_FOUND']);
    expect(await girl.try('meg', 'publicity/publish', { channels: ['force-site'] })).toBe('409 TRANSITION_NOT_ALLOWED');
    expect(await girl.try('oscar', 'notices/queue', { n: 'N02', variant: 'MISSING', recipientId: 'ukmpu.mail', ...basis, basis: 'LAW_ENFORCEMENT_PART3' })).toMatch(/^409/);
    await story.settle();
    const [card] = cardsTo(story, 'ivan', girl.recordId).filter(({ text }) => text.includes('No longer needed') || text.includes('all three answer'));
    expect([card?.verb, card?.text.includes('No longer needed')]).toEqual([undefined, true]);
    const moves = (await audit(story, girl.recordId)).filter(({ what }) => what === 'VerifyLocated');
    expect(moves).toHaveLength(1);
  }, 120_000);

  it('S11 the late worker finds nothing to do: for an hour nothing leaves but stand-downs, and no step of the search fires', async () => {
    story.mail.trouble = 'NONE';
    const verifiedAt = (await girl.view()).verifiedAt ?? '';
    const before = stepsOf(taskIn(await girl.view(), 'H01'));
    for (const minutes of [2, 15, 60]) await story.to(plus(verifiedAt, { minutes }));
    const shown = await girl.view();
    expect(stepsOf(taskIn(shown, 'H01'))).toEqual(before);
    // AT: zero outbound after the finding except stand-downs; published: none.
    const standDowns = new Set(shown.notices.filter(({ notice }) => notice === 'N17').map(({ noticeId }) => `${girl.recordId}:${noticeId}`));
    expect(story.mail.taken.filter(({ key }) => !standDowns.has(key))).toEqual([]);
    expect(shown.notices.filter(({ notice, state }) => notice === 'N16' && state !== 'STOOD_DOWN' && state !== 'RECALLED')).toEqual([]);
    const late = (await audit(story, girl.recordId)).filter(({ what, at }) => (what === 'TaskEscalated' || what === 'NoticeSent') && at > verifiedAt).map(({ about }) => [about['task'] ?? about['notice']].join(''));
    expect(late.filter(name => !/^(?:P|N17)/.test(name))).toEqual([]);
  }, 120_000);
});
