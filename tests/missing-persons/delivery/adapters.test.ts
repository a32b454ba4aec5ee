import { afterEach, describe, expect, it } from '@jest/globals';
import { phoneLog, portal } from '../../../functions/missing-persons/delivery/byHand.ts';
import { notifyEmail, notifySms } from '../../../functions/missing-persons/delivery/govukNotify.ts';
import { httpMailGateway } from '../../../functions/missing-persons/delivery/mailGateway.ts';
import { senderOf } from '../../../functions/missing-persons/delivery/sender.ts';
import { buildPayload } from '../../../functions/missing-persons/rules/notices/payload.ts';
import type { Messenger } from '../../../shared/notify/messenger.ts';
import { createNotifyMessenger } from '../../../shared/notify/govukNotify.ts';
import { askedOf, facts, queuedOf, recipientOf, type Wanted } from '../notices/support.ts';
import { noticeSenderContract, type Subject } from './contract.ts';
import { answering, fakeGateway, fakeNotify, stopServers, templates } from './support.ts';

afterEach(stopServers);
const apiKey = 'sample-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222';
const messengerAt = (url: string, timeoutMs = 20_000): Messenger => createNotifyMessenger({ url, apiKeys: { branded: apiKey, neutral: apiKey }, timeoutMs });
const message = (wanted: Wanted): Pick<Subject, 'notice' | 'payload' | 'to'> => ({ notice: queuedOf(wanted), payload: askedOf(wanted).payload, to: recipientOf(wanted.kind, wanted.channel) });
const la = message({ n: 'N04', kind: 'LA_CHILDREN', channel: 'SECURE_MAIL' });
const text = message({ n: 'N15', variant: 'ANY', kind: 'INFORMANT', channel: 'NOTIFY_SMS' });
const digest = message({ n: 'N19', variant: 'ANY', kind: 'MFH_COORD', channel: 'NOTIFY_EMAIL', facts: { digest: [{ caseRef: 'MP/CHS/2026/000123', risk: 'HIGH', link: 'https://example.com/c/1', isRhiOverdue: true }] } });

noticeSenderContract('secure mail gateway', async timeoutMs => {
  const far = await fakeGateway();
  return { sender: httpMailGateway({ url: far.url, key: 'gateway-key', timeoutMs }), far, ...la };
});
noticeSenderContract('GOV.UK Notify, text', async timeoutMs => {
  const far = await fakeNotify();
  return { sender: notifySms(messengerAt(far.url, timeoutMs), templates), far, ...text };
});
noticeSenderContract('GOV.UK Notify, e-mail', async timeoutMs => {
  const far = await fakeNotify();
  return { sender: notifyEmail(messengerAt(far.url, timeoutMs), templates), far, ...digest };
});

describe('secure mail gateway', () => {
  it('three at the same moment are one message', async () => {
    const far = await fakeGateway();
    const sender = httpMailGateway({ url: far.url, key: 'gateway-key', timeoutMs: 20_000 });
    const answers = await Promise.all([1, 2, 3].map(() => sender.send(la.notice, la.payload, la.to, { key: 'same' })));
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
    expect(far.taken).toHaveLength(1);
    expect(far.requests).toEqual([1, 2, 3].map(() => 'POST /messages Bearer gateway-key'));
  });

  it('carries the UKMPU file as it is', async () => {
    const far = await fakeGateway();
    const payload = buildPayload('N02', facts({ ukmpu: { case_ref: 'MP/CHS/2026/000123', record_type: 'MISSING', submission: 'NEW', family_name: 'Sample, "Ella"' } }), { variant: 'MISSING', kind: 'UKMPU', channel: 'SECURE_MAIL' });
    await httpMailGateway({ url: far.url, key: 'k', timeoutMs: 20_000 }).send(la.notice, payload, la.to, { key: 'file' });
    expect(far.taken[0]?.text).toContain('"Sample, ""Ella"""');
  });

  it('does not follow a redirect with its key', async () => {
    const far = await fakeGateway();
    const url = await answering((_request, response) => response.writeHead(307, { location: `${far.url}/messages` }).end());
    expect(await httpMailGateway({ url, key: 'k' }).send(la.notice, la.payload, la.to, { key: 'x' })).toMatchObject({ outcome: 'later' });
    expect(far.requests).toEqual([]);
  });
});

describe('GOV.UK Notify', () => {
  it('N15: the person reads the fixed words and nothing more', async () => {
    const far = await fakeNotify();
    await notifySms(messengerAt(far.url), templates).send(text.notice, text.payload, text.to, { key: 'k' });
    expect(far.taken.map(one => one.text)).toEqual(['Please call 101 ref MP/CHS/2026/000123']);
  });

  it.each([
    ['another text', { lines: ['Ella was found at Crewe. Please call 101 ref MP/CHS/2026/000123'] }], ['one line more', { lines: [...text.payload.lines, 'She is safe.'] }], ['no reference', { lines: ['Please call 101'] }],
  ])('N15: %s is refused before anything leaves', async (_what, changes) => {
    const far = await fakeNotify();
    expect(await notifySms(messengerAt(far.url), templates).send(text.notice, { ...text.payload, ...changes }, text.to, { key: 'k' })).toEqual({ outcome: 'refused', reason: 'text-not-approved' });
    expect(far.requests).toEqual([]);
  });

  it('a file never goes by ordinary e-mail', async () => {
    const far = await fakeNotify();
    const attachment = { name: 'a.csv', mediaType: 'text/csv; charset=utf-8', text: 'x' } as const;
    expect(await notifyEmail(messengerAt(far.url), templates).send(digest.notice, { ...digest.payload, attachment }, digest.to, { key: 'k' })).toMatchObject({ outcome: 'refused' });
    expect(far.requests).toEqual([]);
  });

  it('a fault of our own is thrown, so that the queue repeats it', async () => {
    const broken: Messenger = { ...messengerAt('http://127.0.0.1:9'), findByReference: () => Promise.reject(new TypeError('ours')) };
    await expect(notifySms(broken, templates).send(text.notice, text.payload, text.to, { key: 'k' })).rejects.toThrow(TypeError);
  });

  it('passes on the time to wait', async () => {
    const url = await answering((_request, response) => response.writeHead(429, { 'retry-after': '7', 'content-type': 'application/json' }).end('{"errors":[{"error":"RateLimitError","message":"x"}],"status_code":429}'));
    expect(await notifySms(messengerAt(url), templates).send(text.notice, text.payload, text.to, { key: 'k' })).toEqual({ outcome: 'later', reason: 'notify-rateLimited', retryAfterMs: 7_000 });
  });
});

describe('what no machine sends', () => {
  const edt = message({ n: 'N04', kind: 'LA_EDT', channel: 'PHONE_LOG' });
  it('PHONE_LOG is a person\'s, PORTAL leaves nothing', async () => {
    expect(await phoneLog.send(edt.notice, edt.payload, edt.to, { key: 'k' })).toEqual({ outcome: 'byHand' });
    expect(await portal.send(la.notice, la.payload, la.to, { key: 'k' })).toEqual({ outcome: 'accepted', providerRef: 'portal:N04.LA_CHILDREN' });
  });

  it('the channel decides the adapter; what does not fit, or has none, is refused', async () => {
    const sender = senderOf({ PHONE_LOG: phoneLog });
    expect(await sender.send(edt.notice, edt.payload, edt.to, { key: 'k' })).toEqual({ outcome: 'byHand' });
    expect(await sender.send(la.notice, la.payload, la.to, { key: 'k' })).toEqual({ outcome: 'refused', reason: 'no-adapter' });
    expect(await sender.send(edt.notice, edt.payload, la.to, { key: 'k' })).toEqual({ outcome: 'refused', reason: 'mismatch' });
    expect(await sender.send(edt.notice, { ...edt.payload, n: 'N05' }, edt.to, { key: 'k' })).toEqual({ outcome: 'refused', reason: 'mismatch' });
  });
});
