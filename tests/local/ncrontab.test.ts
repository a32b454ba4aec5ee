import { describe, expect, it } from '@jest/globals';
import { parseNcrontab } from '../../local/host/ncrontab.ts';

const next = (expression: string, after: string): string => new Date(parseNcrontab(expression).next(Date.parse(after))).toISOString();

describe('NCRONTAB', () => {
  it.each([
    ['0 */5 * * * *', '2026-03-02T10:00:00Z', '2026-03-02T10:05:00.000Z'],
    ['*/10 * * * * *', '2026-03-02T10:00:09.999Z', '2026-03-02T10:00:10.000Z'],
    ['0 30 3 * * *', '2026-12-31T03:30:00Z', '2027-01-01T03:30:00.000Z'],
    ['0 0 9-17/4 * * Mon-Fri', '2026-03-06T17:00:00Z', '2026-03-09T09:00:00.000Z'],
    ['0 0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0 0 0 1 Jan,JUL *', '2026-01-01T00:00:00Z', '2026-07-01T00:00:00.000Z'],
    ['5,7 0 0 31 * *', '2026-03-31T00:00:05Z', '2026-03-31T00:00:07.000Z'],
    ['0 0 0 31 * *', '2026-03-31T00:00:00Z', '2026-05-31T00:00:00.000Z'],
    ['0 55/2 * * * *', '2026-03-02T10:56:00Z', '2026-03-02T10:57:00.000Z'],
    // Five fields: the second is 0.
    ['15 10 * * *', '2026-03-02T10:15:00Z', '2026-03-03T10:15:00.000Z'],
    // UTC through the British clock change of 29 March 2026: no hour is missing.
    ['0 30 1 * * *', '2026-03-28T01:30:00Z', '2026-03-29T01:30:00.000Z'],
  ])('trap 15: %s after %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it('trap 15: day of month and day of week must both match', () => {
    // The first Friday 13th after 1 March 2026 is in March; the next only in November.
    expect(next('0 0 0 13 * Fri', '2026-03-01T00:00:00Z')).toBe('2026-03-13T00:00:00.000Z');
    expect(next('0 0 0 13 * Fri', '2026-03-13T00:00:00Z')).toBe('2026-11-13T00:00:00.000Z');
  });

  it.each(['* * * *', '60 * * * * *', '* * 24 * * *', '* * * 0 * *', '* * * * * 7', '0 0 0 * Foo *', '0 5-1 * * * *', '*/0 * * * * *', '00:05:00'])('refuses %s', expression => {
    expect(() => parseNcrontab(expression)).toThrow();
  });

  it('says so when an expression never occurs', () => {
    expect(() => parseNcrontab('0 0 0 30 2 *').next(Date.parse('2026-01-01T00:00:00Z'))).toThrow('never occurs');
  });
});
