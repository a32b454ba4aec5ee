import * as z from 'zod';
import type { Operation } from '../../shared/http/operation.ts';
import * as schemas from './schemas.ts';

/** Who may call: case workers prepare, reviewers approve and release, administrators see restricted bundles, auditors read the audit. */
export const roles = { caseworker: 'Redaction.Caseworker', reviewer: 'Redaction.Reviewer', administrator: 'Redaction.Administrator', auditor: 'Audit.Reader' } as const;
const workers = [roles.caseworker, roles.reviewer] as const;
const readers = [roles.caseworker, roles.reviewer, roles.administrator] as const;

export const maxUploadBytes = 20 * 1024 * 1024;
const pdf = 'application/pdf';
const command = { method: 'POST', audit: 'alteration', success: 202, idempotencyKey: 'required', reply: schemas.accepted, visibility: 'important' } as const;
const read = { method: 'GET', audit: 'consultation', success: 200, idempotencyKey: 'none', visibility: 'important' } as const;

export const createBundle = {
  ...command, operationId: 'CreateBundle', route: 'api/redaction-bundles', who: workers, audit: 'collection', summary: 'Create a bundle',
  description: 'Opens a bundle for the documents of one request or case.', body: schemas.createBundle,
} as const satisfies Operation;

export const listBundles = {
  ...read, operationId: 'ListBundles', route: 'api/redaction-bundles', who: readers, summary: 'List the bundles', description: 'Lists the bundles that you may open, newest first.',
  query: schemas.pageQuery, reply: schemas.bundleList, extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink' } },
} as const satisfies Operation;

export const getBundle = {
  ...read, operationId: 'GetBundle', route: 'api/redaction-bundles/{bundleId}', who: readers, summary: 'Get a bundle', description: 'Gives a bundle with all its documents as they stand.',
  params: schemas.bundleParams, reply: schemas.bundleView,
} as const satisfies Operation;

export const addDocument = {
  ...command, operationId: 'AddDocument', route: 'api/redaction-bundles/{bundleId}/documents', who: workers, audit: 'collection', summary: 'Add a document',
  description: 'Takes a PDF or a plain text file of at most 20 MB; what to redact is then suggested in the background.',
  params: schemas.bundleParams,
  headers: z.strictObject({
    'x-file-name': z.string().regex(/^[A-Za-z0-9%._~()'!*-]{1,600}$/).meta({ description: 'The name of the file, percent-encoded, for it may name a person and so must not stand in the address.', example: 'statement.pdf' }),
  }),
  body: { file: true, contentTypes: [pdf, 'text/plain', 'application/octet-stream'], maxBytes: maxUploadBytes, description: 'The file as it is.' },
} as const satisfies Operation;

export const getDocument = {
  ...read, operationId: 'GetDocument', route: 'api/redaction-jobs/{jobId}', who: readers, summary: 'Get a document', description: 'Gives one document as it stands, with its ETag.',
  params: schemas.jobParams, reply: schemas.documentView,
} as const satisfies Operation;

export const listSuggestions = {
  ...read, operationId: 'ListSuggestions', route: 'api/redaction-jobs/{jobId}/suggestions', who: readers, summary: 'List the suggestions',
  description: 'Lists what would be redacted and what was decided, in reading order.', params: schemas.jobParams, query: schemas.pageQuery, reply: schemas.suggestionList,
  extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink' } },
} as const satisfies Operation;

export const decideSuggestion = {
  ...command, operationId: 'DecideSuggestion', route: 'api/redaction-jobs/{jobId}/decide-suggestion', who: workers, summary: 'Decide a suggestion',
  description: 'Accepts or rejects one suggestion, or all of the same text, with a reason.', params: schemas.jobParams, body: schemas.decideSuggestion,
} as const satisfies Operation;

export const undoDecision = {
  ...command, operationId: 'UndoDecision', route: 'api/redaction-jobs/{jobId}/undo-decision', who: workers, summary: 'Undo my last decision',
  description: 'Takes back the newest decision or mark of yours in this document.', params: schemas.jobParams,
} as const satisfies Operation;

export const redactText = {
  ...command, operationId: 'RedactText', route: 'api/redaction-jobs/{jobId}/redact-text', who: workers, summary: 'Redact a text',
  description: 'Redacts every occurrence of a text that was not suggested.', params: schemas.jobParams, body: schemas.redactText,
} as const satisfies Operation;

export const addArea = {
  ...command, operationId: 'AddArea', route: 'api/redaction-jobs/{jobId}/add-area', who: workers, summary: 'Redact an area',
  description: 'Redacts a rectangle of a page, for instance a signature or a face.', params: schemas.jobParams, body: schemas.addArea,
} as const satisfies Operation;

export const viewPages = {
  ...command, operationId: 'ViewPages', route: 'api/redaction-jobs/{jobId}/view-pages', who: workers, summary: 'Record that pages were viewed',
  description: 'Records that you looked at these pages; approval needs every page viewed.', params: schemas.jobParams, body: schemas.viewPages,
} as const satisfies Operation;

export const approveDocument = {
  ...command, operationId: 'ApproveDocument', route: 'api/redaction-jobs/{jobId}/approve', who: workers, ifMatch: 'required', summary: 'Approve a document',
  description: 'Freezes the decisions and makes the redacted copy. Needs every suggestion decided and every page viewed.', params: schemas.jobParams,
} as const satisfies Operation;

export const releaseDocument = {
  ...command, operationId: 'ReleaseDocument', route: 'api/redaction-jobs/{jobId}/release', who: [roles.reviewer], audit: 'disclosure', ifMatch: 'required', summary: 'Release a document',
  description: 'Discloses the redacted copy to its recipient. The person who approved it cannot release it.', params: schemas.jobParams, body: schemas.release,
} as const satisfies Operation;

export const reopenDocument = {
  ...command, operationId: 'ReopenDocument', route: 'api/redaction-jobs/{jobId}/reopen', who: workers, ifMatch: 'required', summary: 'Reopen a document',
  description: 'Goes back to review as a new version; the earlier copy and its certificate stay on record.', params: schemas.jobParams, body: schemas.withReason,
} as const satisfies Operation;

export const withdrawDocument = {
  ...command, operationId: 'WithdrawDocument', route: 'api/redaction-jobs/{jobId}/withdraw', who: workers, summary: 'Withdraw a document',
  description: 'Stops the work on a document that is not released; work under way is discarded.', params: schemas.jobParams, body: schemas.withReason,
} as const satisfies Operation;

export const getOriginal = {
  ...read, operationId: 'GetOriginal', route: 'api/redaction-jobs/{jobId}/original', who: readers, summary: 'Get the original file', description: 'Gives the file as it was sent, never changed.',
  params: schemas.jobParams, reply: { file: true, contentTypes: [pdf, 'text/plain'], maxBytes: maxUploadBytes, description: 'The original.' }, visibility: 'advanced',
} as const satisfies Operation;

export const getRedactedCopy = {
  ...read, operationId: 'GetRedactedCopy', route: 'api/redaction-jobs/{jobId}/redacted-copy', who: readers, summary: 'Get the redacted copy',
  description: 'Gives the finished file: before release as a preview for the team, after it as the copy that was disclosed.',
  params: schemas.jobParams, reply: { file: true, contentTypes: [pdf], maxBytes: 10 * maxUploadBytes, description: 'The redacted copy.' },
} as const satisfies Operation;

export const getCertificate = {
  ...read, operationId: 'GetCertificate', route: 'api/redaction-jobs/{jobId}/certificate', who: readers, summary: 'Get the certificate',
  description: 'Gives what was checked on the redacted copy and with what result, as a JSON file without redacted words.',
  params: schemas.jobParams, reply: { file: true, contentTypes: ['application/json'], maxBytes: 5 * 1024 * 1024, description: 'The certificate.' }, visibility: 'advanced',
} as const satisfies Operation;

export const getSchedule = {
  ...read, operationId: 'GetDisclosureSchedule', route: 'api/redaction-bundles/{bundleId}/schedule', who: readers, summary: 'Get the disclosure schedule',
  description: 'Lists the documents of a bundle with what was redacted and to whom they went, without redacted words.', params: schemas.bundleParams, reply: schemas.schedule, visibility: 'advanced',
} as const satisfies Operation;

export const getAudit = {
  ...read, operationId: 'GetBundleAudit', route: 'api/redaction-bundles/{bundleId}/audit', who: [roles.reviewer, roles.administrator, roles.auditor], summary: 'Get the audit of a bundle',
  description: 'Lists who did what and when, as a chain that shows any change.', params: schemas.bundleParams, query: schemas.pageQuery, reply: schemas.auditList, visibility: 'advanced',
  extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink' } },
} as const satisfies Operation;

export const operations: readonly Operation[] = [
  createBundle, listBundles, getBundle, addDocument, getDocument, listSuggestions, decideSuggestion, undoDecision, redactText, addArea, viewPages, approveDocument, releaseDocument,
  reopenDocument, withdrawDocument, getOriginal, getRedactedCopy, getCertificate, getSchedule, getAudit,
];
