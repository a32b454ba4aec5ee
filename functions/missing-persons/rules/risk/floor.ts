import { higherOf, levels, rankOf, type FlagCode, type RiskLevel } from '../terms.ts';
import { blockingOf } from './flags.ts';
import { floorRules, type FloorCase } from './floorRules.ts';
import type { Fired, FloorRule, StandingFloor } from './floorSlice.ts';
import { flagsOf } from './mapping.ts';
import type { RiskSlice } from './slice.ts';

/** The floor at one instant. */
export interface Floor {
  /** The highest level that a rule asks for; VERY_LOW when none fired. */
  readonly level: RiskLevel;
  readonly fired: readonly Fired[];
  /** Levels that cannot be chosen without an inspector's override: under the floor, or VERY_LOW and LOW for a blocking flag (3.6). */
  readonly blocks: readonly RiskLevel[];
  readonly blockingFlags: readonly FlagCode[];
  /** Rules that a missing fact keeps from being judged: one of them that fired before still stands. */
  readonly unjudged: readonly FloorRule[];
  /** The next instant, after now, at which a rule that has not fired could fire by the passing of time (15.1 item 12). */
  readonly nextAt?: string;
}

/** Lowest level that a blocking flag leaves open. */
const overBlocked: RiskLevel = 'MEDIUM';

/** The floor of what is known now (3.5). It gives a minimum; nothing here lowers a level. */
export function floorOf(given: FloorCase): Floor {
  const fired = floorRules.flatMap(row => row.judge(given) ?? []);
  const isFired = (rule: FloorRule): boolean => fired.some(item => item.rule === rule);
  const blockingFlags = blockingOf(flagsOf(given.known));
  const minimum = higherOf(levelOf(fired), blockingFlags.length > 0 ? overBlocked : 'VERY_LOW');
  const waiting = floorRules.flatMap(row => (isFired(row.rule) ? [] : (row.moments?.(given) ?? [])));
  const moments = waiting.flatMap(at => (at === undefined ? [] : [new Date(at).toISOString()])).filter(at => at > given.now).sort();
  return {
    level: levelOf(fired), fired, blockingFlags, blocks: levels.filter(level => rankOf(level) < rankOf(minimum)),
    unjudged: floorRules.filter(row => !isFired(row.rule) && row.isUnjudged?.(given) === true).map(row => row.rule), ...(moments[0] !== undefined && { nextAt: moments[0] }),
  };
}

function levelOf(rules: readonly Fired[]): RiskLevel {
  return rules.reduce<RiskLevel>((level, rule) => higherOf(level, rule.level), 'VERY_LOW');
}

/** What stands after an event: a rule that fired stays, at the higher of its levels, until an assessment (15.1 item 12). */
export function joinFloors(standing: StandingFloor, { fired }: Pick<Floor, 'fired'>): StandingFloor {
  const kept = standing.rules.filter(old => !fired.some(item => item.rule === old.rule && rankOf(item.level) >= rankOf(old.level)));
  const added = fired.filter(item => !kept.some(old => old.rule === item.rule));
  return floorFrom([...kept, ...added]);
}

/** What stands after an assessment: what fires now, and what fired before and cannot be judged now. A feed that is down takes no floor away. */
export function renewedFloor(standing: StandingFloor, { fired, unjudged }: Floor): StandingFloor {
  return floorFrom([...fired, ...standing.rules.filter(rule => unjudged.includes(rule.rule))]);
}

function floorFrom(rules: readonly Fired[]): StandingFloor {
  const order = floorRules.map(row => row.rule);
  return { level: levelOf(rules), rules: [...rules].sort((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule)) };
}

/** What keeps the case from a level: rules above it and, at LOW or under, blocking flags. An inspector's override takes away what it names, and nothing that came later or higher. */
export function barriersTo(level: RiskLevel, floor: { readonly rules: readonly Fired[]; readonly blockingFlags: readonly FlagCode[] }, override: RiskSlice['override']): { readonly rules: Fired[]; readonly flags: FlagCode[] } {
  const isLeft = (rule: Fired): boolean => override?.rules.some(item => item.rule === rule.rule && rankOf(item.level) >= rankOf(rule.level)) !== true;
  const flags = rankOf(level) < rankOf(overBlocked) ? floor.blockingFlags.filter(flag => override?.flags.includes(flag) !== true) : [];
  return { rules: floor.rules.filter(rule => rankOf(rule.level) > rankOf(level) && isLeft(rule)), flags };
}

/** The lowest level without a barrier. */
export function minimumOf(floor: Parameters<typeof barriersTo>[1], override: RiskSlice['override']): RiskLevel {
  const isFree = (level: RiskLevel): boolean => {
    const { rules, flags } = barriersTo(level, floor, override);
    return rules.length === 0 && flags.length === 0;
  };
  return levels.find(isFree) ?? 'HIGH';
}
