import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { checkEmail, normaliseNumber, toE164 } from '../../../functions/goodsam/rules/phone.ts';
import { checkReference, ownReference, refPatterns } from '../../../functions/goodsam/rules/references.ts';

const live = { world: 'production', area: 'FCC' } as const;
const sample = { world: 'other', area: 'FCC' } as const;
const last3 = fc.integer({ min: 0, max: 999 }).map(n => String(n).padStart(3, '0'));

describe('telephone numbers', () => {
  test.each([
    '07700 900123', '+44 (0)7700 900123', '0044 7700 900123', '447700900123', '4407700900123', '00440 7700900123', '+44 7700\u2011900\u2013123', '07700.900.123', '\uFF0B447700900123', '\u00A007700\u00A0900123', '07700-900-123',
  ])('reads %s', raw => expect(normaliseNumber(raw, sample)).toEqual({ ok: true, e164: '+447700900123', kind: 'UK_MOBILE' }));

  it('reads any spacing and prefix of a number as the same, and its own answer again', () => {
    const gap = fc.constantFrom('', ' ', '-', '.', '\u2014', '\u2009');
    fc.assert(fc.property(fc.constantFrom('+44', '0044', '44', '0', '+440', '440'), last3, fc.array(gap, { minLength: 10, maxLength: 10 }), (prefix, end, gaps) => {
      const raw = prefix + `7700900${end}`.split('').map((digit, index) => (gaps[index] ?? '') + digit).join('');
      expect(toE164(raw)).toBe(`+447700900${end}`);
      expect(toE164(toE164(raw))).toBe(toE164(raw));
    }));
  });

  test.each([
    ['070 1234 5678', 'INVALID_MSISDN'], ['07600 123456', 'INVALID_MSISDN'], ['0770090012', 'INVALID_MSISDN'], ['077009001234', 'INVALID_MSISDN'], ['', 'INVALID_MSISDN'], ['999', 'INVALID_MSISDN'],
    ['+447700900123', 'INVALID_MSISDN'], ['+1 202 555 0100', 'NON_UK_NUMBER'], ['+7700', 'INVALID_MSISDN'], ['07700 9OO123', 'INVALID_MSISDN'],
  ])('production refuses %s', (raw, code) => expect(normaliseNumber(raw, live)).toMatchObject({ ok: false, code, offers: [] }));

  test.each(['01632 960123', '020 7946 0123', '+44 3069 990123', '0808 157 0123'])('offers other ways for %s', raw => {
    for (const rules of [live, sample]) expect(normaliseNumber(raw, rules)).toMatchObject({ ok: false, code: 'INVALID_MSISDN', offers: ['READ_ALOUD_CODE', 'EMAIL'] });
  });

  it('takes the Isle of Man and, with a reason, abroad; FAL and SOM never', () => {
    expect(normaliseNumber('07624 999999', live)).toMatchObject({ ok: true, kind: 'UK_MOBILE' });
    expect(normaliseNumber('+12025550100', { ...live, internationalReason: 'caller is abroad' })).toEqual({ ok: true, e164: '+12025550100', kind: 'INTERNATIONAL' });
    expect(normaliseNumber('+12025550100', { ...live, internationalReason: '  ' })).toMatchObject({ code: 'NON_UK_NUMBER' });
    for (const area of ['FAL', 'SOM'] as const) expect(normaliseNumber('+12025550100', { world: 'production', area, internationalReason: 'x' })).toMatchObject({ code: 'NON_UK_NUMBER' });
  });

  it('keeps the worlds apart: no number is good in both', () => {
    const anything = fc.oneof(fc.string(), last3.map(end => `07700900${end}`), fc.stringMatching(/^\+?\d{7,15}$/), fc.stringMatching(/^07\d{9}$/));
    fc.assert(fc.property(anything, raw => {
      const rules = { area: 'FCC', internationalReason: 'x' } as const;
      const [inLive, inTest] = [normaliseNumber(raw, { ...rules, world: 'production' }), normaliseNumber(raw, { ...rules, world: 'other' })];
      expect(inLive.ok && inTest.ok).toBe(false);
      if (inTest.ok) expect(inTest.e164).toMatch(/^\+447700900\d{3}$/);
      if (inLive.ok) expect(inLive.e164).toMatch(/^\+[1-9]\d{7,14}$/);
      // The reason for a refusal is shown and logged; it may not repeat the number.
      if (!inLive.ok && /\d{5,}/.test(raw)) expect(inLive.why).not.toContain(raw);
    }), { numRuns: 500 });
  });
});

describe('e-mail addresses', () => {
  test.each([['Alex.Sample@Example.com', 'other', 'Alex.Sample@example.com'], [' a+b@force.example.org ', 'production', 'a+b@force.example.org']] as const)('%s in %s', (raw, world, email) => expect(checkEmail(raw, world)).toEqual({ ok: true, email }));
  test.each([
    ['a@example.com', 'production'], ['a@example.org', 'other'], ['a@b@example.com', 'other'], ['a b@example.com', 'other'], ['@example.com', 'other'], ['a@localhost', 'production'], ['a@example.com\r\nBcc: b@example.com', 'other'], ['none', 'other'],
    ['a@evilexample.com', 'other'], ['a@x.example.com', 'other'],
  ] as const)('refuses %j in %s', (raw, world) => expect(checkEmail(raw, world)).toMatchObject({ ok: false, code: 'INVALID_EMAIL' }));
});

describe('references', () => {
  test.each([['IML', ' iml 1234567 ', 'IML 1234567'], ['IML', 'IML123456', 'IML123456'], ['SAFE_INCIDENT', 'CH-20260101-0001', 'CH-20260101-0001'], ['NICHE_OCC', '07/26/12345', '07/26/12345']])('%s %s', (system, raw, normalised) => {
    expect(checkReference(system, raw)).toEqual({ ok: true, reference: { system, raw, normalised } });
  });
  test.each([['IML', 'IML 12345'], ['IML', 'X IML 1234567'], ['NICHE_OCC', '07700900123'], ['FAL_CERT', 'A1'], ['UNKNOWN', 'IML 1234567'], ['IML', `${' '.repeat(60)}IML 1234567`]])('refuses %s %s', (system, raw) => {
    expect(checkReference(system, raw)).toMatchObject({ ok: false, code: 'BAD_REFERENCE' });
  });
  it('follows configuration, which must hold anchored patterns', () => {
    expect(checkReference('FAL_CERT', 'a1', refPatterns.parse({ FAL_CERT: '^A\\d$' }))).toMatchObject({ ok: true });
    for (const FAL_CERT of ['A\\d', '^(', '^($']) expect(refPatterns.safeParse({ FAL_CERT }).success).toBe(false);
    expect(refPatterns.safeParse({ OTHER: '^A$' }).success).toBe(false);
  });
  it('makes our own of 12 characters', () => {
    expect(ownReference('abcdefgh234567abcdefgh2345')).toBe('GS-ABCD-EFGH');
    fc.assert(fc.property(fc.stringMatching(/^[a-z2-7]{26}$/), id => expect(ownReference(id)).toMatch(/^GS-[A-Z2-7]{4}-[A-Z2-7]{4}$/)));
    for (const id of ['', 'ABCDEFGH234567abcdefgh2345', 'abc']) expect(() => ownReference(id)).toThrow(RangeError);
  });
});
