import type { DeletionCertificate, MediaItem } from '../rules/evidence.ts';
import type { EvidenceDeps } from './deps.ts';
import { removeAtProvider } from './handOver.ts';

export type Disposal = { readonly kind: 'destroyed'; readonly certificate: DeletionCertificate } | { readonly kind: 'too-early' };

/**
 * Destroys every copy of an item that is SCHEDULED_DELETE and due: quarantine, evidence, provider. The certificate is given only after all are gone, so a kill on
 * the way means that the next call does what is left and then gives it. @throws Conflict for a copy under an immutability policy, ProviderError, Unavailable
 */
export async function dispose(deps: EvidenceDeps, item: MediaItem, signal: AbortSignal): Promise<Disposal> {
  const now = deps.now().toISOString();
  if (item.state !== 'SCHEDULED_DELETE' || item.deleteAt === undefined || item.deleteAt > now) return { kind: 'too-early' };
  // The provider's copy first: until it is gone there is still something to take the content from, should this order be found wrong.
  await removeAtProvider(deps, item, signal);
  await deps.store.remove('quarantine', item.evidenceId);
  await deps.store.remove('evidence', item.evidenceId);
  return {
    kind: 'destroyed',
    certificate: {
      evidenceId: item.evidenceId, deletedAt: deps.now().toISOString(), orderedBy: item.orderedBy ?? 'system', reason: item.reason ?? (item.avScan === 'INFECTED' ? 'malware' : 'retention'),
      copies: ['PROVIDER', 'QUARANTINE', 'EVIDENCE'], ...(item.sha256 !== undefined && { sha256: item.sha256 }), ...(item.bytes !== undefined && { bytes: item.bytes }),
    },
  };
}
