import type { Operation } from '../../shared/http/operation.ts';
import * as replies from './rules/replies.ts';
import { adminRole, auditRole, authoriseRole, evidenceRole, requestRole, viewRole } from './rules/roles.ts';
import { area, type Area } from './rules/terms.ts';
import * as schemas from './schemas.ts';

const of = (...roles: readonly ((of: Area) => string)[]): string[] => area.options.flatMap(one => roles.map(role => role(one)));
const requesters = of(requestRole);
const authorisers = of(authoriseRole);
const viewers = of(requestRole, authoriseRole, viewRole, evidenceRole);
const keepers = of(evidenceRole);

export const maxEvidenceBytes = 100 * 1024 * 1024;
const route = 'api/live-links/{requestId}';
const params = schemas.requestParams;
const command = { method: 'POST', audit: 'alteration', success: 202, idempotencyKey: 'required', reply: schemas.accepted, visibility: 'important' } as const;
const read = { method: 'GET', audit: 'consultation', success: 200, idempotencyKey: 'none', visibility: 'important' } as const;

export const createLiveLink = {
  ...command, operationId: 'CreateLiveLink', route: 'api/live-links', who: requesters, audit: 'collection', summary: 'Ask for a live link',
  description: 'Asks for a video, location, upload or appointment link. Nothing is sent unless it is safe; a doubt holds it until a person has asked.', body: schemas.createLiveLink,
} as const satisfies Operation;
export const getLiveLink = {
  ...read, operationId: 'GetLiveLink', route, who: viewers, summary: 'Get a live link', description: 'Gives the request as it stands, with its ETag.', params, reply: replies.liveLinkView,
} as const satisfies Operation;
export const listLiveLinks = {
  ...read, operationId: 'ListLiveLinks', route: 'api/live-links', who: viewers, summary: 'List the live links of an area', description: 'Lists the requests of one of your areas, newest first.',
  query: schemas.areaQuery, reply: replies.liveLinkList, extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink' } },
} as const satisfies Operation;
export const listMyLiveLinks = {
  ...read, operationId: 'ListMyLiveLinks', route: 'api/my-live-links', who: viewers, summary: 'List my live links', description: 'Lists the requests that you made, newest first.',
  query: schemas.listQuery, reply: replies.liveLinkList, extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink' } },
} as const satisfies Operation;
export const confirmSafe = {
  ...command, operationId: 'ConfirmSafeContact', route: `${route}/confirm-safe`, who: requesters, summary: 'Confirm that contact is safe',
  description: 'Says that you asked, and that this number is safe now. It counts for ten minutes.', params, body: schemas.confirmSafe,
} as const satisfies Operation;
export const markUnsafe = {
  ...command, operationId: 'MarkUnsafeContact', route: `${route}/mark-unsafe`, who: of(requestRole, authoriseRole), summary: 'Mark the contact as unsafe',
  description: 'Stops the request at once. No area texts this number until an authorised person clears it.', params, body: schemas.withReason,
} as const satisfies Operation;
export const clearUnsafe = {
  ...command, operationId: 'ClearUnsafeContact', route: `${route}/clear-unsafe`, who: [authoriseRole('DA'), authoriseRole('FCC')], summary: 'Clear an unsafe contact',
  description: 'Takes the number of this request off the list of unsafe contacts, with a reason. Never by the person who asked for the link.', params, body: schemas.withReason, visibility: 'advanced',
} as const satisfies Operation;
export const releaseHold = {
  ...command, operationId: 'ReleaseHold', route: `${route}/release-hold`, who: [authoriseRole('FCC')], summary: 'Release a hold',
  description: 'A supervisor lets one text go to a silent caller or a missing person, with a reason.', params, body: schemas.withReason,
} as const satisfies Operation;
export const authorise = {
  ...command, operationId: 'AuthoriseLiveLink', route: `${route}/authorise`, who: authorisers, summary: 'Approve or refuse a live link',
  description: 'Decides a request that needs authority. The person who asked cannot decide it.', params, body: schemas.authorise,
} as const satisfies Operation;
export const bookSlot = {
  ...command, operationId: 'BookSlot', route: `${route}/book-slot`, who: [requestRole('FAL')], summary: 'Book the appointment', description: 'Books the appointment of a firearms inspection; the link is sent then.', params, body: schemas.bookSlot,
} as const satisfies Operation;
export const resend = {
  ...command, operationId: 'ResendLiveLink', route: `${route}/resend`, who: requesters, summary: 'Send the link again', description: 'Sends a new link and kills the old one, as often as the area allows.', params,
} as const satisfies Operation;
export const cancel = {
  ...command, operationId: 'CancelLiveLink', route: `${route}/cancel`, who: of(requestRole, authoriseRole), summary: 'Cancel a live link', description: 'Ends the request before the session began; the link is dead.', params, body: schemas.withReason,
} as const satisfies Operation;
export const end = {
  ...command, operationId: 'EndSession', route: `${route}/end`, who: of(requestRole, viewRole), summary: 'End the session', description: 'Ends the session; the link is dead.', params,
} as const satisfies Operation;
export const letIn = {
  ...command, operationId: 'LetPersonIn', route: `${route}/let-in`, who: requesters, summary: 'Let the person in',
  description: 'After the person pressed Join and you know on the call that it is them. Until then nothing official shows.', params,
} as const satisfies Operation;
export const reissue = {
  ...command, operationId: 'ReleaseDevice', route: `${route}/release-device`, who: requesters, summary: 'Let another device use the link', description: 'The link is bound to the device on which the person agreed; this lets them go on with another.', params, visibility: 'advanced',
} as const satisfies Operation;
export const shareView = {
  ...command, operationId: 'ShareView', route: `${route}/share-view`, who: of(requestRole, viewRole), audit: 'disclosure', summary: 'Share the view', description: 'Lets a colleague watch. Never for serious and organised crime.', params, body: schemas.shareView,
} as const satisfies Operation;
export const recordOutcome = {
  ...command, operationId: 'RecordOutcome', route: `${route}/outcome`, who: requesters, summary: 'Record the outcome', description: 'Says what came of it, and closes the request.', params, body: schemas.recordOutcome,
} as const satisfies Operation;
export const recordVisit = {
  ...command, operationId: 'RecordInspectionVisit', route: `${route}/record-visit`, who: [requestRole('FAL')], summary: 'Record an inspection in person', description: 'Says that this certificate was inspected by a visit, so that the next renewal may be by video again.', params, visibility: 'advanced',
} as const satisfies Operation;
export const sendChat = {
  ...command, operationId: 'SendChat', route: `${route}/chat`, who: requesters, audit: 'disclosure', summary: 'Write to the person', description: 'Sends a chat message into the running session.', params, body: schemas.sendChat,
} as const satisfies Operation;
export const getChecklist = {
  ...read, operationId: 'GetChecklist', route: `${route}/checklist`, who: viewers, summary: 'Get the firearms checklist', description: 'Gives the 31 items with the answers so far.', params, reply: replies.checklistView,
} as const satisfies Operation;
export const saveChecklist = {
  ...command, operationId: 'SaveChecklist', method: 'PUT', route: `${route}/checklist`, who: [requestRole('FAL')], ifMatch: 'required', summary: 'Save the firearms checklist', description: 'Replaces the answers; save as often as you like until the outcome is recorded.', params, body: schemas.saveChecklist,
} as const satisfies Operation;
export const saveScore = {
  ...command, operationId: 'SaveScore', method: 'PUT', route: `${route}/score`, who: [requestRole('FOR')], ifMatch: 'required', summary: 'Save the forensic score', description: 'Replaces the score form of a triage.', params, body: schemas.saveScore,
} as const satisfies Operation;
export const getTrack = {
  ...read, operationId: 'GetLocationTrack', route: `${route}/track`, who: of(requestRole, viewRole), summary: 'Get the places', description: 'Gives where the person was, oldest first.', params, reply: replies.trackView,
} as const satisfies Operation;
export const getViewer = {
  ...read, operationId: 'GetViewer', method: 'POST', route: `${route}/viewer`, who: of(requestRole, viewRole, evidenceRole), idempotencyKey: 'required', summary: 'Watch the session',
  description: 'Gives your own viewer for a short time. Each time is logged with your reason.', params, body: schemas.withReason, reply: replies.viewerAddress,
} as const satisfies Operation;
export const listEvidence = {
  ...read, operationId: 'ListEvidence', route: `${route}/evidence`, who: of(requestRole, viewRole, evidenceRole), summary: 'List the evidence', description: 'Lists the files of the session with their continuity.', params, reply: replies.evidenceList,
} as const satisfies Operation;
export const viewEvidence = {
  ...read, operationId: 'ViewEvidence', method: 'POST', route: `${route}/evidence/{evidenceId}/view`, who: keepers, idempotencyKey: 'required', summary: 'View a file of evidence',
  description: 'Gives the file. Each time is logged with your reason; what is in quarantine is never given.', params: schemas.evidenceParams, body: schemas.withReason,
  reply: { file: true, contentTypes: ['application/octet-stream', 'image/jpeg', 'image/png', 'image/heic', 'video/mp4', 'video/quicktime', 'video/webm', 'application/pdf', 'text/plain', 'application/json', 'application/gpx+xml'], maxBytes: maxEvidenceBytes, description: 'The file.' },
} as const satisfies Operation;
export const decideEvidence = {
  ...command, operationId: 'DecideEvidence', route: `${route}/evidence/{evidenceId}/decide`, who: keepers, summary: 'Decide what becomes of a file', description: 'Hands it over, keeps it as no evidence, tries again, clears or deletes it, with a reason.', params: schemas.evidenceParams, body: schemas.decideEvidence,
} as const satisfies Operation;
export const pasteLine = {
  ...command, operationId: 'ConfirmPastedLine', route: `${route}/paste-line`, who: requesters, summary: 'Confirm a line that you pasted', description: 'The incident log was down and you pasted the line yourself.', params, body: schemas.pasteLine, visibility: 'advanced',
} as const satisfies Operation;
export const getStatistics = {
  ...read, operationId: 'GetLiveLinkStatistics', route: 'api/live-link-statistics', who: [...viewers, auditRole, adminRole], audit: 'none', summary: 'Get the measures', description: 'Counts outcomes and what they saved, of your areas; counts under five are not told.', reply: replies.statistics, visibility: 'advanced',
} as const satisfies Operation;
export const getAudit = {
  ...read, operationId: 'GetLiveLinkAudit', route: `${route}/audit`, who: [...authorisers, auditRole], summary: 'Get the audit of a live link', description: 'Lists who did what and when, as a chain that shows any change.', params, query: schemas.listQuery, reply: replies.auditList, visibility: 'advanced',
  extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink' } },
} as const satisfies Operation;

export const operations: readonly Operation[] = [
  createLiveLink, getLiveLink, listLiveLinks, listMyLiveLinks, confirmSafe, markUnsafe, clearUnsafe, releaseHold, authorise, bookSlot, resend, cancel, end, letIn, reissue, shareView, recordOutcome, recordVisit,
  sendChat, getChecklist, saveChecklist, saveScore, getTrack, getViewer, listEvidence, viewEvidence, decideEvidence, pasteLine, getStatistics, getAudit,
];
