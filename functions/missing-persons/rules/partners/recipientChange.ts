import * as z from 'zod';
import { londonDate } from '../../../../shared/domain/london.ts';
import { unless } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import { addressFault, recipient, type Recipient } from './recipients.ts';

const who = z.string().min(1).max(100);

/** An entry of the directory that somebody wants to add, edit or take out; it takes effect with a second person (6.2: "edited addresses need two-person"). */
export const recipientChange = z.strictObject({
  changeId: z.string().min(1).max(100), kind: z.enum(['ADD', 'EDIT', 'REMOVE']), recipientId: recipient.shape.recipientId, after: recipient.optional(),
  reason: z.string().trim().min(5).max(500), proposedBy: who, proposedAt: z.iso.datetime(),
  state: z.enum(['PENDING', 'APPROVED', 'REFUSED']), decidedBy: who.optional(), decidedAt: z.iso.datetime().optional(),
  /** How the second person made sure that the address is theirs, for instance a call to the published number. */
  verifiedHow: z.string().trim().min(5).max(500).optional(),
});
export type RecipientChange = z.infer<typeof recipientChange>;

/** Whether a change may be proposed against the directory as it is. */
export function checkProposal(change: RecipientChange, directory: readonly Recipient[]): Failure[] {
  const isThere = directory.some(one => one.recipientId === change.recipientId);
  const fault = change.after === undefined ? undefined : addressFault(change.after.channel, change.after.address);
  return [
    ...(change.kind === 'ADD' && isThere ? [invalid('There is an entry with this id already.')] : []),
    ...(change.kind !== 'ADD' && !isThere ? [invalid('There is no entry with this id.')] : []),
    ...((change.kind === 'REMOVE') === (change.after === undefined) ? [] : [invalid('An entry is given when it is added or edited, and not when it is taken out.')]),
    ...(change.after !== undefined && change.after.recipientId !== change.recipientId ? [invalid('The entry has another id than the change.')] : []),
    ...(fault === undefined ? [] : [invalid(fault)]),
  ];
}

export interface Decision {
  readonly by: string;
  readonly at: string;
  readonly verifiedHow?: string;
}

/** Whether this person may approve it: another user id, not another role (0.4), and for an address that is used afterwards, how it was verified. */
export function checkApproval(change: RecipientChange, { by, verifiedHow }: Decision): Failure[] {
  return [
    ...unless(change.state === 'PENDING', 'STATE_CHANGED', '6.2', 'This change was decided already.'),
    ...unless(by !== change.proposedBy, 'SEGREGATION', '6.2', 'A second person must approve a change of the directory.'),
    ...unless(change.kind === 'REMOVE' || (verifiedHow ?? '').trim().length >= 5, 'REASON_REQUIRED', '6.2', 'Say how you made sure that the address is theirs.'),
  ];
}

/** The directory and the change after approval; the entry counts as verified on that London day. Call `checkApproval` first. */
export function approve(change: RecipientChange, decision: Decision, directory: readonly Recipient[]): { readonly directory: Recipient[]; readonly change: RecipientChange } {
  const others = directory.filter(one => one.recipientId !== change.recipientId);
  const entry = change.after === undefined ? [] : [{ ...change.after, lastVerifiedOn: londonDate(decision.at) }];
  return {
    directory: [...others, ...entry],
    change: { ...change, state: 'APPROVED', decidedBy: decision.by, decidedAt: decision.at, ...(decision.verifiedHow !== undefined && { verifiedHow: decision.verifiedHow }) },
  };
}

/** A re-verification without an edit: one person is enough, since nothing about where messages go changes. */
export const verified = (entry: Recipient, on: string): Recipient => ({ ...entry, lastVerifiedOn: on });

const invalid = (why: string): Failure => ({ code: 'FIELD_INVALID', why, rule: '6.2' });
