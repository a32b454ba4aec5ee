import type { NoticeFacts } from '../notices/facts.ts';
import { fields, type FieldName } from '../notices/fields.ts';
import type { Failure } from '../terms.ts';
import type { Organisation } from './organisations.ts';

/** What of a record decides whether a partner may see it at all. */
export interface PartnerRecord {
  /** Under 18 at the report, or turned 18 while missing with child duties kept. */
  readonly hasChildDuties: boolean;
  /** The authority where the child lives, the responsible one and the placing one. */
  readonly authorities: readonly string[];
  readonly placementProviderId?: string;
  readonly tier: 'OPEN' | 'RESTRICTED' | 'CONFIDENTIAL';
  readonly state: string;
}

/**
 * Whether people of this organisation may read the record: an authority its own-area children, a care provider its own placements (0.4, 15.2 item 28). CONFIDENTIAL is for the named list alone,
 * and a case made in error is nobody's outside. The answer is always NOT_FOUND, so that asking does not show that a record exists.
 */
export function mayReadAs(partner: Organisation | undefined, record: PartnerRecord): Failure[] {
  return partner !== undefined && isOpenToPartners(record) && isTheirs(partner, record) ? [] : [{ code: 'NOT_FOUND', why: 'There is no such record for your organisation.', rule: '15.2 item 28' }];
}

const isOpenToPartners = ({ tier, state }: PartnerRecord): boolean => tier !== 'CONFIDENTIAL' && state !== 'CANCELLED';

function isTheirs(partner: Organisation, record: PartnerRecord): boolean {
  if (partner.kind === 'LA') return record.hasChildDuties && partner.areas.some(area => record.authorities.includes(area));
  return record.placementProviderId !== undefined && [partner.organisationId, ...partner.providerIds].includes(record.placementProviderId) && record.state !== 'CLOSED';
}

const contact = ['officerName', 'officerPhone', 'officerEmail', 'officerUnit'] as const;

/** Exactly what LA_PARTNER reads: the ceiling of N04 and N05, and what its return interview needs. */
export const laPartnerFields: readonly FieldName[] = [
  'caseRef', 'caseStatus', 'fullName', 'dob', 'age', 'risk', 'lastSeenAt', 'lastSeenPlace', 'missingFrom', 'placementName', 'placementAddress', 'careStatus', 'responsibleLa', 'socialWorkerName', 'safeguardingFlags', 'nextContactAt',
  'foundAt', 'foundPlace', 'foundCondition', 'returnedAt', 'returnPlace', 'rhiDueAt', ...contact,
];

/** Exactly what CARE_PROVIDER reads. `returnPlace` only while it is not withheld from them; where and how the child was found, intelligence, flags and health never. */
export const careProviderFields: readonly FieldName[] = ['caseRef', 'caseStatus', 'fullName', 'nextContactAt', 'lastSeenAt', 'foundAt', 'returnPlace', ...contact];

export interface PartnerRow {
  readonly name: FieldName;
  readonly label: string;
  readonly value: string;
}

/**
 * What a partner's list and page show of a record that `mayReadAs` opened. `isPlaceWithheld` is the child-safety decision (N06, S14): true as well while nobody has decided, so that silence tells nothing.
 * A death is shown to nobody before the SIO's release.
 */
export function partnerView(kind: Organisation['kind'], facts: NoticeFacts, { isPlaceWithheld }: { readonly isPlaceWithheld: boolean }): PartnerRow[] {
  const names = kind === 'LA' ? laPartnerFields : careProviderFields.filter(name => name !== 'returnPlace' || !isPlaceWithheld);
  // Until the SIO releases a death the record looks to partners as it did before: still missing (S15).
  const seen = facts.isDeceased && !facts.isDeathReleased ? { ...facts, caseStatus: 'MISSING' as const } : facts;
  return names.flatMap(name => {
    const value = fields[name].read(seen);
    const text = value === undefined ? '' : typeof value === 'object' ? value.join(', ') : String(value);
    return text === '' ? [] : [{ name, label: fields[name].label, value: text }];
  });
}
