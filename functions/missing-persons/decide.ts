import type { Case, Facts } from '../../shared/domain/case.ts';
import { accepted, refused, type Decision, type Refusal } from '../../shared/domain/decision.ts';
import type { Act, ActName } from './rules/bodies/all.ts';
import type { Intake } from './rules/intake/report.ts';
import { caseActs, type CaseAct } from './rules/law/caseActs.ts';
import { consequences } from './rules/law/consequences.ts';
import { importing, type Importing } from './rules/law/importing.ts';
import { withDeviceTime } from './rules/law/deviceTime.ts';
import { fitting } from './rules/law/fitting.ts';
import { hearLiveLink, type Heard } from './rules/law/liveLinkNews.ts';
import { hearLink, type HeardLink } from './rules/law/linkActs.ts';
import { receive } from './rules/law/receive.ts';
import { regionActs, regionNames, type RegionAct } from './rules/law/regionActs.ts';
import { reporting, type ReportAct } from './rules/law/reporting.ts';
import { results, type ResultCommand } from './rules/law/results.ts';
import { reviewActs, type ReviewAct } from './rules/law/reviewActs.ts';
import { riskActs, type RiskAct } from './rules/law/riskActs.ts';
import { begin, change, note, type Looked, type Moment, type People, type Step, type Stepped } from './rules/law/step.ts';
import { tick } from './rules/law/tick.ts';
import { uploadActs, type UploadAct } from './rules/law/uploadActs.ts';
import { workActs, type WorkAct } from './rules/law/workActs.ts';
import { isFailed, refusalOf, type Actor } from './rules/machine/moment.ts';
import type { MissingSettings } from './rules/settings.ts';
import { rolesOf, type Role } from './rules/terms.ts';
import type { MissingPart, MissingRecord, Owed } from './state.ts';

export type MissingCase = Case<MissingRecord, MissingPart>;
export type Effect = Owed;

/** What was looked up for a step before the law decides. */
export interface Context {
  readonly people: People;
  readonly looked: Looked;
  /** Of the operation: ids of what the step makes begin with it. */
  readonly id: string;
}

export type Command =
  | { readonly do: 'Receive'; readonly recordId: string; readonly intake: Intake; readonly context: Context }
  | { readonly do: 'Import'; readonly importing: Importing; readonly context: Context }
  | { readonly do: 'Act'; readonly act: Act; readonly context: Context }
  | { readonly do: 'Upload'; readonly act: UploadAct; readonly context: Context }
  | { readonly do: 'Tick'; readonly context: Context }
  | { readonly do: 'HearLiveLink'; readonly heard: Heard; readonly context: Context }
  | { readonly do: 'HearLink'; readonly heard: HeardLink; readonly context: Context }
  | { readonly do: 'Begin'; readonly owedId: string }
  | ResultCommand;

type Answer = Decision<MissingCase, Effect>;
type Law = (current: MissingCase | undefined, command: Command, facts: Facts) => Answer;

/** The law of missing persons for a force's settings: which command a record takes, by whom, and what follows from it. `sha256` is handed in, for the law is pure. */
export function lawOf(settings: MissingSettings, sha256: (text: string) => string): Law {
  return (current, command, facts) => {
    const context = 'context' in command ? command.context : { people: {}, looked: {}, id: 'none' };
    const moment: Moment = { now: facts.now, by: facts.by, actor: actorOf(current?.state, facts), ...context, settings, sha256 };
    if (command.do === 'Receive') {
      if (current) return refused('exists', 'This report exists already.');
      return finished(undefined, consequences(undefined, receive(command.recordId, command.intake, moment), moment), command);
    }
    if (command.do === 'Import') return imported(current, command, moment);
    if (!current) return refused('not-found', 'There is no such report or case.');
    return goneFor(current.state, command) ?? decided(current, command, moment);
  };
}

function decided(current: MissingCase, command: Exclude<Command, { do: 'Receive' | 'Import' }>, moment: Moment): Answer {
  const record = current.state;
  switch (command.do) {
    case 'Act': return decideAct(current, command, moment);
    case 'Upload': return decideUpload(current, command, moment);
    case 'Tick': return finished(current, consequences(record, tick(record, moment), moment), command);
    case 'HearLiveLink': return finished(current, consequences(record, hearLiveLink(record, command.heard, moment), moment), command);
    case 'HearLink': return finished(current, consequences(record, hearLink(record, command.heard), moment), command);
    case 'Begin': return begun(current, command.owedId);
    default: {
      const step = results(record, command, moment);
      return finished(current, step.then.length > 0 ? consequences(record, step, moment) : step, command);
    }
  }
}

/** Roles of the police that go with a case of their unit (15.2 item 28). */
const unitRoles: ReadonlySet<Role> = new Set<Role>(['ATTENDING', 'OIC', 'SGT', 'INSP', 'DI_SIO', 'SUPT', 'MFH_COORD', 'POLSA', 'FLO']);

function actorOf(record: MissingRecord | undefined, { now, by, roles }: Facts): Actor {
  const held = rolesOf(roles);
  return { now, by, roles: held, isAttached: record !== undefined && (record.attached.includes(by) || record.owner.userId === by || held.some(role => unitRoles.has(role))) };
}

/** Of a deleted record nothing is left to act on but the erasure itself. */
function goneFor({ erased }: MissingRecord, command: Command): Refusal | undefined {
  const isOfErasure = command.do === 'Begin' || ((command.do === 'RecordDone' || command.do === 'RecordTrouble') && command.kind === 'erase');
  return erased && !isOfErasure ? refused('gone', `This record was deleted on ${erased.at.slice(0, 10)}.`) : undefined;
}

function decideAct(current: MissingCase, command: Extract<Command, { do: 'Act' }>, moment: Moment): Answer {
  const { act } = command;
  const stepped = withDeviceTime(run(current.state, act, moment), act);
  if (!isFailed(stepped)) return finished(current, stepped.record.erased ? stepped : consequences(current.state, stepped, moment), command);
  const refusal = refusalOf(stepped);
  return isAudited(act.do) ? finished(current, refusedStep(current.state, act.do, refusal, moment), command) : refusal;
}

function decideUpload(current: MissingCase, command: Extract<Command, { do: 'Upload' }>, moment: Moment): Answer {
  const stepped = uploadActs(current.state, command.act, moment);
  return isFailed(stepped) ? refusalOf(stepped) : finished(current, consequences(current.state, stepped, moment), command);
}

const reportNames: ReadonlySet<string> = new Set<ReportAct['do']>(['ScreenReport', 'AcceptReport', 'RedirectReport', 'RecordConcern', 'MarkDuplicate', 'WithdrawReport', 'ProposeReject', 'RejectReport', 'RescreenReport', 'ResolveSafe']);
const riskNames: ReadonlySet<string> = new Set<RiskAct['do']>(['RecordAnswers', 'AddFactors', 'WithdrawFactor', 'SetFlag', 'ClearFlag', 'ConfirmRisk', 'RaiseRisk', 'RefuseRaise', 'ProposeReduce', 'ApproveReduce', 'RefuseReduce', 'OverrideFloor']);
const workNames: ReadonlySet<string> = new Set<WorkAct['do']>(['AddInformation', 'RecordDecision', 'AssignOwner', 'AcknowledgeOwner', 'Attach', 'StartTask', 'CompleteTask', 'MarkNotApplicable', 'ApproveTask', 'AnswerPage', 'EditCase', 'WriteTriggerPlan', 'LinkCases']);
const reviewNames: ReadonlySet<string> = new Set<ReviewAct['do']>(['CompleteReview', 'RecordNoRaise', 'TaperReviews', 'RecordOutcome']);
const isReview = (act: Act): act is ReviewAct => reviewNames.has(act.do);
const isRegion = (act: Act): act is RegionAct => regionNames.has(act.do);
const isReport = (act: Act): act is ReportAct => reportNames.has(act.do);
const isRisk = (act: Act): act is RiskAct => riskNames.has(act.do);
const isWork = (act: Act): act is WorkAct => workNames.has(act.do);
const isCase = (act: Act): act is CaseAct => !isReport(act) && !isRisk(act) && !isWork(act) && !isReview(act) && !isRegion(act);

function run(record: MissingRecord, act: Act, moment: Moment): Stepped {
  if (isReport(act)) return reporting(record, act, moment);
  if (isRisk(act)) return riskActs(record, act, moment);
  if (isWork(act)) return workActs(record, act, moment);
  if (isReview(act)) return reviewActs(record, act, moment);
  if (isRegion(act)) return regionActs(record, act, moment);
  return isCase(act) ? caseActs(record, act, moment) : [];
}

/** Refused risk, approval and closure commands are steps of the audit (15.2 item 35): who tried to lower a level must not be able to try in silence. */
const audited: ReadonlySet<ActName> = new Set<ActName>([
  'ConfirmRisk', 'RaiseRisk', 'RefuseRaise', 'ProposeReduce', 'ApproveReduce', 'RefuseReduce', 'OverrideFloor', 'ClearFlag', 'WithdrawFactor', 'ApproveTask', 'ConfirmVerification', 'VerifyLocated', 'WithdrawVerification', 'RejectReport', 'ProposeClose', 'ApproveClose', 'ApproveCancel',
  'RedirectReport', 'ConfirmDeceased', 'ReleaseDeath', 'SuspendCase', 'MakeLongTerm', 'ProposePublicity', 'ApprovePublicity', 'PublishPublicity', 'WithdrawPublicity', 'OfferTransfer', 'AckTransfer', 'RefuseTransfer', 'ReturnTransfer', 'ApproveLiveLink', 'DecideEnquiry', 'QueueNotice', 'ProposeDelete', 'ApproveDelete',
]);
const isAudited = (name: ActName): boolean => audited.has(name);

function refusedStep(record: MissingRecord, name: ActName, { code, reason }: Refusal, { id }: Moment): Step {
  return note(change(begin(record), { refusal: { id, code, reason } }), 'CommandRefused', 'none', { command: name, code });
}

/** The first thing owed goes with the operation of a person, so that nobody waits for a second one. The record of a result owes nothing by itself (storage-protocol). */
function finished(current: MissingCase | undefined, step: Step, command: Command): Answer {
  const { record } = step;
  const parts = { ...current?.parts, ...step.parts };
  const facts = step.facts.length > 0 ? fitting(step.facts) : [{ what: 'NothingChanged', kind: 'none' as const }];
  const [first] = record.owed;
  if (!first || !('context' in command)) return accepted({ state: record, parts }, facts);
  return accepted({ state: { ...record, owed: record.owed.filter(item => item !== first) }, parts }, facts, [first]);
}

function imported(current: MissingCase | undefined, command: Extract<Command, { do: 'Import' }>, moment: Moment): Answer {
  if (current) return refused('exists', 'This record exists already.');
  const stepped = importing(command.importing, moment);
  if (isFailed(stepped)) return refusalOf(stepped);
  return finished(undefined, consequences(undefined, stepped, moment), command);
}

function begun(current: MissingCase, owedId: string): Answer {
  const { state } = current;
  const found = state.owed.find(item => item.id === owedId);
  if (!found) return refused('not-owed', 'This was begun already.');
  return accepted({ ...current, state: { ...state, owed: state.owed.filter(item => item !== found) } }, [{ what: 'EffectBegun', kind: 'none', about: { kind: found.kind } }], [found]);
}
