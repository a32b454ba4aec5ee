import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { audit, cardsTo, confirmed, idOf, opened, plus, startStory, taskIn, type Shown, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
let rowed: Told;
beforeAll(async () => {
  story = await startStory('2026-06-06T16:00:00.000Z');
}, 120_000);
afterAll(async () => { await story.stop(); });

const order = ['VERY_LOW', 'LOW', 'MEDIUM', 'HIGH'];
/** Every level that the case has had, from its assessments: none may be lower than the one before. */
function neverLower({ assessments }: Shown): boolean {
  const ranks = assessments.map(({ level }) => order.indexOf(level));
  return ranks.every((rank, n) => n === 0 || rank >= (ranks[n - 1] ?? 0));
}

describe('S04 very low that goes wrong', () => {
  /** Sat 6 June 2026, 17:00 BST, so that the reassessment is at 23:00. */
  const reportedAt = '2026-06-06T16:00:00.000Z';
  const reviewId = 'VERY_LOW_SGT@2026-06-06T22:00:00.000Z';

  it('S04 an adult after a row, no factors: VERY_LOW, with the reassessment at 23:00 and a named sergeant', async () => {
    rowed = await opened(story, { form: { callStartedAt: reportedAt }, level: 'VERY_LOW' });
    await confirmed(rowed, 'VERY_LOW', 'sita');
    const shown = await rowed.view();
    expect([shown.level, taskIn(shown, 'V02').dueAt, shown.nextReviewAt]).toEqual(['VERY_LOW', '2026-06-06T22:00:00.000Z', '2026-06-06T22:00:00.000Z']);
    expect(shown.reviews.find(review => review.reviewId === reviewId)?.reviewer).toBe(idOf('sita'));
  }, 120_000);

  it('S04 nobody reviews: it stands against her, and at midnight SYSTEM raises to LOW by V03 and tells sergeant and inspector', async () => {
    await story.to('2026-06-06T22:59:00.000Z');
    const before = await rowed.view();
    expect([before.level, before.nextReviewAt !== undefined, before.reviews.find(review => review.reviewId === reviewId)?.missedBy]).toEqual(['VERY_LOW', true, idOf('sita')]);
    await story.to('2026-06-06T23:00:00.000Z');
    const shown = await rowed.view();
    expect([shown.level, shown.isProvisional, shown.assessments.at(-1)]).toEqual(['LOW', true, expect.objectContaining({ changeType: 'RAISE', by: 'system' })]);
    expect(shown.nextReviewAt).toBeDefined();
    const facts = await audit(story, rowed.recordId);
    expect(facts.filter(({ what }) => what === 'RiskRaised').map(({ by, about }) => [by, about['rule'], about['level']])).toEqual([['system', 'V03', 'LOW']]);
    expect(facts.filter(({ what, about }) => what === 'ReviewMissed' && about['review'] === reviewId).map(({ about }) => about['reviewer'])).toEqual([idOf('sita')]);
    for (const who of ['sita', 'ivan'] as const) expect(cardsTo(story, who, rowed.recordId).filter(({ summary }) => summary.startsWith('The risk was raised'))).toHaveLength(1);
  }, 120_000);

  it('S04 at 09:00 his account is silent: the officer raises to MEDIUM; no level was ever lower, and a review always lies ahead', async () => {
    await story.to('2026-06-07T08:00:00.000Z');
    await rowed.must('oscar', 'risk/raise', { level: 'MEDIUM', reason: 'His account has been silent since noon.' });
    const shown = await rowed.view();
    expect([shown.level, neverLower(shown), shown.assessments.map(({ level }) => level)]).toEqual(['MEDIUM', true, expect.arrayContaining(['VERY_LOW', 'LOW', 'MEDIUM'])]);
    expect(Date.parse(shown.nextReviewAt ?? '')).toBeGreaterThan(Date.parse('2026-06-06T22:00:00.000Z'));
  }, 120_000);
});

describe('S05 downgrade without rationale', () => {
  const reasons = 'Seen at the bus station at 08:40, alone, calm and dressed for the day.';
  const sighting = { place: 'Bus station', source: 'A driver', reliability: 'UNTESTED', match: 4 };
  let record: Told;
  let sightingId: string;
  const propose = (rationale: string, informationIds: readonly string[]): Promise<string> => record.try('sita', 'risk/propose-reduce', { to: 'MEDIUM', rationale, informationIds });

  it('S05 too short is refused first, then no new information, each by its code; the level stays HIGH', async () => {
    await story.to('2026-06-08T06:00:00.000Z');
    record = await opened(story, { form: { givenName: 'Lee', familyName: 'Example' }, level: 'MEDIUM' });
    await confirmed(record, 'MEDIUM', 'sita');
    await record.must('oscar', 'risk/raise', { level: 'HIGH', reason: 'Left a farewell to his sister.' });
    await confirmed(record, 'HIGH', 'ivan');
    await story.to('2026-06-08T08:05:00.000Z');
    expect(await propose('time passed', [])).toBe('409 RATIONALE_TOO_SHORT');
    expect(await propose('Much time has passed and nothing has happened in all of it.', [])).toBe('409 NO_NEW_INFORMATION');
    expect((await record.view()).level).toBe('HIGH');
  }, 120_000);

  it('S05 with the sighting by its id it may be proposed; herself she may not approve, nor may the inspector from HIGH; the superintendent approves at 09:20', async () => {
    await record.must('oscar', 'sightings', { from: '2026-06-08T07:40:00.000Z', ...sighting });
    sightingId = (await record.view()).sightings[0]?.sightingId ?? '';
    expect(await propose(reasons, [sightingId])).toBe('202');
    expect(await record.try('sita', 'risk/approve-reduce')).toBe('403 not-permitted');
    // An inspector approves a reduction, but none from HIGH, and nobody their own.
    expect(await record.try('ivan', 'risk/approve-reduce')).toBe('409 ROLE_DENIED');
    expect([(await record.view()).level, (await record.view()).proposedLevel]).toEqual(['HIGH', 'MEDIUM']);
    await story.to('2026-06-08T08:20:00.000Z');
    expect((await record.view()).level).toBe('HIGH');
    await record.must('suki', 'risk/approve-reduce');
    const shown = await record.view();
    expect([shown.level, shown.proposedLevel, shown.assessments.at(-1)?.changeType]).toEqual(['MEDIUM', undefined, 'REDUCE']);
    expect(await record.try('sita', 'risk/propose-reduce', { to: 'LOW', rationale: `${reasons} And still so.`, informationIds: [sightingId] })).toBe('409 NO_NEW_INFORMATION');
  }, 120_000);

  it('S05 every refused try is in the audit with its code and who tried', async () => {
    const refused = (await audit(story, record.recordId)).filter(({ what }) => what === 'CommandRefused').map(({ by, about }) => [by, about['command'], about['code']]);
    expect(refused.slice(0, 2)).toEqual([[idOf('sita'), 'ProposeReduce', 'RATIONALE_TOO_SHORT'], [idOf('sita'), 'ProposeReduce', 'NO_NEW_INFORMATION']]);
    expect(refused).toContainEqual([idOf('ivan'), 'ApproveReduce', 'ROLE_DENIED']);
  });

  it('S05 an inspector who proposed cannot approve what they proposed, and both are refused by name', async () => {
    const lower = { to: 'LOW', rationale: 'He rang his sister at noon, is with a friend and comes back tomorrow.' };
    await record.must('oscar', 'information', { text: 'He rang his sister at noon.', isRestricted: true });
    const { information } = await record.view();
    await record.must('ivan', 'risk/propose-reduce', { ...lower, informationIds: [information.at(0)?.id] });
    expect(await record.try('ivan', 'risk/approve-reduce')).toBe('409 SEGREGATION');
    expect((await audit(story, record.recordId)).filter(({ about }) => about['code'] === 'SEGREGATION').map(({ by }) => by)).toEqual([idOf('ivan')]);
    await record.must('ida', 'risk/approve-reduce');
    expect((await record.view()).level).toBe('LOW');
    await story.to(plus(story.now(), { minutes: 1 }));
    expect((await record.view()).nextReviewAt).toBeDefined();
  }, 120_000);
});
