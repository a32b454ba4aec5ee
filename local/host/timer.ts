import type { TimerClock } from './clock.ts';
import type { RegisteredFunction } from './core.ts';
import type { Invoke } from './invoke.ts';
import { reason, type Log } from './log.ts';
import { parseNcrontab, type Schedule } from './ncrontab.ts';
import type { TimerStatus, TimerStore } from './timerStore.ts';

export interface TimerTrigger {
  readonly fn: RegisteredFunction;
  /** NCRONTAB with its %SETTINGS% resolved. */
  readonly schedule: string;
  readonly runOnStartup: boolean;
  readonly useMonitor: boolean;
}

export interface TimerHost {
  readonly clock: TimerClock;
  readonly store: TimerStore;
  readonly invoke: Invoke;
  readonly log: Log;
}

/** One timer function: when it is due, and its runs in single file. */
export interface Timer {
  readonly name: string;
  readonly schedule: Schedule;
  /** Milliseconds since the epoch. */
  nextAt(): number;
  /** Reads the stored status; a run that was missed while no host ran happens now, once, with isPastDue. */
  begin(): Promise<void>;
  /** Runs now, after a run in progress. Resolves to whether the function succeeded. */
  run(isPastDue?: boolean): Promise<boolean>;
  /** Counts the next occurrence from now, for a clock that was set back. */
  reschedule(): void;
}

/** Throws on a schedule that is not NCRONTAB. */
export function createTimer(host: TimerHost, trigger: TimerTrigger): Timer {
  const schedule = parseNcrontab(trigger.schedule);
  const { name } = trigger.fn.metadata;
  const monitored = trigger.useMonitor && isSlow(schedule, host.clock.now());
  const state: State = { nextAt: schedule.next(host.clock.now()), status: undefined, chain: Promise.resolve(true) };
  const run = (isPastDue = false): Promise<boolean> => {
    state.chain = state.chain.then(() => runOnce({ host, trigger, schedule, state, monitored }, isPastDue));
    return state.chain;
  };
  return {
    name,
    schedule,
    nextAt: () => state.nextAt,
    run,
    reschedule: () => { state.nextAt = schedule.next(host.clock.now()); },
    begin: async () => {
      state.nextAt = schedule.next(host.clock.now());
      const isPastDue = monitored && await checkPastDue(host, { name, schedule, state });
      if (isPastDue || trigger.runOnStartup) await run(isPastDue);
    },
  };
}

interface State { nextAt: number; status: TimerStatus | undefined; chain: Promise<boolean> }

interface Run {
  readonly host: TimerHost;
  readonly trigger: TimerTrigger;
  readonly schedule: Schedule;
  readonly state: State;
  readonly monitored: boolean;
}

/** Status is only kept for schedules of a minute or slower (TimerListener.cs): five occurrences are enough to tell. */
function isSlow(schedule: Schedule, now: number): boolean {
  let before = schedule.next(now);
  for (let index = 0; index < 5; index += 1) {
    const after = schedule.next(before);
    if (after - before < 60_000) return false;
    before = after;
  }
  return true;
}

async function runOnce(run: Run, isPastDue: boolean): Promise<boolean> {
  const { host, trigger, schedule, state, monitored } = run;
  const at = host.clock.now();
  const info = { Schedule: { AdjustForDST: true }, ScheduleStatus: monitored ? state.status ?? null : null, IsPastDue: isPastDue };
  const ok = await host.invoke(trigger.fn, { data: { json: JSON.stringify(info) } }).then(() => true, () => false);
  // Counted from the end: occurrences during a long run are skipped, never stacked.
  state.nextAt = schedule.next(Math.max(at, host.clock.now()));
  if (monitored) await keepStatus(host, trigger.fn.metadata.name, state, { Last: iso(at), Next: iso(state.nextAt), LastUpdated: iso(at) });
  return ok;
}

/** Whether the stored next occurrence has passed. A schedule that changed since is no missed run (ScheduleMonitor.cs). */
async function checkPastDue(host: TimerHost, timer: { name: string; schedule: Schedule; state: State }): Promise<boolean> {
  const { name, schedule, state } = timer;
  const status = await host.store.read(name).catch((error: unknown) => {
    host.log('timer-status-unread', { function: name, error: reason(error) });
    return undefined;
  });
  const expected = status && schedule.next(Date.parse(status.Last ?? status.LastUpdated));
  if (status && expected === Date.parse(status.Next)) {
    state.status = status;
    return expected < host.clock.now();
  }
  const now = iso(host.clock.now());
  await keepStatus(host, name, state, { Next: iso(state.nextAt), LastUpdated: now });
  return false;
}

async function keepStatus(host: TimerHost, name: string, state: State, status: TimerStatus): Promise<void> {
  state.status = status;
  await host.store.write(name, status).catch((error: unknown) => host.log('timer-status-unwritten', { function: name, error: reason(error) }));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
