import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, rows, text, type Client } from '../../support/client.ts';
import { agree, give, linkIn, opened, phone, phoneWith, stands } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';
import { expectSealed } from './seal.ts';
import { buttonsOf, cardFor, cardsOf, linesOf, linkFrom, press, seen, sessionOf, startStory, textsTo, type Story } from './support.ts';

let story: Story;
let carl: Client;
beforeAll(async () => {
  story = await startStory();
  carl = story.as('carl.controller');
});
afterAll(async () => { await story.stop(); });

function evidence(requestId: string, state: string): Promise<Record<string, unknown>[]> {
  return until(async () => rows(await carl.get(`/api/live-links/${requestId}/evidence`)), found => found.length > 0 && found.every(item => item['state'] === state), 20_000);
}

describe('control room, from request to closed', () => {
  it('video: text, page, session, places in the incident log, card, evidence to the evidence system, outcome, and the copy of the provider deleted a day later', async () => {
    const number = phone('001');
    const requestId = await opened(carl, { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn: number, onVoiceCall: true, askedAndSafe: true, personName: 'Alex Example' });
    await stands(carl, requestId, 'SENT', 'DELIVERED');
    const device = phoneWith(await linkIn(story, number));
    expect((await device.look()).status).toBe(200);
    expect((await stands(carl, requestId, 'SENT', 'DELIVERED')).json['openedAt']).toBeUndefined();
    await device.press('continue', { step: 'READ' });
    const card = await cardFor(story, requestId, { login: 'carl.controller', words: /Link opened: GS-/ });
    expect(buttonsOf(card)).toEqual([]);
    await agree(device, ['VIDEO', 'LOCATION', 'SOUND']);
    await press(await sessionOf(device), 'join', { scenario: '001' });
    expect((await stands(carl, requestId, 'ENDED')).json).toMatchObject({ endReason: 'PERSON', outcomes: expect.arrayContaining(['NO_DEPLOYMENT_NEEDED']) });
    const files = await evidence(requestId, 'STORED');
    expect(files.map(({ kind }) => kind).sort()).toEqual(['LIVE_RECORDING', 'LOCATION_TRACK']);
    expect(files.every(({ scan, mayView, typeCheck }) => scan === 'CLEAN' && mayView === true && typeCheck !== 'DISPUTED')).toBe(true);
    for (const [n, { evidenceId }] of files.entries()) {
      const body = { decision: 'HAND_OVER', reason: 'SHOWS_THE_OFFENCE', exhibitRef: `CC/${n + 1}` };
      expect((await carl.post(`/api/live-links/${requestId}/evidence/${String(evidenceId)}/decide`, { body })).status).toBe(202);
    }
    const exhibits = await evidence(requestId, 'EXHIBITED');
    expect(exhibits.map(({ exhibitRef }) => exhibitRef).sort()).toEqual(['CC/1', 'CC/2']);
    expect((await give(carl, requestId, 'outcome', { code: 'NO_DEPLOYMENT_NEEDED', attendanceAvoided: true, minutesSaved: 30 })).status).toBe(202);
    expect((await stands(carl, requestId, 'CLOSED')).json).toMatchObject({ outcome: 'NO_DEPLOYMENT_NEEDED', consentScope: ['VIDEO', 'LOCATION', 'SOUND'] });
    await story.settle();
    const lines = linesOf(story, requestId);
    // The first place at once; the second and third are less than 50 m on, or come within 20 s.
    expect(lines.filter(line => /location|grid|place/i.test(line)).length).toBeGreaterThanOrEqual(1);
    expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/ended\.$/), expect.stringMatching(/outcome NO_DEPLOYMENT_NEEDED\.$/)]));
    await expectSealed(story, { requestId, number, secrets: ['Alex Example', 'IML'] });
    for (const { continuity, demsId, state } of await evidence(requestId, 'PROVIDER_COPY_DELETED')) {
      expect({ demsId, state }).toEqual({ demsId: expect.stringMatching(/^SIM-DEMS-/), state: 'PROVIDER_COPY_DELETED' });
      expect(JSON.stringify(continuity)).toMatch(/RECEIVED.*HASHED.*TRANSFERRED.*confirmed the same hash.*DELETED/);
    }
  });

  it('silent call: held, released by the incident manager for one neutral text, no second one', async () => {
    const number = phone('101');
    const requestId = await opened(carl, { area: 'FCC', reasonCode: 'SILENT_OR_ABANDONED_CALL', mode: 'LOCATION', msisdn: number, ...asked });
    expect((await stands(carl, requestId, 'SAFETY_HELD')).json['holdAdvice']).toMatch(/Nothing was sent/);
    expect(buttonsOf(await cardFor(story, requestId, { login: 'carl.controller', words: /Held for a safety check/ }))).toEqual([]);
    expect(textsTo(story, number)).toEqual([]);
    expect((await give(carl, requestId, 'release-hold', { reason: 'SILENT_CALL' })).status).toBe(403);
    expect((await give(story.as('fay.manager'), requestId, 'release-hold', { reason: 'SILENT_CALL' })).status).toBe(202);
    await stands(carl, requestId, 'SENT', 'DELIVERED');
    const [only = ''] = textsTo(story, number);
    expect(only).toMatch(/^Your call link: http:\/\/localhost:/);
    expect((await give(carl, requestId, 'resend')).json['code']).toBe('RESEND_LIMIT');
    await story.pass(181);
    expect((await stands(carl, requestId, 'NO_ANSWER')).json['sends']).toBe(1);
    await cardFor(story, requestId, { login: 'fay.manager', words: /Regrade the incident now/ });
    await story.pass(30 * 60);
    await stands(carl, requestId, 'EXPIRED');
    expect((await give(carl, requestId, 'outcome', { code: 'GRADE_RAISED' })).status).toBe(202);
    await stands(carl, requestId, 'CLOSED');
    expect(textsTo(story, number)).toHaveLength(1);
    await expectSealed(story, { requestId, number, secrets: ['IML'] });
  });

  it('missing person: held, released, a place, found', async () => {
    const number = phone('102');
    const requestId = await opened(carl, { area: 'FCC', reasonCode: 'MISSING_PERSON_LOCATE', mode: 'LOCATION', personRole: 'MISSING_PERSON', personName: 'Robin Sample', msisdn: number, ...asked });
    await stands(carl, requestId, 'SAFETY_HELD');
    expect((await give(story.as('fay.manager'), requestId, 'release-hold', { reason: 'NO_EXPLOITATION_RISK' })).status).toBe(202);
    await stands(carl, requestId, 'SENT', 'DELIVERED');
    const device = phoneWith(linkFrom(textsTo(story, number)[0]));
    await device.press('continue', { step: 'JOIN' });
    await until(() => seen(carl, requestId), answer => answer.json['joined'] === true);
    expect((await give(carl, requestId, 'let-in')).status).toBe(202);
    await agree(device, ['LOCATION']);
    await press(await sessionOf(device), 'join', { scenario: '020' });
    expect((await stands(carl, requestId, 'ENDED')).json['lastPlace']).toMatchObject({ outsideUk: false, lat: expect.closeTo(53.55, 1) });
    expect((await give(carl, requestId, 'outcome', { code: 'PERSON_FOUND' })).status).toBe(202);
    await stands(carl, requestId, 'CLOSED');
    await story.settle();
    expect(linesOf(story, requestId).join(' ')).toMatch(/53\.55/);
    await expectSealed(story, { requestId, number, secrets: ['Robin Sample', '53.55', 'IML'] });
  });

  it('a code that is read out: no text, one use, a session through /code', async () => {
    const before = story.simulators.notify.messages().length;
    const requestId = await opened(carl, { area: 'FCC', reasonCode: 'LOCATE_CALLER', mode: 'LOCATION', channel: 'READ_ALOUD_CODE', onVoiceCall: true, askedAndSafe: true });
    const code = text(await until(() => seen(carl, requestId), answer => typeof answer.json['code'] === 'string'), 'code');
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    expect((await seen(story.as('fay.manager'), requestId)).json['code']).toBeUndefined();
    const typed = await fetch(`${story.url}/code`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ code: `${code.slice(0, 4)} ${code.slice(4).toLowerCase()}` }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', 'origin': 'null' } });
    expect([typed.status, typed.headers.get('location')]).toEqual([303, `/live/${code}`]);
    const device = phoneWith(`${story.url}/live/${code}`);
    await agree(device, ['LOCATION']);
    await press(await sessionOf(device), 'join', { scenario: '020' });
    await stands(carl, requestId, 'ENDED');
    expect((await device.look()).html).not.toContain('/s/');
    expect((await give(carl, requestId, 'outcome', { code: 'LOCATION_CONFIRMED' })).status).toBe(202);
    await stands(carl, requestId, 'CLOSED');
    expect(story.simulators.notify.messages()).toHaveLength(before);
    await expectSealed(story, { requestId, secrets: [code, 'IML'] });
  });

  it('a double click asks once', async () => {
    const key = newKey();
    const body = { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', incidentSystem: 'IML', incidentRef: 'IML 7654321', msisdn: phone('103'), onVoiceCall: true, askedAndSafe: true, overt: true };
    const [first, second] = await Promise.all([carl.post('/api/live-links', { key, body }), carl.post('/api/live-links', { key, body })]);
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(first.json['requestId']).toBe(second.json['requestId']);
    await stands(carl, text(first, 'requestId'), 'SENT', 'DELIVERED');
    expect(textsTo(story, phone('103'))).toHaveLength(1);
    expect(cardsOf(story, text(first, 'requestId'))).toEqual([]);
  });
});

/** What a silent or a missing person cannot say; the officer knows it from the record. */
const asked = { suspectPresentOrDue: 'NO', sharedHandset: 'NO', suspectsNumber: 'NO', personSaidNo: 'NO' } as const;
