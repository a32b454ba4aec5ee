import { ContentMismatch } from '../../../shared/azure/evidenceStore.ts';
import { ProviderError, type MediaRef, type ProviderErrorKind } from '../provider/port.ts';
import type { MediaItem } from '../rules/evidence.ts';
import { sniff, sniffBytes, typeCheck } from '../../../shared/domain/fileSignature.ts';
import type { EvidenceDeps } from './deps.ts';
import { providerStream } from './providerStream.ts';

export type Retrieval =
  | { readonly kind: 'retrieved'; readonly sha256: string; readonly bytes: number; readonly typeCheck: 'AGREES' | 'DISPUTED' | 'UNKNOWN'; readonly sniffed?: string }
  /** Nothing is stored, and the provider keeps its copy (A9). */
  | { readonly kind: 'failed'; readonly failure: 'hash-mismatch' | 'length-mismatch' | `provider-${ProviderErrorKind}`; readonly retryAfterMs?: number };

const defaultStall = 30_000;

/** What the provider said of an item when it became available. */
export function mediaOf(item: MediaItem): MediaRef {
  const { sessionId, providerMediaId, kind, mime, bytes = 0, providerSha256 } = item;
  return { sessionId, providerMediaId, kind, mime, bytes, ...(providerSha256 !== undefined && { sha256: providerSha256 }) };
}

/**
 * Streams an item from the provider into quarantine, hashing on the way, and compares hash and length with what the provider announced. Called again after it was
 * done it reads only the record. @throws Unavailable (our storage), the signal's reason
 */
export async function retrieve(deps: EvidenceDeps, item: MediaItem, signal: AbortSignal): Promise<Retrieval> {
  const media = mediaOf(item);
  const content = providerStream({ provider: deps.provider, media, stallAfterMs: deps.stallAfterMs ?? defaultStall, signal });
  try {
    const expected = { bytes: media.bytes, ...(media.sha256 !== undefined && { sha256: media.sha256 }) };
    const { bytes, sha256 } = await deps.store.writeStream('quarantine', item.evidenceId, content, { signal, expected });
    return { kind: 'retrieved', sha256, bytes, ...(await typeOf(deps, item)) };
  } catch (error) {
    if (error instanceof ContentMismatch) return { kind: 'failed', failure: error.of === 'sha256' ? 'hash-mismatch' : 'length-mismatch' };
    if (!(error instanceof ProviderError)) throw error;
    return { kind: 'failed', failure: `provider-${error.kind}`, ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }) };
  }
}

async function typeOf({ store }: EvidenceDeps, { evidenceId, mime }: MediaItem): Promise<{ typeCheck: 'AGREES' | 'DISPUTED' | 'UNKNOWN'; sniffed?: string }> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await store.readStream('quarantine', evidenceId, { bytes: sniffBytes })) ?? []) chunks.push(chunk);
  const sniffed = sniff(Buffer.concat(chunks));
  return { typeCheck: typeCheck(mime, sniffed), ...(sniffed !== undefined && { sniffed }) };
}
