import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, type Client } from '../../support/client.ts';
import { agree, ask, give, objectIdOf, opened, phone, phoneWith, stands } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';
import { expectSealed } from './seal.ts';
import { buttonsOf, cardFor, cardsOf, linkFrom, press, seen, sessionOf, startStory, textsTo, type Story } from './support.ts';

let story: Story;
let finn: Client;
beforeAll(async () => {
  story = await startStory();
  finn = story.as('finn.enquiry');
});
afterAll(async () => { await story.stop(); });

const DAY = 24 * 3600;
const fal = {
  medicalMarker: true, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: false, section5: false, lastInspectionRemote: false, gunCount: 3,
  identityChecked: true, toldVoluntary: true, firstGrant: false, policyAllowsGrant: false, certificate: 'CERT-SAMPLE-77',
} as const;
const inspection = { area: 'FAL', reasonCode: 'RENEWAL_SECURITY_INSPECTION', mode: 'VIDEO', personRole: 'CERTIFICATE_HOLDER', personName: 'Kim Sample', fal } as const;

/** The 31 answers, YES but for those that are named. */
function answers(other: Readonly<Record<number, string>> = {}): { item: number; answer: string }[] {
  return Array.from({ length: 31 }, (_unused, n) => ({ item: n + 1, answer: other[n + 1] ?? (n + 1 === 30 ? 'NO' : 'YES') }));
}

interface Asked { readonly activityId: string; readonly buttons: ReturnType<typeof buttonsOf> }

/** The card that the licensing supervisor is asked by. */
async function askedOf(requestId: string): Promise<Asked> {
  const card = await cardFor(story, requestId, { login: 'lena.licensing', words: /Authority needed/ });
  return { activityId: card.activityId, buttons: buttonsOf(card) };
}

async function pressed({ activityId, buttons }: Asked, login: string, verb: string, more: Readonly<Record<string, unknown>> = {}) {
  const button = buttons.find(item => item.verb === verb);
  if (!button) throw new Error('no such button');
  return await story.simulators.teams.act({ activityId, verb, data: { ...button.data, ...more }, as: objectIdOf(login) });
}

describe('firearms licensing, from flags to the recheck', () => {
  it('authority on the card, slot, reminder, too early, session, checklist with its version, remedial period', async () => {
    const number = phone('201');
    const requestId = await opened(finn, { ...inspection, msisdn: number });
    expect((await stands(finn, requestId, 'AUTH_PENDING')).json).toMatchObject({ authority: 'NEEDED', authorityWhy: 'medicalMarker', slot: 'OFFERED' });
    const card = await askedOf(requestId);
    const byRequester = await pressed(card, 'finn.enquiry', 'goodsam.approve');
    expect(byRequester).toMatchObject({ httpStatus: 200, answer: { statusCode: 403 } });
    const byLena = await pressed(card, 'lena.licensing', 'goodsam.approve');
    expect(byLena).toMatchObject({ httpStatus: 200, answer: { statusCode: 200 }, replaced: true });
    expect((await stands(finn, requestId, 'READY')).json).toMatchObject({ authority: 'APPROVED' });
    expect(textsTo(story, number)).toEqual([]);

    // The times of a slot are those of the spoken word: whole minutes.
    const slotStartAt = `${story.now(3 * DAY).slice(0, 16)}:00.000Z`;
    const slotEndAt = new Date(Date.parse(slotStartAt) + 40 * 60_000).toISOString();
    expect((await give(finn, requestId, 'book-slot', { slotStartAt, slotEndAt })).status).toBe(202);
    expect((await stands(finn, requestId, 'SENT', 'DELIVERED')).json).toMatchObject({ slot: 'BOOKED', slotStartAt, linkOpensAt: new Date(Date.parse(slotStartAt) - 15 * 60_000).toISOString() });
    expect(textsTo(story, number)[0]).toMatch(/^Cheshire Police firearms licensing: video check \w{3} \d{1,2} \w{3} \d\d:\d\d\. Join: http/);

    await story.pass(2 * DAY + 60);
    await until(() => Promise.resolve(textsTo(story, number)), texts => texts.length === 2, 15_000);
    const [first, second] = textsTo(story, number);
    expect(linkFrom(second)).not.toBe(linkFrom(first));
    await stands(finn, requestId, 'SENT', 'DELIVERED');
    expect((await phoneWith(linkFrom(first)).look()).status).toBe(410);

    const device = phoneWith(linkFrom(second));
    const early = await device.look();
    expect(early.status).toBe(200);
    expect(early.html).not.toMatch(/\/continue"/);
    await device.press('continue', { step: 'READ' });
    expect((await seen(finn, requestId)).json['openedAt']).toBeUndefined();

    await story.pass(DAY - 10 * 60);
    await agree(device, ['VIDEO', 'SOUND', 'LOCATION']);
    await press(await sessionOf(device), 'join', { scenario: '027' });
    await stands(finn, requestId, 'ENDED');
    await inspect(requestId);
    await stands(finn, requestId, 'CLOSED');
    await cardFor(story, requestId, { login: 'finn.enquiry', words: /Arrange the recheck/ });
    expect(textsTo(story, number)).toHaveLength(2);
    await expectSealed(story, { requestId, number, secrets: ['Kim Sample', 'CERT-SAMPLE', 'IML'] });

    const next = await ask(finn, { ...inspection, msisdn: phone('202') });
    expect(next.json['code']).toBe('CONSECUTIVE_REMOTE');
    const again = await ask(finn, { ...inspection, reasonCode: 'REMEDIAL_RECHECK', msisdn: phone('202') });
    expect(again.status).toBe(202);
  });

  it('refusal on the card with its reason: nothing is sent', async () => {
    const number = phone('203');
    const requestId = await opened(finn, { ...inspection, fal: { ...fal, certificate: 'CERT-SAMPLE-78' }, msisdn: number });
    await stands(finn, requestId, 'AUTH_PENDING');
    const refused = await pressed(await askedOf(requestId), 'lena.licensing', 'goodsam.refuse', { reason: 'ATTEND_INSTEAD' });
    expect(refused).toMatchObject({ answer: { statusCode: 200 }, replaced: true });
    await stands(finn, requestId, 'AUTH_REFUSED');
    expect((await give(finn, requestId, 'outcome', { code: 'DECLINED_VISIT_BOOKED' })).status).toBe(202);
    await stands(finn, requestId, 'CLOSED');
    expect(textsTo(story, number)).toEqual([]);
    expect(cardsOf(story, requestId, 'lena.licensing')).toHaveLength(1);
    await expectSealed(story, { requestId, number, secrets: ['Kim Sample', 'CERT-SAMPLE', 'IML'] });
  });
});

/** Saves over the version of the list that is shown, which what comes in from the session does not change. */
async function save(requestId: string, given: ReturnType<typeof answers>): Promise<string> {
  const path = `/api/live-links/${requestId}/checklist`;
  const ifMatch = (await finn.get(path)).headers.get('etag') ?? '';
  expect((await story.put('finn.enquiry', path, { body: { answers: given }, ifMatch })).status).toBe(202);
  return ifMatch;
}

/** The checklist: an old version is refused, a gun that is not listed admits no pass, and a remedial period closes. */
async function inspect(requestId: string): Promise<void> {
  const path = `/api/live-links/${requestId}/checklist`;
  expect((await give(finn, requestId, 'outcome', { code: 'PASS' })).json['code']).toBe('CHECKLIST_INCOMPLETE');
  const ifMatch = await save(requestId, answers({ 16: 'NO' }));
  expect((await story.put('finn.enquiry', path, { body: { answers: answers() }, ifMatch })).status).toBe(412);
  const refused = await give(finn, requestId, 'outcome', { code: 'PASS' });
  expect([refused.status, refused.json['code']]).toEqual([409, 'OUTCOME_NOT_ALLOWED']);
  expect(String(refused.json['detail'])).toMatch(/16/);
  await save(requestId, answers({ 22: 'NO' }));
  const saved = rows(await finn.get(path));
  expect(saved).toHaveLength(31);
  expect(saved.find(({ item }) => item === 22)).toMatchObject({ answer: 'NO' });
  expect((await give(finn, requestId, 'outcome', { code: 'REMEDIAL_REQUIRED', detail: '14' })).status).toBe(202);
}
