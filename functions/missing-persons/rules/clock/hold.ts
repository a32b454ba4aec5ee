/**
 * Clocks of a task that waits because the person was reported found (missing-persons.md 2.5 HOLD, 2.3 C7, 15.1 items 2 and 3, DES). A due time, of elapsed kind or of the
 * calendar, freezes as the elapsed time that was left; a hard limit of law or agreement (PNC 48 h, UKMPU 72 h) never freezes.
 */

/** Milliseconds that were left when the task was put on hold; below zero when it was late already, so that being late is not forgiven by a hold. */
export function remaining(dueAt: string, heldAt: string): number {
  return Date.parse(dueAt) - Date.parse(heldAt);
}

/** The due time after a hold: what was left, from the resumption, and never later than the hard limit. Servers' clocks may differ by a little: a hold never shortens a time. */
export function resumeAt(dueAt: string, heldAt: string, resumedAt: string, hardDueAt?: string): string {
  const held = Math.max(0, Date.parse(resumedAt) - Date.parse(heldAt));
  const due = new Date(Date.parse(dueAt) + held).toISOString();
  return hardDueAt === undefined ? due : earliest(due, hardDueAt);
}

/** The due time after a raise of the level: the sooner of the old one and the new level's (15.1 item 2). */
export function earliest(first: string, ...others: readonly string[]): string {
  return others.reduce((soonest, other) => (Date.parse(other) < Date.parse(soonest) ? other : soonest), first);
}
