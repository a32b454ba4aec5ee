import { afterEach, describe, expect, it, test } from '@jest/globals';
import { createServer } from 'node:http';
import { listening, stopped } from '../../../local/loopback.ts';
import { readLinks } from '../../../shared/linkConfig.ts';
import { serviceIdOf } from '../../../shared/notify/apiKey.ts';
import { isReceiptToken, parseReceipt } from '../../../shared/notify/receipt.ts';
import type { Receipt } from '../../../shared/notify/receipt.ts';
import { control, messengerOf, neutralText, simulator, stopAll } from './support.ts';

/** An app's receipt address: checks the token, keeps what it understood. Answers 500 to the first `failures` calls. */
async function receiver(token: () => string, failures = 0) {
  const got: (Receipt | undefined)[] = [];
  let left = failures;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', chunk => (text += String(chunk))).on('end', () => {
      if (left-- > 0) return response.writeHead(500).end();
      if (!isReceiptToken(request.headers.authorization, token())) return response.writeHead(401).end();
      got.push(parseReceipt(JSON.parse(text)));
      return response.writeHead(204).end();
    });
  });
  const url = await listening(server, 0);
  stops.push(() => stopped(server));
  return { url: `${url}/api/notify-receipts`, got };
}
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
  await stopAll();
});

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('not so within 5 s');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

describe('delivery receipts', () => {
  it('reach the app with the token: delivered, undelivered, or never, by the number', async () => {
    const notify = await simulator();
    const app = await receiver(() => notify.environment.NOTIFY_RECEIPT_TOKEN);
    notify.callBackTo(app.url);
    const sent = [];
    for (const to of ['+447700900001', '+447700900002', '+447700900028']) sent.push(await messengerOf(notify).sendText(neutralText(notify, { to, reference: `${to.slice(-3)}:1` })));
    await until(() => app.got.length === 2);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(app.got).toHaveLength(2);
    expect(app.got).toContainEqual({ notificationId: sent[0]?.notificationId, reference: '001:1', outcome: 'delivered', status: 'delivered', kind: 'sms', completedAt: expect.any(String) });
    expect(app.got).toContainEqual(expect.objectContaining({ notificationId: sent[1]?.notificationId, reference: '002:1', outcome: 'undelivered', status: 'permanent-failure' }));
    expect(notify.messages().map(({ status }) => status)).toEqual(['delivered', 'permanent-failure', 'sending']);
  });

  it('wait while they are withheld', async () => {
    const notify = await simulator();
    const app = await receiver(() => notify.environment.NOTIFY_RECEIPT_TOKEN);
    notify.callBackTo(app.url);
    await control(notify, 'withhold-receipts', { on: true });
    await messengerOf(notify).sendText(neutralText(notify));
    await until(() => notify.messages()[0]?.status === 'delivered');
    expect(app.got).toHaveLength(0);
    await control(notify, 'withhold-receipts', { on: false });
    await until(() => app.got.length === 1);
  });

  it('come again after a failure of the app, not after a refusal', async () => {
    const notify = await simulator();
    const app = await receiver(() => notify.environment.NOTIFY_RECEIPT_TOKEN, 2);
    notify.callBackTo(app.url);
    await messengerOf(notify).sendText(neutralText(notify));
    await until(() => notify.receipts().length === 3);
    expect(app.got).toHaveLength(1);
    expect(notify.receipts().map(({ answered }) => answered)).toEqual([500, 500, 204]);
    const stranger = await receiver(() => 'another token');
    notify.callBackTo(stranger.url);
    await messengerOf(notify).sendText(neutralText(notify));
    await until(() => notify.receipts().length === 4);
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(notify.receipts().slice(3).map(({ answered }) => answered)).toEqual([401]);
    expect(stranger.got).toHaveLength(0);
  });
});

describe('parseReceipt', () => {
  // The shape that Notify documents for call-backs.
  const body = {
    id: '740e5834-3a29-46b4-9a6f-16142fde533a', reference: '0192-a:1', to: '+447700900001', status: 'delivered', created_at: '2026-01-11T10:00:00.000000Z', completed_at: '2026-01-11T10:00:05.123456Z',
    sent_at: '2026-01-11T10:00:01.000000Z', notification_type: 'sms', template_id: 'a0000000-0000-4000-8000-000000000001', template_version: 1,
  };

  it('drops the recipient', () => {
    const receipt = parseReceipt(body);
    expect(receipt).toEqual({
      notificationId: body.id, reference: '0192-a:1', outcome: 'delivered', status: 'delivered', kind: 'sms', completedAt: '2026-01-11T10:00:05.123456Z',
    });
    expect(JSON.stringify(receipt)).not.toContain('7700900001');
  });

  it('takes what older call-backs leave out, and nulls', () => {
    const { template_id, template_version, ...older } = body;
    expect(parseReceipt({ ...older, reference: null, completed_at: null, sent_at: null, status: 'technical-failure' })).toMatchObject({ reference: undefined, completedAt: undefined, outcome: 'undelivered' });
  });

  test.each([
    ['nothing', undefined], ['a list', []], ['a status that is not final', { ...body, status: 'sending' }], ['an id that is none', { ...body, id: '../x' }],
    ['a time that is none', { ...body, completed_at: 'yesterday' }], ['a reference of any length', { ...body, reference: 'x'.repeat(201) }],
  ])('refuses %s', (_, given) => {
    expect(parseReceipt(given)).toBeUndefined();
  });
});

describe('isReceiptToken', () => {
  test.each([
    ['the token', 'Bearer s3cret', true], ['the scheme in lower case', 'bearer s3cret', true], ['another token', 'Bearer s3creT', false], ['a prefix of it', 'Bearer s3cre', false],
    ['more than it', 'Bearer s3cret2', false], ['no scheme', 's3cret', false], ['an empty token', 'Bearer ', false], ['nothing', undefined, false], ['null', null, false],
  ])('%s', (_, header, expected) => {
    expect(isReceiptToken(header, 's3cret')).toBe(expected);
  });

  it('an empty expected token lets nobody in', () => {
    expect(isReceiptToken('Bearer ', '')).toBe(false);
    expect(isReceiptToken(undefined, '')).toBe(false);
  });
});

describe('serviceIdOf', () => {
  it('tells the service of a key, and that the two keys are of two services', async () => {
    const { environment } = await simulator();
    expect(serviceIdOf(environment.NOTIFY_API_KEY)).toMatch(/^[\da-f-]{36}$/);
    expect(serviceIdOf(environment.NOTIFY_API_KEY)).not.toBe(serviceIdOf(environment.NOTIFY_NEUTRAL_API_KEY));
    expect(serviceIdOf('not-a-key')).toBeUndefined();
  });

  it('21.9: the start is refused with one service for both, also by two keys of it', async () => {
    const { environment } = await simulator();
    const faultsOf = (change: object) => readLinks({ ...environment, LIVE_LINK_PROVIDER_URL: 'https://provider.example', ...change }).faults.filter(({ variable }) => variable === 'NOTIFY_NEUTRAL_API_KEY');
    const second = environment.NOTIFY_API_KEY.replace(/[\da-f]{12}$/, '0123456789ab');
    expect(faultsOf({})).toEqual([]);
    for (const key of [environment.NOTIFY_API_KEY, second]) expect(faultsOf({ NOTIFY_NEUTRAL_API_KEY: key })).toMatchObject([{ rule: expect.stringContaining('another service') }]);
  });
});
