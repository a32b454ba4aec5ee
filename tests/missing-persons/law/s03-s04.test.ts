import { describe, expect, it } from '@jest/globals';
import type { Act } from '../../../functions/missing-persons/rules/bodies/all.ts';
import { holdsI1 } from '../../../functions/missing-persons/rules/reviews/review.ts';
import { cheshireDirectory } from '../../../functions/missing-persons/rules/partners/cheshire.ts';
import { missingSettings } from '../../../functions/missing-persons/rules/settings.ts';
import { rankOf } from '../../../functions/missing-persons/rules/terms.ts';
import { Desk } from './desk.ts';
import { confirmed, openCase, reviewAct, reviewOf, toldBy, withEvidence } from './support.ts';

describe('S03 dementia, no phone', () => {
  /** Sat 5 December 2026, 16:30 GMT; last seen two and a half hours ago. */
  function outInTheCold(): Desk {
    const desk = new Desk('2026-12-05T16:30:00.000Z');
    openCase(desk, { form: { age: '82', lastSeenUnknown: undefined, lastSeenReason: undefined, lastSeenFrom: '2026-12-05T14:00:00Z', worries: 'Out without a coat, has dementia, no telephone' }, factors: ['DEMENTIA', 'NO_PHONE'], level: 'HIGH' });
    return desk;
  }

  it('S03 F5 makes it HIGH and the search within 300 m is asked for with the Herbert form', () => {
    const desk = outInTheCold();
    expect([desk.level, desk.record.risk?.floor.rules.map(({ rule }) => rule)]).toEqual(['HIGH', expect.arrayContaining(['F5'])]);
    expect([desk.task('X08').dueAt, desk.task('X08').ownerUserId, desk.task('H06').state]).toEqual(['2026-12-05T17:00:00.000Z', 'pol', 'TODO']);
  });

  it('S03 found by the public, in hospital, 0.9 km away: the air request is cancelled, stand-downs are due in 15 minutes, nothing is posted', () => {
    const desk = outInTheCold();
    // The place on the map, as the editor of the case writes it.
    if (desk.current) desk.current = { ...desk.current, state: { ...desk.record, casefile: { ...desk.record.casefile, lastSeenPlace: { text: 'Sample Street', lat: 53.2, lon: -2.9 } } } };
    desk.to('2026-12-05T18:05:00.000Z');
    desk.must({ do: 'VerifyLocated', method: 'SEEN_BY_POLICE', identityCheck: 'Photograph and date of birth', wellBeing: 'NEEDS_HELP', locatedAt: desk.now, place: 'Sample Hospital', condition: 'Cold', returnPlace: 'HOSPITAL' }, 'abby');
    expect([desk.state, desk.task('H06').state, desk.task('P05').dueAt]).toEqual(['RETURN_ACTIONS', 'CANCELLED_FOUND', '2026-12-05T18:20:00.000Z']);
    const outcome: Extract<Act, { do: 'RecordOutcome' }> = { do: 'RecordOutcome', where: 'HOSPITAL', by: 'PUBLIC', condition: 'MINOR', foundLat: 53.2081, foundLon: -2.9, reasonsPush: [], reasonsPull: [], exploitationDisclosed: 'NO', safeToDiscloseLocation: 'YES', disposal: 'Nothing was taken.', publicComplaint: false };
    expect(desk.act({ ...outcome, condition: 'DECEASED_NATURAL' }, 'oscar')).toBe('GUARD_UNMET');
    expect(desk.act({ ...outcome, foundLon: undefined }, 'oscar')).toBe('FIELD_INVALID');
    desk.must(outcome, 'oscar');
    expect(desk.record.closure).toMatchObject({ outcome: { where: 'HOSPITAL', by: 'PUBLIC', distanceKm: 0.9, durationH: 1.6 }, retentionClass: 'CLOSED_SAFE_ADULT', reviewRrdAt: '2033-12-05T18:05:00.000Z' });
    expect(desk.record.notices.filter(({ n }) => n === 'N16')).toEqual([]);
    // Nobody pages anybody about the search any more.
    const pages = desk.record.pages.length;
    desk.to('2026-12-05T18:15:00.000Z');
    expect(desk.record.pages.slice(pages).filter(({ about }) => !about.startsWith('P'))).toEqual([]);
    expect(desk.record.pages.filter(({ kind, status }) => kind === 'PAGE' && status !== 'closed' && status !== 'answered')).toEqual([]);
  });
});

describe('S03 found, and who had been told', () => {
  const hospital = { recipientId: 'hospital.sample', kind: 'HOSPITAL', name: 'Sample Hospital', channel: 'PHONE_LOG', address: '01632 960120', region: 'Cheshire', owner: 'missing.coordinator', lastVerifiedOn: '2026-11-01' } as const;
  const own = missingSettings.parse({ recipients: [...cheshireDirectory('2026-11-01'), hospital] });
  const basis = { basis: 'VITAL_INTERESTS', purpose: 'To find a person with dementia', minimumNecessary: 'Looks and contact only' } as const;
  const to = [['N12', 'btp'], ['N07', 'la.halton.adults'], ['N07', 'hospital.sample']] as const;

  it('S03 transport police, authority and hospital are stood down within 15 minutes: mail at once, the telephone by the officer; nobody else hears', () => {
    const desk = new Desk('2026-12-05T16:30:00.000Z', own);
    openCase(desk, { form: { age: '82', lastSeenUnknown: undefined, lastSeenReason: undefined, lastSeenFrom: '2026-12-05T14:00:00Z' }, factors: ['DEMENTIA', 'NO_PHONE'], level: 'HIGH' });
    confirmed(desk, 'HIGH', 'ivan');
    for (const [n, recipientId] of to) {
      desk.must({ do: 'QueueNotice', n, variant: 'MISSING', recipientId, ...basis }, 'oscar');
      const noticeId = desk.record.notices.at(-1)?.noticeId ?? '';
      if (recipientId === 'hospital.sample') desk.must({ do: 'AckNotice', noticeId, ackBy: 'Ward sister', at: desk.now, how: 'PHONE_LOG' }, 'oscar');
      else desk.give({ do: 'RecordNotice', noticeId, verdict: 'SEND', answer: { outcome: 'accepted', providerRef: recipientId } }, 'system');
    }
    desk.to('2026-12-05T18:05:00.000Z');
    desk.must({ do: 'VerifyLocated', method: 'SEEN_BY_POLICE', identityCheck: 'Photograph and date of birth', wellBeing: 'NEEDS_HELP', locatedAt: desk.now, place: 'Sample Hospital', condition: 'Cold', returnPlace: 'HOSPITAL' }, 'abby');
    const standDowns = desk.record.notices.filter(({ n }) => n === 'N17');
    expect(standDowns.map(({ recipientId }) => recipientId).sort()).toEqual(['btp', 'hospital.sample', 'la.halton.adults']);
    expect(standDowns.map(({ dueAt }) => dueAt)).toEqual(Array.from({ length: 3 }, () => '2026-12-05T18:20:00.000Z'));
    expect(standDowns.filter(({ channel, nextTryAt }) => (channel === 'SECURE_MAIL') === (nextTryAt === '2026-12-05T18:05:00.000Z'))).toHaveLength(3);
    // Closure waits for each of them (2.4).
    desk.must({ do: 'ProposeClose', summary: 'Found in hospital, seen by an officer there.' }, 'oscar');
    expect([desk.act({ do: 'ApproveClose' }, 'ivan'), desk.record.refusal?.reason]).toEqual(['CLOSE_GUARD', expect.stringContaining('hospital.sample')]);
  });
});

describe('S04 very low that goes wrong', () => {
  /** Sat 6 June 2026, 17:00 BST: the reassessment is at 23:00 at the latest. */
  function rowed(): Desk {
    const desk = new Desk('2026-06-06T16:00:00.000Z');
    openCase(desk, { level: 'VERY_LOW' });
    confirmed(desk, 'VERY_LOW', 'sita');
    return desk;
  }
  const midnight = '2026-06-06T23:00:00.000Z';

  it('S04 at midnight the system raises to LOW, says so as SYSTEM by V03, and tells sergeant and inspector', () => {
    const desk = rowed();
    expect([desk.level, desk.task('V02').dueAt, desk.record.nextReviewAt]).toEqual(['VERY_LOW', '2026-06-06T22:00:00.000Z', '2026-06-06T22:00:00.000Z']);
    desk.to('2026-06-06T22:59:59.000Z');
    expect(desk.level).toBe('VERY_LOW');
    desk.to(midnight);
    expect([desk.level, desk.record.risk?.provisional, desk.record.risk?.assessments.at(-1)?.byUser, desk.record.risk?.assessments.at(-1)?.ruleIds]).toEqual(['LOW', true, 'system', ['V03']]);
    expect(desk.facts.filter(({ what }) => what === 'RiskRaised')).toEqual([expect.objectContaining({ by: 'system', at: midnight, about: { rule: 'V03', level: 'LOW' } })]);
    expect(toldBy(desk, 'RAISED')).toEqual([expect.objectContaining({ to: ['ivan', 'sita'], at: midnight })]);
    expect(desk.task('V02').state).toBe('CANCELLED');
  });

  it('S04 the missed review stands against the named sergeant, in the record and in the audit, whoever is on duty later', () => {
    const desk = rowed();
    desk.to(midnight);
    const review = reviewOf(desk, 'VERY_LOW_SGT@2026-06-06T22:00:00.000Z');
    expect([review.reviewerUserId, review.missedBy, review.missedAt]).toEqual(['sita', 'sita', '2026-06-06T22:00:00.000Z']);
    expect(desk.facts.filter(({ what }) => what === 'ReviewMissed').map(({ at, about }) => [at, about])).toEqual([['2026-06-06T22:00:00.000Z', { review: 'VERY_LOW_SGT@2026-06-06T22:00:00.000Z', reviewer: 'sita' }]]);
    // The card came to her before the time, and to nobody else.
    expect(toldBy(desk, 'REVIEW').filter(({ about }) => about.startsWith('VERY_LOW_SGT'))).toEqual([expect.objectContaining({ to: ['sita'], at: '2026-06-06T20:30:00.000Z' })]);
  });

  it('S04 the level never falls, and at every moment a review lies ahead or an escalation is open', () => {
    const desk = rowed();
    const seen: number[] = [];
    for (let at = Date.parse(desk.now); at <= Date.parse('2026-06-09T16:00:00.000Z'); at += 20 * 60_000) {
      desk.to(new Date(at).toISOString());
      // 09:00: his account is silent.
      if (desk.now === '2026-06-07T08:00:00.000Z') desk.must({ do: 'RaiseRisk', level: 'MEDIUM', reason: 'His account has been silent since noon.' }, 'oscar');
      seen.push(rankOf(desk.record.risk?.level ?? 'VERY_LOW'));
      expect([desk.now, desk.record.nextReviewAt !== undefined, holdsI1(desk.record.reviews, desk.now)]).toEqual([desk.now, true, true]);
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect([seen[0], seen.at(-1)]).toEqual([rankOf('VERY_LOW'), rankOf('MEDIUM')]);
  });

  it('S04 a reassessment in time keeps VERY_LOW, and the next is when it was agreed', () => {
    const desk = rowed();
    desk.to('2026-06-06T21:50:00.000Z');
    desk.must(reviewAct(desk, 'VERY_LOW_SGT@2026-06-06T22:00:00.000Z', { nextReviewAt: '2026-06-07T01:00:00.000Z' }), 'sita');
    expect([desk.task('V02').dueAt, desk.record.nextReviewAt]).toEqual(['2026-06-07T01:00:00.000Z', '2026-06-07T01:00:00.000Z']);
    desk.to('2026-06-07T01:59:00.000Z');
    expect(desk.level).toBe('VERY_LOW');
    desk.to('2026-06-07T02:00:00.000Z');
    expect(desk.level).toBe('LOW');
  });

  it('S04 a plan agreed in writing brings the reassessment forward, for the task and for the named sergeant alike; the promised call is when it was promised', () => {
    const desk = rowed();
    desk.must(withEvidence('V01', { kind: 'WRITTEN_PLAN', documentRef: 'plan-1', agreedAt: desk.now, latestReviewAt: '2026-06-06T19:00:00Z' }), 'cora');
    desk.must(withEvidence('A03', { kind: 'AGREED_PLAN', at: desk.now, channel: 'PHONE', nextContactAt: '2026-06-07T08:00:00Z', steps: 'Ring the brother, look at the club.' }), 'cora');
    expect([desk.task('V02').dueAt, desk.record.nextReviewAt, desk.task('A15').dueAt]).toEqual(['2026-06-06T19:00:00.000Z', '2026-06-06T19:00:00.000Z', '2026-06-07T08:00:00.000Z']);
    desk.to('2026-06-06T20:00:00.000Z');
    expect([desk.level, reviewOf(desk, 'VERY_LOW_SGT@2026-06-06T19:00:00.000Z').missedBy]).toEqual(['LOW', 'sita']);
  });

  it('S04 back at VERY_LOW a day later the time that was agreed before counts for nothing', () => {
    const desk = rowed();
    desk.must(withEvidence('V01', { kind: 'WRITTEN_PLAN', documentRef: 'plan-1', agreedAt: desk.now, latestReviewAt: '2026-06-06T19:00:00Z' }), 'cora');
    desk.to('2026-06-07T12:00:00.000Z');
    desk.must({ do: 'AddInformation', text: 'He rang his sister and is with a friend.', isRestricted: true }, 'oscar');
    desk.must({ do: 'ProposeReduce', to: 'VERY_LOW', rationale: 'He rang his sister this morning, is with a friend and will come back tomorrow.', informationIds: [desk.record.information.at(-1)?.id ?? ''] }, 'sita');
    desk.must({ do: 'ApproveReduce' }, 'ivan');
    desk.to('2026-06-07T17:00:00.000Z');
    expect([desk.level, desk.task('V02').dueAt]).toEqual(['VERY_LOW', '2026-06-07T18:00:00.000Z']);
  });

  it('S04 an inspector\'s reasons hold the raise until the next reassessment is missed as well (15.1 item 17)', () => {
    const desk = rowed();
    desk.to('2026-06-06T22:30:00.000Z');
    const reviewId = 'VERY_LOW_SGT@2026-06-06T22:00:00.000Z';
    expect(desk.act({ do: 'RecordNoRaise', reviewId, reason: 'He rings his sister each hour.' }, 'sita')).toBe('ROLE_DENIED');
    desk.must({ do: 'RecordNoRaise', reviewId, reason: 'He rings his sister each hour.' }, 'ivan');
    desk.to('2026-06-07T04:59:00.000Z');
    expect(desk.level).toBe('VERY_LOW');
    desk.to('2026-06-07T05:00:00.000Z');
    expect(desk.level).toBe('LOW');
  });
});
