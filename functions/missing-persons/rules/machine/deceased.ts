import type { Failure } from '../terms.ts';
import type { CaseSlice } from './caseSlice.ts';
import { caseTable } from './caseTable.ts';
import type { Moved } from './found.ts';
import { isFailed, isOpenMissing, reasonFailures, rowFor, unless, type Actor } from './moment.ts';
import { plusMinutes } from './report.ts';

export type DeceasedCommand =
  | { readonly do: 'RecordBody'; readonly place: string; readonly reason: string; readonly bodyFoundAt: string; readonly coronerRef?: string; readonly treatAsSuspicious: boolean }
  | { readonly do: 'ConfirmDeceased'; readonly coronerRef: string; readonly method: NonNullable<NonNullable<CaseSlice['deceased']>['method']> }
  | { readonly do: 'RefuteDeceased'; readonly reason: string }
  | { readonly do: 'RecordFamilyTold' }
  | { readonly do: 'ReleaseDeath' };

type Given = Pick<Moved, 'file' | 'clocks'>;

export function decideDeceased(given: Given, command: DeceasedCommand, actor: Actor): Moved | readonly Failure[] {
  if (command.do === 'RecordFamilyTold') return familyTold(given, actor);
  if (command.do === 'ReleaseDeath') return release(given, actor);
  const row = rowFor(caseTable, given.file.state, command.do, actor);
  if (isFailed(row)) return row;
  if (command.do === 'RecordBody') return recordBody(given, command, actor);
  return command.do === 'ConfirmDeceased' ? confirm(given, command, actor) : refute(given, command.reason, actor);
}

/** C10: nothing automatic reaches the family, partners or the public from here on; publicity is frozen, tasks are held. */
function recordBody({ file, clocks }: Given, { place, reason, bodyFoundAt, coronerRef, treatAsSuspicious }: Extract<DeceasedCommand, { do: 'RecordBody' }>, { by, now }: Actor): Moved | readonly Failure[] {
  const failures = [
    ...unless(place.trim().length > 0, 'FIELD_INVALID', 'C10', 'Say where the body was found.'), ...reasonFailures(reason, 'C10'), ...unless(bodyFoundAt <= plusMinutes(now, 2), 'TIME_IN_FUTURE', 'C10', 'The time lies in the future.'),
  ];
  if (failures.length > 0) return failures;
  const deceased = { recordedBy: by, recordedAt: now, place, reason, bodyFoundAt, treatAsSuspicious, ...(coronerRef !== undefined && { coronerRef }) };
  // The missing state stays where C22 looks for it; that the person had been verified shows in the clock (C12).
  const from = isOpenMissing(file.state) ? file.state : file.cameFrom ?? 'ACTIVE';
  return { file: { ...file, state: 'DECEASED_PENDING_ID', enteredAt: now, cameFrom: from, deceased }, clocks, then: ['HOLD_ALL', 'DECEASED_TASKS'] };
}

/** C11 with C21 in the same step. T_LOCATED is when the body was found, T_VERIFIED is now (15.1 item 14). */
function confirm({ file, clocks }: Given, { coronerRef, method }: Extract<DeceasedCommand, { do: 'ConfirmDeceased' }>, { by, now }: Actor): Moved | readonly Failure[] {
  const { deceased } = file;
  const failures = unless(coronerRef.trim().length > 0 && deceased !== undefined, 'EVIDENCE_MISSING', 'C11', "Give the coroner's reference.");
  if (failures.length > 0 || !deceased) return failures;
  return {
    file: { ...file, state: 'RETURN_ACTIONS', enteredAt: now, stoppedAt: now, deceased: { ...deceased, coronerRef, method, confirmedBy: by, confirmedAt: now } },
    clocks: { ...clocks, located: deceased.bodyFoundAt, verified: now }, then: ['PURGE_OUTBOX', 'DECEASED_RETURN'],
  };
}

/** C12: it is not the person. The case goes on where it was; the family hears it first. */
function refute({ file, clocks }: Given, reason: string, { now }: Actor): Moved | readonly Failure[] {
  const failures = reasonFailures(reason, 'C12');
  if (failures.length > 0 || !file.deceased) return failures;
  const to = clocks.verified === undefined ? file.cameFrom ?? 'ACTIVE' : 'RETURN_ACTIONS';
  return { file: { ...file, state: to, enteredAt: now, deceased: { ...file.deceased, refutedAt: now } }, clocks, then: isOpenMissing(to) ? ['RELEASE_AFTER_FAMILY', 'RESUME_TASKS'] : ['RELEASE_AFTER_FAMILY'] };
}

function familyTold({ file, clocks }: Given, { by, now }: Actor): Moved | readonly Failure[] {
  if (!file.deceased || file.deceased.familyToldAt !== undefined) return unless(false, 'TRANSITION_NOT_ALLOWED', 'D02', 'There is nothing to tell, or the family has been told.');
  return { file: { ...file, deceased: { ...file.deceased, familyToldBy: by, familyToldAt: now } }, clocks, then: [] };
}

/** No partner hears of a death before the senior investigator releases it (15.1 item 14), and not before the family. */
function release({ file, clocks }: Given, { now }: Actor): Moved | readonly Failure[] {
  const { deceased } = file;
  const failures = [
    ...unless(deceased?.confirmedAt !== undefined, 'TRANSITION_NOT_ALLOWED', 'C21', 'The death is not confirmed.'), ...unless(deceased?.familyToldAt !== undefined, 'GUARD_UNMET', 'D02', 'The family is told first, in person.'),
  ];
  if (failures.length > 0 || !deceased) return failures;
  return { file: { ...file, deceased: { ...deceased, releaseAt: now } }, clocks, then: ['STAND_DOWN'] };
}
