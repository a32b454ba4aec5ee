import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { normaliseNumber } from '../../../../functions/goodsam/rules/phone.ts';
import { area } from '../../../../functions/goodsam/rules/terms.ts';
import type { Client } from '../../../support/client.ts';
import { ask, give, opened, phone, stands, startLiveLinks, type LiveLinks } from '../../../support/liveLinks.ts';
import { auditOf, cardsTo, creations, etagOf, inSeconds, joined, quietPhones, replace, soon, textsTo } from './support.ts';

let links: LiveLinks;
let finn: Client;
beforeAll(async () => {
  links = await startLiveLinks({ provider: { speed: 600 }, notify: quietPhones });
  finn = links.as('finn.enquiry');
});
afterAll(async () => { await links.stop(); });

const clean = { medicalMarker: false, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: false, section5: false, lastInspectionRemote: false, gunCount: 2, identityChecked: true, toldVoluntary: true, firstGrant: false, policyAllowsGrant: false };

function inspection(certificate: string, msisdn: string, more: object = {}): object {
  return {
    area: 'FAL', reasonCode: 'RENEWAL_SECURITY_INSPECTION', mode: 'VIDEO', personRole: 'CERTIFICATE_HOLDER', msisdn,
    slotStartAt: inSeconds(0, 600), slotEndAt: inSeconds(0, 2400), fal: { ...clean, certificate }, ...more,
  };
}

/** A remote inspection that was held and has ended; its checklist and outcome are the test's. */
async function held(certificate: string, msisdn: string): Promise<string> {
  const requestId = await opened(finn, inspection(certificate, msisdn));
  await stands(finn, requestId, 'SENT', 'DELIVERED');
  const session = await joined(links, msisdn, ['VIDEO', 'LOCATION', 'SOUND']);
  await session.press('start-video');
  await stands(finn, requestId, 'IN_SESSION');
  await session.press('close-page');
  await stands(finn, requestId, 'ENDED');
  return requestId;
}

/** Every item YES, no concern of the household, and what the test changes. */
async function fillIn(requestId: string, changes: Readonly<Record<number, string>> = {}): Promise<number> {
  const answers = Array.from({ length: 31 }, (_, n) => ({ item: n + 1, answer: changes[n + 1] ?? (n + 1 === 30 ? 'NO' : 'YES') }));
  const etag = etagOf(await finn.get(`/api/live-links/${requestId}/checklist`));
  return (await replace(links, 'finn.enquiry', `/api/live-links/${requestId}/checklist`, { body: { answers }, etag })).status;
}

describe('firearms licensing', () => {
  it('A13 with item 16 = NO an inspection cannot be saved as PASS, whatever the order of the steps', async () => {
    const requestId = await held('CERT-SAMPLE-13', phone('101'));
    expect(await give(finn, requestId, 'outcome', { code: 'PASS' })).toMatchObject({ status: 409, json: { code: 'CHECKLIST_INCOMPLETE' } });
    expect(await fillIn(requestId, { 16: 'NO' })).toBe(202);
    for (const code of ['PASS', 'PASS_WITH_ADVICE']) {
      const refused = await give(finn, requestId, 'outcome', { code });
      expect(refused).toMatchObject({ status: 409, json: { code: 'OUTCOME_NOT_ALLOWED' } });
      expect(String(refused.json['detail'])).toContain('16');
    }
    for (const answer of ['NA', 'NOT_SEEN']) {
      expect(await fillIn(requestId, { 16: answer })).toBe(202);
      expect((await give(finn, requestId, 'outcome', { code: 'PASS' })).status).toBe(409);
    }
    expect((await finn.get(`/api/live-links/${requestId}`)).json).toMatchObject({ state: 'ENDED' });
    expect(await fillIn(requestId, { 16: 'YES' })).toBe(202);
    expect((await give(finn, requestId, 'outcome', { code: 'PASS' })).status).toBe(202);
    await stands(finn, requestId, 'CLOSED');
    // What was passed stays what it was passed on.
    expect(await fillIn(requestId, { 16: 'NO' })).toBe(409);
  });

  it('A13 what was never held cannot be passed either', async () => {
    const requestId = await opened(finn, inspection('CERT-SAMPLE-13B', phone('102')));
    await give(finn, requestId, 'cancel', { reason: 'HOLDER_ASKED' });
    await stands(finn, requestId, 'CANCELLED');
    await fillIn(requestId);
    expect(await give(finn, requestId, 'outcome', { code: 'PASS' })).toMatchObject({ status: 409, json: { code: 'OUTCOME_NOT_ALLOWED' } });
  });

  it('A14 two remote renewal inspections in a row are refused by the certificate, without an override; rechecks are exempt', async () => {
    const first = await held('CERT-SAMPLE-14', phone('103'));
    await fillIn(first);
    await give(finn, first, 'outcome', { code: 'PASS' });
    await stands(finn, first, 'CLOSED');
    await links.settle();
    // By the certificate, however it is written, to whatever number, for whatever incident, and whatever the officer ticks.
    const again = { status: 409, json: { code: 'CONSECUTIVE_REMOTE' } };
    expect(await ask(finn, inspection('CERT-SAMPLE-14', phone('103')))).toMatchObject(again);
    expect(await ask(finn, inspection(' cert-sample-14 ', phone('104'), { force: true, internationalReason: 'no' }))).toMatchObject(again);
    expect(textsTo(links, phone('104'))).toBe(0);
    // Another certificate, and other reasons for this one, are not refused; the supervisor looks at a second remote one.
    await opened(finn, inspection('CERT-SAMPLE-15', phone('105')));
    const recheck = await opened(finn, inspection('CERT-SAMPLE-14', phone('106'), { reasonCode: 'REMEDIAL_RECHECK' }));
    expect((await stands(finn, recheck, 'AUTH_PENDING')).json['authorityWhy']).toContain('lastInspectionRemote');
    await give(links.as('lena.licensing'), recheck, 'authorise', { decision: 'APPROVED' });
    await stands(finn, recheck, 'SENT', 'DELIVERED');
  });

  it('A14 a renewal inspection that names no certificate cannot get round it', async () => {
    const { certificate, ...nameless } = { ...clean, certificate: undefined };
    expect(await ask(finn, inspection('unused', phone('107'), { fal: nameless }))).toMatchObject({ status: 409, json: { code: 'ELIGIBILITY_FAILED' } });
  });
});

describe('offender management', () => {
  const check = { area: 'SOM', reasonCode: 'ADDRESS_VERIFICATION', mode: 'VIDEO', personRole: 'REGISTERED_OFFENDER' };
  const som = { whyNotUnannounced: 'A short check between two visits.', onlyCheckInPeriod: false, childInView: false };

  test.each(['HIGH', 'VERY_HIGH'])('A22 %s risk is refused without an override reason; with one the sergeant must tick it', async riskLevel => {
    const [mona, dan] = [links.as('mona.offender'), links.as('dan.sergeant')];
    const msisdn = phone(riskLevel === 'HIGH' ? '111' : '112');
    for (const overrideReason of [undefined, '   ']) {
      expect(await ask(mona, { ...check, msisdn, som: { ...som, riskLevel, ...(overrideReason !== undefined && { overrideReason }) } })).toMatchObject({ status: 422, json: { code: 'RISK_TOO_HIGH' } });
    }
    const requestId = await opened(mona, { ...check, msisdn, som: { ...som, riskLevel, overrideReason: 'Visited yesterday, one point to clear up.' } });
    await stands(mona, requestId, 'AUTH_PENDING');
    await links.settle();
    await soon(() => cardsTo(links, 'dan.sergeant', 'Authority needed', requestId)[0]);
    // On the card it can only be opened: the tick is in the app.
    expect(cardsTo(links, 'dan.sergeant', 'Action.Execute', requestId)).toEqual([]);
    expect((await give(mona, requestId, 'authorise', { decision: 'APPROVED', overrideTicked: true })).status).toBeGreaterThanOrEqual(403);
    expect(await give(dan, requestId, 'authorise', { decision: 'APPROVED' })).toMatchObject({ status: 409, json: { code: 'RISK_TOO_HIGH' } });
    expect((await mona.get(`/api/live-links/${requestId}`)).json['state']).toBe('AUTH_PENDING');
    expect(textsTo(links, msisdn)).toBe(0);
    expect(await creations(links, requestId)).toEqual([]);
    expect((await give(dan, requestId, 'authorise', { decision: 'APPROVED', overrideTicked: true })).status).toBe(202);
    await stands(mona, requestId, 'SENT', 'DELIVERED');
    expect((await auditOf(dan, requestId)).find(row => row.what === 'RequestAuthorised')).toMatchObject({ about: '{"override":"true"}' });
  });

  it('A22 a low risk needs the sergeant as well, but no tick', async () => {
    const requestId = await opened(links.as('mona.offender'), { ...check, msisdn: phone('113'), som: { ...som, riskLevel: 'LOW' } });
    await stands(links.as('mona.offender'), requestId, 'AUTH_PENDING');
    expect((await give(links.as('dan.sergeant'), requestId, 'authorise', { decision: 'APPROVED' })).status).toBe(202);
    await stands(links.as('mona.offender'), requestId, 'SENT', 'DELIVERED');
  });
});

describe('drama numbers', () => {
  it('A23 in test only they are texted, however a real number is written', async () => {
    const carl = links.as('carl.controller');
    const request = { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', onVoiceCall: true, askedAndSafe: true };
    for (const msisdn of ['+447911123456', '07911 123456', '0044 7911 123456', '+447700901000', '+33612345678', '+4477009001234']) {
      expect(await ask(carl, { ...request, msisdn, internationalReason: 'Holidays.' })).toMatchObject({ status: 422, json: { code: 'INVALID_MSISDN' } });
    }
    await stands(carl, await opened(carl, { ...request, msisdn: '07700 900121' }), 'SENT', 'DELIVERED');
    expect(textsTo(links, phone('121'))).toBe(1);
  });

  test.each(area.options)('A23 production refuses every drama number in %s and takes real ones', one => {
    const rules = { world: 'production', area: one } as const;
    for (let n = 0; n < 1000; n++) expect(normaliseNumber(`+447700900${String(n).padStart(3, '0')}`, rules)).toMatchObject({ ok: false, code: 'INVALID_MSISDN' });
    for (const written of ['07700 900123', '447700900123', '00447700900123', '+44 (0)7700-900123']) expect(normaliseNumber(written, rules)).toMatchObject({ ok: false, code: 'INVALID_MSISDN' });
    expect(normaliseNumber('07911 123456', rules)).toEqual({ ok: true, e164: '+447911123456', kind: 'UK_MOBILE' });
  });
});
