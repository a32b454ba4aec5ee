import * as z from 'zod';
import { requestId } from '../schemas.ts';
import * as terms from './terms.ts';

/** Replies of live links. A reply never holds a viewer's address, a link or a token; the last characters of the link only for the officer who asked. */
const exampleTime = '2026-11-24T09:30:00.000Z';
const at = (description: string) => z.iso.datetime().meta({ description, example: exampleTime });
const maybe = (description: string) => z.iso.datetime().optional().meta({ description, example: exampleTime });
const word = (description: string, example: string) => z.string().meta({ description, example });
const flag = (description: string) => z.boolean().meta({ description, example: false });

const rowFields = {
  requestId, ref: word('Our reference, as it is read out.', 'GS-ABCD-EFGH'), area: terms.area.meta({ description: 'The area.', example: 'FCC' }),
  reasonCode: terms.reasonCode.meta({ description: 'Why.', example: 'SEE_SCENE' }), mode: terms.mode.meta({ description: 'What is shared.', example: 'VIDEO' }),
  channel: terms.channel.meta({ description: 'How the link goes out.', example: 'SMS' }), state: terms.requestState.meta({ description: 'Where it stands.', example: 'SENT' }),
  priority: terms.priority.meta({ description: 'How urgent it is.', example: 'P0_LIVE' }), incidentRef: word('The incident.', 'IML 1234567'), createdAt: at('When it was asked for.'),
  requestedBy: word('Who asked, an Entra object id.', '00000000-0000-4000-8000-000000000011'),
};
export const liveLinkRow = z.strictObject(rowFields).meta({ id: 'LiveLinkRow', description: 'A request in a list.' });
const nextLink = z.string().optional().meta({ description: 'The next page, if there is one.', example: 'https://back-end.example.test/api/live-links?after=x' });
export const liveLinkList = z.strictObject({ value: z.array(liveLinkRow).meta({ description: 'The requests, newest first.' }), nextLink }).meta({ id: 'LiveLinkList', description: 'A page of requests.' });

export const fixView = z.strictObject({
  at: at('When.'), lat: z.number().meta({ description: 'Latitude (WGS84).', example: 53.19 }), lng: z.number().meta({ description: 'Longitude (WGS84).', example: -2.89 }),
  accuracyM: z.number().meta({ description: 'Accuracy in metres.', example: 9 }), easting: z.int().optional().meta({ description: 'Easting of the National Grid (about 5 m).', example: 340500 }),
  northing: z.int().optional().meta({ description: 'Northing of the National Grid (about 5 m).', example: 366400 }), source: word('Where it comes from.', 'BROWSER_GNSS'), stale: flag('Older than a minute.'), outsideUk: flag('Outside of the UK.'),
}).meta({ id: 'LocationFix', description: 'A place.' });
export const trackView = z.strictObject({ value: z.array(fixView).meta({ description: 'The places, oldest first.' }) }).meta({ id: 'LocationTrack', description: 'Where the person was.' });

const chatLine = z.strictObject({
  chatId: word('The message.', 'chat-1'), at: at('When.'), from: z.enum(['OFFICER', 'PERSON']).meta({ description: 'Who wrote it.', example: 'PERSON' }), text: word('The text.', 'I am at the gate.'),
  translated: z.string().optional().meta({ description: 'Machine translation: to understand, never a statement.', example: 'I am at the gate.' }),
  status: z.enum(['due', 'sent', 'received', 'failed']).meta({ description: 'What became of it.', example: 'received' }),
}).meta({ id: 'ChatLine', description: 'A chat message.' });
const lineView = z.strictObject({
  lineId: word('The line.', 'line-4'), at: at('When.'), text: word('The text for the incident log.', 'Live link GS-ABCD-EFGH ended.'),
  status: z.enum(['due', 'written', 'to-paste', 'pasted']).meta({ description: 'To-paste: the log did not answer, paste it yourself.', example: 'written' }),
}).meta({ id: 'IncidentLine', description: 'A line of the incident log.' });
const stepView = z.strictObject({ at: at('When.'), what: word('What happened.', 'consentGiven'), ignored: flag('It came after the end, or of an older link.') }).meta({ id: 'LiveLinkStep', description: 'A step of the request.' });

export const liveLinkView = z.strictObject({
  ...rowFields, etag: word('The version, for If-Match.', '"3"'), personRole: word('Who the person is in this.', 'CALLER'), purpose: word('What it is for.', 'see what is happening'),
  addressEnding: z.string().optional().meta({ description: 'The end of the number, to recognise it.', example: '001' }), neutral: flag('Nothing official shows to the person.'),
  safety: z.enum(['CONFIRMED_SAFE', 'UNSAFE', 'UNKNOWN']).meta({ description: 'Whether contact is safe.', example: 'UNKNOWN' }),
  safetyRule: z.string().optional().meta({ description: 'The rule of the last decision on sending.', example: 'allow-no-concern' }),
  holdAdvice: z.string().optional().meta({ description: 'What to do about a hold or a stop.', example: 'Ask on the call whether it is safe.' }),
  markers: z.enum(['NONE', 'FOUND', 'FAILED']).optional().meta({ description: 'What the marker look-up said.', example: 'NONE' }),
  authority: z.enum(['NOT_NEEDED', 'NEEDED', 'APPROVED', 'REFUSED']).meta({ description: 'Whether another person must say yes.', example: 'NOT_NEEDED' }),
  authorityWhy: z.string().optional().meta({ description: 'Why.', example: 'always' }),
  grounds: z.array(z.strictObject({ name: word('What was asked.', 'overrideReason'), value: word('What was said.', 'Visited yesterday.') }).meta({ id: 'Ground', description: 'What the area asked for and was told.' })).meta({ description: 'What the area asked for and was told, for whoever decides.' }),
  sends: z.int().meta({ description: 'How often a link was sent.', example: 1 }),
  linkEnding: z.string().optional().meta({ description: 'Last four characters of the link, to read out. For the officer who asked.', example: 'a1B2' }),
  code: z.string().optional().meta({ description: 'The code to read out. For the officer who asked.', example: 'ABCD2345' }),
  linkExpiresAt: maybe('When the link dies.'), linkOpensAt: maybe('From when it can be opened.'),
  slot: z.enum(['NONE', 'OFFERED', 'BOOKED']).meta({ description: 'The appointment of firearms licensing.', example: 'NONE' }), slotStartAt: maybe('Start of the appointment.'), slotEndAt: maybe('End of the appointment.'),
  joined: flag('Somebody pressed Join and waits to be let in.'), consent: terms.consentState.meta({ description: 'Where consent stands.', example: 'NOT_ASKED' }),
  consentScope: z.array(terms.capability).meta({ description: 'What the person agreed to.', example: ['LOCATION'] }), recorded: flag('It is recorded.'),
  upload: z.enum(['NONE', 'RECEIVING', 'PAUSED', 'RECEIVED', 'CHECKED']).meta({ description: 'Where an upload stands.', example: 'NONE' }),
  sentAt: maybe('When it was sent.'), deliveredAt: maybe('When the text arrived.'), openedAt: maybe('When it was opened.'), consentedAt: maybe('When the person agreed.'), firstMediaAt: maybe('When the first picture, place or file came.'),
  endedAt: maybe('When it ended.'), closedAt: maybe('When it was closed.'), endReason: z.string().optional().meta({ description: 'Why it ended.', example: 'PERSON' }),
  declineReason: z.string().optional().meta({ description: 'Why the person said no.', example: 'THINKS_SCAM' }), failReason: z.string().optional().meta({ description: 'Why it failed.', example: 'UNDELIVERED' }),
  fallback: z.string().optional().meta({ description: 'What to do when the link could not be sent.', example: "Use the provider's own console, or read a code out." }),
  lastPlace: fixView.optional().meta({ description: 'Where the person was last.' }), distanceM: z.int().optional().meta({ description: 'Metres from the registered address; a place can be faked.', example: 40 }),
  startToAnswerSeconds: z.number().optional().meta({ description: 'Seconds from sending to opening.', example: 12 }),
  overwriteAt: maybe('When the footage is overwritten.'), outcomeDueAt: maybe('When the outcome is due.'), outcome: z.string().optional().meta({ description: 'The outcome.', example: 'NO_DEPLOYMENT_NEEDED' }),
  outcomeDetail: z.string().optional().meta({ description: 'Its detail.', example: '14' }), outcomes: z.array(z.string()).meta({ description: 'The outcomes that the area has.', example: ['NO_BENEFIT'] }),
  evidenceFiles: z.int().meta({ description: 'How many files there are.', example: 0 }), chat: z.array(chatLine).meta({ description: 'The chat.' }), lines: z.array(lineView).meta({ description: 'Lines for the incident log.' }),
  steps: z.array(stepView).meta({ description: 'What happened, in order.' }),
}).meta({ id: 'LiveLink', description: 'A request as it stands.' });

export const evidenceView = z.strictObject({
  evidenceId: word('The file.', 'ev-00000000000000000000000000000000'), kind: word('What it is.', 'LIVE_RECORDING'), state: terms.evidenceState.meta({ description: 'Where it stands.', example: 'STORED' }),
  mime: word('The declared type.', 'video/mp4'), bytes: z.int().optional().meta({ description: 'Its length.', example: 1024 }), sha256: z.string().optional().meta({ description: 'Its SHA-256.', example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }),
  typeCheck: z.string().optional().meta({ description: 'Whether the content fits the type.', example: 'AGREES' }), scan: z.string().optional().meta({ description: 'What the malware scan said.', example: 'CLEAN' }),
  demsId: z.string().optional().meta({ description: 'Its id in the evidence system.', example: 'DEMS-1' }), exhibitRef: z.string().optional().meta({ description: 'The exhibit reference.', example: 'AE/1' }),
  failure: z.string().optional().meta({ description: 'What went wrong.', example: 'hash-mismatch' }), mayView: flag('It may be viewed.'),
  continuity: z.array(z.strictObject({ at: at('When.'), actor: word('Who.', 'system'), action: word('What.', 'RECEIVED'), detail: word('How.', 'from the provider') }).meta({ id: 'ContinuityEntry', description: 'One entry of the continuity.' })).meta({ description: 'Who held it, from the first byte.' }),
}).meta({ id: 'EvidenceFile', description: 'A file of a session.' });
export const evidenceList = z.strictObject({ value: z.array(evidenceView).meta({ description: 'The files.' }) }).meta({ id: 'EvidenceList', description: 'The files of a session.' });

export const checklistView = z.strictObject({
  value: z.array(z.strictObject({
    item: z.int().meta({ description: 'The item.', example: 1 }), group: word('Its part.', 'A'), text: word('What is looked at.', 'Face matches the photo on file'), help: word('How.', 'Compare with the file.'),
    mustBeYes: flag('Needed for a pass.'), answer: z.enum(['YES', 'NO', 'NA', 'NOT_SEEN', 'NOT_ANSWERED']).meta({ description: 'The answer so far.', example: 'NOT_ANSWERED' }), note: z.string().optional().meta({ description: 'The note.', example: 'Two locks.' }),
  }).meta({ id: 'ChecklistItem', description: 'An item of the checklist.' })).meta({ description: 'The 31 items.' }),
}).meta({ id: 'Checklist', description: 'The checklist of a firearms inspection.' });

export const viewerAddress = z.strictObject({ url: word('Where you watch; for you alone and for a short time.', 'https://provider.example.test/v/x'), expiresAt: at('Until when.') }).meta({ id: 'ViewerAddress', description: 'Your viewer.' });

export const statistics = z.strictObject({
  value: z.array(z.strictObject({
    area: terms.area.meta({ description: 'The area.', example: 'FCC' }), outcome: word('The outcome.', 'NO_DEPLOYMENT_NEEDED'),
    count: word('How many; fewer than five is not told.', 'fewer than 5'), attendanceAvoided: word('How many without a journey.', '12'), minutesSaved: word('Minutes saved.', '480'), milesSaved: word('Miles saved.', '120'),
  }).meta({ id: 'BenefitRow', description: 'Outcomes of one kind.' })).meta({ description: 'By area and outcome.' }),
}).meta({ id: 'LiveLinkStatistics', description: 'What live links brought.' });

export const auditList = z.strictObject({
  value: z.array(z.strictObject({
    seq: z.int().meta({ description: 'The place in the chain.', example: 1 }), at: at('When.'), by: word('Who, or system.', 'system'), what: word('What happened.', 'LinkSent'), kind: word('Which operation of DPA 2018 s62.', 'disclosure'),
    about: word('Ids and codes, as JSON.', '{}'), hash: word('SHA-256 that binds this row to all before it.', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
  }).meta({ id: 'LiveLinkAuditRow', description: 'A row of the audit.' })).meta({ description: 'The rows, oldest first.' }),
  verified: flag('Whether the rows shown form an unbroken chain.'), nextLink,
}).meta({ id: 'LiveLinkAudit', description: 'A page of the audit.' });
