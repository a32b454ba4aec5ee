import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { Permanent } from '../../shared/case/room.ts';
import type { Job, Needle, PageHits } from './burn/job.ts';
import { located, locatedPage, type LocatedPage } from './burn/locate/located.ts';
import { runChild } from './burn/run.ts';
import type { BurnMode } from './burn/types.ts';

/** What is burnt, whichever slice of it. */
export interface Burning {
  readonly mode: BurnMode;
  readonly policy: string;
  readonly hits: PageHits[];
  readonly needles: Needle[];
  /** Pages (from 0) on which a picture may hold a few words that nothing has read; the certificate names them. */
  readonly mayHoldWords: number[];
}

const outcome = z.object({ verdict: z.string() });

/**
 * The document engine as the work handlers use it: each call gives one document to a child process in a folder that is gone afterwards, whatever happened.
 * @throws Permanent with a code of `burn/failures.ts` when the document cannot be done.
 */
export async function locateDocument(original: Uint8Array, terms: readonly string[]): Promise<{ pages: LocatedPage[]; mayHoldWords: readonly number[] }> {
  return await inFolder(original, async (folder, input) => {
    const found = located.parse(await child({ command: 'locate', folder, input, terms: [...terms] }));
    const pages: LocatedPage[] = [];
    for await (const line of createInterface({ input: createReadStream(join(folder, 'pages.jsonl')) })) pages.push(locatedPage.parse(JSON.parse(line)));
    return { pages, mayHoldWords: found.mayHoldWords };
  });
}

/** Burns pages `from` to `to` (exclusive) into a part file and returns it. */
export async function burnPages(original: Uint8Array, burning: Burning, from: number, to: number): Promise<Uint8Array> {
  return await inFolder(original, async (folder, input) => {
    const part = join(folder, 'part.bin');
    await child({ command: 'burn', folder, input, from, to, part, ...burning });
    return await readFile(part);
  });
}

/** Puts the parts together and has the result verified; without a clean verdict there is no result. */
export async function assembleParts(original: Uint8Array, burning: Burning, parts: readonly Uint8Array[]): Promise<{ output: Uint8Array; certificate: Uint8Array }> {
  return await inFolder(original, async (folder, input) => {
    const files = parts.map((_, n) => join(folder, `part-${n}.bin`));
    await Promise.all(parts.map((part, n) => writeFile(files[n] ?? '', part, { mode: 0o600 })));
    const output = join(folder, 'output.pdf');
    const certificate = await child({ command: 'assemble', folder, input, parts: files, output, ...burning });
    if (outcome.parse(certificate).verdict !== 'verified') throw new Permanent('verification-failed');
    return { output: await readFile(output), certificate: Buffer.from(JSON.stringify(certificate)) };
  });
}

async function child(job: Job): Promise<unknown> {
  const result = await runChild(job);
  if (!result.ok) throw new Permanent(result.code);
  return result.value;
}

async function inFolder<T>(original: Uint8Array, use: (folder: string, input: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'redaction-'));
  try {
    const input = join(folder, 'input');
    await writeFile(input, original, { mode: 0o600 });
    return await use(folder, input);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
