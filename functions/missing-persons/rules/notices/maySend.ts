import { fail } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import { checkRecipient, type Recipient } from '../partners/recipients.ts';
import { isOutward, rowOf, wordingOf } from './lookup.ts';
import type { Notice } from './notice.ts';
import { noticeSettings, type NoticeSettings } from './settings.ts';
import { isDead, isDeathReleased, type Situation } from './situation.ts';
import type { Wording } from './table.ts';
import type { NoticeNumber } from './words.ts';

type Says = Wording['says'];

/**
 * What to do with a notice now. SEND: give it to its adapter. WAIT: later. HOLD: keep it (C6, C10). PURGE: it must never leave. REFUSE: its basis or recipient no longer holds, a person must look.
 * BY_HAND: a telephone call, which no machine makes. NOTHING: it was dealt with already, and this is a late or second delivery of its queue message (S11).
 */
export interface Verdict {
  readonly verdict: 'SEND' | 'WAIT' | 'HOLD' | 'PURGE' | 'REFUSE' | 'BY_HAND' | 'NOTHING';
  readonly why?: Failure;
}

/** Rows about a body or a referral: finding the person does not make them untrue. */
const aboutOtherThings: ReadonlySet<NoticeNumber> = new Set<NoticeNumber>(['N03', 'N13', 'N14']);

/** The last look before an adapter call, on a state read a moment ago. */
export function maySend(notice: Notice, situation: Situation, to: Recipient, settings: NoticeSettings = noticeSettings.parse({})): Verdict {
  if (notice.state !== 'QUEUED') return { verdict: 'NOTHING' };
  const stopped = mayBeToldNow(notice, situation);
  if (stopped.verdict !== 'SEND') return stopped;
  if (notice.nextTryAt !== undefined && Date.parse(notice.nextTryAt) > Date.parse(situation.now)) return { verdict: 'WAIT' };
  const lapsed = lapsedBasis(notice, situation.now) ?? checkRecipient(to, situation.now, settings)[0] ?? (to.recipientId === notice.recipientId && to.channel === notice.channel ? undefined : elsewhere);
  if (lapsed !== undefined) return { verdict: 'REFUSE', why: lapsed };
  return { verdict: notice.channel === 'PHONE_LOG' ? 'BY_HAND' : 'SEND' };
}

/** Whether the case as it stands lets this notice out at all; used for queueing as well, where `queuedAt` is now. */
export function mayBeToldNow(notice: Pick<Notice, 'n' | 'variant' | 'kind' | 'queuedAt'>, situation: Situation): Verdict {
  if (!isOutward(notice.kind)) return { verdict: 'SEND' };
  const says = wordingOf(notice.n, notice.variant)?.says;
  if (says === undefined) return purge('The notice has no such variant.', '6.1');
  return stoppedByDeath(notice, says, situation) ?? stoppedByStage(notice, says, situation) ?? stoppedByRegion(notice, situation) ?? { verdict: 'SEND' };
}

function stoppedByStage(notice: Pick<Notice, 'n' | 'variant' | 'kind' | 'queuedAt'>, says: Says, situation: Situation): Verdict | undefined {
  const isOver = situation.stoppedAt !== undefined || situation.state === 'CANCELLED' || isDead(situation);
  if (says === 'FOUND' && !isOver) return purge('The person is missing; nothing may say that they were found.', 'C22');
  return isOver && isPurgedByFound(notice, situation.stoppedAt ?? situation.now) ? purge('The person was found; this message never leaves.', 'C8') : undefined;
}

function stoppedByRegion(notice: Pick<Notice, 'n' | 'variant'>, { isPublicityAllowed, state, isHoldAgreed }: Situation): Verdict | undefined {
  if (isPublicity(notice) && !isPublicityAllowed) return { verdict: 'HOLD', why: fail('PUBLICITY_UNANSWERED', '6.4', 'The publicity is not approved, or it is paused.') };
  const isLookedInto = state === 'LOCATED_UNVERIFIED' && isHoldAgreed && rowOf(notice.n).isHeldOnLocated;
  return isLookedInto ? { verdict: 'HOLD', why: fail('GUARD_UNMET', 'C6', 'A report that the person was found is being looked into.') } : undefined;
}

/** An outward message that C8 ends: it says that the person is missing, or it was queued before they were found. Stand-downs are what is left (S11). */
export function isPurgedByFound({ n, variant, kind, queuedAt }: Pick<Notice, 'n' | 'variant' | 'kind' | 'queuedAt'>, stoppedAt: string): boolean {
  if (!isOutward(kind) || n === 'N17' || aboutOtherThings.has(n)) return false;
  return wordingOf(n, variant)?.says === 'MISSING' || Date.parse(queuedAt) < Date.parse(stoppedAt);
}

export const isPublicity = ({ n, variant }: Pick<Notice, 'n' | 'variant'>): boolean => n === 'N16' || (n === 'N09' && variant === 'PUBLICITY');

function stoppedByDeath({ n, kind }: Pick<Notice, 'n' | 'kind'>, says: Says, situation: Situation): Verdict | undefined {
  if (rowOf(n).isSentOnDeath) return undefined;
  if (situation.state === 'DECEASED_PENDING_ID') return { verdict: 'HOLD', why: fail('CASE_LOCKED_DECEASED', 'C10', 'A body was found; messages to family, partners and the public wait.') };
  if (!isDead(situation)) return undefined;
  if (kind === 'INFORMANT') return purge('A death is told by a person and never by a message.', 'N15');
  if (says === 'MISSING') return purge('The person has died; this message never leaves.', 'C11');
  return isDeathReleased(situation) ? undefined : { verdict: 'WAIT', why: fail('CASE_LOCKED_DECEASED', 'C21', 'The SIO has not released the death.') };
}

function lapsedBasis({ basis, kind }: Notice, now: string): Failure | undefined {
  if (!isOutward(kind)) return undefined;
  if (basis === undefined) return fail('LAWFUL_BASIS_MISSING', 'I6', 'No lawful basis is recorded.');
  return basis.expires !== undefined && Date.parse(basis.expires) <= Date.parse(now) ? fail('LAWFUL_BASIS_MISSING', '6.3', 'The lawful basis has expired.') : undefined;
}

const elsewhere = fail('RECIPIENT_NOT_ALLOWED', '6.2', 'The recipient is not the one that was queued.');
const purge = (why: string, rule: string): Verdict => ({ verdict: 'PURGE', why: fail('GUARD_UNMET', rule, why) });
