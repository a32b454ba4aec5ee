import { fail } from '../machine/moment.ts';
import type { Failure, RiskLevel } from '../terms.ts';
import { roleOf, type RiskContext } from './context.ts';
import { blockingFlagsOf } from './flagActs.ts';
import { barriersTo, floorOf, joinFloors, renewedFloor, type Floor } from './floor.ts';
import { mayBeChild } from './floorRules.ts';
import type { StandingFloor } from './floorSlice.ts';
import { languageCheck } from './language.ts';
import { flagsOf } from './mapping.ts';
import { questionsInUse } from './settings.ts';
import type { AssessmentDigest, AssessmentRow, ChangeType, RiskSlice } from './slice.ts';

/** What an act on the risk came to: the slice, and the rows to insert beside it, oldest first. */
export interface Assessed {
  readonly risk: RiskSlice;
  readonly rows: readonly AssessmentRow[];
}

/** What is particular to one assessment. `author` is another than the actor when the actor approves (C4). */
export interface Made {
  readonly changeType: ChangeType;
  readonly level: RiskLevel;
  readonly provisional: boolean;
  readonly floor: StandingFloor;
  readonly rationale?: string;
  readonly author?: Pick<AssessmentDigest, 'byUser' | 'byRole'>;
  /** Rules besides the floor's, such as V03. */
  readonly rules?: readonly string[];
  readonly newInformationIds?: readonly string[];
  readonly conferenceNote?: string;
  /** Of the second of two people, where both give reasons (C4b). */
  readonly confirmRationale?: string;
  readonly reasonCode?: 'RAISE_NOT_CONFIRMED';
  /** The actor confirms or approves. */
  readonly isConfirmed?: boolean;
}

/**
 * The slice with one assessment more: the only way in which a level comes about (I3). A proposal to reduce and the right to refuse a raise end with the assessment that they
 * were about. T_RISK moves with the level only.
 */
export function assessed(slice: RiskSlice, made: Made, context: RiskContext): Assessed {
  const { now } = context.actor;
  const { pendingReduction: _p, lastRaise: _r, override: _o, ...rest } = slice;
  const override = standingOverride(slice, made.floor);
  const digest: AssessmentDigest = { ...digestOf(slice, made, context), ...(override && { override }) };
  const risk: RiskSlice = {
    ...rest, level: made.level, provisional: made.provisional, since: made.level === slice.level && slice.seq > 0 ? slice.since : now, seq: digest.seq, floor: made.floor, assessments: [...slice.assessments, digest],
    ...(override && { override }),
  };
  const { answers, inputs, factors, flags } = risk;
  return { risk, rows: [{ ...digest, answers, inputs, factors, flags }] };
}

/** An assessment that leaves the level and every floor that fired, and the right to refuse a raise. */
export function leftAsItIs(slice: RiskSlice, made: Pick<Made, 'rationale' | 'newInformationIds'>, context: RiskContext): Assessed {
  const { level, provisional, lastRaise } = slice;
  const { risk, rows } = assessed(slice, { ...made, changeType: 'NO_CHANGE', level, provisional, floor: joinFloors(slice.floor, floorNow(slice, context)) }, context);
  return { risk: { ...risk, ...(lastRaise && { lastRaise }) }, rows };
}

function digestOf(slice: Pick<RiskSlice, 'seq' | 'flags'>, made: Made, context: RiskContext): AssessmentDigest {
  const { actor, facts, settings } = context;
  const { id, guidanceVersion } = questionsInUse(settings);
  const { byUser, byRole } = made.author ?? { byUser: actor.by, byRole: roleOf(actor) };
  const words = [made.rationale, made.confirmRationale, made.conferenceNote].join('\n');
  return {
    seq: slice.seq + 1, ...(slice.seq > 0 && { prevSeq: slice.seq }), level: made.level, provisional: made.provisional, at: actor.now, byUser, byRole, changeType: made.changeType, guidanceVersion, questionSet: id,
    floor: made.floor.level, ruleIds: [...(made.rules ?? []), ...made.floor.rules.map(rule => rule.rule)], newInformationIds: [...(made.newInformationIds ?? [])], blockingFlags: blockingFlagsOf(slice),
    languageCheck: languageCheck(words, mayBeChild(facts), settings), ...(made.isConfirmed === true && { confirmBy: actor.by, confirmRole: roleOf(actor), confirmAt: actor.now }), ...wordsOf(made),
  };
}

function wordsOf({ rationale, confirmRationale, conferenceNote, reasonCode }: Made): Partial<AssessmentDigest> {
  return { ...(rationale !== undefined && { rationale }), ...(confirmRationale !== undefined && { confirmRationale }), ...(conferenceNote !== undefined && { conferenceNote }), ...(reasonCode !== undefined && { reasonCode }) };
}

/** An override is for the rules and flags that it names; when none of them stands any more it is gone, and does not wait for the next time. */
function standingOverride(slice: RiskSlice, floor: StandingFloor): RiskSlice['override'] {
  const { override } = slice;
  if (!override) return undefined;
  const held = flagsOf(slice);
  const rules = override.rules.filter(item => floor.rules.some(rule => rule.rule === item.rule));
  const flags = override.flags.filter(flag => held.has(flag));
  return rules.length > 0 || flags.length > 0 ? { ...override, rules, flags } : undefined;
}

/** The floor of what is known now. */
export function floorNow(slice: Pick<RiskSlice, 'answers' | 'factors' | 'flags'>, { actor, facts, settings }: RiskContext): Floor {
  return floorOf({ known: slice, facts, now: actor.now, settings });
}

/** The floor that an assessment made now leaves standing, with the flags that block. */
export function floorAfter(slice: RiskSlice, context: RiskContext): { readonly standing: StandingFloor; readonly floor: Floor } {
  const floor = floorNow(slice, context);
  return { floor, standing: renewedFloor(slice.floor, floor) };
}

/** Why a level cannot be chosen, a failure for each rule and flag that an inspector has not overridden (3.5, 3.6). */
export function barrierFailures(slice: RiskSlice, level: RiskLevel, context: RiskContext): Failure[] {
  const { floor, standing } = floorAfter(slice, context);
  const { rules, flags } = barriersTo(level, { rules: standing.rules, blockingFlags: floor.blockingFlags }, slice.override);
  return [
    ...rules.map(rule => fail('FLOOR_BREACH', rule.rule, rule.why)),
    ...flags.map(flag => fail('BLOCKING_FLAG', '3.6', `The flag ${flag} blocks VERY_LOW and LOW.`)),
  ];
}
