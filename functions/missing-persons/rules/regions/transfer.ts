import * as z from 'zod';
import { fail, isFailed, reasonFailures, unless, type Actor } from '../machine/moment.ts';
import { about, isBlank, rowIn, take, type RegionAnswer, type RegionRow } from './region.ts';
import { ownerName, ownerOf, passTo, type OwnerName, type OwnershipSlice } from './ownership.ts';

const transferStates = z.enum(['NONE', 'OFFERED', 'ACCEPTED', 'REFUSED', 'RETURNED']);
/** Each offer is kept as it came out; a new one is a new row. */
export const transferSlice = z.strictObject({
  state: transferStates,
  offers: z.array(z.strictObject({
    toForce: z.string(), reason: z.string(), offeredBy: z.string(), offeredAt: z.string(), initialActionsDone: z.boolean(), acknowledgementId: z.string().optional(), acknowledgedAt: z.string().optional(), recordedBy: z.string().optional(),
    theirOwner: ownerName.optional(), theirRef: z.string().optional(), refusedAt: z.string().optional(), refusal: z.string().optional(), returnedAt: z.string().optional(), returnReason: z.string().optional(),
  })),
});
export type TransferSlice = z.infer<typeof transferSlice>;
export const noTransfer: TransferSlice = { state: 'NONE', offers: [] };

export type TransferCommand =
  | { readonly do: 'OfferTransfer'; readonly toForce: string; readonly reason: string; readonly initialActionsDone: boolean }
  | { readonly do: 'AckTransfer'; readonly acknowledgementId: string; readonly owner: OwnerName; readonly theirRef: string }
  | { readonly do: 'RefuseTransfer'; readonly reason: string }
  | { readonly do: 'ReturnTransfer'; readonly reason: string; readonly owner: OwnerName };

export const transferTable: readonly RegionRow<TransferSlice['state'], TransferCommand['do']>[] = [
  { id: 'TR1', from: ['NONE', 'REFUSED', 'RETURNED'], command: 'OfferTransfer', via: 'OfferTransfer', who: ['INSP'], guard: 'Another force; a reason; our initial actions are done; we own the case', to: ['OFFERED'], source: 'S58' },
  { id: 'TR2', from: ['OFFERED'], command: 'AckTransfer', via: 'AckTransfer', who: ['INSP'], guard: 'The written acknowledgement, a named owner of that force and their reference; we own until then', to: ['ACCEPTED'], source: 'S58,DES' },
  { id: 'TR3', from: ['OFFERED'], command: 'RefuseTransfer', via: 'RefuseTransfer', who: ['INSP'], guard: 'Their reason; we own as before', to: ['REFUSED'], source: 'S58~' },
  { id: 'TR4', from: ['ACCEPTED'], command: 'ReturnTransfer', via: 'ReturnTransfer', who: ['INSP'], guard: 'A reason and a named owner of our force', to: ['RETURNED'], source: 'S58~,DES' },
];

/** Both regions in one step, so that there is no instant with no owner or with two (I2). Clocks are no part of it: they go on from the first report (S13). */
export interface OwnedTransfer { readonly ownership: OwnershipSlice; readonly transfer: TransferSlice }
export interface TransferFacts { readonly ourForce: string }

export function decideTransfer(pair: OwnedTransfer, command: TransferCommand, { ourForce }: TransferFacts, actor: Actor): RegionAnswer<OwnedTransfer> {
  if (command.do === 'OfferTransfer' && pair.transfer.state === 'OFFERED') return [fail('TRANSFER_PENDING', 'TR1', 'It is offered to a force already and waits for their answer.')];
  const row = rowIn(transferTable, pair.transfer.state, command.do, actor);
  if (isFailed(row)) return row;
  switch (command.do) {
    case 'OfferTransfer': return offer(pair, command, ourForce, actor);
    case 'AckTransfer': return acknowledge(pair, command, actor);
    case 'RefuseTransfer': return refuse(pair, command.reason, actor);
    case 'ReturnTransfer': return giveBack(pair, command, ourForce, actor);
  }
}

function offer({ ownership, transfer }: OwnedTransfer, { toForce, reason, initialActionsDone }: Extract<TransferCommand, { do: 'OfferTransfer' }>, ourForce: string, { by, now }: Actor): RegionAnswer<OwnedTransfer> {
  const failures = [
    ...unless(ownerOf(ownership).force === ourForce, 'GUARD_UNMET', 'TR1', 'Another force owns this case.'), ...unless(!isBlank(toForce) && toForce !== ourForce, 'FIELD_INVALID', 'TR1', 'Name the other force.'), ...reasonFailures(reason, 'TR1'),
    ...unless(initialActionsDone, 'GUARD_UNMET', 'TR1', 'The force that took the report records it and does the initial actions first.'),
  ];
  if (failures.length > 0) return failures;
  const offered = { toForce, reason, offeredBy: by, offeredAt: now, initialActionsDone };
  return about(take({ ownership, transfer: { state: 'OFFERED', offers: [...transfer.offers, offered] } }, 'TransferOffered', 'disclosure', { what: 'TRANSFER_OFFERED_TASK' }, { what: 'OTHER_FORCE_PACK', about: toForce }), { toForce });
}

function lastChanged({ offers }: TransferSlice, state: TransferSlice['state'], set: Partial<TransferSlice['offers'][number]>): TransferSlice {
  return { state, offers: offers.map((item, n) => (n === offers.length - 1 ? { ...item, ...set } : item)) };
}

/** S13: an inspector of the sending force records the other force's document. */
function acknowledge({ ownership, transfer }: OwnedTransfer, { acknowledgementId, owner, theirRef }: Extract<TransferCommand, { do: 'AckTransfer' }>, { by, now }: Actor): RegionAnswer<OwnedTransfer> {
  const to = transfer.offers.at(-1)?.toForce;
  const failures = [
    ...unless(!isBlank(acknowledgementId), 'EVIDENCE_MISSING', 'TR2', 'Add the written acknowledgement of the receiving force.'), ...unless(!isBlank(theirRef), 'EVIDENCE_MISSING', 'TR2', 'Give the reference of the receiving force.'),
    ...unless(!isBlank(owner.userId), 'EVIDENCE_MISSING', 'TR2', 'Name the person who owns it there.'), ...unless(owner.force === to, 'FIELD_INVALID', 'TR2', `The owner must be of ${to ?? 'the receiving force'}.`),
  ];
  if (failures.length > 0) return failures;
  const set = { acknowledgementId, acknowledgedAt: now, recordedBy: by, theirOwner: owner, theirRef };
  return about(take({ ownership: passTo(ownership, { ...owner, from: now, how: 'TRANSFER', acknowledgedAt: now }), transfer: lastChanged(transfer, 'ACCEPTED', set) }, 'TransferAcknowledged', 'alteration', { what: 'TRANSFER_WATCH_TASK' }), { acknowledgementId, theirRef });
}

function refuse({ ownership, transfer }: OwnedTransfer, reason: string, { now }: Actor): RegionAnswer<OwnedTransfer> {
  const failures = reasonFailures(reason, 'TR3');
  return failures.length > 0 ? failures : take({ ownership, transfer: lastChanged(transfer, 'REFUSED', { refusedAt: now, refusal: reason }) }, 'TransferRefused', 'none', { what: 'PAGE_INSP' });
}

function giveBack({ ownership, transfer }: OwnedTransfer, { reason, owner }: Extract<TransferCommand, { do: 'ReturnTransfer' }>, ourForce: string, { now }: Actor): RegionAnswer<OwnedTransfer> {
  const failures = [...reasonFailures(reason, 'TR4'), ...unless(!isBlank(owner.userId), 'FIELD_INVALID', 'TR4', 'Name who owns it with us.'), ...unless(owner.force === ourForce, 'FIELD_INVALID', 'TR4', 'The owner must be of our force.')];
  if (failures.length > 0) return failures;
  return about(take({ ownership: passTo(ownership, { ...owner, from: now, how: 'TRANSFER' }), transfer: lastChanged(transfer, 'RETURNED', { returnedAt: now, returnReason: reason }) }, 'TransferReturned', 'alteration', { what: 'PAGE_OWNER', about: owner.userId }), { to: owner.userId });
}
