import { createRequire } from 'node:module';
import { closeDocument, openDocument } from '../../../../functions/redaction/pdfium/document.ts';
import { openPdfium, type Pdfium } from '../../../../functions/redaction/pdfium/library.ts';
import { openPage, type PdfPage } from '../../../../functions/redaction/pdfium/page.ts';
import { renderPage } from '../../../../functions/redaction/pdfium/render.ts';
import { pageChars, type PdfChar } from '../../../../functions/redaction/pdfium/text.ts';
import { resetLines, type LinePage } from '../../../../functions/redaction/lines/reset.ts';

export const names = ['Ian Lee', 'Margaret Featherstonehaugh', 'Waverley Tomkins-AVATO'] as const;
export const dpi = 150;

export function loadPdfium(): Promise<Pdfium> {
  return openPdfium(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
}

/** Every place of a text on a page, white space between its words aside, as lists of character indexes. */
export function findHits(chars: readonly PdfChar[], text: string): number[][] {
  const letters = chars.filter(char => char.unicode > 0x20 && char.unicode !== 0xa0);
  const wanted = Array.from(text.replace(/\s/g, ''));
  const hits: number[][] = [];
  for (let start = 0; start + wanted.length <= letters.length; start++) {
    if (wanted.every((letter, index) => letters[start + index]?.unicode === letter.codePointAt(0))) {
      hits.push(letters.slice(start, start + wanted.length).map(char => char.index));
      start += wanted.length - 1;
    }
  }
  return hits;
}

export function withPage<T>(pdfium: Pdfium, bytes: Uint8Array, use: (page: PdfPage) => T): T {
  const document = openDocument(pdfium, bytes);
  try {
    return use(openPage(document, 0));
  } finally {
    closeDocument(document);
  }
}

/** The page set again without a name, its plain render beside it. */
export function removeName(pdfium: Pdfium, bytes: Uint8Array, name: string): { result: LinePage; plain: Uint8Array; hits: number } {
  return withPage(pdfium, bytes, page => {
    const chars = pageChars(page);
    const hits = findHits(chars, name);
    return { plain: renderPage(page, dpi).rgba, result: resetLines(page, { dpi, hits, chars }), hits: hits.length };
  });
}

/** Pixels outside the regions that are not as in the plain render. It does not use the code under test. */
export function countOutside(plain: Uint8Array, result: LinePage): number {
  let count = 0;
  const inside = new Uint8Array(result.width * result.height);
  for (const { x, y, w, h } of result.regions) for (let row = y; row < y + h; row++) inside.fill(1, row * result.width + x, row * result.width + x + w);
  const before = new Uint32Array(plain.slice().buffer);
  const after = new Uint32Array(result.rgba.buffer);
  for (const [index, isInside] of inside.entries()) if (isInside === 0 && before[index] !== after[index]) count++;
  return count;
}
