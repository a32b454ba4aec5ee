import { partKeys, type MissingRecord } from '../../state.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { machineBodies } from '../bodies/machine.ts';
import { rcrpFailures } from '../intake/rcrp.ts';
import type { CaseSlice } from '../machine/caseSlice.ts';
import { isFailed } from '../machine/moment.ts';
import { decideReport, type ReportCommand, type ReportFacts } from '../machine/report.ts';
import { unansweredOf } from '../risk/questions.ts';
import { floorNow } from '../risk/assess.ts';
import { initial } from '../risk/raise.ts';
import { higherOf, type RiskLevel } from '../terms.ts';
import { isUnder18, knownOf, riskContext } from './about.ts';
import { withTrigger } from './follow.ts';
import { begin, change, note, owe, withPart, type Moment, type Step, type Stepped } from './step.ts';

type Bodies = ActsOf<typeof machineBodies>;
export type ReportAct = Bodies['ScreenReport' | 'AcceptReport' | 'RedirectReport' | 'RecordConcern' | 'MarkDuplicate' | 'WithdrawReport' | 'ProposeReject' | 'RejectReport' | 'RescreenReport' | 'ResolveSafe'];

/** Commands about a report (2.1). Acceptance makes the case in the same step, so that there is no instant without an owner or a level (I2, I3). */
export function reporting(record: MissingRecord, act: ReportAct, moment: Moment): Stepped {
  const decided = decideReport(record.report, commandOf(act), factsOf(record, act, moment), moment.actor);
  if (isFailed(decided)) return decided;
  const step = change(begin(record), { report: decided.report });
  const noted = note(step, act.do, 'alteration', { report: decided.report.state });
  if (decided.isCaseNeeded === true) return withdrawnCase(noted, act, moment);
  switch (act.do) {
    case 'AcceptReport': return openCase(noted, { level: record.report.provisional ?? 'MEDIUM', rationale: act.rationale }, moment);
    case 'ScreenReport': return change(noted, { previous: [...moment.looked.previous ?? []], ...(moment.looked.triggerPlan && { triggerPlan: moment.looked.triggerPlan }), ...(moment.looked.personId !== undefined && { personId: moment.looked.personId }) });
    case 'RedirectReport': return withTrigger(noted, 'REDIRECTED', moment, { instance: moment.id, dueAt: decided.report.dueAt });
    case 'RecordConcern': return withTrigger(noted, 'CONCERN', moment, moment.id);
    case 'MarkDuplicate': return owe(noted, 'copy-information', act.of);
    default: return noted;
  }
}

function commandOf(act: ReportAct): ReportCommand {
  switch (act.do) {
    case 'RedirectReport': return { do: act.do, redirect: { agency: act.agency, acceptedBy: act.acceptedBy, acceptedAt: act.acceptedAt, advice: act.advice, callBackAt: act.callBackAt } };
    case 'RecordConcern': return { do: act.do, concern: { address: act.address, reason: act.reason } };
    case 'WithdrawReport': return { do: act.do, withdrawn: { who: act.who, how: act.how, where: act.where, policeNeedToSee: act.policeNeedToSee }, isCallBackVerified: act.isCallBackVerified };
    default: return act;
  }
}

function factsOf(record: MissingRecord, act: ReportAct, moment: Moment): ReportFacts {
  const known = knownOf(record);
  const under18 = isUnder18(record, moment.now, moment.settings);
  return {
    unanswered: unansweredOf(known.answers), ...floorOf(record, moment), isUnder18: under18, hasFlag: known.flags.length > 0,
    isOtherOpen: moment.looked.isOtherOpen === true,
    rcrpFailures: act.do !== 'RedirectReport' ? [] : rcrpFailures({
      crimeSuspected: act.crimeSuspected ? 'YES' : 'NO', realAndImmediateRisk: act.immediateRisk ? 'YES' : 'NO', threshold: act.threshold, agency: act.agency, acceptedBy: act.acceptedBy, acceptedAt: act.acceptedAt,
      advice: act.advice, callBackAt: act.callBackAt,
    }, { isUnder18: under18, now: moment.now }),
  };
}

/** The lowest level that the answers leave, and the rules that set it. */
function floorOf(record: MissingRecord, moment: Moment): Pick<ReportFacts, 'floor' | 'floorWhy'> {
  const { fired } = floorNow(knownOf(record), riskContext(record, moment));
  const floor = fired.reduce<RiskLevel>((so, { level }) => higherOf(so, level), 'VERY_LOW');
  return { floor, floorWhy: fired.filter(({ level }) => level === floor).map(({ rule, why }) => `Rule ${rule}: ${why}`).join(' ') };
}

/** C1: the case, its first assessment, its owner (the duty force incident manager until somebody is assigned, 15.2 item 30). */
export function openCase(step: Step, { level, rationale }: { readonly level: RiskLevel; readonly rationale: string }, moment: Moment, set: Partial<CaseSlice> = {}): Stepped {
  const { record } = step;
  const { now, by, people } = moment;
  const first = initial(record.known, { level, rationale }, riskContext(record, moment));
  if (isFailed(first)) return first;
  const owner = { userId: people.FIM ?? record.owner.userId, role: 'FIM' as const, since: now };
  const file: CaseSlice = { caseRef: moment.looked.caseRef ?? record.recordId, state: 'OPEN_UNCONFIRMED', enteredAt: now, openedBy: by, reopenings: [], ...set };
  const opened = change(step, {
    file, risk: first.risk, owner, attached: [...new Set([...record.attached, by, owner.userId])], clocks: { ...record.clocks, recorded: now, risk: first.risk.since, owner: now },
    moves: [...record.moves, { rule: 'C1', to: file.state, at: now, by }],
  });
  const stored = first.rows.reduce((so, row) => withPart(so, partKeys.assessment(row.seq), { kind: 'assessment', row }), opened);
  return note(stored, 'CaseOpened', 'collection', { rule: 'C1', level: first.risk.level });
}

/** R7 of a child, or of somebody with a flag: no withdrawal, a case "C1b" at the floor, reported found and to be seen (15.3 S10). C7 then leads to OPEN_UNCONFIRMED. */
function withdrawnCase(step: Step, act: ReportAct, moment: Moment): Stepped {
  if (act.do !== 'WithdrawReport') return step;
  const level = factsOf(step.record, act, moment).floor;
  const located = { reportedBy: act.who, at: moment.now, place: act.where, how: act.how, recordedBy: moment.by, recordedAt: moment.now };
  return openCase(step, { level, rationale: `The report was called off: ${act.how}` }, moment, { state: 'LOCATED_UNVERIFIED', cameFrom: 'OPEN_UNCONFIRMED', located });
}
