import { reasonFailures, unless } from '../machine/moment.ts';
import type { Failure, FlagCode } from '../terms.ts';
import { roleFailure, type RiskContext } from './context.ts';
import { blockingOf, flags as flagTable } from './flags.ts';
import { derivedFlags } from './mapping.ts';
import type { Known, RiskSlice } from './slice.ts';

const isDerived = (flag: FlagCode): boolean => flagTable.some(row => row.code === flag && row.isDerived);

/** The flags that the case blocks VERY_LOW and LOW by. */
export function blockingFlagsOf({ flags }: Pick<Known, 'flags'>): FlagCode[] {
  return blockingOf(flags.map(item => item.flag));
}

/** Sets a flag (SetFlag), or gives a standing one a new date of review. REPEAT is the system's (TRANSITION_NOT_ALLOWED); a flag needs its source (FIELD_INVALID). */
export function setFlag<K extends Known>(slice: K, given: { readonly flag: FlagCode; readonly source: string; readonly reviewAt?: string }, { actor: { by, now } }: Pick<RiskContext, 'actor'>): K | readonly Failure[] {
  const failures = [
    ...unless(!isDerived(given.flag), 'TRANSITION_NOT_ALLOWED', '3.6', `The flag ${given.flag} is worked out from the episodes; nobody sets it.`),
    ...unless(given.source.trim().length > 0, 'FIELD_INVALID', '3.6', 'Say where the flag comes from.'),
  ];
  if (failures.length > 0) return failures;
  const standing = slice.flags.find(item => item.flag === given.flag);
  const held = { flag: given.flag, setBy: by, at: now, source: given.source, ...standing, ...(given.reviewAt !== undefined && { reviewAt: given.reviewAt }) };
  return { ...slice, flags: [...slice.flags.filter(item => item.flag !== given.flag), held] };
}

/**
 * Clears a flag (ClearFlag), with a reason; the date of its review clears nothing. What it made the floor fire stands until an assessment, and who clears it cannot approve the
 * reduction that it stood against. Refusals: NOT_FOUND, TRANSITION_NOT_ALLOWED (REPEAT), ROLE_DENIED, REASON_REQUIRED, GUARD_UNMET while an answer or a factor still stands for it.
 */
export function clearFlag(slice: RiskSlice, { flag, reason }: { readonly flag: FlagCode; readonly reason: string }, { actor }: Pick<RiskContext, 'actor'>): RiskSlice | readonly Failure[] {
  const signs = derivedFlags(slice).filter(item => item.flag === flag).map(item => item.from);
  const failures = [
    ...unless(slice.flags.some(item => item.flag === flag), 'NOT_FOUND', '3.6', `The flag ${flag} is not set.`),
    ...unless(!isDerived(flag), 'TRANSITION_NOT_ALLOWED', '3.6', `The flag ${flag} is worked out from the episodes; nobody clears it.`),
    ...roleFailure(actor, ['SGT', 'INSP', 'DI_SIO', 'SUPT'], ['3.6', 'A supervisor clears a flag.']),
    ...reasonFailures(reason, '3.6'),
    ...unless(signs.length === 0, 'GUARD_UNMET', '3.6', `Correct first what stands for the flag: ${signs.join(', ')}.`),
  ];
  if (failures.length > 0) return failures;
  return { ...slice, flags: slice.flags.filter(item => item.flag !== flag), clearedFlags: [...slice.clearedFlags, { flag, by: actor.by, at: actor.now, reason }] };
}

/** With the flags that answers and factors stand for, and REPEAT from CFG `repeat.count` episodes in the window. A flag stays when its sign goes: it lapses by an act only (15.1 item 12). */
export function withDerivedFlags<K extends Known>(slice: K, { actor: { now }, facts, settings }: RiskContext): K {
  const isRepeat = facts.earlierInWindow + 1 >= settings.repeatCount;
  const wanted = [...derivedFlags(slice), ...(isRepeat ? [{ flag: 'REPEAT' as const, from: 'episodes' }] : [])];
  const missing = wanted.filter((item, index) => !slice.flags.some(held => held.flag === item.flag) && wanted.findIndex(other => other.flag === item.flag) === index);
  return missing.length === 0 ? slice : { ...slice, flags: [...slice.flags, ...missing.map(({ flag, from }) => ({ flag, setBy: 'system', at: now, source: from }))] };
}
