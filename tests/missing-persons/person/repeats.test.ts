import { describe, expect, it } from '@jest/globals';
import { previousReturns, repeats, repeatSettings, type PreviousEpisode } from '../../../functions/missing-persons/rules/person/repeats.ts';

const settings = repeatSettings.parse({});

describe('repeat missing (S12)', () => {
  it('the third episode in 62 days is a repeat', () => {
    expect(repeats(['2026-09-24T20:00:00.000Z', '2026-10-20T20:00:00.000Z'], '2026-11-25T10:00:00.000Z', settings)).toEqual({ count: 3, isRepeat: true, spanDays: 63 });
  });

  it('counts in days of London, inclusive: 90 days earlier at any hour of that day counts, 91 does not', () => {
    const priors = ['2026-11-01T12:00:00.000Z'];
    // 27 August 2026 is 90 days before 25 November. In London it begins at 23:00Z of the 26th.
    expect(repeats([...priors, '2026-08-26T23:00:00.000Z'], '2026-11-25T23:59:00.000Z', settings).count).toBe(3);
    expect(repeats([...priors, '2026-08-26T22:59:59.000Z'], '2026-11-25T00:00:00.000Z', settings).count).toBe(2);
  });

  it('the time of the report decides, and later ones do not count', () => {
    expect(repeats(['2026-11-25T10:00:00.000Z', '2026-11-26T10:00:00.000Z'], '2026-11-25T10:00:00.000Z', settings)).toEqual({ count: 1, isRepeat: false, spanDays: 1 });
  });

  it('follows the settings of the force', () => {
    expect(repeats(['2026-11-20T10:00:00.000Z'], '2026-11-25T10:00:00.000Z', { count: 2, windowDays: 5 }).isRepeat).toBe(true);
    expect(repeats(['2026-11-20T10:00:00.000Z'], '2026-11-25T10:00:00.000Z', { count: 2, windowDays: 4 }).isRepeat).toBe(false);
  });
});

describe('banner of the last returns (S12)', () => {
  const episode = (n: number, more: Partial<PreviousEpisode> = {}): PreviousEpisode => ({ caseRef: `MP/CHS/2026/00000${n}`, reportedAt: `2026-0${n}-01T10:00:00.000Z`, returnedAt: `2026-0${n}-02T10:00:00.000Z`, ...more });
  it('the newest five, whoever they were with more than once, and harm of the last', () => {
    const { returnedAt: _, ...notBack } = episode(9);
    const banner = previousReturns([episode(1), episode(7, { harm: ' assaulted ', withWhom: 'Sam Sample', foundWhere: 'flat' }), episode(3, { withWhom: 'sam sample' }), episode(4), episode(5), episode(6), notBack]);
    expect(banner.lines.map(({ caseRef }) => caseRef.slice(-1))).toEqual(['7', '6', '5', '4', '3']);
    expect(banner.lines[0]).toMatchObject({ where: 'flat', withWhom: 'Sam Sample', harm: 'assaulted' });
    expect(banner.lines[1]).toMatchObject({ where: 'not recorded', harm: undefined });
    expect([banner.hadHarmLast, banner.again]).toEqual([true, ['sam sample']]);
  });
  it('of nobody is empty', () => {
    expect(previousReturns([])).toEqual({ lines: [], hadHarmLast: false, again: [] });
  });
});
