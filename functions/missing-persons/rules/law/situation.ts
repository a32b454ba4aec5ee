import type { MissingRecord } from '../../state.ts';
import type { NoticeFacts } from '../notices/facts.ts';
import type { Situation } from '../notices/situation.ts';
import { initialsOf, shownName } from '../person/names.ts';
import { ageAt } from '../clock/age.ts';
import { bornOf, isUnder18, flagsOf, levelOf } from './about.ts';
import { present } from '../../../../shared/domain/present.ts';
import { isPublicityAllowed } from '../regions/publicity.ts';
import { regionFacts } from './regionFacts.ts';
import { regionsOf } from './regionSlices.ts';
import type { Moment } from './step.ts';

/** What must be known of a record to say whether a message may leave now (6.2); read again just before each adapter call. */
export function situationOf({ file, risk, person, clocks, regions }: MissingRecord, now: string, settings: Moment['settings']): Situation {
  const needsAgreement = risk?.level === 'HIGH' || isUnder18({ person, clocks }, now, settings);
  const { stoppedAt, deceased, located } = file ?? {};
  return {
    now, state: file?.state ?? 'OPEN_UNCONFIRMED', isDeceased: deceased?.confirmedAt !== undefined, ...present({ stoppedAt, deathReleaseAt: deceased?.releaseAt }),
    isPublicityAllowed: isPublicityAllowed(regionsOf({ regions }).publicity, now), isHoldAgreed: located?.holdAgreedAt !== undefined || !needsAgreement,
  };
}

/** What a record could give to a notice; the allow-list of the notice decides what of it leaves. */
export function noticeFactsOf(record: MissingRecord, { settings, now }: Pick<Moment, 'settings' | 'now'>): NoticeFacts {
  const { file, clocks } = record;
  return {
    caseRef: file?.caseRef ?? '', forceCode: settings.forceCode, isUnder18: isUnder18(record, now, settings), caseStatus: file?.stoppedAt === undefined ? 'MISSING' : 'FOUND', risk: levelOf(record),
    ...deathOf(file), ...personFacts(record), ...present({ lastSeenAt: clocks.lastSeenFrom, foundAt: clocks.located, returnedAt: clocks.returned, lastSeenPlace: record.casefile.lastSeenPlace.text, foundCondition: file?.verification?.condition }),
    missingFrom: record.casefile.missingFrom, flags: flagsOf(record), officerName: settings.contact.name, officerPhone: settings.contact.phone, ...regionFacts(record, { settings, now }),
  };
}

function deathOf(file: MissingRecord['file']): Pick<NoticeFacts, 'isDeceased' | 'isDeathReleased' | 'coronerRef'> {
  const { deceased } = file ?? {};
  return { isDeceased: deceased?.confirmedAt !== undefined, isDeathReleased: deceased?.releaseAt !== undefined, ...present({ coronerRef: deceased?.coronerRef }) };
}

function ageFacts(born: ReturnType<typeof bornOf>, at: string): Partial<NoticeFacts> {
  if (!born) return {};
  const { youngest, oldest } = ageAt(born, at);
  return { ...(born.by === 'DATE' && { dob: born.date }), ...(youngest === oldest && { age: youngest }) };
}

function personFacts(record: MissingRecord): Partial<NoticeFacts> {
  const { person, clocks } = record;
  const born = bornOf(record);
  const { care } = person;
  return {
    fullName: shownName(person), ...ageFacts(born, clocks.reported),
    ...present({
      placementName: care?.provider, responsibleLa: care?.laResponsible, socialWorkerName: care?.socialWorker?.name,
      school: person.education?.school, mobileNumber: person.devices?.[0]?.msisdn,
    }),
  };
}

/** Who it is about, as far as a card may say it (N01). */
export function shownOnCard(record: Pick<MissingRecord, 'person' | 'clocks'>): { readonly initials: string; readonly age?: string } {
  const born = bornOf(record);
  const age = born && ageAt(born, record.clocks.reported);
  return { initials: initialsOf(record.person), ...(age && { age: age.youngest === age.oldest ? String(age.youngest) : `${age.youngest} to ${age.oldest}` }) };
}
