import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { operations } from '../../../../functions/goodsam/contract.ts';
import { tokenOf } from '../../../../functions/goodsam/tokens.ts';
import { newKey, rows, type Client } from '../../../support/client.ts';
import { give, linkIn, objectIdOf, opened, phone, phoneWith, stands, startLiveLinks, type LiveLinks } from '../../../support/liveLinks.ts';
import { until } from '../../../support/service.ts';
import { seeScene as fccRequest, seriousCrime } from './requests.ts';
import { callInHand, providerCalls, sessionsOf, textsTo } from './support.ts';

let links: LiveLinks;
let carl: Client;
beforeAll(async () => {
  // Each call to the provider takes a second: long enough to press Cancel meanwhile.
  links = await startLiveLinks({ provider: { latency: { medianMs: 1_000, p95Ms: 1_000 } }, service: { faults: true } });
  carl = links.as('carl.controller');
});
afterAll(async () => { await links.stop(); });

const seeScene = (number: string) => ({ ...fccRequest, msisdn: number });

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

describe('serious and organised crime', () => {
  /** Everything that can be asked about one request, with a body that is right in form. */
  const bodies: Readonly<Record<string, object>> = {
    ConfirmSafeContact: { method: 'LIVE_VOICE' }, AuthoriseLiveLink: { decision: 'APPROVED' }, BookSlot: { slotStartAt: '2099-01-01T10:00:00Z', slotEndAt: '2099-01-01T10:30:00Z' }, ShareView: { viewer: objectIdOf('carl.controller') },
    RecordOutcome: { code: 'NO_BENEFIT', attendanceAvoided: false }, SendChat: { text: 'Hello.' }, SaveChecklist: { answers: [] }, DecideEvidence: { decision: 'HAND_OVER', reason: 'CALLER_SAID_SO' }, ConfirmPastedLine: { lineId: 'line-1' },
    ...Object.fromEntries(['MarkUnsafeContact', 'ClearUnsafeContact', 'ReleaseHold', 'CancelLiveLink', 'GetViewer', 'ViewEvidence'].map(name => [name, { reason: 'CALLER_SAID_SO' }])),
    SaveScore: {
      offenceType: 'burglary', volumeCrime: true, entryPoint: 'door', surfaces: [], wet: false, timeSinceH: 1, itemsMoved: false, bloodOrCellular: false, fingermark: 0, footwear: 0, toolmark: 0, dnaPotential: 0, digitalPotential: 0,
      preservationAdvice: 'none',
    },
  };
  const tokenFor = (login: string): Promise<string> => {
    if (!links.local) throw new Error('the embedded host is needed');
    return links.local.issuer.token(login);
  };
  const aboutOne = operations.filter(({ route }) => route.includes('{requestId}'));

  async function reply(login: string, { operationId, method, route }: (typeof aboutOne)[number], requestId: string): Promise<{ readonly status: number; readonly json: object }> {
    const answered = await fetch(`${links.url}/${route.replace('{requestId}', requestId).replace('{evidenceId}', `ev-${'0'.repeat(32)}`)}`, {
      method,
      headers: {
        authorization: `Bearer ${await tokenFor(login)}`, 'content-type': 'application/json', 'idempotency-key': newKey(), 'if-match': '"1"',
      },
      ...(method !== 'GET' && { body: JSON.stringify(bodies[operationId] ?? {}) }),
    });
    const { traceId, ...json } = z.record(z.string(), z.unknown()).parse(await answered.json());
    return { status: answered.status, json };
  }

  it('A10 a request of serious crime is not there for anybody who is not named in it: 404 as for an id that never was', async () => {
    const [otto, una] = [links.as('otto.organised'), links.as('una.unnamed')];
    const requestId = await opened(otto, { ...seriousCrime, msisdn: phone('101') });
    expect((await give(links.as('dee.inspector'), requestId, 'authorise', { decision: 'APPROVED' })).status).toBe(202);
    await stands(otto, requestId, 'SENT', 'DELIVERED');
    const never = Array.from(randomBytes(26), byte => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(byte % 32)).join('');
    for (const login of ['carl.controller', 'fay.manager', 'una.unnamed']) {
      const [seen, unseen]: [unknown[], unknown[]] = [[], []];
      for (const operation of aboutOne) {
        // Who keeps the list of unsafe contacts clears it for every area (goodsam.md 21.4), and must be given the id for that by the unit itself.
        seen.push({ operation: operation.operationId, ...await reply(login, operation, requestId) });
        unseen.push({ operation: operation.operationId, ...await reply(login, operation, never) });
      }
      expect(seen).toEqual(unseen);
      // Not only roles that an operation does not have: most of them would do it for a request of the person's own.
      const statuses = z.array(z.object({ status: z.number() })).parse(seen).map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set([403, 404]));
      expect(statuses.filter(status => status === 404).length).toBeGreaterThan(10);
    }
    for (const person of [carl, links.as('fay.manager')]) {
      expect((await person.get('/api/live-links?area=SOCU')).status).toBe(404);
      expect(JSON.stringify([(await person.get('/api/live-links?area=FCC&limit=200')).json, (await person.get('/api/my-live-links?limit=200')).json])).not.toContain(requestId);
    }
    // In the same unit and not named.
    expect(rows(await una.get('/api/live-links?area=SOCU'))).toEqual([]);
    expect(rows(await otto.get('/api/live-links?area=SOCU')).map(row => row['requestId'])).toEqual([requestId]);
    expect((await otto.get(`/api/live-links/${requestId}`)).json['state']).toMatch(/^(?:SENT|DELIVERED)$/);
  });

  it('A10 its outcomes are in no count of the control room, and a count under five is told to nobody', async () => {
    const otto = links.as('otto.organised');
    for (const number of ['102', '103']) {
      const requestId = await opened(otto, { ...seriousCrime, msisdn: phone(number) });
      await give(otto, requestId, 'cancel', { reason: 'CALLER_SAID_SO' });
      expect((await give(otto, requestId, 'outcome', { code: 'NO_CONTACT', attendanceAvoided: true, minutesSaved: 77 })).status).toBe(202);
    }
    for (let n = 0; n < 5; n++) {
      const requestId = await opened(carl, { ...seeScene(phone(`10${4 + n}`)), channel: 'READ_ALOUD_CODE' });
      await give(carl, requestId, 'cancel', { reason: 'CALLER_SAID_SO' });
      expect((await give(carl, requestId, 'outcome', { code: n < 4 ? 'NO_BENEFIT' : 'TECH_FAIL', attendanceAvoided: true, minutesSaved: 11 })).status).toBe(202);
    }
    const counts = async (login: string): Promise<Record<string, unknown>[]> => rows(await links.as(login).get('/api/live-link-statistics'));
    const few = { count: 'fewer than 5', attendanceAvoided: 'fewer than 5', minutesSaved: 'fewer than 5', milesSaved: 'fewer than 5' };
    // Lists follow the commit at once, and not in it.
    await links.settle();
    expect(await counts('carl.controller')).toEqual([{ area: 'FCC', outcome: 'NO_BENEFIT', ...few }, { area: 'FCC', outcome: 'TECH_FAIL', ...few }]);
    expect((await counts('otto.organised')).filter(({ area }) => area === 'SOCU')).toEqual([{ area: 'SOCU', outcome: 'NO_CONTACT', ...few }]);
    expect((await counts('gus.auditor')).filter(({ area }) => area === 'SOCU')).toEqual([]);
    const fifth = await opened(carl, { ...seeScene(phone('109')), channel: 'READ_ALOUD_CODE' });
    await give(carl, fifth, 'cancel', { reason: 'CALLER_SAID_SO' });
    await give(carl, fifth, 'outcome', { code: 'NO_BENEFIT', attendanceAvoided: true, minutesSaved: 11 });
    await links.settle();
    expect((await counts('carl.controller')).find(({ outcome }) => outcome === 'NO_BENEFIT')).toMatchObject({ count: '5', attendanceAvoided: '5', minutesSaved: '55' });
  });
});
