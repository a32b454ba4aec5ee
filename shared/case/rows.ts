import * as z from 'zod';
import type { Field, Row, StoredRow } from '../azure/store.ts';
import { canonicalJson } from '../domain/canonical.ts';
import { sha256 } from './keys.ts';

/** What has become of an operation. `pending` and `uncertain` may still change, the others are final. */
export const operationStatus = z.enum(['pending', 'done', 'discarded', 'refused', 'abandoned', 'failed', 'uncertain']);
export type OperationStatus = z.infer<typeof operationStatus>;

/** The one reply of a command: ids only, no secret, no result (storage-protocol 6). */
export const storedReply = z.strictObject({
  status: z.int(),
  location: z.string().optional(),
  body: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type StoredReply = z.infer<typeof storedReply>;

export const operationRow = z.strictObject({
  status: operationStatus,
  room: z.string(),
  command: z.string(),
  hash: z.string(),
  by: z.string(),
  at: z.string(),
  touchedAt: z.string(),
  reply: storedReply,
  /** The effect that is owed, as the room wrote it; absent when the command has none. */
  effect: z.string().optional(),
  /** Row keys of the parts that the command is about. */
  parts: z.array(z.string()),
  /** Index rows that the change made obsolete; they are closed when the index is written. */
  gone: z.array(z.string()),
  /** Lists in which a step of it changed how the case stands; those are written when it ends. Absent: all. */
  touched: z.array(z.string()).optional(),
  /** Where a long job goes on. */
  cursor: z.string().optional(),
  /** Why it was refused, discarded or failed: a stable code and a sentence. */
  code: z.string().optional(),
  reason: z.string().optional(),
});
export type OperationRow = z.infer<typeof operationRow>;

export const effectRow = z.strictObject({
  /**
   * `started`: somebody is at it, or was when he died. `idle`: given back, surely without an effect outside. `unanswered`: given back by a call that ended without
   * an answer, so it may have happened. `confirmed`: it happened, and `result` says how.
   */
  status: z.enum(['started', 'idle', 'unanswered', 'confirmed']),
  token: z.string(),
  startedAt: z.string(),
  /** The first call whose end is not known; a provider remembers its keys from then on. */
  since: z.string(),
  tries: z.int(),
  result: z.string().optional(),
});
export type EffectRow = z.infer<typeof effectRow>;

export const headRow = z.strictObject({ seq: z.int(), hash: z.string() });
export type HeadRow = z.infer<typeof headRow>;

export const auditRow = z.strictObject({
  seq: z.int(),
  previous: z.string(),
  at: z.string(),
  by: z.string(),
  what: z.string(),
  kind: z.enum(['collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure', 'none']),
  operationId: z.string(),
  about: z.record(z.string(), z.union([z.string(), z.number()])),
  /** SHA-256 of each row this step wrote, by row key, so that an edit of the state itself shows too. */
  rows: z.record(z.string(), z.string()),
  hash: z.string(),
});
export type AuditRow = z.infer<typeof auditRow>;

/** A string property holds 32,768 UTF-16 units; a larger value is cut over several. */
const chunk = 32_000;

/** Packs a value as JSON into as many properties as it needs. The size guard of the store refuses what is too large. */
export function pack(value: unknown): Record<string, Field> {
  const json = JSON.stringify(value);
  const fields: Record<string, Field> = {};
  for (let n = 0, from = 0; n === 0 || from < json.length; n++) {
    // A pair of surrogates that is cut in two does not survive the way to the service.
    const to = isHighSurrogate(json, from + chunk - 1) ? from + chunk - 1 : from + chunk;
    fields[`json${n}`] = json.slice(from, to);
    from = to;
  }
  return fields;
}

function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}

export function packedJson(row: Row): string {
  let json = '';
  for (let n = 0; ; n++) {
    const part = row.fields[`json${n}`];
    if (typeof part !== 'string') return json;
    json += part;
  }
}

/** What the audit says of a row that was written: SHA-256 over all its fields, its version too. */
export function contentHash(row: Row): string {
  return sha256(canonicalJson(row.fields));
}

/** Reads a packed row back. @throws ZodError when the row is not what this code wrote: stop rather than guess. */
export function unpack<T>(row: StoredRow, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(packedJson(row)));
}

/** As `unpack`; undefined for a row that says of itself that it is of another kind, which is another room's. */
export function unpackOwn<T>(row: StoredRow, schema: z.ZodType<T>): T | undefined {
  const parsed = schema.safeParse(JSON.parse(packedJson(row)));
  if (parsed.success) return parsed.data;
  if (parsed.error.issues.some(({ code, path }) => code === 'invalid_value' && path.length === 1 && path[0] === 'kind')) return undefined;
  throw parsed.error;
}

export function versionOf(row: Pick<Row, 'fields'>): number {
  const version = row.fields['version'];
  return typeof version === 'number' ? version : 0;
}
