import type { Review } from './review.ts';

/** Something of the case with its id and when it came to be: no words of it. */
export interface Digest { readonly id: string; readonly at: string }
export type DigestKind = 'information' | 'tasksOpened' | 'tasksClosed' | 'assessments' | 'searches' | 'notices' | 'decisions' | 'contacts' | 'hypotheses' | 'flags' | 'moves';

export interface ReviewDigest {
  /** Of the review before; absent at the first, when everything counts. */
  readonly since?: string;
  readonly changes: Readonly<Partial<Record<DigestKind, { readonly count: number; readonly ids: readonly string[] }>>>;
  readonly isUnchanged: boolean;
}

/** What changed since the last review that was held (5.2: the reviewer sees the difference). Counts and ids, in the order in which they came. */
export function reviewDigest(reviews: readonly Review[], digests: Readonly<Partial<Record<DigestKind, readonly Digest[]>>>): ReviewDigest {
  const since = reviews.flatMap(({ state, doneAt, satisfiedBy }) => (state === 'DONE' && satisfiedBy === undefined && doneAt !== undefined ? [doneAt] : [])).sort().at(-1);
  const changes = Object.fromEntries(Object.entries(digests).flatMap(([kind, items]) => {
    const ids = items.filter(({ at }) => since === undefined || at > since).sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ id }) => id);
    return ids.length > 0 ? [[kind, { count: ids.length, ids }]] : [];
  }));
  return { ...(since !== undefined && { since }), changes, isUnchanged: Object.keys(changes).length === 0 };
}
