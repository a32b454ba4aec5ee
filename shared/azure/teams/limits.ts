import { TeamsError } from '../teams.ts';

/** At most `max` calls in any `perMs` milliseconds. */
export interface Window {
  readonly max: number;
  readonly perMs: number;
}

/** Limits of a bot in one conversation, and of an app in one tenant (power-platform-and-teams.md 4.3). */
export const conversationWindows: readonly Window[] = [{ max: 7, perMs: 1_000 }, { max: 8, perMs: 2_000 }, { max: 60, perMs: 30_000 }, { max: 1_800, perMs: 3_600_000 }];
export const appWindows: readonly Window[] = [{ max: 30, perMs: 1_000 }];
/** sendActivityNotification, one app in one tenant. */
export const alertWindows: readonly Window[] = [{ max: 5, perMs: 1_000 }];

/** A queue message that waits longer than this is better given back. */
const longestWaitMs = 30_000;
const keysKept = 5_000;

export interface Limiter {
  /** Takes the next free place under this key. Returns the milliseconds to wait for it. @throws TeamsError throttled, and then no place is taken. */
  take(key: string): number;
}

/** Keeps this process under the limits, first come first served. Other instances of the app have limiters of their own, so a 429 is still possible. */
export function limiter(windows: readonly Window[], now: () => Date): Limiter {
  const taken = new Map<string, number[]>();
  const longest = Math.max(...windows.map(({ perMs }) => perMs));
  return {
    take: key => {
      const at = now().getTime();
      const before = (taken.get(key) ?? []).filter(time => time > at - longest);
      const free = windows.map(({ max, perMs }) => (before[before.length - max] ?? -Infinity) + perMs);
      const next = Math.max(at, before.at(-1) ?? at, ...free);
      if (next - at > longestWaitMs) throw new TeamsError('throttled', 'our own limit for Teams is reached', next - at);
      taken.delete(key);
      taken.set(key, [...before, next]);
      forget(taken, at - longest);
      return next - at;
    },
  };
}

/** Conversations without a call in the longest window need no memory; they are at the front, for each call moves its own to the end. */
function forget(taken: Map<string, number[]>, before: number): void {
  for (const [key, times] of taken) {
    if (taken.size <= keysKept || (times.at(-1) ?? 0) > before) return;
    taken.delete(key);
  }
}
