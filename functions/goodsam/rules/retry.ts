import { plusSeconds } from './due.ts';
import type { Priority } from './terms.ts';

/** How long one call to the provider may take: what P0 allows (21.18), and the others wait no longer. */
export const p0TimeoutSeconds = 5;

const delays: Readonly<Record<Priority, readonly number[]>> = {
  P0_LIVE: [2],
  P1_SAME_HOUR: [60, 300, 540],
  P2_APPOINTMENT: [60, 300, 900],
  P3_ROUTINE: [60, 300, 900],
};
const THEN_EVERY = 900;

/** Next try with the same key, or the end: SEND_FAILED (P0, P1) or EXPIRED (P2, P3, once `dueAt` has come). */
export type Retry = { readonly kind: 'AGAIN'; readonly at: string } | { readonly kind: 'GIVE_UP'; readonly to: 'SEND_FAILED' | 'EXPIRED' };

export interface FailedTry {
  readonly priority: Priority;
  /** Tries made, 1 after the first. */
  readonly tries: number;
  readonly failedAt: string;
  readonly dueAt: string;
  /** Seconds of the answer's Retry-After; it wins over our own delay, also when it is shorter. */
  readonly retryAfter?: number | undefined;
}

/**
 * When to try again after a retryable failure of the provider (T7 as changed by 21.18). P0 tries once more after 2 s, P1 three times more
 * (after 1, 5 and 9 min, 15 min in all), P2 and P3 until `dueAt`. A try that Retry-After puts beyond P0's and P1's patience, or beyond `dueAt`, is not made.
 */
export function nextTry(failed: FailedTry): Retry {
  const own = delays[failed.priority][failed.tries - 1];
  const patient = failed.priority === 'P2_APPOINTMENT' || failed.priority === 'P3_ROUTINE';
  if (own === undefined && !patient) return { kind: 'GIVE_UP', to: 'SEND_FAILED' };
  const wait = failed.retryAfter ?? own ?? THEN_EVERY;
  const at = plusSeconds(failed.failedAt, wait);
  if (!patient && wait > patience(failed.priority)) return { kind: 'GIVE_UP', to: 'SEND_FAILED' };
  return Date.parse(at) < Date.parse(failed.dueAt) ? { kind: 'AGAIN', at } : { kind: 'GIVE_UP', to: patient ? 'EXPIRED' : 'SEND_FAILED' };
}

/** The longest wait that still helps: a caller on the line is told to use another way at once (A25). */
function patience(priority: Priority): number {
  return priority === 'P0_LIVE' ? 10 : 900;
}
