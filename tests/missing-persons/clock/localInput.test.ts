import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { deviceSkew, readInstant, readLocal, type Reading } from '../../../functions/missing-persons/rules/clock/localInput.ts';
import { londonTime } from '../../../shared/domain/london.ts';

const now = '2026-11-25T12:00:00.000Z';
const codes = (reading: Reading) => (reading.ok ? [] : reading.failures.map(({ code }) => code));
const candidates = (reading: Reading) => (reading.ok ? [] : reading.candidates ?? []);

describe('2.6: a time at the interface needs an offset', () => {
  test.each([
    ['2026-11-25T11:30Z', '2026-11-25T11:30:00.000Z'],
    ['2026-07-01T14:30+01:00', '2026-07-01T13:30:00.000Z'],
    ['2026-07-01T14:30:15.25+01:00', '2026-07-01T13:30:15.250Z'],
    ['2026-07-01T00:30:00.123456789+01:00', '2026-06-30T23:30:00.123Z'],
    ['2026-10-25T01:30+01:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T01:30+00:00', '2026-10-25T01:30:00.000Z'],
    ['2024-02-29T12:00-05:00', '2024-02-29T17:00:00.000Z'],
    ['2026-03-29T01:30Z', '2026-03-29T01:30:00.000Z'],
  ])('%s', (text, instant) => expect(readInstant(text, { now })).toEqual({ ok: true, instant }));

  it('S08: 01:30 on 25 October is asked back, with both candidates in order, and each is then accepted', () => {
    const reading = readInstant('2026-10-25T01:30', { now });
    expect(codes(reading)).toEqual(['TIME_AMBIGUOUS']);
    expect(candidates(reading)).toEqual([
      { text: '2026-10-25T01:30+01:00', instant: '2026-10-25T00:30:00.000Z', shown: 'Sun 25 Oct 01:30 BST' },
      { text: '2026-10-25T01:30+00:00', instant: '2026-10-25T01:30:00.000Z', shown: 'Sun 25 Oct 01:30 GMT' },
    ]);
    for (const { text, instant } of candidates(reading)) expect(readInstant(text, { now })).toEqual({ ok: true, instant });
  });

  it('S07: 01:30 on 29 March never happened', () => {
    const reading = readInstant('2026-03-29T01:30:00', { now });
    expect(reading).toEqual({ ok: false, failures: [{ code: 'TIME_NONEXISTENT', why: 'There is no 01:30 on 29/03/2026: the clocks go forward from 01:00 to 02:00.', rule: '2.6' }] });
  });

  it('any other naive time is refused with what it would mean in London', () => {
    const reading = readInstant('2026-07-01T14:30', { now });
    expect(codes(reading)).toEqual(['FIELD_INVALID']);
    expect(candidates(reading)).toEqual([{ text: '2026-07-01T14:30+01:00', instant: '2026-07-01T13:30:00.000Z', shown: 'Wed 1 Jul 14:30 BST' }]);
  });

  test.each([
    '', 'yesterday', '2026-02-31T10:00Z', '2025-02-29T10:00Z', '2026-13-01T10:00Z', '2026-00-10T10:00Z', '2026-11-25T24:00Z', '2026-11-25T10:60Z', '2026-11-25T10:00:60Z', '2026-11-25T10:00+15:00',
    '2026-11-25T10:00+01:60', '2026-11-25 10:00Z', '25/11/2026', '0026-11-25T10:00Z', '2026-11-25T10:00z', ' 2026-11-25T10:00Z',
  ])('refuses %p', text => expect(readInstant(text, { now })).toMatchObject({ ok: false, failures: [{ code: 'FIELD_INVALID' }] }));
});

describe('2.6: London time of a form', () => {
  it('is taken as it stands on an ordinary day, whatever `which` says', () => {
    expect(readLocal({ date: '2026-07-01', time: '14:30' }, { now })).toEqual({ ok: true, instant: '2026-07-01T13:30:00.000Z' });
    expect(readLocal({ date: '2026-11-25', time: '11:30', which: 'second' }, { now })).toEqual({ ok: true, instant: '2026-11-25T11:30:00.000Z' });
  });

  it('S08: asks "first or second" and takes the answer', () => {
    const asked = readLocal({ date: '2026-10-25', time: '01:30' }, { now });
    expect(codes(asked)).toEqual(['TIME_AMBIGUOUS']);
    expect(candidates(asked)).toHaveLength(2);
    expect(readLocal({ date: '2026-10-25', time: '01:30', which: 'first' }, { now })).toEqual({ ok: true, instant: '2026-10-25T00:30:00.000Z' });
    expect(readLocal({ date: '2026-10-25', time: '01:30', which: 'second' }, { now })).toEqual({ ok: true, instant: '2026-10-25T01:30:00.000Z' });
  });

  test.each([['00:59', true], ['01:00', false], ['01:59', false], ['02:00', true]])('25 October %s is plain: %p', (time, plain) => expect(readLocal({ date: '2026-10-25', time }, { now }).ok).toBe(plain));
  test.each([['00:59', []], ['01:00', ['TIME_NONEXISTENT']], ['01:59', ['TIME_NONEXISTENT']], ['02:00', []]])('29 March %s: %j', (time, found) => expect(codes(readLocal({ date: '2026-03-29', time, which: 'first' }, { now }))).toEqual(found));
  test.each([['2010-02-31', '10:00'], ['2026-11-25', '25:00'], ['25/11/2026', '10:00'], ['2026-11-25', '10:0'], ['', '']])('refuses %p %p', (date, time) => expect(codes(readLocal({ date, time }, { now }))).toEqual(['FIELD_INVALID']));

  it('reads back every instant of a year from what London’s clock showed, with at most one question', () => {
    fc.assert(fc.property(fc.date({ min: new Date('2025-11-25'), max: new Date('2026-11-25'), noInvalidDate: true }), date => {
      date.setUTCSeconds(0, 0);
      const { year, month, day, hour, minute } = londonTime(date.toISOString());
      const [civil = '', time = ''] = new Date(Date.UTC(year, month - 1, day, hour, minute)).toISOString().slice(0, 16).split('T');
      const reading = readLocal({ date: civil, time }, { now });
      const instants = reading.ok ? [reading.instant] : (reading.candidates ?? []).map(({ instant }) => instant);
      expect(instants).toContain(date.toISOString());
    }), { examples: [[new Date('2026-10-25T00:30:00Z')], [new Date('2026-10-25T01:30:00Z')]] });
  });
});

describe('2.6: the server’s clock is the truth', () => {
  it('two minutes ahead is let through, more is TIME_IN_FUTURE', () => {
    expect(readInstant('2026-11-25T12:02:00Z', { now }).ok).toBe(true);
    expect(codes(readInstant('2026-11-25T12:02:00.001Z', { now }))).toEqual(['TIME_IN_FUTURE']);
    expect(codes(readLocal({ date: '2026-11-26', time: '09:00' }, { now }))).toEqual(['TIME_IN_FUTURE']);
  });

  it('last seen after the report is refused, at the report it is not, and both failures are listed', () => {
    const reportedAt = '2026-11-25T11:00:00.000Z';
    expect(readInstant('2026-11-25T11:00Z', { now, reportedAt }).ok).toBe(true);
    expect(codes(readInstant('2026-11-25T11:01Z', { now, reportedAt }))).toEqual(['LASTSEEN_AFTER_REPORT']);
    expect(codes(readInstant('2026-11-26T11:01Z', { now, reportedAt }))).toEqual(['TIME_IN_FUTURE', 'LASTSEEN_AFTER_REPORT']);
  });

  it('a device that is off by more than clock.skew.maxSecs is flagged, its time stands', () => {
    expect(readInstant('2026-11-25T11:00Z', { now, deviceNow: '2026-11-25T12:02:00.000Z' })).toEqual({ ok: true, instant: '2026-11-25T11:00:00.000Z' });
    expect(readInstant('2026-11-25T11:00Z', { now, deviceNow: '2026-11-25T11:40:00.000Z' })).toEqual({ ok: true, instant: '2026-11-25T11:00:00.000Z', skew: { aheadSecs: -1200 } });
    expect(deviceSkew('2026-11-25T12:02:01.000Z', now, 120)).toEqual({ aheadSecs: 121 });
    expect(deviceSkew('2026-11-25T12:02:01.000Z', now, 300)).toBeUndefined();
  });
});
