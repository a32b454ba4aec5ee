import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import fc from 'fast-check';
import { SignatureError, signWebhook, verifyWebhook, webhookKeys } from '../../../functions/goodsam/provider/signature.ts';

const now = new Date('2026-01-11T10:00:03Z');
const seconds = Math.floor(now.getTime() / 1_000);
const secret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const [current, old, foreign] = [secret(), secret(), secret()];
const body = Buffer.from('{"id":"evt_1","data":{"text":"Proszę"}}');

interface Sent { readonly with: readonly string[]; readonly at?: number; readonly body?: Uint8Array; readonly id?: string }

function sent({ with: secrets, at = seconds, body: rawBody = body, id = 'evt_1' }: Sent): Headers {
  const signatures = secrets.map(one => signWebhook(keyOf(one), { id, timestamp: at, rawBody }));
  return new Headers({ 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signatures.join(' ') });
}

function keyOf(one: string): Uint8Array {
  const [key] = webhookKeys([one]);
  if (!key) throw new Error('no key');
  return key;
}

function verify(headers: Headers, secrets: readonly string[] = [current, old], rawBody: Uint8Array = body): { readonly webhookId: string } {
  return verifyWebhook({ headers, rawBody, keys: webhookKeys(secrets), now });
}

describe('what is accepted', () => {
  it('takes the current secret and, while it is being changed, the old one', () => {
    expect(verify(sent({ with: [current] }))).toEqual({ webhookId: 'evt_1' });
    expect(verify(sent({ with: [old] }))).toEqual({ webhookId: 'evt_1' });
    expect(() => verify(sent({ with: [old] }), [current])).toThrow(SignatureError);
  });

  it('takes one right signature among several', () => {
    expect(verify(sent({ with: [foreign, old, current] }), [current])).toEqual({ webhookId: 'evt_1' });
    const headers = sent({ with: [current] });
    headers.set('webhook-signature', `v1a,AAAA v2,BBBB ${headers.get('webhook-signature') ?? ''}`);
    expect(verify(headers)).toEqual({ webhookId: 'evt_1' });
  });

  it('takes a timestamp at most 5 minutes off, either way', () => {
    for (const off of [-300, 300]) expect(verify(sent({ with: [current], at: seconds + off }))).toEqual({ webhookId: 'evt_1' });
    for (const off of [-301, 301, -86_400]) expect(() => verify(sent({ with: [current], at: seconds + off }))).toThrow(SignatureError);
  });
});

describe('what is refused, without a detail', () => {
  const right = sent({ with: [current] });
  const changed = (name: string, value: string | undefined): Headers => {
    const headers = new Headers(right);
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
    return headers;
  };
  const cases: readonly (readonly [string, Headers, Uint8Array?])[] = [
    ['a changed body', right, Buffer.from(body.toString('utf8').replace('evt_1', 'evt_2'))],
    ['a body with a space more', right, Buffer.concat([body, Buffer.from(' ')])],
    ['another id', changed('webhook-id', 'evt_2')],
    ['another timestamp', changed('webhook-timestamp', String(seconds + 1))],
    ['an unknown secret', sent({ with: [foreign] })],
    ['no id', changed('webhook-id', undefined)],
    ['no timestamp', changed('webhook-timestamp', undefined)],
    ['no signature', changed('webhook-signature', undefined)],
    ['an empty signature', changed('webhook-signature', 'v1,')],
    ['another version only', changed('webhook-signature', (right.get('webhook-signature') ?? '').replace('v1,', 'v2,'))],
    ['half a signature', changed('webhook-signature', (right.get('webhook-signature') ?? '').slice(0, 20))],
    ['a timestamp that is no number', changed('webhook-timestamp', 'NaN')],
    ['an infinite timestamp', changed('webhook-timestamp', 'Infinity')],
    ['an id with a full stop, though rightly signed', sent({ with: [current], id: 'evt.1' })],
    ['a full stop that moves the id into the timestamp', changed('webhook-id', 'evt_1.1')],
  ];
  it.each(cases)('%s', (_name, headers, rawBody = body) => {
    expect(() => verify(headers, [current, old], rawBody)).toThrow(new SignatureError());
  });
});

it('refuses any body in which one byte is another', () => {
  fc.assert(fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
    const other = Uint8Array.from(body, (byte, index) => (index === at ? byte ^ change : byte));
    expect(() => verify(sent({ with: [current] }), [current], other)).toThrow(SignatureError);
  }));
});

describe('against the reference library', () => {
  const library = new Webhook(current);
  it('signs what it accepts', () => {
    // The library has no clock argument.
    const at = Math.floor(Date.now() / 1_000);
    expect(library.verify(body, Object.fromEntries(sent({ with: [current], at })))).toEqual(JSON.parse(body.toString('utf8')));
    expect(() => library.verify(body, Object.fromEntries(sent({ with: [foreign], at })))).toThrow();
  });

  it('accepts what it signs', () => {
    const headers = new Headers({ 'webhook-id': 'evt_1', 'webhook-timestamp': String(seconds), 'webhook-signature': library.sign('evt_1', now, body) });
    expect(verify(headers)).toEqual({ webhookId: 'evt_1' });
  });
});

it('starts with one or two well-formed secrets only', () => {
  for (const secrets of [[], [current, old, foreign], ['whsec_'], ['whsec_c2hvcnQ='], [current.slice(6)], ['whsec_!!!']]) expect(() => webhookKeys(secrets)).toThrow(/secret/);
  expect(webhookKeys([current, old])).toHaveLength(2);
});
