import { describe, expect, it } from '@jest/globals';
import { EnvelopeError, readWebhook } from '../../../functions/goodsam/provider/events.ts';

const fix = { id: 'evt_1', type: 'session.location', occurredAt: '2026-01-11T10:00:03Z', sessionId: 'sim_1', externalRef: '0192', sequence: 4, data: { lat: 53.19, lng: -2.89, accuracyM: 9 } };
const read = (value: unknown): unknown => readWebhook(Buffer.from(JSON.stringify(value)));

it('reads the event of goodsam.md 18', () => {
  expect(read(fix)).toEqual({ kind: 'event', event: fix });
});

it('keeps an unknown type apart', () => {
  expect(read({ ...fix, type: 'session.holiday' })).toEqual({ kind: 'unknown', id: 'evt_1', type: 'session.holiday', sessionId: 'sim_1', externalRef: '0192' });
});

describe('what is no event', () => {
  it.each([
    ['a field too many', { ...fix, secret: 'x' }],
    ['no id', { ...fix, id: undefined }],
    ['a local time', { ...fix, occurredAt: '2026-01-11 10:00' }],
    ['a negative sequence', { ...fix, sequence: -1 }],
    ['nested data', { ...fix, data: { lat: 53, lng: -2, accuracyM: 9, more: { a: 1 } } }],
    ['a latitude beyond the pole', { ...fix, data: { lat: 91, lng: 0, accuracyM: 9 } }],
    ['an unknown capability', { ...fix, type: 'session.consent_given', data: { scope: 'LOCATION EVERYTHING' } }],
    ['an end by nobody', { ...fix, type: 'session.ended', data: {} }],
    ['a list', [fix]],
    ['nothing', null],
  ])('%s', (_name, value) => {
    expect(() => read(value)).toThrow(EnvelopeError);
  });

  it('bytes that are no JSON, or no UTF-8', () => {
    expect(() => readWebhook(Buffer.from('{'))).toThrow(EnvelopeError);
    expect(() => readWebhook(Uint8Array.from([0x22, 0xff, 0x22]))).toThrow(EnvelopeError);
  });

  it('says which field, never what stood in it', () => {
    expect(() => read({ ...fix, data: { lat: 'Ada Sample, 1 High Street', lng: 0, accuracyM: 9 } })).toThrow(/^no session\.location: lat$/);
  });
});
