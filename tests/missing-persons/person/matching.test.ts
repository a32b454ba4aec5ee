import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Birth } from '../../../functions/missing-persons/rules/clock/age.ts';
import { matchKeys, matchQuery, type Likeness } from '../../../functions/missing-persons/rules/person/matchKeys.ts';
import { isNearly, normalName } from '../../../functions/missing-persons/rules/person/normalName.ts';
import { scoreMatch, shownMatches } from '../../../functions/missing-persons/rules/person/scoreMatch.ts';
import { searchKeys, searchQuery, type PersonSearch } from '../../../functions/missing-persons/rules/person/searchKeys.ts';

const born = (date: string): Birth => ({ by: 'DATE', date });
const named = (given: string, family: string, more: Partial<Likeness> = {}): Likeness => ({ names: [{ type: 'LEGAL', given, family }], ...more });
const meets = (a: Likeness, b: Likeness): boolean => matchQuery(a).some(key => matchKeys(b).includes(key));

describe('normal names', () => {
  it.each([["O'Neill", 'O\u2019NEILL'], ['O Neill', 'oneill'], ['Smith-Jones', 'SMITH JONES'], ['Zo\u00eb', 'Zoe'], ['Zoe\u0308', 'zoe'], ['Stra\u00dfe', 'Strasse'], ['\u0141ukasz', 'lukasz'], ['Bj\u00f8rn', 'bjorn']])('%s is %s', (a, b) => {
    expect(normalName(a)).toBe(normalName(b));
    expect(normalName(a)).not.toBe('');
  });
  it('keeps other scripts, and makes nothing of emoji', () => {
    expect([normalName('\u041e\u043b\u044c\u0433\u0430'), normalName('\u{1f600}')]).toEqual(['\u043e\u043b\u044c\u0433\u0430', '']);
    expect(matchKeys({ names: [{ type: 'LEGAL', given: '\u{1f600}' }] })).toEqual([]);
  });
  it('one letter apart, not two, and not of short names', () => {
    expect([isNearly('ella', 'elle'), isNearly('ella', 'ellla'), isNearly('sean', 'saen'), isNearly('ella', 'emma'), isNearly('ian', 'iam'), isNearly('ella', 'ella')]).toEqual([true, true, true, false, false, false]);
  });
});

describe('who is shown as perhaps the same (15.2 item 29)', () => {
  const ella = named('Ella', 'Example', { dob: born('2011-03-04') });
  it.each<[string, Likeness, boolean]>([
    ['same surname and date of birth', named('Elle', "EXAMPLE", { dob: born('2011-03-04') }), true],
    ['same surname, a year apart', named('Ellie', 'Example', { dob: born('2012-03-04') }), true],
    ['same surname, two years apart', named('Ellie', 'Example', { dob: born('2013-03-05') }), false],
    ['same surname and an age range that touches', named('Girl', 'Example', { dob: { by: 'AGE_RANGE', from: 14, to: 16, at: '2026-11-25T10:00:00.000Z' } }), true],
    ['same surname and no age', named('Ella', 'Example'), true],
    ['an alias that is the surname', { names: [{ type: 'LEGAL', given: 'E', family: 'Other' }, { type: 'ALIAS', family: 'Example' }], dob: born('2011-03-04') }, true],
    ['half of a double name', named('Ella', 'Example-Sample', { dob: born('2011-03-04') }), true],
    ['another surname and nothing else', named('Ella', 'Else', { dob: born('2011-03-04') }), false],
  ])('%s', (_, other, isShown) => {
    expect(scoreMatch(ella, other).isShown).toBe(isShown);
    if (isShown) expect([meets(ella, other), meets(other, ella)]).toEqual([true, true]);
  });

  it('a year apart over the edge of two bands is found', () => {
    const [old, young] = [named('A', 'Edge', { dob: born('2013-12-31') }), named('B', 'Edge', { dob: born('2015-01-01') })];
    expect([scoreMatch(old, young).isShown, meets(old, young), meets(young, old)]).toEqual([true, true, true]);
  });

  it('same telephone for two persons: shown, low, and never merged', () => {
    const one = named('Ann', 'Alpha', { phones: ['07700 900111'] });
    const other = named('Ben', 'Beta', { phones: ['+447700900111'] });
    expect(meets(one, other)).toBe(true);
    expect(scoreMatch(one, other)).toEqual({ score: 25, isShown: true, because: ['A telephone of the missing person is the same.', 'The first names differ: this may be a brother, sister or twin.'] });
  });

  it('same placement and first name, without a surname', () => {
    const one: Likeness = { names: [{ type: 'KNOWN_AS', given: 'Ella' }], placement: 'Sample House' };
    const other = named('ELLA', 'Example', { placement: 'sample-house' });
    expect([scoreMatch(one, other).isShown, meets(one, other), meets(other, one)]).toEqual([true, true, true]);
    expect(scoreMatch(named('Ann', 'Alpha', { placement: 'Sample House' }), named('Ben', 'Beta', { placement: 'Sample House' })).isShown).toBe(false);
  });

  it('S01: a home that rings from one number about two of its children is no duplicate', () => {
    const home = { placement: 'org-1', informantPhones: ['01632 960123'] };
    expect(scoreMatch(named('Ella', 'Example', home), named('Tom', 'Test', home)).isShown).toBe(false);
    expect(scoreMatch(named('Ella', 'Example', home), { names: [], ...home }).isShown).toBe(true);
  });

  it('twins missing together: shown with the reason against it, under the score of the same person', () => {
    const twin = named('Tia', 'Twin', { dob: born('2012-02-29'), placement: 'org-1', phones: ['07700 900222'] });
    const match = scoreMatch(twin, { ...twin, names: [{ type: 'LEGAL', given: 'Mia', family: 'Twin' }] });
    expect(match).toMatchObject({ isShown: true, because: expect.arrayContaining(['The first names differ: this may be a brother, sister or twin.']) });
    expect(match.score).toBeLessThan(scoreMatch(twin, twin).score);
  });

  it('a person with one name is found whichever box it was typed in', () => {
    const one: Likeness = { names: [{ type: 'LEGAL', given: 'Suharto' }], dob: born('1990-01-01') };
    const other: Likeness = { names: [{ type: 'LEGAL', family: 'Suharto' }], dob: born('1990-01-01') };
    expect([scoreMatch(one, other).isShown, meets(one, other)]).toEqual([true, true]);
  });

  it('orders the shown by score and leaves the rest out', () => {
    const list = [{ likeness: named('Ellie', 'Example'), about: 'b' }, { likeness: ella, about: 'a' }, { likeness: named('Tom', 'Test'), about: 'c' }];
    expect(shownMatches(ella, list).map(({ about }) => about)).toEqual(['a', 'b']);
  });

  const anyBirth = fc.option(fc.oneof(fc.date({ min: new Date('1930-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }).map(date => born(date.toISOString().slice(0, 10))), fc.tuple(fc.nat(90), fc.nat(20)).map(([from, more]): Birth => ({ by: 'AGE_RANGE', from, to: from + more, at: '2026-11-25T10:00:00.000Z' })), fc.integer({ min: 1930, max: 2026 }).map((year): Birth => ({ by: 'YEAR', year }))), { nil: undefined });
  const word = fc.constantFrom('Ella', "O'Neill", 'Smith-Jones', 'Jones', 'Zo\u00eb', 'Tom');
  const anyone: fc.Arbitrary<Likeness> = fc.record({
    names: fc.array(fc.record({ type: fc.constant('LEGAL' as const), given: word, family: word }, { requiredKeys: ['type'] }), { maxLength: 2 }), dob: anyBirth,
    phones: fc.subarray(['07700 900111', '+447700900112']), informantPhones: fc.subarray(['07700 900111', '01632 960123']), placement: fc.constantFrom('', 'Sample House', 'org-1'),
  });

  it('whoever the rule shows is found by the keys, and the score is the same both ways', () => {
    fc.assert(fc.property(anyone, anyone, (a, b) => {
      const [there, back] = [scoreMatch(a, b), scoreMatch(b, a)];
      expect([back.score, back.isShown]).toEqual([there.score, there.isShown]);
      expect(there.score).toBeGreaterThanOrEqual(0);
      expect(there.score).toBeLessThanOrEqual(100);
      if (there.isShown) expect(meets(a, b)).toBe(true);
      for (const key of matchKeys(a)) expect(key).toMatch(/^[a-z]\|[\p{L}\p{N}+|-]+$/u);
    }), { numRuns: 400 });
  });
});

describe('search by name, alias, telephone, date of birth and placement (15.4)', () => {
  const stored = searchKeys({
    names: [{ type: 'LEGAL', given: 'Niamh', family: "O'Neill-Sample" }, { type: 'KNOWN_AS', given: 'Neevy' }], dob: born('2010-02-28'), phones: ['07700 900333'], placement: 'org-1', placementName: 'Sample House, Chester',
  });
  const finds = (asked: PersonSearch) => {
    const { keys, failures } = searchQuery(asked);
    return failures.length === 0 && keys.every(key => stored.includes(key));
  };
  it.each<[PersonSearch, boolean]>([
    [{ name: 'niamh' }, true], [{ name: 'NIA' }, true], [{ name: "o'neill" }, true], [{ name: 'Sample Niamh' }, true], [{ name: 'neev' }, true], [{ alias: 'Neevy' }, true], [{ alias: 'Niamh' }, false], [{ name: 'ni' }, false],
    [{ phone: '+44 7700 900333' }, true], [{ phone: '900333' }, true], [{ phone: '900334' }, false], [{ dob: '2010-02-28' }, true], [{ dob: '2010' }, true], [{ dob: '2011' }, false], [{ placement: 'chester' }, true], [{ name: 'niamh', dob: '2010', placement: 'sample' }, true],
    [{ name: 'niamh', dob: '2011' }, false],
  ])('%j finds her: %s', (asked, isFound) => {
    expect(finds(asked)).toBe(isFound);
  });
  it('says why it cannot look', () => {
    expect(searchQuery({}).failures).toMatchObject([{ field: 'name' }]);
    expect(searchQuery({ dob: '28/02/2010' }).failures).toMatchObject([{ field: 'dob' }]);
    expect(searchQuery({ phone: '333' }).failures).toMatchObject([{ field: 'phone' }]);
    expect(searchQuery({ name: 'a' }).failures).toMatchObject([{ field: 'name' }]);
  });
});
