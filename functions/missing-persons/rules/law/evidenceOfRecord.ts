import type { MissingRecord } from '../../state.ts';
import { fail, unless } from '../machine/moment.ts';
import { undisposed } from '../regions/biometric.ts';
import type { Evidence } from '../tasks/evidence.ts';
import type { Failure } from '../terms.ts';
import { regionsOf } from './regionSlices.ts';

/** What evidence of a task says must fit what the record itself knows; the shape of evidence cannot tell. */
export function evidenceOfRecord(record: Pick<MissingRecord, 'regions'>, given: Evidence): Failure[] {
  const regions = regionsOf(record);
  switch (given.kind) {
    case 'DISPOSAL': return disposalFailures(regions.biometrics, given);
    case 'RHI_REFERRAL': return referralFailures(regions.rhi, given);
    default: return [];
  }
}

/** P10: samples were taken to identify and are deleted when the person is found [S50]. Each that is recorded is disposed of with the confirmation of its holder, unless a law keeps it. */
function disposalFailures(holdings: Parameters<typeof undisposed>[0], { items }: Extract<Evidence, { kind: 'DISPOSAL' }>): Failure[] {
  const held = undisposed(holdings);
  if (held.length === 0 || items.some(({ how }) => how === 'RETAINED_BY_LAW')) return [];
  return [fail('EVIDENCE_MISSING', 'P10', `Still held: ${[...new Set(held.map(({ type }) => type))].join(', ')}. Record the disposal of each with its holder's confirmation, or say which law keeps it.`)];
}

/** P06 by hand asks no less than the referral of the case (RH3): host and home authority when out of area. */
function referralFailures({ required, referrals }: ReturnType<typeof regionsOf>['rhi'], { authorities }: Extract<Evidence, { kind: 'RHI_REFERRAL' }>): Failure[] {
  const named = new Set([...authorities, ...referrals.map(({ authority }) => authority)].map(name => name.trim().toLowerCase()));
  return unless(required?.needsTwoAuthorities !== true || named.size >= 2, 'GUARD_UNMET', 'P06', 'The child lives out of area: refer to the home and to the host authority.');
}
