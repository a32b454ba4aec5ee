import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../../support/client.ts';
import { agree, ask, give, linkIn, objectIdOf, opened, phone, phoneWith, stands } from '../../support/liveLinks.ts';
import { bodies } from './bodies.ts';
import { expectSealed } from './seal.ts';
import { buttonsOf, cardFor, cardsOf, linesOf, press, seen, sessionOf, startStory, textsTo, type Story } from './support.ts';

let story: Story;
let mona: Client;
let dan: Client;
beforeAll(async () => {
  story = await startStory();
  mona = story.as('mona.offender');
  dan = story.as('dan.sergeant');
});
afterAll(async () => { await story.stop(); });

const request = { ...bodies.SOM, personName: 'Ash Example' };

/** Asked for, authorised by the sergeant in the app, sent. */
async function sent(number: string): Promise<string> {
  const requestId = await opened(mona, { ...request, msisdn: number });
  await stands(mona, requestId, 'AUTH_PENDING');
  expect((await give(dan, requestId, 'authorise', { decision: 'APPROVED' })).status).toBe(202);
  await stands(mona, requestId, 'SENT', 'DELIVERED');
  return requestId;
}

describe('sex offender management, from authority to the outcome', () => {
  it('authority by the sergeant in the app, plain text, stopwatch, distance from the registered address, doubt makes a visit, no line in the log', async () => {
    const number = phone('401');
    const requestId = await opened(mona, { ...request, msisdn: number });
    expect((await stands(mona, requestId, 'AUTH_PENDING')).json).toMatchObject({ authority: 'NEEDED', authorityWhy: 'always' });
    const card = await cardFor(story, requestId, { login: 'dan.sergeant', words: /Authority needed/ });
    expect([buttonsOf(card), JSON.stringify(card.card).includes('Protected task')]).toEqual([[], true]);
    const onCard = await story.simulators.teams.act({ activityId: card.activityId, verb: 'goodsam.approve', data: { requestId, caseEtag: 'x' }, as: objectIdOf('dan.sergeant') });
    expect(onCard).toMatchObject({ answer: { statusCode: 403 } });
    expect((await give(mona, requestId, 'authorise', { decision: 'APPROVED' })).status).toBe(403);
    expect((await seen(mona, requestId)).json['state']).toBe('AUTH_PENDING');
    expect((await seen(story.as('carl.controller'), requestId)).status).toBe(404);
    expect((await give(dan, requestId, 'authorise', { decision: 'APPROVED' })).status).toBe(202);
    await stands(mona, requestId, 'SENT', 'DELIVERED');
    expect(textsTo(story, number)[0]).toMatch(/^Your appointment is ready\. Join by video now: http\S+ Ref GS-[A-Z\d]{4}-[A-Z\d]{4}\.$/);

    const device = phoneWith(await linkIn(story, number));
    await story.pass(75);
    await device.press('continue', { step: 'READ' });
    const { json } = await stands(mona, requestId, 'OPENED');
    expect(json['startToAnswerSeconds']).toBeGreaterThanOrEqual(74);
    expect(json['startToAnswerSeconds']).toBeLessThan(120);
    await agree(device, ['VIDEO', 'SOUND', 'LOCATION']);
    await press(await sessionOf(device), 'join', { scenario: '020' });
    const ended = await stands(mona, requestId, 'ENDED');
    expect(ended.json['distanceM']).toBeGreaterThan(39_000);
    expect(ended.json['distanceM']).toBeLessThan(41_000);
    expect((await give(mona, requestId, 'outcome', { code: 'ADDRESS_DOUBT' })).status).toBe(202);
    await stands(mona, requestId, 'CLOSED');
    await cardFor(story, requestId, { login: 'mona.offender', words: /Make a visit/ });
    await expectSealed(story, { requestId, number, secrets: ['Ash Example', 'IML', 'offender', 'Offender'] });
    expect(linesOf(story, requestId)).toEqual([]);
  });

  it('no answer: a task on the same day, and the outcome closes it', async () => {
    const number = phone('402');
    const requestId = await sent(number);
    await story.pass(301);
    await stands(mona, requestId, 'NO_ANSWER');
    await cardFor(story, requestId, { login: 'mona.offender', words: /Make a visit/ });
    await story.pass(5 * 60);
    expect((await stands(mona, requestId, 'EXPIRED')).json['outcomeDueAt']).toMatch(/T(?:23:59|22:59):00/);
    expect((await give(mona, requestId, 'outcome', { code: 'NO_ANSWER' })).status).toBe(202);
    await stands(mona, requestId, 'CLOSED');
    await expectSealed(story, { requestId, number, secrets: ['Ash Example', 'IML', 'offender'] });
    expect(linesOf(story, requestId)).toEqual([]);
    expect(textsTo(story, number)).toHaveLength(1);
  });

  it('a high risk is refused without a reason, and with one the sergeant must tick the override', async () => {
    const high = { ...request, som: { ...request.som, riskLevel: 'HIGH' }, msisdn: phone('403') };
    const refused = await ask(mona, high);
    expect([refused.status, refused.json['code']]).toEqual([422, 'RISK_TOO_HIGH']);
    const requestId = await opened(mona, { ...high, som: { ...high.som, overrideReason: 'Visited in person yesterday.' } });
    await stands(mona, requestId, 'AUTH_PENDING');
    // Decided before its card was out, it would need none.
    await cardFor(story, requestId, { login: 'dan.sergeant', words: /Protected task/ });
    expect((await give(dan, requestId, 'authorise', { decision: 'APPROVED' })).json['code']).toBe('RISK_TOO_HIGH');
    expect((await give(dan, requestId, 'authorise', { decision: 'APPROVED', overrideTicked: true })).status).toBe(202);
    await stands(mona, requestId, 'SENT', 'DELIVERED');
    expect((await give(mona, requestId, 'cancel', { reason: 'VISITED_INSTEAD' })).status).toBe(202);
    await stands(mona, requestId, 'CANCELLED');
    expect((await give(mona, requestId, 'outcome', { code: 'VISIT_REQUIRED' })).status).toBe(202);
    await stands(mona, requestId, 'CLOSED');
    expect(cardsOf(story, requestId, 'dan.sergeant')).toHaveLength(1);
    await expectSealed(story, { requestId, number: phone('403'), secrets: ['Ash Example', 'IML'] });
  });
});
