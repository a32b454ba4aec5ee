import * as z from 'zod';
import { marker, type Channel, type Marker } from '../rules/terms.ts';
import { callForce, type CallOptions, type ForceSystem } from '../../../shared/force/call.ts';

/** The markers on a person or an address (goodsam.md 8 and 21.5). */
export interface Safeguarding {
  /**
   * Looks markers up for an address (number or e-mail). Never throws and never says NONE unless the system said so: no answer in 800 ms, an outage, or a reply
   * that makes no sense is FAILED, which holds the message.
   */
  lookUp(question: MarkerQuestion, options?: CallOptions): Promise<MarkerLookup>;
}

export interface MarkerQuestion {
  readonly address: string;
  readonly channel: Channel;
  readonly incidentRef?: string;
}

export interface MarkerLookup {
  /** When the answer was had, by our clock, UTC ISO. */
  readonly at: string;
  readonly result: 'NONE' | 'FOUND' | 'FAILED';
  readonly markers: readonly Marker[];
  /** Hours in which the person may be contacted, London time, HH:mm. A plan may span midnight. */
  readonly contactPlan?: { readonly allowedFrom: string; readonly allowedTo: string };
  readonly codeWordOnFile: boolean;
}

/** goodsam.md 21.5: fixed by the rule, not a setting. */
export const markerTimeoutMs = 800;

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const reply = z.object({
  result: z.enum(['NONE', 'FOUND']),
  // A marker that we do not know is still a marker.
  markers: z.array(marker.catch('OTHER')),
  contactPlan: z.object({ allowedFrom: clock, allowedTo: clock }).optional(),
  codeWordOnFile: z.boolean(),
}).refine(({ result, markers }) => (result === 'FOUND') === markers.length > 0, 'the result and the markers contradict each other');

export function httpSafeguarding(system: ForceSystem, now: () => Date): Safeguarding {
  const bounded: ForceSystem = { ...system, timeoutMs: Math.min(system.timeoutMs ?? markerTimeoutMs, markerTimeoutMs) };
  return {
    async lookUp({ address, channel, incidentRef }, options) {
      const found = await callForce(bounded, { path: '/look-ups', body: { address, channel, ...(incidentRef !== undefined && { incidentRef }) } }, reply, options);
      const at = now().toISOString();
      if (!found.ok) return { at, result: 'FAILED', markers: [], codeWordOnFile: false };
      const { contactPlan, ...rest } = found.value;
      return { at, ...rest, ...(contactPlan && { contactPlan }) };
    },
  };
}
