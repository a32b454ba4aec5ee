import { ofOne, textOf, type FieldChange } from './edge.ts';
import type { EditFields } from './edited.ts';

/** A field as the 412 tells of it. */
interface Shown {
  readonly field: string;
  readonly by: string;
  readonly at: string;
  readonly before?: string;
  readonly after?: string;
  readonly collides: boolean;
}
interface EditOf { readonly by: string; readonly at: string; readonly changes: readonly FieldChange[] }

/**
 * What changed over these edits, oldest first, for somebody who saw the record before the first of them (3.11, S09): each field once, as they saw it and as it stands, with who changed it last. A field that
 * is again as it was is left out. It collides where the caller sends something else for it than what stands now.
 */
export function changesSince(edits: readonly EditOf[], mine: EditFields): Shown[] {
  const found = new Map<string, Omit<Shown, 'collides'>>();
  for (const { by, at, changes } of edits) {
    for (const { field, before, after } of changes) {
      const seen = found.has(field) ? found.get(field)?.before : before;
      found.set(field, { field, by, at, ...(seen !== undefined && { before: seen }), ...(after !== undefined && { after }) });
    }
  }
  return [...found.values()].filter(({ before, after }) => before !== after).map(change => ({ ...change, collides: collides(change, mine) }));
}

function collides({ field, after }: Omit<Shown, 'collides'>, { clear = [], ...given }: EditFields): boolean {
  const sent = new Map(Object.entries(given).filter(([name, value]) => value !== undefined && ofOne(name) === ofOne(field)));
  if (sent.has(field)) return textOf(sent.get(field)) !== after;
  // "Not known", an age for a date: another way of saying the same field is not what stands now.
  return sent.size > 0 || clear.some(name => ofOne(name) === ofOne(field) && after !== undefined);
}
