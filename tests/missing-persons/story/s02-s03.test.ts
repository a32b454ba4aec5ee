import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cheshireDirectory } from '../../../functions/missing-persons/rules/partners/cheshire.ts';
import { audit, cardsTo, confirmed, idOf, opened, plus, press, reviewed, startStory, stepsOf, taskIn, tasksIn, type Shown, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
let record: Told;
/** Sat 28 November 2026, 03:12 GMT. */
const reportedAt = '2026-11-28T03:12:00.000Z';
beforeAll(async () => {
  const hospital = { recipientId: 'hospital.sample', kind: 'HOSPITAL', name: 'Sample Hospital', channel: 'PHONE_LOG', address: '01632 960120', region: 'Cheshire', owner: 'missing.coordinator', lastVerifiedOn: '2026-11-01' };
  story = await startStory('2026-11-28T03:12:05.000Z', { recipients: [...cheshireDirectory('2026-11-01'), hospital] });
}, 120_000);
afterAll(async () => { await story.stop(); });

const reviewOf = ({ reviews }: Shown, reviewId: string) => reviews.find(item => item.reviewId === reviewId);
const shift = 'HIGH_SGT_SHIFT@2026-11-28T07:00:00.000Z';
const fourHours = 'HIGH_SGT@2026-11-28T07:12:00.000Z';
const pageOf = (who: 'ivan' | 'fay' | 'suki') => cardsTo(story, who, record.recordId).filter(({ text }) => text.includes('all three answer'));

describe('S02 suicidal adult, HIGH', () => {
  it('S02 a note was found: F1 HIGH; inspector, force incident manager and superintendent are paged, and the reviews stand at 07:12 and 24 h', async () => {
    record = await opened(story, { form: { age: '41', informantRelation: 'Wife', worries: 'A note on the kitchen table, and his car is gone', callStartedAt: reportedAt }, answers: { Q09: 'YES' }, factors: ['NOTE_LEFT'], level: 'HIGH' });
    await story.settle();
    const shown = await record.view();
    expect(shown).toMatchObject({ state: 'OPEN_UNCONFIRMED', level: 'HIGH', reportedAt, floors: expect.arrayContaining([expect.objectContaining({ rule: 'F1' })]) });
    for (const who of ['ivan', 'fay', 'suki'] as const) expect(pageOf(who)).toHaveLength(1);
    expect(story.missing.links.simulators.teams.alerts().map(({ to }) => to)).toEqual(expect.arrayContaining([idOf('ivan'), idOf('fay'), idOf('suki')]));
    // AT: the clock of reviews.
    expect([reviewOf(shown, fourHours)?.reviewer, reviewOf(shown, 'HIGH_SUPT@2026-11-29T03:12:00.000Z')?.reviewer]).toEqual([idOf('sita'), idOf('suki')]);
    // Not dementia: no search of 300 m, no ring of it.
    expect([shown.tasks.some(({ taskId }) => taskId.startsWith('X08')), shown.ringLabel, shown.rings.some(({ km }) => km === 0.3)]).toEqual([false, 'decision support', false]);
    await record.done('fay', taskIn(shown, 'H03').taskId, { kind: 'DEPLOYMENT', unit: 'S12', at: story.now() });
    expect(await record.task('H03')).toMatchObject({ state: 'DONE' });
  }, 120_000);

  it('S02 two answer on their cards; the inspector does not, so the phone tree rings at ten minutes, and rings nobody else again', async () => {
    for (const who of ['fay', 'suki'] as const) {
      const [card] = pageOf(who);
      expect(card && await press(story, who, card)).toBe(200);
    }
    const { escalations: [page] } = await record.task('H01');
    const tree = plus(page?.at ?? '', { minutes: 10 });
    await story.to(plus(tree, { minutes: -2 }));
    expect(stepsOf(await record.task('H01'))).toEqual(['PAGE']);
    await story.to(tree);
    expect((await record.task('H01')).escalations.map(({ step, at }) => [step, at])).toEqual([['PAGE', page?.at], ['PHONE_TREE', tree]]);
    expect([pageOf('ivan').length, pageOf('fay').length, pageOf('suki').length]).toEqual([2, 0, 0]);
    const [again] = pageOf('ivan');
    expect(again && await press(story, 'ivan', again)).toBe(200);
    expect(await record.task('H01')).toMatchObject({ state: 'DONE' });
  }, 120_000);

  it('S02 no decision on communications data at its time alerts the superintendent; the request to the single point of contact is a row', async () => {
    const { dueAt, taskId, title } = await record.task('H05');
    const alerts = (): number => cardsTo(story, 'suki', record.recordId).filter(({ text }) => text.includes(title)).length;
    expect(Date.parse(dueAt) - Date.parse(plus(reportedAt, { minutes: 30 }))).toBeLessThan(120_000);
    await story.to(plus(dueAt, { minutes: -2 }));
    expect(alerts()).toBe(0);
    await story.to(dueAt);
    expect(stepsOf(await record.task('H05'))).toContain('DUE');
    expect(alerts()).toBe(1);
    const grounds = { necessity: 'Nothing else can show where he is.', proportionality: 'A risk to life outweighs it.' };
    expect(await record.try('ivan', 'tasks/complete', { taskId, evidenceJson: JSON.stringify({ kind: 'CD_DECISION', decision: 'REQUEST', ...grounds }) })).toBe('409 EVIDENCE_MISSING');
    await record.done('ivan', taskId, { kind: 'CD_DECISION', decision: 'REQUEST', grade: 2, ...grounds });
    await record.must('ivan', 'enquiries', { step: 'NEW', type: 'CELL_SITE', authority: 'IPA_P3', isRequestToSpoc: true, cdGrade: 2, collateral: 'His wife, who asks for it.', ...grounds });
    const { enquiries: [row] } = await record.view();
    expect(row).toMatchObject({ type: 'CELL_SITE', state: 'AWAITING_DECISION', requestedBy: idOf('ivan') });
    expect(await record.try('ivan', 'enquiries/decide', { enquiryId: row?.enquiryId, isApproved: true, reason: 'Life at risk' })).toBe('409 ROLE_DENIED');
    await record.must('cyd', 'enquiries/decide', { enquiryId: row?.enquiryId, isApproved: true, reason: 'Life at risk' });
    expect((await record.view()).enquiries).toMatchObject([{ state: 'APPROVED' }]);
  }, 120_000);

  it('S02 the home is searched room by room: loft and garage need their entry, and the whole one is the doing of A08', async () => {
    await record.must('abby', 'searches/start', { type: 'INITIAL_HOME', placeText: '1 Sample Street', startedAt: story.now(), power: 'CONSENT', consentedBy: 'The wife', enteredBy: ['PC Example'] });
    const { searches: [search] } = await record.view();
    const rooms = ['SHED', 'VEHICLE', 'OUTBUILDING'].map(kind => ({ name: kind, kind, searched: 'NONE_THERE' }));
    const end = { searchId: search?.searchId, endedAt: story.now(), sergeantToldAt: story.now() };
    expect(await record.try('abby', 'searches/complete', { ...end, rooms: [{ name: 'Kitchen', kind: 'ROOM', searched: 'YES', how: 'By hand' }, ...rooms] })).toBe('409 ROOM_UNRECORDED');
    await record.must('abby', 'searches/complete', { ...end, rooms: [{ name: 'Kitchen', kind: 'ROOM', searched: 'YES', how: 'By hand' }, { name: 'Loft', kind: 'LOFT', searched: 'YES', how: 'By torch' }, { name: 'Garage', kind: 'GARAGE', searched: 'YES', how: 'Both doors' }, ...rooms] });
    expect(await record.task('A08')).toMatchObject({ state: 'DONE' });
    await record.done('oscar', 'A13', { kind: 'MARKER', reference: 'ANPR-1' });
  }, 120_000);

  it('S02 the 07:00 review satisfies 07:12 (15.3), and a constable holds none', async () => {
    await story.to('2026-11-28T06:58:00.000Z');
    const body = await reviewed(story, record, { reviewId: shift, nextReviewAt: '2026-11-28T11:12:00.000Z' });
    expect(await record.try('abby', 'reviews/complete', body)).toBe('403 not-permitted');
    expect(await record.try('sita', 'reviews/complete', await reviewed(story, record, { reviewId: shift, nextReviewAt: '2026-11-28T11:12:00.000Z', leaveOut: 'lines' }))).toBe('409 EVIDENCE_MISSING');
    await record.must('sita', 'reviews/complete', body);
    const shown = await record.view();
    expect([reviewOf(shown, shift)?.state, reviewOf(shown, fourHours), shown.nextReviewAt]).toEqual(['DONE', expect.objectContaining({ state: 'DONE', satisfiedBy: shift, by: idOf('sita') }), '2026-11-28T11:12:00.000Z']);
    await story.to('2026-11-28T08:30:00.000Z');
    const later = await record.view();
    expect(later.reviews.filter(({ missedBy }) => missedBy === idOf('sita'))).toEqual([]);
    const facts = await audit(story, record.recordId);
    expect(facts.filter(({ what }) => what === 'ReviewMissed' || what === 'ReviewEscalated').filter(({ about }) => about['review'] === fourHours && about['step'] !== 'REMINDER')).toEqual([]);
  }, 120_000);
});

describe('S03 dementia, no phone', () => {
  /** The same day, 16:30 GMT; last seen two and a half hours ago. */
  const seenAt = '2026-11-28T18:05:00.000Z';
  let lost: Told;

  it('S03 F5 makes it HIGH; the search adviser has the sourced rings with their label, the first of 300 m', async () => {
    await story.to('2026-11-28T16:30:00.000Z');
    lost = await opened(story, {
      form: { givenName: 'Ida', familyName: 'Sample', age: '82', lastSeenUnknown: undefined, lastSeenReason: undefined, lastSeenFrom: '2026-11-28T14:00:00Z', lastSeenLat: 53.2, lastSeenLon: -2.9, worries: 'Out without a coat, has dementia, no telephone' },
      factors: ['DEMENTIA', 'NO_PHONE'], level: 'HIGH',
    });
    const shown = await lost.view();
    expect(shown).toMatchObject({ level: 'HIGH', floors: expect.arrayContaining([expect.objectContaining({ rule: 'F5' })]), ringLabel: 'decision support' });
    expect([shown.rings[0]?.km, shown.ringNote]).toEqual([0.3, expect.stringMatching(/\[S\d+\].*not a boundary/)]);
    expect([taskIn(shown, 'X08').ownerRole, taskIn(shown, 'X08').ownerUserId, taskIn(shown, 'H06').state]).toEqual(['POLSA', idOf('pol'), 'TODO']);
  }, 120_000);

  it('S03 found in hospital by the public, 0.9 km away: stand-downs by mail at once and by telephone within 15 minutes, the air request cancelled, no post', async () => {
    await confirmed(lost, 'HIGH', 'ivan');
    const basis = { basis: 'VITAL_INTERESTS', purpose: 'To find a person with dementia', minimumNecessary: 'Looks and contact only' };
    for (const [n, recipientId] of [['N12', 'btp'], ['N07', 'la.halton.adults'], ['N07', 'hospital.sample']] as const) await lost.must('oscar', 'notices/queue', { n, variant: 'MISSING', recipientId, ...basis });
    const byHand = (await lost.view()).notices.find(({ recipientId }) => recipientId === 'hospital.sample');
    await lost.must('oscar', 'notices/acknowledge', { noticeId: byHand?.noticeId, ackBy: 'Ward sister', at: story.now(), how: 'PHONE_LOG' });
    await story.settle();
    expect(story.mail.taken.map(({ to }) => to).sort()).toEqual(['adults.halton@example.com', 'btp@example.com']);
    await story.to(seenAt);
    await lost.must('abby', 'verify', { method: 'SEEN_BY_POLICE', identityCheck: 'Photograph and date of birth', wellBeing: 'NEEDS_HELP', locatedAt: seenAt, place: 'Sample Hospital', condition: 'Cold', returnPlace: 'HOSPITAL' });
    await story.settle();
    const shown = await lost.view();
    expect([shown.state, taskIn(shown, 'H06').state]).toEqual(['RETURN_ACTIONS', 'CANCELLED_FOUND']);
    const standDowns = shown.notices.filter(({ notice }) => notice === 'N17');
    expect(standDowns.map(({ recipientId, state }) => [recipientId, state]).sort()).toEqual([['btp', 'SENT'], ['hospital.sample', 'QUEUED'], ['la.halton.adults', 'SENT']]);
    const late = Date.parse(shown.verifiedAt ?? '') + 15 * 60_000;
    for (const { dueAt } of [...standDowns, ...tasksIn(shown, 'P05')]) expect(Date.parse(dueAt)).toBeLessThanOrEqual(late);
    const told = story.mail.taken.slice(2);
    expect(told.map(({ to }) => to).sort()).toEqual(['adults.halton@example.com', 'btp@example.com']);
    // Neither where nor how (N17).
    expect(told.some(({ text }) => /Hospital|Cold|HOSPITAL/.test(text))).toBe(false);
    expect([shown.publicity, shown.notices.filter(({ notice }) => notice === 'N16')]).toEqual(['NONE', []]);
    await lost.must('oscar', 'outcome', { where: 'HOSPITAL', by: 'PUBLIC', condition: 'MINOR', foundLat: 53.2081, foundLon: -2.9, exploitationDisclosed: 'NO', safeToDiscloseLocation: 'YES', disposal: 'Nothing was taken.', publicComplaint: false });
    expect((await lost.view()).outcome).toEqual({ where: 'HOSPITAL', by: 'PUBLIC', condition: 'MINOR', distanceKm: 0.9, durationH: 1.6 });
  }, 120_000);
});
