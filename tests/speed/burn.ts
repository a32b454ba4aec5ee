import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { closeDocument } from '../../functions/redaction/pdfium/document.ts';
import { openPdfium, type Pdfium } from '../../functions/redaction/pdfium/library.ts';
import { closePage, openPage } from '../../functions/redaction/pdfium/page.ts';
import { renderPage } from '../../functions/redaction/pdfium/render.ts';
import { openSource, type Source } from '../../functions/redaction/burn/intake/openSource.ts';
import { locatedPage } from '../../functions/redaction/burn/locate/located.ts';
import { locate } from '../../functions/redaction/burn/locate/locate.ts';
import { enginePaths } from '../../functions/redaction/burn/paths.ts';
import { hitsOf, needlesOf } from '../../functions/redaction/burn/prepare.ts';
import { finish } from '../../functions/redaction/burn/tasks.ts';
import { median } from './figures.ts';
import { inFolder } from '../redaction/burn/engine.ts';

/** What the bars of redaction.md 7 are measured by. */
export interface BurnFigures {
  /** Affected pages a second of processor time, from reading to the verified file. */
  readonly pagesPerSecond: number;
  /** Time of a page over PDFium's bare render of it at 150 dpi in the same run: the floor. */
  readonly timesTheRender: number;
  readonly kilobytesPerPage: number;
}

const pages = 16;
const rounds = 6;
const name = 'Dilys Ashgrove';

/** Prints the figures of burning text pages with three hits each on one core, everything included but the start of the process. */
export async function benchBurn(print: (line: string) => void): Promise<BurnFigures> {
  const figures = await inFolder(async folder => {
    await writeFile(join(folder, 'input.pdf'), await statements());
    const pdfium = await openPdfium(enginePaths().wasm);
    const taken: { bare: number; whole: number }[] = [];
    for (let round = 0; round < rounds; round += 1) taken.push(await measure(pdfium, folder));
    // The first round warms the engine up.
    const middle = (of: (round: { bare: number; whole: number }) => number) => median(taken.slice(1).map(of));
    const whole = middle(round => round.whole);
    return { pagesPerSecond: 1000 / whole, timesTheRender: whole / middle(round => round.bare), kilobytesPerPage: (await stat(join(folder, 'out.pdf'))).size / 1024 / pages };
  });
  print(`burn: ${figures.pagesPerSecond.toFixed(1)} affected pages/s/core at 150 dpi (bar 8), ${figures.timesTheRender.toFixed(1)} times PDFium's bare render`);
  print(`burn: ${figures.kilobytesPerPage.toFixed(0)} KB a text page (bar 130)`);
  return figures;
}

/** Milliseconds of processor time a page: the render alone, and all from reading the text to the verdict. */
async function measure(pdfium: Pdfium, folder: string): Promise<{ bare: number; whole: number }> {
  const input = join(folder, 'input.pdf');
  const source = openSource(pdfium, input, undefined);
  try {
    const bare = await processorTime(() => { renderAll(source); });
    const whole = await processorTime(() => burnAll(source, folder, input));
    return { bare: bare / pages, whole: whole / pages };
  } finally {
    closeDocument(source.document);
  }
}

function renderAll(source: Source): void {
  for (let index = 0; index < source.pages; index += 1) {
    const page = openPage(source.document, index);
    renderPage(page, 150);
    closePage(page);
  }
}

async function burnAll(source: Source, folder: string, input: string): Promise<void> {
  locate(source, { command: 'locate', folder, input, terms: [name] }, () => undefined);
  const lines = (await readFile(join(folder, 'pages.jsonl'), 'utf8')).split('\n').filter(line => line !== '');
  const located = lines.map(line => locatedPage.parse(JSON.parse(line)));
  const hits = hitsOf(located, page => page.terms);
  const certificate = await finish(source, {
    command: 'finish', folder, input, mode: 'disclosure', policy: 'bench', hits, needles: needlesOf(located, hits, [name]), output: join(folder, 'out.pdf'),
  }, () => undefined);
  if (certificate.verdict !== 'verified' || certificate.totals.segmentsReset !== 3 * pages) throw new Error('The bench document was not burnt as it should be');
}

async function processorTime(work: () => Promise<void> | void): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Pages of about 500 words at 11 point. */
async function statements(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let page = 0; page < pages; page += 1) {
    const sheet = document.addPage([595, 842]);
    for (let row = 0; row < 45; row += 1) {
      const who = row % 15 === 7 ? name : 'the driver';
      sheet.drawText(`On day ${page + 1} at ${row + 10} minutes past I saw ${who} near the library, walking to the old station.`, { x: 60, y: 780 - 16 * row, size: 11, font });
    }
  }
  return document.save();
}

if (process.argv[1] === import.meta.filename) await benchBurn(line => process.stdout.write(`${line}\n`));
