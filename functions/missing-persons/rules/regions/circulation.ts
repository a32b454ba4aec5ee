import * as z from 'zod';
import { addTo } from '../clock/duration.ts';
import { isFailed, unless, type Actor } from '../machine/moment.ts';
import { isBlank, rowIn, take, type DueItem, type RegionAnswer, type RegionRow } from './region.ts';
import type { RegionSettings } from './settings.ts';

/** Circulation on PNC or LEDS. The codes of the report types were not retrieved: `typeText` is free text and never a hard-coded word (1, DK). */
export const circulationSlice = z.strictObject({
  state: z.enum(['NONE', 'REQUESTED', 'LIVE', 'CANCEL_DUE', 'CANCELLED']),
  requestedBy: z.string().optional(), requestedAt: z.string().optional(), reference: z.string().max(80).optional(), typeText: z.string().max(200).optional(), liveAt: z.string().optional(), recordedBy: z.string().optional(),
  cancelSince: z.string().optional(), cancelledAt: z.string().optional(), cancelledBy: z.string().optional(), cancelReference: z.string().max(80).optional(),
});
export type CirculationSlice = z.infer<typeof circulationSlice>;
export const noCirculation: CirculationSlice = { state: 'NONE' };

export type CirculationCommand =
  | { readonly do: 'RequestCirculation' } | { readonly do: 'RecordCirculation'; readonly reference: string; readonly typeText: string }
  | { readonly do: 'RequireCancellation' } | { readonly do: 'ReinstateCirculation' } | { readonly do: 'CancelCirculation'; readonly confirmation: string };

export const circulationTable: readonly RegionRow<CirculationSlice['state'], CirculationCommand['do']>[] = [
  { id: 'CI1', from: ['NONE', 'CANCELLED'], command: 'RequestCirculation', via: 'RequestCirculation', who: ['OIC', 'SGT', 'ATTENDING'], guard: 'The person is missing', to: ['REQUESTED'], source: 'S31,S32' },
  { id: 'CI2', from: ['NONE', 'REQUESTED', 'CANCELLED'], command: 'RecordCirculation', via: 'RecordCirculation', who: ['PNC_BUREAU'], guard: 'The person is missing; the reference and the type in words', to: ['LIVE'], source: 'S31,S32,DES' },
  { id: 'CI3', from: ['REQUESTED', 'LIVE'], command: 'RequireCancellation', who: ['SYSTEM'], guard: 'C8, C11, C17; a request may have been keyed already, so the bureau confirms it too', to: ['CANCEL_DUE'], source: 'DK' },
  { id: 'CI4', from: ['CANCEL_DUE'], command: 'ReinstateCirculation', who: ['SYSTEM'], guard: 'C20, C22: still missing', to: ['LIVE', 'REQUESTED'], source: 'DES' },
  { id: 'CI5', from: ['CANCEL_DUE'], command: 'CancelCirculation', via: 'CancelCirculation', who: ['PNC_BUREAU'], guard: 'The confirmation', to: ['CANCELLED'], source: 'DK' },
];

export interface CirculationFacts { readonly isMissing: boolean }

export function decideCirculation(slice: CirculationSlice, command: CirculationCommand, { isMissing }: CirculationFacts, actor: Actor): RegionAnswer<CirculationSlice> {
  const row = rowIn(circulationTable, slice.state, command.do, actor);
  if (isFailed(row)) return row;
  const { by, now } = actor;
  const missing = unless(isMissing, 'GUARD_UNMET', row.id, 'The person is not missing any more.');
  switch (command.do) {
    case 'RequestCirculation': return missing.length > 0 ? missing : take({ state: 'REQUESTED', requestedBy: by, requestedAt: now }, 'CirculationRequested', 'none', { what: 'PNC_CIRCULATE_TASK' });
    case 'RecordCirculation': {
      const failures = [...missing, ...unless(!isBlank(command.reference), 'EVIDENCE_MISSING', 'CI2', 'Give the reference.'), ...unless(!isBlank(command.typeText), 'EVIDENCE_MISSING', 'CI2', 'Give the type of the report in words.')];
      return failures.length > 0 ? failures : take({ ...(slice.state !== 'CANCELLED' && slice), state: 'LIVE', reference: command.reference, typeText: command.typeText, liveAt: now, recordedBy: by }, 'CirculationRecorded', 'disclosure');
    }
    case 'RequireCancellation': return take({ ...slice, state: 'CANCEL_DUE', cancelSince: now }, 'CirculationCancellationRequired', 'none', { what: 'PNC_CANCEL_TASK' });
    case 'ReinstateCirculation': { const { cancelSince: _since, ...rest } = slice; return take({ ...rest, state: slice.reference === undefined ? 'REQUESTED' : 'LIVE' }, 'CirculationReinstated', 'none'); }
    case 'CancelCirculation': {
      const failures = unless(!isBlank(command.confirmation), 'EVIDENCE_MISSING', 'CI5', 'Give the confirmation of the cancellation.');
      return failures.length > 0 ? failures : take({ ...slice, state: 'CANCELLED', cancelledAt: now, cancelledBy: by, cancelReference: command.confirmation }, 'CirculationCancelled', 'alteration');
    }
  }
}

/** Whether PNC is done with (2.4): never circulated, or cancelled and confirmed. */
export const isCirculationOver = ({ state }: CirculationSlice): boolean => state === 'NONE' || state === 'CANCELLED';

/** The 48 h from the report that no hold moves (15.1 item 3), and the 2 h of P03. */
export function dueOfCirculation({ state, cancelSince }: CirculationSlice, { reportedAt, isMissing, settings }: { readonly reportedAt: string; readonly isMissing: boolean; readonly settings: Pick<RegionSettings, 'pncHours'> }): DueItem[] {
  if (state === 'CANCEL_DUE' && cancelSince !== undefined) return [{ key: `pnc-cancel|${cancelSince}`, at: addTo(cancelSince, { unit: 'hours', n: 2 }), what: 'PNC_CANCEL' }];
  return isMissing && state !== 'LIVE' ? [{ key: 'pnc-hard', at: addTo(reportedAt, { unit: 'hours', n: settings.pncHours }), what: 'PNC_HARD_LIMIT' }] : [];
}
