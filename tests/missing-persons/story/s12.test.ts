import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reported } from '../../support/missing.ts';
import { accepted, confirmed, idOf, seen, startStory, taskIn, tasksIn, told, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
/** Good Friday of 2027 is 26 March, Easter Monday the 29th. */
const days = ['2027-01-21T20:00:00.000Z', '2027-02-10T20:00:00.000Z', '2027-03-24T20:00:00.000Z'] as const;
beforeAll(async () => {
  story = await startStory(days[0]);
}, 120_000);
afterAll(async () => { await story.stop(); });

/** She is not back again: same home, same companion; whoever screens it sees the matches and confirms the person. */
async function again(matchesSeen: readonly string[]): Promise<Told> {
  const record = told(story, await reported(story.as('carrie'), {
    givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back', withWhom: 'Lee Sample', informantName: 'Sam Carer', informantPhone: '01632 960001', worries: 'Not back for the curfew again', laResponsible: 'Cheshire East',
  }, '/api/missing-care-reports'));
  const matches = await story.as('cora').get(`/api/missing-persons/${record.recordId}/matches`);
  for (const id of matchesSeen) expect(JSON.stringify(matches.json)).toContain(id);
  await accepted(record, { level: 'MEDIUM', matchesSeen });
  return record;
}

async function back(record: Told, more: object = {}): Promise<void> {
  await confirmed(record, 'MEDIUM', 'sita');
  await seen(story, record, { place: 'Crewe', returnPlace: 'PLACEMENT', ...more });
}

describe('S12 repeat missing', () => {
  let first: Told;
  let third: Told;

  it('S12 two episodes in three weeks reach no threshold, and the second shows how the first ended', async () => {
    first = await again([]);
    await back(first);
    await story.to(days[1]);
    const second = await again([first.recordId]);
    const shown = await second.view();
    expect([shown.tasks.some(({ taskId }) => taskId.startsWith('X13')), shown.earlierReturns.map(({ where, withWhom }) => [where, withWhom]), shown.seenBefore]).toEqual([false, [['Crewe', 'Lee Sample']], []]);
    await back(second);
    // The coordinator agrees with the placement what is done first the next time.
    const firstActions = ['Ring her brother', 'Look at the skate park', 'Ask the bus company', 'Ring Lee Sample', 'Look at the station', 'Ask the school'].map((text, n) => ({ text, ownerRole: 'ATTENDING', withinMinutes: 30 * (n + 1) }));
    await second.must('mo', 'trigger-plan', { state: 'AGREED', firstActions, agreedWith: ['Cheshire East', 'Sample House'], agreedOn: story.now().slice(0, 10), reviewOn: '2027-09-01' });
  }, 120_000);

  it('S12 the third in 62 days: the banner has both returns and the same companion; the meeting is due in five working days, over Good Friday and Easter Monday', async () => {
    await story.to(days[2]);
    third = await again([first.recordId]);
    const shown = await third.view();
    // AT: the first five actions of the plan are tasks of their own, each from the report on.
    expect(tasksIn(shown, 'TP').map(({ title, ownerRole, state }) => [title, ownerRole, state])).toEqual(['Ring her brother', 'Look at the skate park', 'Ask the bus company', 'Ring Lee Sample', 'Look at the station'].map(text => [expect.stringContaining(text), 'ATTENDING', 'TODO']));
    expect([shown.earlierReturns.map(({ where, withWhom, harm }) => [where, withWhom, harm]), shown.seenBefore]).toEqual([[['Crewe', 'Lee Sample', undefined], ['Crewe', 'Lee Sample', undefined]], ['lee sample']]);
    expect(taskIn(shown, 'X13')).toMatchObject({ dueAt: '2027-04-02T16:00:00.000Z', ownerUserId: idOf('mo') });
    // Each episode is assessed afresh, and its own floor alone holds it.
    expect([shown.assessments.map(({ seq, changeType }) => [seq, changeType]), shown.floors.map(({ rule }) => rule)]).toEqual([[[1, 'INITIAL']], ['F3']]);
    await story.settle();
    expect(JSON.stringify((await story.as('mo').get('/api/missing-repeat')).json)).toContain(third.recordId);
  }, 120_000);

  it('S12 back: the plan is reviewed in five working days, and closure waits for it', async () => {
    await back(third, { wellBeing: 'HARMED', condition: 'Assaulted' });
    await third.must('sita', 'confirm-verification');
    expect(await third.task('P12')).toMatchObject({ dueAt: '2027-04-02T16:00:00.000Z', blocksClose: true });
    await third.must('oscar', 'propose-close', { summary: 'Back at the placement, seen by an officer.' });
    expect(await third.try('ivan', 'close')).toBe('409 CLOSE_GUARD');
    // The harm of the last time stands first in the banner of the next.
    const fourth = told(story, await reported(story.as('carrie'), { givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back', informantName: 'Sam Carer', informantPhone: '01632 960001', worries: 'Gone again in the night' }, '/api/missing-care-reports'));
    await fourth.must('cora', 'answers', { answers: ['Q01', 'Q02', 'Q03', 'Q04', 'Q05', 'Q06', 'Q07', 'Q08', 'Q09', 'Q10', 'Q11', 'Q12'].map(question => ({ question, value: 'NO' })) });
    await fourth.must('cora', 'screen', { thrive: 'Gone again.', level: 'HIGH', matchesSeen: [third.recordId] });
    await fourth.must('cora', 'accept', { rationale: 'Harmed the last time, and gone again.' });
    expect((await fourth.view()).earlierReturns[0]).toMatchObject({ harm: 'Assaulted' });
  }, 120_000);
});
