import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { graceEndsAt, holdDueAt, linkExpiresAt, linkOpensAt, mayResend, noAnswerAt, outcomeDueAt, regradeAlertAt, sessionLimitAt } from '../../../functions/goodsam/rules/due.ts';
import { nextTry } from '../../../functions/goodsam/rules/retry.ts';
import { area, priority } from '../../../functions/goodsam/rules/terms.ts';
import { timingFor, timingOverrides, timings } from '../../../functions/goodsam/rules/timing.ts';

const sentAt = '2026-09-30T10:00:00.000Z';
const slotStartAt = '2026-10-02T13:00:00.000Z';

describe('the numbers of 4.4 and 21', () => {
  test.each([
    ['FCC', 1800, 180, 3, 60, 3600, 300], ['FAL', 86_400, 900, 2, 300, 2700, 600], ['DA', 900, 180, 1, 0, 5400, 600], ['SOM', 600, 300, 1, 300, 1200, 600],
    ['FOR', 7200, 1200, 2, 300, 2700, 600], ['CCTV', 604_800, 172_800, 2, 86_400, 1800, 600], ['SOCU', 1800, 600, 1, 0, 3600, 600],
  ] as const)('%s', (name, ...numbers) => {
    const [linkLifetime, noAnswer, resendsMax, resendGap, maxSession, grace] = numbers;
    expect(timings[name]).toMatchObject({ linkLifetime, noAnswer, resendsMax, resendGap, maxSession, grace, startTimer: 180, safeContactAge: 600 });
    expect(timings[name].regradeAlert).toBe(name === 'DA' ? 120 : null);
    expect(timings[name].resendReconfirms).toBe(name === 'DA' || name === 'SOCU');
  });

  it('lets configuration change one area, and never to a confirmation older than 10 min', () => {
    const overrides = timingOverrides.parse({ FCC: { linkLifetime: 600, grace: undefined } });
    expect(timingFor('FCC', overrides)).toEqual({ ...timings.FCC, linkLifetime: 600 });
    expect(timingFor('DA', overrides)).toEqual(timings.DA);
    expect(timingFor('DA')).toEqual(timings.DA);
    expect(timingOverrides.safeParse({ DA: { safeContactAge: 601 } }).success).toBe(false);
    expect(timingOverrides.safeParse({ XXX: {} }).success).toBe(false);
    expect(timingOverrides.safeParse({ DA: { linklifetime: 5 } }).success).toBe(false);
  });
});

describe('times of a link', () => {
  it('counts from sending, or from the slot', () => {
    expect(linkExpiresAt({ sentAt, channel: 'SMS' }, timings.FCC)).toBe('2026-09-30T10:30:00.000Z');
    expect(linkExpiresAt({ sentAt, channel: 'SMS', slotStartAt }, timings.FAL)).toBe('2026-10-03T13:00:00.000Z');
    expect(linkOpensAt({ sentAt, channel: 'SMS', slotStartAt }, timings.FAL)).toBe('2026-10-02T12:45:00.000Z');
    expect(linkOpensAt({ sentAt, channel: 'SMS' }, timings.FCC)).toBe(sentAt);
    expect(noAnswerAt({ sentAt, channel: 'SMS', slotStartAt }, timings.FAL)).toBe('2026-10-02T13:15:00.000Z');
    expect(noAnswerAt({ sentAt: '2026-10-02T13:20:00.000Z', channel: 'SMS', slotStartAt }, timings.FAL)).toBe('2026-10-02T13:35:00.000Z');
    expect(linkExpiresAt({ sentAt, channel: 'READ_ALOUD_CODE' }, timings.CCTV)).toBe('2026-09-30T10:10:00.000Z');
  });

  it('ends grace, session and patience', () => {
    expect(graceEndsAt(sentAt, timings.FCC)).toBe('2026-09-30T10:05:00.000Z');
    expect(regradeAlertAt(sentAt, timings.DA)).toBe('2026-09-30T10:02:00.000Z');
    expect(regradeAlertAt(sentAt, timings.FCC)).toBeNull();
    expect(sessionLimitAt(sentAt, timings.SOM)).toBe('2026-09-30T10:20:00.000Z');
  });

  test.each([
    ['FCC', '2026-09-30T10:30:00.000Z'], ['DA', '2026-09-30T10:15:00.000Z'], ['FOR', '2026-09-30T18:00:00.000Z'], ['SOM', '2026-09-30T22:59:00.000Z'], ['SOCU', '2026-09-30T22:59:00.000Z'],
    ['CCTV', '2026-10-07T22:59:00.000Z'], ['FAL', '2026-10-02T22:59:00.000Z'],
  ] as const)('outcome of %s due at %s', (name, due) => expect(outcomeDueAt(sentAt, timings[name])).toBe(due));

  it('holds as 21.16 says', () => {
    expect(holdDueAt('SAFETY_HELD', sentAt, { priority: 'P0_LIVE' })).toBe('2026-09-30T10:30:00.000Z');
    expect(holdDueAt('SAFETY_HELD', sentAt, { priority: 'P1_SAME_HOUR' })).toBe('2026-10-01T10:00:00.000Z');
    expect(holdDueAt('AUTH_PENDING', sentAt, { priority: 'P0_LIVE' })).toBe('2026-10-01T10:00:00.000Z');
    expect(holdDueAt('AUTH_PENDING', sentAt, { priority: 'P2_APPOINTMENT', slotStartAt: '2026-09-30T15:00:00.000Z' })).toBe('2026-09-30T15:00:00.000Z');
    expect(holdDueAt('AUTH_PENDING', sentAt, { priority: 'P2_APPOINTMENT', slotStartAt })).toBe('2026-10-01T10:00:00.000Z');
    expect(holdDueAt('READY', sentAt, { priority: 'P2_APPOINTMENT', slotStartAt })).toBe(slotStartAt);
    expect(holdDueAt('READY', sentAt, { priority: 'P2_APPOINTMENT', slotStartAt: '2026-09-30T15:00:00.000Z' })).toBe('2026-09-30T15:00:00.000Z');
  });

  it('limits re-sends by count and gap', () => {
    const sent = { area: 'FCC', resends: 2, lastSentAt: sentAt } as const;
    expect(mayResend(sent, '2026-09-30T10:00:59.999Z', timings.FCC)).toBe('TOO_SOON');
    expect(mayResend(sent, '2026-09-30T10:01:00.000Z', timings.FCC)).toBe('OK');
    expect(mayResend({ ...sent, resends: 3 }, '2026-09-30T11:00:00.000Z', timings.FCC)).toBe('MAXIMUM');
  });
});

describe('retries of 21.18', () => {
  const failedAt = sentAt;
  const dueAt = '2026-10-01T10:00:00.000Z';
  const after = (name: 'P0_LIVE' | 'P1_SAME_HOUR' | 'P2_APPOINTMENT' | 'P3_ROUTINE', tries: number, retryAfter?: number) => {
    const result = nextTry({ priority: name, tries, failedAt, dueAt, retryAfter });
    return result.kind === 'AGAIN' ? (Date.parse(result.at) - Date.parse(failedAt)) / 1000 : result.to;
  };
  test.each([
    ['P0_LIVE', [2, 'SEND_FAILED']], ['P1_SAME_HOUR', [60, 300, 540, 'SEND_FAILED']], ['P2_APPOINTMENT', [60, 300, 900, 900, 900]], ['P3_ROUTINE', [60, 300, 900, 900]],
  ] as const)('%s', (name, waits) => expect(waits.map((_, index) => after(name, index + 1))).toEqual(waits));

  it('obeys Retry-After, and gives up when that is too late', () => {
    expect(after('P1_SAME_HOUR', 1, 7)).toBe(7);
    expect(after('P3_ROUTINE', 1, 4000)).toBe(4000);
    expect(after('P0_LIVE', 1, 60)).toBe('SEND_FAILED');
    expect(after('P3_ROUTINE', 1, 90_000)).toBe('EXPIRED');
    expect(nextTry({ priority: 'P1_SAME_HOUR', tries: 1, failedAt, dueAt: failedAt })).toEqual({ kind: 'GIVE_UP', to: 'SEND_FAILED' });
  });

  it('never tries at or after dueAt, nor before the failure', () => {
    fc.assert(fc.property(fc.constantFrom(...priority.options), fc.integer({ min: 1, max: 200 }), fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: undefined }), fc.integer({ min: 0, max: 100_000 }), (name, tries, retryAfter, left) => {
      const due = new Date(Date.parse(failedAt) + left * 1000).toISOString();
      const result = nextTry({ priority: name, tries, failedAt, dueAt: due, retryAfter });
      if (result.kind === 'AGAIN') expect(result.at >= failedAt && result.at < due).toBe(true);
    }));
    expect(area.options.map(name => timingFor(name).linkLifetime > 0)).toEqual(area.options.map(() => true));
  });
});
