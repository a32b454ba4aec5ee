import type { TimerClock } from './clock.ts';
import { reason, type Log } from './log.ts';
import type { Timer } from './timer.ts';
import type { TimerStore } from './timerStore.ts';

/** More occurrences than this in one advance is a mistake of the test: `set` jumps without running each. */
const mostSteps = 10_000;
/** A process timer cannot wait longer than 2^31 ms; looking again every hour is free. */
const longestWait = 3_600_000;

export interface Timers {
  readonly all: readonly Timer[];
  /** Takes the lease if it is free; tries again every `retry` milliseconds, so that another host takes over. */
  start(): Promise<void>;
  stop(): Promise<void>;
  holdsLease(): boolean;
  /** The clock jumps: each timer with a missed occurrence runs once, with isPastDue. */
  setClock(at: number): Promise<void>;
  /** The clock walks: every occurrence on the way runs, in order, at its own instant. Needs `setClock` first. */
  advanceClock(ms: number): Promise<void>;
  releaseClock(): void;
}

export interface TimersSettings {
  readonly clock: TimerClock;
  readonly store: TimerStore;
  readonly log: Log;
  /** Milliseconds between attempts at the lease, and between its renewals. */
  readonly leaseRetry: number;
}

export function createTimers(all: readonly Timer[], settings: TimersSettings): Timers {
  const { clock, store } = settings;
  const state: State = { held: false, waits: new Map(), leaseTimer: undefined, running: new Set() };
  const timers: Timers = {
    all,
    holdsLease: () => state.held,
    start: async () => {
      if (all.length === 0) return;
      await keepLease(all, settings, state);
      state.leaseTimer = setInterval(() => { track(state, renewLease(all, settings, state)); }, settings.leaseRetry);
    },
    stop: async () => {
      clearInterval(state.leaseTimer);
      cancelAll(state);
      await Promise.allSettled(state.running);
      if (state.held) await store.free();
    },
    setClock: async at => {
      cancelAll(state);
      const isBack = at < clock.now();
      clock.set(at);
      if (isBack) for (const timer of all) timer.reschedule();
      if (state.held) await Promise.all(all.filter(timer => timer.nextAt() <= at).map(timer => timer.run(timer.nextAt() < at)));
    },
    advanceClock: ms => advance(all, clock, state, ms),
    releaseClock: () => {
      clock.release();
      for (const timer of all) timer.reschedule();
      if (state.held) for (const timer of all) wait(timer, clock, state);
    },
  };
  return timers;
}

interface State {
  held: boolean;
  readonly waits: Map<Timer, NodeJS.Timeout>;
  leaseTimer: NodeJS.Timeout | undefined;
  readonly running: Set<Promise<unknown>>;
}

async function keepLease(all: readonly Timer[], settings: TimersSettings, state: State): Promise<void> {
  const before = state.held;
  state.held = await settings.store.acquire();
  if (before && !state.held) cancelAll(state);
  if (before || !state.held) return;
  for (const timer of all) track(state, timer.begin().then(() => wait(timer, settings.clock, state)));
}

/** Storage out of reach: whether the lease is still ours cannot be known, so the timers rest until it is. */
async function renewLease(all: readonly Timer[], settings: TimersSettings, state: State): Promise<void> {
  try {
    await keepLease(all, settings, state);
  } catch (error) {
    settings.log('timer-lease-failed', { error: reason(error) });
    state.held = false;
    cancelAll(state);
  }
}

function track(state: State, work: Promise<unknown>): void {
  const done: Promise<unknown> = work.finally(() => state.running.delete(done));
  state.running.add(done);
}

/** By the real clock only: a virtual clock moves when it is told to. */
function wait(timer: Timer, clock: TimerClock, state: State): void {
  if (clock.isVirtual() || !state.held) return;
  const due = (): void => {
    if (timer.nextAt() > clock.now()) wait(timer, clock, state);
    else track(state, timer.run().then(() => wait(timer, clock, state)));
  };
  clearTimeout(state.waits.get(timer));
  state.waits.set(timer, setTimeout(due, Math.min(longestWait, Math.max(0, timer.nextAt() - clock.now()))));
}

function cancelAll(state: State): void {
  for (const handle of state.waits.values()) clearTimeout(handle);
  state.waits.clear();
}

async function advance(all: readonly Timer[], clock: TimerClock, state: State, ms: number): Promise<void> {
  if (!clock.isVirtual()) throw new Error('set the clock before advancing it');
  const end = clock.now() + ms;
  for (let step = 0; state.held; step += 1) {
    const first = Math.min(...all.map(timer => timer.nextAt()));
    if (first > end) break;
    if (step === mostSteps) throw new Error(`more than ${mostSteps} timer runs in one advance: set the clock instead`);
    clock.set(first);
    await Promise.all(all.filter(timer => timer.nextAt() === first).map(timer => timer.run()));
  }
  clock.set(end);
}
