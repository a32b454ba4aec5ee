import { plusMinutes } from '../machine/instants.ts';
import type { Role } from '../terms.ts';
import { isOutward, wordingOf, rowOf } from './lookup.ts';
import { mayHaveLeft, type BasisRecord, type Notice } from './notice.ts';
import { isTold } from './progress.ts';
import { noticeSettings, type NoticeSettings } from './settings.ts';
import { isDead, isDeathReleased, type Situation } from './situation.ts';
import { isElectronic, type Variant } from './words.ts';

/** A stand-down before its text is made: to whom, of what. */
export interface StandDown extends Pick<Notice, 'noticeId' | 'recipientId' | 'kind' | 'channel'> {
  readonly variant: Variant;
  readonly standDownOf: string[];
}

export interface StandDowns {
  /** New notices N17; the electronic ones are due to be tried at once. */
  readonly notices: Notice[];
  /** Calls that the OIC makes within 15 min (15.1 item 15). */
  readonly calls: readonly { readonly noticeId: string; readonly recipientId: string; readonly ownerRole: 'OIC'; readonly dueAt: string }[];
}

export interface Sealing {
  readonly situation: Situation;
  readonly settings?: NoticeSettings;
  /** Builds the text of one stand-down and says what stands in it: the names and the SHA-256 of `payloadText`. */
  readonly seal: (one: StandDown) => Pick<Notice, 'fields' | 'payloadHash'>;
}

/**
 * N17 for each recipient of N02-N12 who was told, or may have been, that the person is missing (15.1 items 15 and 20), once for each way in which they were told. Nobody else: who was told nothing
 * learns nothing. After a death there is none before the SIO's release (S15). Made once: run again it gives what is new only, so a message whose handing over came to light later is caught.
 */
export function standDowns(notices: readonly Notice[], { situation, settings = noticeSettings.parse({}), seal }: Sealing): StandDowns {
  if (situation.state === 'DECEASED_PENDING_ID' || (isDead(situation) && !isDeathReleased(situation))) return { notices: [], calls: [] };
  const dueAt = plusMinutes(situation.now, settings.standDownMins);
  const made = groupsOf(toldMissing(notices)).map(group => {
    const [first, ...others] = group;
    const draft = { noticeId: idOf(first, notices), recipientId: first.recipientId, kind: first.kind, channel: first.channel, variant: variantOf(first), standDownOf: [first, ...others].map(one => one.noticeId) };
    const basis = basisOf(first.basis, situation.now);
    return {
      ...draft, n: 'N17', ...(basis !== undefined && { basis }), ...seal(draft), state: 'QUEUED', queuedAt: situation.now, tries: 0, dueAt, ...(isElectronic(draft.channel) && { nextTryAt: situation.now }),
    } satisfies Notice;
  });
  return { notices: made, calls: made.filter(one => !isElectronic(one.channel)).map(({ noticeId, recipientId }) => ({ noticeId, recipientId, ownerRole: 'OIC', dueAt })) };
}

/** The same wherever it is made, so a repeated command makes no second one; numbered when an earlier stand-down of this notice was purged (C22) and the person is found again. */
function idOf({ noticeId }: Notice, notices: readonly Notice[]): string {
  const earlier = notices.filter(one => one.standDownOf?.includes(noticeId)).length;
  return `sd${earlier === 0 ? '' : earlier + 1}-${noticeId}`;
}

/** C22: messages that said "found" and left, or may have, although the person is missing after all. Each of their recipients must be told again; once, so what a later message corrects is left out. */
export function toldFoundWrongly(notices: readonly Notice[]): Notice[] {
  const corrected = new Set(notices.flatMap(one => (one.state !== 'RECALLED' || mayHaveLeft(one) ? one.corrects ?? [] : [])));
  return notices.filter(one => isOutward(one.kind) && wordingOf(one.n, one.variant)?.says === 'FOUND' && mayHaveLeft(one) && !corrected.has(one.noticeId));
}

/** What tells one recipient again that the person is missing. */
export interface Retelling extends Pick<Notice, 'recipientId' | 'n' | 'variant'> {
  /** The messages that were wrong. */
  readonly corrects: string[];
  /** It asks the recipient to do something that people of ours decide on each time: TextSafe, an appeal, a Child Rescue Alert. */
  readonly isRequest: boolean;
  /** Of the first telling: an inspector agreed to it, and it is that which is put right. */
  readonly approvals: readonly Role[];
}

/** One for each recipient and row: the last message that had told them "missing", or that of the row by which they heard "found". */
export function retellings(notices: readonly Notice[]): Retelling[] {
  const made = new Map<string, Retelling>();
  for (const wrong of toldFoundWrongly(notices)) {
    const first = notices.findLast(one => wrong.standDownOf?.includes(one.noticeId));
    const { n, variant } = first ?? { n: wrong.n, variant: 'MISSING' as const };
    const { approval } = rowOf(n);
    const key = `${wrong.recipientId} ${n} ${variant}`;
    made.set(key, { recipientId: wrong.recipientId, n, variant, corrects: [...(made.get(key)?.corrects ?? []), wrong.noticeId], isRequest: n === 'N09' || n === 'N10', approvals: first !== undefined && approval !== undefined ? [approval] : [] });
  }
  return [...made.values()];
}

/** Notices that told somebody that the person is missing and that no stand-down names yet. Closure is barred while there is one (2.4). */
export function toldMissing(notices: readonly Notice[]): Notice[] {
  const covered = new Set(notices.flatMap(one => (one.n === 'N17' && one.state !== 'RECALLED' ? one.standDownOf ?? [] : [])));
  return notices.filter(one => rowOf(one.n).isStoodDown && wordingOf(one.n, one.variant)?.says !== 'FOUND' && mayHaveLeft(one) && one.state !== 'STOOD_DOWN' && !covered.has(one.noticeId));
}

/** Stand-downs of which nobody there has said that they know (2.4: "every agency told missing has been told found"). */
export const openStandDowns = (notices: readonly Notice[]): Notice[] => notices.filter(one => one.n === 'N17' && one.state !== 'RECALLED' && !isTold(one));

/** Marks as STOOD_DOWN what a stand-down took back, once somebody there knows. Their own acknowledgement stays. */
export function settleStandDowns(notices: readonly Notice[]): Notice[] {
  const settled = new Set(notices.flatMap(one => (one.n === 'N17' && isTold(one) ? one.standDownOf ?? [] : [])));
  return notices.map(one => (settled.has(one.noticeId) && one.state !== 'STOOD_DOWN' ? { ...one, state: 'STOOD_DOWN', endReason: 'STOOD_DOWN' } : one));
}

/** The charity knows a TextSafe person by the number alone, so that stand-down is a message of its own. */
const variantOf = ({ n, variant }: Notice): Variant => (n === 'N09' && variant === 'TEXTSAFE' ? 'TEXTSAFE' : 'FOUND');

function groupsOf(notices: readonly Notice[]): [Notice, ...Notice[]][] {
  const groups = new Map<string, [Notice, ...Notice[]]>();
  for (const one of notices) {
    const key = `${one.recipientId} ${one.channel} ${variantOf(one)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Whoever was told that a person is missing is told, on the ground on which they were told, that this is over; an expiry of that ground does not keep them in the dark. */
function basisOf(basis: BasisRecord | undefined, now: string): BasisRecord | undefined {
  if (basis === undefined) return undefined;
  return { basis: basis.basis, purpose: 'Stand-down: the person was located.', minimumNecessary: 'Reference only, and for duty-holders what their duty needs.', decidedBy: basis.decidedBy, at: now };
}
