import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { closeDocument, openDocument, pageCount, PdfOpenError, type PdfDocument } from '../../../functions/redaction/pdfium/document.ts';
import type { Pdfium } from '../../../functions/redaction/pdfium/library.ts';
import { applyMatrix, openPage, pageMatrix, type PdfPage } from '../../../functions/redaction/pdfium/page.ts';
import { renderPage } from '../../../functions/redaction/pdfium/render.ts';
import { pageChars, type PdfChar } from '../../../functions/redaction/pdfium/text.ts';
import { resetLines, type LinePage } from '../../../functions/redaction/lines/reset.ts';
import { countOutside, dpi, findHits, loadPdfium } from './support/run.ts';
import { followersOf, moveRight } from './support/shift.ts';

// Third-party files (spec: never copied into the repository); without them these tests are left out.
const folder = join(import.meta.dirname, '../../../../shared/data/documents');
const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.pdf')) : [];
const maxPages = 2;

let pdfium: Pdfium;
beforeAll(async () => { pdfium = await loadPdfium(); });

const textOf = (chars: readonly PdfChar[]) => String.fromCodePoint(...chars.map(char => char.unicode === 0 ? 0x20 : char.unicode));

/** The page's words of five letters or more in an order that the file decides, so that nobody picks them. */
function wordsByHash(chars: readonly PdfChar[], salt: string): string[] {
  const rank = (word: string) => createHash('sha256').update(salt + word).digest('hex');
  return [...new Set(textOf(chars).match(/\p{L}{5,}/gu) ?? [])].sort((a, b) => rank(a) < rank(b) ? -1 : 1);
}

function eachPage(use: (page: PdfPage, name: string) => void): void {
  for (const name of files) {
    let document: PdfDocument;
    try {
      document = openDocument(pdfium, readFileSync(join(folder, name)));
    } catch (error) {
      expect(error).toBeInstanceOf(PdfOpenError);
      continue;
    }
    try {
      for (let index = 0; index < Math.min(maxPages, pageCount(document)); index++) use(openPage(document, index), `${name} ${index}`);
    } finally {
      closeDocument(document);
    }
  }
}

/** Characters that stayed, and how many of these have a changed pixel in their box (T9). */
function touchedNeighbours(page: PdfPage, plain: Uint8Array, result: LinePage, chars: readonly PdfChar[]): { kept: number; touched: number } {
  const matrix = pageMatrix(page, dpi);
  const kept = chars.filter(char => !result.replaced.has(char.index) && char.box.right > char.box.left && char.renderMode === 0);
  const touched = kept.filter(({ box }) => {
    const [a, b] = [applyMatrix(matrix, box.left, box.top), applyMatrix(matrix, box.right, box.bottom)];
    const [x0, x1] = [Math.max(0, Math.ceil(Math.min(a.x, b.x))), Math.min(result.width, Math.floor(Math.max(a.x, b.x)))];
    for (let y = Math.max(0, Math.ceil(Math.min(a.y, b.y))); y < Math.min(result.height, Math.floor(Math.max(a.y, b.y))); y++) {
      const [from, to] = [(y * result.width + x0) * 4, (y * result.width + x1) * 4];
      if (x1 > x0 && Buffer.compare(plain.subarray(from, to), result.rgba.subarray(from, to)) !== 0) return true;
    }
    return false;
  });
  return { kept: kept.length, touched: touched.length };
}

const realFiles = files.length > 0 ? describe : describe.skip;
realFiles('real documents', () => {
  test('most lines are set again, nothing outside the regions changes, neighbours stay whole', () => {
    const outcomes = new Map<string, number>();
    let [pages, kept, touched] = [0, 0, 0];
    eachPage((page, name) => {
      const chars = pageChars(page);
      const [word] = wordsByHash(chars, name);
      if (word === undefined) return;
      const plain = renderPage(page, dpi).rgba;
      const result = resetLines(page, { dpi, hits: findHits(chars, word), chars });
      expect(countOutside(plain, result)).toBe(0);
      for (const segment of result.segments) {
        const key = segment.outcome === 'reset' ? 'reset' : segment.why;
        outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
      }
      const near = touchedNeighbours(page, plain, result, chars);
      [pages, kept, touched] = [pages + 1, kept + near.kept, touched + near.touched];
    });
    const all = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    const share = (outcomes.get('reset') ?? 0) / all;
    process.stdout.write(`lines of ${pages} real pages: ${all} segments, ${(100 * share).toFixed(1)} % set again ${JSON.stringify(Object.fromEntries(outcomes))}; neighbours touched ${touched} of ${kept} characters\n`);
    expect(share).toBeGreaterThan(0.8);
    expect(touched / kept).toBeLessThan(0.002);
  }, 300_000);

  test('T3: what stands after a removed word, moved by 1.5 points either way, comes out at one place', () => {
    const results: string[] = [];
    eachPage((page, name) => {
      const words = wordsByHash(pageChars(page), name).slice(0, 25);
      const fair = words.flatMap(word => shifted(page, word) ?? []).slice(0, 3);
      results.push(...fair.map(isSame => `${isSame ? 'same' : 'other'} ${name}`));
    });
    const same = results.filter(result => result.startsWith('same')).length;
    process.stdout.write(`shift test: ${same} of ${results.length} the same; others: ${results.filter(result => result.startsWith('other')).join(', ')}\n`);
    expect(results.length).toBeGreaterThan(7);
    expect(same / results.length).toBeGreaterThan(0.9);
  }, 300_000);
});

/** Whether both shifts of the objects after a word give the page that no shift gives; undefined when the word has no such followers. */
function shifted(page: PdfPage, word: string): boolean | undefined {
  const chars = pageChars(page);
  const [hit] = findHits(chars, word);
  const followers = hit === undefined ? undefined : followersOf(chars, hit);
  if (hit === undefined || followers === undefined) return undefined;
  const at = (points: number) => moveRight(page, followers.objects, points, moved => {
    const now = pageChars(moved);
    const hits = findHits(now, word).slice(0, 1);
    const result = resetLines(page, { dpi, hits, chars: now });
    // A fair twin moves only what flows after the word, and parts or joins no words.
    return { result, isFair: textOf(now) === textOf(chars) && followers.chars.every(index => result.replaced.has(index)), plain: renderPage(page, dpi).rgba };
  });
  const [still, right, left] = [at(0), at(1.5), at(-1.5)];
  if (![still, right, left].every(({ isFair }) => isFair) || Buffer.compare(still.plain, right.plain) === 0) return undefined;
  // On a line that ends or balances at a fixed place, another name moves what stands before it: this shift is no twin of such a line.
  if (still.result.segments.some(segment => segment.outcome === 'reset' && (segment.anchor === 'right' || segment.anchor === 'centre'))) return undefined;
  const joins = (result: LinePage) => result.tokens.map(token => token.text).join(' ');
  if (still.result.tokens.length > 0 && [right, left].some(({ result }) => result.tokens.length > 0 && joins(result) !== joins(still.result))) return undefined;
  return [right, left].every(({ result }) => Buffer.compare(result.rgba, still.result.rgba) === 0);
}
