import { reasonFailures, unless } from '../machine/moment.ts';
import { inOrder, type Failure, type RiskLevel, type Role } from '../terms.ts';

export interface Closer { readonly by: string; readonly roles: readonly Role[]; readonly now: string }

/** Who may approve a closure (C16): an inspector at MEDIUM and HIGH, under 18 and after a death; a sergeant or an inspector the others. */
function closersOf({ level, isUnder18, isDeceased }: { readonly level: RiskLevel; readonly isUnder18: boolean; readonly isDeceased: boolean }): readonly Role[] {
  return level === 'HIGH' || level === 'MEDIUM' || isUnder18 || isDeceased ? ['INSP'] : ['SGT', 'INSP'];
}

/** Segregation and rank of a closure (C16). The proposer cannot approve, in whatever role. */
export function approveCloseFailures(facts: Parameters<typeof closersOf>[0] & { readonly proposedBy?: string }, { by, roles }: Closer): Failure[] {
  const may = closersOf(facts);
  return inOrder([
    ...unless(facts.proposedBy !== undefined, 'GUARD_UNMET', 'C16', 'The officer in the case proposes the closure first.'), ...unless(facts.proposedBy !== by, 'SEGREGATION', 'C16', 'The person who proposed the closure cannot approve it.'),
    ...unless(roles.some(role => may.includes(role)), 'ROLE_DENIED', 'C16', `This closure is approved by ${may.join(' or ')}.`),
  ]);
}

const hour = 3_600_000;

/** An inspector closes without the council's acknowledgement (15.1 item 21): not before 72 h after the referral was delivered, and with a reason. */
export function overrideFailures(facts: { readonly deliveredAt?: string; readonly reason: string; readonly afterHours?: number }, { roles, now }: Closer): Failure[] {
  const after = facts.afterHours ?? 72;
  const isTime = facts.deliveredAt !== undefined && Date.parse(now) - Date.parse(facts.deliveredAt) >= after * hour;
  return inOrder([
    ...unless(roles.includes('INSP'), 'ROLE_DENIED', '15.1 item 21', 'An inspector overrides a missing acknowledgement.'), ...unless(isTime, 'TOO_EARLY', '15.1 item 21', `The local authority has ${after} hours from the delivery of the referral.`),
    ...reasonFailures(facts.reason, '15.1 item 21'),
  ]);
}
