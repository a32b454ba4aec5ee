import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { openDocument, pageCount, PdfOpenError, type PdfDocument } from '../../pdfium/document.ts';
import type { Pdfium } from '../../pdfium/library.ts';
import { caps, DocumentFailure } from '../failures.ts';
import { layOut } from './layout.ts';
import { decodeText, toDrawable } from './plainText.ts';
import { sniff, type SourceKind } from './sniff.ts';

/** A source that PDFium holds open, whatever it was. */
export interface Source {
  readonly kind: SourceKind;
  readonly sha256: string;
  readonly bytes: number;
  readonly document: PdfDocument;
  readonly pages: number;
  /** For plain text: what the fonts could not draw as it was. */
  readonly unaccented: number;
  readonly spelt: number;
  /** How a term reads in this source: as it is in a PDF, with the same replacements in a laid-out text. */
  readonly asWritten: (term: string) => string;
}

/** Opens a file by its content. Throws DocumentFailure with the codes of failures.ts that end in `refused`. */
export function openSource(pdfium: Pdfium, path: string, password: string | undefined): Source {
  const bytes = readFileSync(path);
  const kind = sniff(bytes);
  const text = kind === 'text' ? toDrawable(decodeText(bytes)) : undefined;
  const document = open(pdfium, text === undefined ? bytes : layOut(text.text), password);
  const pages = pageCount(document);
  if (pages > caps.pages) throw new DocumentFailure('too-many-pages', `${pages} pages`);
  if (pages === 0) throw new DocumentFailure('damaged', 'no page');
  if (kind === 'pdf' && isCutOff(bytes)) throw new DocumentFailure('damaged', 'cut off');
  return {
    kind, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, document, pages,
    unaccented: text?.unaccented ?? 0, spelt: text?.spelt ?? 0,
    asWritten: term => (text === undefined ? term : toDrawable(term).text),
  };
}

function open(pdfium: Pdfium, bytes: Uint8Array, password: string | undefined): PdfDocument {
  try {
    return openDocument(pdfium, bytes, password);
  } catch (error) {
    if (!(error instanceof PdfOpenError)) throw error;
    throw new DocumentFailure(error.code === 'not-a-pdf' ? 'unsupported' : error.code);
  }
}

/**
 * PDFium rebuilds a broken file from what objects it finds, so that pages or parts of them may be missing without a word. A file
 * without an end mark in its tail is refused instead: an incomplete copy must not pass for the whole document.
 */
function isCutOff(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes);
  return text.lastIndexOf('%%EOF') < 0 && text.lastIndexOf('startxref') < 0;
}
