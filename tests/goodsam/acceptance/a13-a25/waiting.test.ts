import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { text, type Client } from '../../../support/client.ts';
import { give, linkIn, opened, phone, phoneWith, stands, startLiveLinks, type LiveLinks } from '../../../support/liveLinks.ts';
import { cardsTo, comesTo, creations, inSeconds, quietPhones, running, sent, sessionsOf, soon, textsTo } from './support.ts';

let links: LiveLinks;
let carl: Client;
let vic: Client;
let ahead = 0;
const pass = async (seconds: number): Promise<void> => {
  ahead += seconds;
  await links.pass(seconds);
};
const minutes = (count: number): number => count * 60;
const hours = (count: number): number => count * 3600;

beforeAll(async () => {
  links = await startLiveLinks({ provider: { speed: 600 }, notify: quietPhones });
  carl = links.as('carl.controller');
  vic = links.as('vic.video');
});
afterAll(async () => { await links.stop(); });

async function control(path: string, body: object): Promise<void> {
  const reply = await fetch(`${links.simulators.notify.url}/sim/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect(reply.status).toBe(200);
}

/** Footage that is overwritten so many seconds from the app's now. */
function footage(msisdn: string, overwrittenIn: number): object {
  const cctv = { cameraOwnerType: 'BUSINESS', windowFrom: inSeconds(ahead, -hours(24)), windowTo: inSeconds(ahead, -hours(22)), overwriteAt: inSeconds(ahead, overwrittenIn) };
  return { area: 'CCTV', reasonCode: 'RETRIEVE_CLIP', mode: 'UPLOAD', personRole: 'CAMERA_OWNER', msisdn, onVoiceCall: false, askedAndSafe: false, cctv };
}

describe('A19 link-preview bots', () => {
  const bots = ['WhatsApp/2.23', 'facebookexternalhit/1.1 Facebot Twitterbot/1.0', 'Slackbot-LinkExpanding 1.0', 'Mozilla/5.0 (compatible; bingbot/2.0)', ''];

  it('A19 what a bot looks at does not move the state: GET, HEAD, and the robot of the text service', async () => {
    await control('robot', { on: false, preview: true });
    const requestId = await sent(carl, phone('301'));
    const robot = await soon(() => links.simulators.notify.robotSteps().find(step => step.did === 'preview'));
    await control('robot', { on: false });
    expect(robot.status).toBe(200);
    await stands(carl, requestId, 'DELIVERED');
    await links.settle();
    const before = await carl.get(`/api/live-links/${requestId}`);
    const link = await linkIn(links, phone('301'));
    for (const agent of bots) {
      for (const method of ['GET', 'HEAD']) {
        const looked = await fetch(link, { method, headers: { 'user-agent': agent } });
        expect(looked.status).toBe(200);
        expect(looked.headers.get('cache-control')).toContain('no-store');
      }
    }
    // Nor does a bot that follows the addresses of the buttons, or posts what is no form of ours.
    for (const action of ['continue', 'agree', 'decline', 'help', 'exit', 'stop']) expect((await fetch(`${link}/${action}`)).status).toBeGreaterThanOrEqual(404);
    expect((await fetch(`${link}/continue`, { method: 'POST', body: 'step=READ', headers: { 'content-type': 'application/x-www-form-urlencoded', 'origin': 'https://elsewhere.example' } })).status).toBe(403);
    await links.settle();
    const after = await carl.get(`/api/live-links/${requestId}`);
    expect(after.json).toEqual(before.json);
    expect(after.json).toMatchObject({ state: 'DELIVERED', consent: 'NOT_ASKED' });
    expect(cardsTo(links, 'carl.controller', 'Link opened', requestId)).toEqual([]);
    // The button opens it.
    await phoneWith(link).press('continue', { step: 'READ' });
    await stands(carl, requestId, 'OPENED');
  });

  it('A19 on the neutral host a bot presses no Join', async () => {
    const requestId = await sent(carl, phone('302'), { reasonCode: 'SILENT_OR_ABANDONED_CALL', mode: 'LOCATION' });
    await stands(carl, requestId, 'DELIVERED');
    const link = await linkIn(links, phone('302'));
    for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method, headers: { 'user-agent': 'WhatsApp/2.23' } })).status).toBe(200);
    expect((await carl.get(`/api/live-links/${requestId}`)).json).toMatchObject({ state: 'DELIVERED', joined: false });
  });
});

describe('A20 outcome missing', () => {
  it('A20 at the due time the requester is reminded, an hour later the supervisor is told, and the outcome takes both away', async () => {
    const session = await running(links, carl, phone('303'));
    const { requestId } = session;
    await session.press('close-page');
    await stands(carl, requestId, 'ENDED');
    const reminders = (login: string, title = 'Outcome overdue'): number => cardsTo(links, login, title, requestId).length;
    await pass(minutes(29));
    expect(reminders('carl.controller')).toBe(0);
    await pass(minutes(2));
    await comesTo(links, () => reminders('carl.controller'), 1);
    expect(reminders('fay.manager')).toBe(0);
    await pass(minutes(61));
    await comesTo(links, () => reminders('fay.manager'), 1);
    // Nobody is told a third time, and nobody's outcome is made up for them.
    await pass(hours(6));
    expect([reminders('carl.controller'), reminders('fay.manager')]).toEqual([1, 1]);
    expect((await carl.get(`/api/live-links/${requestId}`)).json).toMatchObject({ state: 'ENDED' });
    expect((await give(carl, requestId, 'outcome', { code: 'NO_DEPLOYMENT_NEEDED', attendanceAvoided: true })).status).toBe(202);
    await stands(carl, requestId, 'CLOSED');
    await links.settle();
    expect([reminders('carl.controller'), reminders('fay.manager')]).toEqual([0, 0]);
    // The requester's card that the link was opened is done as well.
    expect([reminders('carl.controller', 'Done by'), reminders('fay.manager', 'Done by')]).toEqual([2, 1]);
  });
});

describe('A21 footage about to be overwritten', () => {
  const [call, visit] = ['Telephone before the recording is overwritten', 'Visit before the recording is overwritten'];

  it('A21 less than 48 h before and unopened: a card to telephone, then one to visit; one that was opened has none', async () => {
    const unopened = await opened(vic, footage(phone('304'), hours(50)));
    const looked = await opened(vic, footage(phone('305'), hours(50)));
    await stands(vic, unopened, 'DELIVERED');
    await stands(vic, looked, 'DELIVERED');
    await phoneWith(await linkIn(links, phone('305'))).press('continue', { step: 'READ' });
    await stands(vic, looked, 'OPENED');
    const tasks = (title: string, requestId = unopened): number => cardsTo(links, 'vic.video', title, requestId).length;
    await pass(hours(2) - 60);
    expect(tasks(call)).toBe(0);
    await pass(120);
    await comesTo(links, () => tasks(call), 1);
    expect(tasks(visit)).toBe(0);
    await pass(hours(23));
    expect([tasks(call), tasks(visit)]).toEqual([1, 0]);
    await pass(hours(1) + 60);
    await comesTo(links, () => tasks(visit), 1);
    expect([tasks(call, looked), tasks(visit, looked)]).toEqual([0, 0]);
    // It drives tasks only: the link lives on (goodsam.md 21.25).
    expect(['DELIVERED', 'NO_ANSWER']).toContain((await vic.get(`/api/live-links/${unopened}`)).json['state']);
  });

  it('A21 asked for with less than 48 h left, the card comes at once', async () => {
    const requestId = await opened(vic, footage(phone('306'), hours(40)));
    await stands(vic, requestId, 'DELIVERED');
    await pass(1);
    await comesTo(links, () => cardsTo(links, 'vic.video', call, requestId).length, 1);
  });
});

describe('A25 the provider is out for 30 minutes', () => {
  const triage = { area: 'FOR', reasonCode: 'SCENE_TRIAGE', onVoiceCall: false, askedAndSafe: false };
  const fal = { medicalMarker: false, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: false, section5: false, lastInspectionRemote: false, gunCount: 1, identityChecked: true, toldVoluntary: true, firstGrant: false, policyAllowsGrant: false };
  const cabinet = (msisdn: string) => ({ area: 'FAL', reasonCode: 'NEW_CABINET_CHECK', mode: 'VIDEO', msisdn, slotStartAt: inSeconds(ahead, hours(3)), slotEndAt: inSeconds(ahead, hours(3) + 1800), fal });

  it('A25 P0 fails fast with its fallback, P1 after 15 min, P2 and P3 are sent on recovery, and not to who became unsafe or was marked meanwhile', async () => {
    const [finn, chris] = [links.as('finn.enquiry'), links.as('chris.scene')];
    await links.simulators.provider.control('outage', { on: true });
    const from = Date.now();
    const p0 = await opened(carl, { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn: phone('311'), onVoiceCall: true, askedAndSafe: true });
    const failed = await stands(carl, p0, 'SEND_FAILED');
    expect(Date.now() - from).toBeLessThan(15_000);
    expect(text(failed, 'fallback')).toMatch(/provider's own console.*code that you read out/);
    expect(await creations(links, p0)).toHaveLength(2);
    await soon(() => cardsTo(links, 'carl.controller', 'Link could not be sent', p0)[0]);

    const p1 = await opened(chris, { ...triage, mode: 'VIDEO', msisdn: phone('312') });
    const p2 = await opened(finn, cabinet(phone('313')));
    const p3 = await opened(vic, footage(phone('314'), hours(200)));
    const unsafe = await opened(vic, footage(phone('315'), hours(200)));
    const marked = await opened(finn, cabinet(phone('316')));
    const waiting: readonly [Client, string][] = [[chris, p1], [finn, p2], [vic, p3], [vic, unsafe], [finn, marked]];
    for (const [person, requestId] of waiting) {
      await stands(person, requestId, 'SENDING');
      await soon(async () => (await creations(links, requestId)).length === 1 || undefined);
    }
    await links.settle();
    for (const seconds of [61, minutes(5)]) {
      await pass(seconds);
      expect((await chris.get(`/api/live-links/${p1}`)).json).toMatchObject({ state: 'SENDING' });
    }
    await pass(minutes(9));
    expect((await chris.get(`/api/live-links/${p1}`)).json).toMatchObject({ state: 'SEND_FAILED', failReason: 'PROVIDER_DOWN' });
    expect(text(await chris.get(`/api/live-links/${p1}`), 'fallback')).toMatch(/code that you read out/);
    expect(await creations(links, p1)).toHaveLength(4);
    await soon(() => cardsTo(links, 'chris.scene', 'Link could not be sent', p1)[0]);

    // Meanwhile the control room hears that this number is the suspect's, and the records say that another's owner is a victim.
    const heard = await opened(carl, { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn: phone('315'), suspectsNumber: 'YES' });
    await stands(carl, heard, 'BLOCKED_UNSAFE');
    links.simulators.force.setMarkers(phone('316'), { markers: ['DOMESTIC_ABUSE'] });
    await pass(minutes(15));
    for (const [person, requestId] of [[finn, p2], [vic, p3]] as const) expect((await person.get(`/api/live-links/${requestId}`)).json).toMatchObject({ state: 'SENDING' });

    await links.simulators.provider.control('outage', { on: false });
    await pass(minutes(15));
    await stands(finn, p2, 'SENT', 'DELIVERED');
    await stands(vic, p3, 'SENT', 'DELIVERED');
    expect([textsTo(links, phone('313')), textsTo(links, phone('314'))]).toEqual([1, 1]);
    expect((await phoneWith(await linkIn(links, phone('314'))).look()).html).toContain('/continue');
    await stands(vic, unsafe, 'BLOCKED_UNSAFE');
    await stands(finn, marked, 'SAFETY_HELD');
    await pass(hours(1));
    for (const requestId of [p0, p1, unsafe, marked]) expect((await sessionsOf(links, requestId)).filter(session => session.status === 'CREATED')).toEqual([]);
    expect(['311', '312', '315', '316'].map(number => textsTo(links, phone(number)))).toEqual([0, 0, 0, 0]);
  }, 120_000);

  it('A25 what is out of date on recovery is not sent', async () => {
    await links.simulators.provider.control('outage', { on: true });
    const requestId = await opened(vic, footage(phone('317'), hours(200)));
    await stands(vic, requestId, 'SENDING');
    // The first try is over before a day passes: a try under way for so long would count as lost.
    await soon(async () => (await creations(links, requestId)).length === 1 || undefined);
    await links.settle();
    await pass(hours(23));
    expect((await vic.get(`/api/live-links/${requestId}`)).json).toMatchObject({ state: 'SENDING' });
    await pass(hours(1) + 60);
    await links.simulators.provider.control('outage', { on: false });
    await stands(vic, requestId, 'EXPIRED');
    await pass(hours(1));
    expect(textsTo(links, phone('317'))).toBe(0);
    expect(await sessionsOf(links, requestId)).toEqual([]);
  });
});
