import * as z from 'zod';
import { operationStatusFields } from '../../shared/domain/operationStatus.ts';
import { itemAnswer } from './rules/firearms.ts';
import { referenceSystem } from './rules/references.ts';
import * as terms from './rules/terms.ts';

/** Request bodies of live links. At the edge: flat objects and enums (power-platform-and-teams.md 1.5). */
const exampleId = 'abcdefghijklmnopqrstuvwx23';
const exampleTime = '2026-11-24T09:30:00.000Z';
const when = (description: string) => z.iso.datetime().meta({ description, example: exampleTime });
const flag = (description: string) => z.boolean().meta({ description, example: false });
const person = (description: string) => z.string().regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/).meta({ description, example: '00000000-0000-4000-8000-000000000012' });
const text = (max: number, description: string, example: string) => z.string().min(1).max(max).meta({ description, example });

export const requestId = z.string().regex(/^[a-z2-7]{26}$/).meta({ description: 'The request.', example: exampleId });
const evidenceId = z.string().regex(/^ev-[\da-f]{32}$/).meta({ description: 'The file.', example: 'ev-00000000000000000000000000000000' });
export const requestParams = z.strictObject({ requestId });
export const evidenceParams = z.strictObject({ requestId, evidenceId });

const answer = (question: string) => terms.answer.default('NOT_ASKED').meta({ description: question, example: 'NO' });
const clock = (description: string) => z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/).optional().meta({ description, example: '09:00' });
/** A reason code of the force's own list: it stands in the audit, so it is a code and no sentence. */
const reason = z.string().regex(/^[A-Z][A-Z0-9_]{2,39}$/).meta({ description: 'Why, as a code; it stands in the audit.', example: 'CALLER_SAID_SO' });

const fal = z.strictObject({
  medicalMarker: flag('There is a medical marker.'), daHistory: flag('There is a history of domestic abuse.'), intelligenceMarker: flag('There is an intelligence marker.'),
  priorSecurityBreach: flag('There was a breach of security before.'), mobileHome: flag('It is a mobile home.'), section5: flag('Section 5 applies.'),
  lastInspectionRemote: flag('The inspection before was by video.'), gunCount: z.int().min(0).max(1000).meta({ description: 'How many guns the certificate lists.', example: 2 }),
  identityChecked: flag('The identity was checked against the photo on file.'), toldVoluntary: flag('The holder was told that video is voluntary and that there is no power of entry.'),
  firstGrant: flag('It is a first grant.'), policyAllowsGrant: flag("The chief officer's policy allows a first grant by video."),
  certificate: text(40, 'The certificate; only an HMAC of it is kept.', 'CERT-SAMPLE-1').optional(),
}).meta({ id: 'FirearmsBlock', description: 'What firearms licensing must say.' });

const da = z.strictObject({
  notEmergency: flag('It is no emergency.'), offenderNotPresent: flag('The offender is not there and not expected.'), callerInSafePlace: flag('The person is in a safe place.'),
  ableAndWilling: flag('The person is able and willing to use video.'), adultOrAppropriateAdult: flag('An adult, or with an appropriate adult.'), noImmediateMedicalNeed: flag('There is no immediate medical need.'),
  inPersonOffered: flag('An officer in person was offered.'), choice: z.enum(['VIDEO', 'IN_PERSON']).meta({ description: 'What the person chose.', example: 'VIDEO' }),
  riskLevel: z.enum(['STANDARD', 'MEDIUM', 'HIGH']).optional().meta({ description: 'The level of risk, for a follow-up.', example: 'STANDARD' }),
}).meta({ id: 'DomesticAbuseBlock', description: 'Whether video fits; any no means that an officer is sent.' });

const som = z.strictObject({
  riskLevel: z.enum(['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH']).meta({ description: 'The level of risk.', example: 'LOW' }),
  overrideReason: text(500, 'Why a high risk should be checked by video.', 'Visited yesterday.').optional(),
  whyNotUnannounced: text(500, 'Why it is not an unannounced visit.', 'A short check between two visits.'),
  onlyCheckInPeriod: flag('It is the only check of the period; then it is refused.'), childInView: flag('A child may be in view; then it is refused.'),
  registeredLat: z.number().min(-90).max(90).optional().meta({ description: 'Latitude of the registered address.', example: 53.19 }),
  registeredLng: z.number().min(-180).max(180).optional().meta({ description: 'Longitude of the registered address.', example: -2.89 }),
}).meta({ id: 'OffenderManagementBlock', description: 'What offender management must say.' });

const cctv = z.strictObject({
  cameraOwnerType: z.enum(['BUSINESS', 'DOMESTIC', 'COUNCIL', 'TRANSPORT', 'DASHCAM']).meta({ description: 'Whose camera it is.', example: 'BUSINESS' }),
  premises: text(200, 'Where the camera is.', 'Sample Shop').optional(), offenceType: text(100, 'What is looked into.', 'burglary').optional(),
  windowFrom: when('From when the footage is wanted.'), windowTo: when('Until when.'),
  clockOffsetSeconds: z.int().min(-315_360_000).max(315_360_000).optional().meta({ description: 'Shown time minus true time, in seconds.', example: 0 }),
  clockMethod: z.enum(['SPEAKING_CLOCK', 'PHONE_NTP']).optional().meta({ description: 'How the offset was measured.', example: 'PHONE_NTP' }),
  retentionDays: z.int().min(1).max(3650).optional().meta({ description: 'How many days the recorder keeps; 7 when nobody knows.', example: 7 }),
  overwriteAt: when('When it is overwritten, if that is known.').optional(),
  systemMakeModel: text(100, 'Make and model of the recorder.', 'Sample DVR').optional(), exportFormat: text(100, 'The format of the export.', 'mp4').optional(),
  playerNeeded: text(100, 'A player that is needed.', 'none').optional(), descriptionSought: text(500, 'What to look for.', 'a red van').optional(),
  legalFormRef: text(100, 'The request form.', 'DPA-1').optional(), legalFormIssuedBy: text(100, 'Who issued it.', 'Unit').optional(),
  sensitivePremises: flag('The premises are sensitive or the camera is covert.').default(false), statementNeeded: flag('A statement of the owner is needed.').default(false),
}).meta({ id: 'CctvBlock', description: 'The footage that is wanted.' });

const socu = z.strictObject({
  notChis: flag('The person is no source and may not become one. Without this it is refused.'), secondPerson: person('A second officer.'),
  namedViewers: z.array(person('A viewer.')).min(1).max(20).meta({ description: 'Who may view, by name.', example: ['00000000-0000-4000-8000-000000000012'] }),
}).meta({ id: 'SeriousCrimeBlock', description: 'What serious and organised crime must say.' });

export const createLiveLink = z.strictObject({
  area: terms.area.meta({ description: 'Your area.', example: 'FCC' }),
  reasonCode: terms.reasonCode.meta({ description: 'Why.', example: 'SEE_SCENE' }),
  mode: terms.mode.meta({ description: 'What the person is asked to share.', example: 'VIDEO' }),
  channel: terms.channel.default('SMS').meta({ description: 'How the link reaches the person; with READ_ALOUD_CODE no text is stored on their phone.', example: 'SMS' }),
  addons: z.array(terms.addon).max(3).default([]).meta({ description: 'Chat, translation, sharing of the view.', example: ['CHAT'] }),
  priority: terms.priority.optional().meta({ description: 'Left out: that of the area.', example: 'P0_LIVE' }),
  grade: terms.grade.optional().meta({ description: 'Grade of the incident.', example: 'G1_EMERGENCY' }),
  incidentSystem: referenceSystem.meta({ description: 'The system of the incident reference.', example: 'IML' }),
  incidentRef: text(40, 'The incident reference.', 'IML 1234567'), occurrenceRef: text(40, 'The occurrence in Niche, if there is one.', '07A/26/1234').optional(),
  personRole: terms.personRole.default('CALLER').meta({ description: 'Who the person is in this.', example: 'CALLER' }),
  personName: text(120, 'Their name, where it is needed.', 'Alex Example').optional(),
  msisdn: text(30, 'Their mobile number, for SMS.', '+447700900001').optional(), email: text(254, 'Their e-mail address, for EMAIL.', 'alex@example.com').optional(),
  internationalReason: text(200, 'Why a number abroad is texted.', 'Holidays in France.').optional(),
  locale: z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/).default('en-GB').meta({ description: 'Language of the person (BCP 47).', example: 'en-GB' }),
  interpreterNeeded: flag('An interpreter is needed.').default(false),
  accessibility: z.enum(['NONE', 'BSL', 'RELAY', 'LIPREAD']).default('NONE').meta({ description: 'What helps the person to follow.', example: 'NONE' }),
  vitalInterestReason: text(500, 'Why a child alone is contacted.', 'Nobody else can be reached and there is danger.').optional(),
  childInvolved: flag('The person is under 18.').default(false), appropriateAdult: flag('A parent, carer or appropriate adult is with them.').default(false),
  onVoiceCall: flag('You are talking to the person now.').default(false), verbalConsent: flag('They said yes on the call.').default(false),
  askedAndSafe: flag('You asked, and it is safe for them to get a text (counts as confirmed by live voice).').default(false),
  safeMethod: z.enum(['UNKNOWN', 'UNSAFE', 'LIVE_VOICE', 'SAFE_NUMBER_ON_RECORD', 'PARTNER_AGENCY']).default('UNKNOWN').meta({ description: 'How it is known that contact is safe.', example: 'UNKNOWN' }),
  liveCheck: flag('For a safe number on record: it was checked live just now.').default(false),
  suspectPresentOrDue: answer('Whether the suspect is there, or due.'), sharedHandset: answer('Whether they share the phone.'), suspectsNumber: answer("Whether it is the suspect's number."), personSaidNo: answer('Whether they said no.'),
  contactFrom: clock('From when they may be contacted (London time).'), contactTo: clock('Until when.'),
  overt: flag('The person knows that it is the police.').default(false), driving: flag('The person is driving.').default(false),
  record: z.boolean().optional().meta({ description: 'Whether it is recorded; left out: as the reason says.', example: true }),
  expectedEvidence: z.boolean().optional().meta({ description: 'Whether files go to the evidence system by themselves; left out: yes for uploads.', example: true }),
  purpose: text(250, 'What it is for; the person reads it. Left out: the preset of the reason.', 'to help us look into a burglary').optional(),
  force: flag('A supervisor asks for a second link to the same person and incident.').default(false),
  slotStartAt: when('Start of the appointment (firearms).').optional(), slotEndAt: when('End of the appointment.').optional(),
  fal: fal.optional(), da: da.optional(), som: som.optional(), cctv: cctv.optional(), socu: socu.optional(),
});
export type CreateLiveLink = z.output<typeof createLiveLink>;

export const confirmSafe = z.strictObject({
  method: z.enum(['LIVE_VOICE', 'SAFE_NUMBER_ON_RECORD', 'PARTNER_AGENCY']).meta({ description: 'How you know.', example: 'LIVE_VOICE' }),
  liveCheck: flag('For a safe number on record: you checked it live just now.').default(false), onVoiceCall: flag('You are talking to the person now.').default(false),
});
export const withReason = z.strictObject({ reason });
export const authorise = z.strictObject({
  decision: z.enum(['APPROVED', 'REFUSED']).meta({ description: 'Yes or no.', example: 'APPROVED' }), reason: reason.optional(),
  overrideTicked: flag('You override the rule that a visit is made (high risk).').default(false),
});
export const bookSlot = z.strictObject({ slotStartAt: when('Start of the appointment.'), slotEndAt: when('End of the appointment.') });
export const shareView = z.strictObject({ viewer: person('Who may watch.') });
export const recordOutcome = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z_]{2,49}$/).meta({ description: 'The outcome, from the list of the area.', example: 'NO_DEPLOYMENT_NEEDED' }),
  detail: z.string().regex(/^[A-Z0-9]{1,3}$/).optional().meta({ description: 'Days of a remedial period, or S, M or H for DASH.', example: '14' }),
  notes: z.string().max(1000).optional().meta({ description: 'Notes for the file.', example: 'Scene was quiet.' }),
  attendanceAvoided: flag('Nobody had to go.').default(false),
  minutesSaved: z.int().min(0).max(10_000).optional().meta({ description: 'Minutes saved.', example: 40 }), milesSaved: z.number().min(0).max(10_000).optional().meta({ description: 'Miles saved.', example: 12 }),
});
const checklistAnswer = z.strictObject({
  item: z.int().min(1).max(31).meta({ description: 'The item of the checklist.', example: 16 }), answer: itemAnswer.meta({ description: 'What was seen.', example: 'YES' }),
  note: z.string().max(1000).optional().meta({ description: 'A note.', example: 'Two locks.' }), snapshotId: z.string().max(80).optional().meta({ description: 'The picture of it.', example: 'ev-00000000000000000000000000000000' }),
}).meta({ id: 'ChecklistAnswer', description: 'One answer of the checklist.' });
export const saveChecklist = z.strictObject({ answers: z.array(checklistAnswer).max(31).meta({ description: 'All answers so far; they replace what was saved.' }) });
const points = (description: string) => z.int().min(0).max(3).meta({ description, example: 1 });
export const saveScore = z.strictObject({
  offenceType: text(100, 'The offence.', 'burglary'), volumeCrime: flag('It is volume crime.'), entryPoint: z.string().max(250).meta({ description: 'Where they came in.', example: 'rear window' }),
  surfaces: z.array(z.string().max(60)).max(20).meta({ description: 'Surfaces that were touched.', example: ['glass'] }), wet: flag('It is wet.'),
  timeSinceH: z.number().min(0).max(10_000).meta({ description: 'Hours since.', example: 3 }), itemsMoved: flag('Things were moved.'), bloodOrCellular: flag('There is blood or other cellular material.'),
  fingermark: points('Finger marks, 0 to 3.'), footwear: points('Footwear marks, 0 to 3.'), toolmark: points('Tool marks, 0 to 3.'), dnaPotential: points('DNA, 0 to 3.'), digitalPotential: points('Digital, 0 to 3.'),
  preservationAdvice: z.string().max(1000).meta({ description: 'The advice that was given.', example: 'Keep the rain off the sill.' }),
  decision: z.string().max(40).optional().meta({ description: 'The decision, an outcome of the area.', example: 'ATTEND_SCHEDULED' }),
  decisionReason: z.string().max(1000).optional().meta({ description: 'Why.', example: 'Clear mark on glass.' }),
});
export const sendChat = z.strictObject({ text: text(1000, 'What the person reads.', 'Please point the camera at the door.') });
export const decideEvidence = z.strictObject({
  decision: z.enum(['NON_EVIDENTIAL', 'RETRY', 'CLEAR', 'HAND_OVER', 'DELETE_QUARANTINED']).meta({ description: 'What is done with the file.', example: 'HAND_OVER' }), reason,
  exhibitRef: z.string().max(40).optional().meta({ description: 'The exhibit reference.', example: 'AE/1' }),
});
export const pasteLine = z.strictObject({ lineId: z.string().regex(/^line-\d{1,6}$/).meta({ description: 'The line that you pasted.', example: 'line-4' }) });

export const listQuery = z.strictObject({
  limit: z.number().int().min(1).max(200).default(50).meta({ description: 'How many rows at most.', example: 50 }),
  after: z.string().max(200).optional().meta({ description: 'Where to go on, from the next link.', example: '50' }),
});
export const areaQuery = z.strictObject({ ...listQuery.shape, area: terms.area.meta({ description: 'The area.', example: 'FCC' }), state: terms.requestState.optional().meta({ description: 'Only requests in this state.', example: 'IN_SESSION' }) });

/** The reply of every command. */
export const accepted = z.strictObject({ ...operationStatusFields, requestId: z.string().optional().meta({ description: 'The request that the command is about.', example: exampleId }) })
  .meta({ id: 'LiveLinkAccepted', description: 'The command was accepted.' });
