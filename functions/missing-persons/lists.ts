import type { IndexRow } from '../../shared/domain/case.ts';
import { likenessOfReport } from './rules/intake/personOf.ts';
import { ageBandAt } from './rules/clock/age.ts';
import { bornOf, isMissing, isOpenCase, levelOf } from './rules/law/about.ts';
import { nextDue } from './rules/law/due.ts';
import { shownOnCard } from './rules/law/situation.ts';
import { likenessOf } from './rules/person/likeness.ts';
import { matchKeys } from './rules/person/matchKeys.ts';
import { searchKeys } from './rules/person/searchKeys.ts';
import type { MissingSettings } from './rules/settings.ts';
import { isOpenTask } from './rules/tasks/task.ts';
import { rankOf } from './rules/terms.ts';
import type { MissingRecord } from './state.ts';

export const dueList = 'missing-due';
/** Open cases, the most urgent first: level, then what is due next. */
export const boardList = 'missing-board';
export const reportList = 'missing-reports';
export const closedList = 'missing-closed';
export const mineList = (userId: string): string => `missing-mine-${userId}`;
export const personList = (personId: string): string => `missing-person-${personId}`;
/** Keys of names, telephones and places are personal data: the list's name is their HMAC. */
export const matchList = (hash: string): string => `missing-match-${hash}`;
export const searchList = (hash: string): string => `missing-search-${hash}`;

export interface Indexing {
  readonly settings: MissingSettings;
  readonly hash: (key: string) => string;
}

/** The rows under which a record is listed now. No name, place or telephone stands in one (storage-protocol 2). */
export function indexRows(record: MissingRecord, { settings, hash }: Indexing): IndexRow[] {
  const { recordId, report, file, clocks } = record;
  const due = nextDue(record, settings);
  const fields = rowFields(record, due?.at);
  const isOpen = file ? isOpenCase(record) : ['RECEIVED', 'SCREENED', 'REDIRECTED', 'CONCERN_FOR_WELFARE'].includes(report.state);
  return [
    ...(due ? [{ list: dueList, sortKey: due.at, fields: { urgency: 3 - rankOf(levelOf(record)) } }] : []),
    ...(file && isOpen ? [{ list: boardList, sortKey: `${3 - rankOf(levelOf(record))}|${due?.at ?? 'z'}`, fields }] : []),
    ...(!file && isOpen ? [{ list: reportList, sortKey: report.dueAt ?? report.receivedAt, fields }] : []),
    ...(file && !isOpen ? [{ list: closedList, sortKey: newestFirst(file.enteredAt), fields }] : []),
    ...(isOpen ? workersOf(record).map(userId => ({ list: mineList(userId), sortKey: due?.at ?? 'z', fields })) : []),
    { list: personList(record.personId), sortKey: newestFirst(clocks.reported), fields },
    ...keyRows(record, hash, { recordId }),
  ];
}

/** Sorted ascending by the table, so that the newest comes first. */
export function newestFirst(instant: string): string {
  return String(9_999_999_999_999 - Date.parse(instant));
}

function rowFields(record: MissingRecord, dueAt: string | undefined): IndexRow['fields'] {
  const { recordId, report, file, clocks, owner, risk } = record;
  return {
    recordId, ref: file?.caseRef ?? '', state: file?.state ?? report.state, level: levelOf(record), isProvisional: risk?.provisional ?? true, reportedAt: clocks.reported, owner: owner.userId, isOwnerAcknowledged: owner.acknowledgedAt !== undefined,
    ...shownOnCard(record), ageBand: ageBandAt(bornOf(record), clocks.reported), nextDueAt: dueAt ?? '', overdue: record.tasks.filter(isOpenTask).length, isMissing: isMissing(record), isOutOfCare: record.casefile.missingFrom, source: report.source,
  };
}

/** Who has work on it: the owner, and whoever has an open task of theirs. */
function workersOf(record: MissingRecord): string[] {
  return [...new Set([record.file ? record.owner.userId : record.report.ownerUserId, ...record.tasks.filter(isOpenTask).flatMap(({ ownerUserId }) => ownerUserId ?? [])])];
}

function keyRows(record: MissingRecord, hash: Indexing['hash'], fields: IndexRow['fields']): IndexRow[] {
  const likeness = record.file ? likenessOf(record.person) : likenessOfReport({ ...record.intake, raw: '' });
  const search = { ...likeness, ...(record.person.care?.placedAt !== undefined && { placementName: record.person.care.placedAt }) };
  return [
    ...matchKeys(likeness).map(key => ({ list: matchList(hash(key)), sortKey: newestFirst(record.clocks.reported), fields })),
    ...searchKeys(search).map(key => ({ list: searchList(hash(key)), sortKey: newestFirst(record.clocks.reported), fields })),
  ];
}
