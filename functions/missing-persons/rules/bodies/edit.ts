import * as z from 'zod';
import { genderIdentity, officerDefinedEthnicity, selfDefinedEthnicity } from '../person/parts.ts';
import { clearable } from '../edit/places.ts';
import { missingFrom } from '../terms.ts';
import { reason, text, when } from './fields.ts';

const short = (description: string, example: string) => text(400, description, example).optional();
const long = (description: string, example: string) => text(4_000, description, example).optional();
const flag = (description: string) => z.boolean().optional().meta({ description, example: false });
const many = (description: string, example: string, max: number) => z.array(text(400, description, example)).max(max).optional().meta({ description, example: [example] });
/** `xKnown` and `xReason` stand for a value that is said not to be known (15.2 item 35). */
const known = (what: string) => z.boolean().optional().meta({ description: `Whether ${what} is known; if not, say why.`, example: true });
const why = (what: string) => text(400, `Why ${what} is not known.`, 'The family does not know.').optional();
const is = <T extends z.ZodType>(schema: T, description: string, example: string) => schema.optional().meta({ description, example });
const list = <T extends z.ZodObject>(item: T, max: number, description: string) => z.array(item).max(max).optional().meta({ description: `${description} The whole list: what it leaves out is taken off.` });

const name = z.strictObject({
  family: short('Family name.', 'Example'), given: short('First name.', 'Alex'), other: short('Other names.', 'Kim'), type: z.enum(['LEGAL', 'ALIAS', 'MAIDEN', 'KNOWN_AS', 'PREVIOUS']).meta({ description: 'Which kind of name.', example: 'LEGAL' }),
}).meta({ id: 'EditedName', description: 'A name.' });
const mark = z.strictObject({
  site: text(400, 'Where on the body.', 'Chin'), text: text(400, 'What it looks like.', 'Small, white'),
  type: z.enum(['SCAR', 'TATTOO', 'BIRTHMARK', 'PIERCING', 'AMPUTATION', 'OTHER']).meta({ description: 'Which kind of mark.', example: 'SCAR' }), side: z.enum(['LEFT', 'RIGHT', 'BOTH', 'NONE']).meta({ description: 'On which side.', example: 'LEFT' }),
}).meta({ id: 'EditedMark', description: 'A mark of the body.' });
const device = z.strictObject({
  msisdn: short('Telephone number.', '07700 900123'), imei: short('IMEI, 15 digits.', '490154203237518'), network: short('The network.', 'Sample Mobile'), lastUsedAt: when('When it was last used.').optional(),
}).meta({ id: 'EditedDevice', description: 'A telephone or other device.' });
const account = z.strictObject({
  provider: text(400, 'With whom.', 'Sample Chat'), kind: z.enum(['BANK', 'EMAIL', 'SOCIAL', 'GAMING', 'TRANSPORT_CARD', 'LOYALTY', 'OTHER']).meta({ description: 'Which kind of account.', example: 'SOCIAL' }), handle: short('The name or number there.', 'alex.example'),
}).meta({ id: 'EditedAccount', description: 'An account.' });
const vehicle = z.strictObject({ vrm: text(400, 'Registration mark.', 'AB12 CDE'), make: short('The make.', 'Sample'), colour: short('The colour.', 'Blue') }).meta({ id: 'EditedVehicle', description: 'A vehicle.' });
const medication = z.strictObject({
  name: text(400, 'The medicine.', 'Insulin'), dose: short('The dose.', 'Twice a day'), hoursUntilHarm: z.number().min(0).max(8_760).optional().meta({ description: 'Hours without it until harm.', example: 12 }),
  supplyHeld: z.enum(['YES', 'NO', 'NOT_KNOWN']).meta({ description: 'Whether the person has it with them.', example: 'NOT_KNOWN' }),
}).meta({ id: 'EditedMedication', description: 'A medicine.' });
const agency = z.strictObject({ name: text(400, 'The agency.', 'Sample Outreach'), contact: short('Who there.', 'Kim Worker'), phone: short('Their number.', '01632 960003') }).meta({ id: 'EditedAgency', description: 'An agency that knows the person.' });
const associate = z.strictObject({
  name: text(400, 'Who.', 'Robin Example'), relation: text(400, 'What they are to the person.', 'Friend'), address: short('Where they live.', '2 Sample Street'), phone: short('Their number.', '07700 900124'),
  risk: z.enum(['LIVE_WITH', 'PROTECTIVE', 'CONCERN', 'SUSPECT']).meta({ description: 'What they mean for the risk.', example: 'PROTECTIVE' }),
}).meta({ id: 'EditedAssociate', description: 'Somebody whom the person knows.' });
const frequented = z.strictObject({ place: text(400, 'The place.', 'Sample Park'), why: short('Why they go there.', 'Meets friends') }).meta({ id: 'EditedHaunt', description: 'A place where the person often is.' });
const informant = z.strictObject({
  id: short('Which informant; left out for a new one.', 'informant-1'), role: z.enum(['PRIMARY', 'OTHER']).meta({ description: 'Exactly one is the primary one.', example: 'PRIMARY' }), name: short('Who.', 'Sam Example'), relation: short('What they are to the person.', 'Mother'),
  phone: short('Their number.', '01632 960001'), email: short('Their e-mail address.', 'sam@example.com'), address: short('Where they live.', '1 Sample Street'), updateAgreedEvery: z.number().min(0.25).max(8_760).optional().meta({ description: 'Hours between updates that were promised.', example: 4 }),
  areUpdatesRestricted: flag('Updates go through the officer in the case only.'), restrictedWhy: short('Why they are not told.', 'May be a suspect'),
}).meta({ id: 'EditedInformant', description: 'Somebody who reports or is told.' });
const hypothesis = z.strictObject({
  id: short('Which hypothesis; left out for a new one.', 'hypothesis-1'), text: text(4_000, 'The hypothesis.', 'Has gone to a friend in Crewe.'), status: z.enum(['OPEN', 'SUPPORTED', 'REFUTED']).meta({ description: 'How it stands.', example: 'OPEN' }),
}).meta({ id: 'EditedHypothesis', description: 'A hypothesis; never an input of the level of risk.' });

const person = {
  names: list(name, 20, 'The names of the person.'), isUnidentified: flag('Nobody knows who it is.'),
  dob: text(10, 'Date or year of birth.', '2010-02-28').optional(), age: text(20, 'Age, or two ages with a hyphen, where no date is known.', '14-16').optional(), dobKnown: known('the date of birth'), dobReason: why('the date of birth'), dobEstimated: flag('The birth is estimated.'),
  sexAtRegistration: is(z.enum(['FEMALE', 'MALE', 'INDETERMINATE']), 'Sex at registration of birth.', 'FEMALE'), sexAtRegistrationKnown: known('the sex'), sexAtRegistrationReason: why('the sex'),
  genderIdentity: is(genderIdentity, 'Gender identity.', 'WOMAN_OR_GIRL'), genderIdentityText: short('Gender identity in the words of the person.', 'Woman'),
  ethnicitySelf: is(selfDefinedEthnicity, 'Ethnicity as the person defines it.', 'W1'), ethnicitySelfKnown: known('the ethnicity'), ethnicitySelfReason: why('the ethnicity'), ethnicityOfficer: is(officerDefinedEthnicity, 'Ethnicity as an officer sees it.', 'IC1'),
  nationality: short('The nationality of the person.', 'British'), nationalityKnown: known('the nationality'), nationalityReason: why('the nationality'), languages: many('A language.', 'English', 10),
  interpreter: is(z.enum(['YES', 'NO']), 'Whether an interpreter is needed.', 'NO'), interpreterKnown: known('whether an interpreter is needed'), interpreterReason: why('whether an interpreter is needed'),
  religion: short('The religion of the person.', 'None'), religionKnown: known('the religion'), religionReason: why('the religion'), disability: many('A disability.', 'Uses a wheelchair', 20),
  clothing: long('What the person wore when last seen.', 'Red coat, jeans'), clothingKnown: known('the clothing'), clothingReason: why('the clothing'), carried: long('What the person has with them.', 'Phone, no money'), carriedKnown: known('what they carry'), carriedReason: why('what they carry'),
  heightCm: z.number().min(30).max(250).optional().meta({ description: 'Height in centimetres.', example: 170 }), build: short('How the person is built.', 'Slim'), hair: short('Colour and cut of the hair.', 'Brown, short'), eyes: short('Colour of the eyes.', 'Blue'), facialHair: short('Beard or moustache.', 'None'), glasses: short('Whether the person wears glasses, and which.', 'Round, black'),
  skin: short('What the skin looks like.', 'Fair'), marks: list(mark, 30, 'Marks of the body.'), dental: short('Teeth.', 'Brace'), piercings: short('Where there are piercings.', 'Left ear'), tattoos: short('Which tattoos, and where.', 'Star on the right arm'), generalDescription: long('What else the person looks like.', 'Tall, walks with a limp'),
  homeAddress: short('Where the person lives.', '1 Sample Street'), homeAddressKnown: known('the home address'), homeAddressReason: why('the home address'),
  pncId: short('PNC number.', '26/123A'), cro: short('CRO number.', '1234/26A'), nhsNo: short('NHS number.', '943 476 5919'), passportNo: short('Passport number.', '123456789'), niNo: short('National Insurance number.', 'JG 10 37 59 A'),
  devices: list(device, 20, 'Telephones and other devices.'), accounts: list(account, 50, 'Accounts.'), vehicles: list(vehicle, 10, 'Vehicles.'),
} as const;

const care = {
  conditions: many('A medical condition.', 'Diabetes', 50), medication: list(medication, 50, 'Medicines.'), allergies: short('What the person is allergic to.', 'Penicillin'), isBloodborneRisk: flag('There is a risk from blood.'), mentalHealthStatus: short('Mental health.', 'Under a community team'),
  capacity: is(z.enum(['HAS', 'LACKS', 'NOT_KNOWN']), 'Capacity to decide.', 'HAS'), mhaSection: text(40, 'Section of the Mental Health Act.', 'S3').optional(), dols: flag('There is a deprivation of liberty safeguard.'),
  laResponsible: short('The responsible authority; its people may see the child.', 'Cheshire East'), laPlaced: short('The authority where the person is placed.', 'Halton'),
  legalStatus: is(z.enum(['S20', 'S31_INTERIM', 'S31_FULL', 'REMAND', 'UASC', 'LEAVING_CARE', 'OTHER', 'NOT_KNOWN']), 'Legal status.', 'S20'), placementType: short('Kind of placement.', 'Residential'), provider: short('Who runs the placement.', 'Sample Care'),
  placementProviderId: short('The registered organisation whose placement it is; its people may see the person.', 'org-home'), placedAt: short('The placement.', 'Sample House'), keyworker: short('The keyworker.', 'Kim Worker'), curfew: text(5, 'The curfew.', '20:00').optional(),
  socialWorkerName: short('The social worker.', 'Kim Worker'), socialWorkerPhone: short('Their number.', '01632 960002'), socialWorkerOohPhone: short('The number out of hours.', '01632 960004'),
  school: short('The school of the person.', 'Sample School'), dslName: short('The designated safeguarding lead.', 'Robin Teacher'), dslPhone: short('Their number.', '01632 960005'),
  agencies: list(agency, 30, 'Agencies that know the person.'), associates: list(associate, 100, 'People whom the person knows.'), frequents: list(frequented, 100, 'Places where the person often is.'),
} as const;

const casefile = {
  incidentRef: text(40, 'The log number of the incident.', 'IML 1234567').optional(), rmsRef: text(40, 'The number in the records system.', 'NICHE-1').optional(), missingFrom: is(missingFrom, 'From where the person is missing.', 'HOME'),
  lastSeenFrom: when('When the person was last seen, at the earliest.').optional(), lastSeenTo: when('When, at the latest.').optional(), lastSeenPrecision: is(z.enum(['EXACT', 'APPROX', 'UNKNOWN']), 'How well the time is known.', 'APPROX'), lastSeenReason: short('Why the time is not known.', 'Nobody was at home'),
  lastSeenPlace: short('Where the person was last seen.', 'Sample House'), lastSeenLat: z.number().min(-90).max(90).optional().meta({ description: 'Its latitude.', example: 53.1 }), lastSeenLon: z.number().min(-180).max(180).optional().meta({ description: 'Its longitude.', example: -2.4 }),
  lastSeenPrecisionM: z.number().min(0).max(100_000).optional().meta({ description: 'How far it may be off, in metres.', example: 50 }), lastSeenWhat3words: text(100, 'Its what3words.', '///sample.words.here').optional(), lastSeenUprn: text(12, 'Its UPRN.', '100010001').optional(),
  circumstances: text(8_000, 'The circumstances.', 'Left after a row and has not been heard of since.').optional(), outOfCharacter: is(z.enum(['YES', 'NO', 'NOT_KNOWN']), 'Whether it is out of character.', 'YES'),
  intendedDestination: short('Where the person meant to go.', 'Crewe'), travelMode: is(z.enum(['FOOT', 'BICYCLE', 'CAR', 'BUS', 'TRAIN', 'TAXI', 'BOAT', 'AIR', 'OTHER', 'NOT_KNOWN']), 'How the person travels.', 'BUS'), withWhom: short('With whom.', 'Alone'),
  weatherC: z.number().min(-40).max(50).optional().meta({ description: 'Temperature when lost, in degrees Celsius.', example: 4 }), weather: short('The weather when lost.', 'Rain, windy'), weatherSource: short('Who says so.', 'Met Office'),
  informants: list(informant, 30, 'Who reports and who is told.'), hypotheses: list(hypothesis, 50, 'Hypotheses.'), crimeRefs: z.array(text(40, 'A crime.', 'CR-1')).max(50).optional().meta({ description: 'Linked crimes.', example: ['CR-1'] }),
} as const;

/**
 * Edits of a record's fields, and the factor that is taken off (3.1, 3.2, 15.2 item 25). Only what is given changes. When it was reported, the levels, the state and the owner are no fields: they have
 * commands of their own.
 */
export const editBodies = {
  EditCase: z.strictObject({ ...person, ...casefile, ...care, clear: z.array(z.enum(clearable)).max(clearable.length).optional().meta({ description: 'Fields that are to be empty.', example: ['withWhom'] }) }),
  WithdrawFactor: z.strictObject({ factor: z.string().regex(/^[A-Z_]{3,40}$/).meta({ description: 'The risk factor that is wrong.', example: 'SUICIDE_INTENT' }), reason }),
} as const;
