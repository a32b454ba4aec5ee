import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { opened, seen, startStory, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
let child: Told;
beforeAll(async () => {
  story = await startStory('2026-06-01T09:00:00.000Z');
  child = await opened(story, { form: { givenName: 'Ella', familyName: 'Sample', age: '15' }, level: 'MEDIUM' });
}, 120_000);
afterAll(async () => { await story.stop(); });

const wordsOf = async (noticeId: string, who: 'oscar' | 'carrie' = 'oscar') => await story.as(who).get(`/api/missing-persons/${child.recordId}/notice-words/${noticeId}`);

describe('the words of a message that is told by telephone (6.2)', () => {
  let noticeId = '';
  it('are read by whoever tells it, with the number of the directory; by nobody outside', async () => {
    await child.must('oscar', 'notices/queue', { n: 'N04', variant: 'MISSING', recipientId: 'la.cheshire-east.edt', basis: 'SAFEGUARDING', purpose: 'A child is missing tonight', minimumNecessary: 'What the team needs to help find her' });
    noticeId = (await child.view()).notices.find(({ recipientId }) => recipientId === 'la.cheshire-east.edt')?.noticeId ?? '';
    const { status, json } = await wordsOf(noticeId);
    expect([status, json['mayBeTold'], json['channel']]).toEqual([200, true, 'PHONE_LOG']);
    expect(json['recipient']).toMatch(/emergency duty team/);
    expect(JSON.stringify(json['lines'])).toContain('Ella');
    expect((await wordsOf(noticeId, 'carrie')).status).toBe(403);
    expect((await wordsOf('notice-none')).status).toBe(404);
  }, 60_000);

  it('once she is found there are none, and it says why: nobody reads out what is not so any more', async () => {
    await child.must('cora', 'located', { reportedBy: 'Her aunt', at: story.now(), place: 'At her aunt', how: 'By telephone' });
    await seen(story, child, { locatedAtReason: 'The aunt was not sure of the time' });
    const { json } = await wordsOf(noticeId);
    expect([json['mayBeTold'], json['lines'], json['subject']]).toEqual([false, [], undefined]);
    expect(json['why']).toMatch(/found|withdrawn/);
  }, 60_000);
});
