import { unless } from '../machine/moment.ts';
import { rankOf, type Failure, type RiskLevel, type Role } from '../terms.ts';
import { assessed, barrierFailures, floorAfter, leftAsItIs, type Assessed } from './assess.ts';
import { rationaleFailures, roleFailure, type RiskContext } from './context.ts';
import { unansweredOf } from './questions.ts';
import type { RiskSlice } from './slice.ts';

/** Who confirms a level [S59][DK]: a sergeant up to MEDIUM, an inspector HIGH. */
const confirmers: Readonly<Record<RiskLevel, readonly Role[]>> = { VERY_LOW: ['SGT', 'INSP', 'SUPT'], LOW: ['SGT', 'INSP', 'SUPT'], MEDIUM: ['SGT', 'INSP', 'SUPT'], HIGH: ['INSP', 'SUPT'] };

export interface ConfirmCommand {
  readonly level: RiskLevel;
  readonly rationale: string;
}

/** Everything that keeps a supervisor from confirming a level (C2, 15.1 item 10). Unanswered questions and an owner who is silent never hold up HIGH. */
function confirmFailures(slice: RiskSlice, { level, rationale }: ConfirmCommand, context: RiskContext): Failure[] {
  const { actor, facts, settings } = context;
  const unanswered = unansweredOf(slice.answers);
  const isHigh = level === 'HIGH';
  return [
    ...unless(rankOf(level) >= rankOf(slice.level), 'TRANSITION_NOT_ALLOWED', 'C2', `The level is ${slice.level}: it is confirmed as it is or higher. Lower is a reduction, which two people make (C4).`),
    ...roleFailure(actor, confirmers[level], ['C2', isHigh ? 'An inspector confirms HIGH.' : 'A sergeant or an inspector confirms the level.']),
    ...unless(isHigh || unanswered.length === 0, 'QUESTIONS_UNANSWERED', 'C2', `Answer each question, or say that it is not known: ${unanswered.join(', ')}.`),
    ...unless(isHigh || facts.isOwnerAcknowledged, 'OWNER_NOT_ACKNOWLEDGED', 'C2', 'The owner of the case has not acknowledged it yet.'),
    ...unless(facts.hasCircumstances, 'EVIDENCE_MISSING', 'C2', 'Write down the circumstances of the disappearance first: edit the case.'),
    ...rationaleFailures(rationale, 'C2', settings),
    ...barrierFailures(slice, level, context),
  ];
}

/** Confirms the level, the same or higher (C2). At a level that was confirmed before it is an assessment without change. The floor is renewed: this is what lets a rule lapse. */
export function confirm(slice: RiskSlice, command: ConfirmCommand, context: RiskContext): Assessed | readonly Failure[] {
  const failures = confirmFailures(slice, command, context);
  if (failures.length > 0) return failures;
  const isSame = command.level === slice.level && !slice.provisional;
  return assessed(slice, { ...command, changeType: isSame ? 'NO_CHANGE' : 'CONFIRM', provisional: false, floor: floorAfter(slice, context).standing, isConfirmed: true }, context);
}

/**
 * What a supervisor who reviews a case writes down when the level stays (5.2): also the sergeant at HIGH. It confirms nothing, so that a provisional level stays provisional, and a
 * floor that fired stays. Refusals: ROLE_DENIED, RATIONALE_TOO_SHORT, FLOOR_BREACH, BLOCKING_FLAG.
 */
export function noChange(slice: RiskSlice, { rationale }: Pick<ConfirmCommand, 'rationale'>, context: RiskContext): Assessed | readonly Failure[] {
  const failures = [
    ...roleFailure(context.actor, ['SGT', 'INSP', 'DI_SIO', 'SUPT'], ['5.2', 'A supervisor reviews the level.']), ...rationaleFailures(rationale, '5.2', context.settings), ...barrierFailures(slice, slice.level, context),
  ];
  return failures.length > 0 ? failures : leftAsItIs(slice, { rationale }, context);
}
