import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Client } from '../../support/client.ts';
import { agree, ask, give, linkIn, opened, phone, phoneWith, stands } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';
import { bodies, requesters } from './bodies.ts';
import { expectSealed } from './seal.ts';
import { buttonsOf, cardFor, cardsOf, comeIn, linkFrom, press, seen, sessionOf, startStory, textsTo, type Story } from './support.ts';

let story: Story;
let dora: Client;
beforeAll(async () => {
  story = await startStory();
  dora = story.as('dora.domestic');
});
afterAll(async () => { await story.stop(); });

const { DA: request } = bodies;
const confirm = { method: 'LIVE_VOICE', onVoiceCall: true } as const;
const sessionsOf = z.object({ sessions: z.array(z.object({ externalRef: z.string() })) });

/** Whether the provider ever heard of this request. */
async function hasSession(requestId: string): Promise<boolean> {
  return sessionsOf.parse(await story.simulators.provider.control('sessions')).sessions.some(({ externalRef }) => externalRef === requestId);
}

/** Held, confirmed on the call, sent. */
async function sent(number: string): Promise<string> {
  const requestId = await opened(dora, { ...request, msisdn: number });
  await stands(dora, requestId, 'SAFETY_HELD');
  expect((await give(dora, requestId, 'confirm-safe', confirm)).status).toBe(202);
  await stands(dora, requestId, 'SENT', 'DELIVERED');
  return requestId;
}

describe('domestic abuse, from eligibility to the outcome', () => {
  it('eligible, held, confirmed on the call, neutral text and page, let in, consent, session, outcome, and nothing automatic after the end', async () => {
    const number = phone('301');
    const refused = await ask(dora, { ...request, da: { ...request.da, noImmediateMedicalNeed: false }, msisdn: number });
    expect([refused.status, refused.json['code']]).toEqual([409, 'ELIGIBILITY_FAILED']);

    const requestId = await opened(dora, { ...request, msisdn: number });
    expect((await stands(dora, requestId, 'SAFETY_HELD')).json).toMatchObject({ neutral: true, safetyRule: 'hold-safeguarding' });
    const hold = await cardFor(story, requestId, { login: 'dora.domestic', words: /Held for a safety check/ });
    expect(buttonsOf(hold)).toEqual([]);
    expect(JSON.stringify(hold.card)).toContain('Protected task');
    await story.settle();
    expect([textsTo(story, number), await hasSession(requestId)]).toEqual([[], false]);

    expect((await give(dora, requestId, 'confirm-safe', confirm)).status).toBe(202);
    await stands(dora, requestId, 'SENT', 'DELIVERED');
    const [message = ''] = textsTo(story, number);
    expect(message).toMatch(/^Your call link: http:\/\/localhost:\d+\/live\/[A-Za-z0-9]{12}$/);
    expect(story.simulators.notify.messages().find(({ to }) => to === number)).toMatchObject({ service: 'neutral', from: 'CallLink' });
    expect(message.endsWith(String((await seen(dora, requestId)).json['linkEnding']))).toBe(true);

    const device = phoneWith(linkFrom(message));
    const landing = await device.look();
    expect(landing.html).not.toMatch(/police|abuse|crime|101|cheshire/i);
    const { before, after } = await comeIn(device, async () => {
      await until(() => seen(dora, requestId), answer => answer.json['joined'] === true);
      return await give(dora, requestId, 'let-in');
    });
    expect(before).not.toMatch(/police|abuse|crime|101|cheshire/i);
    expect(after).toMatch(/Cheshire/);
    expect(after).not.toContain('GS-');
    await agree(device, ['VIDEO', 'SOUND', 'LOCATION']);
    await press(await sessionOf(device), 'join', { scenario: '001' });
    await stands(dora, requestId, 'ENDED');
    expect((await give(dora, requestId, 'outcome', { code: 'DASH_COMPLETED' })).json['code']).toBe('OUTCOME_NOT_ALLOWED');
    expect((await give(dora, requestId, 'outcome', { code: 'DASH_COMPLETED', detail: 'M' })).status).toBe(202);
    expect((await stands(dora, requestId, 'CLOSED')).json).toMatchObject({ outcome: 'DASH_COMPLETED', outcomeDetail: 'M' });
    await expectSealed(story, { requestId, number, secrets: ['IML', 'Domestic', 'domestic abuse'] });
    expect(textsTo(story, number)).toEqual([message]);
    const nowhere = await fetch(`${new URL(device.link).origin}/live/${'a'.repeat(12)}`);
    expect(await (await fetch(device.link)).text()).not.toMatch(/police|101|cheshire/i);
    expect(nowhere.status).toBe(404);
  });

  it('a second text needs a second confirmation; the first link then says nothing', async () => {
    const number = phone('302');
    const requestId = await sent(number);
    const held = await give(dora, requestId, 'resend');
    expect([held.status, held.json['code']]).toEqual([409, 'SAFETY_HOLD']);
    expect(textsTo(story, number)).toHaveLength(1);
    expect((await give(dora, requestId, 'confirm-safe', confirm)).status).toBe(202);
    expect((await give(dora, requestId, 'resend')).status).toBe(202);
    await until(() => Promise.resolve(textsTo(story, number)), texts => texts.length === 2, 15_000);
    await stands(dora, requestId, 'SENT', 'DELIVERED');
    const [old, fresh] = textsTo(story, number).map(linkFrom);
    const wrong = await fetch(`${new URL(old ?? '').origin}/live/${'b'.repeat(12)}`);
    const dead = await fetch(old ?? '');
    expect([dead.status, await dead.text()]).toEqual([404, await wrong.text()]);
    expect((await fetch(fresh ?? '')).status).toBe(200);
    // The last one of the area: there is no third.
    expect((await give(dora, requestId, 'confirm-safe', confirm)).status).toBe(202);
    expect((await give(dora, requestId, 'resend')).json['code']).toBe('RESEND_LIMIT');
    await story.pass(16 * 60);
    await stands(dora, requestId, 'EXPIRED');
    expect((await give(dora, requestId, 'outcome', { code: 'VICTIM_CHOSE_IN_PERSON' })).status).toBe(202);
    await stands(dora, requestId, 'CLOSED');
    await expectSealed(story, { requestId, number, secrets: ['IML'], mayHaveNoCard: true });
    expect(textsTo(story, number)).toHaveLength(2);
  });

  it('quick exit: aborted, somebody is told, and no area can text that number', async () => {
    const number = phone('303');
    const requestId = await sent(number);
    const device = phoneWith(await linkIn(story, number));
    await comeIn(device, () => give(dora, requestId, 'let-in'));
    await agree(device, ['VIDEO', 'SOUND', 'LOCATION']);
    const left = await device.press('exit');
    expect([left.status, left.headers.get('location')]).toEqual([303, `${new URL(device.link).origin}/`]);
    const { json } = await stands(dora, requestId, 'ABORTED_SAFETY');
    expect(json['safety']).toBeDefined();
    expect((await device.look()).status).toBe(404);
    await cardFor(story, requestId, { login: 'dan.sergeant', words: /Call back by voice/ });
    await cardFor(story, requestId, { login: 'dora.domestic', words: /Call back by voice/ });
    await story.settle();
    for (const [area, body] of Object.entries(bodies)) {
      const other = await opened(story.as(requesters[body.area]), { ...body, msisdn: number, onVoiceCall: true, askedAndSafe: true });
      expect([area, (await stands(story.as(requesters[body.area]), other, 'BLOCKED_UNSAFE')).json['safetyRule']]).toEqual([area, 'block-unsafe-list']);
    }
    expect((await give(dora, requestId, 'resend')).status).toBe(409);
    await story.pass(3 * 3600);
    expect(textsTo(story, number)).toHaveLength(1);
    expect((await give(dora, requestId, 'outcome', { code: 'CONVERTED_TO_DEPLOYMENT' })).status).toBe(202);
    await stands(dora, requestId, 'CLOSED');
    expect(cardsOf(story, requestId).length).toBeGreaterThanOrEqual(3);
    await expectSealed(story, { requestId, number, secrets: ['IML'] });
    expect(textsTo(story, number)).toHaveLength(1);
  });
});
