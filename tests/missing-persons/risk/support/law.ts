import { confirm, noChange } from '../../../../functions/missing-persons/rules/risk/confirm.ts';
import { clearFlag, setFlag } from '../../../../functions/missing-persons/rules/risk/flagActs.ts';
import { overrideFloor } from '../../../../functions/missing-persons/rules/risk/override.ts';
import { raise, rerun, systemRaise } from '../../../../functions/missing-persons/rules/risk/raise.ts';
import { approveReduce, proposeReduce, refuseReduce } from '../../../../functions/missing-persons/rules/risk/reduce.ts';
import { refuseRaise } from '../../../../functions/missing-persons/rules/risk/refuseRaise.ts';
import { isFailed } from '../../../../functions/missing-persons/rules/machine/moment.ts';
import { levels, rankOf, type Failure, type Role } from '../../../../functions/missing-persons/rules/terms.ts';
import type { Assessed } from '../../../../functions/missing-persons/rules/risk/assess.ts';
import { systemAt, type RiskContext } from '../../../../functions/missing-persons/rules/risk/context.ts';
import type { RiskSlice } from '../../../../functions/missing-persons/rules/risk/slice.ts';
import { after, reasons } from './world.ts';

/** The acts that the property drives, so that a twin with one guard broken can stand in. */
export const law = { confirm, noChange, raise, rerun, systemRaise, proposeReduce, approveReduce, refuseReduce, refuseRaise, overrideFloor, setFlag, clearFlag };
export type Law = typeof law;

type Result = Assessed | readonly Failure[];
const as = (context: RiskContext, change: Partial<RiskContext['actor']>): RiskContext => ({ ...context, actor: { ...context.actor, ...change } });
const promoted = (context: RiskContext, ...more: Role[]): RiskContext => as(context, { roles: [...context.actor.roles, ...more] });
const mapped = (result: Result, change: (risk: RiskSlice) => RiskSlice): Result => (isFailed(result) ? result : { ...result, risk: change(result.risk) });
const everythingOverridden = (slice: RiskSlice): RiskSlice => ({
  ...slice,
  override: {
    reason: reasons, code: 'FLOOR_OVERRIDE', by: 'ghost', byRole: 'INSP', at: after(0), flags: ['CSE', 'CCE', 'LAC', 'SUICIDE', 'DANGEROUS'],
    rules: (['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10'] as const).map(rule => ({ rule, level: 'HIGH' as const })),
  },
});
const allNew = (context: RiskContext): RiskContext => ({ ...context, facts: { ...context.facts, information: ['i0', 'i1', 'i2', 'i3', 'nothing'].map(id => ({ id, at: after(9_999) })) } });
const restored = (slice: RiskSlice, result: Result): Result => mapped(result, ({ override: _, ...risk }) => ({ ...risk, ...(slice.override && { override: slice.override }) }));

/** Each twin lacks one guard. It lies to the real law about the one fact that the guard looks at. */
export const twins: Readonly<Record<string, Partial<Law>>> = {
  'who proposes may approve': { approveReduce: (slice, context) => law.approveReduce(slice.pendingReduction ? { ...slice, pendingReduction: { ...slice.pendingReduction, by: 'ghost' } } : slice, context) },
  'any rank may approve': { approveReduce: (slice, context) => law.approveReduce(slice, promoted(context, 'SUPT')) },
  'an inspector may reduce from HIGH': { approveReduce: (slice, context) => law.approveReduce(slice, { ...context, settings: { ...context.settings, reduceFromHighApprover: 'INSP' } }) },
  'no new information is needed': { proposeReduce: (slice, command, context) => law.proposeReduce(slice, { ...command, newInformationIds: ['i0'] }, allNew(context)), approveReduce: (slice, context) => law.approveReduce(slice, allNew(context)) },
  'a short rationale will do': { proposeReduce: (slice, command, context) => law.proposeReduce(slice, { ...command, rationale: reasons }, context) },
  'two steps need no conference': {
    proposeReduce: (slice, command, context) => law.proposeReduce(slice, { ...command, conferenceNote: 'x' }, context),
  },
  'a reduction goes under the floor': {
    proposeReduce: (slice, command, context) => law.proposeReduce(everythingOverridden(slice), command, context),
    approveReduce: (slice, context) => restored(slice, law.approveReduce(everythingOverridden(slice), context)),
  },
  'a raise is refused under the floor': { refuseRaise: (slice, command, context) => restored(slice, law.refuseRaise(everythingOverridden(slice), command, context)) },
  'one person refuses a raise': {
    refuseRaise: (slice, command, context) => {
      const first = law.refuseRaise(slice, command, as(context, { by: 'ghost', roles: ['INSP'] }));
      return isFailed(first) || first.rows.length > 0 ? first : law.refuseRaise(first.risk, command, context);
    },
  },
  'two sergeants refuse a raise': { refuseRaise: (slice, command, context) => law.refuseRaise(slice, command, promoted(context, 'INSP')) },
  'a raise is refused after the hour': { refuseRaise: (slice, command, context) => law.refuseRaise(slice.lastRaise ? { ...slice, lastRaise: { ...slice.lastRaise, at: context.actor.now } } : slice, command, context) },
  'a confirmation lowers': {
    confirm: (slice, command, context) => law.confirm(rankOf(command.level) < rankOf(slice.level) ? { ...slice, level: command.level } : slice, command, context),
  },
  'the system lowers to the floor': {
    rerun: (slice, context) => {
      const result = law.rerun(slice, context);
      const lower = levels[Math.max(0, rankOf(result.risk.level) - 1)] ?? 'VERY_LOW';
      return { ...result, risk: { ...result.risk, level: lower } };
    },
  },
  'V03 sets LOW whatever the level': { systemRaise: (slice, given, context) => law.systemRaise({ ...slice, level: 'VERY_LOW' }, given, { ...context, actor: systemAt(context.actor.now) }) },
  'a floor lapses by time': { rerun: (slice, context) => law.rerun({ ...slice, floor: { level: 'VERY_LOW', rules: [] } }, context) },
  'a floor that fires raises nothing': { rerun: (slice, context) => ({ ...law.rerun(slice, context), risk: slice, rows: [] }) },
  'a raise leaves no assessment': { raise: (slice, command, context) => mapped(law.raise(slice, command, context), risk => ({ ...risk, assessments: slice.assessments })) },
  'an assessment is rewritten': { confirm: (slice, command, context) => mapped(law.confirm(slice, command, context), risk => ({ ...risk, assessments: risk.assessments.map(item => ({ ...item, rationale: 'Better words.' })) })) },
  'a raise waits for a rationale': { raise: (slice, command, context) => (command.reason.length < 40 ? [{ code: 'RATIONALE_TOO_SHORT', why: 'More.', rule: 'C3' }] : law.raise(slice, command, context)) },
  'a sergeant overrides a floor': { overrideFloor: (slice, command, context) => law.overrideFloor(slice, command, promoted(context, 'INSP')) },
  'an override covers what comes later': { overrideFloor: (slice, command, context) => { const result = law.overrideFloor(slice, command, context); return isFailed(result) ? result : everythingOverridden(result); } },
  'who clears a flag approves': {
    clearFlag: (slice, command, context) => { const result = law.clearFlag(slice, command, context); return isFailed(result) ? result : { ...result, clearedFlags: [] }; },
  },
  'a sergeant confirms HIGH': { confirm: (slice, command, context) => law.confirm(slice, command, promoted(context, 'INSP')) },
  'a level is confirmed with questions open': { confirm: (slice, command, context) => mapped(law.confirm({ ...slice, answers: [...slice.answers, ...(slice.answers.some(item => item.question === 'Q01') ? [] : [{ question: 'Q01' as const, value: 'NO' as const, at: after(0), by: 'ghost' }])] }, command, context), risk => ({ ...risk, answers: slice.answers })) },
  'a level moves T_RISK when it is only confirmed': { confirm: (slice, command, context) => mapped(law.confirm(slice, command, context), risk => ({ ...risk, since: context.actor.now })) },
};
