/** The time that timers go by: the real one, or one that a test sets. It is not the app's time. */
export interface TimerClock {
  now(): number;
  isVirtual(): boolean;
  /** Stops the clock at an instant (ms since the epoch). */
  set(at: number): void;
  /** Back to the real time. */
  release(): void;
}

export function createClock(): TimerClock {
  let fixed: number | undefined;
  return {
    now: () => fixed ?? Date.now(),
    isVirtual: () => fixed !== undefined,
    set: at => { fixed = at; },
    release: () => { fixed = undefined; },
  };
}
