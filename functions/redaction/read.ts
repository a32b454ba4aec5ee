import { auditPage } from '../../shared/case/auditPage.ts';
import { readList } from '../../shared/case/lists.ts';
import { loadCase } from '../../shared/case/load.ts';
import { unpack, versionOf } from '../../shared/case/rows.ts';
import type { Handler } from '../../shared/http/call.ts';
import type { Caller } from '../../shared/http/caller.ts';
import { problem } from '../../shared/http/problem.ts';
import { etagOf } from '../../shared/http/etag.ts';
import { nextLink } from '../../shared/http/paging.ts';
import { fetchKept, readSuggestions, type Kind } from './content.ts';
import type * as contract from './contract.ts';
import type { RedactionDeps } from './http.ts';
import { bundles } from './lists.ts';
import { mayOpen } from './permission.ts';
import { policy as policyField, handling as handlingField } from './schemas.ts';
import { documentKey, documentState, splitJobId, type Bundle, type Document } from './state.ts';
import { frozen } from './suggestions.ts';
import { scheduleOf, viewOfBundle, viewOfDocument, viewOfSuggestions } from './view.ts';

const notFound = () => problem('not-found', 'There is no such record, or it is not open to you.');

export function listBundles({ cases, baseUrl }: RedactionDeps): Handler<typeof contract.listBundles> {
  return async ({ query, caller }) => {
    const { rows, next } = await readList(cases, { list: bundles, limit: query.limit, ...(query.after !== undefined && { after: query.after }) });
    const shown = rows.map(row => row.fields).filter(row => mayOpen({ handling: handlingField.parse(row['handling']), members: String(row['members']).split(' ') }, caller));
    const value = shown.map(row => ({
      bundleId: String(row['bundleId']), caseReference: String(row['caseReference']), policy: policyField.parse(row['policy']), handling: handlingField.parse(row['handling']),
      createdAt: String(row['createdAt']), documents: Number(row['documents']),
    }));
    return { body: { value, ...nextLink(`${baseUrl}/api/redaction-bundles`, query, next) }, consulted: value.map(row => row.bundleId) };
  };
}

interface Found { readonly bundleId: string; readonly bundle: Bundle; readonly document: Document; readonly version: number }

/** One document with its bundle, if this caller may open it: one round trip. */
async function findDocument({ cases, room }: RedactionDeps, jobId: string, caller: Caller): Promise<Found> {
  const { bundleId, documentId } = splitJobId(jobId);
  const key = documentKey(documentId);
  const { state, parts } = await loadCase(cases, room, bundleId, [key]);
  const document = parts[key];
  if (!state || !document || !mayOpen(state.value, caller)) throw notFound();
  return { bundleId, bundle: state.value, document: document.value, version: document.version };
}

async function findBundle({ cases, room }: RedactionDeps, bundleId: string, caller: Caller): Promise<{ bundle: Bundle; version: number; documents: Document[] }> {
  // Rows of a partition are ordered: one query gives the documents and nothing of the history.
  const [state, page] = await Promise.all([cases.cases.get(bundleId, 'state'), cases.cases.list({ partitionKey: bundleId, from: 'doc|', below: 'doc}', limit: 1000 })]);
  const bundle = state && unpack(state, room.stateSchema);
  if (!bundle || !mayOpen(bundle, caller)) throw notFound();
  return { bundle, version: versionOf(state), documents: page.rows.map(row => unpack(row, documentState)) };
}

export function getBundle(deps: RedactionDeps): Handler<typeof contract.getBundle> {
  return async ({ params, caller }) => {
    const { bundle, version, documents } = await findBundle(deps, params.bundleId, caller);
    return { body: viewOfBundle(bundle, documents, version), etag: etagOf(version), consulted: [params.bundleId] };
  };
}

export function getDocument(deps: RedactionDeps): Handler<typeof contract.getDocument> {
  return async ({ params, caller }) => {
    const { bundleId, document, version } = await findDocument(deps, params.jobId, caller);
    return { body: viewOfDocument(bundleId, document, version), etag: etagOf(version), consulted: [bundleId] };
  };
}

export function listSuggestions(deps: RedactionDeps): Handler<typeof contract.listSuggestions> {
  return async ({ params, query, caller }) => {
    const { bundleId, document } = await findDocument(deps, params.jobId, caller);
    const suggestions = await readSuggestions(deps.cases.blobs, bundleId, document.suggestionsSha);
    const from = /^\d{1,6}$/.test(query.after ?? '') ? Number(query.after) : 0;
    const value = viewOfSuggestions(suggestions, document).slice(from, from + query.limit);
    const next = from + query.limit < suggestions.length ? String(from + query.limit) : undefined;
    return { body: { value, ...nextLink(`${deps.baseUrl}/api/redaction-jobs/${params.jobId}/suggestions`, query, next) }, consulted: [bundleId] };
  };
}

type FileOf = { readonly kind: Kind; readonly name: string | undefined; readonly contentType: string; readonly fileName: string };

async function sendFile(deps: RedactionDeps, call: { params: { jobId: string }; caller: Caller }, choose: (document: Document) => FileOf) {
  const { bundleId, document } = await findDocument(deps, call.params.jobId, call.caller);
  const { kind, name, contentType, fileName } = choose(document);
  if (name === undefined) throw problem('not-found', 'There is no such file yet.');
  const bytes = await fetchKept(deps.cases.blobs, bundleId, kind, name);
  return { file: { bytes, contentType, fileName }, consulted: [bundleId] };
}

/** A redacted file is named by its job: the name it came under may name a person (redaction-engine.md threat 17). */
export function getRedactedCopy(deps: RedactionDeps): Handler<typeof contract.getRedactedCopy> {
  return call => sendFile(deps, call, document => ({ kind: 'output', name: document.outputSha, contentType: 'application/pdf', fileName: `${call.params.jobId}.redacted.pdf` }));
}

export function getCertificate(deps: RedactionDeps): Handler<typeof contract.getCertificate> {
  return call => sendFile(deps, call, document => ({ kind: 'certificate', name: document.certificateSha, contentType: 'application/json', fileName: `${call.params.jobId}.certificate.json` }));
}

export function getOriginal(deps: RedactionDeps): Handler<typeof contract.getOriginal> {
  return async call => {
    const sent = await sendFile(deps, call, document => ({ kind: 'original', name: document.sha256, contentType: 'text/plain', fileName: document.fileName }));
    const isPdf = Buffer.from(sent.file.bytes.subarray(0, 1024)).includes('%PDF-');
    return { ...sent, file: { ...sent.file, contentType: isPdf ? 'application/pdf' : 'text/plain' } };
  };
}

export function getSchedule(deps: RedactionDeps): Handler<typeof contract.getSchedule> {
  return async ({ params, caller }) => {
    const { bundle, documents } = await findBundle(deps, params.bundleId, caller);
    const counts = await Promise.all(documents.map(async ({ documentId, frozenSha }) => {
      if (frozenSha === undefined) return [];
      const { spans, boxes, leftReadable } = frozen.parse(JSON.parse(Buffer.from(await fetchKept(deps.cases.blobs, params.bundleId, 'frozen', frozenSha)).toString()));
      return [[documentId, { redactions: spans.length + boxes.length, leftReadable }] as const];
    }));
    return { body: scheduleOf(bundle, documents, new Map(counts.flat())), consulted: [params.bundleId] };
  };
}

export function getAudit(deps: RedactionDeps): Handler<typeof contract.getAudit> {
  return async ({ params, query, caller }) => {
    await findBundle(deps, params.bundleId, caller);
    const { value, verified, next } = await auditPage(deps.cases, params.bundleId, query);
    return { body: { value, verified, ...nextLink(`${deps.baseUrl}/api/redaction-bundles/${params.bundleId}/audit`, query, next) }, consulted: [params.bundleId] };
  };
}
