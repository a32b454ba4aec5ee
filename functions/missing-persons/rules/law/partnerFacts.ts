import type { MissingRecord } from '../../state.ts';
import type { PartnerRecord } from '../partners/views.ts';
import { isUnder18 } from './about.ts';
import { mayTellFound } from './disclosing.ts';
import type { Moment } from './step.ts';

/** States of a report in which the provider that entered it still waits for an answer. */
const waiting: readonly string[] = ['RECEIVED', 'SCREENED'];

/** What of a record decides which partner may see it (15.2 item 28). Undefined of a report that no case came of: nobody outside sees those, but the provider whose report waits. */
export function partnerRecordOf(record: MissingRecord, { settings, now }: Pick<Moment, 'settings' | 'now'>): PartnerRecord | undefined {
  const { file, report, person, casefile } = record;
  const isOwnReport = report.organisationId !== undefined && waiting.includes(report.state);
  if (!file && !isOwnReport) return undefined;
  const { placementProviderId, laResponsible, laPlaced } = person.care ?? {};
  return {
    hasChildDuties: file !== undefined && isUnder18(record, now, settings), authorities: [laResponsible, laPlaced].flatMap(area => area ?? []), ...(placementProviderId !== undefined && { placementProviderId }),
    tier: casefile.restrictedTier, state: file?.state ?? report.state,
  };
}

/** Whether the place to which somebody came back is withheld from the care provider (N06, S14): so as well while nobody has decided, and of an adult who was not asked (I7). */
export function isPlaceWithheld(record: MissingRecord, moment: Pick<Moment, 'now'>): boolean {
  return !mayTellFound(record, 'CARE_PROVIDER', moment);
}
