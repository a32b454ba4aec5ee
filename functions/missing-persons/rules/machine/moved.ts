import type { Failure } from '../terms.ts';
import type { CaseSlice } from './caseSlice.ts';
import { unless } from './moment.ts';

/** The case in its new state, entered now. */
export function moved(file: CaseSlice, state: CaseSlice['state'], now: string, set: Partial<CaseSlice> = {}): CaseSlice {
  return { ...file, ...set, state, enteredAt: now };
}

/** What a command names must be there: a review that is done, an information item. */
export function known(ids: readonly string[], id: string, rule: string, what: string): Failure[] {
  return unless(ids.includes(id), 'GUARD_UNMET', rule, `Name ${what}.`);
}
