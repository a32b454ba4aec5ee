import * as z from 'zod';
import { marker } from '../../../functions/goodsam/rules/terms.ts';
import { freshState, systemNames, type ForceState, type MarkerRecord, type PersonOnDuty, type SystemName } from './state.ts';
import type { Answer } from './systems.ts';

/** What tests and the inbox page may order; the same by method and by POST /sim/{name}. */
export interface ForceControl {
  setMarkers(address: string, record: MarkerRecord): void;
  setLatency(milliseconds: number): void;
  setOutage(system: SystemName, isDown: boolean): void;
  setOnDuty(people: readonly PersonOnDuty[], ageMinutes?: number): void;
  setEvidenceSystem(settings: { readonly confirmDelayMs?: number; readonly damaged?: { readonly key: string; readonly sha256: string } }): void;
  setMalware(settings: { readonly delayMs?: number; readonly blobName?: string; readonly verdict?: 'CLEAN' | 'INFECTED' | 'ERROR' | 'NONE' }): void;
  reset(): void;
  received(): Pick<ForceState, 'lines' | 'asked'> & { readonly ingests: readonly { readonly key: string; readonly demsId: string; readonly sha256: string }[] };
}

export function controlOf(state: ForceState): ForceControl {
  const startLatency = state.latencyMs;
  return {
    setMarkers: (address, record) => void state.markers.set(address, record),
    setLatency: milliseconds => void (state.latencyMs = milliseconds),
    setOutage(system, isDown) {
      if (isDown) state.outages.add(system);
      else state.outages.delete(system);
    },
    setOnDuty(people, ageMinutes = 0) {
      state.onDuty = people;
      state.dutyAgeMinutes = ageMinutes;
    },
    setEvidenceSystem({ confirmDelayMs, damaged }) {
      if (confirmDelayMs !== undefined) state.demsConfirmDelayMs = confirmDelayMs;
      if (damaged) state.demsHashes.set(damaged.key, damaged.sha256);
    },
    setMalware({ delayMs, blobName, verdict }) {
      if (delayMs !== undefined) state.scanDelayMs = delayMs;
      if (blobName !== undefined && verdict !== undefined) state.verdicts.set(blobName, verdict);
    },
    reset: () => void Object.assign(state, freshState(startLatency)),
    received: () => ({ lines: state.lines, asked: state.asked, ingests: [...state.ingests.values()].map(({ key, demsId, sha256 }) => ({ key, demsId, sha256 })) }),
  };
}

const clock = z.string().regex(/^\d\d:\d\d$/);
const markersOrder = z.strictObject({
  address: z.string(), markers: z.array(marker), contactPlan: z.strictObject({ allowedFrom: clock, allowedTo: clock }).exactOptional(), codeWordOnFile: z.boolean().exactOptional(),
});
const dutyOrder = z.strictObject({ people: z.array(z.strictObject({ objectId: z.guid(), unit: z.string(), skills: z.array(z.string()) })), ageMinutes: z.number().exactOptional() });
const evidenceOrder = z.strictObject({ confirmDelayMs: z.number().exactOptional(), damaged: z.strictObject({ key: z.string(), sha256: z.string() }).exactOptional() });
const malwareOrder = z.strictObject({ delayMs: z.number().exactOptional(), blobName: z.string().exactOptional(), verdict: z.enum(['CLEAN', 'INFECTED', 'ERROR', 'NONE']).exactOptional() });
const outageOrder = z.strictObject({ system: z.enum(systemNames), isDown: z.boolean() });

const orders: Readonly<Record<string, (control: ForceControl, body: unknown) => void>> = {
  markers: (control, body) => {
    const { address, ...record } = markersOrder.parse(body);
    control.setMarkers(address, record);
  },
  latency: (control, body) => control.setLatency(z.strictObject({ milliseconds: z.number().nonnegative() }).parse(body).milliseconds),
  outage: (control, body) => {
    const { system, isDown } = outageOrder.parse(body);
    control.setOutage(system, isDown);
  },
  duty: (control, body) => {
    const { people, ageMinutes } = dutyOrder.parse(body);
    control.setOnDuty(people, ageMinutes);
  },
  dems: (control, body) => control.setEvidenceSystem(evidenceOrder.parse(body)),
  malware: (control, body) => control.setMalware(malwareOrder.parse(body)),
  reset: control => control.reset(),
};

/** GET /sim/received, POST /sim/markers, latency, outage, duty, dems, malware and reset. */
export function obey(control: ForceControl, method: string, order: { readonly name: string; readonly body: unknown }): Answer {
  if (method === 'GET') return order.name === 'received' ? { status: 200, body: control.received() } : { status: 404, body: {} };
  const act = orders[order.name];
  if (!act) return { status: 404, body: {} };
  try {
    act(control, order.body);
    return { status: 200, body: {} };
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 422, body: { fields: error.issues.map(issue => issue.path.join('.')) } };
    throw error;
  }
}
