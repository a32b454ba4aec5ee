import { unless, type Actor } from '../machine/moment.ts';
import { role, type Failure, type Role } from '../terms.ts';
import type { Circumstances } from './floorRules.ts';
import { saysOnlyTimePassed } from './language.ts';
import type { RiskSettings } from './settings.ts';

/** Facts of the case that the law of risk needs beside its own slice. */
export interface RiskFacts extends Circumstances {
  /** A person owns the case and has said so (A01). */
  readonly isOwnerAcknowledged: boolean;
  /** The circumstances are written down (3.1: 20 characters or more). */
  readonly hasCircumstances: boolean;
  /** Information items and sightings of the case with the server's time of each. */
  readonly information: readonly { readonly id: string; readonly at: string }[];
}

/** Who acts and when, on what facts, under which settings. */
export interface RiskContext {
  readonly actor: Actor;
  readonly facts: RiskFacts;
  readonly settings: RiskSettings;
}

/** The system as an actor: it may raise, and nothing else (I10). */
export function systemAt(now: string): Actor {
  return { now, by: 'system', roles: [], isAttached: false };
}

/** Ranks that decide on risk, the highest first. */
const ranks: readonly Role[] = ['SUPT', 'INSP', 'DI_SIO', 'SGT'];
const rationaleMax = 4000;

/** The role in which somebody acted, for the row: the highest rank they hold, otherwise the first of their roles. */
export function roleOf({ by, roles }: Actor): Role {
  if (by === 'system') return 'SYSTEM';
  return ranks.find(rank => roles.includes(rank)) ?? role.options.find(name => roles.includes(name)) ?? 'ATTENDING';
}

export function roleFailure({ roles }: Actor, who: readonly Role[], [rule, why]: readonly [string, string]): Failure[] {
  return unless(roles.some(name => who.includes(name)), 'ROLE_DENIED', rule, why);
}

/** A rationale says something: `rationale.minChars` characters at least, spaces not padded, and 4,000 at most (3.3). */
export function rationaleFailures(rationale: string, rule: string, { rationaleMinChars }: RiskSettings): Failure[] {
  const length = Array.from(rationale.trim().replaceAll(/\s+/g, ' ')).length;
  return [
    ...unless(length >= rationaleMinChars, 'RATIONALE_TOO_SHORT', rule, `Give the reasons in ${rationaleMinChars} characters or more.`),
    ...unless(rationale.length <= rationaleMax, 'FIELD_INVALID', rule, `The reasons are longer than ${rationaleMax} characters.`),
  ];
}

/** New information: cited by id, of this case, later than the last assessment, and not the passing of time alone (C4). */
export function newInformationFailures(given: { readonly ids: readonly string[]; readonly rationale: string }, since: string, information: RiskFacts['information']): Failure[] {
  const isNew = (id: string): boolean => information.some(item => item.id === id && Date.parse(item.at) > Date.parse(since));
  return [
    ...unless(given.ids.length > 0, 'NO_NEW_INFORMATION', 'C4', 'Name the new information that lowers the risk; time that has passed is none.'),
    ...unless(given.ids.every(isNew), 'NO_NEW_INFORMATION', 'C4', 'Information that is named is not on this case, or was known at the last assessment.'),
    ...unless(!saysOnlyTimePassed(given.rationale), 'NO_NEW_INFORMATION', 'C4', 'That time has passed is no reason to lower the risk: say what the new information changes.'),
  ];
}
