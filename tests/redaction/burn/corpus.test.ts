import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hitsOf, needlesOf } from '../../../functions/redaction/burn/prepare.ts';
import { runChild } from '../../../functions/redaction/burn/run.ts';
import { decodePicture } from '../../../functions/redaction/burn/verify/pixels.ts';
import { readFinished } from '../../../functions/redaction/burn/verify/readFinished.ts';
import { failures, isFailureCode } from '../../../functions/redaction/burn/failures.ts';
import { certificate, inFolder, locateIn, readPages, redact } from './engine.ts';
import { decodedStreams, everything, sentinel } from './samples.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/documents');
const files = existsSync(folder) ? readdirSync(folder).filter(file => file.endsWith('.pdf')) : [];
const when = files.length > 0 ? it : it.skip;

/** How a file ends when the longest plain word of its first page with one is redacted. */
async function endOf(file: string): Promise<{ end: string; word: string; output: Buffer | undefined }> {
  const source = await readFile(join(folder, file));
  return inFolder(async work => {
    const first = await locateIn(work, source, []);
    if (!first.ok) return { end: first.code, word: '', output: undefined };
    const words = (await readPages(work)).flatMap(page => page.text.match(/\b[A-Za-z]{5,}\b/g) ?? []);
    const word = words.toSorted((a, b) => b.length - a.length || a.localeCompare(b))[0] ?? sentinel;
    await locateIn(work, source, [word]);
    const pages = await readPages(work);
    const hits = hitsOf(pages, page => page.terms);
    const output = join(work, 'out.pdf');
    const result = await runChild({ command: 'finish', folder: work, input: join(work, 'input'), mode: 'disclosure', policy: 'x', hits, needles: needlesOf(pages, hits, [word]), output });
    if (!result.ok) return { end: result.code, word, output: undefined };
    return { end: certificate.parse(result.value).verdict, word, output: await readFile(output) };
  });
}

describe('the documents of the shared corpus', () => {
  when('each end verified, with the word gone, or clearly refused', async () => {
    const ends: Record<string, string> = {};
    const leaks: string[] = [];
    for (const file of files) {
      const { end, word, output } = await endOf(file);
      ends[file] = end;
      if (output !== undefined) leaks.push(...((await decodedStreams(output)).toLowerCase().includes(word.toLowerCase()) ? [file] : []));
    }
    const bad = Object.entries(ends).filter(([, end]) => end !== 'verified' && !(isFailureCode(end) && failures[end].outcome === 'refused'));
    expect(bad).toEqual([]);
    expect(leaks).toEqual([]);
    expect(Object.values(ends).filter(end => end === 'verified').length).toBeGreaterThanOrEqual(36);
  }, 900_000);

  when('leave none of the 41 sentinels of the hostile file', async () => {
    const source = await readFile(join(folder, 'generated__hostile-41-sentinels.pdf'));
    const { output, certificate: { verdict } } = await redact(source, [sentinel]);
    expect(verdict).toBe('verified');
    expect(await everything(output)).not.toMatch(/kestrel/i);
  }, 120_000);

  when('lose what the hostile file hides also when only its second page is hit', async () => {
    const source = await readFile(join(folder, 'generated__hostile-41-sentinels.pdf'));
    const { output, certificate: { verdict }, pages } = await redact(source, ['clean']);
    expect(pages.map(page => page.terms.length)).toEqual([0, 1]);
    expect(verdict).toBe('verified');
    const left = new Set((await everything(output)).match(/KESTREL\d\d/g));
    // What a reader sees on the page and nobody asked to take out: plain lines, forms, an appearance and a field.
    expect([...left].toSorted()).toEqual(['KESTREL01', 'KESTREL04', 'KESTREL05', 'KESTREL10', 'KESTREL11', 'KESTREL12', 'KESTREL19', 'KESTREL25']);
  }, 120_000);

  when('stay readable when an office scanner made them, in strict boxes, and the certificate names the layer', async () => {
    const source = await readFile(join(folder, 'pypdf__resources__Seige_of_Vicksburg_Sample_OCR.pdf'));
    const { output, certificate: made } = await redact(source, ['Johnston']);
    expect(made.verdict).toBe('verified');
    expect(made.warnings.join(' ')).toContain("document's own hidden text recognition");
    expect(made.totals.segmentsReset).toBe(0);
    for (const page of readFinished(output).pages) {
      const { grey } = await decodePicture(page.image);
      const light = grey.reduce((count, value) => count + (value > 200 ? 1 : 0), 0) / grey.length;
      expect(light).toBeGreaterThan(0.7);
      expect(light).toBeLessThan(0.99);
    }
  }, 240_000);

  when('are refused for text that nothing has read', async () => {
    await inFolder(async work => {
      await writeFile(join(work, 'x'), '');
      const result = await locateIn(work, await readFile(join(folder, 'pdfplumber__tests__pdfs__image_structure.pdf')), []);
      expect(result).toMatchObject({ ok: false, code: 'needs-ocr' });
    });
  }, 120_000);
});
