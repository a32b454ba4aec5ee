import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agree, give, linkIn, opened, phone, phoneWith, stands, startLiveLinks, type LiveLinks } from '../../support/liveLinks.ts';
import type { Client } from '../../support/client.ts';

let links: LiveLinks;
let carl: Client;
beforeAll(async () => {
  links = await startLiveLinks({ provider: { speed: 60 } });
  carl = links.as('carl.controller');
});
afterAll(async () => { await links.stop(); });

describe('control room, from request to closed', () => {
  it('sends a text, shows the page, runs the session, tells the officer and is closed with its outcome', async () => {
    const number = phone('001');
    const requestId = await opened(carl, { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn: number, onVoiceCall: true, askedAndSafe: true });
    await stands(carl, requestId, 'SENT', 'DELIVERED');
    const device = phoneWith(await linkIn(links, number));
    const landing = await device.look();
    expect(landing.status).toBe(200);
    expect((await stands(carl, requestId, 'SENT', 'DELIVERED')).json['openedAt']).toBeUndefined();
    await agree(device, ['VIDEO', 'LOCATION', 'SOUND']);
    await stands(carl, requestId, 'CONSENTED');
    const live = await device.look();
    const session = /href="(http[^"]+\/s\/[^"]+)"/.exec(live.html)?.[1] ?? '';
    const joined = await fetch(`${session}/join`, { method: 'POST', body: 'scenario=001', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(joined.status).toBeLessThan(400);
    const ended = await stands(carl, requestId, 'ENDED');
    expect(ended.json['endReason']).toBe('PERSON');
    await links.settle();
    const outcome = await give(carl, requestId, 'outcome', { code: 'NO_DEPLOYMENT_NEEDED', attendanceAvoided: true, minutesSaved: 30 });
    expect(outcome.status).toBe(202);
    const closed = await stands(carl, requestId, 'CLOSED');
    expect(closed.json).toMatchObject({ outcome: 'NO_DEPLOYMENT_NEEDED', consentScope: ['VIDEO', 'LOCATION', 'SOUND'] });
  });
});
