/* global crypto */
import { codeWord } from './words.js';

/** @typedef {import('./fields.js').Field} Field @typedef {import('../../types.ts').Area} Area @typedef {import('./people.js').Person} Person */

const hour = 3_600_000;
/** @param {string} name @param {string} label @param {Partial<Field>} [more] @returns {Field} */
const tick = (name, label, more = {}) => ({ name, label, kind: 'check', ...more });
/** @param {string} name @param {string} label @returns {Field} */
const question = (name, label) => ({ name, label, kind: 'choice', options: [['NOT_ASKED', 'Not asked'], ['NO', 'No'], ['YES', 'Yes']] });

/** A reference that no other request has, so that the one-request-per-person-and-incident rule does not stand in a newcomer's way. @returns {Field} */
export function incident() {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return { name: 'incidentRef', label: 'Incident reference', kind: 'text', required: true, value: `IML ${1_000_000 + (random % 9_000_000)}`, help: 'A made-up one is filled in. Any other in the form IML 1234567 will do.' };
}

/** @param {string} value @returns {Field} */
export function number(value) {
  return { name: 'msisdn', label: 'Mobile number', kind: 'tel', value, help: 'From the call line. Here only the made-up numbers +447700900000 to +447700900999 work.' };
}

/** @type {readonly Field[]} */
export const safety = [
  tick('onVoiceCall', 'I am talking to the person now'), tick('askedAndSafe', 'I asked, and it is safe for them to get a text now', { help: 'Counts as confirmed by live voice for ten minutes.' }),
  question('suspectPresentOrDue', 'Is the suspect there, or due?'), question('sharedHandset', 'Do they share the phone?'), question('suspectsNumber', "Is it the suspect's number?"), question('personSaidNo', 'Did they say no?'),
];

/** @type {readonly Field[]} */
export const person = [
  { name: 'personRole', label: 'Who the person is in this', kind: 'choice', options: ['CALLER', 'VICTIM', 'WITNESS', 'INFORMANT', 'MISSING_PERSON', 'CERTIFICATE_HOLDER', 'APPLICANT', 'CAMERA_OWNER', 'REGISTERED_OFFENDER', 'APPROPRIATE_ADULT', 'OFFICER', 'PARTNER'] },
  { name: 'locale', label: 'Language of the page', kind: 'choice', options: [['en-GB', 'English'], ['cy-GB', 'Welsh']] },
  { name: 'accessibility', label: 'What helps the person to follow', kind: 'choice', options: [['NONE', 'Nothing special'], ['BSL', 'British Sign Language'], ['RELAY', 'Relay'], ['LIPREAD', 'Lip reading']] },
  tick('interpreterNeeded', 'An interpreter is needed'), tick('childInvolved', 'The person is under 18'), tick('appropriateAdult', 'A parent, carer or appropriate adult is with them'),
  { name: 'vitalInterestReason', label: 'Why a child alone is contacted', kind: 'text' },
  { name: 'contactFrom', label: 'May be contacted from (London time)', kind: 'time' }, { name: 'contactTo', label: 'May be contacted until', kind: 'time' },
  { name: 'addons', label: 'As well', kind: 'many', options: [['CHAT', 'Chat'], ['TRANSLATE', 'Translation'], ['VIEW_SHARE', 'Sharing of the view']] },
];

/** @type {Field} */
export const overt = tick('overt', 'The person knows that it is the police');

/** What an area must say besides, in its own part of the request. @param {Area} area @param {readonly Person[]} people @param {Date} now @returns {{ block: string, title: string, fields: readonly Field[] } | undefined} */
export function blockOf(area, people, now) {
  switch (area) {
    case 'FAL': return { block: 'fal', title: 'The certificate', fields: firearms };
    case 'DA': return { block: 'da', title: 'Does video fit? Any no means that an officer is sent', fields: domestic };
    case 'SOM': return { block: 'som', title: 'The check', fields: offender };
    case 'CCTV': return { block: 'cctv', title: 'The footage', fields: footage(now) };
    case 'SOCU': return { block: 'socu', title: 'Who may know of it', fields: serious(people) };
    default: return undefined;
  }
}

/** @type {readonly Field[]} */
const firearms = [
  tick('identityChecked', 'The identity was checked against the photo on file'), tick('toldVoluntary', 'The holder was told that video is voluntary and that there is no power of entry'),
  { name: 'gunCount', label: 'How many guns the certificate lists', kind: 'number', value: 2, help: 'Above ten, the licensing supervisor must say yes; so it is with each marker below.' },
  tick('medicalMarker', 'There is a medical marker'), tick('daHistory', 'There is a history of domestic abuse'), tick('intelligenceMarker', 'There is an intelligence marker'),
  tick('priorSecurityBreach', 'There was a breach of security before'), tick('mobileHome', 'It is a mobile home'), tick('section5', 'Section 5 applies'), tick('lastInspectionRemote', 'The inspection before was by video'),
  tick('firstGrant', 'It is a first grant'), tick('policyAllowsGrant', "The chief officer's policy allows a first grant by video"),
  { name: 'certificate', label: 'Certificate', kind: 'text', value: 'CERT-SAMPLE-2', help: 'A renewal needs it. It is not kept: it only tells that two renewals in a row are not by video.' },
];

/** @type {readonly Field[]} */
const domestic = [
  tick('notEmergency', 'It is no emergency'), tick('offenderNotPresent', 'The offender is not there and not expected'), tick('callerInSafePlace', 'The person is in a safe place'), tick('ableAndWilling', 'They are able and willing to use video'),
  tick('adultOrAppropriateAdult', 'An adult, or with an appropriate adult'), tick('noImmediateMedicalNeed', 'There is no immediate medical need'), tick('inPersonOffered', 'An officer in person was offered'),
  { name: 'choice', label: 'What the person chose', kind: 'choice', options: [['VIDEO', 'Video'], ['IN_PERSON', 'An officer in person']] },
  { name: 'riskLevel', label: 'Level of risk (for a follow-up)', kind: 'choice', options: ['STANDARD', 'MEDIUM', 'HIGH'], help: 'A follow-up of a high risk needs the sergeant.' },
];

/** @type {readonly Field[]} */
const offender = [
  { name: 'riskLevel', label: 'Level of risk', kind: 'choice', options: ['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH'] }, { name: 'overrideReason', label: 'Why a high risk should be checked by video', kind: 'text', help: 'Needed for a high or very high risk; the sergeant then ticks the override.' },
  { name: 'whyNotUnannounced', label: 'Why it is not an unannounced visit', kind: 'text', required: true, value: 'A short check between two visits.' },
  tick('onlyCheckInPeriod', 'It is the only check of the period', { help: 'Then it is refused.' }), tick('childInView', 'A child may be in view', { help: 'Then it is refused.' }),
  { name: 'registeredLat', label: 'Latitude of the registered address', kind: 'number', value: 53.1905 }, { name: 'registeredLng', label: 'Longitude of the registered address', kind: 'number', value: -2.8917 },
];

/** @param {Date} now @returns {readonly Field[]} */
function footage(now) {
  return [
    { name: 'cameraOwnerType', label: 'Whose camera it is', kind: 'choice', options: ['BUSINESS', 'DOMESTIC', 'COUNCIL', 'TRANSPORT', 'DASHCAM'] }, { name: 'premises', label: 'Where the camera is', kind: 'text', value: 'Sample Shop' },
    { name: 'offenceType', label: 'What is looked into', kind: 'text', value: 'burglary' },
    { name: 'windowFrom', label: 'Footage from (London time)', kind: 'when', required: true, value: new Date(now.getTime() - 14 * hour) }, { name: 'windowTo', label: 'Footage until', kind: 'when', required: true, value: new Date(now.getTime() - 12 * hour), help: 'More than 24 hours need the sergeant.' },
    { name: 'retentionDays', label: 'Days that the recorder keeps', kind: 'number', value: 7 }, { name: 'overwriteAt', label: 'Overwritten at, if that is known', kind: 'when' },
    { name: 'clockOffsetSeconds', label: 'Shown time minus true time, in seconds', kind: 'number' }, { name: 'clockMethod', label: 'How that was measured', kind: 'choice', options: ['PHONE_NTP', 'SPEAKING_CLOCK'] },
    { name: 'systemMakeModel', label: 'Make and model of the recorder', kind: 'text' }, { name: 'exportFormat', label: 'Format of the export', kind: 'text' }, { name: 'playerNeeded', label: 'A player that is needed', kind: 'text' },
    { name: 'descriptionSought', label: 'What to look for', kind: 'long' }, { name: 'legalFormRef', label: 'Request form', kind: 'text' }, { name: 'legalFormIssuedBy', label: 'Issued by', kind: 'text' },
    tick('sensitivePremises', 'The premises are sensitive or the camera is covert'), tick('statementNeeded', 'A statement of the owner is needed'),
  ];
}

/** @param {readonly Person[]} people @returns {readonly Field[]} */
function serious(people) {
  const options = people.filter(({ roles }) => roles.some(role => role.endsWith('.SOCU'))).map(({ objectId, name }) => /** @type {const} */ ([objectId, name]));
  return [
    tick('notChis', 'The person is no source and may not become one', { help: 'Without this the request is refused.' }), { name: 'secondPerson', label: 'Second officer', kind: 'choice', options },
    { name: 'namedViewers', label: 'Who may view, by name', kind: 'many', options },
  ];
}

/** @param {readonly string[]} reasons @returns {Field} */
export function reasonField(reasons) {
  return { name: 'reasonCode', label: 'Reason', kind: 'choice', options: reasons.map(code => /** @type {const} */ ([code, codeWord(code)])) };
}
