import { hasCome, plusMinutes } from '../machine/instants.ts';
import { unless } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import { rowOf } from './lookup.ts';
import { mayHaveLeft, type Notice } from './notice.ts';
import { noticeSettings, type NoticeSettings } from './settings.ts';

/** What an adapter answered. `later`: not known or not taken, the same key may be tried again. `refused`: never as it is. `byHand`: a person must do it. */
export type Answer =
  | { readonly outcome: 'accepted'; readonly providerRef: string }
  | { readonly outcome: 'later'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'byHand' };

export interface Progress {
  readonly notice: Notice;
  /** Nobody there was told by this message and no machine will tell them: the sergeant is paged (6.2). */
  readonly pages?: 'SGT';
}

/** Written before the adapter call. From here on the message may have left, and "found" must reach its recipient. */
export function handed(notice: Notice, now: string): Notice {
  return { ...notice, handedAt: notice.handedAt ?? now, tries: notice.tries + 1 };
}

/**
 * The notice after an adapter's answer. Tries are 1, 5, 15 and 60 min apart, each with the same key; the failure after that pages the sergeant (6.2). A notice that was purged or recalled while
 * the adapter worked stays so, and keeps the proof that it left.
 */
export function answered(notice: Notice, answer: Answer, now: string, settings: NoticeSettings = noticeSettings.parse({})): Progress {
  const { nextTryAt: _done, ...rest } = notice;
  if (answer.outcome === 'accepted') {
    const left = { ...rest, sentAt: notice.sentAt ?? now, providerRef: answer.providerRef };
    return { notice: notice.state === 'QUEUED' ? { ...left, state: 'SENT' } : left };
  }
  if (notice.state !== 'QUEUED' || answer.outcome === 'byHand') return { notice: notice.state === 'QUEUED' ? rest : notice };
  if (answer.outcome === 'refused') return failed(rest, 'REFUSED', now);
  const wait = settings.retryMins[notice.tries - 1];
  if (wait === undefined) return failed(rest, 'TRIES_SPENT', now);
  const own = plusMinutes(now, wait);
  const asked = new Date(Date.parse(now) + Math.min(answer.retryAfterMs ?? 0, 3_600_000)).toISOString();
  return { notice: { ...rest, nextTryAt: asked > own ? asked : own } };
}

/** The mailbox sent it back after it was accepted: it counts as not told, and the sergeant has it done by telephone. */
export function bounced(notice: Notice, now: string): Progress {
  return notice.state === 'SENT' || notice.state === 'DELIVERED' ? failed(notice, 'BOUNCED', now) : { notice };
}

/** The machine there has it. That is not yet "told". */
export const delivered = (notice: Notice, at: string): Notice => (notice.state === 'SENT' ? { ...notice, state: 'DELIVERED', deliveredAt: at } : notice);

/** The verdict REFUSE of `maySend`: basis or recipient no longer holds. */
export const refusedNow = (notice: Notice, now: string): Progress => (notice.state === 'QUEUED' ? failed(notice, 'REFUSED', now) : { notice });

export interface Acknowledgement {
  /** Who there took it in. */
  readonly by: string;
  readonly at: string;
  readonly how: 'PORTAL' | 'PHONE_LOG';
}

/** Whether it can be acknowledged so. A telephone call may also stand in for a message that failed or still waits; the portal knows only what was sent. */
export function checkAck(notice: Notice, ack: Acknowledgement, now: string): Failure[] {
  const mayBe = ack.how === 'PORTAL' ? ['SENT', 'DELIVERED'] : ['QUEUED', 'SENT', 'DELIVERED', 'FAILED'];
  return [
    ...unless(mayBe.includes(notice.state), 'TRANSITION_NOT_ALLOWED', '6.2', 'This message cannot be acknowledged as it stands.'),
    ...unless(ack.by.trim() !== '', 'EVIDENCE_MISSING', '6.2', 'Say who there took the message in.'),
    ...unless(hasCome(ack.at, now), 'TIME_IN_FUTURE', '2.6', 'The time of the acknowledgement is still to come.'),
  ];
}

export function acknowledged(notice: Notice, { by, at, how }: Acknowledgement): Notice {
  const { nextTryAt: _done, ...rest } = notice;
  return { ...rest, state: 'ACKED', ackBy: by.trim(), ackAt: at, ackHow: how };
}

/** "Sent" is not "told" (6.2): where the row needs a person's acknowledgement only that counts, elsewhere that it left. */
export const isTold = (notice: Notice): boolean => notice.ackAt !== undefined || (!rowOf(notice.n).needsAck && ['SENT', 'DELIVERED'].includes(notice.state));

/** Notices that should have been told by now and are not, the longest overdue first. */
export function untold(notices: readonly Notice[], now: string): Notice[] {
  return notices.filter(one => !isTold(one) && ['QUEUED', 'SENT', 'DELIVERED', 'FAILED'].includes(one.state) && Date.parse(one.dueAt) <= Date.parse(now)).sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
}

/**
 * Takes a message back, for instance a photograph of the wrong person. What has not left never does; what may have left comes back in `correctByHand`, for its recipient must be told by a person.
 */
export function recall(notices: readonly Notice[], ids: ReadonlySet<string>, now: string): { readonly notices: Notice[]; readonly correctByHand: Notice[] } {
  const isMeant = (one: Notice): boolean => ids.has(one.noticeId) && one.state !== 'RECALLED' && one.state !== 'STOOD_DOWN';
  return {
    notices: notices.map(one => (isMeant(one) ? ended(one, 'RECALLED', now) : one)),
    correctByHand: notices.filter(one => isMeant(one) && mayHaveLeft(one)),
  };
}

/** Ends a notice that will not be sent: RECALLED with the reason. */
export function ended(notice: Notice, why: NonNullable<Notice['endReason']>, now: string): Notice {
  const { nextTryAt: _next, heldAt: _heldAt, heldFor: _heldFor, ...rest } = notice;
  return { ...rest, state: 'RECALLED', endedAt: now, endReason: why };
}

function failed(notice: Notice, why: 'REFUSED' | 'TRIES_SPENT' | 'BOUNCED', now: string): Progress {
  const { nextTryAt: _next, ...rest } = notice;
  return { notice: { ...rest, state: 'FAILED', endedAt: now, endReason: why }, pages: 'SGT' };
}
