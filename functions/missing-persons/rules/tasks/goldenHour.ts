import type { Task } from './task.ts';

export interface GoldenHour {
  readonly done: number;
  readonly total: number;
  /** T_REPORTED + 60 min has passed: a number of quality that changes no more. */
  readonly isFrozen: boolean;
}

/** Actions of the first hour, done out of all (glossary). What happens after T_REPORTED + 60 min does not count, whenever it is asked; what was cancelled or did not apply by then is no part of it. */
export function goldenHour(tasks: readonly Task[], reportedAt: string, now: string): GoldenHour {
  const end = new Date(Date.parse(reportedAt) + 3_600_000).toISOString();
  const at = now < end ? now : end;
  const counted = tasks.filter(item => item.goldenHour && item.openedAt <= at && !isDropped(item, at));
  return { done: counted.filter(({ state, doneAt }) => state === 'DONE' && doneAt !== undefined && doneAt <= at).length, total: counted.length, isFrozen: now >= end };
}

function isDropped({ state, doneAt }: Task, at: string): boolean {
  return (state === 'CANCELLED' || state === 'CANCELLED_FOUND' || state === 'NOT_APPLICABLE') && doneAt !== undefined && doneAt <= at;
}
