import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { rows, type Answer, type Client } from '../../../support/client.ts';
import { agree, give, linkIn, opened, phone, phoneWith, stands, startLiveLinks, type LiveLinks } from '../../../support/liveLinks.ts';
import { until } from '../../../support/service.ts';
import { changes, contentsOf } from '../../../support/storage.ts';
import { seeScene } from './requests.ts';
import { cardsOf, joinProvider, providerLog, rawReports, sendReport, sessionsOf } from './support.ts';

let links: LiveLinks;
let carl: Client;
beforeAll(async () => {
  links = await startLiveLinks({ provider: { speed: 120 } });
  carl = links.as('carl.controller');
});
afterAll(async () => { await links.stop(); });

interface Consented { readonly requestId: string; readonly sessionId: string; readonly html: string }

/** A request whose person has agreed on our page and not gone on yet. */
async function consented(number: string, body: object = seeScene, scope: readonly string[] = ['VIDEO', 'LOCATION', 'SOUND']): Promise<Consented> {
  const requestId = await opened(carl, { ...body, msisdn: number });
  await stands(carl, requestId, 'SENT', 'DELIVERED');
  const device = phoneWith(await linkIn(links, number));
  await agree(device, scope);
  const [session] = await sessionsOf(links, requestId);
  return { requestId, sessionId: session?.sessionId ?? '', html: (await device.look()).html };
}

const mediaStarted = ({ requestId, sessionId }: Consented, id: string) => ({ id, type: 'session.media_started', occurredAt: new Date().toISOString(), sessionId, externalRef: requestId, sequence: 1_000, data: {} });

/** What the audit says of reports; the receipt of the text is one as well, and not the provider's. */
async function reported(requestId: string): Promise<unknown[]> {
  const answer = await links.as('fay.manager').get(`/api/live-links/${requestId}/audit?limit=200`);
  return rows(answer).filter(({ what, about }) => what === 'ProviderReported' && !String(about).includes('delivered'));
}

async function evidenceOf(requestId: string): Promise<Record<string, unknown>[]> {
  return rows(await carl.get(`/api/live-links/${requestId}/evidence`));
}

function view(requestId: string, evidenceId: unknown): Promise<Answer> {
  return give(carl, requestId, `evidence/${String(evidenceId)}/view`, { reason: 'CHECK_CONTENT' });
}

/** What is stored once nothing moves any more: the provider's own reports of a new session may be on their way for a while. */
async function atRest(connectionString: string): Promise<Awaited<ReturnType<typeof contentsOf>>> {
  for (;;) {
    await links.settle();
    const first = await contentsOf(connectionString);
    await sleep(1_500);
    if (changes(first, await contentsOf(connectionString)).length === 0) return first;
  }
}

describe('reports of the provider', () => {
  it('A4 the same webhook three times is one change of state and three raw reports', async () => {
    const session = await consented(phone('401'));
    const before = (await rawReports(links, session.requestId)).length;
    const event = mediaStarted(session, 'evt-a4-1');
    const answers = [await sendReport(links, { event }), await sendReport(links, { event }), await sendReport(links, { event })];
    expect(answers.map(({ status }) => status)).toEqual([202, 200, 200]);
    const { json } = await carl.get(`/api/live-links/${session.requestId}`);
    expect(json['state']).toBe('IN_SESSION');
    expect(JSON.stringify(json['steps']).split('mediaStarted')).toHaveLength(2);
    expect(await reported(session.requestId)).toHaveLength(1);
    expect((await rawReports(links, session.requestId)).length - before).toBe(3);
  });

  it('A4 three at the same moment are one change as well', async () => {
    const session = await consented(phone('402'));
    const event = mediaStarted(session, 'evt-a4-2');
    const answers = await Promise.all([1, 2, 3].map(() => sendReport(links, { event })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 202]);
    expect(await reported(session.requestId)).toHaveLength(1);
    expect((await rawReports(links, session.requestId)).filter(name => name.startsWith(`live-link-reports/${session.requestId}/`))).toHaveLength(3);
  });

  it('A4 a provider that sends everything three times changes nothing but the store of raw reports', async () => {
    const session = await consented(phone('010'));
    await joinProvider(session.html, '010');
    expect((await stands(carl, session.requestId, 'ENDED')).json['endReason']).toBe('PERSON');
    const events = async (): Promise<string[]> => (await providerLog(links)).filter(({ kind, sessionId }) => kind === 'event' && sessionId === session.sessionId).map(({ eventId = '' }) => eventId);
    await until(async () => [await events(), await rawReports(links, session.requestId)] as const, ([sent, kept]) => sent.length > 5 && kept.length === 3 * sent.length);
    const kept = await rawReports(links, session.requestId);
    const perEvent = Map.groupBy(kept, name => name.split('/')[2]);
    expect([...perEvent.values()].map(names => names.length)).toEqual([...perEvent].map(() => 3));
    expect(await reported(session.requestId)).toHaveLength(perEvent.size);
  });

  it('A5 a webhook that nobody can vouch for is 401 and changes nothing at all', async () => {
    const session = await consented(phone('501'));
    const event = mediaStarted(session, 'evt-a5-1');
    const { connectionString } = links.system;
    const before = await atRest(connectionString);
    const forged = [
      await sendReport(links, { event, tamper: body => body.replace('media_started', 'safety_exit') }),
      await sendReport(links, { event, tamper: body => `${body} ` }),
      await sendReport(links, { event, secret: 'unknown' }),
      await sendReport(links, { event, off: -301 }),
      await sendReport(links, { event, off: 302 }),
    ];
    expect(forged.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    // No answer tells which part was wrong.
    expect(new Set(forged.map(({ body }) => body.replace(/"traceId":"[^"]*"/, ''))).size).toBe(1);
    expect(changes(before, await contentsOf(connectionString))).toEqual([]);
    expect((await carl.get(`/api/live-links/${session.requestId}`)).json['state']).toBe('CONSENTED');
  });

  test.each([['old', '502'], ['new', '503']] as const)('A5 the %s secret is accepted while secrets are changed, also at the edge of the time allowed', async (secret, scenario) => {
    const session = await consented(phone(scenario));
    expect((await sendReport(links, { event: mediaStarted(session, `evt-a5-${secret}`), secret, off: -280 })).status).toBe(202);
    expect((await carl.get(`/api/live-links/${session.requestId}`)).json['state']).toBe('IN_SESSION');
  });
});

describe('evidence that must not be trusted', () => {
  it('A8 an infected upload is quarantined, the officer is told, and nobody ever sees it', async () => {
    const session = await consented(phone('017'), { ...seeScene, reasonCode: 'MEDIA_UPLOAD', mode: 'UPLOAD' }, ['FILES']);
    await joinProvider(session.html, '017');
    await stands(carl, session.requestId, 'ENDED');
    const settled = ['QUARANTINED', 'STORED', 'EXHIBITED'];
    const files = await until(() => links.settle().then(() => evidenceOf(session.requestId)), found => found.length === 3 && found.every(({ state }) => settled.includes(String(state))));
    const [bad, ...more] = files.filter(({ state }) => state === 'QUARANTINED');
    expect(more).toEqual([]);
    expect(bad).toMatchObject({ scan: 'INFECTED', mayView: false });
    expect(cardsOf(links, 'carl.controller', session.requestId).filter(card => card.includes('Evidence quarantined'))).toHaveLength(1);
    const seen = await view(session.requestId, bad?.['evidenceId']);
    expect(seen.json).toMatchObject({ code: 'EVIDENCE_QUARANTINED' });
    expect(seen.status).toBe(409);
    for (const decision of ['CLEAR', 'HAND_OVER', 'NON_EVIDENTIAL', 'RETRY']) {
      expect((await give(carl, session.requestId, `evidence/${String(bad?.['evidenceId'])}/decide`, { decision, reason: 'LOOKS_FINE' })).status).toBe(409);
    }
    expect((await view(session.requestId, bad?.['evidenceId'])).status).toBe(409);
    // The two clean files beside it are shown, so the refusal is about this one.
    const [good] = files.filter(({ state }) => state !== 'QUARANTINED');
    expect((await view(session.requestId, good?.['evidenceId'])).status).toBe(200);
    expect(links.simulators.force.received().ingests.map(({ key }) => key)).not.toContain(bad?.['evidenceId']);
  });

  it('A9 a recording whose hash is not the announced one is RETRIEVAL_FAILED, told, not shown, and stays at the provider', async () => {
    const session = await consented(phone('024'));
    await joinProvider(session.html, '024');
    await stands(carl, session.requestId, 'ENDED');
    const failed = await until(() => links.settle().then(() => evidenceOf(session.requestId)), found => found.some(({ failure }) => failure === 'hash-mismatch'));
    const item = failed.find(({ kind }) => kind === 'LIVE_RECORDING');
    expect(item).toMatchObject({ state: 'RETRIEVAL_FAILED', failure: 'hash-mismatch', mayView: false });
    expect(item).not.toHaveProperty('sha256');
    expect(cardsOf(links, 'carl.controller', session.requestId).some(card => card.includes('Evidence could not be retrieved'))).toBe(true);
    expect((await view(session.requestId, item?.['evidenceId'])).status).toBe(409);
    // Tried again until a person has to look: the copy is kept through all of it.
    await links.pass(3_700);
    await until(() => links.settle().then(() => evidenceOf(session.requestId)), found => found.every(({ state, mayView }) => state === 'MANUAL_ACTION' && mayView === false));
    expect((await view(session.requestId, item?.['evidenceId'])).status).toBe(409);
    const calls = (await providerLog(links)).filter(({ kind, path = '' }) => kind === 'api' && path.includes(`/sessions/${session.sessionId}/media`));
    expect(calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
    expect(calls.length).toBeGreaterThan(2);
  });
});
