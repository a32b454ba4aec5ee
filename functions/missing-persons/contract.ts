import type { Operation } from '../../shared/http/operation.ts';
import { command, paged, params, police, read, readers, root, tokens } from './rules/contract/base.ts';
import { words } from './rules/contract/acts.ts';
import * as imports from './rules/contract/imports.ts';
import * as reads from './rules/contract/reads.ts';
import * as uploads from './rules/contract/uploads.ts';
import { bodies, type ActName } from './rules/bodies/all.ts';
import * as intake from './rules/bodies/intake.ts';
import { appendOnly, commandRoles, fieldEdits, type CommandName } from './rules/machine/commands.ts';
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
  ...read, operationId: 'GetMissingPerson', route: `${root}/{recordId}`, who: readers, summary: 'Get a report or case', description: 'Gives the report or case as it stands, with its tasks, levels and history.', params, query: schemas.viewQuery, reply: replies.view,
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

export interface ActOperation extends Operation {
  readonly act: ActName;
  readonly who: readonly string[];
  readonly audit: 'alteration';
  readonly idempotencyKey: 'required';
  readonly ifMatch?: 'required';
  readonly params: typeof params;
  readonly body: (typeof bodies)[ActName];
  readonly reply: typeof schemas.accepted;
}

function actOperation(act: ActName): ActOperation {
  const [route, summary, description] = words[act];
  const visibility = appendOnly.has(act) ? 'important' : 'advanced';
  return { ...command, act, operationId: `${act}Missing`, route: `${root}/{recordId}/${route}`, who: callersOf(act), summary, description, params, body: bodies[act], visibility, ...(fieldEdits.has(act) && { ifMatch: 'required' }) };
}

export const actOperations: readonly ActOperation[] = Object.keys(words).filter(isAct).map(actOperation);

function isAct(name: string): name is ActName {
  return Object.hasOwn(bodies, name);
}

export const operations: readonly Operation[] = [submitReport, submitCareReport, receiveTransfer, getMissing, listBoard, listReports, listMine, listClosed, search, getMatches, getAudit, ...reads.operations, ...uploads.operations, ...imports.operations, ...actOperations];
