import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { give, opened, phone, stands, startLiveLinks, type LiveLinks } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';
import type { Client } from '../../support/client.ts';
import { sessionsOf } from './support.ts';

let links: LiveLinks;
let carl: Client;
beforeAll(async () => {
  // Short, so that the step that was killed is taken up again soon.
  links = await startLiveLinks({ service: { environment: { EFFECT_TIMEOUT_SECONDS: '15' } }, notify: { phoneOf: () => ({ opens: 'never', receipt: 'never' }) } });
  carl = links.as('carl.controller');
});
afterAll(async () => { await links.stop(); });

const body = { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', onVoiceCall: true, askedAndSafe: true };
const sessionOf = async (requestId: string) => (await sessionsOf(links)).filter(session => session.externalRef === requestId);

/** A session that is made at the provider while nobody hears of it: its reply comes after the time-out of the call (scenario 016). */
async function hiddenSession(number: string): Promise<string> {
  await links.simulators.provider.control('arm', { scenario: '016' });
  const requestId = await opened(carl, { ...body, msisdn: number });
  await until(() => sessionOf(requestId), sessions => sessions.length === 1);
  return requestId;
}

describe('A7: no session is left at the provider', () => {
  it('killed between the session and its record, and called off before the step is taken up again', async () => {
    const requestId = await hiddenSession(phone('201'));
    await links.system.host.kill();
    await links.system.host.start();
    expect((await give(carl, requestId, 'cancel', { reason: 'CALLED_OFF' })).status).toBe(202);
    await stands(carl, requestId, 'CANCELLED');
    await until(() => sessionOf(requestId), sessions => sessions.every(session => session.status === 'CANCELLED'), 60_000);
    expect(links.simulators.notify.messages().filter(message => message.to === phone('201'))).toEqual([]);
  }, 90_000);

  it('made after the call had timed out, and called off meanwhile', async () => {
    const requestId = await hiddenSession(phone('202'));
    expect((await give(carl, requestId, 'cancel', { reason: 'CALLED_OFF' })).status).toBe(202);
    await until(() => sessionOf(requestId), sessions => sessions.every(session => session.status === 'CANCELLED'), 60_000);
    expect(links.simulators.notify.messages().filter(message => message.to === phone('202'))).toEqual([]);
  }, 90_000);
});
