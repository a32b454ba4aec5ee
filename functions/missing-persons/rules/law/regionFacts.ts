import type { MissingRecord } from '../../state.ts';
import { mayHaveLeft } from '../notices/notice.ts';
import type { NoticeFacts } from '../notices/facts.ts';
import type { UkmpuRow } from '../notices/ukmpu/row.ts';
import { ageAt } from '../clock/age.ts';
import { known } from '../person/unknown.ts';
import { bornOf, flagsOf, levelOf } from './about.ts';
import { mayTellFound } from './disclosing.ts';
import { regionsOf } from './regionSlices.ts';
import type { Moment } from './step.ts';

/** What the regions could give to a notice: the approved appeal, references, and a place only to whom it may be told (I7). */
export function regionFacts(record: MissingRecord, { settings, now }: Pick<Moment, 'settings' | 'now'>): Partial<NoticeFacts> {
  const { publicity, circulation, biometrics, rhi, transfer } = regionsOf(record);
  const mayTellPlace = mayTellFound(record, 'DUTY_HOLDER', { now });
  const { verification, returnPlace } = record.file ?? {};
  return {
    ...appealOf(publicity.appeal),
    ...(circulation.reference !== undefined && { pncRef: circulation.reference }), ...(biometrics.length > 0 && { biometricsHeld: [...new Set(biometrics.filter(({ state }) => state !== 'DISPOSED').map(({ type }) => type))] }),
    ...(rhi.required && { rhiDueAt: rhi.required.doneDueAt }), ...(mayTellPlace && verification && { foundPlace: verification.place }), ...(mayTellPlace && returnPlace !== undefined && { returnPlace }),
    ...handover(record, transfer.offers.at(-1)), ukmpu: ukmpuRowOf(record, settings),
  };
}

function appealOf(appeal: ReturnType<typeof regionsOf>['publicity']['appeal']): Partial<NoticeFacts> {
  if (appeal?.approvedBy === undefined || appeal.approvedAt === undefined || appeal.expiresAt === undefined) return {};
  const { text, approvedBy, approvedAt, expiresAt, photoId } = appeal;
  return { appeal: { text, approvedBy, approvedAt, expiresAt, ...(photoId !== undefined && { photoRef: photoId }) } };
}

/** The reason of the transfer was written for the other force by the inspector who offered it. */
function handover({ file }: MissingRecord, offer: ReturnType<typeof regionsOf>['transfer']['offers'][number] | undefined): Partial<NoticeFacts> {
  return file && offer ? { handoverSummary: { text: offer.reason.slice(0, 2_000), approvedBy: offer.offeredBy.slice(0, 100), approvedAt: offer.offeredAt } } : {};
}

const exploitation: ReadonlySet<string> = new Set(['CSE', 'CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM', 'UASC']);
const yesNo = (isSo: boolean): 'Y' | 'N' => (isSo ? 'Y' : 'N');

/** One row of the UKMPU's file (9.3) from the record: identity, times, what is held; no free text, no intelligence. CANCEL once the person was found, UPDATE after the first. */
export function ukmpuRowOf(record: MissingRecord, settings: Moment['settings']): UkmpuRow {
  const { file, casefile, clocks } = record;
  const { publicity, circulation } = regionsOf(record);
  const isGiven = record.notices.some(one => one.n === 'N02' && mayHaveLeft(one));
  const flags = flagsOf(record);
  return {
    force_code: settings.forceCode, case_ref: file?.caseRef ?? record.recordId.slice(0, 40), record_type: 'MISSING', submission: file?.stoppedAt !== undefined ? 'CANCEL' : isGiven ? 'UPDATE' : 'NEW', reported_at: clocks.reported,
    ...lastSeenColumns(record), ...personColumns(record), missing_from: casefile.missingFrom, risk_level: levelOf(record),
    exploitation_flags: flags.filter(flag => exploitation.has(flag)), vulnerabilities: flags.filter(flag => ['DEMENTIA', 'SUICIDE', 'MH_DETAINED', 'DOMESTIC_ABUSE', 'HBA_FM', 'FGM'].includes(flag)), out_of_character: casefile.outOfCharacter,
    travel_abroad: flags.includes('ABROAD') ? 'Y' : 'U', ...(circulation.reference !== undefined && { pnc_ref: circulation.reference }), publicity_status: publicity.state, ...holdingColumns(record), officer_name: settings.contact.name, officer_phone: settings.contact.phone,
    ...(clocks.located !== undefined && { located_at: clocks.located }),
  };
}

function lastSeenColumns({ clocks: { lastSeenFrom, lastSeenTo }, casefile: { lastSeenPlace: { text, lat, lon } } }: MissingRecord): Partial<UkmpuRow> {
  return {
    ...(lastSeenFrom !== undefined && { last_seen_from: lastSeenFrom }), ...(lastSeenTo !== undefined && { last_seen_to: lastSeenTo }), ...(text !== undefined && { last_seen_place: text.slice(0, 400) }), ...(lat !== undefined && { last_seen_lat: lat }), ...(lon !== undefined && { last_seen_lon: lon }),
  };
}

function personColumns({ person, clocks }: MissingRecord): Partial<UkmpuRow> {
  const [name] = person.names;
  const born = bornOf({ person });
  const age = born && ageAt(born, clocks.reported);
  const care = person.care?.laResponsible;
  return {
    ...(name?.family !== undefined && { family_name: name.family }), ...(name?.given !== undefined && { given_names: name.given }), ...(born?.by === 'DATE' && { dob: born.date }), ...(age && { age_min: age.youngest, age_max: age.oldest }), sex: sexOf(person.sexAtRegistration),
    ...(care !== undefined && { care_status: 'IN_CARE', la_responsible: care }), phones_known: yesNo((person.devices ?? []).length > 0),
  };
}

function holdingColumns(record: MissingRecord): Partial<UkmpuRow> {
  const held = regionsOf(record).biometrics.filter(({ state }) => state !== 'DISPOSED').map(({ type }) => type);
  return { dna_direct: yesNo(held.includes('DNA_DIRECT')), dna_familial: yesNo(held.includes('DNA_FAMILIAL')), dental_chart: yesNo(held.includes('DENTAL_CHART') || held.includes('DENTAL_XRAY')), fingerprints: yesNo(held.includes('FINGERPRINT')) };
}

function sexOf(given: MissingRecord['person']['sexAtRegistration']): NonNullable<UkmpuRow['sex']> {
  const sex = given && known(given);
  return sex === 'FEMALE' || sex === 'MALE' ? sex : sex === undefined ? 'UNKNOWN' : 'OTHER';
}
