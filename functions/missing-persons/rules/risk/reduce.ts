import { fail, reasonFailures, unless } from '../machine/moment.ts';
import { rankOf, type Failure, type RiskLevel, type Role } from '../terms.ts';
import { assessed, barrierFailures, floorAfter, leftAsItIs, type Assessed } from './assess.ts';
import { newInformationFailures, rationaleFailures, roleFailure, roleOf, type RiskContext } from './context.ts';
import type { RiskSettings } from './settings.ts';
import type { RiskSlice } from './slice.ts';

export interface ReduceCommand {
  readonly level: RiskLevel;
  readonly rationale: string;
  /** Ids of information items and sightings that came after the last assessment. */
  readonly newInformationIds: readonly string[];
  /** For two steps or more (C5). */
  readonly conferenceNote?: string | undefined;
}

/**
 * Proposes a lower level (C4, C5). The level stays until somebody else approves. Refusals: TRANSITION_NOT_ALLOWED, ROLE_DENIED, RATIONALE_TOO_SHORT, NO_NEW_INFORMATION,
 * EVIDENCE_MISSING (conference note), FLOOR_BREACH, BLOCKING_FLAG. A rationale that is too short is heard of before missing information, as nobody can judge the one without the
 * other (15.3, S05).
 */
export function proposeReduce(slice: RiskSlice, command: ReduceCommand, context: RiskContext): RiskSlice | readonly Failure[] {
  const { actor } = context;
  const failures = [
    ...unless(rankOf(command.level) < rankOf(slice.level), 'TRANSITION_NOT_ALLOWED', 'C4', `The level is ${slice.level}; a reduction goes lower.`),
    ...roleFailure(actor, ['OIC', 'SGT', 'INSP', 'DI_SIO'], ['C4', 'The officer in the case or a supervisor proposes a reduction.']),
    ...reasoningFailures(slice, command, context), ...barrierFailures(slice, command.level, context),
  ];
  if (failures.length > 0) return failures;
  const { level: to, rationale, newInformationIds, conferenceNote } = command;
  return { ...slice, pendingReduction: { from: slice.level, to, by: actor.by, byRole: roleOf(actor), at: actor.now, rationale, newInformationIds: [...newInformationIds], ...(conferenceNote !== undefined && { conferenceNote }) } };
}

function reasoningFailures(slice: RiskSlice, { level, rationale, newInformationIds, conferenceNote }: ReduceCommand, { facts, settings }: RiskContext): Failure[] {
  const reasons = rationaleFailures(rationale, 'C4', settings);
  const needsConference = rankOf(slice.level) - rankOf(level) >= 2;
  return [
    ...(reasons.length > 0 ? reasons : newInformationFailures({ ids: newInformationIds, rationale }, lastAssessedAt(slice), facts.information)),
    ...unless(!needsConference || (conferenceNote?.trim().length ?? 0) > 0, 'EVIDENCE_MISSING', 'C5', 'Two steps at once need the note of a conference.'),
  ];
}

function lastAssessedAt({ assessments, since }: RiskSlice): string {
  return assessments.at(-1)?.at ?? since;
}

/** Who approves: an inspector for one step, CFG from HIGH, the superintendent for two steps or more. A higher rank always may. */
export function approvers(from: RiskLevel, to: RiskLevel, { reduceFromHighApprover }: Pick<RiskSettings, 'reduceFromHighApprover'>): readonly Role[] {
  const isInspectors = rankOf(from) - rankOf(to) === 1 && (from !== 'HIGH' || reduceFromHighApprover === 'INSP');
  return isInspectors ? ['INSP', 'SUPT'] : ['SUPT'];
}

/** Everything that keeps somebody from approving the reduction that was proposed. All of it is looked at again: much may have happened since. */
function approveFailures(slice: RiskSlice, context: RiskContext): Failure[] {
  const { pendingReduction: proposal } = slice;
  if (!proposal) return [fail('TRANSITION_NOT_ALLOWED', 'C4', 'No reduction has been proposed.')];
  const { actor, settings } = context;
  const needed = approvers(proposal.from, proposal.to, settings);
  const since = lastAssessedAt(slice);
  const hasCleared = [...slice.clearedFlags, ...slice.withdrawnFactors ?? []].some(item => item.by === actor.by && item.at >= since);
  return [
    ...unless(proposal.by !== actor.by, 'SEGREGATION', 'C4', 'Who proposed the reduction cannot approve it.'),
    ...unless(!hasCleared, 'SEGREGATION', '3.6', 'Who cleared a flag or withdrew a factor since the last assessment cannot approve the reduction that follows.'),
    ...roleFailure(actor, needed, [needed.includes('INSP') ? 'C4' : 'C5', `A reduction from ${proposal.from} to ${proposal.to} is approved by ${needed.includes('INSP') ? 'an inspector' : 'a superintendent'}.`]),
    ...reasoningFailures(slice, { ...proposal, level: proposal.to }, context), ...barrierFailures(slice, proposal.to, context),
  ];
}

/** The second person lets the reduction take effect (I4): now, not when it was proposed. The row names both. */
export function approveReduce(slice: RiskSlice, context: RiskContext): Assessed | readonly Failure[] {
  const failures = approveFailures(slice, context);
  const { pendingReduction: proposal } = slice;
  if (failures.length > 0 || !proposal) return failures;
  return assessed(slice, {
    changeType: 'REDUCE', level: proposal.to, provisional: false, rationale: proposal.rationale, floor: floorAfter(slice, context).standing, author: { byUser: proposal.by, byRole: proposal.byRole }, isConfirmed: true,
    newInformationIds: proposal.newInformationIds, ...(proposal.conferenceNote !== undefined && { conferenceNote: proposal.conferenceNote }),
  }, context);
}

/** The proposal is turned down; the level stays, and that is an assessment too, so that the same information does not serve twice. Refusals: TRANSITION_NOT_ALLOWED, ROLE_DENIED, REASON_REQUIRED. */
export function refuseReduce(slice: RiskSlice, { reason }: { readonly reason: string }, context: RiskContext): Assessed | readonly Failure[] {
  const { pendingReduction: proposal } = slice;
  if (!proposal) return [fail('TRANSITION_NOT_ALLOWED', 'C4', 'No reduction has been proposed.')];
  const failures = [...roleFailure(context.actor, ['INSP', 'SUPT'], ['C4', 'An inspector or a superintendent refuses a reduction.']), ...reasonFailures(reason, 'C4')];
  return failures.length > 0 ? failures : leftAsItIs(slice, { rationale: reason, newInformationIds: proposal.newInformationIds }, context);
}
