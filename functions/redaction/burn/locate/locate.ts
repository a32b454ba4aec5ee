import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { closePage, openPage, pageSize, type PdfPage } from '../../pdfium/page.ts';
import { caps, DocumentFailure } from '../failures.ts';
import type { Source } from '../intake/openSource.ts';
import type { LocateJob } from '../job.ts';
import { hashText } from '../write/burnPage.ts';
import { writeAll } from '../write/part.ts';
import { unitBoxes } from './boxes.ts';
import { readPageText, type PageText } from './pageText.ts';
import { findTerms, prepareTerm, type Term } from './terms.ts';
import { mayHoldWordsFrom, needsOcrFrom, type Located, type LocatedPage } from './located.ts';
import { unreadTextScore } from './unreadText.ts';

/** Reads the text and the places of the pages into `pages.jsonl`. Throws `needs-ocr` at the first page that shows unread text. */
export function locate(source: Source, job: LocateJob, beat: (page: number) => void): Located {
  const terms = job.terms.flatMap(term => prepareTerm(source.asWritten(term)) ?? []);
  const file = openSync(join(job.folder, 'pages.jsonl'), 'w');
  const mayHoldWords: number[] = [];
  try {
    for (let index = job.from ?? 0; index < Math.min(source.pages, job.to ?? Infinity); index += 1) {
      beat(index);
      const found = locatePage(source, index, terms);
      if (found.unreadText >= needsOcrFrom) throw new DocumentFailure('needs-ocr', `page ${index + 1}, ${found.unreadText} letters unread`);
      if (found.unreadText >= mayHoldWordsFrom) mayHoldWords.push(index);
      writeAll(file, Buffer.from(`${JSON.stringify(found)}\n`));
    }
  } finally {
    closeSync(file);
  }
  const { kind, sha256, bytes, pages, unaccented, spelt } = source;
  return { kind, sha256, bytes, pages, unaccented, spelt, mayHoldWords };
}

function locatePage(source: Source, index: number, terms: readonly Term[]): LocatedPage {
  const page = openPage(source.document, index);
  try {
    const { width, height } = pageSize(page);
    if (width < 1 || height < 1) throw new DocumentFailure('damaged', `page ${index + 1} has no size`);
    if (width * height * (150 / 72) ** 2 > caps.pixels) throw new DocumentFailure('page-too-large', `page ${index + 1}`);
    return describe(page, readPageText(page), terms);
  } finally {
    closePage(page);
  }
}

function describe(page: PdfPage, text: PageText, terms: readonly Term[]): LocatedPage {
  const { width, height } = pageSize(page);
  const boxes = unitBoxes(text).flatMap(box => (box === undefined ? [-1, -1, -1, -1]
    : [Math.floor(box.left * 10), Math.floor(box.top * 10), Math.ceil(box.right * 10), Math.ceil(box.bottom * 10)]));
  return {
    page: page.index, width, height, text: text.text, textHash: hashText(text.text), boxes,
    terms: findTerms(text.text, terms), unreadText: unreadTextScore(page, text),
  };
}
