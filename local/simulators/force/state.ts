import { createHash } from 'node:crypto';
import type { Marker } from '../../../functions/goodsam/rules/terms.ts';
import { staff } from '../../issuer/staff.ts';

export type SystemName = 'incident-log' | 'safeguarding' | 'on-duty' | 'evidence-system' | 'malware';
export const systemNames: readonly SystemName[] = ['incident-log', 'safeguarding', 'on-duty', 'evidence-system', 'malware'];

export interface PersonOnDuty {
  readonly objectId: string;
  readonly unit: string;
  readonly skills: readonly string[];
}

export interface MarkerRecord {
  readonly markers: readonly Marker[];
  readonly contactPlan?: { readonly allowedFrom: string; readonly allowedTo: string };
  readonly codeWordOnFile?: boolean;
}

export interface IncidentLine {
  readonly ref: string;
  readonly entryId: string;
  readonly text: string;
  readonly source: string;
}

export interface Ingest {
  readonly demsId: string;
  readonly key: string;
  readonly sha256: string;
  readonly receivedAt: number;
}

export interface ForceState {
  latencyMs: number;
  readonly outages: Set<SystemName>;
  readonly markers: Map<string, MarkerRecord>;
  onDuty: readonly PersonOnDuty[];
  /** Minutes that the duty list lags behind. */
  dutyAgeMinutes: number;
  readonly lines: IncidentLine[];
  readonly ingests: Map<string, Ingest>;
  demsConfirmDelayMs: number;
  /** What the evidence system says that it holds instead of what it was told, by key: damage on the way. */
  readonly demsHashes: Map<string, string>;
  scanDelayMs: number;
  readonly scansAskedAt: Map<string, number>;
  readonly verdicts: Map<string, 'CLEAN' | 'INFECTED' | 'ERROR' | 'NONE'>;
  /** Requests taken in, by system: for tests. */
  readonly asked: Record<SystemName, number>;
}

/** Who may decide what, as skills of the list of duty. */
const skillOfRole: Readonly<Record<string, string>> = {
  'GoodSam.Authorise.FCC': 'FIM', 'GoodSam.Authorise.FAL': 'FEO', 'GoodSam.Authorise.DA': 'DS', 'GoodSam.Authorise.SOM': 'DS', 'GoodSam.Authorise.FOR': 'CSI', 'GoodSam.Authorise.CCTV': 'CCTV', 'GoodSam.Authorise.SOCU': 'DI',
};

/** A fresh state: the sample staff of the home tenant is on duty, those who may decide with their skill; no markers, everything works. */
export function freshState(latencyMs: number): ForceState {
  return {
    latencyMs, outages: new Set(), markers: new Map(), dutyAgeMinutes: 0, lines: [], ingests: new Map(), demsConfirmDelayMs: 0, demsHashes: new Map(), scanDelayMs: 0,
    scansAskedAt: new Map(), verdicts: new Map(), asked: { 'incident-log': 0, 'safeguarding': 0, 'on-duty': 0, 'evidence-system': 0, 'malware': 0 },
    onDuty: staff.filter(({ roles, tenantId }) => roles.length > 0 && tenantId === staff[0]?.tenantId)
      .map(({ objectId, roles }) => ({ objectId, unit: 'ANY', skills: [...new Set(roles.flatMap(role => (role.startsWith('Missing.') ? role.slice('Missing.'.length) : skillOfRole[role] ?? [])))] })),
  };
}

/** The harmless test file that every scanner must find, put together here so that no scanner finds it in this repository. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE', '!$H+H*'].join('');
export const eicarSha256 = createHash('sha256').update(eicar).digest('hex');
