import { describe, expect, it } from '@jest/globals';
import type { Heard } from '../../../functions/missing-persons/rules/law/liveLinkNews.ts';
import { nextDue } from '../../../functions/missing-persons/rules/law/due.ts';
import { Desk, people } from './desk.ts';
import { openCase } from './support.ts';

const start = '2026-11-24T09:00:00.000Z';
const grounds = { necessity: 'Nobody has heard of him since noon', proportionality: 'Only his place is asked for', collateral: 'Nobody else is on this phone' };

/** A link that the inspector approved; the id of its enquiry. */
function approved(desk: Desk): string {
  openCase(desk, { level: 'LOW' });
  desk.must({ do: 'RequestLiveLink', ...grounds }, 'oscar');
  const enquiryId = enquiries(desk).at(-1)?.id ?? '';
  expect(desk.act({ do: 'ApproveLiveLink', enquiryId, isApproved: true, reason: 'He may be lost' }, 'oscar')).not.toBe('accepted');
  desk.must({ do: 'ApproveLiveLink', enquiryId, isApproved: true, reason: 'He may be lost' }, 'ivan');
  return enquiryId;
}

const enquiries = (desk: Desk) => desk.record.regions?.enquiries?.enquiries ?? [];
const asked = (desk: Desk, enquiryId: string): void => { desk.give({ do: 'RecordLinkAsked', enquiryId, requestId: 'request-one' }, 'system'); };
let count = 0;
function hear(desk: Desk, enquiryId: string, more: Pick<Heard, 'news' | 'found'>): void {
  count += 1;
  expect(desk.give({ do: 'HearLiveLink', heard: { enquiryId, requestId: 'request-one', ...more }, context: { people, looked: {}, id: `news${count}` } }, 'system')).toBe('accepted');
}
const place = { lat: 53.55, lng: -2.63, accuracyM: 12, at: '2026-11-24T09:04:00.000Z' };
const titles = (desk: Desk): string[] => desk.record.pages.filter(({ status }) => status === 'due' || status === 'shown').map(({ title }) => title);
const brought = (desk: Desk) => desk.record.information.filter(({ channel }) => channel === 'LIVE_LINK');

describe('a live link from approval to result (15.2 item 36)', () => {
  it('is owed to the outside once, on approval and not before', () => {
    const desk = new Desk(start);
    approved(desk);
    const owed = [...desk.record.owed, ...desk.effects].filter(({ kind }) => kind === 'live-link');
    expect(owed).toMatchObject([{ kind: 'live-link', about: enquiries(desk)[0]?.id }]);
  });

  it('where the force sends none from here the owner is asked to do it', () => {
    const desk = new Desk(start);
    const about = approved(desk);
    desk.give({ do: 'RecordTrouble', kind: 'live-link', about, code: 'by-hand' }, 'system');
    expect(titles(desk)).toContain('The live link is approved: send it from Live links, to locate a missing person');
  });

  it('silence for ten minutes is told to the owner and the inspector, once; an answer in time keeps it quiet', () => {
    const silent = new Desk(start);
    asked(silent, approved(silent));
    silent.to('2026-11-24T09:09:59.000Z');
    expect(titles(silent).filter(title => /Nothing was heard/.test(title))).toEqual([]);
    silent.to('2026-11-24T09:30:00.000Z');
    expect(silent.record.pages.filter(({ title }) => /Nothing was heard/.test(title))).toMatchObject([{ to: ['fred', 'ivan'], at: '2026-11-24T09:10:00.000Z' }]);
    const answered = new Desk(start);
    const enquiryId = approved(answered);
    asked(answered, enquiryId);
    hear(answered, enquiryId, { news: 'SAFETY_HELD', found: { ref: 'GS-ABCD-EFGH', state: 'SAFETY_HELD', isOver: false } });
    answered.to('2026-11-24T09:30:00.000Z');
    expect(answered.record.pages.filter(({ title }) => /Nothing was heard/.test(title))).toEqual([]);
    expect(nextDue(answered.record, answered.settings)?.key).not.toContain('live-link');
  });

  it('a place on the way and the end are items of their own; what comes after the end adds nothing', () => {
    const desk = new Desk(start);
    const enquiryId = approved(desk);
    asked(desk, enquiryId);
    hear(desk, enquiryId, { news: 'OPENED', found: { ref: 'GS-ABCD-EFGH', state: 'SAFETY_HELD', isOver: false } });
    expect(brought(desk)).toEqual([]);
    hear(desk, enquiryId, { news: 'PLACE', found: { ref: 'GS-ABCD-EFGH', state: 'IN_SESSION', isOver: false, place } });
    expect(titles(desk)).toContain('A live link shows where the phone is: open the case now');
    expect(enquiries(desk)[0]?.state).toBe('APPROVED');
    // News may be slower than what it is about: what counts is how the request stands now.
    hear(desk, enquiryId, { news: 'IN_SESSION', found: { ref: 'GS-ABCD-EFGH', state: 'ENDED', isOver: true, place } });
    hear(desk, enquiryId, { news: 'PLACE', found: { ref: 'GS-ABCD-EFGH', state: 'ENDED', isOver: true, place } });
    expect(brought(desk)).toHaveLength(2);
    expect(desk.current?.parts[`info|${brought(desk)[1]?.id ?? ''}`]).toMatchObject({ text: 'Live link GS-ABCD-EFGH. The session is over. The phone was at 53.55000, -2.63000, within 12 m, Tue 24 Nov 09:04.' });
    expect(enquiries(desk)[0]).toMatchObject({ state: 'RETURNED', resultSummary: 'The session is over. A place was found.', informationId: brought(desk)[1]?.id });
    expect(desk.state).toBe('OPEN_UNCONFIRMED');
  });

  it.each([['NO_NUMBER', /no mobile number of the person is known/], ['ELIGIBILITY_FAILED', /refused it \(ELIGIBILITY_FAILED\)/]])('a refusal of the other room (%s) is a task of the owner', (news, words) => {
    const desk = new Desk(start);
    const enquiryId = approved(desk);
    asked(desk, enquiryId);
    hear(desk, enquiryId, { news });
    expect(titles(desk)).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
    expect(brought(desk)).toEqual([]);
  });

  it('an officer who cancels it stops it in the other room, and its later news is not taken', () => {
    const desk = new Desk(start);
    const enquiryId = approved(desk);
    asked(desk, enquiryId);
    desk.must({ do: 'RecordEnquiry', step: 'CANCEL', enquiryId, reason: 'Her phone is at home' }, 'oscar');
    expect([...desk.record.owed, ...desk.effects].filter(({ kind, how }) => kind === 'live-link' && how === 'STOP')).toMatchObject([{ about: enquiryId }]);
    hear(desk, enquiryId, { news: 'CANCELLED', found: { ref: 'GS-ABCD-EFGH', state: 'CANCELLED', isOver: true } });
    expect(brought(desk)).toEqual([]);
    expect(enquiries(desk)[0]?.state).toBe('CANCELLED');
  });
});
