import * as z from 'zod';
import { authority, enquiryType, isIpa } from './enquiryTypes.ts';
import type { RegionRow } from './region.ts';

const enquiryRow = z.strictObject({
  id: z.string(), type: enquiryType, authority, state: z.enum(['OPEN', 'AWAITING_DECISION', 'HELD', 'APPROVED', 'REFUSED', 'RETURNED', 'CANCELLED']),
  cdGrade: z.int().min(1).max(3).optional(), isRequestToSpoc: z.boolean(), isVerbal: z.boolean(), necessity: z.string().max(2_000), proportionality: z.string().max(2_000), collateral: z.string().max(2_000),
  requestedAt: z.string(), requestedBy: z.string(), writtenUpAt: z.string().optional(), writtenUpBy: z.string().optional(), decisionBy: z.string().optional(), decidedAt: z.string().optional(), decisionReason: z.string().max(2_000).optional(),
  resultAt: z.string().optional(), resultSummary: z.string().max(400).optional(), informationId: z.string().optional(), nextCheckAt: z.string().optional(), endReason: z.string().max(400).optional(),
  /** Of the room of live links: its request, when it was asked for, and what was heard of it last (15.2 item 36). */
  liveLinkRequestId: z.string().optional(), liveLinkAskedAt: z.string().optional(), liveLinkNews: z.string().max(40).optional(),
});
export type EnquiryRow = z.infer<typeof enquiryRow>;

export const commsState = z.enum(['NONE', 'REQUESTED', 'RETURNED', 'CANCELLED']);
export type CommsState = z.infer<typeof commsState>;
export const enquirySlice = z.strictObject({ enquiries: z.array(enquiryRow).max(1_000) });
export type EnquirySlice = z.infer<typeof enquirySlice>;
export const noEnquiries: EnquirySlice = { enquiries: [] };

/** The region is read off its rows: an open request outweighs what came back (2.5). */
export function commsStateOf({ enquiries }: EnquirySlice): CommsState {
  const rows = enquiries.filter(isIpa);
  if (rows.length === 0) return 'NONE';
  if (rows.some(isPending)) return 'REQUESTED';
  return rows.some(row => row.state === 'RETURNED') ? 'RETURNED' : 'CANCELLED';
}

export const isPending = ({ state }: Pick<EnquiryRow, 'state'>): boolean => ['OPEN', 'AWAITING_DECISION', 'HELD', 'APPROVED'].includes(state);

export type EnquiryCommand =
  | {
    readonly do: 'RecordEnquiry'; readonly id: string; readonly type: EnquiryRow['type']; readonly authority: EnquiryRow['authority']; readonly isRequestToSpoc?: boolean; readonly cdGrade?: number; readonly isVerbal?: boolean; readonly necessity: string;
    readonly proportionality: string; readonly collateral: string; readonly nextCheckAt?: string;
  }
  | { readonly do: 'WriteUpEnquiry'; readonly id: string; readonly necessity: string; readonly proportionality: string; readonly collateral: string }
  | { readonly do: 'DecideEnquiry'; readonly id: string; readonly isApproved: boolean; readonly reason: string }
  | { readonly do: 'RecordEnquiryResult'; readonly id: string; readonly summary: string; readonly informationId?: string }
  | { readonly do: 'CancelEnquiry'; readonly id: string; readonly reason: string }
  | { readonly do: 'RequestLiveLink'; readonly id: string; readonly necessity: string; readonly proportionality: string; readonly collateral: string }
  | { readonly do: 'ApproveLiveLink'; readonly id: string; readonly isApproved: boolean; readonly reason: string; readonly safeguarding?: string }
  | { readonly do: 'RequireCdCancellation' };

const every = commsState.options;
/** Rows of the region of communications data; other lines of enquiry use the same commands and leave it where it is. */
export const enquiryTable: readonly RegionRow<CommsState, EnquiryCommand['do']>[] = [
  { id: 'CD1', from: every, command: 'RecordEnquiry', via: 'RecordEnquiry', who: ['ATTACHED', 'CD_SPOC'], guard: 'Communications data: CD_SPOC, or a request to CD_SPOC; grade, necessity, proportionality, collateral intrusion', to: every, source: 'S47,DK' },
  { id: 'CD2', from: ['REQUESTED', 'RETURNED', 'CANCELLED'], command: 'WriteUpEnquiry', via: 'RecordEnquiry', who: ['ATTACHED', 'CD_SPOC'], guard: 'A verbal request: by who made it, or CD_SPOC', to: ['REQUESTED', 'RETURNED', 'CANCELLED'], source: 'S47,DK' },
  { id: 'CD3', from: ['REQUESTED'], command: 'DecideEnquiry', via: 'DecideEnquiry', who: ['CD_SPOC'], guard: 'Not by who asked; reason', to: ['REQUESTED', 'RETURNED', 'CANCELLED'], source: 'DK,DES' },
  { id: 'CD4', from: every, command: 'RecordEnquiryResult', via: 'RecordEnquiry', who: ['ATTACHED', 'CD_SPOC'], guard: 'Communications data by CD_SPOC once decided; a summary without content or raw data', to: every, source: 'DK,DES' },
  { id: 'CD5', from: every, command: 'CancelEnquiry', via: 'RecordEnquiry', who: ['ATTACHED', 'CD_SPOC'], guard: 'Communications data by CD_SPOC; reason', to: every, source: 'DK' },
  { id: 'CD6', from: every, command: 'RequestLiveLink', via: 'RequestLiveLink', who: ['ATTACHED'], guard: 'The person is missing; held for a child at risk of exploitation', to: every, source: 'DES' },
  { id: 'CD7', from: every, command: 'ApproveLiveLink', via: 'ApproveLiveLink', who: ['INSP'], guard: 'Not by who asked; one that is held needs what was agreed for the safety of the child', to: every, source: 'DES' },
  { id: 'CD8', from: every, command: 'RequireCdCancellation', who: ['SYSTEM'], guard: 'C8, C11: CD_SPOC is asked to cancel what is open; the system cancels nothing (I10)', to: every, source: 'DK,DES' },
];
