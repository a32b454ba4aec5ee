import type { Caller } from '../../shared/http/caller.ts';
import { organisationOf } from './rules/partners/organisations.ts';
import type { MissingSettings } from './rules/settings.ts';
import { partnerRoles, rolesOf, type Role } from './rules/terms.ts';
import type { MissingRecord } from './state.ts';

type Asker = Pick<Caller, 'objectId' | 'roles'>;
const watchers: ReadonlySet<Role> = new Set<Role>(['AUDITOR', 'DPO', 'RECORDS', 'CONFIG_ADMIN']);

/** Police staff of the workflow: everybody with a role that is neither a partner's nor an auditor's. */
export function isPolice({ roles }: Pick<Asker, 'roles'>): boolean {
  return rolesOf(roles).some(role => !partnerRoles.has(role) && !watchers.has(role));
}

/**
 * Who may see a record at all (0.4, 3.1): a CONFIDENTIAL one is for its owner and those on its list; others for every police role of the workflow, the data protection officer and
 * records. Partners never see a record here: what they may read has a view of its own. Everybody else hears that there is no such record.
 */
export function maySee(record: MissingRecord, asker: Asker): boolean {
  const { restrictedTier, accessList = [] } = record.casefile;
  if (restrictedTier === 'CONFIDENTIAL') return record.owner.userId === asker.objectId || accessList.some(({ userId }) => userId === asker.objectId);
  return isPolice(asker) || rolesOf(asker.roles).some(role => role === 'DPO' || role === 'RECORDS');
}

/** Commands: the police on what they may see, a partner on its own child or placement (15.2 item 28). Which command is the law's to say. */
export function mayTouch(record: MissingRecord, asker: Asker, settings: Pick<MissingSettings, 'organisations'>): boolean {
  if (maySee(record, asker)) return true;
  return rolesOf(asker.roles).some(role => partnerRoles.has(role)) && isOwnOf(record, asker, settings);
}

/** A provider's own placement, an authority's own area: the reach of a partner, and nothing beyond it. */
export function isOwnOf(record: MissingRecord, { objectId }: Pick<Asker, 'objectId'>, { organisations }: Pick<MissingSettings, 'organisations'>): boolean {
  const organisation = organisationOf(organisations, { objectId });
  if (!organisation) return false;
  const { care } = record.person;
  if (organisation.kind === 'CARE_PROVIDER') return care?.placementProviderId !== undefined && (care.placementProviderId === organisation.organisationId || organisation.providerIds.includes(care.placementProviderId));
  return [care?.laResponsible, care?.laPlaced].some(area => area !== undefined && organisation.areas.includes(area));
}
