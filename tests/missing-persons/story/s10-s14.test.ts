import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { act, reported } from '../../support/missing.ts';
import { accepted, audit, called, confirmed, idOf, plus, seen, startStory, stepsOf, taskIn, told, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
beforeAll(async () => {
  story = await startStory('2026-06-10T15:00:00.000Z');
}, 120_000);
afterAll(async () => { await story.stop(); });

describe('S10 cancelled report', () => {
  const shed = { who: 'The mother', how: 'Rang back on the number of the report', where: 'In the shed', policeNeedToSee: true, isCallBackVerified: true };
  const boy = { givenName: 'Tom', familyName: 'Example', age: '12', informantRelation: 'Mother', worries: 'Not back from school, nobody has seen him' };
  let child: Told;
  let reportedAt: string;

  it('S10 she rings back after six minutes: a child is not withdrawn but becomes a case that is reported found, at the floor', async () => {
    child = await called(story, boy);
    reportedAt = (await child.view()).reportedAt;
    await story.to(plus(reportedAt, { minutes: 6 }));
    expect(await child.try('cora', 'withdraw', shed)).toBe('403 not-permitted');
    await child.must('fay', 'withdraw', shed);
    const shown = await child.view();
    expect(shown).toMatchObject({ state: 'LOCATED_UNVERIFIED', level: 'MEDIUM', reportedAt, assessments: [{ seq: 1, level: 'MEDIUM', by: idOf('fay'), changeType: 'INITIAL' }] });
    expect(shown.nextReviewAt).toBeDefined();
  }, 120_000);

  it('S10 an officer visits: interview and referral are asked for all the same; the audit keeps the call, and nobody who was not told is stood down', async () => {
    await story.to(plus(reportedAt, { minutes: 40 }));
    const at = plus(reportedAt, { minutes: 6 });
    await seen(story, child, { identityCheck: 'By his mother and school card', locatedAt: at, locatedAtReason: 'When she rang he stood before her.', place: 'In the shed', condition: 'Well', returnedAt: at });
    await story.settle();
    const shown = await child.view();
    expect([shown.state, taskIn(shown, 'P01').state, taskIn(shown, 'P06').dueAt, taskIn(shown, 'P07').dueAt]).toEqual(['RETURN_ACTIONS', 'TODO', plus(at, { hours: 4 }), plus(at, { hours: 72 })]);
    expect([shown.notices, story.mail.taken]).toEqual([[], []]);
    const facts = await audit(story, child.recordId);
    expect([facts[0]?.what, facts.some(({ what }) => what === 'WithdrawReport'), facts.some(({ what }) => what === 'StandDownQueued')]).toEqual(['ReportReceived', true, false]);
    expect(shown.circumstances).toBe('Not back from school, nobody has seen him');
  }, 120_000);

  it('S10 not in the shed after all: C7 leads to OPEN_UNCONFIRMED and the search begins', async () => {
    const other = await called(story, { ...boy, givenName: 'Ned', familyName: 'Sample' });
    await other.must('fay', 'withdraw', shed);
    await other.must('sita', 'refute-located', { reason: 'It was his brother in the shed.', isRefuted: true });
    const shown = await other.view();
    expect([shown.state, taskIn(shown, 'M01').state, shown.nextReviewAt !== undefined]).toEqual(['OPEN_UNCONFIRMED', 'TODO', true]);
    // R6: a second call about him, whose case is open, is a duplicate of it; what is new goes there.
    const again = await called(story, { ...boy, givenName: 'Ned', familyName: 'Sample', worries: 'His grandmother saw him by the canal' });
    expect(await again.try('cora', 'duplicate', { of: child.recordId, confirmed: true })).toBe('409 GUARD_UNMET');
    await again.must('cora', 'duplicate', { of: other.recordId, confirmed: true });
    await story.settle();
    expect((await again.view()).state).toBe('DUPLICATE');
    expect((await other.view()).information).toHaveLength(1);
  }, 120_000);

  it('S10 an adult of whom nothing is flagged is withdrawn', async () => {
    const grown = await called(story, { givenName: 'Una', familyName: 'Sample', age: '30' });
    await grown.must('fay', 'withdraw', shed);
    expect((await grown.view())).toMatchObject({ state: 'WITHDRAWN', ref: '' });
  }, 120_000);
});

describe('S14 exploitation disclosed at the prevention interview', () => {
  const basis = { basis: 'SAFEGUARDING', purpose: 'To keep a child safe', minimumNecessary: 'What safeguarding needs' };
  const contact = { step: 'CONTACT', withId: 'informant-1', direction: 'OUT', channel: 'PHONE' };
  let boy: Told;

  it('S14 found; at the interview he says that he was made to sell drugs: flags, their tasks, and the place is withheld from his mother', async () => {
    const recordId = await reported(story.as('carrie'), {
      givenName: 'Max', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back', informantName: 'Sam Carer', informantPhone: '01632 960001', worries: 'Not back, his phone is off', hasPart1: 'YES', laResponsible: 'Cheshire East', placementName: 'Sample House',
    }, '/api/missing-care-reports');
    boy = told(story, recordId);
    await accepted(boy, { level: 'MEDIUM' });
    await confirmed(boy, 'MEDIUM', 'sita');
    await seen(story, boy, { returnPlace: 'PLACEMENT' });
    await boy.must('sita', 'confirm-verification');
    for (const flag of ['CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM']) await boy.must('oscar', 'flags/set', { flag, source: 'Told at the prevention interview' });
    await boy.done('abby', 'P01', { kind: 'PREVENTION_INTERVIEW', outcome: 'DONE', at: story.now(), interviewId: 'interview-1' });
    const shown = await boy.view();
    expect([taskIn(shown, 'P01').state, taskIn(shown, 'X05').state, taskIn(shown, 'X06').state, shown.flags.map(({ flag }) => flag)]).toEqual(['DONE', 'TODO', 'TODO', expect.arrayContaining(['CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM'])]);
    await boy.must('abby', 'consent', { about: 'CHILD_WISH', withheldFrom: ['FAMILY', 'CARE_PROVIDER'] });
    expect(await boy.try('abby', 'consent', { about: 'CHILD_DECISION', withheldFrom: ['FAMILY', 'CARE_PROVIDER'], authority: 'Cheshire East', person: 'A. Example', reason: 'His safety' })).toBe('409 ROLE_DENIED');
    await boy.must('ivan', 'consent', { about: 'CHILD_DECISION', withheldFrom: ['FAMILY', 'CARE_PROVIDER'], authority: 'Cheshire East', person: 'A. Example', reason: 'His safety' });
  }, 120_000);

  it('S14 the mother\'s update has no place; the authority\'s pack has it; the provider reads neither place nor intelligence', async () => {
    expect(await boy.try('oscar', 'contacts', { ...contact, summary: 'Told her where', toldPlace: true })).toBe('409 CONSENT_MISSING');
    await boy.must('oscar', 'contacts', { ...contact, summary: 'He is found and safe' });
    await boy.must('oscar', 'notices/queue', { n: 'N15', variant: 'ANY', recipientId: 'informant-1', ...basis, basis: 'VITAL_INTERESTS' });
    await boy.must('oscar', 'notices/queue', { n: 'N04', variant: 'SAFEGUARDING', recipientId: 'la.cheshire-east.children', ...basis });
    await story.settle();
    const pack = story.mail.taken.find(({ to }) => to === 'children.cheshire-east@example.com')?.text ?? '';
    expect([pack.includes('4 Hidden Lane'), pack.includes('CCE')]).toEqual([true, true]);
    const provider = JSON.stringify((await story.as('carrie').get(`/api/missing-partner-cases/${boy.recordId}`)).json);
    expect(provider).toContain('found');
    expect(provider).not.toMatch(/Hidden Lane|CCE|COUNTY|TRAFFICKING|Cold|MEDIUM/);
    const update = (await boy.view()).notices.find(({ notice }) => notice === 'N15');
    expect(update).toMatchObject({ channel: 'PHONE_LOG', state: 'QUEUED' });
    // AT: the template of the mother's update has no place, that of the authority's pack has.
    expect(update?.fields).not.toEqual(expect.arrayContaining([expect.stringMatching(/[Pp]lace|Where|[Ff]lag/)]));
    expect((await boy.view()).notices.find(({ notice }) => notice === 'N04')?.fields).toEqual(expect.arrayContaining(['foundPlace']));
  }, 120_000);

  it('S14 both authorities get the referral, the safeguarding and the referral of victims have their tasks, and closure lists what is open', async () => {
    await boy.must('oscar', 'return-interview/refer', { authorities: ['Cheshire East', 'Halton'] });
    await story.settle();
    expect(story.mail.taken.slice(1).map(({ to }) => to).sort()).toEqual(['children.cheshire-east@example.com', 'children.halton@example.com']);
    expect((await boy.view()).returnInterview).toBe('REFERRED');
    await boy.must('oscar', 'propose-close', { summary: 'He is back; the interview is done.' });
    const { status, json } = await act(story.as('ivan'), boy.recordId, 'close');
    expect([status, json['code']]).toEqual([409, 'CLOSE_GUARD']);
    const referral = (await boy.view()).notices.filter(({ variant }) => variant === 'RHI_REFERRAL');
    for (const { noticeId } of referral) await boy.must('oscar', 'notices/acknowledge', { noticeId, ackBy: 'Duty desk, A. Example', at: story.now(), how: 'PHONE_LOG' });
    const shown = await boy.view();
    expect([shown.returnInterview, shown.state, stepsOf(taskIn(shown, 'P01'))]).toEqual(['ACKNOWLEDGED', 'RETURN_ACTIONS', []]);
    expect(JSON.stringify(json)).toMatch(/has not acknowledged the referral.*Raise the referrals.*Tell the informant/);
  }, 120_000);
});
