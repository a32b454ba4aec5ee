import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { smsFit } from '../../../shared/domain/smsFit.ts';

describe('smsFit (goodsam.md 13)', () => {
  test.each([
    ['nothing', '', 'GSM-7', 0, 1],
    ['160 plain characters', 'a'.repeat(160), 'GSM-7', 160, 1],
    ['161 plain characters', 'a'.repeat(161), 'GSM-7', 161, 2],
    ['two full parts', 'a'.repeat(306), 'GSM-7', 306, 2],
    ['one more than two full parts', 'a'.repeat(307), 'GSM-7', 307, 3],
    ['80 euro signs, each two septets', '€'.repeat(80), 'GSM-7', 160, 1],
    ['70 characters with a curly quote', `${'a'.repeat(69)}\u2019`, 'UCS-2', 70, 1],
    ['71 characters with a curly quote', `${'a'.repeat(70)}\u2019`, 'UCS-2', 71, 2],
    ['134 and 135 units', '\u0175'.repeat(134), 'UCS-2', 134, 2],
    ['one more than two UCS-2 parts', '\u0175'.repeat(135), 'UCS-2', 135, 3],
    ['35 emoji, each a surrogate pair', '\u{1F600}'.repeat(35), 'UCS-2', 70, 1],
  ] as const)('%s', (_, text, ...[encoding, units, parts]) => {
    expect(smsFit(text)).toEqual({ encoding, units, parts });
  });

  it('never cuts an escape pair: the pair that straddles 153 moves whole to the next part', () => {
    expect(smsFit(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toEqual({ encoding: 'GSM-7', units: 305, parts: 2 });
    expect(smsFit(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toEqual({ encoding: 'GSM-7', units: 306, parts: 3 });
  });

  it('never cuts a surrogate pair: 67 is odd, so a text of emoji holds 33 a part', () => {
    expect(smsFit('\u{1F600}'.repeat(66)).parts).toBe(2);
    expect(smsFit('\u{1F600}'.repeat(67)).parts).toBe(3);
  });

  test.each(['^', '{', '}', '\\', '[', '~', ']', '|', '€'])('%s counts 2', character => {
    expect(smsFit(character)).toEqual({ encoding: 'GSM-7', units: 2, parts: 1 });
  });

  test.each(['\u2018', '\u2013', '\u0177', '`', 'ç', '\t', '\u{1F600}'])('%j is not in GSM-7', character => {
    expect(smsFit(`a${character}`).encoding).toBe('UCS-2');
  });

  it('the alphabet has 128 places less the escape, and more text never takes fewer parts', () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).filter(character => smsFit(character).encoding === 'GSM-7');
    expect(all.filter(character => smsFit(character).units === 1)).toHaveLength(127);
    expect(all.filter(character => smsFit(character).units === 2)).toHaveLength(10);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: 'grapheme', maxLength: 50 }), (text, more) => {
      expect(smsFit(text + more).parts).toBeGreaterThanOrEqual(smsFit(text).parts);
    }));
  });
});
