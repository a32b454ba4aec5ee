import { readList, type ListPage } from '../../shared/case/lists.ts';
import { loadCase } from '../../shared/case/load.ts';
import type { Handler } from '../../shared/http/call.ts';
import type { Caller } from '../../shared/http/caller.ts';
import { nextLink } from '../../shared/http/paging.ts';
import { problem } from '../../shared/http/problem.ts';
import type * as contract from './rules/contract/reads.ts';
import type { MissingHttp } from './http.ts';
import { areaKey, partnerList, placementKey } from './rules/lists/names.ts';
import { mayReadAsPartner, partnerOf } from './permission.ts';
import { isPlaceWithheld } from './rules/law/partnerFacts.ts';
import { noticeFactsOf } from './rules/law/situation.ts';
import type { Organisation } from './rules/partners/organisations.ts';
import { partnerView } from './rules/partners/views.ts';
import type { MissingRecord } from './state.ts';

const notFound = () => problem('not-found', 'There is no such missing person for your organisation.');

/** 15.2 item 28: exactly the fields of `partnerView`, and 404 for everything that is not theirs. */
export function getPartnerCase(deps: MissingHttp): Handler<typeof contract.getPartnerCase> {
  return async ({ params, caller }) => {
    const organisation = organisationFor(deps, caller);
    const { state } = await loadCase(deps.cases, deps.room, params.recordId, []);
    if (!state || !mayReadAsPartner(state.value, organisation, momentOf(deps))) throw notFound();
    return { body: partnerCase(deps, organisation, state.value), consulted: [params.recordId] };
  };
}

/**
 * Lists of a partner are short, so each case is read and asked anew whether it is theirs: an index row that lags behind shows nothing. Two round trips for a page, whatever its length. An
 * organisation with several homes or areas is paged over one list after the other.
 */
export function listPartnerCases(deps: MissingHttp): Handler<typeof contract.listPartnerCases> {
  return async ({ query, caller }) => {
    const organisation = organisationFor(deps, caller);
    const keys = keysOf(organisation);
    const [n, position] = positionOf(query.after);
    const key = keys[n];
    const page: ListPage = key === undefined ? { rows: [] } : await readList(deps.cases, { list: partnerList(deps.hash(key)), limit: query.limit, ...(position !== undefined && { after: position }) });
    const records = await Promise.all(page.rows.map(async ({ caseId }) => (await loadCase(deps.cases, deps.room, caseId, [])).state?.value));
    const value = records.flatMap(record => (record && mayReadAsPartner(record, organisation, momentOf(deps)) ? [partnerCase(deps, organisation, record)] : []));
    const next = page.next !== undefined ? `${n}~${page.next}` : n + 1 < keys.length ? `${n + 1}~` : undefined;
    return { body: { value, ...nextLink(`${deps.baseUrl}/api/missing-partner-cases`, query, next) }, consulted: value.map(({ recordId }) => recordId) };
  };
}

/** @throws 404 for an account that no registered organisation lists, or that signs in for another kind of partner than it is */
function organisationFor({ settings }: MissingHttp, caller: Pick<Caller, 'objectId' | 'roles'>): Organisation {
  const organisation = partnerOf(caller, settings);
  if (!organisation) throw notFound();
  return organisation;
}

function keysOf({ kind, organisationId, providerIds, areas }: Organisation): string[] {
  return kind === 'LA' ? areas.map(areaKey) : [...new Set([organisationId, ...providerIds])].map(placementKey);
}

function positionOf(after: string | undefined): [list: number, position: string | undefined] {
  const [, list = '0', position = ''] = /^(\d{1,3})~(.*)$/.exec(after ?? '') ?? [];
  return [Number(list), position === '' ? undefined : position];
}

const momentOf = (deps: MissingHttp) => ({ settings: deps.settings, now: deps.cases.now().toISOString() });

function partnerCase(deps: MissingHttp, { kind }: Organisation, record: MissingRecord) {
  const moment = momentOf(deps);
  return { recordId: record.recordId, fields: partnerView(kind, noticeFactsOf(record, moment), { isPlaceWithheld: isPlaceWithheld(record, moment) }) };
}
