import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, type Client } from '../../support/client.ts';
import { ask, give, objectIdOf, opened, phone, stands } from '../../support/liveLinks.ts';
import { bodies } from './bodies.ts';
import { expectSealed } from './seal.ts';
import { buttonsOf, cardFor, cardsOf, linesOf, seen, startStory, textsTo, type Story } from './support.ts';

let story: Story;
let otto: Client;
let dee: Client;
beforeAll(async () => {
  story = await startStory();
  otto = story.as('otto.organised');
  dee = story.as('dee.inspector');
});
afterAll(async () => { await story.stop(); });

const { SOCU: request } = bodies;

describe('serious and organised crime, from authority to no contact', () => {
  it('refuses a source, and the requester as the second person', async () => {
    const source = await ask(otto, { ...request, socu: { ...request.socu, notChis: false }, msisdn: phone('701') });
    expect(source.json['code']).toBe('NOT_OVERT');
    const alone = await ask(otto, { ...request, socu: { ...request.socu, secondPerson: objectIdOf('otto.organised') }, msisdn: phone('701') });
    expect(alone.json['code']).toBe('ELIGIBILITY_FAILED');
    const mail = await ask(otto, { ...request, channel: 'EMAIL', email: 'alex@example.com' });
    expect(mail.json['code']).toBe('CHANNEL_NOT_ALLOWED');
  });

  it('inspector, named viewers, confirmation, neutral text, nobody answers, and the inspector is rung: no word of it anywhere', async () => {
    const number = phone('702');
    const requestId = await opened(otto, { ...request, personName: 'Max Example', msisdn: number });
    expect((await stands(otto, requestId, 'AUTH_PENDING')).json).toMatchObject({ authority: 'NEEDED', neutral: true });
    const card = await cardFor(story, requestId, { login: 'dee.inspector', words: /Task GS-[A-Z\d]{4}-[A-Z\d]{4} needs attention/ });
    expect(buttonsOf(card)).toEqual([]);
    // Those who are named see it, the rest of the unit and of the force do not.
    const looks = await Promise.all(['otto.organised', 'mona.offender', 'dee.inspector', 'una.unnamed', 'carl.controller'].map(async login => (await seen(story.as(login), requestId)).status));
    expect(looks).toEqual([200, 200, 200, 404, 404]);
    expect(rows(await story.as('una.unnamed').get('/api/live-links?area=SOCU')).filter(row => row['requestId'] === requestId)).toEqual([]);
    expect((await give(otto, requestId, 'share-view', { viewer: objectIdOf('una.unnamed') })).json['code']).toBe('AREA_FORBIDDEN');
    expect((await give(otto, requestId, 'authorise', { decision: 'APPROVED' })).status).toBe(403);

    expect((await give(dee, requestId, 'authorise', { decision: 'APPROVED' })).status).toBe(202);
    await stands(otto, requestId, 'SAFETY_HELD');
    expect(textsTo(story, number)).toEqual([]);
    expect((await give(otto, requestId, 'confirm-safe', { method: 'LIVE_VOICE', onVoiceCall: true })).status).toBe(202);
    await stands(otto, requestId, 'SENT', 'DELIVERED');
    expect(textsTo(story, number)).toEqual([expect.stringMatching(/^Here is the link you asked for: http:\/\/localhost:\d+\/live\/[A-Za-z0-9]{12}$/)]);

    await story.pass(601);
    await stands(otto, requestId, 'NO_ANSWER');
    await story.pass(20 * 60 + 5);
    await stands(otto, requestId, 'EXPIRED');
    expect((await give(otto, requestId, 'outcome', { code: 'NO_CONTACT' })).status).toBe(202);
    await stands(otto, requestId, 'CLOSED');
    await story.settle();
    // Two tasks of the inspector: authority, and the call.
    expect(cardsOf(story, requestId, 'dee.inspector')).toHaveLength(2);
    for (const { card: shown, history, summary } of cardsOf(story, requestId)) {
      const faces = JSON.stringify([shown, history.map(face => face.card), summary]);
      expect(faces).not.toMatch(/serious|organised|crime|SOCU|Authority|Held|Call back|contact/i);
    }
    await expectSealed(story, { requestId, number, secrets: ['Max Example', 'IML'] });
    expect(linesOf(story, requestId)).toEqual([]);
    expect(textsTo(story, number)).toHaveLength(1);
  });
});
