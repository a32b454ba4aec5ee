import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeDocument } from '../pdfium/document.ts';
import { openPdfium } from '../pdfium/library.ts';
import { DocumentFailure } from './failures.ts';
import { openSource } from './intake/openSource.ts';
import { job, type Job } from './job.ts';
import { locate } from './locate/locate.ts';
import { enginePaths } from './paths.ts';
import { burnPart, assembleParts, finish } from './tasks.ts';

// One document a process: PDFium's heap never shrinks, and what kills this process must not kill its caller.
// Called as `node child.ts FOLDER`; reads FOLDER/job.json, writes FOLDER/result.json, tells its parent the page it is at.
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: child FOLDER');
// A parent that is gone needs no answer, and nobody would stop this process.
process.once('disconnect', () => process.exit(1));
const result = await answer(job.parse(JSON.parse(readFileSync(join(folder, 'job.json'), 'utf8'))));
writeFileSync(join(folder, 'result.json.new'), JSON.stringify(result));
renameSync(join(folder, 'result.json.new'), join(folder, 'result.json'));
process.removeAllListeners('disconnect');
if (process.connected) process.disconnect();

/** A failure that is the document's is an answer; any other error ends the process and the parent reports `engine-crash`. */
async function answer(command: Job): Promise<object> {
  try {
    return { ok: true, value: await run(command) };
  } catch (error) {
    if (error instanceof DocumentFailure) return { ok: false, code: error.code, detail: error.detail };
    throw error;
  }
}

async function run(command: Job): Promise<object> {
  const source = openSource(await openPdfium(enginePaths().wasm), command.input, command.password);
  const beat = (page: number): void => void process.send?.({ page });
  try {
    switch (command.command) {
      case 'locate': return locate(source, command, beat);
      case 'burn': return await burnPart(source, command, beat);
      case 'assemble': return await assembleParts(source, command, beat);
      case 'finish': return await finish(source, command, beat);
    }
  } finally {
    closeDocument(source.document);
  }
}
