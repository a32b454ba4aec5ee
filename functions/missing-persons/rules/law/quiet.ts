import type { MissingRecord } from '../../state.ts';

/** What steps write of themselves, and what nothing is derived from. */
const ownWork: ReadonlySet<string> = new Set<keyof MissingRecord>(['tasks', 'pages', 'owed', 'nextId', 'late', 'notices', 'reviews', 'reviewMarks', 'reviewsSettled', 'nextReviewAt', 'refusal']);

/**
 * Did this step leave everything as it was from which levels, tasks and reviews follow? So it is with nearly every timer: what was derived a minute ago need not be derived again. Parts of a record are
 * never changed in place, so that the same object is the same content.
 */
export function isQuiet(before: MissingRecord | undefined, record: MissingRecord): boolean {
  if (!before || before.tasks.length !== record.tasks.length) return false;
  const [was, is]: readonly Readonly<Record<string, unknown>>[] = [before, record];
  const isSame = Object.keys({ ...was, ...is }).every(key => ownWork.has(key) || was?.[key] === is?.[key]);
  return isSame && record.tasks.every((task, n) => task.state === before.tasks[n]?.state);
}
