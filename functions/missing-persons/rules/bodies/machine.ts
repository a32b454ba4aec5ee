import * as z from 'zod';
import { identificationMethod, returnPlaceKind, verificationMethod, wellBeing } from '../machine/caseSlice.ts';
import { reviewRef } from './reviews.ts';
import { caseId, clientAt, flag, item, items, level, reason, text, when } from './fields.ts';

/** Bodies of the commands that move a report or a case (2.1, 2.3). */
export const machineBodies = {
  ScreenReport: z.strictObject({
    thrive: text(4_000, 'The THRIVE note.', 'Threat none known; harm possible; worried mother.'), level: level('The provisional level; never under the floor.'),
    matchesSeen: z.array(caseId).max(20).default([]).meta({ description: 'Matches that you looked at.', example: [] }),
  }),
  AcceptReport: z.strictObject({ rationale: text(4_000, 'Why this level.', 'Late for the curfew before, never over night; no answer on the telephone.') }),
  RedirectReport: z.strictObject({
    agency: text(200, 'The agency that takes it.', 'Sample Ambulance Service'), acceptedBy: text(200, 'Who accepted there.', 'Duty desk, A. Example'), acceptedAt: when('When they accepted.'),
    threshold: text(2_000, 'Why the threshold for the police is not met.', 'No risk to life; he asked for a doctor.'), advice: text(2_000, 'The advice that was given.', 'Ring 999 if that changes.'), callBackAt: when('When you ring back.'),
    crimeSuspected: flag('A crime is suspected.'), immediateRisk: flag('There is a real and immediate risk to life or of serious harm.'),
  }),
  RecordConcern: z.strictObject({ address: text(400, 'The address at which the person is believed to be.', '1 Sample Street'), reason }),
  MarkDuplicate: z.strictObject({ of: caseId, confirmed: flag('You looked, and it is the same person.') }),
  WithdrawReport: z.strictObject({
    who: text(400, 'Who says that the person is found.', 'The mother'), how: text(1_000, 'How you verified it.', 'Rang back on the number of the report.'), where: text(400, 'Where the person is.', 'At home'),
    policeNeedToSee: flag('The police need to see the person.'), isCallBackVerified: flag('You rang back and know who it is.'),
  }),
  ProposeReject: z.strictObject({ reason }), RejectReport: z.strictObject({}), RescreenReport: z.strictObject({ reason }),
  ResolveSafe: z.strictObject({ seenBy: text(400, 'Who saw the person safe.', 'A paramedic, by name'), at: when('When.') }),
  ReportLocated: z.strictObject({
    reportedBy: text(400, 'Who says so.', 'The mother'), at: when('When the person was seen or came back.'), place: text(400, 'Where.', 'At home'), how: text(400, 'How it was reported.', 'By telephone'), clientAt,
  }),
  AgreeHold: z.strictObject({}), RefuteLocated: z.strictObject({ reason, isRefuted: flag('The sighting is refuted; else the time to verify has run out.') }),
  VerifyLocated: z.strictObject({
    method: verificationMethod.meta({ description: 'How.', example: 'SEEN_BY_POLICE' }), identityCheck: text(400, 'How you know who it is.', 'Photograph and date of birth'), wellBeing: wellBeing.meta({ description: 'How the person is.', example: 'WELL' }),
    locatedAt: when('When the person was found.'), locatedAtReason: text(1_000, 'Why it differs from what was reported.', 'The informant had looked at a wrong clock.').optional(),
    place: text(400, 'Where. Kept apart: an adult decides who hears it.', 'At home'), condition: text(400, 'The condition.', 'Tired and cold'), phoneReason: text(1_000, 'Why by telephone.', 'Abroad with family').optional(),
    seenBy: text(400, 'The professional or officer of another force who saw the person.', 'PC Example, Sample Force').optional(), returnedAt: when('When the person was back, if so.').optional(),
    returnPlace: returnPlaceKind.optional().meta({ description: 'Where the person goes.', example: 'HOME' }), transportedBy: text(400, 'Who brings the person.', 'Unit S12').optional(), receivedBy: text(400, 'Who receives the person.', 'The mother').optional(),
    warrantChecked: flag('A warrant and bail were checked.').optional(),
  }),
  ConfirmVerification: z.strictObject({}), WithdrawVerification: z.strictObject({ reason }),
  RecordBody: z.strictObject({
    place: text(400, 'Where.', 'Sample Wood'), reason, bodyFoundAt: when('When the body was found.'), coronerRef: text(80, "The coroner's reference, if known.", 'COR-1').optional(), treatAsSuspicious: z.boolean().default(true).meta({ description: 'Suspicious until decided otherwise.', example: true }),
  }),
  ConfirmDeceased: z.strictObject({ coronerRef: text(80, "The coroner's reference.", 'COR-1'), method: identificationMethod.meta({ description: 'How the person was identified.', example: 'DENTAL' }) }),
  RefuteDeceased: z.strictObject({ reason }), RecordFamilyTold: z.strictObject({}), ReleaseDeath: z.strictObject({}),
  MakeLongTerm: z.strictObject({ reviewId: reviewRef }), SuspendCase: z.strictObject({ reviewId: reviewRef }),
  ReactivateCase: z.strictObject({ informationId: item('The new information.') }), ConfirmReactivation: z.strictObject({}),
  ProposeClose: z.strictObject({ summary: text(4_000, 'What happened, in a few sentences.', 'Came home by himself; interview done.') }), ApproveClose: z.strictObject({}),
  ProposeCancel: z.strictObject({ kind: z.enum(['ERROR', 'DUPLICATE', 'NOT_MISSING']).meta({ description: 'Which kind.', example: 'DUPLICATE' }), reason, mergedInto: caseId.optional() }), ApproveCancel: z.strictObject({}),
  ReopenReturn: z.strictObject({ informationId: item('The late information.'), reason }), ReopenMissing: z.strictObject({ reason }),
  TransferOut: z.strictObject({
    toForce: text(100, 'The force.', 'Sample Force'), theirRef: text(80, 'Their reference.', 'MP/SF/2026/000001'), namedOwner: text(200, 'Who owns it there.', 'Insp Example'), acknowledgementId: item('Their written acknowledgement, an information item.'),
  }),
  RecordTransferOutcome: z.strictObject({ outcome: text(2_000, 'What came of it.', 'Found safe by them on Tuesday.') }),
} as const;

const flagName = z.string().regex(/^[A-Z_]{3,30}$/).meta({ description: 'The flag.', example: 'CSE' });

/** Bodies of the commands about risk (3.3 to 3.6, C2 to C5). */
export const riskBodies = {
  ConfirmRisk: z.strictObject({ level: level('The level that you confirm: the same or higher.'), rationale: text(4_000, 'Why, in your words.', 'No history of harm, warm night, but no contact since noon.'), plan: text(4_000, 'The plan of the investigation.', 'Visit the mother, ring the friends.') }),
  RaiseRisk: z.strictObject({ level: level('The higher level.'), reason, clientAt }),
  RefuseRaise: z.strictObject({ reason }),
  ProposeReduce: z.strictObject({ to: level('The lower level.'), rationale: text(4_000, 'What changed and why that makes it less likely.', 'Seen on CCTV at 08:40, alone and calm.'), informationIds: items('The new information.'), conference: text(2_000, 'The note of the conference, for two steps or more.', 'With D/Supt Example at 09:00.').optional() }),
  ApproveReduce: z.strictObject({}), RefuseReduce: z.strictObject({ reason }),
  OverrideFloor: z.strictObject({ to: level('The level under the floor.'), reason }),
  SetFlag: z.strictObject({ flag: flagName, source: text(400, 'Where it comes from.', 'Told by the social worker') }),
  ClearFlag: z.strictObject({ flag: flagName, reason }),
} as const;
