import { isOpen } from '../terms.ts';
import { anchorOf, appliesTo, nextOccurrence, type ReviewFacts } from './occurrences.ts';
import { satisfiesRank } from './rank.ts';
import { counted, isOpenReview, type Review, type ReviewSlice } from './review.ts';
import type { Assign } from './roster.ts';
import type { ReviewSettings } from './settings.ts';
import { reviewRows, rowOfReview, type ReviewRow } from './table.ts';

/** So many occurrences that passed unmade (an outage) are written down one by one; of more, the latest. */
const mostAtOnce = 60;
/** A yearly review that is late is escalated within days, not months. */
const longestWindow = 24 * 3_600_000;
const shortestWindow = 15 * 60_000;

/**
 * Brings the reviews of a case to where its state, its level and the time ask for them (5.1). May be run at any moment and any number of times: an occurrence is known by its type and its time,
 * which is counted from the anchor. Of each type that applies one review lies ahead, if there is one; one that was not held when the next fell due is MISSED and stays with its reviewer.
 * A change of level brings new reviews and takes none away that is due earlier (C4: "existing earlier review kept").
 */
export function scheduleFor(slice: ReviewSlice, facts: ReviewFacts, assign: Assign, settings: ReviewSettings): ReviewSlice {
  const rows = isOpen(facts.state) ? reviewRows.filter(row => appliesTo(row, facts, settings)) : [];
  const kept = { ...slice, marks: Object.fromEntries(Object.entries(slice.marks).filter(([type]) => rows.some(row => row.type === type))) };
  const made = rows.reduce((so, row) => withRow(so, row, facts, { assign, settings }), kept);
  const late = made.reviews.map(item => noteLate(item, facts.now));
  const sorted = late.map(item => withoutRow(item, { rows, all: late, now: facts.now, isOpenCase: isOpen(facts.state) }));
  return pruned({ ...made, reviews: sorted.map(item => passed(item, sorted, facts.now)) }, settings.keepClosed);
}

interface Means { readonly assign: Assign; readonly settings: ReviewSettings }

function withRow(slice: ReviewSlice, row: ReviewRow, facts: ReviewFacts, { assign, settings }: Means): ReviewSlice {
  const anchorAt = anchorOf(row, facts);
  if (anchorAt === undefined) return slice;
  const mark = slice.marks[row.type];
  let after = startOf(row, facts, mark?.anchorAt === anchorAt ? mark.dueAt : undefined);
  let result = slice;
  for (let made = 0; after <= facts.now || isClosedAt(result, row, after); made += 1) {
    const dueAt = nextOccurrence(row, facts, made < mostAtOnce || after > facts.now ? after : facts.now, settings);
    if (dueAt === undefined) return result;
    result = { ...withOccurrence(result, row, { dueAt, after }, { facts, assign, settings }), marks: { ...result.marks, [row.type]: { anchorAt, dueAt } } };
    after = dueAt;
  }
  return sooner(result, row, facts, { assign, settings });
}

/** It was held before its time: the one after it must lie ahead (I1). */
function isClosedAt({ reviews }: ReviewSlice, { type }: ReviewRow, dueAt: string): boolean {
  return reviews.some(item => item.reviewId === `${type}@${dueAt}` && !isOpenReview(item));
}

/** News of an hour ago is reviewed late and not never; the other rows begin when they began to apply. */
function startOf({ anchor }: ReviewRow, { openedAt, stateSince, levelChangedAt, newsAt }: ReviewFacts, marked: string | undefined): string {
  if (marked !== undefined) return marked;
  return anchor === 'NEWS' ? newsAt ?? stateSince : [openedAt, stateSince, levelChangedAt ?? ''].reduce((a, b) => (a > b ? a : b));
}

/** An agreed time that came to be known after the review was made brings it forward; nothing moves one back. */
function sooner(slice: ReviewSlice, row: ReviewRow, facts: ReviewFacts, means: Means): ReviewSlice {
  const mark = slice.marks[row.type];
  const dueAt = row.rhythm === 'AGREED' ? nextOccurrence(row, facts, facts.now, means.settings) : undefined;
  if (!mark || dueAt === undefined || dueAt >= mark.dueAt) return slice;
  return withOccurrence(slice, row, { dueAt, after: facts.now }, { facts, ...means });
}

interface Occurrence { readonly dueAt: string; readonly after: string }

function withOccurrence({ reviews, ...rest }: ReviewSlice, row: ReviewRow, { dueAt, after }: Occurrence, { facts, assign, settings }: Means & { readonly facts: ReviewFacts }): ReviewSlice {
  const reviewId = `${row.type}@${dueAt}`;
  const there = reviews.find(item => item.reviewId === reviewId);
  if (there && there.state !== 'SUPERSEDED') return { ...rest, reviews };
  const { userId, role } = assign(row.roles);
  const windowMs = Math.min(longestWindow, Math.max(shortestWindow, Date.parse(dueAt) - Date.parse(after)));
  const fresh: Review = { reviewId, type: row.type, rank: row.rank, level: facts.level, dueAt, openedAt: facts.now, windowMs, reviewerUserId: userId, reviewerRole: role, state: 'OPEN', escalations: [] };
  return { ...rest, reviews: [...reviews.filter(item => item !== there), satisfiedBefore(fresh, reviews, settings.satisfiesMins)] };
}

/** A review of equal or higher rank in the hour before it counts for it (S02: 07:00 for 07:12). The peer's review and one that news asks for are never satisfied by an older one. */
function satisfiedBefore(item: Review, reviews: readonly Review[], mins: number): Review {
  if (item.type === 'PEER_14D' || item.type === 'IMMEDIATE') return item;
  const from = new Date(Date.parse(item.dueAt) - mins * 60_000).toISOString();
  const held = reviews.find(other => other.state === 'DONE' && other.satisfiedBy === undefined && other.byRole !== undefined && satisfiesRank(other.byRole, item.rank) && (other.doneAt ?? '') >= from && (other.doneAt ?? '') <= item.dueAt);
  return held ? { ...item, state: 'DONE', satisfiedBy: held.reviewId, ...(held.doneAt !== undefined && { doneAt: held.doneAt }), ...(held.by !== undefined && { by: held.by }), ...(held.byRole && { byRole: held.byRole }) } : item;
}

/** The accountable person is written down once. */
function noteLate(item: Review, now: string): Review {
  return isOpenReview(item) && item.dueAt <= now && item.missedAt === undefined ? { ...item, missedAt: item.dueAt, missedBy: item.reviewerUserId } : item;
}

interface Around { readonly rows: readonly ReviewRow[]; readonly all: readonly Review[]; readonly now: string; readonly isOpenCase: boolean }

/** A review whose row no longer applies: it stays while nothing of equal or higher rank is due as early, unless the case has left the state that it belongs to. */
function withoutRow(item: Review, { rows, all, now, isOpenCase }: Around): Review {
  if (!isOpenReview(item) || rows.some(({ type }) => type === item.type)) return item;
  const isLevelOnly = isOpenCase && rows.some(({ states }) => states.some(state => rowOfReview(item.type).states.includes(state))) && rows.some(({ anchor }) => anchor === 'LEVEL');
  const isCovered = all.some(other => other !== item && isOpenReview(other) && other.dueAt <= item.dueAt && rows.some(({ type }) => type === other.type) && satisfiesRank(other.rank, item.rank));
  if (isLevelOnly && !isCovered) return item;
  return { ...item, state: item.missedAt === undefined ? 'SUPERSEDED' : 'MISSED', endedAt: now };
}

/** Late, and the next of its kind, or one of the present level, has fallen due as well: the later one carries the escalation, this one counts as missed. */
function passed(item: Review, all: readonly Review[], now: string): Review {
  if (!isOpenReview(item) || item.missedAt === undefined) return item;
  const isPassed = all.some(other => (other.type === item.type || (other.level !== item.level && satisfiesRank(other.rank, item.rank))) && isOpenReview(other) && other.dueAt > item.dueAt && other.dueAt <= now);
  return isPassed ? { ...item, state: 'MISSED', endedAt: now } : item;
}

/** Long cases have thousands of reviews: the oldest closed ones leave the record and stay counted. */
function pruned(slice: ReviewSlice, keep: number): ReviewSlice {
  const closed = slice.reviews.filter(item => !isOpenReview(item)).sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  const leaving = new Set(closed.slice(0, Math.max(0, closed.length - keep)));
  if (leaving.size === 0) return slice;
  return { ...slice, reviews: slice.reviews.filter(item => !leaving.has(item)), settled: [...leaving].reduce<ReviewSlice['settled']>(counted, slice.settled) };
}
