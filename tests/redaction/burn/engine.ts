import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { locatedPage, type LocatedPage } from '../../../functions/redaction/burn/locate/located.ts';
import { hitsOf, needlesOf } from '../../../functions/redaction/burn/prepare.ts';
import { runChild, type ChildResult } from '../../../functions/redaction/burn/run.ts';
import type { BurnMode } from '../../../functions/redaction/burn/types.ts';

export const certificate = z.looseObject({
  verdict: z.string(), residual: z.array(z.string()), warnings: z.array(z.string()),
  pages: z.array(z.looseObject({ page: z.int(), regions: z.array(z.unknown()), picture: z.string(), dpi: z.number(), level: z.int() })),
  totals: z.looseObject({ regions: z.int(), segmentsReset: z.int(), segmentsBoxed: z.int(), labels: z.int() }),
  output: z.object({ sha256: z.string(), bytes: z.int() }), input: z.looseObject({ sha256: z.string() }),
});

export interface Burnt {
  readonly pages: readonly LocatedPage[];
  readonly output: Buffer;
  readonly certificate: z.infer<typeof certificate>;
}

/** Locates and burns through the real child process; `undefined` output stands for a failure of the first step. */
export async function redact(source: Uint8Array, terms: string[], options: { mode?: BurnMode; password?: string } = {}): Promise<Burnt> {
  return inFolder(async folder => {
    const found = await locateIn(folder, source, terms, options.password);
    if (!found.ok) throw new Error(found.code);
    const pages = await readPages(folder);
    const hits = hitsOf(pages, page => page.terms);
    const output = join(folder, 'out.pdf');
    const burnt = await runChild({
      command: 'finish', folder, input: join(folder, 'input'), mode: options.mode ?? 'disclosure', policy: 'disclosure-to-CPS', hits,
      needles: needlesOf(pages, hits, terms), output, ...(options.password !== undefined && { password: options.password }),
    });
    if (!burnt.ok) throw new Error(burnt.code);
    return { pages, output: await readFile(output), certificate: certificate.parse(burnt.value) };
  });
}

export async function locate(source: Uint8Array, terms: string[] = [], password?: string): Promise<ChildResult> {
  return inFolder(folder => locateIn(folder, source, terms, password));
}

export async function locateIn(folder: string, source: Uint8Array, terms: string[], password?: string): Promise<ChildResult> {
  await writeFile(join(folder, 'input'), source);
  return runChild({ command: 'locate', folder, input: join(folder, 'input'), terms, ...(password !== undefined && { password }) });
}

export async function readPages(folder: string): Promise<LocatedPage[]> {
  const lines = (await readFile(join(folder, 'pages.jsonl'), 'utf8')).split('\n').filter(line => line !== '');
  return lines.map(line => locatedPage.parse(JSON.parse(line)));
}

export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'burn-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
