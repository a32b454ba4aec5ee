import * as z from 'zod';
import { answerValue, questionCode, role } from '../terms.ts';
import { caseId, clientAt, exampleId, flag, item, person, reason, taskRef, text, when } from './fields.ts';

const answer = z.strictObject({
  question: questionCode.meta({ description: 'The question.', example: 'Q05' }), value: answerValue.meta({ description: 'What was answered; not known is an answer.', example: 'NOT_KNOWN' }),
  detail: text(2_000, 'The words.', 'Insulin twice a day.').optional(),
}).meta({ id: 'RiskAnswer', description: 'An answer to a question of the set.' });

/** Bodies of the commands by which a case is worked (3.8, 3.12). */
export const workBodies = {
  RecordAnswers: z.strictObject({ answers: z.array(answer).min(1).max(15).meta({ description: 'Answers; one that was given before is replaced.' }) }),
  AddFactors: z.strictObject({ factors: z.array(z.string().regex(/^[A-Z_]{3,40}$/)).min(1).max(40).meta({ description: 'Risk factors by their codes.', example: ['SUICIDE_INTENT'] }) }),
  AddInformation: z.strictObject({ text: text(20_000, 'What is new.', 'A friend says that he went to Crewe by bus.'), isRestricted: flag('Not for partners.').default(true), clientAt }),
  AddSighting: z.strictObject({
    from: when('When, at the earliest.'), to: when('When, at the latest.').optional(), place: text(400, 'Where.', 'Sample Street'), source: text(400, 'Who saw the person.', 'Shop assistant'),
    reliability: z.enum(['RELIABLE', 'UNTESTED', 'UNRELIABLE', 'NOT_KNOWN']).meta({ description: 'How reliable the source is.', example: 'UNTESTED' }), match: z.int().min(0).max(5).meta({ description: 'How well the description fits, 0 to 5.', example: 3 }), clientAt,
  }),
  AssessSighting: z.strictObject({ sightingId: item('The sighting.', 'sighting-1'), credible: z.enum(['YES', 'NO']).meta({ description: 'Credible or not.', example: 'YES' }), action: text(1_000, 'What is done about it.', 'Unit sent, CCTV asked for'), reason }),
  RecordDecision: z.strictObject({
    information: text(4_000, 'Information that was gathered.', 'Note found, phone off.'), assessment: text(4_000, 'The assessment of threat and risk.', 'Real and immediate.'), powers: text(2_000, 'Powers and policy.', 'PACE section 17.'),
    options: text(4_000, 'Options that were considered.', 'Search now, or wait for the dog.'), action: text(4_000, 'What was decided and why.', 'Search now.'),
  }),
  AssignOwner: z.strictObject({ userId: person('Who owns the case now.'), role: z.enum(['OIC', 'ATTENDING', 'SGT', 'INSP', 'FIM']).meta({ description: 'In which role.', example: 'OIC' }), reason }),
  AcknowledgeOwner: z.strictObject({}), Attach: z.strictObject({ userId: person('Who works on the case.') }),
  StartTask: z.strictObject({ taskId: taskRef.meta({ description: 'The task.', example: 'A08' }) }),
  CompleteTask: z.strictObject({
    taskId: taskRef.meta({ description: 'The task.', example: 'A06' }),
    evidenceJson: z.string().min(2).max(60_000).meta({ description: 'The evidence that the task asks for, as JSON; its kind stands with the task.', example: '{"kind":"NOTE_AND_OUTCOME","note":"Rang all hospitals","outcome":"Not there"}' }), clientAt,
  }),
  MarkNotApplicable: z.strictObject({ taskId: taskRef.meta({ description: 'The task.', example: 'A13' }), reason }),
  ApproveTask: z.strictObject({ pendingId: item('What waits for your approval.', 'pending-4') }),
  LinkCases: z.strictObject({
    otherId: caseId.meta({ description: 'The other case.', example: exampleId }), step: z.enum(['LINK', 'UNLINK']).meta({ description: 'They are missing together, or are not after all.', example: 'LINK' }), reason,
  }),
  WriteTriggerPlan: z.strictObject({
    state: z.enum(['DRAFT', 'AGREED', 'WITHDRAWN']).meta({ description: 'A draft does nothing yet; an agreed plan is what is done first when the person goes missing again.', example: 'AGREED' }),
    firstActions: z.array(z.strictObject({
      text: text(300, 'What is done.', 'Ring her brother'), ownerRole: role.meta({ description: 'By whom.', example: 'ATTENDING' }), withinMinutes: z.int().min(1).max(10_080).meta({ description: 'Within so many minutes of the case.', example: 30 }), place: text(300, 'Where.', 'Sample Park').optional(),
    }).meta({ id: 'PlannedAction', description: 'A first action.' })).max(20).default([]).meta({ description: 'What is done first, in order; five become tasks.' }),
    places: z.array(z.strictObject({ place: text(300, 'A place.', 'Skate park, Crewe'), why: text(300, 'Why there.', 'She meets friends there').optional() }).meta({ id: 'PlannedPlace', description: 'A place to look at.' })).max(50).default([]).meta({ description: 'Places to look at.' }),
    contacts: z.array(z.strictObject({ name: text(300, 'Who.', 'Kim Example'), relation: text(300, 'What they are to the person.', 'Brother'), phone: text(300, 'Their number.', '07700 900123') }).meta({ id: 'PlannedContact', description: 'Somebody to ring.' })).max(30).default([]).meta({ description: 'Whom to ring.' }),
    doNot: text(4_000, 'What must not be done.', 'Do not ring her father.').optional(), agreedWith: z.array(text(300, 'Who agreed.', 'Cheshire East')).max(20).default([]).meta({ description: 'Who agreed: the council, the carer, the family.', example: ['Cheshire East'] }),
    agreedOn: z.iso.date().optional().meta({ description: 'On which day it was agreed.', example: '2026-11-24' }), reviewOn: z.iso.date().optional().meta({ description: 'On which day it is looked at again.', example: '2027-02-24' }),
  }),
  AnswerPage: z.strictObject({ pageId: item('The page.', 'page-3') }),
} as const;

