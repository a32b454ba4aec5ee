import { readList } from '../../shared/case/lists.ts';
import type { Handler } from '../../shared/http/call.ts';
import { nextLink } from '../../shared/http/paging.ts';
import type * as contract from './rules/contract/reads.ts';
import type { MissingHttp } from './http.ts';
import { erasedList, lateList, repeatList, rhiList } from './rules/lists/names.ts';
import { rowOf } from './read.ts';
import { minutes } from './rules/numbers/facts.ts';

/** What is late is all that stands in the list of due times before now: a range of it, one round trip. */
export function listOverdue(deps: MissingHttp): Handler<typeof contract.listOverdue> {
  return async ({ query }) => {
    const now = deps.cases.now().toISOString();
    const page = await readList(deps.cases, { list: lateList, limit: query.limit, below: now, ...(query.after !== undefined && { after: query.after }) });
    const value = page.rows.map(({ fields }) => ({ ...rowOf(fields), what: String(fields['what']), dueAt: String(fields['dueAt']), minutesLate: minutes(String(fields['dueAt']), now) }));
    return { body: { value, ...nextLink(`${deps.baseUrl}/api/missing-overdue`, query, page.next) }, consulted: value.map(row => row.recordId) };
  };
}

export function listRepeat(deps: MissingHttp): Handler<typeof contract.listRepeat> {
  return async ({ query }) => {
    const page = await readList(deps.cases, { list: repeatList, limit: query.limit, ...(query.after !== undefined && { after: query.after }) });
    const value = page.rows.map(({ fields }) => ({ ...rowOf(fields), episodes: Number(fields['episodes']), spanDays: Number(fields['spanDays']) }));
    return { body: { value, ...nextLink(`${deps.baseUrl}/api/missing-repeat`, query, page.next) }, consulted: value.map(row => row.recordId) };
  };
}

export function listRhi(deps: MissingHttp): Handler<typeof contract.listRhi> {
  return async ({ query }) => {
    const now = deps.cases.now().toISOString();
    const page = await readList(deps.cases, { list: rhiList, limit: query.limit, ...(query.after !== undefined && { after: query.after }) });
    const value = page.rows.map(({ fields }) => ({ ...rowOf(fields), rhi: String(fields['rhi']), dueAt: String(fields['dueAt']), doneDueAt: String(fields['doneDueAt']), waitsFor: String(fields['waitsFor'] ?? ''), isOverdue: String(fields['doneDueAt']) < now }));
    return { body: { value, ...nextLink(`${deps.baseUrl}/api/missing-return-interviews`, query, page.next) }, consulted: value.map(row => row.recordId) };
  };
}

/** The tombstones (3.10): that there was a record, and why it went. No person is in one. */
export function listDeleted(deps: MissingHttp): Handler<typeof contract.listDeleted> {
  return async ({ query }) => {
    const page = await readList(deps.cases, { list: erasedList, limit: query.limit, ...(query.after !== undefined && { after: query.after }) });
    const value = page.rows.map(({ fields }) => ({ recordId: String(fields['recordId']), ref: String(fields['ref']), class: String(fields['class']), basis: String(fields['basis']), deletedAt: String(fields['deletedAt']), isDone: fields['isDone'] === true }));
    return { body: { value, ...nextLink(`${deps.baseUrl}/api/missing-deleted`, query, page.next) }, consulted: value.map(row => row.recordId) };
  };
}
