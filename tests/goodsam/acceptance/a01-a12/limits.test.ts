import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOf } from '../../../../functions/goodsam/tokens.ts';
import type { Client } from '../../../support/client.ts';
import { give, linkIn, opened, phone, phoneWith, stands, startLiveLinks, type LiveLinks } from '../../../support/liveLinks.ts';
import { until } from '../../../support/service.ts';
import { callInHand, providerCalls, sessionsOf, textsTo } from './support.ts';

let links: LiveLinks;
let carl: Client;
beforeAll(async () => {
  // Each call to the provider takes a second: long enough to press Cancel meanwhile.
  links = await startLiveLinks({ provider: { latency: { medianMs: 1_000, p95Ms: 1_000 } }, service: { faults: true } });
  carl = links.as('carl.controller');
});
afterAll(async () => { await links.stop(); });

const seeScene = (number: string) => ({ area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn: number, onVoiceCall: true, askedAndSafe: true });

/** The link that the person would hold; nobody was told it, so it is worked out as the app does. */
function linkOf(requestId: string): string {
  const { LINK_KEYS: key = '' } = links.simulators.environment;
  return `${links.url}/live/${tokenOf({ linkKeys: [key], addressKeys: ['unused'] }, requestId, 1)}`;
}

describe('cancel during sending', () => {
  it('A7 cancel during SENDING leaves no live link: the session is made, cancelled at the provider, and no text leaves', async () => {
    const requestId = await opened(carl, seeScene(phone('701')));
    await callInHand(links);
    expect((await carl.get(`/api/live-links/${requestId}`)).json['state']).toBe('SENDING');
    expect(await sessionsOf(links, requestId)).toEqual([]);
    expect((await give(carl, requestId, 'cancel', { reason: 'CALLER_SAID_SO' })).status).toBe(202);
    // The cancel was faster than the provider's answer: the session comes to be after it, and must not stay.
    await until(() => sessionsOf(links, requestId), found => found.some(({ status }) => status === 'CANCELLED'));
    await links.settle();
    expect((await carl.get(`/api/live-links/${requestId}`)).json['state']).toBe('CANCELLED');
    expect((await sessionsOf(links, requestId)).map(({ status }) => status)).toEqual(['CANCELLED']);
    expect(textsTo(links, phone('701'))).toEqual([]);
    const calls = (await providerCalls(links)).map(({ path }) => path);
    const [session] = await sessionsOf(links, requestId);
    expect(calls.indexOf('/v1/sessions')).toBeLessThan(calls.indexOf(`/v1/sessions/${session?.sessionId ?? ''}/cancel`));
    const page = await phoneWith(linkOf(requestId)).look();
    expect(page.status).toBe(410);
    expect(page.html).toContain('This request has ended');
  });

  it('A7 cancel after the text was taken and before that was recorded: the text cannot be recalled, and its link is dead', async () => {
    const requestId = await opened(carl, seeScene(phone('702')));
    await callInHand(links);
    // After the session come the row of the link, the text, and the row that says how it went: that one is held up.
    await links.system.host.setFaults({ storage: [{ match: { service: 'table', method: 'POST', path: '$batch' }, at: 2, action: 'delay', delayMs: 3_000 }] });
    const link = await linkIn(links, phone('702'));
    expect((await give(carl, requestId, 'cancel', { reason: 'CALLER_SAID_SO' })).status).toBe(202);
    await until(() => sessionsOf(links, requestId), found => found.some(({ status }) => status === 'CANCELLED'));
    await links.settle();
    const { json } = await carl.get(`/api/live-links/${requestId}`);
    expect(json['state']).toBe('CANCELLED');
    // Else the cancel was too late, and the test has shown nothing.
    expect(JSON.stringify(json['steps'])).not.toContain('providerAccepted');
    expect((await sessionsOf(links, requestId)).map(({ status }) => status)).toEqual(['CANCELLED']);
    expect(textsTo(links, phone('702'))).toHaveLength(1);
    expect((await phoneWith(link).look()).status).toBe(410);
    const pressed = await phoneWith(link).press('continue', { step: 'READ' });
    expect(pressed.status).toBe(410);
    expect((await carl.get(`/api/live-links/${requestId}`)).json['state']).toBe('CANCELLED');
  });

  it('A7 cancel while the provider is down: the link is dead at once, and the session is cancelled as soon as the provider is back', async () => {
    const requestId = await opened(carl, seeScene(phone('703')));
    await stands(carl, requestId, 'SENT', 'DELIVERED');
    const link = await linkIn(links, phone('703'));
    await links.simulators.provider.control('outage', { on: true });
    expect((await give(carl, requestId, 'cancel', { reason: 'CALLER_SAID_SO' })).status).toBe(202);
    expect((await phoneWith(link).look()).status).toBe(410);
    // Longer than a message of the queue is tried again.
    for (let n = 0; n < 2; n++) await links.pass(60);
    expect((await sessionsOf(links, requestId)).map(({ status }) => status)).toEqual(['CREATED']);
    await links.simulators.provider.control('outage', { on: false });
    await links.pass(60);
    expect((await sessionsOf(links, requestId)).map(({ status }) => status)).toEqual(['CANCELLED']);
  });
});
