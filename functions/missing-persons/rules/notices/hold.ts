import { resumeAt } from '../clock/hold.ts';
import { unless } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import { isOutward, rowOf, wordingOf } from './lookup.ts';
import type { Notice } from './notice.ts';
import { ended } from './progress.ts';
import { isPurgedByFound } from './maySend.ts';
import { isElectronic } from './words.ts';

/** C8: what is queued or held for outside and says that the person is missing, or was queued before they were found, never leaves (15.1 item 13). Stand-downs and our own staff's notices stay. */
export function purgeOnFound(notices: readonly Notice[], stoppedAt: string): Notice[] {
  return notices.map(one => (isWaiting(one) && isPurgedByFound(one, stoppedAt) ? ended(one, 'FOUND', stoppedAt) : one));
}

/** C11 and C17: what waits for outside is purged, but for the coroner's. */
export function purgeOnEnd(notices: readonly Notice[], why: 'DEATH' | 'CANCELLED', now: string): Notice[] {
  return notices.map(one => (isWaiting(one) && isOutward(one.kind) && one.n !== 'N17' && !rowOf(one.n).isSentOnDeath ? ended(one, why, now) : one));
}

/** C22: a queued message that says "found" must not leave once the person is missing again. */
export function purgeOnMissingAgain(notices: readonly Notice[], now: string): Notice[] {
  const saysFound = ({ n, variant }: Notice): boolean => wordingOf(n, variant)?.says === 'FOUND';
  return notices.map(one => (isWaiting(one) && saysFound(one) ? ended(one, 'STALE', now) : one));
}

/** C10: what is queued for outside waits, but for the coroner's. C6 (once it is agreed): what asks others to search waits; statutory notices go on (2.5). */
export function hold(notices: readonly Notice[], why: 'DEATH' | 'LOCATED', now: string): Notice[] {
  const isMeant = (one: Notice): boolean => isOutward(one.kind) && (why === 'DEATH' ? !rowOf(one.n).isSentOnDeath : rowOf(one.n).isHeldOnLocated);
  return notices.map(one => {
    if (!isMeant(one) || !isWaiting(one)) return one;
    // A death outweighs a report of "found", and what is held already keeps the time at which it was.
    if (one.state === 'HELD') return why === 'DEATH' ? { ...one, heldFor: why } : one;
    const { nextTryAt: _next, ...rest } = one;
    return { ...rest, state: 'HELD', heldAt: now, heldFor: why };
  });
}

/** C7: the sighting was refuted. What was held for it goes on, with the time that it had left. */
export const releaseLocated = (notices: readonly Notice[], now: string): Notice[] => release(notices, 'LOCATED', now);

/** Whether what C10 held may go on: the identity was refuted and the family knows before anybody else (C12, D02). */
export function checkRelease(familyToldAt: string | undefined, now: string): Failure[] {
  return unless(familyToldAt !== undefined && Date.parse(familyToldAt) <= Date.parse(now), 'GUARD_UNMET', 'C12', 'The family must be told first.');
}

/** C12 after `checkRelease`: what C10 held goes on. */
export const releaseDeath = (notices: readonly Notice[], now: string): Notice[] => release(notices, 'DEATH', now);

function release(notices: readonly Notice[], why: 'DEATH' | 'LOCATED', now: string): Notice[] {
  return notices.map(one => {
    if (one.state !== 'HELD' || one.heldFor !== why) return one;
    const { heldAt = now, heldFor: _why, ...rest } = one;
    return { ...rest, state: 'QUEUED', dueAt: resumeAt(one.dueAt, heldAt, now), ...(isElectronic(one.channel) && { nextTryAt: now }) };
  });
}

const isWaiting = ({ state }: Notice): boolean => state === 'QUEUED' || state === 'HELD';
