import { join } from 'node:path';
import { certificateOf, type Certificate } from './certificate.ts';
import type { Source } from './intake/openSource.ts';
import type { AssembleJob, BurnJob, FinishJob } from './job.ts';
import type { BurntPage, PageRecord } from './record.ts';
import { assemble } from './write/assemble.ts';
import { burnPage } from './write/burnPage.ts';
import { openPartWriter, readParts } from './write/part.ts';
import { verify, type Verification } from './verify/verify.ts';

type Beat = (page: number) => void;
type Levels = ReadonlyMap<number, 0 | 1 | 2>;

/** Burns a range of pages into a part file. */
export async function burnPart(source: Source, job: BurnJob, beat: Beat): Promise<{ part: string; pages: number }> {
  const from = job.from ?? 0;
  const to = Math.min(source.pages, job.to ?? Infinity);
  await burnInto(job.part, source, { job, pages: Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at), levels: new Map(), beat });
  return { part: job.part, pages: to - from };
}

interface Burning {
  readonly job: BurnJob | AssembleJob | FinishJob;
  readonly pages: readonly number[];
  readonly levels: Levels;
  readonly beat: Beat;
}

async function burnInto(part: string, source: Source, { job, pages, levels, beat }: Burning): Promise<void> {
  const hits = new Map(job.hits.map(each => [each.page, each]));
  const writer = openPartWriter(part);
  try {
    for (const page of pages) {
      beat(page);
      writer.add(await burnPage(source.document, page, { mode: job.mode, hits: hits.get(page), level: levels.get(page) ?? 0 }));
    }
  } finally {
    writer.close();
  }
}

/** Burns, puts together and verifies a whole document in one go. */
export async function finish(source: Source, job: FinishJob, beat: Beat): Promise<Certificate> {
  const part = join(job.folder, 'part.bin');
  await burnInto(part, source, { job, pages: Array.from({ length: source.pages }, (_, at) => at), levels: new Map(), beat });
  return assembleParts(source, { ...job, command: 'assemble', parts: [part] }, beat);
}

/**
 * Puts part files together and verifies the result. A page with a finding is burnt again with whole lines hidden, then without a text
 * layer; what still fails is `verification-failed` and nobody gets it (redaction.md 4: fail closed, escalate).
 */
export async function assembleParts(source: Source, job: AssembleJob, beat: Beat): Promise<Certificate> {
  const levels = new Map<number, 0 | 1 | 2>();
  const parts = [...job.parts];
  for (let round = 0; ; round += 1) {
    const { records, ...output } = assemble(latest(parts), job.output);
    const verification = await verify(source.document.pdfium, job.output, records, { needles: job.needles, beat });
    const certificate = () => certificateOf({ source, mode: job.mode, policy: job.policy, mayHoldWords: job.mayHoldWords ?? [], records, output, verification, escalations: round });
    const raised = raise(verification, records, levels);
    if (raised.length === 0 || round === 2) return certificate();
    const part = join(job.folder, `escalated-${round}.bin`);
    await burnInto(part, source, { job, pages: raised, levels, beat });
    parts.push(part);
  }
}

/** Raises the level of the pages with findings; a finding of the whole file raises none, because no page is to blame. */
function raise({ findings }: Verification, records: readonly PageRecord[], levels: Map<number, 0 | 1 | 2>): number[] {
  const pages = [...new Set(findings.flatMap(finding => finding.page ?? []))].toSorted((a, b) => a - b);
  const raised = pages.filter(page => (records[page]?.level ?? 2) < 2);
  for (const page of raised) levels.set(page, levels.get(page) === 1 ? 2 : 1);
  return raised;
}

/** The last burning of each page, in page order; streams are read when their turn comes, so memory holds one page. */
function* latest(parts: readonly string[]): Generator<BurntPage> {
  const base = parts.filter(part => !part.includes('escalated-'));
  const again = parts.filter(part => part.includes('escalated-'));
  const replaced = new Map<number, BurntPage>();
  for (const page of readParts(again)) replaced.set(page.record.page, page);
  for (const page of readParts(base)) yield replaced.get(page.record.page) ?? page;
}
