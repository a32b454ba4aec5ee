import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { text, type Client } from '../../support/client.ts';
import { agree, give, linkIn, opened, phone, phoneWith, stands } from '../../support/liveLinks.ts';
import { bodies } from './bodies.ts';
import { expectSealed } from './seal.ts';
import { cardFor, cardsOf, linesOf, press, seen, sessionOf, startStory, textsTo, type Story } from './support.ts';

let story: Story;
let chris: Client;
beforeAll(async () => {
  story = await startStory();
  chris = story.as('chris.scene');
});
afterAll(async () => { await story.stop(); });

const form = {
  offenceType: 'burglary', volumeCrime: true, entryPoint: 'rear window', surfaces: ['glass'], wet: false, timeSinceH: 3, itemsMoved: false, bloodOrCellular: false,
  fingermark: 0, footwear: 0, toolmark: 0, dnaPotential: 0, digitalPotential: 0, preservationAdvice: 'Keep the rain off the sill.',
} as const;

/** Seen by video, ended, not scored yet. */
async function triaged(number: string): Promise<string> {
  const requestId = await opened(chris, { ...bodies.FOR, personName: 'Jo Example', msisdn: number });
  await stands(chris, requestId, 'SENT', 'DELIVERED');
  expect(textsTo(story, number)[0]).toMatch(/our examiner is ready by video\. Please touch nothing\./);
  const device = phoneWith(await linkIn(story, number));
  await agree(device, ['VIDEO', 'SOUND', 'LOCATION']);
  await press(await sessionOf(device), 'join', { scenario: '022' });
  await stands(chris, requestId, 'ENDED');
  await story.settle();
  return requestId;
}

/** The form is loaded again when evidence that came in made a new version of the request. */
async function score(requestId: string, body: object): Promise<number> {
  for (let n = 0; n < 20; n++) {
    const saved = await story.put('chris.scene', `/api/live-links/${requestId}/score`, { body, ifMatch: text(await seen(chris, requestId), 'etag') });
    if (saved.status !== 412) return saved.status;
  }
  return 412;
}

async function outcome(requestId: string, code: string): Promise<unknown> {
  const answer = await give(chris, requestId, 'outcome', { code });
  return answer.status === 202 ? 202 : answer.json['code'];
}

describe('forensics, from the scene by video to the decision', () => {
  it('a clear mark: attendance and nothing else, and the job for the examiner', async () => {
    const number = phone('501');
    const requestId = await triaged(number);
    expect(await outcome(requestId, 'ATTEND_SCHEDULED')).toBe('CHECKLIST_INCOMPLETE');
    expect(await score(requestId, { ...form, fingermark: 4, decision: 'NO_ATTEND' })).toBe(422);
    expect(await score(requestId, { ...form, fingermark: 2, decision: 'NO_ATTEND', decisionReason: 'Too far.' })).toBe(202);
    expect(await outcome(requestId, 'NO_ATTEND')).toBe('OUTCOME_NOT_ALLOWED');
    expect(await outcome(requestId, 'ATTEND_SCHEDULED')).toBe('CHECKLIST_INCOMPLETE');
    expect(await score(requestId, { ...form, fingermark: 2, decision: 'ATTEND_SCHEDULED' })).toBe(202);
    expect(await outcome(requestId, 'ATTEND_SCHEDULED')).toBe(202);
    await stands(chris, requestId, 'CLOSED');
    await cardFor(story, requestId, { login: 'chris.scene', words: /Send an examiner/ });
    await story.settle();
    expect(linesOf(story, requestId)).toEqual([expect.stringMatching(/ended\.$/), expect.stringMatching(/outcome ATTEND_SCHEDULED\.$/)]);
    await expectSealed(story, { requestId, number, secrets: ['Jo Example', 'burglary', 'rear window', 'IML'] });
  });

  it('no potential in volume crime: no attendance, with a reason, and the victim is told', async () => {
    const number = phone('502');
    const requestId = await triaged(number);
    expect(await score(requestId, { ...form, decision: 'ITEM_COLLECTION_ONLY', decisionReason: 'A glove.' })).toBe(202);
    expect(await outcome(requestId, 'ITEM_COLLECTION_ONLY')).toBe('OUTCOME_NOT_ALLOWED');
    expect(await score(requestId, { ...form, decision: 'NO_ATTEND' })).toBe(202);
    expect(await outcome(requestId, 'NO_ATTEND')).toBe('CHECKLIST_INCOMPLETE');
    expect(await score(requestId, { ...form, decision: 'NO_ATTEND', decisionReason: 'Nothing was touched.' })).toBe(202);
    expect(await outcome(requestId, 'NO_ATTEND')).toBe(202);
    await stands(chris, requestId, 'CLOSED');
    await cardFor(story, requestId, { login: 'chris.scene', words: /Tell the person the decision/ });
    await expectSealed(story, { requestId, number, secrets: ['Jo Example', 'burglary', 'IML'] });
  });

  it('all else: the examiner chooses, with a reason', async () => {
    const number = phone('503');
    const requestId = await triaged(number);
    expect(await score(requestId, { ...form, toolmark: 1, decision: 'REMOTE_PHOTO_SUFFICIENT' })).toBe(202);
    expect(await outcome(requestId, 'REMOTE_PHOTO_SUFFICIENT')).toBe('CHECKLIST_INCOMPLETE');
    expect(await score(requestId, { ...form, toolmark: 1, decision: 'REMOTE_PHOTO_SUFFICIENT', decisionReason: 'The mark shows on the picture.' })).toBe(202);
    expect(await outcome(requestId, 'REMOTE_PHOTO_SUFFICIENT')).toBe(202);
    await stands(chris, requestId, 'CLOSED');
    await story.settle();
    expect(cardsOf(story, requestId).filter(({ card }) => !JSON.stringify(card).includes('Evidence ready'))).toEqual([]);
    await expectSealed(story, { requestId, number, secrets: ['Jo Example', 'IML'] });
  });
});
