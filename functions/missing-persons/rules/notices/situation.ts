import type { CaseState } from '../terms.ts';

/** What must be known of a case to say whether a message may be queued or leave now. It is read again just before each adapter call (15.1 item 20). */
export interface Situation {
  /** UTC ISO 8601 with milliseconds. */
  readonly now: string;
  readonly state: CaseState;
  /** Written by C8 in its own transaction; absent while the person is missing. */
  readonly stoppedAt?: string;
  readonly isDeceased: boolean;
  /** Set by DI_SIO; a death is told by nobody before it (15.1 item 14). */
  readonly deathReleaseAt?: string;
  /** The publicity region is APPROVED or LIVE: not PAUSED, WITHDRAWN or undecided (6.4). */
  readonly isPublicityAllowed: boolean;
  /** For HIGH or under 18 a report of "found" stops nothing before SGT or INSP agrees (15.1 item 4); true as well where no agreement is needed. */
  readonly isHoldAgreed: boolean;
}

export const isDead = ({ state, isDeceased }: Pick<Situation, 'state' | 'isDeceased'>): boolean => isDeceased || state === 'DECEASED_CONFIRMED';
export const isDeathReleased = ({ deathReleaseAt, now }: Pick<Situation, 'deathReleaseAt' | 'now'>): boolean => deathReleaseAt !== undefined && Date.parse(deathReleaseAt) <= Date.parse(now);
