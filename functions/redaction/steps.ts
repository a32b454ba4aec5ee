import type { BlobStore } from '../../shared/azure/store.ts';
import { Permanent, type Performed } from '../../shared/case/room.ts';
import { DocumentFailure } from './burn/failures.ts';
import { sniff } from './burn/intake/sniff.ts';
import { locatedPage, type LocatedPage } from './burn/locate/located.ts';
import { boxesOfSpan } from './burn/locate/boxes.ts';
import { mayHoldWordsFrom } from './burn/locate/located.ts';
import { findTerms, prepareTerm } from './burn/locate/terms.ts';
import { hitsOf, needlesOf, placesOf } from './burn/prepare.ts';
import { blobName, fetchKept, keep } from './content.ts';
import { assembleParts, burnPages, locateDocument, type Burning } from './engine.ts';
import { findSuggestions } from './find.ts';
import type { AddedMark } from './state.ts';
import { frozen as frozenSchema } from './suggestions.ts';
import type { Subject } from './work.ts';

/** A slice is small enough to end well within the effect's time-out at the slowest rate that is allowed (storage-protocol 12). */
const pagesPerSlice = 100;

/**
 * From the file to the suggestions, in three slices, so that the document shows where it stands: announce, screen (its content, not its name, says what
 * it is), locate.
 */
export async function locateStep({ bundle, document, blobs, context }: Subject): Promise<Performed> {
  if (context.cursor === undefined) return { kind: 'more', cursor: 'screen', progress: 'screening' };
  const original = await fetchKept(blobs, bundle.bundleId, 'original', document.sha256);
  if (context.cursor === 'screen') {
    screen(original);
    return { kind: 'more', cursor: 'locate', progress: 'locating' };
  }
  const { pages, mayHoldWords } = await locateDocument(original, bundle.terms);
  const suggestions = findSuggestions(bundle, pages);
  const [pagesSha, suggestionsSha] = await Promise.all([
    keep(blobs, bundle.bundleId, 'pages', Buffer.from(pages.map(page => JSON.stringify(page)).join('\n'))),
    keep(blobs, bundle.bundleId, 'suggestions', Buffer.from(JSON.stringify({ suggestions }))),
  ]);
  const warnings = mayHoldWords.length ? [`pictures-may-hold-words:${mayHoldWords.slice(0, 20).map(page => page + 1).join(',')}`] : [];
  return { kind: 'result', result: JSON.stringify({ pages: pages.length, pagesSha, suggestionsSha, suggestionCount: suggestions.length, warnings }) };
}

/** @throws Permanent for an empty file and for content that is neither PDF nor text. */
function screen(original: Uint8Array): void {
  try {
    sniff(original);
  } catch (error) {
    throw error instanceof DocumentFailure ? new Permanent(error.code, { cause: error }) : error;
  }
}

/** From the frozen decisions to the verified copy: announce, burn a hundred pages a slice, put together and verify. */
export async function burnStep(subject: Subject): Promise<Performed> {
  const { bundle, document, blobs, context } = subject;
  if (context.cursor === undefined) return { kind: 'more', cursor: '0', progress: 'burning' };
  const original = await fetchKept(blobs, bundle.bundleId, 'original', document.sha256);
  const burning = await burningOf(subject);
  const starts = Array.from({ length: Math.ceil(document.pages / pagesPerSlice) }, (_, n) => n * pagesPerSlice);
  const partName = (from: number): string => blobName(bundle.bundleId, 'parts', `${context.key}-${from}`);
  if (context.cursor !== 'verify') {
    const from = Number(context.cursor);
    const to = Math.min(from + pagesPerSlice, document.pages);
    await blobs.create(partName(from), await burnPages(original, burning, from, to), 'application/octet-stream');
    return to < document.pages ? { kind: 'more', cursor: String(to) } : { kind: 'more', cursor: 'verify', progress: 'verifying' };
  }
  const parts = await Promise.all(starts.map(from => blobs.read(partName(from))));
  // Parts go when the copy is kept; a crash between that and the record of it finds them gone and burns them again.
  const missing = parts.findIndex(part => part === undefined);
  if (missing >= 0) return { kind: 'more', cursor: String(starts[missing] ?? 0) };
  const { output, certificate } = await assembleParts(original, burning, parts.filter(part => part !== undefined));
  const [outputSha, certificateSha] = await Promise.all([keep(blobs, bundle.bundleId, 'output', output), keep(blobs, bundle.bundleId, 'certificate', certificate)]);
  // Part files hold nothing that the output does not; they go once it is kept.
  await Promise.all(starts.map(from => blobs.remove(partName(from))));
  return { kind: 'result', result: JSON.stringify({ outputSha, outputBytes: output.byteLength, certificateSha }) };
}

async function burningOf({ bundle, document, blobs }: Subject): Promise<Burning> {
  if (document.frozenSha === undefined || document.pagesSha === undefined) throw new Permanent('content-missing');
  const [frozenBytes, pages] = await Promise.all([fetchKept(blobs, bundle.bundleId, 'frozen', document.frozenSha), readPages(blobs, bundle.bundleId, document.pagesSha)]);
  const { spans, boxes } = frozenSchema.parse(JSON.parse(Buffer.from(frozenBytes).toString()));
  const hits = hitsOf(pages, page => spans.filter(span => span.page === page.page).map(({ start, end }) => ({ start, end }))).map(hit => ({ ...hit, boxes: boxesOn(hit.page) }));
  const areasOnly = pages.filter(page => boxesOn(page.page).length && !hits.some(hit => hit.page === page.page)).map(page => ({ page: page.page, textHash: page.textHash, spans: [], boxes: boxesOn(page.page) }));
  return { mode: bundle.mode, policy: bundle.policy, hits: [...hits, ...areasOnly], needles: needlesOf(pages, hits, []), mayHoldWords: pages.filter(page => page.unreadText >= mayHoldWordsFrom).map(page => page.page) };

  function boxesOn(page: number) {
    return boxes.filter(box => box.page === page).map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
  }
}

/** The pages' text and places, as locating found them. */
export async function readPages(blobs: BlobStore, bundleId: string, name: string): Promise<LocatedPage[]> {
  const content = Buffer.from(await fetchKept(blobs, bundleId, 'pages', name)).toString();
  return content === '' ? [] : content.split('\n').map(line => locatedPage.parse(JSON.parse(line)));
}

/** Every place of a text in a document's pages, whole words: page from 1, offsets and boxes. */
export async function findText(blobs: BlobStore, { bundleId, pagesSha, text }: { bundleId: string; pagesSha: string; text: string }): Promise<Pick<AddedMark, 'page' | 'start' | 'end' | 'boxes'>[]> {
  const term = prepareTerm(text);
  if (!term) return [];
  const pages = await readPages(blobs, bundleId, pagesSha);
  return pages.flatMap(page => findTerms(page.text, [term]).map(({ start, end }) => ({ page: page.page + 1, start, end, boxes: boxesOfSpan(placesOf(page), start, end) })));
}
