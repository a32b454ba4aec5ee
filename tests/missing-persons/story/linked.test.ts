import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBundle } from '../../support/redaction.ts';
import { audit, called, idOf, opened, seen, startStory, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
let one: Told;
let other: Told;
const linksOf = async (record: Told) => (await record.view()).work.filter(({ kind }) => kind === 'LINK').map(({ id, what, state }) => [id, what, state]);
beforeAll(async () => {
  story = await startStory('2026-06-01T09:00:00.000Z');
  one = await opened(story, { form: { givenName: 'Mia', familyName: 'Sample', age: '15' }, level: 'MEDIUM' });
  other = await opened(story, { form: { givenName: 'Zoe', familyName: 'Example', age: '14', informantPhone: '01632 960004' }, level: 'MEDIUM' });
}, 120_000);
afterAll(async () => { await story.stop(); });

describe('15.4: two who went missing together', () => {
  it('are linked by a word on one case; the other says the same, once, however often it hears it', async () => {
    await one.must('oscar', 'links', { otherId: other.recordId, step: 'LINK', reason: 'They left school together' });
    await story.settle();
    expect(await linksOf(one)).toEqual([[other.recordId, (await other.view()).ref, 'LINKED']]);
    expect(await linksOf(other)).toEqual([[one.recordId, (await one.view()).ref, 'LINKED']]);
    expect(await other.try('oscar', 'links', { otherId: one.recordId, step: 'LINK', reason: 'They left together' })).toBe('409 GUARD_UNMET');
    expect((await audit(story, other.recordId)).filter(({ what }) => what === 'CasesLinked').map(({ by, about }) => [by, about['other']])).toEqual([['system', one.recordId]]);
  }, 60_000);

  it('what is no case, is this one, or may not be opened, is refused in the same words', async () => {
    const hidden = await opened(story, { form: { givenName: 'Ian', familyName: 'Hidden', age: '40', informantPhone: '01632 960005' }, level: 'MEDIUM' });
    await hidden.must('ivan', 'access', { tier: 'CONFIDENTIAL', userIds: [idOf('ida'), idOf('fay')], reason: 'A relative works here' });
    const link = { step: 'LINK', reason: 'They left together' };
    expect(await one.try('oscar', 'links', { ...link, otherId: one.recordId })).toBe('409 FIELD_INVALID');
    expect(await one.try('oscar', 'links', { ...link, otherId: 'a'.repeat(26) })).toBe('409 NOT_FOUND');
    expect(await one.try('oscar', 'links', { ...link, otherId: hidden.recordId })).toBe('409 NOT_FOUND');
    expect(await one.try('oscar', 'links', { ...link, otherId: 'no id' })).toMatch(/^422/);
  }, 60_000);

  it('the link is taken back on the other case, and both say so', async () => {
    await other.must('sita', 'links', { otherId: one.recordId, step: 'UNLINK', reason: 'They met by chance' });
    await story.settle();
    expect([...await linksOf(one), ...await linksOf(other)].map(([, , state]) => state)).toEqual(['UNLINKED', 'UNLINKED']);
    expect(await one.try('oscar', 'links', { otherId: other.recordId, step: 'UNLINK', reason: 'They met by chance' })).toBe('409 GUARD_UNMET');
  }, 60_000);

  it('a report that is no case yet can be linked too', async () => {
    const report = await called(story, { givenName: 'Kai', familyName: 'Third', informantPhone: '01632 960006' });
    await report.must('cora', 'links', { otherId: one.recordId, step: 'LINK', reason: 'Their brother' });
    await story.settle();
    expect((await linksOf(one)).find(([id]) => id === report.recordId)?.slice(1)).toEqual(['A report', 'LINKED']);
  }, 60_000);
});

describe('the id of a case of another room', () => {
  it('is no id here: 404, and a command about it finds nothing', async () => {
    const bundleId = await openBundle(story.missing.links.as('sam.caseworker'));
    expect((await story.as('oscar').get(`/api/missing-persons/${bundleId}`)).status).toBe(404);
    expect((await story.as('oscar').post(`/api/missing-persons/${bundleId}/information`, { body: { text: 'Seen in Crewe' } })).status).toBe(404);
    expect(await one.try('oscar', 'links', { otherId: bundleId, step: 'LINK', reason: 'They left together' })).toBe('409 NOT_FOUND');
  }, 60_000);
});

describe('15.4: found and not safe to return', () => {
  const place = { to: 'HOME', isSafeToReturn: true, transportedBy: 'S12', receivedBy: 'Her mother', isWarrantAndBailChecked: true };
  it('is recorded once the person is found: who brings, who receives, whether it is safe; each word is kept', async () => {
    expect(await other.try('abby', 'return-placement', place)).toBe('409 TRANSITION_NOT_ALLOWED');
    await other.must('cora', 'located', { reportedBy: 'Her aunt', at: story.now(), place: 'At her aunt', how: 'By telephone' });
    await seen(story, other, { locatedAtReason: 'The aunt was not sure of the time' });
    expect(await other.try('abby', 'return-placement', { ...place, isSafeToReturn: false })).toBe('409 GUARD_UNMET');
    expect(await other.try('abby', 'return-placement', { ...place, to: 'ADULT_DECLINES' })).toBe('409 GUARD_UNMET');
    expect(await other.try('abby', 'return-placement', { ...place, isWarrantAndBailChecked: false })).toBe('409 EVIDENCE_MISSING');
    expect(await other.try('cora', 'return-placement', place)).toBe('403 not-permitted');
    await other.must('abby', 'return-placement', { ...place, to: 'POLICE_PROTECTION', isSafeToReturn: false, receivedBy: 'Kim Worker', detail: 'The man from whom she ran is there' });
    await other.must('oscar', 'return-placement', place);
    const { work } = await other.view();
    expect(work.filter(({ kind }) => kind === 'RETURN_PLACEMENT').map(({ state, what, by }) => [state, what, by])).toEqual([['NOT_SAFE', 'POLICE_PROTECTION; S12; Kim Worker', idOf('abby')], ['SAFE', 'HOME; S12; Her mother', idOf('oscar')]]);
  }, 60_000);
});
