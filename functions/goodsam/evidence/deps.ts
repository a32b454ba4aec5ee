import type { EvidenceStore } from '../../../shared/azure/evidenceStore.ts';
import type { EvidenceSystem } from '../force/evidenceSystem.ts';
import type { MalwareVerdict } from '../../../shared/force/malware.ts';
import type { LiveLinkProvider } from '../provider/port.ts';

/** What the steps of evidence work with. Each step may be killed at any line and called again; none changes the case: it returns what the case is to be told. */
export interface EvidenceDeps {
  readonly now: () => Date;
  readonly store: EvidenceStore;
  readonly provider: Pick<LiveLinkProvider, 'openMedia' | 'deleteMedia'>;
  readonly malware: MalwareVerdict;
  readonly evidenceSystem: EvidenceSystem;
  /** Milliseconds without a byte from the provider after which its stream counts as broken. */
  readonly stallAfterMs?: number;
}
