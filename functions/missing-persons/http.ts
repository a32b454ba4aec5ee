import type { Refusal } from '../../shared/domain/decision.ts';
import { newCaseId, sha256 } from '../../shared/case/keys.ts';
import { loadCase, type LoadedCase } from '../../shared/case/load.ts';
import type { Call, Handler } from '../../shared/http/call.ts';
import { present } from '../../shared/domain/present.ts';
import { runCommand, type CommandReply } from '../../shared/http/command.ts';
import { problem } from '../../shared/http/problem.ts';
import type * as contract from './contract.ts';
import type { ActOperation } from './contract.ts';
import type { Command, Effect, MissingCase } from './decide.ts';
import type { MissingDeps, MissingRoom } from './deps.ts';
import { assertMendable, editEtag, staleEdit } from './edits.ts';
import { episodesOf } from './episodes.ts';
import { needsCorrection } from './faults.ts';
import { maySee, mayTouch } from './permission.ts';
import { bodies, type Act } from './rules/bodies/all.ts';
import type { Intake } from './rules/intake/report.ts';
import { callForm, careForm, transferForm } from './rules/intake/reportFields.ts';
import { takeCall, takeCareReport, takeTransfer, type Taken } from './rules/intake/takeReport.ts';
import type { Looked } from './rules/law/step.ts';
import { isMissing } from './rules/law/about.ts';
import { organisationOf } from './rules/partners/organisations.ts';
import type { MissingPart, MissingRecord } from './state.ts';
import { nextCaseRef } from './numbers.ts';

export interface MissingHttp extends MissingDeps {
  readonly room: MissingRoom;
  readonly baseUrl: string;
}

type Rows = LoadedCase<MissingRecord, MissingPart>;
const location = (recordId: string): string => `/api/missing-persons/${recordId}`;

/** The name of what a command makes: of the operation, so that a repeated request makes the same. */
export const nameOf = (recordId: string, operationId: string): string => sha256(`${recordId} ${operationId}`).slice(0, 16);

export function submitReport(deps: MissingHttp): Handler<typeof contract.submitReport> {
  return call => receive(deps, call, raw => takeCall(callForm.parse(present(call.body)), { now: deps.cases.now().toISOString(), raw, handler: call.caller.objectId }));
}

/** A provider reports for its own organisation, which comes from who signed in and never from the form. */
export function submitCareReport(deps: MissingHttp): Handler<typeof contract.submitCareReport> {
  return call => {
    const organisation = organisationOf(deps.settings.organisations, { objectId: call.caller.objectId });
    if (organisation?.kind !== 'CARE_PROVIDER') throw problem('not-permitted', 'Your account belongs to no registered care provider.');
    return receive(deps, call, raw => takeCareReport(careForm.parse(present(call.body)), { now: deps.cases.now().toISOString(), raw, organisationId: organisation.organisationId }));
  };
}

export function receiveTransfer(deps: MissingHttp): Handler<typeof contract.receiveTransfer> {
  return call => receive(deps, call, raw => takeTransfer(transferForm.parse(present(call.body)), { now: deps.cases.now().toISOString(), raw }));
}

type Receiving = Pick<Call, 'operation' | 'caller' | 'params' | 'ifMatch' | 'traceparent'> & { readonly caller: NonNullable<Call['caller']>; readonly idempotencyKey: string; readonly body: object };

async function receive(deps: MissingHttp, call: Receiving, take: (raw: string) => Taken): Promise<CommandReply> {
  const recordId = newCaseId(call.caller.tenantId, call.caller.objectId, call.operation.operationId, call.idempotencyKey);
  const taken = take(JSON.stringify(call.body));
  if (taken.kind === 'mend') throw needsCorrection('The report needs a correction. What is not known can be left out or said to be unknown.', taken.failures);
  return await runCommand<MissingRecord, MissingPart, Command, Effect>(deps.cases, deps.room, { ...call, params: {} }, {
    caseId: recordId, parts: [], creates: true, mayTouch: () => true, ids: { recordId }, location: () => location(recordId),
    command: () => receiveCommand(deps, { recordId, intake: taken.intake, key: call.idempotencyKey }),
  });
}

/** R1: what was read of a report becomes a record, with whoever is on duty. The page of the public gives it too. */
export async function receiveCommand(deps: MissingHttp, { recordId, intake, key }: { readonly recordId: string; readonly intake: Intake; readonly key: string }): Promise<Command> {
  return { do: 'Receive', recordId, intake, context: { people: await deps.roster(), looked: {}, id: nameOf(recordId, key) } };
}

/** One handler for every command about a record that exists: the body that was checked, with the command's name, is the act that the law decides. */
export function actHandler(deps: MissingHttp, operation: ActOperation): Handler<ActOperation> {
  return async call => {
    const { caller, idempotencyKey, params: { recordId } } = call;
    const act = actOf(operation, call.body);
    const id = nameOf(recordId, idempotencyKey);
    return await runCommand<MissingRecord, MissingPart, Command, Effect>(deps.cases, deps.room, call, {
      caseId: recordId, parts: [], ids: { recordId }, location: () => location(recordId), mayTouch: (rows: Rows) => rows.state !== undefined && mayTouch(rows.state.value, caller, { settings: deps.settings, now: deps.cases.now().toISOString() }),
      ...editing(deps, call, act),
      command: async rows => {
        if (act.do === 'EditCase' && rows.state) assertMendable(deps, rows.state.value, { act, caller, now: deps.cases.now().toISOString(), id });
        return { do: 'Act', act, context: { people: await deps.roster(), looked: rows.state ? await lookUp(deps, rows.state.value, { act, caller }) : {}, id } };
      },
      refusalOf: ({ state }: MissingCase) => refusedAs(state, id),
    });
  };
}

/** An edit names the version of the fields that was seen; when that has moved on, its answer says what changed. Every other command is free of it (section 3, conventions). */
function editing(deps: MissingHttp, { params: { recordId }, ifMatch, caller, operation: { operationId } }: Call<ActOperation>, act: Act) {
  if (act.do !== 'EditCase') return {};
  return { etag: (rows: Rows) => rows.state && editEtag(rows.state.value), stale: () => staleEdit(deps, { recordId, ifMatch, act, caller, operationId }) };
}

/** The body went through the operation's own schema; with the command's name it is the act. */
function actOf(operation: ActOperation, body: object): Act {
  const act = { do: operation.act, ...body };
  if (!isActOf(act)) throw problem('request-invalid', 'The request does not fit its description.');
  return act;
}

const isActOf = (act: { readonly do: string }): act is Act => Object.hasOwn(bodies, act.do);

/** 15.2 item 35: a refusal that is in the audit is a step, and still a refusal for the caller. */
function refusedAs({ refusal }: MissingRecord, id: string): Pick<Refusal, 'code' | 'reason'> | undefined {
  return refusal?.id === id ? { code: refusal.code, reason: refusal.reason } : undefined;
}

/** What the law wants to know and cannot look up itself: earlier episodes of the person, a number for the case, whether the other case is missing. */
async function lookUp(deps: MissingHttp, record: MissingRecord, { act, caller }: { readonly act: Act; readonly caller: Parameters<typeof maySee>[1] }): Promise<Looked> {
  switch (act.do) {
    case 'AcceptReport': case 'WithdrawReport': return { caseRef: record.file?.caseRef ?? await nextCaseRef(deps, record.recordId) };
    case 'ScreenReport': return await episodesOf(deps, record, act.matchesSeen);
    case 'MarkDuplicate': {
      const other = (await loadCase(deps.cases, deps.room, act.of, [])).state?.value;
      return { isOtherOpen: other !== undefined && isMissing(other) };
    }
    case 'LinkCases': return otherOf((await loadCase(deps.cases, deps.room, act.otherId, [])).state?.value, caller);
    default: return {};
  }
}

function otherOf(other: MissingRecord | undefined, caller: Parameters<typeof maySee>[1]): Looked {
  return other && !other.erased && maySee(other, caller) ? { other: present({ ref: other.file?.caseRef }) } : {};
}
