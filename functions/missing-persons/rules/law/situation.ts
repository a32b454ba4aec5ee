import type { MissingRecord } from '../../state.ts';
import type { NoticeFacts } from '../notices/facts.ts';
import type { Situation } from '../notices/situation.ts';
import { initialsOf, shownName } from '../person/names.ts';
import { ageAt } from '../clock/age.ts';
import { bornOf, isUnder18, knownOf, levelOf } from './about.ts';
import { isPublicityAllowed } from '../regions/publicity.ts';
import { regionFacts } from './regionFacts.ts';
import { regionsOf } from './regionSlices.ts';
import type { Moment } from './step.ts';

/** What must be known of a record to say whether a message may leave now (6.2); read again just before each adapter call. */
export function situationOf({ file, risk, person, clocks, regions }: MissingRecord, now: string, settings: Moment['settings']): Situation {
  const needsAgreement = risk?.level === 'HIGH' || isUnder18({ person, clocks }, now, settings);
  return {
    now, state: file?.state ?? 'OPEN_UNCONFIRMED', ...(file?.stoppedAt !== undefined && { stoppedAt: file.stoppedAt }), isDeceased: file?.deceased?.confirmedAt !== undefined,
    ...(file?.deceased?.releaseAt !== undefined && { deathReleaseAt: file.deceased.releaseAt }),
    isPublicityAllowed: isPublicityAllowed(regionsOf({ regions }).publicity, now), isHoldAgreed: file?.located?.holdAgreedAt !== undefined || !needsAgreement,
  };
}

/** What a record could give to a notice; the allow-list of the notice decides what of it leaves. */
export function noticeFactsOf(record: MissingRecord, { settings, now }: Pick<Moment, 'settings' | 'now'>): NoticeFacts {
  const { file, person, casefile, clocks } = record;
  const born = bornOf(record);
  const age = born && ageAt(born, clocks.reported);
  const isFound = file?.stoppedAt !== undefined;
  const care = person.care;
  return {
    caseRef: file?.caseRef ?? '', forceCode: settings.forceCode, isUnder18: isUnder18(record, now, settings), caseStatus: isFound ? 'FOUND' : 'MISSING', isDeceased: file?.deceased?.confirmedAt !== undefined, isDeathReleased: file?.deceased?.releaseAt !== undefined,
    risk: levelOf(record), fullName: shownName(person), ...(born?.by === 'DATE' && { dob: born.date }), ...(age && age.youngest === age.oldest && { age: age.youngest }), missingFrom: casefile.missingFrom, flags: knownOf(record).flags.map(({ flag }) => flag),
    ...(clocks.lastSeenFrom !== undefined && { lastSeenAt: clocks.lastSeenFrom }), ...(casefile.lastSeenPlace.text !== undefined && { lastSeenPlace: casefile.lastSeenPlace.text }),
    ...(care?.provider !== undefined && { placementName: care.provider }), ...(care?.laResponsible !== undefined && { responsibleLa: care.laResponsible }), ...(care?.socialWorker && { socialWorkerName: care.socialWorker.name }),
    ...(person.education && { school: person.education.school }), ...(clocks.located !== undefined && { foundAt: clocks.located }), ...(file?.verification && { foundCondition: file.verification.condition }),
    ...(clocks.returned !== undefined && { returnedAt: clocks.returned }), ...(person.devices?.[0]?.msisdn !== undefined && { mobileNumber: person.devices[0].msisdn }), ...(file?.deceased?.coronerRef !== undefined && { coronerRef: file.deceased.coronerRef }), officerName: settings.contact.name, officerPhone: settings.contact.phone, ...regionFacts(record, { settings, now }),
  };
}

export function shownOnCard(record: Pick<MissingRecord, 'person' | 'clocks'>): { readonly initials: string; readonly age?: string } {
  const born = bornOf(record);
  const age = born && ageAt(born, record.clocks.reported);
  return { initials: initialsOf(record.person), ...(age && { age: age.youngest === age.oldest ? String(age.youngest) : `${age.youngest} to ${age.oldest}` }) };
}
