import { afterEach, describe, expect, it, test } from '@jest/globals';
import { createHmac, randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { sendTextOnce } from '../../../shared/notify/messenger.ts';
import { control, link, messengerOf, neutralText, simulator, stopAll, templateId } from './support.ts';

afterEach(stopAll);

describe('the messenger over the real Notify client', () => {
  it('sends a text with the approved words, and finds it by its reference', async () => {
    const notify = await simulator();
    const messenger = messengerOf(notify);
    const text = neutralText(notify);
    const { notificationId } = await messenger.sendText(text);
    expect(notify.messages()).toEqual([expect.objectContaining({
      id: notificationId, service: 'neutral', kind: 'sms', from: 'CallLink', to: '+447700900001', text: `Your call link: ${link}`, template: 'DA_NEUTRAL', reference: text.reference,
    })]);
    expect(await messenger.findByReference('neutral', text.reference)).toMatchObject({ notificationId });
    expect(await messenger.findByReference('branded', text.reference)).toBeUndefined();
    expect(await messenger.findByReference('neutral', randomUUID())).toBeUndefined();
  });

  it('sends an e-mail with subject and body', async () => {
    const notify = await simulator();
    await messengerOf(notify).sendEmail({
      service: 'branded', to: 'sam.sample@example.com', templateId: templateId(notify, 'CCTV_UPLOAD_EMAIL'), personalisation: { link, ref: 'GS-1A2B-3C4D' }, reference: 'r:1',
    });
    expect(notify.messages()).toEqual([expect.objectContaining({
      service: 'branded', kind: 'email', subject: 'Cheshire Police: please upload the footage we discussed, ref GS-1A2B-3C4D', text: expect.stringContaining(link),
    })]);
  });

  it('tells how a sending fares, and undefined for one that Notify does not know', async () => {
    const notify = await simulator();
    const messenger = messengerOf(notify);
    const { notificationId } = await messenger.sendText(neutralText(notify, { to: '+447700900002' }));
    while (await messenger.statusOf('neutral', notificationId) === 'sending') await new Promise(resolve => setTimeout(resolve, 5));
    expect(await messenger.statusOf('neutral', notificationId)).toBe('permanent-failure');
    expect(await messenger.statusOf('branded', notificationId)).toBeUndefined();
  });
});

describe('sendTextOnce (goodsam.md 21.14)', () => {
  it('after a time-out finds the one text that Notify took, and sends no second', async () => {
    const notify = await simulator();
    const text = neutralText(notify);
    const once = { mode: 'lostAnswer', count: 1 };
    await control(notify, 'outage', once);
    await expect(messengerOf(notify, { timeoutMs: 1_500 }).sendText(text)).rejects.toMatchObject({ name: 'MessageError', kind: 'timeout' });
    expect(notify.messages()).toHaveLength(1);
    expect(await sendTextOnce(messengerOf(notify), text)).toEqual({ notificationId: notify.messages()[0]?.id, wasSentBefore: true });
    expect(notify.messages()).toHaveLength(1);
  });

  it('after a time-out of which Notify took nothing, sends', async () => {
    const notify = await simulator();
    const text = neutralText(notify);
    await control(notify, 'outage', { mode: 'silent', count: 1 });
    await expect(messengerOf(notify, { timeoutMs: 1_500 }).sendText(text)).rejects.toMatchObject({ kind: 'timeout' });
    expect(notify.messages()).toHaveLength(0);
    expect(await sendTextOnce(messengerOf(notify), text)).toMatchObject({ wasSentBefore: false });
    expect(notify.messages()).toHaveLength(1);
  });

  it('sends nothing when the look-up fails: what is not known is not repeated', async () => {
    const notify = await simulator();
    await control(notify, 'outage', { mode: 'unavailable', count: 1 });
    await expect(sendTextOnce(messengerOf(notify), neutralText(notify))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(notify.messages()).toHaveLength(0);
  });
});

describe('failures', () => {
  test.each([
    ['a key whose secret is wrong', (key: string) => `${key.slice(0, -36)}${randomUUID()}`],
    ['a key of no service', () => `wrong-${randomUUID()}-${randomUUID()}`],
    ['no key at all', () => 'x'],
  ])('auth: %s', async (_, spoil) => {
    const notify = await simulator();
    const messenger = messengerOf(notify, { branded: spoil(notify.environment.NOTIFY_API_KEY) });
    await expect(messenger.findByReference('branded', 'r:1')).rejects.toMatchObject({ kind: 'auth', message: 'Notify answered 403 AuthError' });
  });

  it('the key of one service cannot use a template of the other', async () => {
    const notify = await simulator();
    const text = neutralText(notify, { service: 'branded' });
    await expect(messengerOf(notify).sendText(text)).rejects.toMatchObject({ kind: 'validation', message: 'Notify answered 400 BadRequestError' });
  });

  test.each([
    ['a number that is none', { to: '+44770' }],
    ['a placeholder that is missing', { personalisation: {} }],
    ['a template that is no id', { templateId: 'DA_NEUTRAL' }],
    ['an e-mail address', { to: 'sam.sample@example.com' }],
  ])('validation: %s', async (_, changes) => {
    const notify = await simulator();
    await expect(messengerOf(notify).sendText(neutralText(notify, changes))).rejects.toMatchObject({ kind: 'validation' });
    expect(notify.messages()).toHaveLength(0);
  });

  it('validation: a team-only key, and a service in trial mode, reach their team only', async () => {
    const notify = await simulator({ trial: ['neutral'], teamRecipients: ['+447700900009'] });
    await expect(messengerOf(notify).sendText(neutralText(notify))).rejects.toMatchObject({ kind: 'validation' });
    await messengerOf(notify).sendText(neutralText(notify, { to: '+447700900009' }));
    const misper = { service: 'branded' as const, templateId: templateId(notify, 'MISPER') };
    await expect(messengerOf(notify, { branded: notify.apiKey('branded', 'team') }).sendText(neutralText(notify, misper))).rejects.toMatchObject({ kind: 'validation' });
    expect(notify.messages().map(({ to }) => to)).toEqual(['+447700900009']);
  });

  it('rateLimited: 429, with the time to wait if the answer names one', async () => {
    const notify = await simulator({ rateLimitPerMinute: 2 });
    const messenger = messengerOf(notify);
    await messenger.sendText(neutralText(notify));
    await messenger.sendText(neutralText(notify));
    await expect(messenger.sendText(neutralText(notify))).rejects.toMatchObject({ kind: 'rateLimited', retryAfterMs: undefined });
    await control(notify, 'outage', { mode: 'rateLimited', retryAfterSeconds: 7 });
    await expect(messenger.sendText(neutralText(notify))).rejects.toMatchObject({ kind: 'rateLimited', retryAfterMs: 7_000 });
  });

  it('unavailable: 503 until the outage ends, and a port where nobody listens', async () => {
    const notify = await simulator();
    const messenger = messengerOf(notify);
    await control(notify, 'outage', { mode: 'unavailable' });
    await expect(messenger.sendText(neutralText(notify))).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(messenger.sendText(neutralText(notify))).rejects.toMatchObject({ kind: 'unavailable' });
    await control(notify, 'outage', { mode: 'none' });
    await messenger.sendText(neutralText(notify));
    const nobody = messengerOf(notify, { url: 'http://127.0.0.1:1' });
    await expect(nobody.sendText(neutralText(notify))).rejects.toMatchObject({ kind: 'unavailable', message: 'Notify could not be reached (ECONNREFUSED)' });
  });

  it('timeout: the caller gives up, before and during the call', async () => {
    const notify = await simulator();
    await control(notify, 'outage', { mode: 'silent' });
    const giveUp = new AbortController();
    const sending = messengerOf(notify).sendText(neutralText(notify), { signal: giveUp.signal });
    setTimeout(() => giveUp.abort(), 50);
    await expect(sending).rejects.toMatchObject({ kind: 'timeout' });
    await control(notify, 'outage', { mode: 'none' });
    await expect(messengerOf(notify).sendText(neutralText(notify), { signal: giveUp.signal })).rejects.toMatchObject({ kind: 'timeout' });
    expect(notify.messages()).toHaveLength(0);
  });

  it('no error holds the number, the link, the key or the token, however deep one looks', async () => {
    const notify = await simulator();
    const messenger = messengerOf(notify, { timeoutMs: 200 });
    const errors: unknown[] = [];
    const keep = (error: unknown) => errors.push(error);
    await messenger.sendText(neutralText(notify, { templateId: randomUUID() })).catch(keep);
    for (const mode of ['unavailable', 'rateLimited', 'silent']) {
      await control(notify, 'outage', { mode });
      await messenger.sendText(neutralText(notify)).catch(keep);
    }
    await notify.stop();
    await messenger.sendText(neutralText(notify)).catch(keep);
    expect(errors).toHaveLength(5);
    const secret = notify.environment.NOTIFY_NEUTRAL_API_KEY.slice(-36);
    for (const error of errors) {
      const whole = inspect(error, { depth: Infinity, showHidden: true });
      for (const hidden of ['7700900001', link, secret, 'Bearer']) expect(whole).not.toContain(hidden);
    }
  });
});

describe('the simulator judges tokens as Notify does', () => {
  const signed = (claims: object, secret: string, header: object = { typ: 'JWT', alg: 'HS256' }) => {
    const text = [header, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `Bearer ${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const seconds = () => Math.floor(Date.now() / 1_000);

  it('403 in Notify\'s shape for a wrong, old, unsigned or unsaid token, 401 for none', async () => {
    const notify = await simulator();
    const key = notify.environment.NOTIFY_API_KEY;
    const [iss, secret] = [key.slice(-73, -37), key.slice(-36)];
    const ask = async (authorization?: string) => {
      const response = await fetch(`${notify.url}/v2/notifications`, { headers: authorization === undefined ? {} : { authorization } });
      return { status: response.status, body: await response.text() };
    };
    const refusal = (status: number, message: string) => ({ status, body: JSON.stringify({ status_code: status, errors: [{ error: 'AuthError', message }] }) });
    expect(await ask(signed({ iss, iat: seconds() }, secret))).toMatchObject({ status: 200 });
    expect(await ask(signed({ iss, iat: seconds() }, randomUUID()))).toEqual(refusal(403, 'Invalid token: API key not found'));
    expect(await ask(signed({ iss, iat: seconds() - 40 }, secret))).toEqual(refusal(403, 'Error: Your system clock must be accurate to within 30 seconds'));
    expect(await ask(signed({ iss, iat: seconds() }, secret, { alg: 'none' }))).toEqual(refusal(403, 'Invalid token: API key not found'));
    expect(await ask(signed({ iat: seconds() }, secret))).toEqual(refusal(403, 'Invalid token: iss field not provided'));
    expect(await ask('Bearer nonsense')).toEqual(refusal(403, 'Invalid token: signature, api token is not valid'));
    expect(await ask('Basic x')).toEqual(refusal(401, 'Unauthorized: authentication bearer scheme must be used'));
    expect(await ask()).toEqual(refusal(401, 'Unauthorized: authentication token must be provided'));
  });
});
