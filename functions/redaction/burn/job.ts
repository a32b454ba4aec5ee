import * as z from 'zod';
import { burnModes } from './types.ts';

const box = z.strictObject({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() });
const range = { from: z.int().min(0).optional(), to: z.int().min(0).optional() };
const source = { folder: z.string(), input: z.string(), password: z.string().optional() };

/** What is to be hidden on a page: pieces of its text (UTF-16 offsets) and rectangles drawn by a person. `textHash` fences the offsets. */
export const pageHits = z.strictObject({
  page: z.int().min(0), textHash: z.string(),
  spans: z.array(z.strictObject({ start: z.int().min(0), end: z.int().min(0) })),
  boxes: z.array(box),
});
export type PageHits = z.infer<typeof pageHits>;

/** A string that must be gone; `allowed` is how often it was decided to stay elsewhere in the document; `isWhole` = only as whole words. */
export const needle = z.strictObject({ text: z.string(), allowed: z.int().min(0), isWhole: z.boolean() });
export type Needle = z.infer<typeof needle>;

const burning = {
  mode: z.enum(burnModes), hits: z.array(pageHits), needles: z.array(needle), policy: z.string(),
  /** Pages (0-based) on which `locate` saw a few letters that nothing has read; the certificate names them. */
  mayHoldWords: z.array(z.int().min(0)).optional(),
};

/** The commands of the child process. Paths are absolute; results are files in `folder` and one JSON reply. */
export const job = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('locate'), ...source, ...range, terms: z.array(z.string()) }),
  z.strictObject({ command: z.literal('burn'), ...source, ...range, ...burning, part: z.string() }),
  z.strictObject({ command: z.literal('assemble'), ...source, ...burning, parts: z.array(z.string()), output: z.string() }),
  z.strictObject({ command: z.literal('finish'), ...source, ...burning, output: z.string() }),
]);
export type Job = z.infer<typeof job>;
export type LocateJob = Extract<Job, { command: 'locate' }>;
export type BurnJob = Extract<Job, { command: 'burn' }>;
export type AssembleJob = Extract<Job, { command: 'assemble' }>;
export type FinishJob = Extract<Job, { command: 'finish' }>;
