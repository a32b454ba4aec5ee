import { randomUUID } from 'node:crypto';
import * as z from 'zod';

const optionsSchema = z.strictObject({
  /** The folder of the built app. */
  artefact: z.string(),
  port: z.int().min(0).default(0),
  /** Numbers the hosts that share one storage. */
  instance: z.int().min(0).default(0),
  masterKey: z.string().min(16).default(() => randomUUID()),
  hostKey: z.string().min(16).default(() => randomUUID()),
  functionKeys: z.record(z.string(), z.string().min(16)).default({}),
  /** Overrides of host.json for tests, in milliseconds. */
  queues: z.strictObject({
    batchSize: z.int().optional(),
    newBatchThreshold: z.int().optional(),
    maxDequeueCount: z.int().optional(),
    visibilityTimeout: z.int().optional(),
    minPollingInterval: z.int().optional(),
    maxPollingInterval: z.int().optional(),
    lease: z.int().optional(),
  }).default({}),
  answerLimitMs: z.int().default(230_000),
  graceMs: z.int().default(10_000),
  bodyLimit: z.int().optional(),
  timerLeaseRetryMs: z.int().default(5_000),
  /** Starts with the timers' clock standing at this instant. */
  clock: z.iso.datetime().optional(),
});

export type HostOptions = z.input<typeof optionsSchema>;
export type ResolvedOptions = z.output<typeof optionsSchema>;

/** Reads HOST_OPTIONS and takes it out of the environment: the app must not see the master key. */
export function takeOptions(environment: NodeJS.ProcessEnv): ResolvedOptions {
  const text = environment['HOST_OPTIONS'];
  if (text === undefined) throw new Error('HOST_OPTIONS is not set; start the host through local/system.ts');
  delete environment['HOST_OPTIONS'];
  // The compile cache is the host's; what the app starts must not inherit it.
  delete environment['NODE_COMPILE_CACHE'];
  const value: unknown = JSON.parse(text);
  return optionsSchema.parse(value);
}
