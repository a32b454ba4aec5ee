import { auditPage } from '../../shared/case/auditPage.ts';
import { commit } from '../../shared/case/commit.ts';
import { sha256 } from '../../shared/case/keys.ts';
import { readList, type ListPage } from '../../shared/case/lists.ts';
import { loadCase } from '../../shared/case/load.ts';
import { logConsultation } from '../../shared/case/reads.ts';
import type { Handler } from '../../shared/http/call.ts';
import type { Caller } from '../../shared/http/caller.ts';
import { etagOf } from '../../shared/http/etag.ts';
import { nextLink } from '../../shared/http/paging.ts';
import { problem, refusalProblem } from '../../shared/http/problem.ts';
import type * as contract from './contract.ts';
import type { LinkHttp } from './create.ts';
import type { Command } from './decide.ts';
import { detailView } from './detail.ts';
import { secretOf } from './effects/send.ts';
import { areaList, benefitList, mineList } from './lists.ts';
import { mayKeepEvidence, mayList, maySee, mayWatch } from './permission.ts';
import { currentSend } from './rules/law/step.ts';
import { itemOf } from './rules/law/media.ts';
import { auditRole } from './rules/roles.ts';
import * as terms from './rules/terms.ts';
import { trackKey, type LiveLink, type Track } from './state.ts';
import { statisticsOf } from './statistics.ts';
import { checklistEtag, checklistView, evidenceView, fixView } from './view.ts';

const notFound = () => problem('not-found', 'There is no such request, or it is not open to you.');

interface Found { readonly link: LiveLink; readonly version: number; readonly track: Track | undefined }

async function find(deps: LinkHttp, requestId: string, { caller, may = maySee, parts = [] }: { caller: Caller; may?: typeof maySee; parts?: readonly string[] }): Promise<Found> {
  const rows = await loadCase(deps.cases, deps.room, requestId, parts);
  if (!rows.state || !may(rows.state.value, caller)) throw notFound();
  return { link: rows.state.value, version: rows.state.version, track: rows.parts[trackKey]?.value };
}

export function getLiveLink(deps: LinkHttp): Handler<typeof contract.getLiveLink> {
  return async ({ params, caller }) => {
    const { link, version } = await find(deps, params.requestId, { caller });
    const body = detailView(link, version, { objectId: caller.objectId, now: deps.cases.now().toISOString(), secret: send => secretOf(deps, link, send) });
    return { body, etag: etagOf(version), consulted: [params.requestId] };
  };
}

export function listLiveLinks(deps: LinkHttp): Handler<typeof contract.listLiveLinks> {
  return async ({ query, caller }) => {
    // An area that is not the caller's has no list for them (goodsam.md 5.2).
    if (!mayList(query.area, caller)) throw notFound();
    const page = await readList(deps.cases, { list: areaList(query.area), limit: query.limit, ...(query.after !== undefined && { after: query.after }) });
    const rows = rowsOf(page).filter(row => (query.state === undefined || row.state === query.state) && maySee(subjectOf(page, row.requestId), caller));
    return { body: { value: rows, ...nextLink(`${deps.baseUrl}/api/live-links?area=${query.area}${query.state === undefined ? '' : `&state=${query.state}`}`, query, page.next) }, consulted: rows.map(row => row.requestId) };
  };
}

export function listMyLiveLinks(deps: LinkHttp): Handler<typeof contract.listMyLiveLinks> {
  return async ({ query, caller }) => {
    const page = await readList(deps.cases, { list: mineList(caller.objectId), limit: query.limit, ...(query.after !== undefined && { after: query.after }) });
    const value = rowsOf(page).filter(row => mayList(row.area, caller));
    return { body: { value, ...nextLink(`${deps.baseUrl}/api/my-live-links`, query, page.next) }, consulted: value.map(row => row.requestId) };
  };
}

function rowsOf({ rows }: ListPage) {
  return rows.map(({ fields }) => ({
    requestId: String(fields['requestId']), ref: String(fields['ref']), area: terms.area.parse(fields['area']), reasonCode: terms.reasonCode.parse(fields['reasonCode']), mode: terms.mode.parse(fields['mode']),
    channel: terms.channel.parse(fields['channel']), state: terms.requestState.parse(fields['state']), priority: terms.priority.parse(fields['priority']), incidentRef: String(fields['incidentRef']),
    createdAt: String(fields['createdAt']), requestedBy: String(fields['requestedBy']),
  }));
}

function subjectOf({ rows }: ListPage, requestId: string): Parameters<typeof maySee>[0] {
  const fields = rows.find(row => row.fields['requestId'] === requestId)?.fields ?? {};
  return { area: terms.area.parse(fields['area']), requestedBy: String(fields['requestedBy']), viewers: String(fields['viewers'] ?? '').split(' ').filter(id => id !== '') };
}

export function getChecklist(deps: LinkHttp): Handler<typeof contract.getChecklist> {
  return async ({ params, caller }) => {
    const { link } = await find(deps, params.requestId, { caller });
    if (link.area !== 'FAL') throw notFound();
    return { body: checklistView(link), etag: checklistEtag(link), consulted: [params.requestId] };
  };
}

export function getTrack(deps: LinkHttp): Handler<typeof contract.getTrack> {
  return async ({ params, caller }) => {
    const { track } = await find(deps, params.requestId, { caller, parts: [trackKey] });
    const now = deps.cases.now().toISOString();
    return { body: { value: (track?.fixes ?? []).map(fix => fixView(fix, now)) }, consulted: [params.requestId] };
  };
}

export function listEvidence(deps: LinkHttp): Handler<typeof contract.listEvidence> {
  return async ({ params, caller }) => {
    const { link } = await find(deps, params.requestId, { caller });
    return { body: { value: link.media.map(evidenceView) }, consulted: [params.requestId] };
  };
}

/** A reason that the law accepts is in the case's own audit before anything is shown (A16, A17). */
async function shownFor(deps: LinkHttp, call: { readonly params: { readonly requestId: string }; readonly caller: Caller; readonly idempotencyKey: string; readonly operation: { readonly operationId: string } }, command: Command): Promise<void> {
  const { requestId } = call.params;
  const outcome = await commit(deps.cases, deps.room, {
    caseId: requestId, operationId: call.idempotencyKey, hash: sha256(JSON.stringify([call.operation.operationId, call.caller.objectId, command])), name: call.operation.operationId, by: call.caller.objectId,
    roles: call.caller.roles, parts: [], creates: false, command: () => command, reply: () => ({ status: 200, body: {} }),
  });
  if (outcome.kind === 'committed') return;
  if (outcome.kind === 'replayed') {
    await shownAgain(deps, call, command);
    return;
  }
  if (outcome.kind === 'refused') throw refusalProblem(outcome);
  throw outcome.kind === 'reused-key' ? problem('idempotency-key-reused', 'This Idempotency-Key was used for another request. Choose a new one.') : notFound();
}

/** The same key again: the law is asked as things stand now, and the look is logged with its reason as a look of its own. */
async function shownAgain(deps: LinkHttp, { params, caller, operation }: Pick<Parameters<typeof shownFor>[1], 'params' | 'caller' | 'operation'>, command: Command): Promise<void> {
  const { state } = await loadCase(deps.cases, deps.room, params.requestId, []);
  if (!state) throw notFound();
  const decision = deps.room.decide({ state: state.value, parts: {} }, command, { now: deps.cases.now().toISOString(), by: caller.objectId, roles: caller.roles });
  if (decision.kind === 'refused') throw refusalProblem(decision);
  await logConsultation(deps.cases, { subject: params.requestId, by: caller.objectId, operationId: operation.operationId, kind: `${operation.operationId}Again`, about: 'reason' in command ? { reason: command.reason } : {} });
}

/** Somebody who may not watch tried to: they hear 404, and it stands in the log of consultations. */
async function denied(deps: LinkHttp, { requestId, caller, kind }: { requestId: string; caller: Caller; kind: string }): Promise<never> {
  await logConsultation(deps.cases, { subject: requestId, by: caller.objectId, operationId: kind, kind: `${kind}Denied`, about: {} });
  throw notFound();
}

export function getViewer(deps: LinkHttp): Handler<typeof contract.getViewer> {
  return async call => {
    const { params, caller, body } = call;
    const rows = await loadCase(deps.cases, deps.room, params.requestId, []);
    if (!rows.state) throw notFound();
    const link = rows.state.value;
    if (!mayWatch(link, caller, deps.cases.now().toISOString())) return await denied(deps, { requestId: params.requestId, caller, kind: 'GetViewer' });
    await shownFor(deps, call, { do: 'WantViewer', reason: body.reason });
    const sessionId = currentSend(link)?.sessionId;
    if (sessionId === undefined) throw problem('not-found', 'There is no session to watch.');
    const viewer = await deps.provider.viewerUrl(sessionId, { viewerRef: caller.objectId });
    return { body: { url: viewer.url, expiresAt: viewer.expiresAt }, consulted: [params.requestId] };
  };
}

export function viewEvidence(deps: LinkHttp): Handler<typeof contract.viewEvidence> {
  return async call => {
    const { params, caller, body } = call;
    const rows = await loadCase(deps.cases, deps.room, params.requestId, []);
    if (!rows.state) throw notFound();
    if (!mayKeepEvidence(rows.state.value, caller)) return await denied(deps, { requestId: params.requestId, caller, kind: 'ViewEvidence' });
    await shownFor(deps, call, { do: 'ViewEvidence', evidenceId: params.evidenceId, reason: body.reason });
    const item = itemOf(rows.state.value, params.evidenceId);
    const content = await deps.evidence.store.readStream('evidence', params.evidenceId);
    if (!item || !content) throw problem('not-found', 'The file is not in the evidence store.');
    const chunks: Uint8Array[] = [];
    let total = 0;
    for await (const chunk of content) {
      total += chunk.byteLength;
      if (total > maxShown) throw problem('body-too-large', 'This file is too large to view here. Open it in the evidence system.');
      chunks.push(chunk);
    }
    // What does not look like what it says it is, is not shown as that.
    return { file: { bytes: Buffer.concat(chunks), contentType: item.typeCheck === 'AGREES' ? item.mime : 'application/octet-stream', fileName: params.evidenceId }, consulted: [params.requestId] };
  };
}
const maxShown = 100 * 1024 * 1024;

export function getStatistics(deps: LinkHttp): Handler<typeof contract.getStatistics> {
  return async ({ caller }) => ({ body: { value: await statisticsOf(deps.cases, benefitList, { isOf: area => mayList(area, caller), mayKnow: () => caller.roles.includes(auditRole) }) } });
}

export function getAudit(deps: LinkHttp): Handler<typeof contract.getAudit> {
  return async ({ params, query, caller }) => {
    const may: typeof maySee = (link, asker) => asker.roles.includes(auditRole) || maySee(link, asker);
    await find(deps, params.requestId, { caller, may });
    const { value, verified, next } = await auditPage(deps.cases, params.requestId, query);
    return { body: { value, verified, ...nextLink(`${deps.baseUrl}/api/live-links/${params.requestId}/audit`, query, next) }, consulted: [params.requestId] };
  };
}
