import { codeWord } from '../links/words.js';
import { when } from '../words.js';

/** What codes of missing persons are called on the page. */

/** Label, tone of the tag, and what it means to the officer. @type {Record<string, readonly [label: string, tone: 'wait' | 'good' | 'bad' | 'live' | 'over', words: string]>} */
export const states = {
  RECEIVED: ['Received', 'wait', 'The report waits to be screened: ask the questions, then screen it.'],
  SCREENED: ['Screened', 'wait', 'The level is provisional. Accept the report, or say what else becomes of it.'],
  ACCEPTED: ['Accepted', 'live', 'A case is open.'],
  REDIRECTED: ['With another agency', 'wait', 'Another agency took it. Somebody here rings back.'],
  CONCERN_FOR_WELFARE: ['Concern for welfare', 'wait', 'The person is believed to be at an address, which is being checked.'],
  DUPLICATE: ['Duplicate', 'over', 'Another case is about the same person.'],
  WITHDRAWN: ['Withdrawn', 'over', 'The informant says that the person is found.'],
  REJECTED_TEST: ['Rejected', 'over', 'Two people found that it was malicious or a test.'],
  RESOLVED_SAFE: ['Seen safe', 'good', 'Somebody saw the person safe.'],
  OPEN_UNCONFIRMED: ['Open, level not confirmed', 'bad', 'The search goes on. A supervisor has not confirmed the level yet.'],
  ACTIVE: ['Active', 'live', 'The person is missing, and the level is confirmed.'],
  ACTIVE_LONG_TERM: ['Long-term', 'live', 'The person has been missing for a long time. Reviews go on.'],
  SUSPENDED: ['Suspended', 'wait', 'No proportionate lines of enquiry are left. Reviews go on.'],
  LOCATED_UNVERIFIED: ['Said to be found', 'wait', 'Somebody says that the person is found. An officer still has to verify it.'],
  LOCATED_VERIFIED: ['Found', 'good', 'The person is found, and that is verified.'],
  DECEASED_PENDING_ID: ['Body found', 'bad', 'A body was found that may be of this person. Messages are held.'],
  DECEASED_CONFIRMED: ['Died', 'over', 'The death is confirmed.'],
  RETURN_ACTIONS: ['Found, actions left', 'good', 'The person is found. What follows a return is not all done.'],
  CLOSED: ['Closed', 'over', 'Nothing more is to be done.'],
  CANCELLED: ['Cancelled', 'over', 'It was not a missing person case.'],
  TRANSFERRED_OUT: ['With another force', 'wait', 'Another force owns it.'],
};

/** @type {Record<string, string>} */
export const levelWords = { VERY_LOW: 'Very low', LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' };

/** @type {Record<string, string>} */
export const roleWords = {
  CALL_HANDLER: 'Call handler', FIM: 'Force incident manager', ATTENDING: 'Attending officer', OIC: 'Officer in the case', SGT: 'Sergeant', INSP: 'Inspector', DI_SIO: 'Senior investigator', SUPT: 'Superintendent', MFH_COORD: 'Missing persons coordinator',
  POLSA: 'Search adviser', FLO: 'Family liaison officer', MEDIA: 'Media office', PNC_BUREAU: 'PNC bureau', CD_SPOC: 'Communications data', SYSTEM: 'The service',
};

/** Labels where the name alone does not tell. @type {Record<string, string>} */
const labelWords = {
  thrive: 'THRIVE note', dob: 'Date of birth', to: 'New level', userId: 'Who', userIds: 'Who', of: 'The other report or case', at: 'When', by: 'Who (reference)', callStartedAt: 'Call began (London time)', callStartReason: 'Why it is entered late', lastSeenFrom: 'Last seen, at the earliest',
  lastSeenTo: 'Last seen, at the latest', lastSeenUnknown: 'The time is not known', lastSeenReason: 'Why it is not known', withWhom: 'With whom', lastSeenPlace: 'Last seen where', informantRelation: 'Relation to the person', missingPhone: 'Mobile of the missing person', incidentRef: 'Incident log number',
  laResponsible: 'Responsible authority', part1: 'Part 1 of the form', hasPart1: 'Part 1 of the form is held', asItIs: 'Send it as it is', clientAt: 'Entered on the device at', pendingId: 'What waits', taskId: 'Task', informationId: 'Information', value: 'Answer', detail: 'In words',
  heightCm: 'Height in centimetres', msisdn: 'Telephone number', imei: 'IMEI', vrm: 'Registration mark', nhsNo: 'NHS number', niNo: 'National Insurance number', passportNo: 'Passport number', cro: 'CRO number', pncId: 'PNC number', dols: 'Deprivation of liberty safeguard',
  mhaSection: 'Section of the Mental Health Act', dslName: 'Safeguarding lead of the school', dslPhone: 'Number of the safeguarding lead', laPlaced: 'Authority of the placement', generalDescription: 'What else they look like', frequents: 'Places where they often are', lastSeenUprn: 'UPRN where last seen',
  inDanger: 'May be hurt or in danger', doneSoFar: 'Done so far to find them', knownAs: 'Known as',
};

/** @param {string} name */
export function labelOf(name) {
  return labelWords[name] ?? codeWord(name);
}

/** What the service does by itself is by one of these. @param {string} by */
export function isService(by) {
  return by === 'system' || by === 'SYSTEM';
}

/** @param {string} state */
export function stateWord(state) {
  return states[state]?.[0] ?? codeWord(state);
}

/** `in 25 min`, `3 h 10 min ago`: how far an instant is from now. @param {string} at @param {number} now */
export function distance(at, now) {
  const ms = Date.parse(at) - now;
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const words = minutes < 60 ? `${minutes} min` : minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}` : `${Math.round(minutes / 1_440)} days`;
  return ms < 0 ? `${words} ago` : `in ${words}`;
}

/** When something is due, in words that do not need the colour. @param {string} at @param {number} now */
export function dueWords(at, now) {
  if (at === '') return 'Nothing is due';
  return Date.parse(at) < now ? `OVERDUE, was due ${when(at)} (${distance(at, now)})` : `${when(at)} (${distance(at, now)})`;
}
