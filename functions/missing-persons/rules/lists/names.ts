/** Names of the index lists. Keys of names, telephones, places and partners are personal data or free text: the list's name is their HMAC. */
export const dueList = 'missing-due';
/** Open cases, the most urgent first: level, then what is due next. */
export const boardList = 'missing-board';
export const reportList = 'missing-reports';
export const closedList = 'missing-closed';
export const mineList = (userId: string): string => `missing-mine-${userId}`;
export const personList = (personId: string): string => `missing-person-${personId}`;
export const matchList = (hash: string): string => `missing-match-${hash}`;
export const searchList = (hash: string): string => `missing-search-${hash}`;

/** By when the first thing of the record becomes late; what is overdue is all that stands before now. */
export const lateList = 'missing-late';
export const repeatList = 'missing-repeat';
/** Return home interviews that wait, by when the next step of them is due. */
export const rhiList = 'missing-rhi';
/** What is open, with the facts of the board: one row a record under a key that does not move, so that it is read whole. */
export const liveList = 'missing-live';
/** What is over, by the month of its report, with the facts of a period. */
export const monthList = (month: string): string => `missing-month-${month}`;
/** What is left of deleted records, the newest first. */
export const erasedList = 'missing-erased';
/** Imports of the old system, newest first. */
export const importList = 'missing-imports';
export const partnerList = (hash: string): string => `missing-partner-${hash}`;
export const placementKey = (placementProviderId: string): string => `partner placement ${placementProviderId}`;
export const areaKey = (area: string): string => `partner area ${area}`;

/** Lists whose sort key moves with time leave closed rows behind; `prune.ts` takes those away. */
export const movingLists = [boardList, reportList, lateList, rhiList, liveList] as const;

/** Sorted ascending by the table, so that the newest comes first. */
export function newestFirst(instant: string): string {
  return String(9_999_999_999_999 - Date.parse(instant));
}
