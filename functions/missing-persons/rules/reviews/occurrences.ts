import { addTo, durationOf, nextRepeat } from '../clock/duration.ts';
import { nextShiftStart } from '../clock/shifts.ts';
import type { CaseState, RiskLevel } from '../terms.ts';
import type { ReviewSettings } from './settings.ts';
import { replacing, rowOfReview, type ReviewRow } from './table.ts';

/** What the schedule wants to know of a case. All instants UTC ISO 8601 with ms. */
export interface ReviewFacts {
  readonly now: string;
  readonly state: CaseState;
  readonly stateSince: string;
  readonly level: RiskLevel;
  /** When the present level took effect, absent while it is the first one: then hours run from the report (5.1). */
  readonly levelChangedAt?: string;
  readonly reportedAt: string;
  /** When the case came into this system; what fell due before is not held against anybody here. */
  readonly openedAt: string;
  readonly isUnder18: boolean;
  /** The time agreed with the informant at VERY_LOW. */
  readonly agreedAt?: string;
  /** When a superintendent decided that `review.taper` applies. */
  readonly taperedAt?: string;
  /** Significant news and verifications that were wrong (C15, C20, C22): the latest. */
  readonly newsAt?: string;
}

export const anchorOf = ({ anchor }: Pick<ReviewRow, 'anchor'>, facts: ReviewFacts): string | undefined => {
  switch (anchor) {
    case 'T_REPORTED': return facts.reportedAt;
    case 'LEVEL': return facts.levelChangedAt ?? facts.reportedAt;
    case 'STATE': return facts.stateSince;
    case 'NEWS': return facts.newsAt;
  }
};

export function appliesTo(row: ReviewRow, { state, level, newsAt }: ReviewFacts, { peerAt14Days }: ReviewSettings): boolean {
  return row.states.includes(state) && row.levels.includes(level) && (row.type !== 'PEER_14D' || peerAt14Days) && (row.type !== 'IMMEDIATE' || newsAt !== undefined);
}

/** The first occurrence of a row that is later than `after`; undefined when none will come. Counted from the anchor each time (15.2 item 32). */
export function nextOccurrence(row: ReviewRow, facts: ReviewFacts, after: string, settings: ReviewSettings): string | undefined {
  let found = plainly(row, facts, after, settings);
  while (found !== undefined && isReplaced(row, facts, found)) found = plainly(row, facts, found, settings);
  return found;
}

function plainly(row: ReviewRow, facts: ReviewFacts, after: string, settings: ReviewSettings): string | undefined {
  const anchorAt = anchorOf(row, facts);
  if (anchorAt === undefined) return undefined;
  const base = later(after, anchorAt);
  return row.taper && facts.taperedAt !== undefined ? tapered(row, facts, { anchorAt, base }, settings) : untapered(row, facts, { anchorAt, base }, settings);
}

interface From { readonly anchorAt: string; readonly base: string }

function untapered({ rhythm }: ReviewRow, facts: ReviewFacts, { anchorAt, base }: From, settings: ReviewSettings): string | undefined {
  switch (rhythm) {
    case 'SHIFT': return nextShiftStart(base, settings.shiftStarts);
    case 'VERIFY': return everyHours(anchorAt, settings.verifyHours[facts.level], base);
    case 'NEWS': return single(plusHours(anchorAt, settings.immediateHours[facts.level]), base);
    case 'AGREED': return agreed(facts, { anchorAt, base }, facts.isUnder18 ? settings.vlMaxReassessHoursUnder18 : settings.vlMaxReassessHours);
    default: return listed(rhythm, { anchorAt, base });
  }
}

function listed({ at, then }: { readonly at: readonly string[]; readonly then?: string }, { anchorAt, base }: From): string | undefined {
  const ones = at.map(text => addTo(anchorAt, durationOf(text)));
  const one = ones.find(instant => instant > base);
  return one ?? (then === undefined ? undefined : nextRepeat(anchorAt, durationOf(then), later(base, ones.at(-1) ?? anchorAt)).at);
}

/** Never later than the longest time that a reassessment may wait, whatever was agreed. */
function agreed({ agreedAt }: ReviewFacts, { anchorAt, base }: From, maxHours: number): string {
  const latest = everyHours(anchorAt, maxHours, base);
  return agreedAt !== undefined && agreedAt > base && agreedAt < latest ? agreedAt : latest;
}

/** The table's rhythm up to the second phase, then the slower ones, each counted from the report. */
function tapered(row: ReviewRow, facts: ReviewFacts, from: From, settings: ReviewSettings): string | undefined {
  const { taper: { secondFromDays, thirdFromDays } } = settings;
  const [secondAt, thirdAt] = [secondFromDays, thirdFromDays].map(n => later(addTo(facts.reportedAt, { unit: 'days', n }), facts.taperedAt ?? facts.now));
  const [second, third] = row.taper ?? [];
  if (secondAt === undefined || thirdAt === undefined || second === undefined || third === undefined) return untapered(row, facts, from, settings);
  const first = untapered(row, facts, from, settings);
  if (first !== undefined && first < secondAt) return first;
  const inSecond = nextRepeat(facts.reportedAt, durationOf(second), later(from.base, secondAt)).at;
  return inSecond < thirdAt ? inSecond : nextRepeat(facts.reportedAt, durationOf(third), later(from.base, thirdAt)).at;
}

/** Its hour is that of a 7-day, 14-day or long-term review of the same rank or a higher one of the same kind (15.2 item 31). */
function isReplaced(row: ReviewRow, facts: ReviewFacts, at: string): boolean {
  if (row.anchor !== 'LEVEL') return false;
  return replacing.map(rowOfReview).filter(({ rank, states }) => rank === row.rank && states.includes(facts.state)).some(other => {
    const theirs = nextIn(other, facts, at);
    return theirs !== undefined && Math.abs(Date.parse(theirs) - Date.parse(at)) <= HOUR;
  });
}

function nextIn({ rhythm }: ReviewRow, { reportedAt }: ReviewFacts, at: string): string | undefined {
  return typeof rhythm === 'string' ? undefined : listed(rhythm, { anchorAt: reportedAt, base: plusHours(at, -1.001) });
}

const HOUR = 3_600_000;
const plusHours = (instant: string, hours: number): string => new Date(Date.parse(instant) + Math.round(hours * HOUR)).toISOString();
const later = (a: string, b: string): string => (a > b ? a : b);
const single = (at: string, base: string): string | undefined => (at > base ? at : undefined);
const everyHours = (anchorAt: string, hours: number, base: string): string => nextRepeat(anchorAt, { unit: 'minutes', n: Math.round(hours * 60) }, base).at;
