import { inOrder, type Failure, type RefusalCode, type RiskLevel, type Role } from '../terms.ts';

export interface Closer { readonly by: string; readonly roles: readonly Role[]; readonly now: string }
type Check = readonly [isSo: boolean, code: RefusalCode, rule: string, why: string];
const failed = (checks: readonly Check[]): Failure[] => inOrder(checks.flatMap(([isSo, code, rule, why]) => (isSo ? [] : [{ code, rule, why }])));

/** Who may approve a closure (C16): an inspector at MEDIUM and HIGH, under 18 and after a death; a sergeant or an inspector the others. */
export function closersOf({ level, isUnder18, isDeceased }: { readonly level: RiskLevel; readonly isUnder18: boolean; readonly isDeceased: boolean }): readonly Role[] {
  return level === 'HIGH' || level === 'MEDIUM' || isUnder18 || isDeceased ? ['INSP'] : ['SGT', 'INSP'];
}

/** Segregation and rank of a closure (C16). The proposer cannot approve, in whatever role. */
export function approveCloseFailures(facts: Parameters<typeof closersOf>[0] & { readonly proposedBy?: string }, { by, roles }: Closer): Failure[] {
  const may = closersOf(facts);
  return failed([
    [facts.proposedBy !== undefined, 'GUARD_UNMET', 'C16', 'The officer in the case proposes the closure first.'], [facts.proposedBy !== by, 'SEGREGATION', 'C16', 'The person who proposed the closure cannot approve it.'],
    [roles.some(role => may.includes(role)), 'ROLE_DENIED', 'C16', `This closure is approved by ${may.join(' or ')}.`],
  ]);
}

const hour = 3_600_000;

/** An inspector closes without the council's acknowledgement (15.1 item 21): not before 72 h after the referral was delivered, and with a reason. */
export function overrideFailures(facts: { readonly deliveredAt?: string; readonly reason: string; readonly afterHours?: number }, { roles, now }: Closer): Failure[] {
  const after = facts.afterHours ?? 72;
  const isTime = facts.deliveredAt !== undefined && Date.parse(now) - Date.parse(facts.deliveredAt) >= after * hour;
  return failed([
    [roles.includes('INSP'), 'ROLE_DENIED', '15.1 item 21', 'An inspector overrides a missing acknowledgement.'], [isTime, 'TOO_EARLY', '15.1 item 21', `The local authority has ${after} hours from the delivery of the referral.`],
    [facts.reason.trim().length >= 5, 'REASON_REQUIRED', '15.1 item 21', 'Say why, in a few words.'],
  ]);
}
