import type * as z from 'zod';
import { etagOf } from '../../shared/http/etag.ts';
import type * as schemas from './schemas.ts';
import { documentKey, jobIdOf, type AddedMark, type Bundle, type Document } from './state.ts';
import { decisionsOf, pagesNotViewed, type Suggestion } from './suggestions.ts';
import { endings } from './endings.ts';

export function viewOfDocument(bundleId: string, document: Document, version: number): z.output<typeof schemas.documentView> {
  const { addedBy, addedAt, approvedBy, approvedAt, releasedBy, releasedAt, outputSha, warnings } = document;
  return {
    ...summaryOf(bundleId, document), bundleId, etag: etagOf(version), warnings, marks: document.marks.map(viewOfMark), addedBy, addedAt, originalSha256: document.sha256,
    ...(approvedBy !== undefined && { approvedBy }), ...(approvedAt !== undefined && { approvedAt }), ...(releasedBy !== undefined && { releasedBy }),
    ...(releasedAt !== undefined && { releasedAt }), ...(outputSha !== undefined && { outputSha256: outputSha }),
  };
}

function viewOfMark({ markId, page, x, y, width, height, boxes, reasonCode, by, at }: AddedMark) {
  const isArea = x !== undefined && y !== undefined && width !== undefined && height !== undefined;
  return { markId, page, kind: isArea ? 'area' as const : 'text' as const, boxes: isArea ? [{ left: x, top: y, right: x + width, bottom: y + height }] : boxes ?? [], reasonCode, by, at };
}

export function summaryOf(bundleId: string, document: Document) {
  const { fileName, stage, version, pages, undecided, endCode } = document;
  return {
    jobId: jobIdOf(bundleId, document.documentId), fileName, stage, version, pages, suggestions: document.suggestionCount, undecided, pagesNotViewed: pagesNotViewed(document),
    ...(endCode !== undefined && { endCode, endReason: endings(endCode) }),
  };
}

export function viewOfBundle(bundle: Bundle, documents: readonly Document[], version: number): z.output<typeof schemas.bundleView> {
  const { bundleId, caseReference, policy, mode, handling, createdAt, createdBy } = bundle;
  const order = new Map(bundle.documentIds.map((id, n) => [documentKey(id), n]));
  const sorted = documents.toSorted((a, b) => (order.get(documentKey(a.documentId)) ?? 0) - (order.get(documentKey(b.documentId)) ?? 0));
  return { bundleId, caseReference, policy, mode, handling, createdAt, createdBy, documents: documents.length, etag: etagOf(version), value: sorted.map(document => summaryOf(bundleId, document)) };
}

export function viewOfSuggestions(suggestions: readonly Suggestion[], document: Document): z.output<typeof schemas.suggestionView>[] {
  const decided = decisionsOf(suggestions, document.decisions);
  return suggestions.map(({ start, end, page, ...shown }, n) => {
    const entry = decided[n];
    return { ...shown, page: page + 1, decision: entry?.decision ?? 'pending', ...(entry && { reasonCode: entry.reasonCode }) };
  });
}

export function scheduleOf(bundle: Bundle, documents: readonly Document[], counts: ReadonlyMap<string, { redactions: number; leftReadable: number }>): z.output<typeof schemas.schedule> {
  return {
    value: documents.map(({ documentId, fileName, stage, recipient, releasedAt }) => ({
      jobId: jobIdOf(bundle.bundleId, documentId), fileName, stage, ...(counts.get(documentId) ?? { redactions: 0, leftReadable: 0 }),
      ...(recipient !== undefined && { recipient }), ...(releasedAt !== undefined && { releasedAt }),
    })),
  };
}
