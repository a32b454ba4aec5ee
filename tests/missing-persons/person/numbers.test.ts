import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readImei, readNhsNumber, readNiNumber, readPassport, readVrm } from '../../../functions/missing-persons/rules/person/identifiers.ts';
import { readPhone } from '../../../functions/missing-persons/rules/person/phone.ts';
import { photoFailures, photoMaxBytes, photoTypeOf } from '../../../functions/missing-persons/rules/person/photo.ts';

const e164 = (raw: string): string | undefined => {
  const reading = readPhone(raw);
  return reading.ok ? reading.e164 : undefined;
};

describe('telephone numbers (3.2)', () => {
  it.each([
    ['07700 900123', '+447700900123'], ['+44 (0)7700-900123', '+447700900123'], ['0044 7700 900123', '+447700900123'], ['447700900123', '+447700900123'], ['01632 960123', '+441632960123'], ['0161 496 0123', '+441614960123'],
    ['020 7946 0123', '+442079460123'], ['+353 20 915 0123', '+353209150123'], ['0800 1111', '+448001111'], ['\uff10\uff17\uff17\uff10\uff10 900123', '+447700900123'],
  ])('%s', (raw, number) => {
    expect(e164(raw)).toBe(number);
  });

  it.each(['07700 90', '999', '', '077009001234567', '+44', 'ring the office', '07700 900123 ext 4'])('S06: "%s" is refused with a hint and without the number', raw => {
    const reading = readPhone(raw);
    expect(reading).toMatchObject({ ok: false, why: expect.stringContaining('07700 900123') });
  });

  it('what it gives it takes again, unchanged', () => {
    fc.assert(fc.property(fc.stringMatching(/^(?:07[1-9]\d{8}|0[1-3]\d{9}|\+[1-35-9]\d{8,12})$/), raw => {
      const once = e164(raw);
      expect(once).toMatch(/^\+\d{8,15}$/);
      expect(e164(once ?? '')).toBe(once);
    }));
  });
});

/** Another digit in one place: what a slip of the finger does. */
const oneDigitWrong = (number: string) => fc.tuple(fc.nat(number.length - 1), fc.integer({ min: 1, max: 9 })).map(([at, add]) => `${number.slice(0, at)}${(Number(number[at]) + add) % 10}${number.slice(at + 1)}`);

describe('check digits (3.2)', () => {
  it('IMEI: Luhn (3GPP TS 23.003), hyphens and slashes left out', () => {
    expect(readImei('49-015420-323751-8')).toBe('490154203237518');
    expect(readImei('49015420/323751/8')).toBe('490154203237518');
    expect(['490154203237517', '4901542032375', '000000000000000', '49015420323751x'].map(readImei)).toEqual([undefined, undefined, undefined, undefined]);
    fc.assert(fc.property(oneDigitWrong('490154203237518'), number => { expect(readImei(number)).toBeUndefined(); }));
  });

  it('NHS number: modulus 11; a check figure of 10 is never issued', () => {
    expect(readNhsNumber('943 476 5919')).toBe('9434765919');
    expect(readNhsNumber('9434765918')).toBeUndefined();
    // 123456788 would need the check figure 10.
    for (let digit = 0; digit < 10; digit += 1) expect(readNhsNumber(`100000001${digit}`) === undefined || digit === 10 - 1).toBe(true);
    fc.assert(fc.property(oneDigitWrong('9434765919'), number => { expect(readNhsNumber(number)).toBeUndefined(); }));
  });

  it('registration marks, National Insurance and passport numbers in one form', () => {
    expect(readVrm(' ab12 cde ')).toBe('AB12CDE');
    expect(readVrm('ab12-\u{1f600}')).toBeUndefined();
    expect([readNiNumber('ab 12 34 56 c'), readNiNumber('GB123456A'), readNiNumber('DA123456A')]).toEqual(['AB123456C', undefined, undefined]);
    expect([readPassport('123 456 789'), readPassport('12')]).toEqual(['123456789', undefined]);
  });
});

const bytes = (...values: (number | string)[]) => Uint8Array.from(values.flatMap(value => (typeof value === 'number' ? [value] : Array.from(value, letter => letter.charCodeAt(0)))));

describe('photographs (3.2)', () => {
  it('JPEG, PNG and HEIC by their first bytes, whatever their name', () => {
    expect(photoTypeOf(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
    expect(photoTypeOf(bytes(0x89, 'PNG\r\n', 0x1a, '\n'))).toBe('image/png');
    expect(photoTypeOf(bytes(0, 0, 0, 24, 'ftypheic'))).toBe('image/heic');
    expect([bytes('GIF89a'), bytes(0, 0, 0, 24, 'ftypisom'), bytes('<script>'), bytes()].map(photoTypeOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('S06: a video of 20 MB is refused for both reasons; 15 MB is the most', () => {
    const jpeg = bytes(0xff, 0xd8, 0xff);
    expect(photoFailures('photo', { head: bytes(0, 0, 0, 24, 'ftypisom'), bytes: 20 * 1024 * 1024 })).toHaveLength(2);
    expect(photoFailures('photo', { head: jpeg, bytes: photoMaxBytes })).toEqual([]);
    expect(photoFailures('photo', { head: jpeg, bytes: photoMaxBytes + 1 })).toMatchObject([{ field: 'photo', code: 'FIELD_INVALID' }]);
    expect(photoFailures('photo', { head: jpeg, bytes: 0 })).toHaveLength(1);
  });
});
