import * as z from 'zod';

/** What a simulator is started with. Faults and latency are data, drawn from the seed. */
export const settingsSchema = z.strictObject({
  port: z.int().min(0).default(0),
  /** The same seed and the same requests give the same session ids, event ids, latencies and faults. */
  seed: z.int().min(0),
  /** How many times faster than life its own delays pass: scenario steps, back-off of webhooks, viewer pages' life excepted. */
  speed: z.number().min(1).max(600).default(1),
  key: z.string().min(16),
  /** The secret in use and the one before it. */
  secrets: z.strictObject({ current: z.string(), old: z.string() }),
  faults: z.strictObject({
    rateLimited: z.number().min(0).max(1).default(0), unavailable: z.number().min(0).max(1).default(0), timeout: z.number().min(0).max(1).default(0),
    webhookLost: z.number().min(0).max(1).default(0), webhookTwice: z.number().min(0).max(1).default(0),
  }).prefault({}),
  /** Log-normal, in ms of real time; 0 for none. */
  latency: z.strictObject({ medianMs: z.number().min(0).default(0), p95Ms: z.number().min(0).default(0) }).prefault({}),
  /** How long a call that runs into a time-out is held (goodsam.md 12, 016), in ms of real time. */
  holdMs: z.int().min(0).default(30_000),
  /** Size of the huge upload of 023. */
  hugeBytes: z.int().min(1).default(64 * 2 ** 20),
  /** A webhook is given up after so many tries. */
  maxAttempts: z.int().min(1).default(6),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;
