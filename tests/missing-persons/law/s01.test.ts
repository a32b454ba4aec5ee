import { describe, expect, it } from '@jest/globals';
import { Desk } from './desk.ts';
import { confirmed } from './support.ts';

const seen = { do: 'VerifyLocated', method: 'SEEN_BY_POLICE', identityCheck: 'Known to the officer', wellBeing: 'WELL', place: 'Sample House', condition: 'Well', returnPlace: 'PLACEMENT' } as const;

/** Sat 6 June 2026, 20:10 BST: reported by the provider at the portal. */
function reported(): Desk {
  const desk = new Desk('2026-06-06T19:10:00.000Z');
  desk.care({
    givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back for the curfew', informantName: 'Sam Carer', informantPhone: '01632 960001',
    worries: 'Not back for the curfew of eight o\'clock', hasPart1: 'YES', curfew: '20:00',
  });
  return desk;
}

function accepted(): Desk {
  const desk = reported();
  desk.answers({ Q08: 'NOT_KNOWN' });
  desk.must({ do: 'ScreenReport', thrive: 'Late for the curfew.', level: 'MEDIUM', matchesSeen: [] }, 'cora');
  desk.to('2026-06-06T19:12:00.000Z');
  desk.must({ do: 'AcceptReport', rationale: 'Child in care, late for her curfew, exploitation not known.' }, 'cora');
  desk.must({ do: 'AcknowledgeOwner' }, 'fred');
  return desk;
}

function phonedIn(): Desk {
  const desk = accepted();
  desk.to('2026-06-06T19:35:00.000Z');
  confirmed(desk, 'MEDIUM', 'sita');
  desk.to('2026-06-06T22:55:00.000Z');
  desk.must({ do: 'ReportLocated', reportedBy: 'The carer', at: '2026-06-06T22:55:00.000Z', place: 'Sample House', how: 'By telephone' }, 'cora');
  return desk;
}

describe('S01 care-home child late', () => {
  it('S01 the portal asks what was tried and for part 2, and neither LOW nor VERY_LOW can be chosen', () => {
    const desk = reported();
    expect(desk.record.intake.asks).toEqual(expect.arrayContaining(['STEPS_TRIED', 'PROTOCOL_PART_2']));
    expect([desk.state, desk.task('Q00').dueAt]).toEqual(['RECEIVED', '2026-06-06T19:20:00.000Z']);
    desk.answers({ Q08: 'NOT_KNOWN' });
    for (const level of ['VERY_LOW', 'LOW'] as const) expect(desk.act({ do: 'ScreenReport', thrive: 'Late for the curfew.', level, matchesSeen: [] }, 'cora')).toBe('FLOOR_BREACH');
    expect(desk.record.known.flags.map(({ flag }) => flag)).toContain('LAC');
  });

  it('S01 the tasks of the first evening have their times, and the sergeant confirms MEDIUM', () => {
    const desk = accepted();
    expect([desk.state, desk.level, desk.record.risk?.floor.rules.map(({ rule }) => rule)]).toEqual(['OPEN_UNCONFIRMED', 'MEDIUM', ['F3', 'F10']]);
    expect([desk.task('A01').dueAt, desk.task('M02').dueAt, desk.task('X01').dueAt]).toEqual(['2026-06-06T19:42:00.000Z', '2026-06-06T23:12:00.000Z', '2026-06-06T23:10:00.000Z']);
    desk.to('2026-06-06T19:35:00.000Z');
    expect(desk.act({ do: 'ConfirmRisk', level: 'LOW', rationale: 'She is often late and always comes back on her own.', plan: 'Ring her friends.' }, 'sita')).toBe('TRANSITION_NOT_ALLOWED');
    confirmed(desk, 'MEDIUM', 'sita');
    expect([desk.state, desk.task('A02').state, desk.task('A12').state, desk.record.nextReviewAt]).toEqual(['ACTIVE', 'DONE', 'DONE', '2026-06-06T21:00:00.000Z']);
    // The sergeant of the late shift, by name, at 22:00 local time.
    expect(desk.record.reviews.find(item => item.dueAt === '2026-06-06T21:00:00.000Z')).toMatchObject({ type: 'MEDIUM_SGT', reviewerUserId: 'sita' });
  });

  it('S01 of a child nothing waits before a sergeant agrees (15.1 item 4); then the search waits, and the notice to children\'s services does not', () => {
    const desk = phonedIn();
    expect([desk.state, desk.task('M03').state]).toEqual(['LOCATED_UNVERIFIED', 'TODO']);
    desk.must({ do: 'AgreeHold' }, 'sita');
    expect([desk.task('M03').state, desk.task('M04').state, desk.task('M02').state]).toEqual(['HOLD', 'HOLD', 'TODO']);
    // MEDIUM is verified within 4 hours, and that is the review of this state.
    expect(desk.record.nextReviewAt).toBe('2026-06-07T02:55:00.000Z');
    const sent = desk.facts.filter(({ what }) => what === 'NoticeTried').length;
    desk.to('2026-06-06T23:30:00.000Z');
    expect(desk.facts.filter(({ what }) => what === 'NoticeTried')).toHaveLength(sent);
    expect(desk.task('M03').escalations.filter(({ at }) => at > '2026-06-06T22:55:00.000Z')).toEqual([]);
  });

  it('S01 seen at 00:40, located at 23:55: the interview is due in 24 h, the return interview by Tuesday 23:55', () => {
    const desk = phonedIn();
    desk.must({ do: 'AgreeHold' }, 'sita');
    desk.to('2026-06-06T23:40:00.000Z');
    const asReported = '2026-06-06T22:55:00.000Z';
    expect(desk.act({ ...seen, locatedAt: '2026-06-06T22:30:00.000Z' }, 'abby')).toBe('REASON_REQUIRED');
    desk.must({ ...seen, locatedAt: asReported, returnedAt: asReported }, 'abby');
    expect([desk.state, desk.record.clocks.located, desk.record.clocks.verified]).toEqual(['RETURN_ACTIONS', asReported, '2026-06-06T23:40:00.000Z']);
    expect([desk.task('P01').dueAt, desk.task('P07').dueAt, desk.task('P06').dueAt]).toEqual(['2026-06-07T23:40:00.000Z', '2026-06-09T22:55:00.000Z', '2026-06-07T02:55:00.000Z']);
    expect(desk.task('M03').state).toBe('CANCELLED_FOUND');
    // 15.1 item 16: the sergeant looks at the return after 24 h.
    expect([desk.record.nextReviewAt, desk.record.reviews.filter(({ state }) => state === 'OPEN').map(({ type }) => type)]).toEqual(['2026-06-07T23:40:00.000Z', ['RETURN']]);
  });

  it('S01 the informant\'s time is not credible: located when seen, with the reason', () => {
    const desk = phonedIn();
    desk.to('2026-06-06T23:40:00.000Z');
    desk.must({ ...seen, locatedAt: '2026-06-06T23:40:00.000Z', locatedAtReason: 'The carer had not seen her herself.' }, 'abby');
    expect([desk.record.clocks.located, desk.record.file?.verification?.locatedAtReason]).toEqual(['2026-06-06T23:40:00.000Z', 'The carer had not seen her herself.']);
  });
});
