import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import * as z from 'zod';
import { failures, type FailureCode } from '../burn/failures.ts';
import { locatedPage, type LocatedPage } from '../burn/locate/located.ts';
import { mayHoldWordsFrom } from '../burn/locate/located.ts';
import { hitsOf, needlesOf } from '../burn/prepare.ts';
import { runChild, type ChildResult } from '../burn/run.ts';
import { findSpans, type Decided } from './findSpans.ts';
import type { RedactOptions } from './redactOptions.ts';

/** How one file ended; never holds a word of it. */
export interface FileOutcome {
  readonly file: string;
  readonly verdict: 'verified' | FailureCode;
  readonly outcome: 'verified' | 'refused' | 'failed';
  readonly reason?: string;
  readonly detail?: string;
  readonly output?: string;
  readonly certificate?: string;
  readonly pages: number;
  readonly redactions: number;
}

interface Task {
  readonly file: string;
  readonly folder: string;
  readonly name: string;
}

/** A failed task keeps its result; a located one its pages. */
type Step = { readonly task: Task; readonly pages: readonly LocatedPage[] } | { readonly task: Task; readonly ended: FileOutcome };

/** Redacts files side by side, each in processes of its own; one that fails stops no other. Works in a private folder that is removed. */
export async function redactFiles(options: RedactOptions, say: (line: string) => void): Promise<FileOutcome[]> {
  await mkdir(options.out, { recursive: true });
  const root = await mkdtemp(join(tmpdir(), 'redact-'));
  try {
    const tasks = await Promise.all(namesOf(options.files).map(async (name, index): Promise<Task> => {
      const folder = join(root, String(index));
      await mkdir(folder, { mode: 0o700 });
      return { file: options.files[index] ?? '', folder, name };
    }));
    const steps = await sideBySide(tasks, task => locateFile(task, options, say));
    const decided = findSpans(steps.flatMap(step => ('pages' in step ? [step.pages] : [])), options);
    const queue = decided.values();
    const plans = steps.map(step => ({ step, decided: 'pages' in step ? queue.next().value : undefined }));
    return await sideBySide(plans, ({ step, decided: plan }) => ('ended' in step || plan === undefined ? endOf(step) : burnFile(step.task, plan, options, say)));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function endOf(step: Step): Promise<FileOutcome> {
  if ('ended' in step) return Promise.resolve(step.ended);
  throw new Error('A located file has no decision');
}

/** Output names: the file's own without its extension, numbered when two files share one. */
function namesOf(files: readonly string[]): string[] {
  const taken = new Set<string>();
  return files.map(file => {
    const base = basename(file, extname(file));
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}-${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

async function locateFile(task: Task, options: RedactOptions, say: (line: string) => void): Promise<Step> {
  const found = await stat(task.file).catch(() => undefined);
  if (found?.isFile() !== true) return { task, ended: failed(task.file, 'unreadable', '') };
  const { password, terms } = options;
  const result = await runChild({ command: 'locate', folder: task.folder, input: task.file, terms: [...terms], ...(password !== undefined && { password }) },
    undefined, page => say(`reading ${basename(task.file)}, page ${page + 1}`));
  if (!result.ok) return { task, ended: failed(task.file, result.code, result.detail) };
  const lines = (await readFile(join(task.folder, 'pages.jsonl'), 'utf8')).split('\n').filter(line => line !== '');
  return { task, pages: lines.map(line => locatedPage.parse(JSON.parse(line))) };
}

async function burnFile(task: Task, decided: Decided, options: RedactOptions, say: (line: string) => void): Promise<FileOutcome> {
  const hits = hitsOf(decided.pages, decided.spansOf);
  const finished = join(task.folder, 'finished.pdf');
  const result = await runChild({
    command: 'finish', folder: task.folder, input: task.file, mode: options.mode, policy: options.policy, hits,
    mayHoldWords: decided.pages.filter(page => page.unreadText >= mayHoldWordsFrom).map(page => page.page),
    needles: needlesOf(decided.pages, hits, options.terms), output: finished, ...(options.password !== undefined && { password: options.password }),
  }, undefined, page => say(`burning ${basename(task.file)}, page ${page + 1}`));
  return deliver(task, result, { finished, out: options.out, redactions: hits.reduce((sum, hit) => sum + hit.spans.length, 0) });
}

const certificateHead = z.object({ verdict: z.string(), pages: z.array(z.unknown()) });

/** Puts a verified copy and its certificate into the output folder; of a copy that is not verified only the certificate. */
async function deliver(task: Task, result: ChildResult, { finished, out, redactions }: { finished: string; out: string; redactions: number }): Promise<FileOutcome> {
  if (!result.ok) return failed(task.file, result.code, result.detail);
  const { verdict, pages } = certificateHead.parse(result.value);
  const certificate = join(out, `${task.name}.certificate.json`);
  await writeFile(certificate, `${JSON.stringify(result.value, undefined, 2)}\n`);
  if (verdict !== 'verified') return { ...failed(task.file, 'verification-failed', ''), certificate };
  const output = join(out, `${task.name}.redacted.pdf`);
  await copyFile(finished, `${output}.new`);
  await rename(`${output}.new`, output);
  return { file: task.file, verdict: 'verified', outcome: 'verified', output, certificate, pages: pages.length, redactions };
}

function failed(file: string, verdict: FailureCode, detail: string): FileOutcome {
  const { outcome, sentence } = failures[verdict];
  return { file, verdict, outcome, reason: sentence, ...(detail !== '' && { detail }), pages: 0, redactions: 0 };
}

/** Runs work on all items, as many at once as there are cores (at most 4: each may take 1.5 GB); results in the items' order. */
async function sideBySide<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results = new Map<number, Result>();
  const entries = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of entries) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism(), Math.max(1, items.length)) }, lane));
  return items.flatMap((_, index) => { const result = results.get(index); return result === undefined ? [] : [result]; });
}
