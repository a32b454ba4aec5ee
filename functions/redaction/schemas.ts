import * as z from 'zod';
import { operationStatusFields } from '../../shared/domain/operationStatus.ts';
import { jobIdPattern, modes, policyNames, reasonCodes, stages } from './state.ts';

const exampleBundle = 'abcdefghijklmnopqrstuvwx23';
const exampleJob = `${exampleBundle}-abcdefgh23`;
const exampleTime = '2026-11-24T09:30:00.000Z';

export const bundleId = z.string().regex(/^[a-z2-7]{26}$/).meta({ description: 'The bundle.', example: exampleBundle });
export const jobId = z.string().regex(jobIdPattern).meta({ description: 'The document in its bundle.', example: exampleJob });
const personId = z.string().meta({ description: 'The Entra object id of a person.', example: '00000000-0000-4000-8000-000000000001' });
const at = z.iso.datetime().meta({ description: 'When, in UTC.', example: exampleTime });
const reasonCode = z.enum(reasonCodes).meta({ description: 'Why, from the list of the Joint Principles as the force keeps it.', example: 'personal-data' });
export const policy = z.enum(policyNames).meta({ description: 'What the copy is for; it decides what is redacted, shown for review or kept.', example: 'disclosure-to-CPS' });
const mode = z.enum(modes).meta({ description: 'Disclosure sets affected lines again so that the gap says nothing; layout-true keeps exact positions and leaks widths.', example: 'disclosure' });
export const handling = z.enum(['open', 'restricted']).meta({ description: 'Restricted: only the members may open it.', example: 'open' });
const terms = z.array(z.string().min(2).max(200)).max(500);

export const bundleParams = z.strictObject({ bundleId });
export const jobParams = z.strictObject({ jobId });

export const createBundle = z.strictObject({
  caseReference: z.string().regex(/^[A-Za-z0-9/-]{3,40}$/).meta({ description: 'The reference of the case, letters, digits, slash and hyphen.', example: '07/TEST/0001/26' }),
  policy,
  mode: mode.default('disclosure'),
  handling: handling.default('open'),
  terms: terms.default([]).meta({ description: 'Words that are always redacted, wherever they occur.', example: ['Kestrel House'] }),
  keepTerms: terms.default([]).meta({ description: 'Words that are never suggested, for instance the name of the person who asked.', example: ['Alex Example'] }),
});

/** The reply of every command: ids and where to look; results are asked for, never stored in a reply. */
export const accepted = z.strictObject({
  ...operationStatusFields,
  jobId: z.string().optional().meta({ description: 'The document that the command is about.', example: exampleJob }),
}).meta({ id: 'Accepted', description: 'The command was accepted.' });

const bundleFields = {
  bundleId, caseReference: z.string().meta({ description: 'The reference of the case.', example: '07/TEST/0001/26' }), policy, handling, createdAt: at,
  documents: z.int().meta({ description: 'How many documents are in it.', example: 2 }),
};
export const bundleListItem = z.strictObject(bundleFields).meta({ id: 'BundleListItem', description: 'A bundle in the list.' });
export const bundleList = z.strictObject({
  value: z.array(bundleListItem).meta({ description: 'The bundles, newest first.' }),
  nextLink: z.string().optional().meta({ description: 'The next page, if there is one.', example: 'https://back-end.example.test/api/redaction-bundles?after=x' }),
}).meta({ id: 'BundleList', description: 'A page of bundles.' });

const documentFields = {
  jobId,
  fileName: z.string().meta({ description: 'The name it was sent under.', example: 'statement.pdf' }),
  stage: z.enum(stages).meta({ description: 'Where the document stands.', example: 'in-review' }),
  version: z.int().meta({ description: 'Starts at 1; re-opening makes the next.', example: 1 }),
  pages: z.int().meta({ description: 'How many pages it has; 0 before it was read.', example: 3 }),
  suggestions: z.int().meta({ description: 'How many suggestions there are.', example: 12 }),
  undecided: z.int().meta({ description: 'How many suggestions wait for a decision.', example: 0 }),
  pagesNotViewed: z.int().meta({ description: 'How many pages nobody has looked at yet.', example: 0 }),
  endCode: z.string().optional().meta({ description: 'Why it was refused or failed.', example: 'needs-ocr' }),
  endReason: z.string().optional().meta({ description: 'The same as a sentence.', example: 'A page holds text that can only be read from its picture.' }),
};
const document = z.strictObject(documentFields).meta({ id: 'DocumentSummary', description: 'A document of a bundle.' });
export const bundleView = z.strictObject({
  ...bundleFields, mode, etag: z.string().meta({ description: 'The version, for If-Match.', example: '"3"' }),
  createdBy: personId, value: z.array(document).meta({ description: 'The documents.' }),
}).meta({ id: 'Bundle', description: 'A bundle and its documents.' });

const box = z.strictObject({
  left: z.number().meta({ description: 'Points from the left edge of the page as shown.', example: 72 }),
  top: z.number().meta({ description: 'Points from the top edge.', example: 100 }),
  right: z.number().meta({ description: 'Points from the left edge.', example: 140 }),
  bottom: z.number().meta({ description: 'Points from the top edge.', example: 112 }),
}).meta({ id: 'Box', description: 'A rectangle on a page.' });

const mark = z.strictObject({
  markId: z.string().meta({ description: 'The mark.', example: 'm-0' }),
  kind: z.enum(['text', 'area']).meta({ description: 'A text that a person named, or an area that they drew.', example: 'area' }),
  page: z.int().meta({ description: 'The page, from 1.', example: 1 }),
  boxes: z.array(box).meta({ description: 'Where it stands on the page.' }),
  reasonCode: z.string().meta({ description: 'Why it is redacted.', example: 'personal-data' }),
  by: personId, at,
}).meta({ id: 'Mark', description: 'Something to redact that a person added.' });

export const documentView = z.strictObject({
  ...documentFields,
  bundleId,
  etag: z.string().meta({ description: 'The version, for If-Match.', example: '"7"' }),
  warnings: z.array(z.string()).meta({ description: 'What a reviewer should know, as codes.', example: ['attachments-dropped'] }),
  marks: z.array(mark).meta({ description: 'What people added to the suggestions.' }),
  addedBy: personId, addedAt: at,
  approvedBy: z.string().optional().meta({ description: 'Who approved it.', example: '00000000-0000-4000-8000-000000000001' }),
  approvedAt: z.iso.datetime().optional().meta({ description: 'When it was approved.', example: exampleTime }),
  releasedBy: z.string().optional().meta({ description: 'Who released it.', example: '00000000-0000-4000-8000-000000000002' }),
  releasedAt: z.iso.datetime().optional().meta({ description: 'When it was released.', example: exampleTime }),
  outputSha256: z.string().optional().meta({ description: 'SHA-256 of the redacted file.', example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }),
  originalSha256: z.string().meta({ description: 'SHA-256 of the file that was sent.', example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }),
}).meta({ id: 'RedactionDocument', description: 'A document as it stands.' });

export const suggestionView = z.strictObject({
  suggestionId: z.string().meta({ description: 'The suggestion.', example: 's000001' }),
  page: z.int().meta({ description: 'The page, from 1.', example: 1 }),
  text: z.string().meta({ description: 'The text that would be redacted.', example: 'Alex Example' }),
  textHash: z.string().meta({ description: 'Equal for equal texts.', example: '5f1c' }),
  type: z.string().meta({ description: 'What kind of information it is.', example: 'PERSON' }),
  role: z.string().meta({ description: 'The part that the person plays, where it shows.', example: 'witness' }),
  source: z.enum(['rule', 'model', 'memory', 'term', 'language-model', 'person']).meta({ description: 'What suggested it.', example: 'rule' }),
  score: z.number().meta({ description: 'How sure the source is, from 0 to 1.', example: 0.9 }),
  action: z.enum(['auto', 'review']).meta({ description: 'Auto: accepted unless a person says otherwise.', example: 'auto' }),
  decision: z.enum(['pending', 'accepted', 'rejected']).meta({ description: 'What was decided.', example: 'pending' }),
  reasonCode: z.string().optional().meta({ description: 'Why it was decided so.', example: 'personal-data' }),
  boxes: z.array(box).meta({ description: 'Where it stands on the page.' }),
}).meta({ id: 'Suggestion', description: 'A suggestion and what was decided.' });
export const suggestionList = z.strictObject({
  value: z.array(suggestionView).meta({ description: 'The suggestions, in reading order.' }),
  nextLink: z.string().optional().meta({ description: 'The next page, if there is one.', example: 'https://back-end.example.test/api/redaction-jobs/x/suggestions?after=500' }),
}).meta({ id: 'SuggestionList', description: 'A page of suggestions.' });

const decision = z.enum(['accepted', 'rejected']).meta({ description: 'Accepted: redact it. Rejected: leave it readable.', example: 'accepted' });
const legalBasis = z.string().max(80).optional().meta({ description: 'The law or the principle that it rests on.', example: 'DPA 2018 Part 3' });
export const decideSuggestion = z.strictObject({
  suggestionId: z.string().max(40).meta({ description: 'The suggestion.', example: 's000001' }),
  decision,
  scope: z.enum(['this', 'same-text']).default('this').meta({ description: 'This suggestion alone, or all of the same text in the document.', example: 'same-text' }),
  reasonCode, legalBasis,
}).meta({ id: 'SuggestionDecision', description: 'A decision on a suggestion.' });
export const viewPages = z.strictObject({
  fromPage: z.int().min(1).max(2000).meta({ description: 'The first page that you looked at.', example: 1 }),
  toPage: z.int().min(1).max(2000).meta({ description: 'The last one.', example: 3 }),
});
export const addArea = z.strictObject({
  page: z.int().min(1).max(2000).meta({ description: 'The page, from 1.', example: 1 }),
  x: z.number().min(0).max(15000).meta({ description: 'Points from the left edge of the page as shown.', example: 72 }),
  y: z.number().min(0).max(15000).meta({ description: 'Points from the top edge.', example: 72 }),
  width: z.number().min(1).max(15000).meta({ description: 'Width in points.', example: 120 }),
  height: z.number().min(1).max(15000).meta({ description: 'Height in points.', example: 14 }),
  reasonCode,
});
export const redactText = z.strictObject({
  text: z.string().min(2).max(200).meta({ description: 'The text; every occurrence in the document is redacted.', example: 'Kestrel House' }),
  reasonCode,
});
export const withReason = z.strictObject({ reasonCode }).meta({ id: 'Reason', description: 'Why it is done.' });
export const release = z.strictObject({
  recipient: z.string().regex(/^[A-Za-z0-9 ./&-]{2,80}$/).meta({ description: 'To whom it is disclosed, as an organisation or a reference, never a private person by name.', example: 'CPS Mersey-Cheshire' }),
  reasonCode,
});

export const auditRowView = z.strictObject({
  seq: z.int().meta({ description: 'The place in the chain.', example: 1 }),
  at, by: z.string().meta({ description: 'Who did it, or system.', example: 'system' }),
  what: z.string().meta({ description: 'What happened.', example: 'DocumentReleased' }),
  kind: z.enum(['collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure', 'none']).meta({ description: 'Which operation of DPA 2018 s62 it is.', example: 'disclosure' }),
  about: z.string().meta({ description: 'Ids and codes, as JSON.', example: '{}' }),
  hash: z.string().meta({ description: 'SHA-256 that binds this row to all before it.', example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }),
}).meta({ id: 'AuditRow', description: 'A row of the audit chain.' });
export const auditList = z.strictObject({
  value: z.array(auditRowView).meta({ description: 'The rows, oldest first.' }),
  verified: z.boolean().meta({ description: 'Whether the rows shown form an unbroken chain.', example: true }),
  nextLink: z.string().optional().meta({ description: 'The next page, if there is one.', example: 'https://back-end.example.test/api/redaction-bundles/x/audit?after=500' }),
}).meta({ id: 'AuditList', description: 'A page of the audit chain.' });

export const scheduleRow = z.strictObject({
  jobId, fileName: z.string().meta({ description: 'The document.', example: 'statement.pdf' }),
  stage: z.enum(stages).meta({ description: 'Where it stands.', example: 'released' }),
  redactions: z.int().meta({ description: 'How many places are redacted.', example: 12 }),
  leftReadable: z.int().meta({ description: 'How many suggestions were rejected, each with a reason.', example: 1 }),
  recipient: z.string().optional().meta({ description: 'To whom it was disclosed.', example: 'CPS Mersey-Cheshire' }),
  releasedAt: z.iso.datetime().optional().meta({ description: 'When it was released.', example: exampleTime }),
}).meta({ id: 'ScheduleRow', description: 'A line of the disclosure schedule.' });
export const schedule = z.strictObject({ value: z.array(scheduleRow).meta({ description: 'One line a document; no redacted words.' }) }).meta({ id: 'DisclosureSchedule', description: 'The disclosure schedule of a bundle.' });

export const pageQuery = z.strictObject({
  limit: z.number().int().min(1).max(500).default(50).meta({ description: 'How many rows at most.', example: 50 }),
  after: z.string().max(200).optional().meta({ description: 'Where to go on, from the next link.', example: '50' }),
});
