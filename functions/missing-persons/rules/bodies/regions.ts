import * as z from 'zod';
import { lawfulBasis } from '../notices/words.ts';
import { biometricType } from '../regions/biometric.ts';
import { checklistCode } from '../regions/checklist.ts';
import { authority, enquiryType } from '../regions/enquiryTypes.ts';
import { placementKind } from '../regions/returnPlacement.ts';
import { answerValue, role } from '../terms.ts';
import { clientAt, flag, item, person, reason, text, when } from './fields.ts';

const channelName = text(80, 'A channel by its name.', 'force-site');
const basis = {
  basis: lawfulBasis.meta({ description: 'The lawful basis.', example: 'SAFEGUARDING' }), purpose: text(400, 'What it is told for.', 'To find a child at risk'), minimumNecessary: text(400, 'Why no less would do.', 'First name, age and clothing only'),
};
const grounds = {
  necessity: text(2_000, 'Why it is necessary.', 'Nothing else can show where she is.'), proportionality: text(2_000, 'Why it is proportionate.', 'A risk to life outweighs it.'), collateral: text(2_000, 'Whose privacy it touches besides.', 'The subscriber, her mother.'),
};
const withheld = z.array(z.enum(['FAMILY', 'CARE_PROVIDER'])).max(2).meta({ description: 'Who must not learn the place.', example: ['FAMILY'] });
const channels = z.array(z.strictObject({ channel: channelName, control: z.enum(['FORCE', 'CHARITY', 'PARTNER']).meta({ description: 'Who controls it.', example: 'FORCE' }) }).meta({ id: 'AppealChannel', description: 'A channel.' })).min(1).max(50).meta({ description: 'Where it is to appear.' });
const answers = z.array(z.strictObject({
  code: checklistCode.meta({ description: 'The question of the checklist.', example: 'ACTIVE_SUSPECT' }), answer: answerValue.meta({ description: 'The answer.', example: 'NO' }), detail: text(2_000, 'Why.', 'Nobody is suspected.').optional(),
}).meta({ id: 'AppealAnswer', description: 'An answer to the checklist of publicity.' })).max(40).meta({ description: 'The answers to the checklist.' });

/** Ownership and transfer (2.5). */
const ownership = {
  OfferHandover: z.strictObject({
    userId: person('To whom.'), role: role.meta({ description: 'In which role.', example: 'OIC' }), unit: text(100, 'The unit.', 'Chester').optional(), summary: text(4_000, 'The case in a few sentences.', 'Missing since noon; home searched.'), risks: text(4_000, 'The risks.', 'No insulin since the morning.'),
    outstanding: z.array(text(400, 'What is left to do.', 'CCTV of the station')).max(100).meta({ description: 'What is outstanding.' }), nothingOutstanding: flag('Nothing is outstanding.').optional(),
    familyContactAt: when('When the family was promised a call.').optional(), noFamilyContactReason: text(400, 'Why they were promised none.', 'They asked for none at night.').optional(), mapVersion: text(80, 'The version of the search map.', 'map-4').optional(),
  }),
  AcceptHandover: z.strictObject({}),
  OfferTransfer: z.strictObject({ toForce: text(100, 'The other force.', 'Merseyside'), reason, initialActionsDone: flag('Our initial actions are done.') }),
  AckTransfer: z.strictObject({ acknowledgementId: item('Their written acknowledgement, an information item.'), theirOwner: text(80, 'Who owns it there, by name or number.', 'insp-1234'), theirRole: role.meta({ description: 'In which role.', example: 'INSP' }), theirRef: text(80, 'Their reference.', 'MP/MER/2026/000001') }),
  RefuseTransfer: z.strictObject({ reason }),
  ReturnTransfer: z.strictObject({ userId: person('Who owns it with us.'), role: role.meta({ description: 'In which role.', example: 'OIC' }), reason }),
} as const;

/** Publicity (6.4) and circulation. */
const outward = {
  ProposePublicity: z.strictObject({ text: text(2_000, 'The appeal.', 'Have you seen Sam? Ring 101, or 116 000.'), photoId: item('The photograph.', 'photo-1').optional(), channels, answers, wordingWhy: text(400, 'Why doubtful words stand.', 'The family wrote them.').optional(), ...basis }),
  ApprovePublicity: z.strictObject({ decision: z.enum(['APPROVE', 'REFUSE', 'AGAIN']).meta({ description: 'Approve it, refuse it, or decide again after it expired.', example: 'APPROVE' }), reason: reason.optional() }),
  PublishPublicity: z.strictObject({ channels: z.array(channelName).min(1).max(50).meta({ description: 'Where it was published.', example: ['force-site'] }) }),
  WithdrawPublicity: z.strictObject({
    what: z.enum(['APPEAL', 'CHANNEL', 'PHOTO']).meta({ description: 'The whole appeal is to come down, one channel is down, or a photograph is recalled.', example: 'CHANNEL' }), channel: channelName.optional(), at: when('When it came down.').optional(), how: text(400, 'How you know.', 'Looked at the page').optional(),
    mediaId: item('The photograph.', 'photo-1').optional(), reason: reason.optional(),
  }),
  RequestCirculation: z.strictObject({}), RecordCirculation: z.strictObject({ reference: text(80, 'The PNC reference.', 'PNC-26-1'), typeText: text(200, 'The type of the report in words.', 'Missing person') }),
  CancelCirculation: z.strictObject({ confirmation: text(80, 'The confirmation.', 'PNC-26-1-C') }),
  DecideAlert: z.strictObject({
    decision: z.enum(['NO', 'REQUEST', 'ACTIVE', 'REFUSED', 'STAND_DOWN']).meta({ description: 'What was decided, or answered by the National Crime Agency.', example: 'NO' }), reason: text(2_000, 'Why; for a request, what makes the risk to life real.', 'Taken by a stranger in a car.').optional(),
    canTakeCalls: flag('Calls of the public can be taken.').optional(), reference: text(80, 'Their reference.', 'CRA-1').optional(),
  }),
} as const;

/** Enquiries, sightings that were added, the family's log, what is held (3.8). */
const enquiries = {
  RecordEnquiry: z.strictObject({
    step: z.enum(['NEW', 'WRITE_UP', 'RESULT', 'CANCEL']).meta({ description: 'A new enquiry, or what came of one.', example: 'NEW' }), enquiryId: item('The enquiry, unless it is new.', 'enquiry-1').optional(), type: enquiryType.optional().meta({ description: 'What is asked.', example: 'CCTV' }),
    authority: authority.optional().meta({ description: 'By what authority.', example: 'NONE_NEEDED' }), isRequestToSpoc: flag('A request to CD_SPOC.').optional(), cdGrade: z.int().min(1).max(3).optional().meta({ description: 'Grade of communications data.', example: 2 }), isVerbal: flag('By word of mouth.').optional(),
    necessity: grounds.necessity.optional(), proportionality: grounds.proportionality.optional(), collateral: grounds.collateral.optional(), nextCheckAt: when('When to look again.').optional(),
    summary: text(400, 'What came back; no content, no raw data.', 'In the town at noon.').optional(), informationId: item('The information item of it.').optional(), reason: reason.optional(),
  }),
  DecideEnquiry: z.strictObject({ enquiryId: item('The enquiry.', 'enquiry-1'), isApproved: flag('It is approved.'), reason }), RequestLiveLink: z.strictObject(grounds),
  ApproveLiveLink: z.strictObject({ enquiryId: item('The request.', 'enquiry-1'), isApproved: flag('It is approved.'), reason, safeguarding: text(2_000, 'What was agreed for the safety of a child.', 'Exploitation team: only by day.').optional() }),
  RecordContact: z.strictObject({
    step: z.enum(['CONTACT', 'RESTRICT', 'LIFT']).meta({ description: 'A contact, or who may not be updated.', example: 'CONTACT' }), withId: text(80, 'Which informant.', 'informant-1'), at: when('When.').optional(), direction: z.enum(['IN', 'OUT']).optional().meta({ description: 'Who called.', example: 'OUT' }),
    channel: z.enum(['PHONE', 'IN_PERSON', 'SMS', 'EMAIL', 'OTHER']).optional().meta({ description: 'How.', example: 'PHONE' }), summary: text(4_000, 'What was said.', 'Told her that the search goes on.').optional(), promisedNextAt: when('The promised next call.').optional(), toldPlace: flag('The place was told.').optional(),
    reason: reason.optional(), clientAt,
  }),
  RecordBiometric: z.strictObject({
    step: z.enum(['COLLECTED', 'SENT', 'DISPOSED']).meta({ description: 'What happened.', example: 'COLLECTED' }), holdingId: item('The holding, unless it is new.', 'holding-1').optional(), type: biometricType.optional().meta({ description: 'What it is.', example: 'DNA_DIRECT' }), holderRef: text(200, 'Where it lies.', 'Property store 12').optional(),
    consentBy: text(200, 'Who consented.', 'The mother').optional(), at: when('When.').optional(), confirmation: text(200, 'The confirmation of the holder.', 'Destroyed, ref 12').optional(),
  }),
} as const;

/** The return: the interview, and who may learn the place (I7, P02, S14). */
const afterwards = {
  ReferRHI: z.strictObject({ authorities: z.array(text(120, 'A local authority.', 'Halton')).min(1).max(4).meta({ description: 'The authorities, two when out of area.', example: ['Halton'] }) }),
  RecordRHI: z.strictObject({ outcome: z.enum(['OFFERED', 'COMPLETED', 'DECLINED', 'NOT_POSSIBLE', 'CHASED']).meta({ description: 'How it stands.', example: 'OFFERED' }), reason: reason.optional(), safeguardingReturned: flag('Safeguarding content came back.').optional() }),
  OverrideAcknowledgement: z.strictObject({ reason }),
  RecordReturnPlacement: z.strictObject({
    to: placementKind.meta({ description: 'Where the person goes.', example: 'POLICE_PROTECTION' }), isSafeToReturn: flag('It is safe to go back to where they were missing from.'), transportedBy: text(400, 'Who brings them.', 'S12, PC Example').optional(),
    receivedBy: text(400, 'Who receives them.', 'Kim Worker, children\'s services').optional(), isWarrantAndBailChecked: flag('Looked for a warrant and for conditions of bail.'), detail: text(2_000, 'What makes it unsafe, or what else is to be known.', 'The man from whom she ran lives there.').optional(),
  }),
  RecordConsent: z.strictObject({
    about: z.enum(['PLACE', 'CHILD_WISH', 'CHILD_DECISION', 'STATUS', 'SHARING', 'PUBLICITY']).meta({ description: 'What it is about.', example: 'PLACE' }), answer: z.enum(['YES', 'NO']).optional().meta({ description: 'The answer.', example: 'NO' }), how: text(400, 'How it was said.', 'In person to PC Example').optional(),
    withheldFrom: withheld.optional(), authority: text(120, 'The authority that decided.', 'Halton').optional(), person: text(200, 'Who there.', 'A. Example').optional(), reason: reason.optional(),
  }),
} as const;

/** Messages (6.2), access and the legal hold. */
const messages = {
  QueueNotice: z.strictObject({
    n: z.string().regex(/^N(?:0[2-9]|1[0-689])$/).meta({ description: 'Which notice; a stand-down is the system\'s.', example: 'N02' }), variant: z.string().regex(/^[A-Z_]{3,20}$/).meta({ description: 'What it says.', example: 'MISSING' }), recipientId: text(100, 'The entry of the directory, an informant, or `public`.', 'ukmpu.mail'),
    dueAt: when('By when it must be there.').optional(), ...basis, expires: when('When the basis ends.').optional(), isAgreedByInspector: flag('You, an inspector, agree to this sending.').optional(),
  }),
  AckNotice: z.strictObject({ noticeId: text(120, 'The notice.', 'notice-1'), ackBy: text(100, 'Who there took it in.', 'Duty desk, A. Example'), at: when('When.'), how: z.enum(['PORTAL', 'PHONE_LOG']).meta({ description: 'How it is known.', example: 'PHONE_LOG' }) }),
  SetAccess: z.strictObject({ tier: z.enum(['OPEN', 'RESTRICTED', 'CONFIDENTIAL']).meta({ description: 'Who may open it.', example: 'CONFIDENTIAL' }), userIds: z.array(person('Who.')).max(50).meta({ description: 'The list of a confidential case.' }), reason }),
  SetLegalHold: z.strictObject({ isHeld: flag('It is held.'), reason }),
} as const;

export const regionBodies = { ...ownership, ...outward, ...enquiries, ...afterwards, ...messages } as const;
