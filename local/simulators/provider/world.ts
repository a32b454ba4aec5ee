import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { webhookKeys } from '../../../functions/goodsam/provider/signature.ts';
import { seededRandom } from '../../host/prng.ts';
import type { Scenario } from '../scenarios.ts';
import type { Clips } from './clips.ts';
import type { Plan, Session, Viewer } from './session.ts';
import type { Settings } from './settings.ts';

/** One thing that happened, for tests to read. Viewer links are not in it. */
export interface LogEntry { readonly n: number; readonly at: string; readonly kind: 'api' | 'event' | 'webhook' | 'page' | 'control'; readonly [detail: string]: unknown }

export interface World {
  readonly settings: Settings;
  /** Set when the server listens. */
  url: string;
  /** Where its time stands against real time, in ms. */
  offsetMs: number;
  speed: number;
  readonly random: () => number;
  readonly clips: Clips;
  readonly sessions: Map<string, Session>;
  /** By Idempotency-Key of create; it is made at the first try, so that a scenario stays with its request over retries. */
  readonly plans: Map<string, Plan>;
  readonly viewers: Map<string, Viewer>;
  /** Scenarios for the sessions that will be created next. */
  readonly arms: Scenario[];
  readonly keys: { readonly current: Uint8Array; readonly old: Uint8Array };
  outage: boolean;
  withheld: ReadonlySet<string>;
  signWith: 'new' | 'old' | 'both';
  readonly log: LogEntry[];
}

export function createWorld(settings: Settings, clips: Clips): World {
  const [current, old] = webhookKeys([settings.secrets.current, settings.secrets.old]);
  if (!current || !old) throw new Error('two secrets are needed');
  return {
    settings, url: '', offsetMs: 0, speed: settings.speed, random: seededRandom(settings.seed), clips, sessions: new Map(), plans: new Map(), viewers: new Map(), arms: [],
    keys: { current, old }, outage: false, withheld: new Set(), signWith: 'new', log: [],
  };
}

/** The simulator's time. Its speed shortens waiting only, so that a webhook's timestamp stays within the app's tolerance. */
export function now(world: World): Date {
  return new Date(Date.now() + world.offsetMs);
}

/** Waits for some seconds of a scenario. It keeps no process alive. */
export async function pass(world: World, seconds: number): Promise<void> {
  await sleep((seconds * 1_000) / world.speed, undefined, { ref: false });
}

export function note(world: World, kind: LogEntry['kind'], details: Readonly<Record<string, unknown>>): void {
  world.log.push({ n: world.log.length + 1, at: now(world).toISOString(), kind, ...details });
}

/** An id that is the same for the same seed and parts, and different for a different request: a restart over kept storage repeats none. */
export function idOf(world: World, prefix: string, ...parts: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify([world.settings.seed, prefix, ...parts])).digest('hex');
  return `${prefix}_${digest.slice(0, 20)}`;
}
