import { fail, unless } from '../machine/moment.ts';
import { rankOf, type Failure, type RiskLevel } from '../terms.ts';
import { floorAfter } from './assess.ts';
import { rationaleFailures, roleFailure, roleOf, type RiskContext } from './context.ts';
import { barriersTo } from './floor.ts';
import type { RiskSlice } from './slice.ts';

/**
 * An inspector's leave to go below the floor down to a level (3.5 and 3.6, FLOOR_OVERRIDE). It lowers nothing: it opens the way for an assessment, which for a lower level takes
 * two people. It names the rules and flags that stand against that level now; one that fires later or asks for more is not covered. F10 is among them.
 * Refusals: ROLE_DENIED, REASON_REQUIRED, RATIONALE_TOO_SHORT, GUARD_UNMET when nothing stands against the level.
 */
export function overrideFloor(slice: RiskSlice, { level, reason }: { readonly level: RiskLevel; readonly reason: string }, context: RiskContext): RiskSlice | readonly Failure[] {
  const { actor, settings } = context;
  const { floor, standing } = floorAfter(slice, context);
  // Rules that stand but have lapsed in the facts are named as well, or the system would raise on them again before the assessment.
  const rules = [...standing.rules, ...slice.floor.rules.filter(rule => !standing.rules.some(item => item.rule === rule.rule))];
  const { rules: against, flags } = barriersTo(level, { rules, blockingFlags: floor.blockingFlags }, undefined);
  const failures = [
    ...roleFailure(actor, ['INSP', 'SUPT'], ['3.5', 'An inspector gives leave to go below the floor.']),
    ...(reason.trim() === '' ? [fail('REASON_REQUIRED', '3.5', 'Say why the floor does not hold for this person.')] : rationaleFailures(reason, '3.5', settings)),
    ...unless(against.length > 0 || flags.length > 0, 'GUARD_UNMET', '3.5', `Nothing stands against ${level}.`),
  ];
  if (failures.length > 0) return failures;
  return { ...slice, override: { reason, code: 'FLOOR_OVERRIDE', by: actor.by, byRole: roleOf(actor), at: actor.now, rules: against.map(({ rule, level: upTo }) => ({ rule, level: upTo })), flags: [...flags] } };
}

/** How far under its floor a level stands, for the board (section 7, number 10). */
export function stepsUnderFloor({ level, floor }: Pick<RiskSlice, 'level' | 'floor'>): number {
  return Math.max(0, rankOf(floor.level) - rankOf(level));
}
