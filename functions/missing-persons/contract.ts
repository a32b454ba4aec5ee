import type { Operation } from '../../shared/http/operation.ts';
import { command, paged, params, police, read, readers, root, tokens } from './rules/contract/base.ts';
import * as reads from './rules/contract/reads.ts';
import { bodies, type ActName } from './rules/bodies/all.ts';
import * as intake from './rules/bodies/intake.ts';
import { appendOnly, commandRoles, type CommandName } from './rules/machine/commands.ts';
import * as replies from './rules/replies.ts';
import { role, tokenRole } from './rules/terms.ts';
import * as schemas from './schemas.ts';

/** The roles of a token that may call a command at all; whether this person may give it on this case is the law's to say. */
function callersOf(command: CommandName): string[] {
  const who: readonly string[] = commandRoles[command];
  return tokens(role.options.filter(name => name !== 'SYSTEM' && (who.includes(name) || (who.includes('ATTACHED') && police.includes(name)) || (who.includes('PARTNER') && (name === 'LA_PARTNER' || name === 'CARE_PROVIDER')))));
}

export const submitReport = {
  ...command, operationId: 'SubmitMissingReport', route: root, who: callersOf('SubmitReport').filter(name => name !== tokenRole('CARE_PROVIDER')), audit: 'collection', summary: 'Enter a report of a missing person', visibility: 'important',
  description: 'Takes a call. Nothing that is not known holds it up; the clock runs from the start of the call.', body: intake.submitReport,
} as const satisfies Operation;
export const submitCareReport = {
  ...command, operationId: 'SubmitCareReport', route: 'api/missing-care-reports', who: tokens(['CARE_PROVIDER']), audit: 'collection', summary: 'Report a missing resident', visibility: 'important',
  description: 'Takes the report of a care provider on one of its residents. In danger? Call 999 first.', body: intake.submitCareReport,
} as const satisfies Operation;
export const receiveTransfer = {
  ...command, operationId: 'ReceiveMissingTransfer', route: 'api/missing-transfers', who: callersOf('ReceiveTransfer'), audit: 'collection', summary: 'Receive a case of another force', visibility: 'advanced',
  description: 'Takes over a case of another force; its time of report stays the clock.', body: intake.receiveTransfer,
} as const satisfies Operation;
export const getMissing = {
  ...read, operationId: 'GetMissingPerson', route: `${root}/{recordId}`, who: readers, summary: 'Get a report or case', description: 'Gives the report or case as it stands, with its tasks, levels and history.', params, reply: replies.view,
} as const satisfies Operation;
export const listBoard = { ...read, ...paged, operationId: 'ListMissingBoard', route: root, who: readers, summary: 'List the open cases', description: 'Lists open cases, the riskiest first and then by what is due next.', query: schemas.listQuery, reply: replies.list } as const satisfies Operation;
export const listReports = { ...read, ...paged, operationId: 'ListMissingReports', route: 'api/missing-reports', who: readers, summary: 'List the reports that wait', description: 'Lists reports that nobody has ended, by when they are due.', query: schemas.listQuery, reply: replies.list } as const satisfies Operation;
export const listMine = { ...read, ...paged, operationId: 'ListMyMissingWork', route: 'api/my-missing-work', who: readers, summary: 'List my work', description: 'Lists cases that you own or have a task in, by what is due next.', query: schemas.listQuery, reply: replies.list } as const satisfies Operation;
export const listClosed = { ...read, ...paged, operationId: 'ListClosedMissing', route: 'api/missing-closed', who: readers, summary: 'List the closed cases', description: 'Lists closed and cancelled cases, newest first.', query: schemas.listQuery, reply: replies.list, visibility: 'advanced' } as const satisfies Operation;
export const search = {
  ...read, method: 'POST', operationId: 'SearchMissing', route: 'api/missing-search', who: readers, idempotencyKey: 'required', summary: 'Search by name, alias, telephone, birth or placement', description: 'Searches all reports and cases; each search is logged with your reason.',
  body: schemas.searchBody, reply: replies.list,
} as const satisfies Operation;
export const getMatches = { ...read, operationId: 'GetMissingMatches', route: `${root}/{recordId}/matches`, who: readers, summary: 'Get records that may be of the same person', description: 'Shows who may be the same person, with a score and why. Nothing is merged by itself.', params, reply: replies.matches } as const satisfies Operation;
export const getAudit = {
  ...read, ...paged, operationId: 'GetMissingAudit', route: `${root}/{recordId}/audit`, who: tokens(['AUDITOR', 'INSP', 'SUPT', 'DPO']), summary: 'Get the audit of a case', description: 'Lists who did what and when, as a chain that shows any change.', params, query: schemas.listQuery, reply: replies.auditList, visibility: 'advanced',
} as const satisfies Operation;

/** Route, heading and explanation of every command about a record that exists. */
const words: Readonly<Partial<Record<ActName, readonly [route: string, summary: string, description: string]>>> = {
  ScreenReport: ['screen', 'Screen a report', 'Records the THRIVE note and the provisional level; matches and earlier episodes are shown.'],
  AcceptReport: ['accept', 'Accept a report', 'Opens the case, with its tasks, clocks and owner.'],
  RedirectReport: ['redirect', 'Redirect a report to another agency', 'Only when nobody is under 18, no crime is suspected and there is no real and immediate risk; a call-back is set.'],
  RecordConcern: ['concern', 'Record a concern for welfare', 'The person is believed to be at a certain address; when they are not, they are missing.'],
  MarkDuplicate: ['duplicate', 'Mark a report as a duplicate', 'Copies what is new to the other case; nothing is discarded.'],
  WithdrawReport: ['withdraw', 'Withdraw a report', 'The informant says that the person is found; a child is still seen by an officer.'],
  ProposeReject: ['propose-reject', 'Propose to reject a report', 'Malicious or a test; a second person decides.'],
  RejectReport: ['reject', 'Reject a report', 'Approves what somebody else proposed.'],
  RescreenReport: ['rescreen', 'Screen a report again', 'The person was not located at the call-back or the address.'],
  ResolveSafe: ['resolve-safe', 'Resolve a report as safe', 'Somebody saw the person safe.'],
  ReportLocated: ['located', 'Record that somebody says the person is found', 'An officer still verifies it; of HIGH or a child nothing stops before a supervisor agrees.'],
  AgreeHold: ['agree-hold', 'Agree to hold the search', 'A sergeant or inspector agrees that a reported sighting holds the search.'],
  RefuteLocated: ['refute-located', 'Refute that the person is found', 'The search goes on with the time that was left.'],
  VerifyLocated: ['verify', 'Verify that the person is found', 'Stops the search, calls back messages and begins what a return asks for.'],
  ConfirmVerification: ['confirm-verification', 'Confirm the verification', 'A sergeant confirms what the officer saw.'],
  WithdrawVerification: ['withdraw-verification', 'Withdraw the verification', 'It was wrong: the person is missing again, on the first clock.'],
  RecordBody: ['body', 'Record that a body was found', 'Holds every message to family, partners and the public.'],
  ConfirmDeceased: ['confirm-deceased', 'Confirm the death', 'With the reference of the coroner and the method of identification.'],
  RefuteDeceased: ['refute-deceased', 'Record that it is somebody else', 'The family hears it first; then everything goes on.'],
  RecordFamilyTold: ['family-told', 'Record that the family was told', 'In person, by the family liaison officer or an inspector.'],
  ReleaseDeath: ['release-death', 'Release the death to partners', 'The senior investigator lets partners be told.'],
  MakeLongTerm: ['long-term', 'Make a case long-term', 'After 28 days at the earliest, and after the review.'],
  SuspendCase: ['suspend', 'Suspend a case', 'No proportionate lines are left; reviews go on.'],
  ReactivateCase: ['reactivate', 'Reactivate a case', 'On new information; a review is due at once.'],
  ConfirmReactivation: ['confirm-reactivation', 'Confirm the reactivation', 'A sergeant confirms it.'],
  ProposeClose: ['propose-close', 'Propose to close a case', 'With a summary; somebody else approves.'],
  ApproveClose: ['close', 'Close a case', 'When every guard is met; else it says which are not.'],
  ProposeCancel: ['propose-cancel', 'Propose to cancel a case', 'Created in error, a duplicate, or never missing.'],
  ApproveCancel: ['cancel', 'Cancel a case', 'Approves what somebody else proposed; whoever was told is told again.'],
  ReopenReturn: ['reopen-return', 'Reopen for late information', 'The time of being found does not change.'],
  ReopenMissing: ['reopen-missing', 'Reopen as missing', 'It was not the person who was found.'],
  TransferOut: ['transfer-out', 'Hand the case over to another force', 'With their written acknowledgement, reference and named owner.'],
  RecordTransferOutcome: ['transfer-outcome', 'Record the outcome in the other force', 'Closes the case here.'],
  ConfirmRisk: ['risk/confirm', 'Confirm the level of risk', 'The same level or higher; a sergeant up to MEDIUM, an inspector HIGH.'],
  RaiseRisk: ['risk/raise', 'Raise the risk', 'Anyone on the case, at once; never refused for a stale version.'],
  RefuseRaise: ['risk/refuse-raise', 'Refuse a raise', 'Two people within the hour; the second one takes it back.'],
  ProposeReduce: ['risk/propose-reduce', 'Propose a lower level', 'With new information; somebody else approves.'],
  ApproveReduce: ['risk/approve-reduce', 'Approve a lower level', 'An inspector; from HIGH or by two steps a superintendent.'],
  RefuseReduce: ['risk/refuse-reduce', 'Refuse a lower level', 'The level stays, and that is on record.'],
  OverrideFloor: ['risk/override-floor', 'Give leave to go below the floor', 'An inspector, with the reason; it names the rules that stand against it.'],
  SetFlag: ['flags/set', 'Set a flag', 'With its source.'],
  ClearFlag: ['flags/clear', 'Clear a flag', 'A supervisor, with a reason.'],
  RecordAnswers: ['answers', 'Record answers', 'Answers to the questions of the set; the floor is worked out again at once.'],
  AddFactors: ['factors', 'Add risk factors', 'By their codes; the floor is worked out again at once.'],
  AddInformation: ['information', 'Add information', 'Never refused for a stale version; ordered by our clock.'],
  RecordDecision: ['decisions', 'Record a decision', 'In the headings of the National Decision Model.'],
  AssignOwner: ['owner/assign', 'Assign the owner', 'The new owner owns from now on, and is asked to acknowledge.'],
  AcknowledgeOwner: ['owner/acknowledge', 'Acknowledge that you own the case', 'Only by the owner.'],
  SetAccess: ['access', 'Set who may open a case', 'Open, restricted, or confidential to a named list; opening needs a reason then.'],
  Attach: ['attach', 'Attach somebody to the case', 'They may work on it from now on.'],
  StartTask: ['tasks/start', 'Start a task', 'It becomes yours.'],
  CompleteTask: ['tasks/complete', 'Complete a task', 'With the evidence that it asks for; a home search with an unrecorded room is refused.'],
  MarkNotApplicable: ['tasks/not-applicable', 'Mark a task as not applicable', 'A mandatory task waits for a second person.'],
  ApproveTask: ['tasks/approve', 'Approve what waits for a second person', 'Never by the person who asks.'],
  AnswerPage: ['pages/answer', 'Answer a page', 'Only by the person who was paged.'],
};

export interface ActOperation extends Operation {
  readonly act: ActName;
  readonly who: readonly string[];
  readonly audit: 'alteration';
  readonly idempotencyKey: 'required';
  readonly params: typeof params;
  readonly body: (typeof bodies)[ActName];
  readonly reply: typeof schemas.accepted;
}

function actOperation(act: ActName, [route, summary, description]: readonly [string, string, string]): ActOperation {
  const visibility = appendOnly.has(act) ? 'important' : 'advanced';
  return { ...command, act, operationId: `${act}Missing`, route: `${root}/{recordId}/${route}`, who: callersOf(act), summary, description, params, body: bodies[act], visibility };
}

export const actOperations: readonly ActOperation[] = Object.entries(words).flatMap(([name, text]) => (isAct(name) ? [actOperation(name, text)] : []));

function isAct(name: string): name is ActName {
  return Object.hasOwn(bodies, name);
}

export const operations: readonly Operation[] = [submitReport, submitCareReport, receiveTransfer, getMissing, listBoard, listReports, listMine, listClosed, search, getMatches, getAudit, ...reads.operations, ...actOperations];
