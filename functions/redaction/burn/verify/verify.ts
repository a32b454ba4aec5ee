import { readFileSync } from 'node:fs';
import { closeDocument, openDocument, pageCount } from '../../pdfium/document.ts';
import type { Pdfium } from '../../pdfium/library.ts';
import { closePage, openPage } from '../../pdfium/page.ts';
import { pageChars } from '../../pdfium/text.ts';
import type { Needle } from '../job.ts';
import type { PageRecord } from '../record.ts';
import { changedShare, paleRegions, stringsWithoutInk } from './checkPage.ts';
import { layerStrings, type LayerString } from './layerText.ts';
import { bareFold, countIn, plainFold, prepareNeedles, standsIn, type Hunted } from './needles.ts';
import { decodePicture } from './pixels.ts';
import { NotOurForm, readFinished, type FinishedFile } from './readFinished.ts';

/** Why a finished file does not pass. `page` is 0-based; a finding without one is the whole file's. */
export interface Finding {
  readonly check: 'form' | 'text' | 'bytes' | 'ink' | 'box' | 'difference';
  readonly page?: number;
}

/** What was looked at, with the worst figures seen; goes into the certificate. */
export interface Verification {
  readonly findings: readonly Finding[];
  readonly figures: { readonly pages: number; readonly needles: number; readonly worstChangedShare: number; readonly strings: number; readonly streams: number };
}

const changedAllowed = 0.01;

/**
 * Checks a finished file against the records of its pages, from its bytes alone. Shares no code with what found or burnt: its own
 * reader of the file, its own folding, its own decoder, and PDFium as a second reader of text. Anything unexpected is a finding.
 */
export async function verify(pdfium: Pdfium, path: string, records: readonly PageRecord[], options: { needles: readonly Needle[]; beat: (page: number) => void }): Promise<Verification> {
  const bytes = readFileSync(path);
  const hunted = prepareNeedles(options.needles);
  const figures = { pages: records.length, needles: hunted.length, worstChangedShare: 0, strings: 0, streams: 0 };
  const read = readStrictly(bytes);
  if (read?.file.pages.length !== records.length) return { findings: [{ check: 'form' }], figures };
  const { file, layers } = read;
  const findings: Finding[] = bytesFindings(file, hunted);
  const texts = [layers.map(strings => strings.map(string => string.text).join('\n')), pdfiumTexts(pdfium, bytes, records.length)];
  for (const text of texts) findings.push(...textFindings(text, hunted));
  for (const record of records) {
    options.beat(record.page);
    const page = file.pages[record.page];
    if (page === undefined) continue;
    const picture = await decodePicture(page.image);
    const strings = layers[record.page] ?? [];
    const changed = changedShare(picture, record);
    figures.worstChangedShare = Math.max(figures.worstChangedShare, changed);
    figures.strings += strings.length;
    if (changed > changedAllowed) findings.push({ check: 'difference', page: record.page });
    if (paleRegions(picture, record) > 0) findings.push({ check: 'box', page: record.page });
    if (stringsWithoutInk(picture, record, strings) > 0) findings.push({ check: 'ink', page: record.page });
  }
  return { findings, figures: { ...figures, streams: file.streams.length } };
}

function isZlibError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

/** The file and the strings of each page's layer; undefined when anything in it has another form than ours. */
function readStrictly(bytes: Buffer): { file: FinishedFile; layers: LayerString[][] } | undefined {
  try {
    const file = readFinished(bytes);
    return { file, layers: file.pages.map(page => layerStrings(page.operators)) };
  } catch (error) {
    if (error instanceof NotOurForm || isZlibError(error)) return undefined;
    throw error;
  }
}

function pdfiumTexts(pdfium: Pdfium, bytes: Uint8Array, pages: number): string[] {
  const document = openDocument(pdfium, bytes);
  try {
    if (pageCount(document) !== pages) throw new Error('PDFium counts other pages in the finished file');
    return Array.from({ length: pages }, (_, index) => {
      const page = openPage(document, index);
      const text = pageChars(page).map(char => (char.unicode > 0 && char.unicode <= 0xffff ? String.fromCharCode(char.unicode) : '')).join('');
      closePage(page);
      return text;
    });
  } finally {
    closeDocument(document);
  }
}

/** A needle that stands in the document more often than people decided to keep it is a finding on every page that shows it. */
function textFindings(texts: readonly string[], hunted: readonly Hunted[]): Finding[] {
  const folded = texts.map(text => ({ plain: plainFold(text), bare: bareFold(text) }));
  return hunted.flatMap(needle => {
    const counts = folded.map(text => countIn(text, needle));
    const total = counts.reduce((sum, count) => sum + count, 0);
    return total <= needle.allowed ? [] : counts.flatMap((count, page): Finding[] => (count > 0 ? [{ check: 'text', page }] : []));
  });
}

/** The dictionaries were matched whole by `readFinished`; what is left to hold a word is the streams, stored and decoded. */
function bytesFindings(file: FinishedFile, hunted: readonly Hunted[]): Finding[] {
  const strict = hunted.filter(needle => needle.allowed === 0);
  const isThere = file.streams.some(({ raw, decoded }) => strict.some(needle => standsIn(raw, needle) || (decoded !== undefined && standsIn(decoded, needle))));
  return isThere ? [{ check: 'bytes' }] : [];
}
