import type { IndexRow } from '../../shared/domain/case.ts';
import { boardList, closedList, dueList, erasedList, matchList, mineList, newestFirst, personList, reportList, searchList } from './rules/lists/names.ts';
import { workRows } from './rules/lists/work.ts';
import { receiptOf } from './rules/intake/receipt.ts';
import { ageBandAt } from './rules/clock/age.ts';
import { bornOf, isMissing, isOpenRecord, levelOf } from './rules/law/about.ts';
import { nextDue } from './rules/law/due.ts';
import { shownOnCard } from './rules/law/situation.ts';
import { likenessIn } from './rules/law/likenessIn.ts';
import { matchKeys } from './rules/person/matchKeys.ts';
import { referenceKeys, searchKeys } from './rules/person/searchKeys.ts';
import type { MissingSettings } from './rules/settings.ts';
import { isOpenTask } from './rules/tasks/task.ts';
import { rankOf } from './rules/terms.ts';
import type { MissingRecord } from './state.ts';

export interface Indexing {
  readonly settings: MissingSettings;
  readonly hash: (key: string) => string;
}

/** The rows under which a record is listed now. No name, place or telephone stands in one (storage-protocol 2). */
export function indexRows(record: MissingRecord, { settings, hash }: Indexing): IndexRow[] {
  const { recordId, file, clocks, erased } = record;
  // An erasure that failed is due until it is done.
  if (erased) return [...(record.owed.length > 0 ? [{ list: dueList, sortKey: erased.at, fields: { urgency: 9 } }] : []), { list: erasedList, sortKey: newestFirst(erased.at), fields: { recordId, ref: erased.caseRef, class: erased.class, basis: erased.basis, deletedAt: erased.at, isDone: erased.doneAt !== undefined } }];
  const due = nextDue(record, settings);
  const fields = rowFields(record, due?.at);
  const isOpen = isOpenRecord(record);
  return [
    ...(due ? [{ list: dueList, sortKey: due.at, fields: { urgency: 3 - rankOf(levelOf(record)) } }] : []), ...(isOpen ? openRows(record, fields, due?.at ?? 'z') : []),
    ...(file && !isOpen ? [{ list: closedList, sortKey: newestFirst(file.enteredAt), fields }] : []),
    { list: personList(record.personId), sortKey: newestFirst(clocks.reported), fields },
    ...workRows(record, { settings, hash, fields, isOpen }), ...keyRows(record, hash, { recordId }),
  ];
}

function openRows(record: MissingRecord, fields: IndexRow['fields'], dueAt: string): IndexRow[] {
  const { file, report } = record;
  const where = file ? { list: boardList, sortKey: `${3 - rankOf(levelOf(record))}|${dueAt}` } : { list: reportList, sortKey: report.dueAt ?? report.receivedAt };
  return [{ ...where, fields }, ...workersOf(record).map(userId => ({ list: mineList(userId), sortKey: dueAt, fields }))];
}

function rowFields(record: MissingRecord, dueAt: string | undefined): IndexRow['fields'] {
  const { recordId, report, file, clocks, owner, risk } = record;
  return {
    recordId, ref: file?.caseRef ?? '', state: file?.state ?? report.state, level: levelOf(record), isProvisional: risk?.provisional ?? true, reportedAt: clocks.reported, owner: owner.userId, isOwnerAcknowledged: owner.acknowledgedAt !== undefined,
    ...shown(record), nextDueAt: dueAt ?? '', isMissing: isMissing(record), isOutOfCare: record.casefile.missingFrom, source: report.source,
  };
}

/** Whom it is about, in initials and years. Of a CONFIDENTIAL case not even that: a list is read by more people than its access list names (3.1). */
function shown(record: MissingRecord): IndexRow['fields'] {
  if (record.casefile.restrictedTier === 'CONFIDENTIAL') return { initials: '', isConfidential: true };
  return { ...shownOnCard(record), ageBand: ageBandAt(bornOf(record), record.clocks.reported) };
}

/** Who has work on it: the owner, and whoever has an open task of theirs. */
function workersOf(record: MissingRecord): string[] {
  return [...new Set([record.file ? record.owner.userId : record.report.ownerUserId, ...record.tasks.filter(isOpenTask).flatMap(({ ownerUserId }) => ownerUserId ?? [])])];
}

function keyRows(record: MissingRecord, hash: Indexing['hash'], fields: IndexRow['fields']): IndexRow[] {
  const likeness = likenessIn(record);
  const search = { ...likeness, ...(record.person.care?.placedAt !== undefined && { placementName: record.person.care.placedAt }) };
  return [
    ...matchKeys(likeness).map(key => ({ list: matchList(hash(key)), sortKey: newestFirst(record.clocks.reported), fields })),
    ...[...searchKeys(search), ...referenceKeys([receiptOf(record.recordId), record.file?.caseRef ?? ''])].map(key => ({ list: searchList(hash(key)), sortKey: newestFirst(record.clocks.reported), fields })),
  ];
}
