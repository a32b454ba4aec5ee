import type * as z from 'zod';
import type { BlobStore, QueueStore, TableStore } from '../azure/store.ts';
import type { Case, Facts, IndexRow } from '../domain/case.ts';
import type { Decision, Refusal } from '../domain/decision.ts';
import type { StoredReply } from './rows.ts';

/**
 * What became of an effect. `more` means that a slice was saved and the job goes on at the cursor (storage-protocol 12); `progress`, when given, is
 * recorded in the case by `recordProgress`.
 */
export type Performed = { readonly kind: 'result'; readonly result: string } | { readonly kind: 'more'; readonly cursor: string; readonly progress?: string };

/** How an effect that was started, and whose end is unknown, may be taken up again (storage-protocol 5). */
export type Repeat =
  /** A computation that leaves nothing outside: do it again; when it is given up, it failed. */
  | 'safe'
  /** A provider that honours our key: call again with the same key, while it remembers keys (`keyWindow`); when it is given up, it is uncertain. */
  | 'same-key'
  /** Anything else: look it up; what is not found stays uncertain and goes to a person. */
  | 'look-up';

export interface EffectContext {
  readonly caseId: string;
  readonly operationId: string;
  /** Idempotency key for the provider. */
  readonly key: string;
  readonly cursor?: string;
  /** Aborted before EFFECT_TIMEOUT has passed. */
  readonly signal: AbortSignal;
}

/** What the protocol needs to know of a room. The law is in `decide`; everything here is plain data and functions. */
export interface Room<State, Part, Command, Effect> {
  readonly name: string;
  readonly queue: string;
  readonly stateSchema: z.ZodType<State>;
  readonly partSchema: z.ZodType<Part>;
  decide(current: Case<State, Part> | undefined, command: Command, facts: Facts): Decision<Case<State, Part>, Effect>;
  /** May this effect still start, given the state now? A refusal closes the operation as discarded. */
  mayStart(current: Case<State, Part>, effect: Effect): Refusal | undefined;
  readonly effectSchema: z.ZodType<Effect>;
  repeat(effect: Effect): Repeat;
  /** How long the provider of `same-key` effects remembers a key, in milliseconds; 24 hours unless said otherwise. */
  readonly keyWindow?: number;
  perform(effect: Effect, context: EffectContext): Promise<Performed>;
  /** For `look-up` effects, and `same-key` ones past the window: the provider's answer for this key, if it can be found. */
  lookUp?(effect: Effect, context: EffectContext): Promise<string | undefined>;
  recordProgress?(effect: Effect, progress: string): Command;
  /** The command by which an effect's result, or its failure (code `outcome-unknown`: it may have happened), enters the case. It owes no effect of its own. */
  recordResult(effect: Effect, result: string): Command;
  recordFailure(effect: Effect, code: string): Command;
  /** The rows under which the case is listed now. Rows of the parts given only. */
  index(caseId: string, current: Case<State, Part>): readonly IndexRow[];
}

/** Settings of storage-protocol 11, in milliseconds. */
export interface Timing {
  readonly tombstoneAfter: number;
  readonly sweepAfter: number;
  readonly effectTimeout: number;
  readonly commitVisibility: number;
}

export interface CaseDeps {
  readonly cases: TableStore;
  /** Pending, dirty and index rows: other partitions than the cases, so a table of their own. */
  readonly work: TableStore;
  readonly queues: QueueStore;
  readonly blobs: BlobStore;
  readonly timing: Timing;
  now(): Date;
  /** 0 (inclusive) to 1 (exclusive). */
  random(): number;
  sleep(milliseconds: number): Promise<void>;
  /** A token that no other process draws. */
  token(): string;
  /** Tells a person: an operation failed, is uncertain or is stuck. Codes and ids only. */
  alarm(event: { readonly what: string; readonly caseId: string; readonly operationId: string; readonly code?: string }): void;
}

/** The message of every work queue. Ids only; no field may be named id, dequeueCount or popReceipt (trap 9). */
export interface WorkMessage {
  readonly v: 1;
  readonly room: string;
  readonly caseId: string;
  readonly operationId: string;
  /** Names the pending row. */
  readonly at: string;
  readonly traceparent?: string;
}

/** Thrown by an effect that can never succeed: the operation ends as failed now, and a person is told. */
export class Permanent extends Error {
  override readonly name = 'Permanent';
  readonly code: string;
  constructor(code: string, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

export type { Case, Facts, IndexRow, Refusal, StoredReply };
