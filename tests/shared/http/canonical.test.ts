import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../../shared/domain/canonical.ts';

/** JSON values whose text has no lone surrogate. */
const json = fc.jsonValue({ stringUnit: 'grapheme' });

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, inner]) => [name, shuffled(inner)]));
}

describe('canonical JSON', () => {
  it('does not depend on the order of properties', () => {
    fc.assert(fc.property(json, value => canonicalJson(shuffled(value)) === canonicalJson(value)));
  });

  it('keeps the value, and is its own canonical form', () => {
    fc.assert(fc.property(json, value => {
      const text = canonicalJson(value);
      // -0 is written 0, as RFC 8785 says, so JSON's own reading is the oracle.
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }));
  });

  it('differs when the value differs', () => {
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    fc.assert(fc.property(json, json, (a, b) => (canonicalJson(a) === canonicalJson(b)) === isDeepStrictEqual(plain(a), plain(b))));
  });

  it('leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
  });

  // The example of RFC 8785 3.2.3, whose names sort by UTF-16 code unit and not by code point.
  it('sorts names as RFC 8785 does', () => {
    const value = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' };
    const values = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map(match => match[1]);
    expect(values).toEqual(['Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign', 'Emoji: Grinning Face', 'Hebrew Letter Dalet With Dagesh']);
  });

  test.each([
    [Number('333333333.33333329'), '333333333.3333333'], [1e30, '1e+30'], [4.5, '4.5'], [2e-3, '0.002'], [1e-27, '1e-27'], [-0, '0'],
  ])('writes %s as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each([
    ['NaN', Number.NaN], ['infinity', Number.POSITIVE_INFINITY], ['undefined in a list', [undefined]], ['a date', new Date(0)],
    ['a map', new Map()], ['a function', () => 1], ['a bigint', 1n], ['a lone surrogate', '\ud800'], ['a lone surrogate in a name', { '\udc00': 1 }],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });

  it('refuses endless nesting', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 100_000; n += 1) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow('nested too deeply');
  });
});
