import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { addTo, duration, durationOf, durationText, nextRepeat, nthAfter, type Duration } from '../../../functions/missing-persons/rules/clock/duration.ts';
import { showLondon } from '../../../functions/missing-persons/rules/clock/show.ts';
import { instantOfLondon, londonTime } from '../../../shared/domain/london.ts';

const after = (anchor: string, text: string) => addTo(anchor, durationOf(text));
const anchors = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map(date => date.toISOString());
const units = fc.constantFrom<Duration['unit']>('minutes', 'hours', 'days', 'months', 'years', 'workingDays');
const repeats = fc.record({ unit: units, n: fc.integer({ min: 1, max: 14 }) });

describe('vectors of 2.6', () => {
  test.each([
    ['2.6-1', '2026-03-28T13:30Z', '12h', '2026-03-29T01:30:00.000Z', 'Sun 29 Mar 02:30 BST'],
    ['2.6-2', '2026-10-24T22:00Z', '72h', '2026-10-27T22:00:00.000Z', 'Tue 27 Oct 22:00 GMT'],
    ['2.6-3', '2026-03-27T22:00Z', '72h', '2026-03-30T22:00:00.000Z', 'Mon 30 Mar 23:00 BST'],
    ['2.6-4', '2026-03-01T09:15Z', '28d', '2026-03-29T08:15:00.000Z', 'Sun 29 Mar 09:15 BST'],
    ['2.6-5 the hour that never happens', '2026-03-15T01:30Z', '14d', '2026-03-29T01:30:00.000Z', 'Sun 29 Mar 02:30 BST'],
    ['2.6-6 the hour that happens twice', '2026-10-11T00:30Z', '14d', '2026-10-25T00:30:00.000Z', 'Sun 25 Oct 01:30 BST'],
    ['2.6-7 the last day', '2026-11-30T10:00Z', '3mo', '2027-02-28T10:00:00.000Z', 'Sun 28 Feb 10:00 GMT'],
    ['2.6-8 leap day', '2028-02-29T12:00Z', '12mo', '2029-02-28T12:00:00.000Z', 'Wed 28 Feb 12:00 GMT'],
    ['2.6-9', '2026-10-20T08:00Z', '7d', '2026-10-27T09:00:00.000Z', 'Tue 27 Oct 09:00 GMT'],
  ])('%s: %s + %s', (...[, anchor, text, due, shown]) => {
    expect(after(anchor, text)).toBe(due);
    expect(showLondon(due)).toBe(shown);
  });
});

describe('vectors of 15.2 item 32', () => {
  test.each([
    ['32-1', '2026-11-30T10:00Z', '6mo', 1, '2027-05-30T09:00:00.000Z'],
    ['32-1 as two times three months, not chained by way of 28 Feb', '2026-11-30T10:00Z', '3mo', 2, '2027-05-30T09:00:00.000Z'],
    ['32-2 day 1 falls into the hour that never happens', '2026-03-28T01:30Z', '1d', 1, '2026-03-29T01:30:00.000Z'],
    ['32-2 day 2 is back at 01:30', '2026-03-28T01:30Z', '1d', 2, '2026-03-30T00:30:00.000Z'],
    ['32-3 over Easter 2027', '2027-03-24T10:00Z', '5wd', 1, '2027-04-02T16:00:00.000Z'],
    ['the ladder: yearly from a leap day', '2028-02-29T12:00Z', '1y', 4, '2032-02-29T12:00:00.000Z'],
  ])('%s', (...[, anchor, every, n, due]) => expect(nthAfter(anchor, durationOf(every), n)).toBe(due));

  test.each([
    ['from a Saturday', '2026-11-28T12:00Z', '1wd', '2026-11-30T17:00:00.000Z'],
    ['after 17:00 of a working day', '2026-11-25T22:00Z', '1wd', '2026-11-26T17:00:00.000Z'],
    ['after midnight London that is the day before in UTC', '2026-07-01T23:30Z', '1wd', '2026-07-03T16:00:00.000Z'],
    ['over Christmas', '2026-12-24T12:00Z', '2wd', '2026-12-30T17:00:00.000Z'],
  ])('working days end at 17:00 London: %s', (_, anchor, text, due) => expect(after(anchor, text)).toBe(due));
});

describe('the compact form', () => {
  test.each<[string, Duration]>([
    ['30m', { unit: 'minutes', n: 30 }], ['24h', { unit: 'hours', n: 24 }], ['7d', { unit: 'days', n: 7 }], ['3mo', { unit: 'months', n: 3 }], ['1y', { unit: 'years', n: 1 }],
    ['5wd', { unit: 'workingDays', n: 5 }], ['-7d', { unit: 'days', n: -7 }], ['0m', { unit: 'minutes', n: 0 }],
  ])('%s', (text, meant) => {
    expect(durationOf(text)).toEqual(meant);
    expect(durationText.parse(text)).toBe(text);
  });

  test.each(['', '30', 'm', '1.5h', '7 d', '2w', '0wd', '-1wd', '1234567m', '30M'])('refuses %p', text => {
    expect(() => durationOf(text)).toThrow(RangeError);
    expect(durationText.safeParse(text).success).toBe(false);
  });

  it('counts working days forward only', () => {
    expect(duration.safeParse({ unit: 'workingDays', n: 0 }).success).toBe(false);
    expect(duration.safeParse({ unit: 'days', n: -7 }).success).toBe(true);
  });
});

describe('laws of adding', () => {
  it('keeps seconds and milliseconds, and the second of two 01:30 when nothing is added', () => {
    expect(after('2026-10-24T09:15:27.123Z', '1d')).toBe('2026-10-25T10:15:27.123Z');
    expect(after('2026-10-25T01:30:00.000Z', '0d')).toBe('2026-10-25T01:30:00.000Z');
    expect(after('2026-10-25T01:30:00.000Z', '-7d')).toBe('2026-10-18T00:30:00.000Z');
    expect(() => addTo('soon', durationOf('1h'))).toThrow(RangeError);
  });

  it('hours are elapsed whatever the clocks do', () => {
    fc.assert(fc.property(anchors, fc.integer({ min: 0, max: 20_000 }), (anchor, n) => {
      expect(Date.parse(addTo(anchor, { unit: 'hours', n })) - Date.parse(anchor)).toBe(n * 3_600_000);
    }));
  });

  it('days show the same London time as the anchor, or one hour on where there is none', () => {
    fc.assert(fc.property(anchors, fc.integer({ min: 1, max: 4000 }), (anchor, n) => {
      const wall = londonTime(anchor);
      const due = addTo(anchor, { unit: 'days', n });
      const shown = londonTime(due);
      const midnight = instantOfLondon({ ...shown, hour: 0, minute: 0 });
      const isClockChange = londonTime(addTo(midnight, { unit: 'hours', n: 2 })).hour === 3;
      expect(shown).toMatchObject({ hour: isClockChange && wall.hour === 1 ? 2 : wall.hour, minute: wall.minute });
      expect(Date.UTC(shown.year, shown.month - 1, shown.day) - Date.UTC(wall.year, wall.month - 1, wall.day)).toBe(n * 86_400_000);
    }), { examples: [['2026-03-28T01:30:00.000Z', 1], ['2026-10-24T00:30:00.000Z', 1]] });
  });

  it('months never skip one, and the day is the anchor’s or the last', () => {
    fc.assert(fc.property(anchors, fc.integer({ min: 1, max: 240 }), (anchor, n) => {
      const wall = londonTime(anchor);
      const shown = londonTime(addTo(anchor, { unit: 'months', n }));
      expect(shown.year * 12 + shown.month).toBe(wall.year * 12 + wall.month + n);
      const last = new Date(Date.UTC(shown.year, shown.month, 0)).getUTCDate();
      expect(shown.day).toBe(Math.min(wall.day, last));
    }));
  });

  it('repeats begin at the anchor and only go forward', () => {
    fc.assert(fc.property(anchors, repeats, fc.integer({ min: 0, max: 60 }), (anchor, every, n) => {
      expect(nthAfter(anchor, every, 0)).toBe(anchor);
      expect(Date.parse(nthAfter(anchor, every, n + 1))).toBeGreaterThan(Date.parse(nthAfter(anchor, every, n)));
    }));
    expect(() => nthAfter('2026-01-01T00:00:00.000Z', { unit: 'hours', n: 0 }, 1)).toThrow(RangeError);
  });

  it('finds the next repeat as walking all of them does', () => {
    fc.assert(fc.property(anchors, repeats, fc.integer({ min: -1000, max: 4_000_000 }), (anchor, every, minutes) => {
      const now = addTo(anchor, { unit: 'minutes', n: minutes });
      const found = nextRepeat(anchor, every, now);
      expect(found.at).toBe(nthAfter(anchor, every, found.n));
      expect(Date.parse(found.at)).toBeGreaterThan(Date.parse(now));
      if (found.n > 1) expect(Date.parse(nthAfter(anchor, every, found.n - 1))).toBeLessThanOrEqual(Date.parse(now));
    }), { numRuns: 300 });
  });
});
