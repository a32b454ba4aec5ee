import * as z from 'zod';
import type { FlagCode } from '../terms.ts';
import type { NoticeFacts } from './facts.ts';

/** Everything a notice could carry. The allow-lists of the table are written in these names, and a notice in the outbox stores them and never the values (6.2). */
export const fieldName = z.enum([
  'caseRef', 'initials', 'task', 'link', 'digest', 'caseStatus', 'risk', 'nextContactAt', 'fullName', 'knownAs', 'dob', 'age', 'ageGroup', 'sex', 'ethnicity', 'nationality', 'homeAddress', 'heightCm', 'build', 'hair', 'eyes', 'photoRef',
  'approvedDescription', 'vehicleVrm', 'lastSeenAt', 'lastSeenPlace', 'missingFrom', 'placementName', 'placementAddress', 'careStatus', 'responsibleLa', 'socialWorkerName', 'socialWorkerPhone', 'school', 'safeguardingFlags', 'flags',
  'officerName', 'officerPhone', 'officerEmail', 'officerUnit', 'medicalConditions', 'medication', 'mentalHealth', 'healthQuestion', 'intelligence', 'informantName', 'informantPhone', 'informantNotes', 'parentName', 'parentContact',
  'thirdParties', 'associates', 'suspect', 'crimeRefs', 'communicationsData', 'circumstances', 'circumstancesSummary', 'handoverSummary', 'riskRationale', 'childSaid', 'foundAt', 'foundPlace', 'foundCondition', 'returnedAt',
  'returnPlace', 'rhiDueAt', 'mobileNumber', 'biometricsHeld', 'pncRef', 'coronerRef', 'nrmRef', 'appealText', 'appealPhoto', 'ukmpuRow',
]);
export type FieldName = z.infer<typeof fieldName>;

/** What kind of thing a field tells; the MUST NOT column of 6.1 is written in these. */
export type Sort =
  | 'REFERENCE' | 'INTERNAL' | 'STATUS' | 'IDENTITY' | 'DESCRIPTION' | 'PLACE' | 'PLACEMENT' | 'FLAGS' | 'CONTACT' | 'MEDICAL' | 'INTELLIGENCE' | 'INFORMANT' | 'FAMILY' | 'THIRD_PARTY' | 'CRIME' | 'FREE_TEXT' | 'FOUND_TIME' | 'FOUND_PLACE' | 'CONDITION'
  | 'PHONE' | 'BIOMETRIC' | 'APPEAL' | 'PACK';

export interface Field {
  readonly label: string;
  readonly sort: Sort;
  readonly read: (facts: NoticeFacts) => string | number | readonly string[] | undefined;
}

/** Flags that a safeguarding body needs (N04: "flags needed to safeguard"). Sealed identities, MAPPA, terrorism and the like are for people, not for a mailbox. */
const safeguardingFlags: ReadonlySet<FlagCode> = new Set<FlagCode>([
  'CSE', 'CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM', 'HBA_FM', 'FGM', 'SUICIDE', 'DEMENTIA', 'MH_DETAINED', 'LAC', 'CP_PLAN', 'UASC', 'DOMESTIC_ABUSE', 'REPEAT',
]);

const initialsOf = (name: string | undefined): string | undefined =>
  name?.split(/[\s-]+/u).map(word => word.match(/\p{L}/u)?.[0]?.toLocaleUpperCase('en-GB') ?? '').join('') || undefined;

/** A death is told by nobody before the SIO releases it, so its place and state are not told either (S15). */
const ifTellable = (facts: NoticeFacts, value: string | undefined): string | undefined => (facts.isDeceased && !facts.isDeathReleased ? undefined : value);
/** A condition in the same way, also where its own words say the death. */
export const tellableCondition = (facts: NoticeFacts, condition: string | undefined): string | undefined =>
  condition?.toUpperCase().includes('DECEASED') === true && !facts.isDeathReleased ? undefined : ifTellable(facts, condition);

/** The registry: label for the reader, sort for the rules, and where the value is. */
export const fields: Readonly<Record<FieldName, Field>> = {
  caseRef: { label: 'Reference', sort: 'REFERENCE', read: f => f.caseRef },
  initials: { label: 'Initials', sort: 'STATUS', read: f => initialsOf(f.fullName) },
  task: { label: 'Task', sort: 'INTERNAL', read: f => f.task },
  link: { label: 'Open', sort: 'INTERNAL', read: f => f.link },
  digest: { label: 'Case', sort: 'INTERNAL', read: f => f.digest?.map(row => `${row.caseRef} ${row.risk}${row.isRhiOverdue ? ' return interview overdue' : ''} ${row.link}`) },
  caseStatus: { label: 'Status', sort: 'STATUS', read: f => (f.caseStatus === 'FOUND' ? 'found' : 'missing') },
  risk: { label: 'Risk', sort: 'STATUS', read: f => f.risk },
  nextContactAt: { label: 'Next contact', sort: 'STATUS', read: f => f.nextContactAt },
  fullName: { label: 'Name', sort: 'IDENTITY', read: f => f.fullName },
  knownAs: { label: 'Known as', sort: 'IDENTITY', read: f => f.knownAs },
  dob: { label: 'Date of birth', sort: 'IDENTITY', read: f => f.dob },
  age: { label: 'Age', sort: 'STATUS', read: f => f.age },
  ageGroup: { label: 'Age group', sort: 'STATUS', read: f => (f.isUnder18 ? 'Under 18' : 'Adult') },
  sex: { label: 'Sex', sort: 'DESCRIPTION', read: f => f.sex },
  ethnicity: { label: 'Ethnicity', sort: 'DESCRIPTION', read: f => f.ethnicity },
  nationality: { label: 'Nationality', sort: 'IDENTITY', read: f => f.nationality },
  homeAddress: { label: 'Home address', sort: 'PLACE', read: f => f.homeAddress },
  heightCm: { label: 'Height in cm', sort: 'DESCRIPTION', read: f => f.heightCm },
  build: { label: 'Build', sort: 'DESCRIPTION', read: f => f.build },
  hair: { label: 'Hair', sort: 'DESCRIPTION', read: f => f.hair },
  eyes: { label: 'Eyes', sort: 'DESCRIPTION', read: f => f.eyes },
  photoRef: { label: 'Photograph', sort: 'DESCRIPTION', read: f => f.photoRef },
  approvedDescription: { label: 'Description', sort: 'DESCRIPTION', read: f => f.approvedDescription?.text },
  vehicleVrm: { label: 'Vehicle', sort: 'DESCRIPTION', read: f => f.vehicleVrm },
  lastSeenAt: { label: 'Last seen', sort: 'STATUS', read: f => f.lastSeenAt },
  lastSeenPlace: { label: 'Last seen at', sort: 'PLACE', read: f => f.lastSeenPlace },
  missingFrom: { label: 'Missing from', sort: 'PLACEMENT', read: f => f.missingFrom },
  placementName: { label: 'Placement', sort: 'PLACEMENT', read: f => f.placementName },
  placementAddress: { label: 'Placement address', sort: 'PLACEMENT', read: f => f.placementAddress },
  careStatus: { label: 'Care status', sort: 'PLACEMENT', read: f => f.careStatus },
  responsibleLa: { label: 'Responsible authority', sort: 'PLACEMENT', read: f => f.responsibleLa },
  socialWorkerName: { label: 'Social worker', sort: 'PLACEMENT', read: f => f.socialWorkerName },
  socialWorkerPhone: { label: 'Social worker telephone', sort: 'PLACEMENT', read: f => f.socialWorkerPhone },
  school: { label: 'School', sort: 'PLACEMENT', read: f => f.school },
  safeguardingFlags: { label: 'Safeguarding', sort: 'FLAGS', read: f => f.flags?.filter(flag => safeguardingFlags.has(flag)) },
  flags: { label: 'Flags', sort: 'FLAGS', read: f => f.flags },
  officerName: { label: 'Officer', sort: 'CONTACT', read: f => f.officerName },
  officerPhone: { label: 'Officer telephone', sort: 'CONTACT', read: f => f.officerPhone },
  officerEmail: { label: 'Officer e-mail', sort: 'CONTACT', read: f => f.officerEmail },
  officerUnit: { label: 'Unit', sort: 'CONTACT', read: f => f.officerUnit },
  medicalConditions: { label: 'Medical conditions', sort: 'MEDICAL', read: f => f.medicalConditions },
  medication: { label: 'Medication', sort: 'MEDICAL', read: f => f.medication },
  mentalHealth: { label: 'Mental health', sort: 'MEDICAL', read: f => f.mentalHealth },
  healthQuestion: { label: 'Question', sort: 'MEDICAL', read: f => f.healthQuestion?.text },
  intelligence: { label: 'Intelligence', sort: 'INTELLIGENCE', read: f => f.intelligence },
  informantName: { label: 'Informant', sort: 'INFORMANT', read: f => f.informantName },
  informantPhone: { label: 'Informant telephone', sort: 'INFORMANT', read: f => f.informantPhone },
  informantNotes: { label: 'Informant notes', sort: 'INFORMANT', read: f => f.informantNotes },
  parentName: { label: 'Parent', sort: 'FAMILY', read: f => f.parentName },
  parentContact: { label: 'Parent contact', sort: 'FAMILY', read: f => f.parentContact },
  thirdParties: { label: 'Others', sort: 'THIRD_PARTY', read: f => f.thirdParties },
  associates: { label: 'Associates', sort: 'THIRD_PARTY', read: f => f.associates },
  suspect: { label: 'Suspect', sort: 'CRIME', read: f => f.suspect },
  crimeRefs: { label: 'Crime references', sort: 'CRIME', read: f => f.crimeRefs },
  communicationsData: { label: 'Communications data', sort: 'INTELLIGENCE', read: f => f.communicationsData },
  circumstances: { label: 'Circumstances', sort: 'FREE_TEXT', read: f => f.circumstances },
  circumstancesSummary: { label: 'Summary', sort: 'PACK', read: f => f.circumstancesSummary?.text },
  handoverSummary: { label: 'Handover', sort: 'PACK', read: f => f.handoverSummary?.text },
  riskRationale: { label: 'Rationale', sort: 'FREE_TEXT', read: f => f.riskRationale },
  childSaid: { label: 'Own words', sort: 'FREE_TEXT', read: f => f.childSaid },
  foundAt: { label: 'Found', sort: 'FOUND_TIME', read: f => ifTellable(f, f.foundAt) },
  foundPlace: { label: 'Found at', sort: 'FOUND_PLACE', read: f => ifTellable(f, f.foundPlace) },
  foundCondition: { label: 'Condition', sort: 'CONDITION', read: f => tellableCondition(f, f.foundCondition) },
  returnedAt: { label: 'Returned', sort: 'FOUND_TIME', read: f => ifTellable(f, f.returnedAt) },
  returnPlace: { label: 'Returned to', sort: 'FOUND_PLACE', read: f => ifTellable(f, f.returnPlace) },
  rhiDueAt: { label: 'Return interview due', sort: 'FOUND_TIME', read: f => f.rhiDueAt },
  mobileNumber: { label: 'Mobile number', sort: 'PHONE', read: f => f.mobileNumber },
  biometricsHeld: { label: 'Biometrics held', sort: 'BIOMETRIC', read: f => f.biometricsHeld },
  pncRef: { label: 'PNC reference', sort: 'REFERENCE', read: f => f.pncRef },
  coronerRef: { label: 'Coroner reference', sort: 'REFERENCE', read: f => f.coronerRef },
  nrmRef: { label: 'NRM reference', sort: 'REFERENCE', read: f => f.nrmRef },
  appealText: { label: 'Appeal', sort: 'APPEAL', read: f => f.appeal?.text },
  appealPhoto: { label: 'Appeal photograph', sort: 'APPEAL', read: f => f.appeal?.photoRef },
  // Goes as a file of its own (9.3), never as a line.
  ukmpuRow: { label: 'UKMPU file', sort: 'PACK', read: () => undefined },
};
