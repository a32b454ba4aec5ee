import * as z from 'zod';
import type { DecisionEntry, Document } from './state.ts';

/** A suggestion as it is kept in the immutable blob of a version. Offsets are UTF-16 units of the page's text, end exclusive. */
export const suggestion = z.strictObject({
  suggestionId: z.string(),
  /** From 0. */
  page: z.int(),
  start: z.int(),
  end: z.int(),
  text: z.string(),
  /** Keyed by the bundle, so that equal texts can be decided together and the hash says nothing outside. */
  textHash: z.string(),
  type: z.string(),
  role: z.string(),
  source: z.enum(['rule', 'model', 'memory', 'term', 'language-model', 'person']),
  score: z.number(),
  action: z.enum(['auto', 'review']),
  /** Where it stands, in points from the top left of the page as shown. */
  boxes: z.array(z.strictObject({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() })),
});
export type Suggestion = z.infer<typeof suggestion>;

/** The blob of a version: written once, named by its own hash. */
export const suggestionBlob = z.strictObject({ suggestions: z.array(suggestion) });

/** What was decided when a version was approved: the burner's input, frozen so that what was approved is what is burnt. */
export const frozen = z.strictObject({
  spans: z.array(z.strictObject({ page: z.int(), start: z.int(), end: z.int() })),
  boxes: z.array(z.strictObject({ page: z.int(), left: z.number(), top: z.number(), right: z.number(), bottom: z.number() })),
  leftReadable: z.int(),
});
export type Frozen = z.infer<typeof frozen>;

/** What approval freezes: accepted suggestions and added marks. Pages count from 0 here, as in the engine. */
export function freeze(suggestions: readonly Suggestion[], document: Pick<Document, 'decisions' | 'marks'>): Frozen {
  const decided = decisionsOf(suggestions, document.decisions);
  const accepted = suggestions.filter((_, n) => decided[n]?.decision === 'accepted');
  const marked = document.marks.flatMap(({ page, start, end }) => (start === undefined || end === undefined ? [] : [{ page: page - 1, start, end }]));
  const boxes = document.marks.flatMap(({ page, x, y, width, height }) => (
    x === undefined || y === undefined || width === undefined || height === undefined ? [] : [{ page: page - 1, left: x, top: y, right: x + width, bottom: y + height }]));
  return { spans: [...accepted.map(({ page, start, end }) => ({ page, start, end })), ...marked], boxes, leftReadable: decided.filter(entry => entry?.decision === 'rejected').length };
}

type Key = Pick<Suggestion, 'suggestionId' | 'textHash' | 'action'>;

/** Every suggestion's decision: the newest entry of the log that names it, its text, or all that are sure. */
export function decisionsOf(suggestions: readonly Key[], log: readonly DecisionEntry[]): (DecisionEntry | undefined)[] {
  const byId = new Map<string, number>();
  const byText = new Map<string, number>();
  log.forEach((entry, n) => {
    if (entry.suggestionId !== undefined) byId.set(entry.suggestionId, n);
    if (entry.textHash !== undefined) byText.set(entry.textHash, n);
  });
  return suggestions.map(({ suggestionId, textHash }) => {
    const newest = Math.max(byId.get(suggestionId) ?? -1, byText.get(textHash) ?? -1);
    return newest < 0 ? undefined : log[newest];
  });
}

export function undecidedCount(suggestions: readonly Key[], log: readonly DecisionEntry[]): number {
  return decisionsOf(suggestions, log).filter(entry => entry === undefined).length;
}

/** Adds a range of pages (from 1, closed) to sorted, disjoint ranges. */
export function addRange(ranges: Document['viewed'], from: number, to: number): Document['viewed'] {
  const all = [...ranges, [from, to] satisfies [number, number]].sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of all) {
    const last = merged.at(-1);
    if (last && start <= last[1] + 1) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

export function pagesNotViewed(document: Pick<Document, 'pages' | 'viewed'>): number {
  return document.pages - document.viewed.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, document.pages) - from + 1), 0);
}
