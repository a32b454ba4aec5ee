import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import '../../support/seed.ts';
import { checkReviews } from '../../../functions/missing-persons/rules/reviews/check.ts';
import { completeReview, isRefusedReview, raiseWantedAt } from '../../../functions/missing-persons/rules/reviews/complete.ts';
import { reviewContent } from '../../../functions/missing-persons/rules/reviews/content.ts';
import { escalateReview } from '../../../functions/missing-persons/rules/reviews/escalate.ts';
import type { ReviewFacts } from '../../../functions/missing-persons/rules/reviews/occurrences.ts';
import { holdsI1, isOpenReview, nextReview, noReviews, reviewSlice, tallyOf, type ReviewSlice } from '../../../functions/missing-persons/rules/reviews/review.ts';
import { assignPeople } from '../../../functions/missing-persons/rules/reviews/roster.ts';
import { scheduleFor } from '../../../functions/missing-persons/rules/reviews/schedule.ts';
import { reviewSettings } from '../../../functions/missing-persons/rules/reviews/settings.ts';
import { taskSettings } from '../../../functions/missing-persons/rules/tasks/settings.ts';
import { caseState, isOpen, levels, type Role } from '../../../functions/missing-persons/rules/terms.ts';

const settings = reviewSettings.parse({});
const chain = taskSettings.parse({});
const reported = '2026-03-14T03:12:00.000Z';
const assign = assignPeople({ SGT: 'sgt-bell', INSP: 'insp-moss', SUPT: 'supt-hale', FIM: 'fim-orr' }, { userId: 'oic-fern', role: 'OIC' });
const plus = (at: string, mins: number): string => new Date(Date.parse(at) + mins * 60_000).toISOString();
const base = (set: Partial<ReviewFacts> = {}): ReviewFacts => ({ now: reported, state: 'ACTIVE', stateSince: reported, level: 'HIGH', reportedAt: reported, openedAt: reported, isUnder18: false, ...set });
const unchanged = { change: false, reason: 'nothing came in' } as const;
const content = (level: ReviewFacts['level'], nextReviewAt: string) => reviewContent.parse({
  risk: { level, rationale: 'The same grounds stand as were written down at the last review.' }, changed: unchanged, hypotheses: unchanged, lines: unchanged, searchCoverage: unchanged, familyContact: unchanged, partnerContact: unchanged,
  publicity: unchanged, communicationsAndFinance: unchanged, biometrics: unchanged, resources: unchanged, tasksOverdue: { seen: [] }, familyUpdated: { told: false, reason: 'asleep' }, nextReviewAt, veryLow: 'RAISED',
});
function done(slice: ReviewSlice, reviewId: string, level: ReviewFacts['level'], by: { now: string; roles: Role[] }): ReviewSlice {
  const result = completeReview(slice.reviews, reviewId, { content: content(level, plus(by.now, 240)), facts: { level, overdueTasks: [], rationaleMinChars: 40 }, reviewer: { by: 'reviewer', isInvolved: false, ...by } }, settings);
  return isRefusedReview(result) ? slice : { ...slice, reviews: result };
}
const sweep = (slice: ReviewSlice, facts: ReviewFacts): ReviewSlice => ({ ...slice, reviews: slice.reviews.map(item => escalateReview(item, facts.level, facts.now, chain).review) });
const real = { scheduleFor, sweep };

const act = fc.oneof(fc.record({ level: fc.constantFrom(...levels) }), fc.record({ state: fc.constantFrom(...caseState.options.filter(isOpen)) }), fc.constant({ complete: true }), fc.constant({}));
const story = fc.array(fc.tuple(act, fc.integer({ min: 1, max: 9_000 })), { maxLength: 14 });

function run(steps: readonly (readonly [{ level?: ReviewFacts['level']; state?: ReviewFacts['state']; complete?: boolean }, number])[], rules: typeof real): void {
  let facts = base();
  let slice = rules.sweep(rules.scheduleFor(noReviews, facts, assign, settings), facts);
  for (const [{ level, state, complete }, mins] of steps) {
    const before = nextReview(slice.reviews);
    const now = plus(facts.now, mins);
    facts = { ...facts, now, ...(level && level !== facts.level && { level, levelChangedAt: now }), ...(state && state !== facts.state && { state, stateSince: now }) };
    if (complete === true && before) slice = done(slice, before.reviewId, facts.level, { now, roles: ['SUPT', 'POLSA'] });
    slice = rules.sweep(rules.scheduleFor(slice, facts, assign, settings), facts);
    reviewSlice.parse(slice);
    if (!holdsI1(slice.reviews, now)) throw new Error(`I1 at ${now}, ${facts.state} ${facts.level}`);
    if (level && before && before.dueAt > now && (nextReview(slice.reviews)?.dueAt ?? '~') > before.dueAt) throw new Error(`pushed later than ${before.dueAt}`);
    expect(rules.scheduleFor(slice, facts, assign, settings)).toEqual(slice);
    expect(new Set(slice.reviews.map(({ reviewId }) => reviewId)).size).toBe(slice.reviews.length);
  }
}
const holds = (rules: typeof real) => fc.check(fc.property(story, steps => { run(steps, rules); }), { numRuns: 60 });

describe('I1: every open case has a next review ahead, or an escalation on the one that is late', () => {
  it('whatever happens in whatever order', () => {
    const result = holds(real);
    expect(result.failed ? fc.defaultReportMessage(result) : '').toBe('');
  });
  it.each([
    ['nobody escalates', { ...real, sweep: (slice: ReviewSlice) => slice }],
    ['only the first is made', { ...real, scheduleFor: (slice: ReviewSlice, ...rest: [ReviewFacts, typeof assign, typeof settings]) => (slice.reviews.length > 0 ? slice : scheduleFor(slice, ...rest)) }],
    ['a new level throws the old reviews away', { ...real, scheduleFor: (slice: ReviewSlice, facts: ReviewFacts, ...rest: [typeof assign, typeof settings]) => scheduleFor({ ...slice, reviews: slice.reviews.filter(item => item.level === facts.level) }, facts, ...rest) }],
  ])('a broken twin is caught: %s', (_, twin) => expect(holds(twin).failed).toBe(true));
});

describe('schedule', () => {
  it('has no faults', () => expect(checkReviews()).toEqual([]));
  it('S02: 07:12 is due after 03:12, SUPT at 24 h, and the 07:00 review of the sergeant satisfies 07:12', () => {
    const slice = scheduleFor(noReviews, base(), assign, settings);
    expect(slice.reviews.find(({ type }) => type === 'HIGH_SGT')?.dueAt).toBe('2026-03-14T07:12:00.000Z');
    expect(slice.reviews.find(({ type }) => type === 'HIGH_SUPT')?.dueAt).toBe('2026-03-15T03:12:00.000Z');
    const held = done(slice, 'HIGH_SGT_SHIFT@2026-03-14T07:00:00.000Z', 'HIGH', { now: '2026-03-14T07:00:00.000Z', roles: ['SGT'] });
    const satisfied = held.reviews.find(({ type }) => type === 'HIGH_SGT');
    expect(satisfied).toMatchObject({ state: 'DONE', satisfiedBy: 'HIGH_SGT_SHIFT@2026-03-14T07:00:00.000Z' });
    expect(held.reviews.find(({ type }) => type === 'HIGH_INSP')?.state).toBe('OPEN');
  });
  it('S07: 12 h from 13:30Z before the clocks go forward is 01:30Z', () => {
    const at = '2026-03-28T13:30:00.000Z';
    expect(scheduleFor(noReviews, base({ now: at, reportedAt: at, openedAt: at, stateSince: at }), assign, settings).reviews.find(({ type }) => type === 'HIGH_INSP')?.dueAt).toBe('2026-03-29T01:30:00.000Z');
  });
  it('S04, V03: a reassessment missed by 60 min is raised, the named sergeant stays accountable', () => {
    const facts = base({ level: 'VERY_LOW' });
    const slice = scheduleFor(noReviews, facts, assign, settings);
    expect(raiseWantedAt(slice.reviews, settings)).toBe(plus(reported, 420));
    const late = scheduleFor(slice, { ...facts, now: plus(reported, 361) }, assignPeople({ SGT: 'sgt-other' }, { userId: 'x', role: 'OIC' }), settings);
    expect(late.reviews.find(item => item.type === 'VERY_LOW_SGT' && item.missedAt !== undefined)?.missedBy).toBe('sgt-bell');
    expect(tallyOf(late).SGT?.missed).toBe(1);
  });
  it('after an outage a review is escalated once, at the step that time implies', () => {
    const [first] = scheduleFor(noReviews, base(), assign, settings).reviews;
    if (!first) throw new Error('no review');
    const now = plus(first.dueAt, 24 * 60);
    const { review, escalation } = escalateReview(first, 'HIGH', now, chain);
    expect(escalation).toMatchObject({ step: 'REPEAT', skipped: ['REMINDER', 'DUE', 'SECOND', 'THIRD'] });
    expect(escalateReview(review, 'HIGH', now, chain).escalation).toBeUndefined();
  });
  it('a case that is closed has no open review', () => {
    const slice = scheduleFor(scheduleFor(noReviews, base(), assign, settings), base({ state: 'CLOSED' }), assign, settings);
    expect(slice.reviews.filter(isOpenReview)).toEqual([]);
  });
});
