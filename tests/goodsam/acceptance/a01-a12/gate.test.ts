import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from '@jest/globals';
import { placeholdersOf, templatesOf } from '../../../../functions/goodsam/rules/templates.ts';
import { marker, templateName } from '../../../../functions/goodsam/rules/terms.ts';
import { smsFit } from '../../../../shared/domain/smsFit.ts';
import { newKey, text, type Client } from '../../../support/client.ts';
import { ask, give, linkIn, opened, phone, phoneWith, stands, startLiveLinks, type LiveLinks } from '../../../support/liveLinks.ts';
import { addressCheck, domesticAbuse, footage, inspection, seeScene, seriousCrime, triage } from './requests.ts';
import { cardsOf, providerCalls, sessionsOf, textsTo } from './support.ts';

let links: LiveLinks;
let carl: Client;
let dora: Client;
/** By how many seconds the tests before have moved the clock. */
let ahead = 0;
const pass = (seconds: number): Promise<void> => {
  ahead += seconds;
  return links.pass(seconds);
};
beforeAll(async () => {
  links = await startLiveLinks();
  carl = links.as('carl.controller');
  dora = links.as('dora.domestic');
});
let callsBefore = 0;
beforeEach(async () => { callsBefore = (await providerCalls(links)).length; });
afterEach(async () => {
  links.simulators.force.reset();
  await links.simulators.provider.control('outage', { on: false });
});
afterAll(async () => { await links.stop(); });

/** The request is held, and nothing of it has reached the provider or a telephone, now or when its time is over. */
async function isHeld(person: Client, requestId: string, number: string): Promise<void> {
  await links.settle();
  expect((await person.get(`/api/live-links/${requestId}`)).json).toMatchObject({ state: 'SAFETY_HELD', sends: 0 });
  expect((await providerCalls(links)).slice(callsBefore)).toEqual([]);
  expect(textsTo(links, number)).toEqual([]);
}

const unknown = { ...seeScene, askedAndSafe: false, safeMethod: 'UNKNOWN' };

describe('held until somebody has asked', () => {
  test.each(marker.options.filter(name => name !== 'OTHER').map((name, n) => [name, phone(`11${n}`)]))('A1 UNKNOWN with the marker %s is held: no call to the provider, no text', async (name, number) => {
    links.simulators.force.setMarkers(number, { markers: [marker.parse(name)] });
    const requestId = await opened(carl, { ...unknown, msisdn: number });
    await isHeld(carl, requestId, number);
    expect((await carl.get(`/api/live-links/${requestId}`)).json).toMatchObject({ markers: 'FOUND', safety: 'UNKNOWN' });
    // The card opens the request and no more: whether it is safe is never answered in Teams (goodsam.md 21.11).
    const [card = '', ...more] = cardsOf(links, 'carl.controller', requestId);
    expect(more).toEqual([]);
    expect(card).toContain('Held for a safety check');
    expect(card).not.toContain('Action.Execute');
  });

  it('A1 UNKNOWN in domestic abuse is held with no marker at all, and a code that is read out is held as well', async () => {
    const requestId = await opened(dora, { ...domesticAbuse, safeMethod: 'UNKNOWN', msisdn: phone('120') });
    await isHeld(dora, requestId, phone('120'));
    const spoken = await opened(dora, { ...domesticAbuse, safeMethod: 'UNKNOWN', channel: 'READ_ALOUD_CODE', msisdn: phone('121') });
    await isHeld(dora, spoken, phone('121'));
    expect((await dora.get(`/api/live-links/${spoken}`)).json).not.toHaveProperty('code');
  });

  it('A1 stays held when its time is over: it expires unsent', async () => {
    links.simulators.force.setMarkers(phone('122'), { markers: ['DOMESTIC_ABUSE'] });
    const requestId = await opened(carl, { ...unknown, msisdn: phone('122') });
    await pass(31 * 60);
    expect((await carl.get(`/api/live-links/${requestId}`)).json).toMatchObject({ state: 'EXPIRED', sends: 0 });
    expect((await providerCalls(links)).slice(callsBefore)).toEqual([]);
    expect(textsTo(links, phone('122'))).toEqual([]);
  });

  test.each([
    ['slower than 800 ms', phone('201'), () => links.simulators.force.setLatency(1_200)],
    ['down', phone('202'), () => links.simulators.force.setOutage('safeguarding', true)],
  ])('A2 with a marker service that is %s the request is held', async (_how, number, trouble) => {
    trouble();
    const requestId = await opened(carl, { ...unknown, msisdn: number });
    await isHeld(carl, requestId, number);
    expect((await carl.get(`/api/live-links/${requestId}`)).json).toMatchObject({ markers: 'FAILED', safetyRule: 'hold-marker-lookup-failed' });
  });

  it('A2 a marker service that goes down before the second try holds it then, and the same request with both up is sent', async () => {
    const chris = links.as('chris.scene');
    await links.simulators.provider.control('outage', { on: true });
    const [held, sent] = [await opened(chris, { ...triage, msisdn: phone('203') }), await opened(chris, { ...triage, msisdn: phone('204') })];
    await links.settle();
    for (const requestId of [held, sent]) expect((await chris.get(`/api/live-links/${requestId}`)).json['state']).toBe('SENDING');
    await links.simulators.provider.control('outage', { on: false });
    links.simulators.force.setOutage('safeguarding', true);
    await pass(61);
    expect((await chris.get(`/api/live-links/${held}`)).json['state']).toBe('SAFETY_HELD');
    expect(await sessionsOf(links, held)).toEqual([]);
    links.simulators.force.setOutage('safeguarding', false);
    expect((await give(chris, sent, 'confirm-safe', { method: 'LIVE_VOICE', onVoiceCall: true })).status).toBe(202);
    await stands(chris, sent, 'SENT', 'DELIVERED');
    expect([textsTo(links, phone('203')).length, textsTo(links, phone('204')).length]).toEqual([0, 1]);
  });
});

describe('one text for one wish', () => {
  it('A3 a double click with one Idempotency-Key gives one request, one session and one text', async () => {
    const key = newKey();
    const body = { ...seeScene, msisdn: phone('301'), incidentRef: 'IML 3000001' };
    const answers = await Promise.all([ask(carl, body, key), ask(carl, body, key), ask(carl, body, key)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const [requestId = '', ...others] = new Set(answers.map(answer => text(answer, 'requestId')));
    expect(others).toEqual([]);
    await stands(carl, requestId, 'SENT', 'DELIVERED');
    await links.settle();
    expect(textsTo(links, phone('301'))).toHaveLength(1);
    expect(await sessionsOf(links, requestId)).toHaveLength(1);
    // The click after the page was loaded again, and the same key for something else.
    expect(text(await ask(carl, body, key), 'requestId')).toBe(requestId);
    expect((await ask(carl, { ...body, mode: 'VIDEO', reasonCode: 'RTC' }, key)).status).toBe(422);
    expect(textsTo(links, phone('301'))).toHaveLength(1);
  });

  it('A3 another key for the same person and incident is DUPLICATE_ACTIVE, also at the same moment, until the first is over', async () => {
    const body = { ...seeScene, msisdn: phone('302'), incidentRef: 'IML 3000002' };
    const answers = await Promise.all([ask(carl, body), ask(carl, body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    const requestId = answers.flatMap(({ status, json }) => (status === 202 ? [String(json['requestId'])] : []))[0] ?? '';
    await stands(carl, requestId, 'SENT', 'DELIVERED');
    // A supervisor may; who is none may not, whatever they tick.
    const again = await ask(carl, { ...body, force: true });
    expect(again.json).toMatchObject({ status: 409, code: 'DUPLICATE_ACTIVE' });
    expect(JSON.stringify(again.json)).toContain(`/api/live-links/${requestId}`);
    await links.settle();
    expect(textsTo(links, phone('302'))).toHaveLength(1);
    await give(carl, requestId, 'cancel', { reason: 'CALLER_SAID_SO' });
    await stands(carl, await opened(carl, body), 'SENT', 'DELIVERED');
    expect(textsTo(links, phone('302'))).toHaveLength(2);
  });
});

describe('a link whose time is over', () => {
  it('A6 opened after expiry shows that it has expired and whom to ring, and changes nothing', async () => {
    const requestId = await opened(carl, { ...seeScene, msisdn: phone('601') });
    await stands(carl, requestId, 'SENT', 'DELIVERED');
    const device = phoneWith(await linkIn(links, phone('601')));
    expect((await device.look()).status).toBe(200);
    await pass(30 * 60 + 1);
    for (const page of [await device.look(), await device.press('continue', { step: 'READ' }), await device.press('agree', { scope: ['VIDEO'], textVersion: 'v1.0', lang: 'en' })]) {
      expect(page.status).toBe(410);
      expect(page.html).toContain('This link has expired');
      expect(page.html).toMatch(/ring 101\b/);
      expect(page.html).toContain('Cheshire');
      expect(page.html).not.toContain('<form');
    }
    expect((await carl.get(`/api/live-links/${requestId}`)).json).toMatchObject({ state: 'EXPIRED', consent: 'NOT_ASKED' });
    expect((await sessionsOf(links, requestId)).map(({ status }) => status)).not.toContain('OPENED');
  });

  it('A6 on the neutral host an expired, a cancelled and a wrong link and the bare host are one and the same page', async () => {
    const neutral = async (number: string): Promise<{ requestId: string; link: string }> => {
      const requestId = await opened(dora, { ...domesticAbuse, msisdn: number });
      await stands(dora, requestId, 'SENT', 'DELIVERED');
      return { requestId, link: await linkIn(links, number) };
    };
    const [expired, cancelled] = [await neutral(phone('602')), await neutral(phone('603'))];
    expect((await phoneWith(expired.link).look()).status).toBe(200);
    await give(dora, cancelled.requestId, 'cancel', { reason: 'CALLER_SAID_SO' });
    await pass(15 * 60 + 1);
    expect((await dora.get(`/api/live-links/${expired.requestId}`)).json['state']).toBe('EXPIRED');
    const host = new URL(expired.link).origin;
    const seen = [
      await phoneWith(`${host}/`).look(), await phoneWith(expired.link).look(), await phoneWith(cancelled.link).look(), await phoneWith(`${host}/live/AAAAbbbb1234`).look(),
      await phoneWith(expired.link).press('continue', { step: 'JOIN' }),
    ].map(({ status, html, headers }) => ({ status, html, headers: Object.fromEntries([...headers].filter(([name]) => !['date', 'connection', 'keep-alive', 'traceparent'].includes(name))) }));
    expect(new Set(seen.map(page => JSON.stringify(page))).size).toBe(1);
    const [page] = seen;
    expect(page?.status).toBe(404);
    expect(page?.html).toContain('This page is not available');
    expect(JSON.stringify(page)).not.toMatch(/police|cheshire|\b101\b|GS-|set-cookie|expired|ended/i);
  });
});

describe('the texts as they leave', () => {
  it('A12 the texts that each area sends fit one part of GSM-7 with the longest link', async () => {
    const templates = templatesOf('Cheshire Police');
    const sent: readonly (readonly [string, object])[] = [
      ['carl.controller', seeScene], ['carl.controller', { ...seeScene, reasonCode: 'LOCATE_CALLER', mode: 'LOCATION' }], ['carl.controller', { ...seeScene, reasonCode: 'MEDIA_UPLOAD', mode: 'UPLOAD' }],
      ['finn.enquiry', inspection(Date.now() + ahead * 1_000)], ['dora.domestic', domesticAbuse], ['chris.scene', triage], ['vic.video', footage],
      ['vic.video', { ...footage, reasonCode: 'VIEW_BEFORE_RETRIEVE', mode: 'CONSULT' }], ['mona.offender', addressCheck], ['otto.organised', seriousCrime],
    ];
    for (const [n, [login, body]] of sent.entries()) {
      const person = links.as(login);
      const requestId = await opened(person, { ...body, msisdn: phone(`90${n}`) });
      const approver = login === 'mona.offender' ? 'dan.sergeant' : login === 'otto.organised' ? 'dee.inspector' : undefined;
      if (approver !== undefined) expect((await give(links.as(approver), requestId, 'authorise', { decision: 'APPROVED' })).status).toBe(202);
      await stands(person, requestId, 'SENT', 'DELIVERED');
    }
    await pass(48 * 3_600 + 60);
    const messages = links.simulators.notify.messages();
    // A missing person gets the neutral text (goodsam.md 21.7), so nothing sends MISPER; it is checked with the templates.
    expect([...new Set(messages.map(({ template }) => template))].sort()).toEqual(templateName.options.filter(name => name !== 'MISPER').sort());
    for (const { text: words, template } of messages) {
      const longest = words.replace(/https?:\/\/\S+/, `https://${'w'.repeat(37)}`);
      expect({ template, ...smsFit(longest) }).toMatchObject({ encoding: 'GSM-7', parts: 1 });
      // Every place of the approved text was filled.
      expect(words).not.toMatch(/[{}]|\(\(/);
      expect(placeholdersOf(templates[templateName.parse(template)].text)).toContain('link');
    }
  });
});
