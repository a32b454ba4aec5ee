import type { Failure } from '../terms.ts';
import type { CaseSlice, Clocks } from './caseSlice.ts';
import { unless } from './moment.ts';

/** What a step has come to: the case, its clocks, and what must follow in the same transaction. */
export interface Moved {
  readonly file: CaseSlice;
  readonly clocks: Clocks;
  readonly then: readonly Follow[];
}
/** What follows from a move: tasks held, resumed, cancelled, regenerated; messages purged, held, released. The law does them in the same step. */
export type Follow =
  | 'HOLD_TASKS' | 'RESUME_TASKS' | 'CANCEL_FOUND' | 'RETURN_TASKS' | 'REGENERATE_TASKS' | 'PURGE_OUTBOX' | 'STAND_DOWN' | 'HOLD_ALL' | 'RELEASE_AFTER_FAMILY' | 'DECEASED_TASKS' | 'DECEASED_RETURN' | 'CLOSE_TASKS'
  | 'STAND_DOWN_ERROR' | 'TELL_AGAIN' | 'LONG_TERM_TASKS' | 'SUSPENDED_NEWS' | 'REVIEW_AT_ONCE';
/** The case that a command is about. */
export type Given = Pick<Moved, 'file' | 'clocks'>;
/** What becomes of it, or every reason why not. */
export type Answer = Moved | readonly Failure[];

/** The case in its new state, entered now. */
export function moved(file: CaseSlice, state: CaseSlice['state'], now: string, set: Partial<CaseSlice> = {}): CaseSlice {
  return { ...file, ...set, state, enteredAt: now };
}

/** What was proposed of the case before does not outlive a report of "found" or a body: it was proposed of a case that nobody had found. */
export function withoutProposals({ cancelling: _c, closing: _p, ...file }: CaseSlice): CaseSlice {
  return file;
}

/** What a command names must be there: a review that is done, an information item. */
export function known(ids: readonly string[], id: string, rule: string, what: string): Failure[] {
  return unless(ids.includes(id), 'GUARD_UNMET', rule, `Name ${what}.`);
}
