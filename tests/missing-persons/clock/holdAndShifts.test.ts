import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { earliest, remaining, resumeAt } from '../../../functions/missing-persons/rules/clock/hold.ts';
import { clockSettings, nextShiftStart } from '../../../functions/missing-persons/rules/clock/shifts.ts';
import { showLondon, showLondonWithYear } from '../../../functions/missing-persons/rules/clock/show.ts';
import { londonTime } from '../../../shared/domain/london.ts';

const { shiftStarts } = clockSettings.parse({});
const instants = fc.date({ min: new Date('2024-01-01'), max: new Date('2032-01-01'), noInvalidDate: true }).map(date => date.toISOString());

describe('HOLD (2.5, C7)', () => {
  it('S01: M03 (8 h from 20:10) had 4 h 15 min left when Ella was said to be back at 23:55, and has them still after a refuted sighting', () => {
    expect(remaining('2026-11-22T04:10:00.000Z', '2026-11-21T23:55:00.000Z')).toBe(255 * 60_000);
    expect(resumeAt('2026-11-22T04:10:00.000Z', '2026-11-21T23:55:00.000Z', '2026-11-22T00:40:00.000Z')).toBe('2026-11-22T04:55:00.000Z');
  });

  it('a deadline of the calendar freezes as elapsed time over a change of the clocks', () => {
    expect(resumeAt('2026-10-27T09:00:00.000Z', '2026-10-24T12:00:00.000Z', '2026-10-25T12:00:00.000Z')).toBe('2026-10-28T09:00:00.000Z');
  });

  it('what was late stays late by as much', () => {
    expect(remaining('2026-11-21T20:00:00.000Z', '2026-11-21T20:10:00.000Z')).toBe(-600_000);
    expect(resumeAt('2026-11-21T20:00:00.000Z', '2026-11-21T20:10:00.000Z', '2026-11-21T21:10:00.000Z')).toBe('2026-11-21T21:00:00.000Z');
  });

  it('15.1-3: the hard limit of 48 h (PNC) or 72 h (UKMPU) does not move', () => {
    const hard = '2026-11-23T20:10:00.000Z';
    expect(resumeAt('2026-11-23T18:00:00.000Z', '2026-11-22T10:00:00.000Z', '2026-11-22T14:00:00.000Z', hard)).toBe(hard);
    expect(resumeAt('2026-11-22T18:00:00.000Z', '2026-11-22T10:00:00.000Z', '2026-11-22T14:00:00.000Z', hard)).toBe('2026-11-22T22:00:00.000Z');
  });

  it('never shortens a time, and leaves what was left', () => {
    fc.assert(fc.property(instants, instants, instants, (due, held, resumed) => {
      const later = resumeAt(due, held, resumed);
      expect(Date.parse(later)).toBeGreaterThanOrEqual(Date.parse(due));
      if (Date.parse(resumed) >= Date.parse(held)) expect(remaining(later, resumed)).toBe(remaining(due, held));
    }));
  });

  it('15.1-2: a raise takes the sooner of the old and the new due time', () => {
    expect(earliest('2026-11-21T12:00:00.000Z', '2026-11-21T10:30:00.000Z')).toBe('2026-11-21T10:30:00.000Z');
    expect(earliest('2026-11-21T10:00Z', '2026-11-21T10:30:00.000Z', '2026-11-22T00:00:00.000Z')).toBe('2026-11-21T10:00Z');
  });
});

describe('starts of shifts (5.1)', () => {
  test.each([
    ['07:00 in winter', '2026-11-25T06:59:59.999Z', '2026-11-25T07:00:00.000Z'],
    ['strictly later', '2026-11-25T07:00:00.000Z', '2026-11-25T15:00:00.000Z'],
    ['over midnight', '2026-11-25T22:00:00.000Z', '2026-11-26T07:00:00.000Z'],
    ['22:00 to 07:00 is eight hours in March', '2026-03-28T22:00:00.000Z', '2026-03-29T06:00:00.000Z'],
    ['and ten in October', '2026-10-24T21:00:00.000Z', '2026-10-25T07:00:00.000Z'],
  ])('%s', (_, after, start) => expect(nextShiftStart(after, shiftStarts)).toBe(start));

  it('S07: "01:30 daily" fires once on 29 March, at 02:30 BST, and 01:30 is never shown', () => {
    expect(firings('2026-03-28T12:00:00.000Z', ['01:30'], 3).map(showLondon)).toEqual(['Sun 29 Mar 02:30 BST', 'Mon 30 Mar 01:30 BST', 'Tue 31 Mar 01:30 BST']);
    expect(firings('2026-03-28T12:00:00.000Z', ['01:30', '02:30'], 2).map(showLondon)).toEqual(['Sun 29 Mar 02:30 BST', 'Mon 30 Mar 01:30 BST']);
  });

  it('S08: "01:30 daily" fires once on 25 October, at the first', () => {
    expect(firings('2026-10-24T12:00:00.000Z', ['01:30'], 2).map(showLondon)).toEqual(['Sun 25 Oct 01:30 BST', 'Mon 26 Oct 01:30 GMT']);
  });

  it('fires each start once a London day through a year', () => {
    const year = firings('2025-12-31T23:59:00.000Z', ['01:30', '15:00'], 730).map(at => londonTime(at));
    expect(new Set(year.map(({ month, day, hour }) => `${month}-${day} ${hour < 12}`)).size).toBe(730);
    expect(year.at(-1)).toEqual({ year: 2026, month: 12, day: 31, hour: 15, minute: 0 });
  });

  it('needs a start, and settings that are times', () => {
    expect(() => nextShiftStart('2026-11-25T06:00:00.000Z', [])).toThrow(RangeError);
    expect(clockSettings.safeParse({ shiftStarts: ['7am'] }).success).toBe(false);
    expect(clockSettings.safeParse({ shiftStarts: [] }).success).toBe(false);
    expect(clockSettings.parse({})).toEqual({ shiftStarts: ['07:00', '15:00', '22:00'], clockSkewMaxSecs: 120, calendarBankHolidays: 'england-and-wales' });
  });
});

describe('how a time is shown', () => {
  it('S08: UKMPU at 72 h reads 22:00 GMT, and 01:30 BST sorts before 01:30 GMT', () => {
    expect(showLondon('2026-10-27T22:00:00.000Z')).toBe('Tue 27 Oct 22:00 GMT');
    expect(['2026-10-25T01:30:00.000Z', '2026-10-25T00:30:00.000Z'].sort().map(showLondon)).toEqual(['Sun 25 Oct 01:30 BST', 'Sun 25 Oct 01:30 GMT']);
  });

  it('with the year for what is far off, and over midnight', () => {
    expect(showLondonWithYear('2029-02-28T12:00:00.000Z')).toBe('Wed 28 Feb 2029 12:00 GMT');
    expect(showLondonWithYear('2026-12-31T23:30:00.000Z')).toBe('Thu 31 Dec 2026 23:30 GMT');
    expect(showLondon('2026-06-30T23:30:00.000Z')).toBe('Wed 1 Jul 00:30 BST');
  });
});

function firings(from: string, starts: readonly string[], count: number): string[] {
  const all: string[] = [];
  for (let at = from; all.length < count; all.push(at)) at = nextShiftStart(at, starts);
  return all;
}
