import { fail, unless } from '../machine/moment.ts';
import type { Failure, Role } from '../terms.ts';
import { assessed, barrierFailures, floorAfter, type Assessed } from './assess.ts';
import { rationaleFailures, roleFailure, roleOf, type RiskContext } from './context.ts';
import type { RiskSlice } from './slice.ts';

const who: readonly Role[] = ['SGT', 'INSP', 'DI_SIO', 'SUPT'];
const inspectors: readonly Role[] = ['INSP', 'SUPT'];

/**
 * Refuses a raise that nobody has confirmed (C4b, 15.1 item 10: RAISE_NOT_CONFIRMED). The first call records who says so, and the level stays; the second, by another user, takes
 * it back to what it was before the raise. One of the two is an inspector. Both act within CFG 60 minutes of the raise, and new information is not asked for. The floor holds
 * here as it does everywhere. Refusals: TRANSITION_NOT_ALLOWED, SEGREGATION, ROLE_DENIED, RATIONALE_TOO_SHORT, FLOOR_BREACH, BLOCKING_FLAG.
 */
export function refuseRaise(slice: RiskSlice, { rationale }: { readonly rationale: string }, context: RiskContext): Assessed | readonly Failure[] {
  const { lastRaise } = slice;
  if (!lastRaise) return [fail('TRANSITION_NOT_ALLOWED', 'C4b', 'There is no raise that waits for confirmation.')];
  const failures = [...refusalFailures(lastRaise, rationale, context), ...barrierFailures(slice, lastRaise.from, context)];
  if (failures.length > 0) return failures;
  const { actor } = context;
  const { refusal } = lastRaise;
  if (!refusal) return { risk: { ...slice, lastRaise: { ...lastRaise, refusal: { by: actor.by, byRole: roleOf(actor), at: actor.now, rationale } } }, rows: [] };
  return assessed(slice, {
    changeType: 'REFUSE_RAISE', level: lastRaise.from, provisional: lastRaise.wasProvisional, rationale: refusal.rationale, floor: floorAfter(slice, context).standing, author: { byUser: refusal.by, byRole: refusal.byRole }, rules: ['C4b'],
    isConfirmed: true, confirmRationale: rationale, reasonCode: 'RAISE_NOT_CONFIRMED',
  }, context);
}

function refusalFailures({ at, refusal }: NonNullable<RiskSlice['lastRaise']>, rationale: string, { actor, settings }: RiskContext): Failure[] {
  const isInTime = Date.parse(actor.now) - Date.parse(at) <= settings.refuseRaiseMinutes * 60_000;
  const hasInspector = refusal === undefined || inspectors.includes(refusal.byRole) || actor.roles.some(role => inspectors.includes(role));
  return [
    ...unless(isInTime, 'TRANSITION_NOT_ALLOWED', 'C4b', `A raise can be refused for ${settings.refuseRaiseMinutes} minutes; after that a lower level is a reduction, on new information (C4).`),
    ...unless(refusal?.by !== actor.by, 'SEGREGATION', 'C4b', 'Two people refuse a raise: somebody else must agree.'),
    ...roleFailure(actor, who, ['C4b', 'An inspector and a second supervisor refuse a raise.']),
    ...unless(hasInspector, 'ROLE_DENIED', 'C4b', 'One of the two who refuse a raise is an inspector.'),
    ...rationaleFailures(rationale, 'C4b', settings),
  ];
}
