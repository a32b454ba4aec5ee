import { createHash } from 'node:crypto';
import { base32 } from '../domain/ids.ts';

/** How many partitions a list, the pending rows and the dirty rows are spread over. */
export const buckets = 16;

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The partition of a new case: the same caller, operation and key always meet the same case, so a retried create is a replay. */
export function newCaseId(tenantId: string, callerId: string, operation: string, key: string): string {
  return base32(createHash('sha256').update(JSON.stringify([tenantId, callerId, operation, key])).digest(), 26);
}

/** The key given to a provider for effect `n` of an operation: operation ids are unique within a case only. */
export function effectKey(caseId: string, operationId: string, n: number): string {
  return base32(createHash('sha256').update(JSON.stringify([caseId, operationId, n])).digest(), 32);
}

/** The name of an operation that follows from what caused it, so that the same cause is the same operation however often it comes. */
export function operationIdOf(kind: string, cause: string): string {
  return `${kind}-${base32(createHash('sha256').update(cause).digest(), 32)}`;
}

/** The bucket of a partition, two digits. */
export function bucketOf(partition: string): string {
  return String((createHash('sha256').update(partition).digest()[0] ?? 0) % buckets).padStart(2, '0');
}

export function allBuckets(): readonly string[] {
  return Array.from({ length: buckets }, (_, n) => String(n).padStart(2, '0'));
}

export const rowKeys = {
  state: 'state',
  head: 'head',
  operation: (operationId: string) => `op|${operationId}`,
  effect: (operationId: string, n: number) => `effect|${operationId}|${n}`,
  audit: (seq: number) => `audit|${String(seq).padStart(10, '0')}`,
  seen: (slot: string, caller: string, kind: string) => `seen|${slot}|${caller}|${kind}`,
} as const;

/** One row per operation that may not be finished: the sweeper's only source (storage-protocol 2 and 8). */
export function pendingKey(at: string, caseId: string, operationId: string): { partitionKey: string; rowKey: string } {
  return { partitionKey: `pending|${bucketOf(caseId)}`, rowKey: `${at}|${caseId}|${operationId}` };
}

/** Marks a chain as changed in an hour, for the hourly root (storage-protocol 10). */
export function dirtyKey(now: string, chain: string): { partitionKey: string; rowKey: string } {
  return { partitionKey: `dirty|${now.slice(0, 13)}|${bucketOf(chain)}`, rowKey: chain };
}

/** The partition in which the consultations of a case are chained, a month at a time. */
export function readsChain(caseId: string, now: string): string {
  return `${caseId}|reads|${now.slice(0, 7)}`;
}
