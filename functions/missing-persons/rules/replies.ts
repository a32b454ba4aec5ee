import * as z from 'zod';
import { caseId } from './bodies/fields.ts';
import { caseFields } from './repliesCase.ts';
import { uploads } from './repliesUploads.ts';
import { riskLevel } from './terms.ts';
import { workItem } from './repliesItem.ts';

/** Replies of missing persons. What a partner may read has a reply of its own. */
const exampleTime = '2026-11-24T09:30:00.000Z';
const at = (description: string) => z.string().meta({ description, example: exampleTime });
const maybeAt = (description: string) => z.string().optional().meta({ description, example: exampleTime });
const word = (description: string, example: string) => z.string().meta({ description, example });
const maybe = (description: string, example: string) => z.string().optional().meta({ description, example });
const flag = (description: string) => z.boolean().meta({ description, example: false });
const level = riskLevel.meta({ description: 'The level of risk.', example: 'MEDIUM' });

export const row = z.strictObject({
  recordId: caseId, ref: word('The reference of the case; empty while it is a report.', 'MP/CHS/2026/000123'), receipt: word('The reference that an informant was given; it stays.', 'MP-ABCD-EFGH'), state: word('Where it stands.', 'ACTIVE'), level, isProvisional: flag('Nobody has confirmed the level yet.'), reportedAt: at('When it was reported.'),
  owner: word('Who owns it, an Entra object id.', '00000000-0000-4000-8000-000000000031'), isOwnerAcknowledged: flag('The owner has said so.'), initials: word('The initials of the person.', 'A E'), age: maybe('How old the person is, or between what ages.', '15'), nextDueAt: word('What is due next, and when; empty when nothing is.', exampleTime),
}).meta({ id: 'MissingRow', description: 'A report or case in a list.' });
const nextLink = z.string().optional().meta({ description: 'The next page, if there is one.', example: 'https://back-end.example.test/api/missing-persons?after=x' });
export const list = z.strictObject({ value: z.array(row).meta({ description: 'Reports or cases, in the order of the list.' }), nextLink }).meta({ id: 'MissingList', description: 'A page of reports or cases.' });

const escalation = z.strictObject({ step: word('The step of the ladder.', 'DUE'), at: at('When it was due.'), firedAt: at('When it was fired.'), lateMs: z.number().meta({ description: 'By how many milliseconds it was late.', example: 400 }) }).meta({ id: 'MissingEscalation', description: 'A step that was fired.' });
const task = z.strictObject({
  taskId: word('The task.', 'A08'), title: word('What is to be done.', 'Search the home, every room'), state: word('Where it stands.', 'TODO'), ownerRole: word('Who does it, by role.', 'ATTENDING'), ownerUserId: maybe('Who does it.', '00000000-0000-4000-8000-000000000031'),
  dueAt: at('When it is due.'), hardDueAt: maybeAt('A limit that nothing moves.'), mandatory: flag('It cannot be left out by one person.'), blocksClose: flag('The case is not closed before it.'), evidenceKind: word('What finishes it.', 'SEARCH_RECORD'), evidenceAsked: word('The same in words.', 'the complete search record, with every room'),
  escalations: z.array(escalation).meta({ description: 'Steps of its ladder so far.' }),
}).meta({ id: 'MissingTask', description: 'A task.' });
const flagView = z.strictObject({ flag: word('The flag.', 'CSE'), source: word('Where it comes from.', 'Told by the social worker'), at: at('When it was set.') }).meta({ id: 'MissingFlag', description: 'A flag.' });
const floor = z.strictObject({ rule: word('The rule.', 'F3'), why: word('Why it fired, in a sentence.', 'A person who is, or may be, under 18 is at least MEDIUM.'), because: z.array(z.string()).meta({ description: 'The answers and facts that fired it.', example: ['age'] }) }).meta({ id: 'MissingFloor', description: 'A rule that sets the lowest level.' });
const assessment = z.strictObject({ seq: z.int().meta({ description: 'Which one.', example: 2 }), level, changeType: word('What it did.', 'CONFIRM'), at: at('When.'), by: word('By whom, or system.', 'system'), rationale: maybe('Why.', 'No contact since noon.') }).meta({ id: 'MissingAssessment', description: 'An assessment of the risk; it never changes.' });
const information = z.strictObject({ id: word('The item.', 'info-1'), at: at('When it came in, by our clock.'), clientReportedAt: maybeAt('When it was entered on a device.'), by: word('By whom.', 'system'), kind: word('Which kind.', 'INFORMATION'), isRestricted: flag('Not for partners.'), text: maybe('What it says, when words are asked for; of a sighting or a decision its fields as JSON.', 'A friend says that he went to Crewe by bus.') }).meta({ id: 'MissingInformation', description: 'An information item.' });
const move = z.strictObject({ rule: word('The transition.', 'C2'), to: word('Where it led.', 'ACTIVE'), at: at('When.'), by: word('By whom.', 'system') }).meta({ id: 'MissingMove', description: 'A move of the case.' });
const fieldValue = z.strictObject({ field: word('The field, by its name in an edit.', 'clothing'), value: word('What it holds; a list as JSON.', 'Red coat, jeans') }).meta({ id: 'MissingField', description: 'A field that can be edited.' });
const fieldChange = z.strictObject({ field: word('The field.', 'clothing'), before: maybe('What it held before, if anything.', 'Red coat'), after: maybe('What it holds since, if anything.', 'Blue coat') }).meta({ id: 'MissingFieldChange', description: 'A field that an edit changed.' });
const edit = z.strictObject({ n: z.int().meta({ description: 'Which edit.', example: 1 }), by: word('By whom.', '00000000-0000-4000-8000-000000000031'), at: at('When.'), changes: z.array(fieldChange).meta({ description: 'What it changed.' }) }).meta({ id: 'MissingEdit', description: 'An edit of the record.' });
const pending = z.strictObject({ pendingId: word('What waits.', 'pending-4'), taskId: word('The task.', 'A13'), kind: word('Which kind.', 'NOT_APPLICABLE'), by: word('Who asks.', 'system') }).meta({ id: 'MissingPending', description: 'Something that waits for a second person.' });

export const view = z.strictObject({
  ...row.shape, source: word('Where the report came from.', 'CALL_HANDLER'), name: word('The name.', 'Alex Example'), lastSeenPlace: maybe('Where last seen.', 'Sample House'), lastSeenAt: maybeAt('When last seen.'), circumstances: maybe('The circumstances.', 'Not back for the curfew'),
  recordedAt: maybeAt('When the case was opened.'), locatedAt: maybeAt('When the person was found.'), verifiedAt: maybeAt('When that was verified.'), floorLevel: level, floors: z.array(floor).meta({ description: 'Rules that set the lowest level.' }), flags: z.array(flagView).meta({ description: 'What stands out about this person, with where it comes from.' }),
  tasks: z.array(task).meta({ description: 'What is to be done and what was done.' }), assessments: z.array(assessment).meta({ description: 'Assessments, oldest first.' }), information: z.array(information).meta({ description: 'Information items, newest first, 50 at a time.' }), nextInformation: maybe('The last item shown, when there are older ones: ask for those after it.', 'info-0123456789abcdef'), moves: z.array(move).meta({ description: 'Moves, oldest first.' }),
  work: z.array(workItem).meta({ description: 'Appeals, alerts, transfers, contacts, consents and closed cards, oldest first.' }),
  pending: z.array(pending).meta({ description: 'What waits for a second person.' }), unanswered: z.array(z.string()).meta({ description: 'Questions without an answer.', example: ['Q05'] }), flaggedFields: z.array(z.string()).meta({ description: 'Fields of the report that could not be read.', example: ['dob'] }),
  etag: word('The version of the fields, for If-Match.', '"edit-3"'), fields: z.array(fieldValue).meta({ description: 'Fields that can be edited and hold something.' }), edits: z.array(edit).meta({ description: 'The last edits, oldest first; at most 50.' }),
  legacyRef: maybe('The reference in the old system, of an imported case.', 'OLD-1'), reassess: z.array(z.string()).meta({ description: 'Why an imported case must be assessed again.', example: ['LEGACY_RISK_LABEL'] }),
  ...caseFields, ...uploads, goldenDone: z.int().meta({ description: 'Tasks of the first hour that were done in it.', example: 6 }), goldenTotal: z.int().meta({ description: 'Of how many.', example: 9 }),
}).meta({ id: 'MissingView', description: 'A report or case as it stands.' });

export const matches = z.strictObject({
  value: z.array(z.strictObject({ recordId: caseId, ref: word('The case.', 'MP/CHS/2026/000123'), score: z.int().meta({ description: 'How alike they are, 0 to 100; nothing is merged by itself.', example: 80 }), because: z.array(z.string()).meta({ description: 'Why.', example: ['same family name'] }), isMissing: flag('This person is missing now.') })
    .meta({ id: 'MissingMatch', description: 'A record that may be of the same person.' })).meta({ description: 'Matches, the likeliest first.' }),
}).meta({ id: 'MissingMatches', description: 'Records that may be of the same person.' });

export const auditList = z.strictObject({
  value: z.array(z.strictObject({
    seq: z.int().meta({ description: 'The place in the chain.', example: 1 }), at: at('When.'), by: word('Who, or system.', 'system'), what: word('What happened.', 'RiskRaised'), kind: word('Which operation of DPA 2018 s62.', 'alteration'), about: word('Ids and codes, as JSON.', '{}'),
    hash: word('SHA-256 that binds this row to all before it.', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
  }).meta({ id: 'MissingAuditRow', description: 'A row of the audit.' })).meta({ description: 'The rows, oldest first.' }),
  verified: flag('Whether the rows shown form an unbroken chain.'), nextLink,
}).meta({ id: 'MissingAudit', description: 'A page of the audit.' });
