import { describe, expect, it } from '@jest/globals';
import { addTo, durationOf } from '../../../functions/missing-persons/rules/clock/duration.ts';
import { readInstant } from '../../../functions/missing-persons/rules/clock/localInput.ts';
import { showLondon } from '../../../functions/missing-persons/rules/clock/show.ts';
import { missingSettings } from '../../../functions/missing-persons/rules/settings.ts';
import { Desk } from './desk.ts';
import { confirmed, openCase, reviewOf } from './support.ts';

const nightShift = missingSettings.parse({ reviews: { shiftStarts: ['01:30'] } });

/** Reviews of a kind that were due in a stretch of time, however they ended. */
function dueBetween(desk: Desk, type: string, from: string, to: string): string[] {
  return desk.record.reviews.filter(item => item.type === type && item.dueAt >= from && item.dueAt < to).map(({ dueAt }) => dueAt).sort();
}

function stepsAt(desk: Desk, reviewId: string): string[] {
  return reviewOf(desk, reviewId).escalations.map(({ step }) => step);
}

describe('S07 spring forward', () => {
  function high(): Desk {
    const desk = new Desk('2026-03-28T13:30:00.000Z');
    openCase(desk, { factors: ['NOTE_LEFT'], level: 'HIGH' });
    return desk;
  }

  it('S07 twelve hours are twelve hours: the inspector\'s review is at 02:30 BST, and 01:30 is never shown', () => {
    const desk = high();
    const { dueAt } = reviewOf(desk, 'HIGH_INSP@2026-03-29T01:30:00.000Z');
    expect([dueAt, showLondon(dueAt)]).toEqual(['2026-03-29T01:30:00.000Z', 'Sun 29 Mar 02:30 BST']);
    desk.to('2026-03-29T06:00:00.000Z');
    const shown = [...desk.record.reviews, ...desk.record.tasks].map(item => showLondon(item.dueAt));
    expect(shown.filter(text => /^Sun 29 Mar 01:\d\d/.test(text))).toEqual([]);
    expect(stepsAt(desk, 'HIGH_INSP@2026-03-29T01:30:00.000Z').filter(step => step === 'DUE')).toEqual(['DUE']);
  });

  it('S07 a shift that begins at 01:30 has one review in that night, at 02:30 BST, and it fires once', () => {
    const desk = new Desk('2026-03-28T13:30:00.000Z', nightShift);
    openCase(desk, { level: 'MEDIUM' });
    confirmed(desk, 'MEDIUM', 'sita');
    desk.to('2026-03-30T12:00:00.000Z');
    expect(dueBetween(desk, 'MEDIUM_SGT', '2026-03-28T13:30:00.000Z', '2026-03-31T00:00:00.000Z')).toEqual(['2026-03-29T01:30:00.000Z', '2026-03-30T00:30:00.000Z']);
    expect(stepsAt(desk, 'MEDIUM_SGT@2026-03-29T01:30:00.000Z').filter(step => step === 'DUE')).toEqual(['DUE']);
    expect(desk.facts.filter(({ what, about }) => what === 'ReviewMissed' && about?.['review'] === 'MEDIUM_SGT@2026-03-29T01:30:00.000Z')).toHaveLength(1);
  });

  it('S07 an officer who types 01:30 on 29 March is told that there is no such time', () => {
    expect(readInstant('2026-03-29T01:30', { now: '2026-03-29T10:00:00.000Z' })).toMatchObject({ failures: [{ code: 'TIME_NONEXISTENT' }] });
  });

  it('S07 the long-term review lies 28 days on at the same hour of London, so one hour earlier in UTC (2.6)', () => {
    const desk = new Desk('2026-03-01T09:15:00.000Z');
    openCase(desk, { level: 'MEDIUM' });
    expect(reviewOf(desk, 'LADDER@2026-03-29T08:15:00.000Z').reviewerUserId).toBe('suki');
    expect(reviewOf(desk, 'ALL_14D@2026-03-15T09:15:00.000Z').reviewerUserId).toBe('suki');
  });

  it.each([
    ['12h', '2026-03-28T13:30:00.000Z', '2026-03-29T01:30:00.000Z'], ['72h', '2026-10-24T22:00:00.000Z', '2026-10-27T22:00:00.000Z'], ['72h', '2026-03-27T22:00:00.000Z', '2026-03-30T22:00:00.000Z'],
    ['28d', '2026-03-01T09:15:00.000Z', '2026-03-29T08:15:00.000Z'], ['14d', '2026-03-15T01:30:00.000Z', '2026-03-29T01:30:00.000Z'], ['14d', '2026-10-11T00:30:00.000Z', '2026-10-25T00:30:00.000Z'],
    ['3mo', '2026-11-30T10:00:00.000Z', '2027-02-28T10:00:00.000Z'], ['12mo', '2028-02-29T12:00:00.000Z', '2029-02-28T12:00:00.000Z'], ['7d', '2026-10-20T08:00:00.000Z', '2026-10-27T09:00:00.000Z'],
  ])('S07 vector of 2.6: %s from %s is %s', (length, from, to) => {
    expect(addTo(from, durationOf(length))).toBe(to);
  });
});

describe('S08 autumn back', () => {
  /** 23:00 BST on the evening before the clocks go back. */
  function reported(own = missingSettings.parse({})): Desk {
    const desk = new Desk('2026-10-24T22:00:00.000Z', own);
    openCase(desk, { level: 'MEDIUM' });
    confirmed(desk, 'MEDIUM', 'sita');
    return desk;
  }

  it('S08 the 72 hours of the UK Missing Persons Unit end at 22:00 GMT and not at 23:00', () => {
    const desk = reported();
    const { hardDueAt = '', dueAt } = desk.task('M05');
    expect([hardDueAt, showLondon(hardDueAt), dueAt]).toEqual(['2026-10-27T22:00:00.000Z', 'Tue 27 Oct 22:00 GMT', '2026-10-27T10:00:00.000Z']);
    desk.to('2026-10-27T21:59:59.000Z');
    expect(desk.task('M05').escalations.map(({ step }) => step)).not.toContain('HARD_DUE');
    desk.to('2026-10-27T22:00:00.000Z');
    expect(desk.task('M05').escalations.at(-1)).toMatchObject({ step: 'HARD_DUE', at: '2026-10-27T22:00:00.000Z', to: ['OWNER', 'INSP', 'SUPT'] });
    expect(desk.task('X12').dueAt).toBe('2026-10-27T22:00:00.000Z');
  });

  it('S08 a shift at 01:30 is reviewed once in the night in which there are two', () => {
    const desk = reported(nightShift);
    desk.to('2026-10-26T12:00:00.000Z');
    expect(dueBetween(desk, 'MEDIUM_SGT', '2026-10-24T22:00:00.000Z', '2026-10-27T00:00:00.000Z')).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
    expect(stepsAt(desk, 'MEDIUM_SGT@2026-10-25T00:30:00.000Z').filter(step => step === 'DUE')).toEqual(['DUE']);
  });

  it('S08 no step of any ladder fires twice over the change', () => {
    const desk = reported();
    desk.to('2026-10-26T00:00:00.000Z');
    const fired = desk.facts.filter(({ what }) => what === 'TaskEscalated' || what === 'ReviewEscalated').map(({ about, at }) => `${about?.['task'] ?? about?.['review'] ?? ''} ${about?.['step'] ?? ''} ${about?.['step'] === 'REPEAT' ? at : ''}`);
    expect(fired.length).toBeGreaterThan(30);
    expect(fired.filter((item, n) => fired.indexOf(item) !== n)).toEqual([]);
  });

  it('S08 who types 01:30 is asked which; the first sorts before the second', () => {
    const asked = readInstant('2026-10-25T01:30', { now: '2026-10-25T10:00:00.000Z' });
    expect(asked).toMatchObject({ failures: [{ code: 'TIME_AMBIGUOUS' }] });
    const [first, second] = ['2026-10-25T01:30:00+01:00', '2026-10-25T01:30:00+00:00'].map(text => new Date(text).toISOString());
    expect([first, second].sort()).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
    expect([first, second].map(at => showLondon(at ?? ''))).toEqual(['Sun 25 Oct 01:30 BST', 'Sun 25 Oct 01:30 GMT']);
  });
});
