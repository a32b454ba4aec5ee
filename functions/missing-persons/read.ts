import { auditPage } from '../../shared/case/auditPage.ts';
import { readList, type ListPage } from '../../shared/case/lists.ts';
import { loadCase } from '../../shared/case/load.ts';
import { logConsultation } from '../../shared/case/reads.ts';
import type { Handler } from '../../shared/http/call.ts';
import type { Caller } from '../../shared/http/caller.ts';
import { present } from '../../shared/domain/present.ts';
import { nextLink } from '../../shared/http/paging.ts';
import { problem } from '../../shared/http/problem.ts';
import type * as contract from './contract.ts';
import type * as reads from './rules/contract/reads.ts';
import { editEtag, editsOf } from './edits.ts';
import { matchesOf } from './episodes.ts';
import { assertOpensWithoutReason, needsCorrection } from './faults.ts';
import type { MissingHttp } from './http.ts';
import { boardList, closedList, mineList, reportList, searchList } from './rules/lists/names.ts';
import { maySee } from './permission.ts';
import { receiptOf } from './rules/intake/receipt.ts';
import { searchQuery } from './rules/person/searchKeys.ts';
import { riskLevel, rolesOf } from './rules/terms.ts';
import { partKeys, type MissingRecord } from './state.ts';
import { searchProfileOf } from './viewCase.ts';
import { searchMap } from './viewSearch.ts';
import { fullView, informationView, rowView } from './view.ts';

/** Items whose words are read at once. */
const wordsShown = 50;
const notFound = () => problem('not-found', 'There is no such report or case, or it is not open to you.');

async function find(deps: MissingHttp, recordId: string, may: (record: MissingRecord) => boolean, isOfChain = false): Promise<{ readonly record: MissingRecord }> {
  const { state } = await loadCase(deps.cases, deps.room, recordId, []);
  if (!state || !may(state.value)) throw notFound();
  if (state.value.erased && !isOfChain) throw problem('gone', `This record was deleted on ${state.value.erased.at.slice(0, 10)}.`);
  return { record: state.value };
}

export function getMissing(deps: MissingHttp): Handler<typeof contract.getMissing> {
  return async ({ params, query, caller }) => {
    const { record } = await find(deps, params.recordId, found => maySee(found, caller));
    assertOpensWithoutReason(record);
    return await shown(deps, record, { after: query.informationAfter, withWords: query.words });
  };
}

/**
 * The whole of it with its last edits and a page of its information, newest first. Words cost a read each, all in one round trip, so whoever looks again and again does without them. The ETag is
 * that of the fields: everything else has commands that need none.
 */
async function shown(deps: MissingHttp, record: MissingRecord, { after, withWords }: { readonly after: string | undefined; readonly withWords: boolean }) {
  const all = record.information.toReversed();
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const items = all.slice(start, start + wordsShown);
  const [edits, words] = await Promise.all([editsOf(deps, record, { most: 50 }), withWords ? wordsOf(deps, record, items) : undefined]);
  const next = start + wordsShown < all.length ? items.at(-1)?.id : undefined;
  const information = items.map(item => informationView(item, words?.get(item.id)));
  return { body: { ...fullView(record, deps.settings, deps.cases.now().toISOString(), edits), information, ...present({ nextInformation: next }) }, etag: editEtag(record), consulted: [record.recordId] };
}

async function wordsOf(deps: MissingHttp, { recordId }: MissingRecord, items: MissingRecord['information']): Promise<ReadonlyMap<string, string>> {
  const { parts } = await loadCase(deps.cases, deps.room, recordId, items.map(({ id }) => partKeys.information(id)));
  return new Map(items.flatMap(({ id }) => {
    const part = parts[partKeys.information(id)]?.value;
    return part?.kind === 'information' ? [[id, part.text] as const] : [];
  }));
}

/** 3.1: the reason goes into the log of the case before anything is shown; without that nothing is. */
export function openRestricted(deps: MissingHttp): Handler<typeof reads.openRestricted> {
  return async ({ params, body, caller, operation }) => {
    const { record } = await find(deps, params.recordId, found => maySee(found, caller));
    await logConsultation(deps.cases, { subject: params.recordId, by: caller.objectId, operationId: operation.operationId, kind: 'OpenedWithReason', about: { reason: body.reason, tier: record.casefile.restrictedTier } });
    return await shown(deps, record, { after: body.informationAfter, withWords: true });
  };
}

export interface Listing { readonly list: string; readonly path: string; readonly query: { readonly limit: number; readonly after?: string | undefined } }

/** A page of a list from its index rows alone: the rows say enough, so that a page is one round trip. */
async function listed(deps: MissingHttp, { list, path, query }: Listing) {
  const page = await readList(deps.cases, { list, limit: query.limit, ...(query.after !== undefined && { after: query.after }) });
  const value = page.rows.map(({ fields }) => rowOf(fields));
  return { body: { value, ...nextLink(`${deps.baseUrl}${path}`, query, page.next) }, consulted: value.map(row => row.recordId) };
}

/** What the index row says. A CONFIDENTIAL one has neither initials nor an age in it. */
export function rowOf(fields: ListPage['rows'][number]['fields']) {
  return {
    recordId: String(fields['recordId']), ref: String(fields['ref']), receipt: receiptOf(String(fields['recordId'])), state: String(fields['state']), level: riskLevel.parse(fields['level']), isProvisional: fields['isProvisional'] === true, reportedAt: String(fields['reportedAt']), owner: String(fields['owner']),
    isOwnerAcknowledged: fields['isOwnerAcknowledged'] === true, initials: String(fields['initials']), ...(fields['age'] !== undefined && { age: String(fields['age']) }), nextDueAt: String(fields['nextDueAt'] ?? ''),
  };
}

export function listBoard(deps: MissingHttp): Handler<typeof contract.listBoard> {
  return ({ query }) => listed(deps, { list: boardList, path: '/api/missing-persons', query });
}

export function listReports(deps: MissingHttp): Handler<typeof contract.listReports> {
  return ({ query }) => listed(deps, { list: reportList, path: '/api/missing-reports', query });
}

export function listMine(deps: MissingHttp): Handler<typeof contract.listMine> {
  return ({ query, caller }) => listed(deps, { list: mineList(caller.objectId), path: '/api/my-missing-work', query });
}

export function listClosed(deps: MissingHttp): Handler<typeof contract.listClosed> {
  return ({ query }) => listed(deps, { list: closedList, path: '/api/missing-closed', query });
}

/** Every key must hit (15.4): the lists of the keys are read side by side, and what stands in all of them is shown. */
export function search(deps: MissingHttp): Handler<typeof contract.search> {
  return async ({ body, caller, operation }) => {
    const { reason, ...asked } = body;
    const { keys, failures } = searchQuery(asked);
    if (failures.length > 0) throw needsCorrection('The search needs more to go on.', failures);
    // What was searched by, and not the words: those are personal data (DPA 2018 s62 asks for the reason and the person).
    await logConsultation(deps.cases, { subject: `search-${caller.objectId}`, by: caller.objectId, operationId: operation.operationId, kind: 'SearchedWithReason', about: { reason, by: Object.keys(asked).sort().join(' ') } });
    const pages = await Promise.all(keys.map(key => readList(deps.cases, { list: searchList(deps.hash(key)), limit: 200 })));
    const [first, ...others] = pages.map(page => new Set(page.rows.map(row => row.caseId)));
    const ids = [...first ?? []].filter(id => others.every(other => other.has(id))).slice(0, 50);
    const found = await Promise.all(ids.map(async id => (await loadCase(deps.cases, deps.room, id, [])).state?.value));
    const value = found.flatMap(record => (record && !record.erased && maySee(record, caller) ? [rowView(record, deps.settings)] : []));
    return { body: { value }, consulted: value.map(row => row.recordId) };
  };
}

/** For a map of the adviser's own choice (3.8, 10.1). A restricted case keeps its map to those who open it with a reason. */
export function getSearchMap(deps: MissingHttp): Handler<typeof reads.getSearchMap> {
  return async ({ params, caller }) => {
    const { record } = await find(deps, params.recordId, found => maySee(found, caller));
    assertOpensWithoutReason(record);
    const bytes = new TextEncoder().encode(JSON.stringify(searchMap(record, searchProfileOf(record))));
    return { file: { bytes, contentType: 'application/geo+json', fileName: `search-${record.recordId}.geojson` }, consulted: [record.recordId] };
  };
}

export function getMatches(deps: MissingHttp): Handler<typeof contract.getMatches> {
  return async ({ params, caller }) => {
    const { record } = await find(deps, params.recordId, found => maySee(found, caller));
    const value = (await matchesOf(deps, record, other => maySee(other, caller))).map(({ because, ...match }) => ({ ...match, because: [...because] }));
    return { body: { value }, consulted: [params.recordId, ...value.map(match => match.recordId)] };
  };
}

export function getAudit(deps: MissingHttp): Handler<typeof contract.getAudit> {
  return async ({ params, query, caller }) => {
    await find(deps, params.recordId, record => isAuditor(caller) || maySee(record, caller), true);
    const { value, verified, next } = await auditPage(deps.cases, params.recordId, query);
    return { body: { value, verified, ...nextLink(`${deps.baseUrl}/api/missing-persons/${params.recordId}/audit`, query, next) }, consulted: [params.recordId] };
  };
}

const isAuditor = ({ roles }: Pick<Caller, 'roles'>): boolean => rolesOf(roles).includes('AUDITOR');
