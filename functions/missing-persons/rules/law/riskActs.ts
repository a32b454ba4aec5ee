import { partKeys, type MissingRecord } from '../../state.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { riskBodies } from '../bodies/machine.ts';
import type { editBodies } from '../bodies/edit.ts';
import type { workBodies } from '../bodies/work.ts';
import { present } from '../../../../shared/domain/present.ts';
import { caseTable } from '../machine/caseTable.ts';
import { asked, decided, fail, isFailed } from '../machine/moment.ts';
import type { Assessed } from '../risk/assess.ts';
import { confirm } from '../risk/confirm.ts';
import { factorCode } from '../risk/factors.ts';
import { clearFlag, setFlag } from '../risk/flagActs.ts';
import { addFactors, recordAnswers, withdrawFactor } from '../risk/known.ts';
import { overrideFloor } from '../risk/override.ts';
import { raise as raiseRisk } from '../risk/raise.ts';
import { approveReduce, proposeReduce, refuseReduce } from '../risk/reduce.ts';
import { refuseRaise } from '../risk/refuseRaise.ts';
import type { Known, RiskSlice } from '../risk/slice.ts';
import { flagCode, type Failure } from '../terms.ts';
import { knownOf, riskContext } from './about.ts';
import { begin, change, note, withPart, type Moment, type Step, type Stepped } from './step.ts';

type Bodies = ActsOf<typeof riskBodies>;
export type RiskAct = Bodies[keyof Bodies] | ActsOf<typeof workBodies>['RecordAnswers' | 'AddFactors'] | WithdrawAct;
type WithdrawAct = ActsOf<typeof editBodies>['WithdrawFactor'];

/** Commands about risk (C2 to C5, 3.5, 3.6): the law of risk decides, this keeps its rows beside the case. */
export function riskActs(record: MissingRecord, act: RiskAct, moment: Moment): Stepped {
  switch (act.do) {
    case 'RecordAnswers': return known(record, recordAnswers(knownOf(record), act.answers.map(({ question, value, detail }) => ({ question, value, ...(detail !== undefined && { detail }) })), riskContext(record, moment)), 'AnswersRecorded');
    case 'AddFactors': return factors(record, act.factors, moment);
    case 'WithdrawFactor': return withdrawn(record, act, moment);
    case 'SetFlag': case 'ClearFlag': return flags(record, act, moment);
    default: return record.risk ? levels(record, record.risk, act, moment) : [fail('TRANSITION_NOT_ALLOWED', act.do, 'There is no case yet: accept the report first.')];
  }
}

function known(record: MissingRecord, next: Known | RiskSlice | readonly Failure[], what: string): Stepped {
  if (isFailed(next)) return next;
  const step = begin(record);
  return note(record.risk ? change(step, { risk: { ...record.risk, answers: next.answers, factors: next.factors, flags: next.flags, inputs: next.inputs } }) : change(step, { known: next }), what, 'alteration');
}

function factors(record: MissingRecord, codes: readonly string[], moment: Moment): Stepped {
  const read = codes.map(code => factorCode.safeParse(code));
  const unknown = codes.filter((_, n) => read[n]?.success === false);
  if (unknown.length > 0) return [fail('FIELD_INVALID', '3.5', `There is no such factor: ${unknown.join(', ')}.`)];
  return known(record, addFactors(knownOf(record), read.flatMap(item => (item.success ? [item.data] : [])), { actor: moment.actor }), 'FactorsAdded');
}

function withdrawn(record: MissingRecord, act: WithdrawAct, { actor }: Moment): Stepped {
  const factor = factorCode.safeParse(act.factor);
  if (!factor.success) return [fail('FIELD_INVALID', '3.5', 'There is no such factor.')];
  const next = withdrawFactor(knownOf(record), { factor: factor.data, reason: act.reason }, { actor });
  if (isFailed(next)) return next;
  const { factors: left, withdrawnFactors } = next;
  const gone = { factors: left, ...present({ withdrawnFactors }) };
  const step = record.risk ? change(begin(record), { risk: { ...record.risk, ...gone } }) : change(begin(record), { known: { ...record.known, ...gone } });
  return note(step, 'FactorWithdrawn', 'alteration', { factor: factor.data });
}

function flags(record: MissingRecord, act: Bodies['SetFlag'] | Bodies['ClearFlag'], moment: Moment): Stepped {
  const flag = flagCode.safeParse(act.flag);
  if (!flag.success) return [fail('FIELD_INVALID', '3.6', 'There is no such flag.')];
  if (act.do === 'SetFlag') return known(record, setFlag(knownOf(record), { flag: flag.data, source: act.source }, { actor: moment.actor }), 'FlagSet');
  if (!record.risk) return [fail('TRANSITION_NOT_ALLOWED', '3.6', 'Flags of a report are cleared once there is a case.')];
  const next = clearFlag(record.risk, { flag: flag.data, reason: act.reason }, { actor: moment.actor });
  return isFailed(next) ? next : note(change(begin(record), { risk: next }), 'FlagCleared', 'alteration', { flag: flag.data });
}

type LevelAct = Bodies['ConfirmRisk' | 'RaiseRisk' | 'RefuseRaise' | 'ProposeReduce' | 'ApproveReduce' | 'RefuseReduce' | 'OverrideFloor'];

function levels(record: MissingRecord, slice: RiskSlice, act: LevelAct, moment: Moment): Stepped {
  // The law of risk asks for each rank itself, so that who may not is told every reason, and segregation first (15.2 item 26).
  if (act.do === 'ConfirmRisk') return confirmed(record, slice, act, moment);
  const result = decideLevel(slice, act, riskContext(record, moment));
  if (isFailed(result)) return result;
  if ('rows' in result) return assessedStep(record, result, act.do);
  return note(change(begin(record), { risk: result }), act.do, 'alteration');
}

function decideLevel(slice: RiskSlice, act: Exclude<LevelAct, { do: 'ConfirmRisk' }>, context: ReturnType<typeof riskContext>): Assessed | RiskSlice | readonly Failure[] {
  switch (act.do) {
    case 'RaiseRisk': return raiseRisk(slice, { level: act.level, reason: act.reason }, context);
    case 'RefuseRaise': return refuseRaise(slice, { rationale: act.reason }, context);
    case 'ProposeReduce': return proposeReduce(slice, { level: act.to, rationale: act.rationale, newInformationIds: act.informationIds, conferenceNote: act.conference }, context);
    case 'ApproveReduce': return approveReduce(slice, context);
    case 'RefuseReduce': return refuseReduce(slice, { reason: act.reason }, context);
    case 'OverrideFloor': return overrideFloor(slice, { level: act.to, reason: act.reason }, context);
  }
}

/** C2: the first confirmation makes the case ACTIVE; a later one is an assessment without change of state. */
function confirmed(record: MissingRecord, slice: RiskSlice, act: Bodies['ConfirmRisk'], moment: Moment): Stepped {
  const { file } = record;
  if (!file) return [fail('TRANSITION_NOT_ALLOWED', 'C2', 'There is no case yet.')];
  const isFirst = file.state === 'OPEN_UNCONFIRMED';
  const confirming = (): Assessed | readonly Failure[] => confirm(slice, { level: act.level, rationale: act.rationale }, riskContext(record, moment));
  const result = isFirst ? decided(asked(caseTable, file.state, act.do, moment.actor), confirming) : confirming();
  if (isFailed(result)) return result;
  const step = assessedStep(record, result, act.do);
  if (!isFirst) return step;
  return change(step, { file: { ...file, state: 'ACTIVE', enteredAt: moment.now }, moves: [...record.moves, { rule: 'C2', to: 'ACTIVE', at: moment.now, by: moment.by }] });
}

function assessedStep(record: MissingRecord, { risk, rows }: Assessed, what: string): Step {
  const stored = rows.reduce((so, row) => withPart(so, partKeys.assessment(row.seq), { kind: 'assessment', row }), change(begin(record), { risk }));
  return note(stored, what, 'alteration', { level: risk.level, assessments: risk.seq });
}
