import { isDeepStrictEqual } from 'node:util';
import { rankOf, type RiskLevel } from '../../../../functions/missing-persons/rules/terms.ts';
import { floorAfter } from '../../../../functions/missing-persons/rules/risk/assess.ts';
import type { RiskContext } from '../../../../functions/missing-persons/rules/risk/context.ts';
import { barriersTo } from '../../../../functions/missing-persons/rules/risk/floor.ts';
import type { RiskSlice } from '../../../../functions/missing-persons/rules/risk/slice.ts';
import { people, type Step } from './script.ts';

/** What the test saw people do, apart from what the law wrote down. */
export interface Memory {
  readonly override: RiskSlice['override'];
  readonly proposer: { readonly by: string; readonly step: Step; readonly from: RiskLevel; readonly informationAt: string | undefined; readonly lastAssessedAt: string } | undefined;
  readonly refuser: string | undefined;
  readonly cleared: readonly string[];
}

export interface Seen {
  readonly before: RiskSlice;
  readonly after: RiskSlice;
  readonly context: RiskContext;
  readonly memory: Memory;
  readonly isAccepted: boolean;
}

/** The invariants of the specification, said once more and without the law's own words. */
export function violation(step: Step, seen: Seen): string | undefined {
  const checks = [rows, systemOnlyRaises, secondPerson, reasonsOfReduction, refusalOfRaise, floorHolds, floorStays, raiseIsFree, confirmation, overrider, riskClock];
  for (const check of checks) {
    const wrong = check(step, seen);
    if (wrong !== undefined) return `${check.name}: ${wrong}`;
  }
  return undefined;
}

type Check = (step: Step, seen: Seen) => string | undefined;
const isSystem = ({ act }: Step): boolean => ['rerun', 'v03', 'facts', 'inform'].includes(act);
const isRank = (by: string | undefined, ...ranks: readonly string[]): boolean => by !== undefined && (people[by] ?? []).some(role => ranks.includes(role));
const fell = ({ before, after }: Seen): boolean => rankOf(after.level) < rankOf(before.level);

/** I3: a level has its row, rows follow one another, and none is ever changed. */
const rows: Check = (_step, { before, after }) => {
  const last = after.assessments.at(-1);
  if (last?.level !== after.level || last.provisional !== after.provisional || last.seq !== after.seq) return 'the level has no assessment of its own';
  if (after.assessments.some((item, at) => item.seq !== at + 1)) return 'a row is missing';
  return isDeepStrictEqual(after.assessments.slice(0, before.assessments.length), before.assessments) ? undefined : 'a row was changed';
};

/** I10. */
const systemOnlyRaises: Check = (step, seen) => (isSystem(step) && fell(seen) ? 'the system lowered the level' : undefined);

/** I4, C4, C5: another person, of the rank, who cleared no flag for it. */
const secondPerson: Check = (step, seen) => {
  if (!fell(seen) || step.act === 'refuseRaise') return undefined;
  const { memory: { proposer, cleared }, after, before } = seen;
  if (step.act !== 'approve' || !proposer) return 'the level fell without a proposal and an approval';
  if (proposer.by === step.by) return 'one person alone lowered the level';
  if (cleared.includes(step.by)) return 'who cleared a flag approved';
  const steps = rankOf(before.level) - rankOf(after.level);
  const ranks = steps === 1 && before.level !== 'HIGH' ? ['INSP', 'SUPT'] : ['SUPT'];
  return isRank(step.by, ...ranks) ? undefined : 'the rank does not suffice';
};

const reasonsOfReduction: Check = (step, seen) => {
  const { proposer } = seen.memory;
  if (!fell(seen) || step.act !== 'approve' || !proposer) return undefined;
  if (proposer.step.rationale.length < 40) return 'the rationale is short';
  if (proposer.informationAt === undefined || proposer.informationAt <= proposer.lastAssessedAt) return 'there was no new information';
  return rankOf(seen.before.level) - rankOf(seen.after.level) >= 2 && !proposer.step.conference ? 'two steps without a conference' : undefined;
};

/** C4b. */
const refusalOfRaise: Check = (step, seen) => {
  if (!fell(seen) || step.act !== 'refuseRaise') return undefined;
  const { memory: { refuser }, before, after, context } = seen;
  if (refuser === undefined || refuser === step.by) return 'one person alone refused a raise';
  if (!isRank(refuser, 'INSP', 'SUPT') && !isRank(step.by, 'INSP', 'SUPT')) return 'no inspector was among them';
  const raise = before.assessments.findLast(item => item.changeType === 'RAISE');
  if (!raise || Date.parse(context.actor.now) - Date.parse(raise.at) > 3_600_000) return 'the hour was over';
  return rankOf(after.level) >= rankOf(before.assessments[raise.seq - 2]?.level ?? 'HIGH') ? undefined : 'it fell under what it was';
};

/** A level that was chosen or lowered stands on no barrier that an inspector did not override. */
const floorHolds: Check = (step, seen) => {
  const { before, after, context, memory } = seen;
  const isChosen = step.act === 'confirm' && seen.isAccepted;
  const isRerun = ['rerun', 'facts', 'inform'].includes(step.act);
  if (!fell(seen) && !isChosen && !isRerun) return undefined;
  const { floor, standing } = floorAfter({ ...before, flags: after.flags }, context);
  const override = step.act === 'override' ? after.override : memory.override;
  const { rules, flags } = barriersTo(after.level, { rules: standing.rules, blockingFlags: floor.blockingFlags }, override);
  return rules.length + flags.length === 0 ? undefined : `it stands under ${[...rules.map(rule => rule.rule), ...flags].join(', ')}`;
};

/** 15.1 item 12: no floor lapses but by an assessment of a person. */
const floorStays: Check = (_step, { before, after }) => {
  const last = after.assessments.at(-1);
  const isPersons = after.seq > before.seq && last?.byRole !== 'SYSTEM';
  return isPersons || rankOf(after.floor.level) >= rankOf(before.floor.level) ? undefined : 'a floor lapsed by itself';
};

/** C3: nothing holds up a raise. */
const raiseIsFree: Check = (step, { before, after }) => (step.act === 'raise' && rankOf(step.level) > rankOf(before.level) && after.level !== step.level ? 'a raise was held up' : undefined);

/** C2. */
const confirmation: Check = (step, { before, after, isAccepted }) => {
  if (step.act !== 'confirm' || !isAccepted) return undefined;
  if (!isRank(step.by, ...(after.level === 'HIGH' ? ['INSP', 'SUPT'] : ['SGT', 'INSP', 'SUPT']))) return 'the rank does not suffice';
  return after.level !== 'HIGH' && !before.answers.some(item => item.question === 'Q01') ? 'a question is open' : undefined;
};

const overrider: Check = (step, { before, after, isAccepted }) => {
  if (step.act !== 'override' || !isAccepted) return undefined;
  if (!isRank(step.by, 'INSP', 'SUPT')) return 'the rank does not suffice';
  const standing = [...before.floor.rules.map(rule => rule.rule), ...(after.override?.rules ?? []).map(item => item.rule)];
  return after.override?.by === step.by && new Set(standing).size <= Math.max(before.floor.rules.length, 4) ? undefined : 'it covers what nobody saw';
};

/** 15.1 item 1: T_RISK is when the level took effect. */
const riskClock: Check = (_step, { before, after, context }) => {
  const wanted = after.level === before.level ? before.since : context.actor.now;
  return after.since === wanted ? undefined : 'T_RISK is wrong';
};
