import { describe, expect, it } from '@jest/globals';
import { guardWrites } from '../../../shared/azure/guard.ts';
import { pack } from '../../../shared/case/rows.ts';
import { decide, maxDecisions, maxDocuments, maxMarks, type Command } from '../../../functions/redaction/decide.ts';
import type { DecisionEntry } from '../../../functions/redaction/state.ts';
import { bundle, bundleId, caseWith, commands, documentId, documentIn, facts, rita, sam } from './builders.ts';

const create: Command = { do: 'CreateBundle', bundleId, caseReference: '07/TEST/0001/26', policy: 'subject-access', mode: 'disclosure', handling: 'open', terms: [], keepTerms: [] };
const add: Command = { do: 'AddDocument', documentId, fileName: 'a.pdf', bytes: 3, sha256: 'a'.repeat(64) };
const review = caseWith(documentIn('in-review'));
const entry: DecisionEntry = { suggestionId: 's000001', decision: 'accepted', reasonCode: 'personal-data', by: rita, at: '2026-11-24T09:30:00.000Z' };

const longestMark = {
  markId: `${'m'.repeat(36)}-499`, batch: 'b'.repeat(36), page: 2000, x: 14_999.123456789, y: 14_999.123456789, width: 14_999.123456789, height: 14_999.123456789,
  reasonCode: 'sensitive-tactic' as const, by: rita, at: '2026-11-24T09:30:00.000Z',
};

describe('each refusal has its own stable code', () => {
  it.each<[code: string, current: Parameters<typeof decide>[0], command: Command, by?: string]>([
    ['bundle-exists', review, create],
    ['no-bundle', undefined, commands.ViewPages],
    ['no-bundle', undefined, add],
    ['bundle-full', { state: { ...bundle, documentIds: Array.from({ length: maxDocuments }, (_, n) => `d${n}`) }, parts: {} }, add],
    ['no-document', { state: bundle, parts: {} }, commands.ViewPages],
    ['moved-on', caseWith(documentIn('burning', { version: 2 })), commands.RecordBurnt],
    ['moved-on', caseWith(documentIn('burning', { version: 2 })), commands.RecordFailed],
    ['wrong-stage', caseWith(documentIn('released')), commands.WithdrawDocument],
    ['no-suggestion', review, { do: 'DecideSuggestion', documentId, suggestionId: 's999999', scope: 'this', decision: 'accepted', reasonCode: 'address', suggestions: [] }],
    ['too-many-decisions', caseWith(documentIn('in-review', { decisions: Array.from({ length: maxDecisions }, () => entry) })), commands.DecideSuggestion],
    ['nothing-to-undo', review, commands.UndoDecision],
    ['nothing-to-undo', caseWith(documentIn('in-review', { decisions: [entry] })), commands.UndoDecision, sam],
    ['text-not-found', review, { do: 'AddMarks', documentId, marks: [] }],
    ['too-many-marks', caseWith(documentIn('in-review', { marks: Array.from({ length: maxMarks }, () => longestMark) })), commands.AddMarks],
    ['no-such-page', review, { do: 'ViewPages', documentId, fromPage: 1, toPage: 4 }],
    ['no-such-page', review, { do: 'ViewPages', documentId, fromPage: 3, toPage: 2 }],
    ['undecided', caseWith(documentIn('in-review', { undecided: 1 })), commands.ApproveDocument],
    ['pages-not-viewed', caseWith(documentIn('in-review', { viewed: [[1, 1], [3, 3]] })), commands.ApproveDocument],
    ['same-person', caseWith(documentIn('ready', { approvedBy: sam })), commands.ReleaseDocument, sam],
    ['never-read', caseWith(unread()), commands.ReopenDocument],
  ])('%s', (code, current, command, by = sam) => {
    const answer = decide(current, command, facts(by));
    expect(answer).toMatchObject({ kind: 'refused', code });
    expect(answer).not.toHaveProperty('effects');
    expect(answer.kind === 'refused' && answer.reason).toMatch(/\.$/);
  });
});

/** It failed before anybody knew its pages: there is nothing to review. */
function unread() {
  const { pagesSha: _p, suggestionsSha: _s, ...document } = documentIn('failed', { pages: 0, suggestionCount: 0, viewed: [] });
  return document;
}

describe('undo takes back the newest of the caller alone', () => {
  const marked = { markId: 'm', batch: 'b1', page: 1, start: 0, end: 3, reasonCode: 'address' as const };

  it('leaves the decisions of others, and counts again', () => {
    const document = documentIn('in-review', { decisions: [{ ...entry, by: sam }, { ...entry, suggestionId: 's000003' }], undecided: 1 });
    const answer = decide(caseWith(document), commands.UndoDecision, facts(sam));
    expect(answer).toMatchObject({ kind: 'accepted', next: { parts: { [`doc|${documentId}`]: { decisions: [{ suggestionId: 's000003', by: rita }], undecided: 2 } } } });
  });

  it('takes a later batch of marks whole and before an older decision', () => {
    const document = documentIn('in-review', {
      decisions: [{ ...entry, by: sam }],
      marks: [{ ...marked, batch: 'b0', by: rita, at: '2026-11-24T09:31:00.000Z' }, { ...marked, by: sam, at: '2026-11-24T09:32:00.000Z' }, { ...marked, markId: 'n', by: sam, at: '2026-11-24T09:32:00.000Z' }],
    });
    const answer = decide(caseWith(document), commands.UndoDecision, facts(sam));
    expect(answer).toMatchObject({ kind: 'accepted', facts: [{ what: 'MarksUndone' }], next: { parts: { [`doc|${documentId}`]: { decisions: [{ by: sam }], marks: [{ batch: 'b0' }] } } } });
  });
});

describe('the limits keep a document within its row', () => {
  it('holds as many of the longest decisions and marks as are allowed', () => {
    const { suggestionId: _id, ...byText } = entry;
    const longest: DecisionEntry = { ...byText, textHash: 'h'.repeat(64), reasonCode: 'sensitive-tactic', legalBasis: 'x'.repeat(80) };
    const full = documentIn('in-review', {
      fileName: 'n'.repeat(200), decisions: Array.from({ length: maxDecisions }, () => longest), marks: Array.from({ length: maxMarks }, () => longestMark),
      viewed: Array.from({ length: 1000 }, (_, n): [number, number] => [2 * n + 1, 2 * n + 1]),
    });
    expect(() => guardWrites([{ do: 'insert', row: { partitionKey: bundleId, rowKey: `doc|${documentId}`, fields: { version: 1, ...pack(full) } } }])).not.toThrow();
  });
});
