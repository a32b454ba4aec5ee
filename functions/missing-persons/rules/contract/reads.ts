import type { Operation } from '../../../../shared/http/operation.ts';
import { look, paged, params, police, read, readers, root, tokens } from './base.ts';
import * as replies from '../replies.ts';
import * as workReplies from '../repliesWork.ts';
import * as schemas from '../../schemas.ts';

/** Working lists, the dashboard and what partners may read. */
export const openRestricted = {
  ...look, operationId: 'OpenRestrictedMissing', route: `${root}/{recordId}/open`, who: readers, summary: 'Open a restricted or confidential case', description: 'Gives the case as it stands; your reason is logged before anything is shown.', params, body: schemas.reasonBody, reply: replies.view,
} as const satisfies Operation;
export const listOverdue = {
  ...read, ...paged, operationId: 'ListOverdueMissing', route: 'api/missing-overdue', who: readers, summary: 'List what is overdue', description: 'Lists reports and cases with a task or review past its time, the longest overdue first.', query: schemas.listQuery, reply: workReplies.overdueList,
} as const satisfies Operation;
export const listRepeat = {
  ...read, ...paged, operationId: 'ListRepeatMissing', route: 'api/missing-repeat', who: readers, summary: 'List who is missing again and again', description: 'Lists episodes that make somebody a repeat missing person, the newest first.', query: schemas.listQuery, reply: workReplies.repeatList,
} as const satisfies Operation;
export const listRhi = {
  ...read, ...paged, operationId: 'ListRhiTracker', route: 'api/missing-return-interviews', who: readers, summary: 'List return home interviews that wait', description: 'Lists children whose return home interview is not over, by when its next step is due; closure does not end it.', query: schemas.listQuery, reply: workReplies.rhiList,
} as const satisfies Operation;

const counters = [...readers, ...tokens(['AUDITOR', 'CONFIG_ADMIN'])];
export const getNumbers = {
  ...read, operationId: 'GetMissingNumbers', route: 'api/missing-numbers', who: counters, audit: 'none', summary: 'Get the numbers of the dashboard', description: 'Counts the open cases now, and the episodes of a period if you name one; counts under five are hidden outside the team.', query: schemas.numbersQuery, reply: workReplies.numbers,
} as const satisfies Operation;
export const exportNumbers = {
  ...read, operationId: 'ExportMissingNumbers', route: 'api/missing-numbers/file', who: counters, audit: 'none', summary: 'Export the numbers as CSV', description: 'Gives the same numbers as a file whose columns keep their names.', query: schemas.numbersQuery, visibility: 'advanced',
  reply: { file: true, contentTypes: ['text/csv'], maxBytes: 2 * 1024 * 1024, description: 'The numbers.' },
} as const satisfies Operation;

export const listDeleted = {
  ...read, ...paged, operationId: 'ListDeletedMissing', route: 'api/missing-deleted', who: tokens(['RECORDS', 'DPO', 'AUDITOR']), summary: 'List what was deleted', description: 'Lists what is left of deleted records: the reference, the class, the basis and the day.', query: schemas.listQuery, reply: workReplies.deletedList, visibility: 'advanced',
} as const satisfies Operation;

export const getSearchMap = {
  ...read, operationId: 'GetMissingSearchMap', route: `${root}/{recordId}/search-map`, who: readers, summary: 'Get the search map', description: 'Gives areas, planning points and the sourced rings as GeoJSON; where no figure is sourced there is no ring.', params,
  reply: { file: true, contentTypes: ['application/geo+json'], maxBytes: 8 * 1024 * 1024, description: 'The map.' },
} as const satisfies Operation;

export const getNotice = {
  ...read, operationId: 'GetMissingNotice', route: `${root}/{recordId}/notice-words/{noticeId}`, who: tokens(police), summary: 'Get the words of a message', description: 'For whoever tells it by telephone: whom, at which number, and the words; none of them while it may not be told.',
  params: schemas.noticeParams, reply: workReplies.noticeWords,
} as const satisfies Operation;

const partners = tokens(['LA_PARTNER', 'CARE_PROVIDER']);
export const listPartnerCases = {
  ...read, ...paged, operationId: 'ListMyPlacementCases', route: 'api/missing-partner-cases', who: partners, summary: 'List the missing persons of your organisation', description: 'Lists your own placements, or the children of your own area, with what you may read of each.', query: schemas.partnerQuery, reply: workReplies.partnerList,
} as const satisfies Operation;
export const getPartnerCase = {
  ...read, operationId: 'GetPartnerCase', route: 'api/missing-partner-cases/{recordId}', who: partners, summary: 'Get a missing person of your organisation', description: 'Gives what your organisation may read of one case, and nothing else.', params, reply: workReplies.partnerCase,
} as const satisfies Operation;

export const operations: readonly Operation[] = [listDeleted, openRestricted, getSearchMap, getNotice, listOverdue, listRepeat, listRhi, getNumbers, exportNumbers, listPartnerCases, getPartnerCase];
