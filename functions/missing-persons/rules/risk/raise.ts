import { unless } from '../machine/moment.ts';
import { rankOf, type Failure, type RiskLevel } from '../terms.ts';
import { assessed, floorNow, type Assessed } from './assess.ts';
import { systemAt, type RiskContext } from './context.ts';
import { withDerivedFlags } from './flagActs.ts';
import { joinFloors, minimumOf } from './floor.ts';
import type { Known, RiskSlice } from './slice.ts';

/**
 * The first assessment (C1, version 1): provisional, by whoever takes the report. It never holds up a case: a level under the floor is recorded as it was chosen, and the system
 * raises it in the same step. Refused to who takes no reports (ROLE_DENIED).
 */
export function initial(known: Known, { level, rationale }: { readonly level: RiskLevel; readonly rationale: string }, context: RiskContext): Assessed | readonly Failure[] {
  const { roles, by, now } = context.actor;
  const may = by === 'system' || roles.some(role => ['CALL_HANDLER', 'FIM', 'MFH_COORD', 'RECORDS'].includes(role));
  const failures = unless(may, 'ROLE_DENIED', 'C1', 'The first level is given by a call handler or the force incident manager, or comes with an import.');
  if (failures.length > 0) return failures;
  const before: RiskSlice = { ...known, level, provisional: true, since: now, seq: 0, clearedFlags: [], floor: { level: 'VERY_LOW', rules: [] }, assessments: [] };
  const floor = joinFloors(before.floor, floorNow(before, context));
  const first = assessed(before, { changeType: 'INITIAL', level, provisional: true, rationale, floor }, context);
  const { risk, rows } = rerun(first.risk, context);
  return { risk, rows: [...first.rows, ...rows] };
}

/**
 * Risk up (C3): anyone attached, at once, with no guard but that it is higher. It stands provisionally until a supervisor confirms it. No length of reason is asked for:
 * a raise is never held up, and who confirms it gives the reasons. Refusals: ROLE_DENIED, TRANSITION_NOT_ALLOWED.
 */
export function raise(slice: RiskSlice, { level, reason }: { readonly level: RiskLevel; readonly reason: string }, context: RiskContext): Assessed | readonly Failure[] {
  const { actor } = context;
  const may = actor.isAttached || actor.roles.some(role => role === 'CALL_HANDLER' || role === 'FIM');
  const isPartnerOnly = actor.roles.length > 0 && actor.roles.every(role => role === 'LA_PARTNER' || role === 'CARE_PROVIDER' || role === 'AUDITOR');
  const failures = [
    ...unless(rankOf(level) > rankOf(slice.level), 'TRANSITION_NOT_ALLOWED', 'C3', `The level is ${slice.level} already; a raise goes higher.`),
    ...unless(may && !isPartnerOnly, 'ROLE_DENIED', 'C3', 'The level is raised by anyone of the police who is attached to the case.'),
  ];
  return failures.length > 0 ? failures : raised(slice, { level, reason, rules: [] }, context);
}

/** A raise by the system (I10): V03, or a floor. The same slice when the level is there already: the system never lowers. */
export function systemRaise(slice: RiskSlice, given: { readonly level: RiskLevel; readonly reason: string; readonly rules: readonly string[] }, context: RiskContext): Assessed {
  if (rankOf(given.level) <= rankOf(slice.level)) return { risk: slice, rows: [] };
  return raised(slice, given, { ...context, actor: systemAt(context.actor.now) });
}

function raised(slice: RiskSlice, { level, reason, rules }: { readonly level: RiskLevel; readonly reason: string; readonly rules: readonly string[] }, context: RiskContext): Assessed {
  const { actor } = context;
  const floor = joinFloors(slice.floor, floorNow(slice, context));
  const { risk, rows } = assessed(slice, { changeType: 'RAISE', level, provisional: true, floor, rules, ...(reason.trim().length > 0 && { rationale: reason }) }, context);
  return { risk: { ...risk, lastRaise: { seq: risk.seq, from: slice.level, to: level, wasProvisional: slice.provisional, at: actor.now, by: actor.by } }, rows };
}

/**
 * After every event and at `nextAt` (15.1 item 12): flags that answers and factors stand for are set, the floor joins what stood, and a level under it is raised provisionally by
 * the system. `rows` is empty when the level stays; otherwise the sergeant is to be paged.
 */
export function rerun(slice: RiskSlice, context: RiskContext): Assessed & { readonly nextAt?: string } {
  const flagged = withDerivedFlags(slice, context);
  const floor = floorNow(flagged, context);
  const risk: RiskSlice = { ...flagged, floor: joinFloors(flagged.floor, floor) };
  const minimum = minimumOf({ rules: risk.floor.rules, blockingFlags: floor.blockingFlags }, risk.override);
  const why = [...risk.floor.rules.filter(rule => rankOf(rule.level) > rankOf(risk.level)).map(rule => rule.why), ...(floor.blockingFlags.length > 0 ? [`Flags that block VERY_LOW and LOW: ${floor.blockingFlags.join(', ')}.`] : [])];
  return { ...systemRaise(risk, { level: minimum, reason: why.join(' ').slice(0, 4000), rules: [] }, context), ...(floor.nextAt !== undefined && { nextAt: floor.nextAt }) };
}
