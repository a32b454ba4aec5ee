import { availableParallelism } from 'node:os';
import * as z from 'zod';
import { milliseconds } from './duration.ts';

const span = z.string().transform(milliseconds);

const queuesSchema = z.object({
  batchSize: z.int().min(1).max(32).default(16),
  newBatchThreshold: z.int().min(0).max(1000).optional(),
  maxDequeueCount: z.int().min(1).default(5),
  visibilityTimeout: span.default(0),
  maxPollingInterval: span.default(60_000),
  messageEncoding: z.enum(['base64', 'none']).default('base64'),
});

const httpSchema = z.object({
  routePrefix: z.string().default('api'),
  customHeaders: z.record(z.string(), z.string()).default({}),
  hsts: z.object({
    isEnabled: z.boolean().default(false), maxAge: span.default(30 * 86_400_000), includeSubDomains: z.boolean().default(false), preload: z.boolean().default(false),
  }).optional(),
});

const hostSchema = z.object({
  version: z.literal('2.0'),
  functionTimeout: z.union([z.literal('-1').transform(() => Infinity), span]).default(30 * 60_000),
  extensions: z.object({
    http: httpSchema.default(() => httpSchema.parse({})),
    queues: queuesSchema.default(() => queuesSchema.parse({})),
  }).default(() => ({ http: httpSchema.parse({}), queues: queuesSchema.parse({}) })),
});

export type HttpSettings = z.output<typeof httpSchema>;

/** All times in milliseconds. */
export interface QueueSettings {
  readonly batchSize: number;
  readonly newBatchThreshold: number;
  readonly maxDequeueCount: number;
  readonly visibilityTimeout: number;
  readonly maxPollingInterval: number;
  readonly minPollingInterval: number;
  readonly messageEncoding: 'base64' | 'none';
  /** How long a received message is invisible; renewed at half-life (QueueListener.cs: 10 minutes). */
  readonly lease: number;
}

type QueueOverrides = { readonly [K in keyof QueueSettings]?: QueueSettings[K] | undefined };

export interface HostJson {
  readonly functionTimeout: number;
  readonly http: HttpSettings;
  readonly queues: QueueSettings;
}

/** Reads the host.json the real host would read, with its defaults (QueuesOptions.cs). Throws on a value the real host refuses. */
export function parseHostJson(value: unknown, overrides: QueueOverrides = {}): HostJson {
  const { functionTimeout, extensions } = hostSchema.parse(value);
  const { newBatchThreshold, ...queues } = extensions.queues;
  return {
    functionTimeout,
    http: extensions.http,
    queues: {
      batchSize: overrides.batchSize ?? queues.batchSize,
      newBatchThreshold: overrides.newBatchThreshold ?? newBatchThreshold ?? Math.floor(queues.batchSize / 2) * availableParallelism(),
      maxDequeueCount: overrides.maxDequeueCount ?? queues.maxDequeueCount,
      visibilityTimeout: overrides.visibilityTimeout ?? queues.visibilityTimeout,
      maxPollingInterval: overrides.maxPollingInterval ?? queues.maxPollingInterval,
      minPollingInterval: overrides.minPollingInterval ?? 100,
      messageEncoding: queues.messageEncoding,
      lease: overrides.lease ?? 10 * 60_000,
    },
  };
}
