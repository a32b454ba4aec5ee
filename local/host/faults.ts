import * as z from 'zod';
import { seededRandom } from './prng.ts';

const ruleSchema = z.strictObject({
  /** Which storage calls of the app the rule looks at; each field left out means any. */
  match: z.strictObject({
    service: z.enum(['blob', 'queue', 'table']).optional(),
    method: z.string().optional(),
    /** A part of the path and query, percent-encoded as sent. */
    path: z.string().optional(),
  }).default({}),
  /** The n-th matching call, counted from 1. */
  at: z.int().min(1).optional(),
  /** Or each matching call with this chance, from a seeded source. */
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().default(1),
  /** How often the rule may fire in all. */
  times: z.int().min(1).optional(),
  /**
   * before: the call never reaches storage. after: storage has done it, the app is not told. error: an HTTP 500. reset: the connection breaks.
   * kill: the host ends with SIGKILL. delay: the call is late.
   */
  action: z.enum(['error-before', 'error-after', 'reset-before', 'reset-after', 'kill-before', 'kill-after', 'delay']),
  status: z.int().min(400).max(599).default(500),
  delayMs: z.int().min(0).default(0),
});

export const faultsSchema = z.strictObject({
  storage: z.array(ruleSchema).default([]),
  /** Each queue message is delivered so often in all, by the queue itself. */
  deliveries: z.int().min(1).max(100).default(1),
  /** The host ends with SIGKILL at the n-th message whose function succeeded, before the message is removed. */
  killBeforeDelete: z.int().min(1).optional(),
});

export type Faults = z.input<typeof faultsSchema>;
export type FaultRule = z.output<typeof ruleSchema>;

export interface StorageCall {
  readonly service: 'blob' | 'queue' | 'table';
  readonly method: string;
  readonly path: string;
  /** Of calls to queues only: what every message held can be looked through afterwards. */
  readonly body?: string | undefined;
}

export interface FaultPlan {
  set(faults: Faults): void;
  /** The rule that breaks this call, if one does; counts the call. */
  ruleFor(call: StorageCall): FaultRule | undefined;
  afterSuccess(messageId: string): 'remove' | 'again';
  /** Storage calls since the faults were last set, oldest first, at most 10,000 of them. */
  calls(): readonly StorageCall[];
}

interface Armed { readonly rule: FaultRule; readonly random: () => number; seen: number; fired: number }

/** The faults of one host process. `kill` must end the process at once and without clean-up. */
export function createFaultPlan(kill: () => void): FaultPlan {
  let plan = faultsSchema.parse({});
  let armed: Armed[] = [];
  let calls: StorageCall[] = [];
  let succeeded = 0;
  const delivered = new Map<string, number>();
  return {
    set: faults => {
      plan = faultsSchema.parse(faults);
      armed = plan.storage.map(rule => ({ rule, random: seededRandom(rule.seed), seen: 0, fired: 0 }));
      calls = [];
      succeeded = 0;
      delivered.clear();
    },
    ruleFor: call => {
      if (calls.length < 10_000) calls.push(call);
      return armed.filter(item => matches(item.rule, call)).find(fires)?.rule;
    },
    afterSuccess: messageId => {
      succeeded += 1;
      if (succeeded === plan.killBeforeDelete) kill();
      const times = (delivered.get(messageId) ?? 0) + 1;
      delivered.set(messageId, times);
      return times < plan.deliveries ? 'again' : 'remove';
    },
    calls: () => calls,
  };
}

function matches({ match }: FaultRule, call: StorageCall): boolean {
  return (match.service ?? call.service) === call.service
    && (match.method?.toUpperCase() ?? call.method) === call.method
    && call.path.includes(match.path ?? '');
}

function fires(item: Armed): boolean {
  item.seen += 1;
  const { at, probability, times } = item.rule;
  const spent = item.fired >= (times ?? Infinity);
  const hit = at === undefined ? item.random() < (probability ?? 1) : item.seen === at;
  if (!hit || spent) return false;
  item.fired += 1;
  return true;
}
