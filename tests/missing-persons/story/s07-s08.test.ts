import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { showLondon } from '../../../functions/missing-persons/rules/clock/show.ts';
import { audit, confirmed, opened, plus, seen, startStory, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
/** Sat 28 March 2026, the day before the clocks go forward. */
const spring = '2026-03-28T13:30:00.000Z';
/** 23:00 BST on the evening before they go back. */
const autumn = '2026-10-24T22:00:00.000Z';
beforeAll(async () => {
  story = await startStory(plus(spring, { seconds: -5 }), { reviews: { shiftStarts: ['01:30'] } });
  await story.to(spring);
}, 120_000);
afterAll(async () => { await story.stop(); });

const bySergeant = 'MEDIUM_SGT@';

describe('S07 spring forward', () => {
  let high: Told;
  let medium: Told;

  it('S07 twelve hours are twelve hours: the inspector\'s review is at 01:30Z, which is 02:30 BST; 01:30 is shown nowhere', async () => {
    high = await opened(story, { form: { callStartedAt: spring }, factors: ['NOTE_LEFT'], level: 'HIGH' });
    medium = await opened(story, { form: { callStartedAt: spring, givenName: 'Lee', familyName: 'Example' }, level: 'MEDIUM' });
    await confirmed(medium, 'MEDIUM', 'sita');
    const { reviews, tasks } = await high.view();
    expect(reviews.map(({ reviewId }) => reviewId)).toContain('HIGH_INSP@2026-03-29T01:30:00.000Z');
    expect(showLondon('2026-03-29T01:30:00.000Z')).toBe('Sun 29 Mar 02:30 BST');
    expect([...reviews, ...tasks].map(({ dueAt }) => showLondon(dueAt)).filter(text => /^Sun 29 Mar 01:\d\d/.test(text))).toEqual([]);
  }, 120_000);

  it('S07 a shift that begins at 01:30 has one review in that night, and it fires once', async () => {
    await story.to('2026-03-29T01:30:00.000Z');
    await story.to('2026-03-30T12:00:00.000Z');
    const { reviews } = await medium.view();
    const ids = reviews.filter(({ reviewId, dueAt }) => reviewId.startsWith(bySergeant) && dueAt < '2026-03-31T00:00:00.000Z').map(({ dueAt }) => dueAt);
    expect(ids).toEqual(['2026-03-29T01:30:00.000Z', '2026-03-30T00:30:00.000Z']);
    const fired = (await audit(story, medium.recordId)).filter(({ about }) => about['review'] === `${bySergeant}2026-03-29T01:30:00.000Z`);
    expect([fired.filter(({ what }) => what === 'ReviewMissed').length, fired.filter(({ about }) => about['step'] === 'DUE').length]).toEqual([1, 1]);
  }, 120_000);

  it('S07 an officer who types 01:30 on 29 March is told that there is no such time', async () => {
    const answer = await story.as('cora').post('/api/missing-persons', { body: { channel: 'PHONE_101', callStartedAt: story.now(), givenName: 'Sam', lastSeenPlace: 'Sample Park', lastSeenFrom: '2026-03-29T01:30:00', informantPhone: '01632 960002' } });
    expect(answer.status).toBe(422);
    const care = await story.as('carrie').post('/api/missing-care-reports', { body: { givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenDay: '29', lastSeenMonth: '03', lastSeenYear: '2026', lastSeenTime: '01:30', informantName: 'Sam Carer', informantPhone: '01632 960001' } });
    expect([care.status, JSON.stringify(care.json)]).toEqual([422, expect.stringContaining('TIME_NONEXISTENT')]);
    for (const record of [high, medium]) await seen(story, record);
  }, 120_000);
});

describe('S08 autumn back', () => {
  let record: Told;

  it('S08 the 72 hours of the UK Missing Persons Unit end at 22:00 GMT, and the limit fires once', async () => {
    await story.to(autumn);
    record = await opened(story, { form: { callStartedAt: autumn, givenName: 'Una', familyName: 'Sample' }, level: 'MEDIUM' });
    await confirmed(record, 'MEDIUM', 'sita');
    const { hardDueAt = '' } = await record.task('M05');
    expect([hardDueAt, showLondon(hardDueAt)]).toEqual(['2026-10-27T22:00:00.000Z', 'Tue 27 Oct 22:00 GMT']);
  }, 120_000);

  it('S08 a sighting at 01:30 must say which; the one in BST sorts before the one in GMT, whichever came in first', async () => {
    await story.to('2026-10-25T10:00:00.000Z');
    const at = (from: string, place: string): Promise<string> => record.try('oscar', 'sightings', { from, place, source: 'A driver', reliability: 'UNTESTED', match: 3 });
    expect(await at('2026-10-25T01:30:00', 'Nowhere')).toMatch(/^422/);
    expect([await at('2026-10-25T01:30:00+00:00', 'Second'), await at('2026-10-25T01:30:00+01:00', 'First')]).toEqual(['202', '202']);
    expect((await record.view()).sightings.map(({ place, from }) => [place, from, showLondon(from)])).toEqual([['First', '2026-10-25T00:30:00.000Z', 'Sun 25 Oct 01:30 BST'], ['Second', '2026-10-25T01:30:00.000Z', 'Sun 25 Oct 01:30 GMT']]);
    const care = await story.as('carrie').post('/api/missing-care-reports', { body: { givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenDay: '25', lastSeenMonth: '10', lastSeenYear: '2026', lastSeenTime: '01:30', informantName: 'Sam Carer', informantPhone: '01632 960001' } });
    expect([care.status, JSON.stringify(care.json)]).toEqual([422, expect.stringContaining('TIME_AMBIGUOUS')]);
  }, 120_000);

  it('S08 the shift at 01:30 is reviewed once in the night in which there are two, and no step of any ladder fires twice', async () => {
    await story.to('2026-10-26T12:00:00.000Z');
    const { reviews } = await record.view();
    expect(reviews.filter(({ reviewId, dueAt }) => reviewId.startsWith(bySergeant) && dueAt < '2026-10-27T00:00:00.000Z').map(({ dueAt }) => dueAt)).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
    const fired = (await audit(story, record.recordId)).filter(({ what }) => what === 'TaskEscalated' || what === 'ReviewEscalated').map(({ about, at }) => [about['task'] ?? about['review'], about['step'], about['step'] === 'REPEAT' ? at : ''].join(' '));
    expect(fired.length).toBeGreaterThan(10);
    expect(fired.filter((item, n) => fired.indexOf(item) !== n)).toEqual([]);
  }, 120_000);
});
