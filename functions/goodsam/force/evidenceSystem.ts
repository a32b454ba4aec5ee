import * as z from 'zod';
import { callForce, type Called, type CallOptions, type ForceSystem } from '../../../shared/force/call.ts';

/** The digital evidence management system (force-systems.md row 12: NICE Investigate or another). It fetches the content from our evidence container by its own identity. */
export interface EvidenceSystem {
  /** Creates the ingest job. Idempotent by `key`: the same key again gives the same id. Never throws; a failure is handed over by hand (`manualHandOver`). */
  ingest(job: IngestJob, options?: CallOptions): Promise<Called<{ readonly demsId: string }>>;
  /** Whether it holds the exhibit, and with which hash. Never throws. */
  confirm(demsId: string, options?: CallOptions): Promise<Called<Confirmation>>;
}

export interface IngestJob {
  /** Our evidence id, which is also the name of the blob in the container `evidence`. */
  readonly key: string;
  readonly caseRef?: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mime: string;
  readonly classification: 'OFFICIAL' | 'OFFICIAL-SENSITIVE';
  /** A case that only named people may open (SOCU, goodsam.md 7.7). */
  readonly isRestricted: boolean;
}

const ingested = z.object({ demsId: z.string().min(1).max(100) });
const confirmation = z.object({
  status: z.enum(['PENDING', 'CONFIRMED', 'REJECTED']),
  /** Computed there, from what arrived: asked of whoever says CONFIRMED. */
  sha256: z.string().regex(/^[\da-fA-F]{64}$/).toLowerCase().optional(),
}).refine(({ status, sha256 }) => status !== 'CONFIRMED' || sha256 !== undefined, 'a confirmation names the hash');
export type Confirmation = z.infer<typeof confirmation>;

export function httpEvidenceSystem(system: ForceSystem): EvidenceSystem {
  return {
    ingest: async ({ key, caseRef, sha256, bytes, mime, classification, isRestricted }, options) => await callForce(
      system, { path: '/ingests', body: { key, sha256, bytes, mime, classification, isRestricted, ...(caseRef !== undefined && { caseRef }) } }, ingested, options,
    ),
    confirm: async (demsId, options) => await callForce(system, { path: '/confirmations', body: { demsId } }, confirmation, options),
  };
}

/** What an officer needs to hand evidence over by hand when the system is down: shown in the staff app, never on a card. The reason is a kind of failure. */
export interface ManualHandOver {
  readonly evidenceId: string;
  readonly caseRef?: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mime: string;
  readonly reason: string;
  readonly at: string;
}

export function manualHandOver(job: IngestJob, reason: string, at: string): ManualHandOver {
  const { key, caseRef, sha256, bytes, mime } = job;
  return { evidenceId: key, ...(caseRef !== undefined && { caseRef }), sha256, bytes, mime, reason, at };
}
