import { manualHandOver, type IngestJob, type ManualHandOver } from '../force/evidenceSystem.ts';
import { mayDeleteProviderCopy, type MediaItem } from '../rules/evidence.ts';
import { ProviderError } from '../provider/port.ts';
import type { EvidenceDeps } from './deps.ts';
import { mediaOf } from './retrieve.ts';

export interface HandOverOrder {
  readonly item: MediaItem;
  readonly classification: IngestJob['classification'];
  readonly isRestricted: boolean;
  readonly caseRef?: string;
}

export type HandOver =
  | { readonly kind: 'handed-over'; readonly demsId: string }
  | { readonly kind: 'not-held' }
  /** `manual` is what the officer hands over by hand; `mayRetry` says whether the system may take it later. */
  | { readonly kind: 'failed'; readonly mayRetry: boolean; readonly manual: ManualHandOver };

/** Creates the ingest job for an item that is STORED. Idempotent: the evidence system knows the job by our evidence id. @throws Unavailable, the signal's reason */
export async function handOver(deps: EvidenceDeps, order: HandOverOrder, signal: AbortSignal): Promise<HandOver> {
  const { item, classification, isRestricted, caseRef } = order;
  const mayGo = item.state === 'STORED' || item.state === 'EXHIBITED';
  const held = mayGo ? await deps.store.properties('evidence', item.evidenceId) : undefined;
  // What the evidence system is told is what lies there, and that must be what was received.
  if (!held || held.sha256 !== item.sha256) return { kind: 'not-held' };
  const mime = item.typeCheck === 'DISPUTED' ? 'application/octet-stream' : item.mime;
  const job: IngestJob = { key: item.evidenceId, sha256: held.sha256, bytes: held.bytes, mime, classification, isRestricted, ...(caseRef !== undefined && { caseRef }) };
  const reply = await deps.evidenceSystem.ingest(job, { signal });
  signal.throwIfAborted();
  if (reply.ok) return { kind: 'handed-over', demsId: reply.value.demsId };
  const { kind } = reply.failure;
  return { kind: 'failed', mayRetry: kind === 'timeout' || kind === 'unavailable', manual: manualHandOver(job, kind, deps.now().toISOString()) };
}

export type HandOverState = 'confirmed' | 'pending' | 'rejected' | 'hash-mismatch' | 'unavailable';

/** Whether the evidence system holds the item, with the same hash as at receipt and in our store (force-systems.md, paragraph 12). May be repeated. */
export async function confirmHandOver(deps: EvidenceDeps, item: MediaItem, signal: AbortSignal): Promise<HandOverState> {
  if (item.demsId === undefined) throw new RangeError('there was no hand-over to confirm');
  const reply = await deps.evidenceSystem.confirm(item.demsId, { signal });
  signal.throwIfAborted();
  if (!reply.ok) return 'unavailable';
  if (reply.value.status !== 'CONFIRMED') return reply.value.status === 'REJECTED' ? 'rejected' : 'pending';
  return reply.value.sha256 === item.sha256 ? 'confirmed' : 'hash-mismatch';
}

export type ProviderDeletion = { readonly kind: 'deleted'; readonly deletedAt: string } | { readonly kind: 'too-early' } | { readonly kind: 'not-held' };

/**
 * Deletes the provider's copy, only when the item is EXHIBITED, the evidence system confirmed it 24 hours ago or more, and our own copy is there (goodsam.md 11).
 * A copy that is gone already counts as deleted. @throws ProviderError, Unavailable
 */
export async function deleteProviderCopy(deps: EvidenceDeps, item: MediaItem, signal: AbortSignal): Promise<ProviderDeletion> {
  const now = deps.now().toISOString();
  if (!mayDeleteProviderCopy(item, now)) return { kind: 'too-early' };
  const held = await deps.store.properties('evidence', item.evidenceId);
  if (!held || held.sha256 !== item.sha256) return { kind: 'not-held' };
  return { kind: 'deleted', deletedAt: await removeAtProvider(deps, item, signal) };
}

/** When the provider's copy was deleted: by this call, or before it. @throws ProviderError */
export async function removeAtProvider(deps: EvidenceDeps, item: MediaItem, signal: AbortSignal): Promise<string> {
  try {
    return (await deps.provider.deleteMedia(mediaOf(item), { signal })).deletedAt;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'notFound') return deps.now().toISOString();
    throw error;
  }
}
