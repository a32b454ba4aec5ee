import { isFailed } from '../../../../functions/missing-persons/rules/machine/moment.ts';
import type { RiskLevel } from '../../../../functions/missing-persons/rules/terms.ts';
import type { RiskContext, RiskFacts } from '../../../../functions/missing-persons/rules/risk/context.ts';
import type { RiskSlice } from '../../../../functions/missing-persons/rules/risk/slice.ts';
import type { Law } from './law.ts';
import { violation, type Memory } from './oracle.ts';
import { people, stepOf, type Act, type Step } from './script.ts';
import { after, answered, calm, opened, settings } from './world.ts';

interface World {
  readonly risk: RiskSlice;
  readonly facts: RiskFacts;
  readonly now: number;
  readonly memory: Memory;
}

/** Plays a script on a case under a law. The first thing that is wrong, or undefined; `reached` counts what was accepted. */
export function play(law: Law, start: { readonly level: RiskLevel; readonly isChild: boolean; readonly isAsked: boolean }, script: readonly number[], reached: Map<string, number>): string | undefined {
  const facts: RiskFacts = { ...calm, ...(start.isChild && { age: { youngest: 16, oldest: 16 } }), information: [{ id: 'i0', at: after(1) }] };
  const risk = opened(start.level, answered(start.isAsked ? {} : { Q01: 'UNANSWERED' }), facts);
  let world: World = { risk, facts, now: 0, memory: { override: undefined, proposer: undefined, refuser: undefined, cleared: [] } };
  for (const number of script) {
    const step = focused(stepOf(number), world);
    const next = take(law, step, world);
    if (next.isAccepted) reached.set(step.act, (reached.get(step.act) ?? 0) + 1);
    const last = next.world.risk.assessments.at(-1);
    if (next.world.risk.seq > world.risk.seq && last) reached.set(last.changeType, (reached.get(last.changeType) ?? 0) + 1);
    const wrong = violation(step, { before: world.risk, after: next.world.risk, context: next.context, memory: world.memory, isAccepted: next.isAccepted });
    if (wrong !== undefined) return `${wrong} at ${JSON.stringify(step)}`;
    world = next.world;
  }
  return undefined;
}

/** What waits for a second person is often taken up next, and information is named by its id. */
function focused(step: Step, { risk, facts, memory }: World): Step {
  const info = step.info === 'latest' ? (facts.information.at(-1)?.id ?? 'i0') : step.info;
  const act = step.follows ? waitingAct(step.act, risk, memory) : step.act;
  const clearer = memory.cleared[0];
  return { ...step, info, act, ...(act === 'approve' && step.known && clearer !== undefined && { by: clearer }), ...(act === 'clearFlag' && risk.flags[0] && { flag: risk.flags[0].flag }) };
}

function waitingAct(act: Act, risk: RiskSlice, { cleared }: Memory): Act {
  if (risk.pendingReduction) return act === 'refuseReduce' ? act : 'approve';
  if (risk.lastRaise?.refusal) return 'refuseRaise';
  return cleared.length > 0 ? 'propose' : act;
}

interface Taken {
  readonly world: World;
  readonly context: RiskContext;
  readonly isAccepted: boolean;
}

function take(law: Law, step: Step, world: World): Taken {
  const now = world.now + step.minutes;
  const facts = factsAfter(step, world.facts, after(now));
  const context: RiskContext = { actor: { now: after(now), by: step.by, roles: people[step.by] ?? [], isAttached: true }, facts, settings };
  const result = act(law, step, world.risk, context);
  const isAccepted = !isFailed(result);
  const risk = isFailed(result) ? world.risk : 'risk' in result ? result.risk : result;
  return { world: { risk, facts, now, memory: isAccepted ? remembered(step, world, risk) : world.memory }, context, isAccepted };
}

function factsAfter(step: Step, facts: RiskFacts, at: string): RiskFacts {
  if (step.act === 'facts') return { ...facts, isDark: step.dark, isLocationKnown: step.known };
  return step.act === 'inform' ? { ...facts, information: [...facts.information, { id: `i${facts.information.length}`, at }] } : facts;
}

function act(law: Law, step: Step, risk: RiskSlice, context: RiskContext): ReturnType<Law['raise']> | ReturnType<Law['proposeReduce']> {
  const { level, rationale, flag } = step;
  switch (step.act) {
    case 'raise': return law.raise(risk, { level, reason: rationale }, context);
    case 'confirm': return law.confirm(risk, { level: step.conference ? risk.level : level, rationale }, context);
    case 'propose': return law.proposeReduce(risk, { level, rationale, newInformationIds: step.info === 'nothing' ? [] : [step.info], ...(step.conference && { conferenceNote: 'Met.' }) }, context);
    case 'approve': return law.approveReduce(risk, context);
    case 'refuseReduce': return law.refuseReduce(risk, { reason: rationale }, context);
    case 'refuseRaise': return law.refuseRaise(risk, { rationale }, context);
    case 'v03': return law.systemRaise(risk, { level: 'LOW', reason: 'Missed.', rules: ['V03'] }, context);
    case 'override': return law.overrideFloor(risk, { level, reason: rationale }, context);
    case 'setFlag': return law.setFlag(risk, { flag, source: 'record' }, context);
    case 'clearFlag': return law.clearFlag(risk, { flag, reason: rationale }, context);
    case 'noChange': return law.noChange(risk, { rationale }, context);
    case 'rerun': case 'facts': case 'inform': return law.rerun(risk, context);
  }
}

/** What the test itself remembers of who did what; the law's own notes are not believed. */
function remembered(step: Step, { risk: before, memory, facts }: World, risk: RiskSlice): Memory {
  const isAssessed = risk.seq > before.seq;
  const cleared = isAssessed ? [] : memory.cleared;
  const base: Memory = isAssessed ? { ...memory, proposer: undefined, refuser: step.act === 'noChange' || step.act === 'refuseReduce' ? memory.refuser : undefined, cleared } : memory;
  switch (step.act) {
    case 'propose': return { ...base, proposer: { by: step.by, step, from: before.level, informationAt: facts.information.find(item => item.id === step.info)?.at, lastAssessedAt: before.assessments.at(-1)?.at ?? '' } };
    case 'refuseRaise': return isAssessed ? base : { ...base, refuser: step.by };
    case 'override': return { ...base, override: risk.override };
    case 'clearFlag': return { ...base, cleared: [...base.cleared, step.by] };
    default: return base;
  }
}
