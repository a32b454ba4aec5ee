import type { Command, RedactionCase } from '../../../functions/redaction/decide.ts';
import { documentKey, type Bundle, type Document, type Stage } from '../../../functions/redaction/state.ts';
import type { Facts } from '../../../shared/domain/case.ts';

export const sam = '00000000-0000-4000-8000-000000000001';
export const rita = '00000000-0000-4000-8000-000000000002';
export const ravi = '00000000-0000-4000-8000-000000000003';

export const bundleId = 'abcdefghijklmnopqrstuvwx23';
export const documentId = 'abcdefgh23';

export const bundle: Bundle = {
  kind: 'bundle', bundleId, caseReference: '07/TEST/0001/26', policy: 'subject-access', mode: 'disclosure', handling: 'open', terms: [], keepTerms: [],
  members: [sam], createdBy: sam, createdAt: '2026-11-24T09:00:00.000Z', documentIds: [documentId],
};

/** Two suggestions of one text, and one of another. */
export const suggestions = [
  { suggestionId: 's000001', textHash: 'aaaa', action: 'auto' },
  { suggestionId: 's000002', textHash: 'aaaa', action: 'review' },
  { suggestionId: 's000003', textHash: 'bbbb', action: 'review' },
] as const;

export function documentIn(stage: Stage, changes: Partial<Document> = {}): Document {
  return {
    kind: 'document', documentId, stage, version: 1, fileName: 'statement.pdf', bytes: 10, sha256: 'a'.repeat(64), addedBy: sam, addedAt: '2026-11-24T09:01:00.000Z',
    pages: 3, pagesSha: 'b'.repeat(64), suggestionsSha: 'c'.repeat(64), suggestionCount: 3, undecided: 0, decisions: [], marks: [], viewed: [[1, 3]], warnings: [], ...changes,
  };
}

export function caseWith(document: Document): RedactionCase {
  return { state: bundle, parts: { [documentKey(document.documentId)]: document } };
}

export function facts(by: string = sam, now = '2026-11-24T10:00:00.000Z'): Facts {
  return { by, now, roles: [] };
}

/** One command of each kind that its guards let through on `documentIn`; steps of the system name version 1. */
export const commands: Readonly<Record<Exclude<Command['do'], 'CreateBundle' | 'AddDocument'>, Command>> = {
  DecideSuggestion: { do: 'DecideSuggestion', documentId, suggestionId: 's000001', scope: 'this', decision: 'accepted', reasonCode: 'personal-data', suggestions },
  UndoDecision: { do: 'UndoDecision', documentId, suggestions },
  AddMarks: { do: 'AddMarks', documentId, marks: [{ markId: 'm1', batch: 'b1', page: 1, start: 0, end: 4, reasonCode: 'address' }] },
  ViewPages: { do: 'ViewPages', documentId, fromPage: 1, toPage: 3 },
  ApproveDocument: { do: 'ApproveDocument', documentId, frozenSha: 'd'.repeat(64) },
  ReleaseDocument: { do: 'ReleaseDocument', documentId, recipient: 'CPS Mersey-Cheshire', reasonCode: 'needed-for-case' },
  ReopenDocument: { do: 'ReopenDocument', documentId, reasonCode: 'mistake' },
  WithdrawDocument: { do: 'WithdrawDocument', documentId, reasonCode: 'not-relevant' },
  RecordScreening: { do: 'RecordScreening', documentId, version: 1 },
  RecordLocating: { do: 'RecordLocating', documentId, version: 1 },
  RecordLocated: { do: 'RecordLocated', documentId, version: 1, pages: 3, pagesSha: 'e'.repeat(64), suggestionsSha: 'f'.repeat(64), suggestionCount: 3, warnings: ['attachments-dropped'] },
  RecordBurning: { do: 'RecordBurning', documentId, version: 1 },
  RecordVerifying: { do: 'RecordVerifying', documentId, version: 1 },
  RecordBurnt: { do: 'RecordBurnt', documentId, version: 1, outputSha: '0'.repeat(64), outputBytes: 5, certificateSha: '1'.repeat(64) },
  RecordRefused: { do: 'RecordRefused', documentId, version: 1, code: 'encrypted' },
  RecordFailed: { do: 'RecordFailed', documentId, version: 1, code: 'gave-up' },
};
