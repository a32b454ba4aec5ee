import { isOpen, levels, openMissing, type CaseState, type RiskLevel, type Role } from '../terms.ts';
import { caseState } from '../terms.ts';

/** Where a review's time is counted from. `LEVEL`: the report, or the change of level since which the level stands (5.1); `STATE`: when the case came to its state; `NEWS`: the significant news. */
export type ReviewAnchor = 'T_REPORTED' | 'LEVEL' | 'STATE' | 'NEWS';

/**
 * When. `at` lists single times, `then` repeats after the last of them, both counted from the anchor and never chained (15.2 item 32). `SHIFT` is every start of a shift by London time,
 * `AGREED` the time agreed with the informant, `VERIFY` and `NEWS` the lengths by level of the settings.
 */
export type Rhythm = { readonly at: readonly string[]; readonly then?: string } | 'SHIFT' | 'AGREED' | 'VERIFY' | 'NEWS';

export const reviewTypes = [
  'HIGH_SGT', 'HIGH_SGT_SHIFT', 'HIGH_INSP', 'HIGH_SUPT', 'HIGH_SUPT_7D', 'HIGH_SEARCH', 'MEDIUM_SGT', 'MEDIUM_INSP', 'MEDIUM_SUPT_7D', 'MEDIUM_COORD', 'LOW_SGT', 'LOW_INSP_48H', 'LOW_INSP',
  'VERY_LOW_SGT', 'VERY_LOW_INSP', 'ALL_7D', 'ALL_14D', 'PEER_14D', 'LADDER', 'LOCATED', 'RETURN', 'DECEASED', 'TRANSFERRED', 'IMMEDIATE',
] as const;
export type ReviewType = (typeof reviewTypes)[number];

export interface ReviewRow {
  readonly type: ReviewType;
  readonly title: string;
  readonly states: readonly CaseState[];
  readonly levels: readonly RiskLevel[];
  /** The lowest rank that satisfies it. */
  readonly rank: Role;
  /** Whom it is given to: the first with a person (15.2 item 30). */
  readonly roles: readonly Role[];
  readonly anchor: ReviewAnchor;
  readonly rhythm: Rhythm;
  /** Slower rhythms of `review.taper` from its second and third phase on. */
  readonly taper?: readonly [second: string, third: string];
  readonly source: string;
}

const running: readonly CaseState[] = ['OPEN_UNCONFIRMED', 'ACTIVE'];
const level = (at: RiskLevel) => ({ states: running, levels: [at], anchor: 'LEVEL' }) as const;
const sgt = { rank: 'SGT', roles: ['SGT', 'INSP'] } as const;
const insp = { rank: 'INSP', roles: ['INSP', 'FIM'] } as const;
const supt = { rank: 'SUPT', roles: ['SUPT'] } as const;
const report = { states: openMissing, levels, anchor: 'T_REPORTED' } as const;

/**
 * Schedule of reviews (5.1, 15.1 items 6, 16 and 17, 15.2 item 31). Hours run from the report or from the change of level, days and months from the report. The confirmation of HIGH is itself the
 * inspector's first review. SUPT at 14 and 28 days are the rows ALL_14D and LADDER: they replace those of the levels.
 */
export const reviewRows: readonly ReviewRow[] = [
  { type: 'HIGH_SGT', title: 'Review by the sergeant', ...level('HIGH'), ...sgt, rhythm: { at: [], then: '4h' }, source: 'DK' },
  { type: 'HIGH_SGT_SHIFT', title: 'Review by the sergeant at the start of the shift', ...level('HIGH'), ...sgt, rhythm: 'SHIFT', source: 'S14,DK' },
  { type: 'HIGH_INSP', title: 'Review by the inspector', ...level('HIGH'), ...insp, rhythm: { at: [], then: '12h' }, source: 'DK' },
  { type: 'HIGH_SUPT', title: 'Review by the superintendent', ...level('HIGH'), ...supt, rhythm: { at: ['24h', '48h', '72h'] }, source: 'DK' },
  { type: 'HIGH_SUPT_7D', title: 'Review by the superintendent at 7 days', ...level('HIGH'), ...supt, anchor: 'T_REPORTED', rhythm: { at: ['7d'] }, source: 'DK' },
  { type: 'HIGH_SEARCH', title: 'Daily review of the search', ...level('HIGH'), rank: 'POLSA', roles: ['POLSA', 'DI_SIO'], rhythm: { at: [], then: '24h' }, source: 'DK' },
  { type: 'MEDIUM_SGT', title: 'Review by the sergeant at the start of the shift', ...level('MEDIUM'), ...sgt, rhythm: 'SHIFT', taper: ['1d', '7d'], source: 'S14,DES' },
  { type: 'MEDIUM_INSP', title: 'Review by the inspector', ...level('MEDIUM'), ...insp, rhythm: { at: [], then: '24h' }, taper: ['1d', '7d'], source: 'DK,DES' },
  { type: 'MEDIUM_SUPT_7D', title: 'Review by the superintendent at 7 days', ...level('MEDIUM'), ...supt, anchor: 'T_REPORTED', rhythm: { at: ['7d'] }, source: 'DK' },
  { type: 'MEDIUM_COORD', title: 'Review by the missing persons coordinator', ...level('MEDIUM'), rank: 'MFH_COORD', roles: ['MFH_COORD'], rhythm: { at: ['72h'] }, source: 'DK' },
  { type: 'LOW_SGT', title: 'Review by the sergeant', ...level('LOW'), ...sgt, rhythm: { at: [], then: '24h' }, taper: ['7d', '1mo'], source: 'DK,DES' },
  { type: 'LOW_INSP_48H', title: 'Review by the inspector at 48 hours', ...level('LOW'), ...insp, rhythm: { at: ['48h'] }, source: 'DK' },
  { type: 'LOW_INSP', title: 'Weekly review by the inspector', ...level('LOW'), ...insp, rhythm: { at: [], then: '7d' }, taper: ['7d', '1mo'], source: 'DK,DES' },
  { type: 'VERY_LOW_SGT', title: 'Reassess at the agreed time', ...level('VERY_LOW'), ...sgt, rhythm: 'AGREED', source: 'DK' },
  { type: 'VERY_LOW_INSP', title: 'Raise or refer out', ...level('VERY_LOW'), ...insp, rhythm: { at: [], then: '24h' }, source: 'DK' },
  { type: 'ALL_7D', title: 'Review by the inspector at 7 days', ...report, ...insp, rhythm: { at: ['7d'] }, source: 'DK' },
  { type: 'ALL_14D', title: 'Review by the superintendent at 14 days', ...report, rank: 'DI_SIO', roles: ['SUPT', 'DI_SIO'], rhythm: { at: ['14d'] }, source: 'DK' },
  { type: 'PEER_14D', title: 'Peer review by an officer who is not involved', ...report, rank: 'INSP', roles: ['DI_SIO', 'INSP'], rhythm: { at: ['14d'] }, source: 'DK,CFG' },
  { type: 'LADDER', title: 'Long-term review by the superintendent', ...report, ...supt, rhythm: { at: ['28d', '3mo', '6mo'], then: '1y' }, source: 'S9' },
  { type: 'LOCATED', title: 'Has the person been seen?', states: ['LOCATED_UNVERIFIED'], levels, ...sgt, anchor: 'STATE', rhythm: 'VERIFY', source: 'DK,DES' },
  { type: 'RETURN', title: 'Review of the return', states: ['LOCATED_VERIFIED', 'RETURN_ACTIONS'], levels, ...sgt, anchor: 'STATE', rhythm: { at: ['24h'], then: '72h' }, source: 'DES' },
  { type: 'DECEASED', title: 'Review after a body was found', states: ['DECEASED_PENDING_ID', 'DECEASED_CONFIRMED'], levels, ...insp, anchor: 'STATE', rhythm: { at: [], then: '24h' }, source: 'DES' },
  { type: 'TRANSFERRED', title: 'Ask the other force how it stands', states: ['TRANSFERRED_OUT'], levels, ...insp, anchor: 'STATE', rhythm: { at: [], then: '7d' }, source: 'DES' },
  { type: 'IMMEDIATE', title: 'Review at once', states: caseState.options.filter(isOpen), levels, ...sgt, anchor: 'NEWS', rhythm: 'NEWS', source: 'S9,DES' },
];

const byType = new Map(reviewRows.map(row => [row.type, row]));

/** The row of a type. Throws RangeError when there is none: a fault of the table. */
export function rowOfReview(type: ReviewType): ReviewRow {
  const row = byType.get(type);
  if (!row) throw new RangeError(`no review ${type}`);
  return row;
}

/** At the same rank an occurrence of a level that falls within the hour of one of these is not held beside it (15.2 item 31: replace, not add). */
export const replacing: readonly ReviewType[] = ['ALL_7D', 'ALL_14D', 'LADDER'];
