import type { Caller } from '../../shared/http/caller.ts';
import { partnerRecordOf } from './rules/law/partnerFacts.ts';
import { organisationOf, type Organisation } from './rules/partners/organisations.ts';
import { mayReadAs } from './rules/partners/views.ts';
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

interface At { readonly settings: MissingSettings; readonly now: string }

/** Commands: the police on what they may see, a partner on what it may read (15.2 item 28). Which command is the law's to say. */
export function mayTouch(record: MissingRecord, asker: Asker, moment: At): boolean {
  if (maySee(record, asker)) return true;
  const organisation = partnerOf(asker, moment.settings);
  return organisation !== undefined && mayReadAsPartner(record, organisation, moment);
}

/** The organisation of a partner's account, of the kind that its role says; undefined for everybody else. */
export function partnerOf({ objectId, roles }: Asker, { organisations }: Pick<MissingSettings, 'organisations'>): Organisation | undefined {
  const organisation = organisationOf(organisations, { objectId });
  return organisation && rolesOf(roles).includes(organisation.kind === 'LA' ? 'LA_PARTNER' : 'CARE_PROVIDER') ? organisation : undefined;
}

/** A provider's own placement, an authority's own children: the reach of a partner, and nothing beyond it. */
export function mayReadAsPartner(record: MissingRecord, organisation: Organisation, moment: At): boolean {
  const found = partnerRecordOf(record, moment);
  return found !== undefined && mayReadAs(organisation, found).length === 0;
}

/** Opening it needs a reason that is logged first (3.1). */
export function needsReason({ casefile: { restrictedTier } }: Pick<MissingRecord, 'casefile'>): boolean {
  return restrictedTier !== 'OPEN';
}
