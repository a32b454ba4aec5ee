import type { IndexRow } from '../../../../shared/domain/case.ts';
import { areaKey, lateList, liveList, monthList, newestFirst, partnerList, placementKey, repeatList, rhiList } from './names.ts';
import { isOpenCase } from '../law/about.ts';
import { boardFactsOf, taskDueAt } from '../law/boardFacts.ts';
import { partnerRecordOf } from '../law/partnerFacts.ts';
import { periodFactsOf } from '../law/periodFacts.ts';
import { regionsOf } from '../law/regionSlices.ts';
import { repeats } from '../person/repeats.ts';
import { isOpenReview } from '../reviews/review.ts';
import type { MissingSettings } from '../settings.ts';
import { isOpenTask } from '../tasks/task.ts';
import type { MissingRecord } from '../../state.ts';

export interface WorkIndexing {
  readonly settings: MissingSettings;
  readonly hash: (key: string) => string;
  /** What a row of any list says of the record. */
  readonly fields: IndexRow['fields'];
  /** Nobody has ended the report or the case. */
  readonly isOpen: boolean;
}

/** Rows of the working lists: what is late, who is missing again, interviews that wait, the numbers, and what partners may ask for. All from the state alone. */
export function workRows(record: MissingRecord, how: WorkIndexing): IndexRow[] {
  return [...lateRows(record, how), ...repeatRows(record, how), ...rhiRows(record, how), ...numberRows(record, how), ...partnerRows(record, how)];
}

/** The first of the open tasks, reviews and reports to be late. Tasks that outlive closure count as well. */
function lateRows({ tasks, reviews, file, report }: MissingRecord, { fields, isOpen }: WorkIndexing): IndexRow[] {
  const all = [
    ...tasks.filter(isOpenTask).flatMap(task => { const at = taskDueAt(task); return at === undefined ? [] : [{ at, what: task.taskId }]; }), ...reviews.filter(isOpenReview).map(({ dueAt, type }) => ({ at: dueAt, what: type })),
    ...(!file && isOpen && report.dueAt !== undefined ? [{ at: report.dueAt, what: 'REPORT' }] : []),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.what < b.what ? -1 : 1));
  const [first] = all;
  return first ? [{ list: lateList, sortKey: first.at, fields: { ...fields, dueAt: first.at, what: first.what } }] : [];
}

/** Cases that make somebody a repeat missing person (S12), the newest first. */
function repeatRows({ file, previous, clocks }: MissingRecord, { settings, fields }: WorkIndexing): IndexRow[] {
  if (!file || file.state === 'CANCELLED') return [];
  const { count, isRepeat, spanDays } = repeats(previous.map(({ reportedAt }) => reportedAt), clocks.reported, settings.repeats);
  return isRepeat ? [{ list: repeatList, sortKey: newestFirst(clocks.reported), fields: { ...fields, episodes: count, spanDays } }] : [];
}

/** P07: the tracker outlives the closure of the case (2.4). */
function rhiRows(record: MissingRecord, { fields }: WorkIndexing): IndexRow[] {
  const { required, state, referrals } = regionsOf(record).rhi;
  if (!required || ['COMPLETED', 'DECLINED', 'NOT_POSSIBLE'].includes(state)) return [];
  const dueAt = state === 'NOT_REQUIRED' ? required.referralDueAt : required.doneDueAt;
  const waitsFor = referrals.filter(({ acknowledgedAt }) => acknowledgedAt === undefined).map(({ authority }) => authority).join(', ');
  return [{ list: rhiList, sortKey: dueAt, fields: { ...fields, rhi: state === 'NOT_REQUIRED' ? 'NOT_REFERRED' : state, dueAt, doneDueAt: required.doneDueAt, waitsFor } }];
}

/** One row of what is open, one of what is over: the numbers are read from these and never from cases (7). */
function numberRows(record: MissingRecord, { settings, isOpen }: WorkIndexing): IndexRow[] {
  const { recordId, clocks } = record;
  const period = JSON.stringify(periodFactsOf(record));
  const facts = boardFactsOf(record, settings);
  // An appeal that is still up after the closure is a number that must be nought (9), so such a case stays on the board.
  const isOnBoard = isOpenCase(record) || facts?.publicityLiveSince !== undefined;
  return [
    ...(isOpen || isOnBoard ? [{ list: liveList, sortKey: clocks.reported, fields: { recordId, ...(isOpen && { period }), ...(isOnBoard && facts && { board: JSON.stringify(facts) }) } }] : []),
    ...(isOpen ? [] : [{ list: monthList(clocks.reported.slice(0, 7)), sortKey: clocks.reported, fields: { recordId, period } }]),
  ];
}

/** Under which placement and which authorities partners find it. Whether they may read it is asked again, of the record, when they do (15.2 item 28); the row has nothing but its id. */
function partnerRows(record: MissingRecord, { settings, hash }: WorkIndexing): IndexRow[] {
  const { recordId, clocks } = record;
  // `now` matters to nothing but who turned 18 while missing, of whom the row is kept; the reading decides.
  const found = partnerRecordOf(record, { settings, now: clocks.reported });
  if (!found || found.tier === 'CONFIDENTIAL' || found.state === 'CANCELLED') return [];
  const keys = [
    ...(found.placementProviderId !== undefined && found.state !== 'CLOSED' ? [placementKey(found.placementProviderId)] : []), ...(found.hasChildDuties ? [...new Set(found.authorities)].map(areaKey) : []),
  ];
  return keys.map(key => ({ list: partnerList(hash(key)), sortKey: newestFirst(clocks.reported), fields: { recordId } }));
}
