import * as z from 'zod';
import { answerValue, missingFrom } from '../terms.ts';
import { text, when } from './fields.ts';

const maybe = (max: number, description: string, example: string) => text(max, description, example).optional();

const who = {
  givenName: maybe(100, 'First name.', 'Alex'), familyName: maybe(100, 'Family name.', 'Example'), knownAs: maybe(100, 'Name by which the person is known.', 'Lex'), age: maybe(20, 'Age, or two ages with a hyphen.', '15'),
  description: maybe(4_000, 'What the person looks like.', 'Tall, red coat'), missingPhone: maybe(30, 'The mobile number of the missing person.', '07700 900123'), homeAddress: maybe(400, 'Where the person lives.', '1 Sample Street'),
  clothing: maybe(4_000, 'What the person wore.', 'Red coat, jeans'), withWhom: maybe(400, 'With whom.', 'Alone'), lastSeenPlace: maybe(400, 'Where the person was last seen.', 'Sample House'),
  inDanger: answerValue.optional().meta({ description: 'Whether the person may be hurt or in danger.', example: 'NOT_KNOWN' }), worries: maybe(4_000, 'What worries the informant.', 'Never late before'),
  doneSoFar: maybe(4_000, 'What has been done to find the person.', 'Rang his friends'), medical: maybe(4_000, 'Medical needs.', 'Insulin'),
  informantName: maybe(200, 'Who reports.', 'Sam Example'), informantRelation: maybe(100, 'What they are to the person.', 'Mother'), informantPhone: maybe(30, 'Their number.', '01632 960001'), informantEmail: maybe(254, 'Their e-mail address.', 'sam@example.com'),
};
const dob = maybe(10, 'Date of birth.', '2010-02-28');
const seen = {
  dob, lastSeenFrom: when('When the person was last seen, at the earliest.').optional(), lastSeenTo: when('When, at the latest.').optional(),
  lastSeenUnknown: z.literal('yes').optional().meta({ description: 'yes: the time is not known.', example: 'yes' }), lastSeenReason: maybe(400, 'Why it is not known.', 'Found gone in the morning'),
};

/** A call that a handler enters (R1). */
export const submitReport = z.strictObject({
  ...who, ...seen, channel: z.enum(['PHONE_999', 'PHONE_101', 'FRONT_DESK', 'OFFICER', 'OTHER_AGENCY']).meta({ description: 'How the report came.', example: 'PHONE_101' }), callStartedAt: when('When the call began: the clock of the report.'),
  callStartReason: maybe(1_000, 'Why it is entered more than an hour later.', 'System was down'), lastSeenLat: z.number().min(-90).max(90).optional().meta({ description: 'Latitude of where the person was last seen, from the map of the control room.', example: 53.2 }),
  lastSeenLon: z.number().min(-180).max(180).optional().meta({ description: 'Longitude of the same place.', example: -2.9 }), callbackNumber: maybe(30, 'The number to ring back.', '01632 960001'), incidentRef: maybe(40, 'The log number of the incident.', 'IML 1234567'),
});

/** What a children's home or another provider tells of one of its residents (Philomena form, 3.7). */
export const submitCareReport = z.strictObject({
  ...who, dob, lastSeenUnknown: z.literal('yes').optional().meta({ description: 'yes: the time is not known.', example: 'yes' }), lastSeenReason: maybe(400, 'Why it is not known.', 'Not back for the curfew'),
  lastSeenDay: maybe(2, 'Day on which the person was last seen.', '24'), lastSeenMonth: maybe(2, 'Month.', '11'), lastSeenYear: maybe(4, 'Year.', '2026'), lastSeenTime: maybe(5, 'Time, London.', '18:30'),
  placementName: maybe(400, 'The home.', 'Sample House'), missingFrom: missingFrom.optional().meta({ description: 'From where.', example: 'CHILDRENS_HOME' }), laResponsible: maybe(400, 'The responsible authority.', 'Sample Council'), curfew: maybe(5, 'The curfew.', '20:00'),
  socialWorkerName: maybe(400, 'The social worker.', 'Kim Worker'), socialWorkerPhone: maybe(30, 'Their number.', '01632 960002'), hasPart1: answerValue.optional().meta({ description: 'Whether part 1 of the form is held.', example: 'YES' }),
  part1: maybe(4_000, 'Part 1 of the form.', 'Friends in Crewe'), belongings: maybe(4_000, 'What the person has with them.', 'Phone, no money'), mood: maybe(4_000, 'How the person was.', 'Upset after a call'),
  asItIs: z.literal('yes').optional().meta({ description: 'yes: send it although something is lacking.', example: 'yes' }),
});

/** A case that another force hands over (R11). */
export const receiveTransfer = z.strictObject({
  ...who, ...seen, fromForce: text(100, 'The force that hands over.', 'Sample Force'), theirRef: text(80, 'Their reference.', 'MP/SF/2026/000001'), reportedAt: when('Their time of report, which stays the clock.'),
  acknowledgementId: text(80, 'The written acknowledgement.', 'DOC-1'), incidentRef: maybe(40, 'The log number of the incident.', 'IML 1234567'),
});
