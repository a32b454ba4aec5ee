import { evidenceLimits, type MediaItem } from '../rules/evidence.ts';
import type { EvidenceDeps } from './deps.ts';

export type ScanAnswer =
  | { readonly kind: 'clean' | 'infected' | 'error' | 'timed-out' }
  | { readonly kind: 'wait'; readonly askAgainAt: string };

const askEveryMs = 10_000;

/** Asks for the verdict on an item that is SCANNING; after 30 minutes without one the answer is `timed-out` (goodsam.md 21.21). May be repeated. */
export async function verdict(deps: EvidenceDeps, item: MediaItem, signal: AbortSignal): Promise<ScanAnswer> {
  if (item.sha256 === undefined) throw new RangeError('a verdict is asked for content that was received');
  const said = await deps.malware.verdictFor(item.evidenceId, item.sha256, { signal });
  signal.throwIfAborted();
  if (said === 'CLEAN') return { kind: 'clean' };
  if (said === 'INFECTED') return { kind: 'infected' };
  if (said === 'ERROR') return { kind: 'error' };
  const now = deps.now().getTime();
  const lastAt = Date.parse(item.scanningSince ?? '') + evidenceLimits.verdictWithin;
  // Without a start there is nothing to wait from: a person looks at it.
  if (!(now < lastAt)) return { kind: 'timed-out' };
  return { kind: 'wait', askAgainAt: new Date(Math.min(now + askEveryMs, lastAt)).toISOString() };
}

export type Promotion =
  | { readonly kind: 'promoted'; readonly sha256: string; readonly bytes: number }
  /** The scanner does not say what it would have to say: nothing was moved. */
  | { readonly kind: 'not-clean' }
  /** Neither copy is there. */
  | { readonly kind: 'lost' };

/**
 * Moves an item out of quarantine: copied with its hash taken again, then the quarantined copy removed. The scanner is asked once more, so that no slip of a caller
 * moves what is infected. Killed between the two, the next call ends it. @throws ContentMismatch, Unavailable, the signal's reason
 */
export async function promote(deps: EvidenceDeps, item: MediaItem, signal: AbortSignal): Promise<Promotion> {
  if (item.sha256 === undefined || item.bytes === undefined) throw new RangeError('content is promoted that was received');
  if (!await isCleared(deps, item, item.sha256, signal)) return { kind: 'not-clean' };
  const kept = await deps.store.copyWithin(item.evidenceId, { signal, expected: { sha256: item.sha256, bytes: item.bytes } });
  if (!kept) return { kind: 'lost' };
  await deps.store.remove('quarantine', item.evidenceId);
  return { kind: 'promoted', ...kept };
}

/** While the scan decides, only CLEAN does; where an officer decided (MANUAL_ACTION), or it was decided before (STORED), anything but INFECTED. */
async function isCleared({ malware }: EvidenceDeps, { state, evidenceId }: MediaItem, sha256: string, signal: AbortSignal): Promise<boolean> {
  const said = await malware.verdictFor(evidenceId, sha256, { signal });
  signal.throwIfAborted();
  if (state === 'SCANNING') return said === 'CLEAN';
  return (state === 'MANUAL_ACTION' || state === 'STORED') && said !== 'INFECTED';
}
