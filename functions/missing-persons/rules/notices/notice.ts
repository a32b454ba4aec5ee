import * as z from 'zod';
import { fieldName } from './fields.ts';
import { ackHow, channel, lawfulBasis, noticeNumber, noticeState, recipientKind, variant } from './words.ts';

const instant = z.iso.datetime();
const id = z.string().min(1).max(100);

/** Why this may be told (6.3): who decided, for what, and why no less would do. CONSENT is one basis of four; police may decide without it where life is at risk. */
export const basisRecord = z.strictObject({
  basis: lawfulBasis, purpose: z.string().trim().min(5).max(500), minimumNecessary: z.string().trim().min(5).max(500), decidedBy: id, at: instant, expires: instant.optional(),
});
export type BasisRecord = z.infer<typeof basisRecord>;

/** One message of the outbox (6.2). It names fields and never holds their values; the payload is in the restricted store, its hash here. */
export const notice = z.strictObject({
  noticeId: id, n: noticeNumber, variant, recipientId: id, kind: recipientKind, channel,
  /** Absent only on what goes to our own staff. */
  basis: basisRecord.optional(),
  fields: z.array(fieldName), payloadHash: z.string().regex(/^[0-9a-f]{64}$/),
  state: noticeState, queuedAt: instant,
  /** When an adapter was first given it. From then on it may have left, whatever the answer was (15.1 item 20). */
  handedAt: instant.optional(),
  sentAt: instant.optional(), deliveredAt: instant.optional(), providerRef: id.optional(),
  ackBy: id.optional(), ackAt: instant.optional(), ackHow: ackHow.optional(),
  tries: z.number().int().min(0), nextTryAt: instant.optional(), dueAt: instant,
  heldAt: instant.optional(), heldFor: z.enum(['LOCATED', 'DEATH']).optional(),
  /** Why it ended without an answer. */
  endedAt: instant.optional(), endReason: z.enum(['FOUND', 'DEATH', 'CANCELLED', 'RECALLED', 'STALE', 'REFUSED', 'TRIES_SPENT', 'BOUNCED', 'STOOD_DOWN']).optional(),
  /** A stand-down names the notices that it takes back. */
  standDownOf: z.array(id).min(1).optional(),
  /** C22: it names the messages that had said "found" and were wrong. */
  corrects: z.array(id).min(1).optional(),
});
export type Notice = z.infer<typeof notice>;

/** It left, or may have left: what a stand-down must reach. A telephone call counts once it is logged. */
export function mayHaveLeft({ channel: way, handedAt, sentAt, ackAt }: Notice): boolean {
  return way === 'PHONE_LOG' ? ackAt !== undefined : handedAt !== undefined || sentAt !== undefined || ackAt !== undefined;
}
