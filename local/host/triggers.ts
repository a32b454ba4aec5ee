import type { Core, RegisteredFunction } from './core.ts';
import { triggerOf } from './invoke.ts';
import type { QueueTrigger } from './queue.ts';
import { connectionOf, isDisabled, resolveSettings, type Settings } from './settings.ts';
import type { TimerTrigger } from './timer.ts';

export interface Triggers {
  readonly http: readonly RegisteredFunction[];
  readonly queues: readonly QueueTrigger[];
  readonly timers: readonly TimerTrigger[];
  readonly disabled: readonly string[];
}

/** Sorts the app's functions by trigger. Throws on a trigger or binding that this host does not offer: silence would hide it. */
export function triggersOf(core: Core, settings: Settings): Triggers {
  const triggers: Found & { disabled: string[] } = { http: [], queues: [], timers: [], disabled: [] };
  for (const fn of core.functions.values()) {
    refuseOtherBindings(fn);
    if (isDisabled(fn.metadata.name, settings)) triggers.disabled.push(fn.metadata.name);
    else addTrigger(triggers, fn, settings);
  }
  return triggers;
}

interface Found { http: RegisteredFunction[]; queues: QueueTrigger[]; timers: TimerTrigger[] }

function addTrigger(found: Found, fn: RegisteredFunction, settings: Settings): void {
  const { type, options } = triggerOf(fn);
  switch (type) {
    case 'httpTrigger':
      found.http.push(fn);
      break;
    case 'queueTrigger':
      found.queues.push({
        fn,
        queueName: resolveSettings(text(fn, options, 'queueName'), settings).toLowerCase(),
        connection: connectionOf(options['connection'], settings),
      });
      break;
    case 'timerTrigger':
      found.timers.push({
        fn,
        schedule: resolveSettings(text(fn, options, 'schedule'), settings),
        runOnStartup: options['runOnStartup'] === true,
        useMonitor: options['useMonitor'] !== false,
      });
      break;
    default:
      throw new Error(`function "${fn.metadata.name}": trigger "${type}" is not offered by the local host`);
  }
}

function refuseOtherBindings(fn: RegisteredFunction): void {
  const others = Object.entries(fn.metadata.bindings).filter(([name, binding]) => !binding.type.toLowerCase().endsWith('trigger') && name !== '$return');
  if (others.length > 0) throw new Error(`function "${fn.metadata.name}": input and output bindings are not offered by the local host`);
}

function text(fn: RegisteredFunction, options: Readonly<Record<string, unknown>>, name: string): string {
  const value = options[name];
  if (typeof value !== 'string') throw new Error(`function "${fn.metadata.name}": ${name} is missing`);
  return value;
}
