import { isOpen } from '../terms.ts';
import type { CaseSlice } from './caseSlice.ts';
import { caseTable } from './caseTable.ts';
import { hasCome, utc } from './instants.ts';
import { asked, askedBeside, decided, isOpenMissing, lockedByDeath, reasonFailures, unless, type Actor } from './moment.ts';
import { withoutProposals, type Answer, type Given, type Moved } from './moved.ts';

export type DeceasedCommand =
  | { readonly do: 'RecordBody'; readonly place: string; readonly reason: string; readonly bodyFoundAt: string; readonly coronerRef?: string; readonly treatAsSuspicious: boolean }
  | { readonly do: 'ConfirmDeceased'; readonly coronerRef: string; readonly method: NonNullable<NonNullable<CaseSlice['deceased']>['method']> }
  | { readonly do: 'RefuteDeceased'; readonly reason: string }
  | { readonly do: 'RecordFamilyTold' }
  | { readonly do: 'ReleaseDeath' };

export interface DeceasedFacts {
  /** The task D02 of this telling is done, or does not apply because there is no family to tell. */
  readonly isFamilyTaskOver: boolean;
}

/** What becomes of the case when a body is found (C10 to C12, C21), or every reason why not. */
export function decideDeceased(given: Given, command: DeceasedCommand, actor: Actor, facts: DeceasedFacts = { isFamilyTaskOver: false }): Answer {
  const { file } = given;
  switch (command.do) {
    case 'RecordFamilyTold': {
      const isPossible = isOpen(file.state) && file.deceased !== undefined && file.deceased.familyToldAt === undefined;
      return decided(askedBeside(command.do, { isPossible, rule: 'D02', why: 'There is nothing to tell, or the family has been told.' }, actor), () => familyTold(given, actor));
    }
    case 'ReleaseDeath': {
      const isPossible = file.state === 'RETURN_ACTIONS' && file.deceased?.confirmedAt !== undefined && file.deceased.releaseAt === undefined;
      return decided(askedBeside(command.do, { isPossible, rule: 'C21', why: 'The death is not confirmed, or it is released already.' }, actor), () => release(given, facts, actor));
    }
    default: return decided(asked(caseTable, file.state, command.do, actor), () => move(given, command, actor));
  }
}

function move(given: Given, command: Exclude<DeceasedCommand, { readonly do: 'RecordFamilyTold' | 'ReleaseDeath' }>, actor: Actor): Answer {
  if (command.do === 'RecordBody') return recordBody(given, command, actor);
  return command.do === 'ConfirmDeceased' ? confirm(given, command, actor) : refute(given, command.reason, actor);
}

/** C10: nothing automatic reaches the family, partners or the public from here on; publicity is frozen, tasks are held. */
function recordBody({ file, clocks }: Given, { place, reason, bodyFoundAt, coronerRef, treatAsSuspicious }: Extract<DeceasedCommand, { do: 'RecordBody' }>, { by, now }: Actor): Answer {
  const failures = [
    ...unless(place.trim().length > 0, 'FIELD_INVALID', 'C10', 'Say where the body was found.'), ...reasonFailures(reason, 'C10'), ...unless(hasCome(bodyFoundAt, now), 'TIME_IN_FUTURE', 'C10', 'The time lies in the future.'),
    ...unless(file.deceased?.confirmedAt === undefined, 'CASE_LOCKED_DECEASED', 'C10', lockedByDeath),
  ];
  if (failures.length > 0) return failures;
  const deceased = { recordedBy: by, recordedAt: now, place, reason, bodyFoundAt: utc(bodyFoundAt), treatAsSuspicious, ...(coronerRef !== undefined && { coronerRef }) };
  // The missing state stays where C22 looks for it; that the person had been verified shows in the clock (C12).
  const from = isOpenMissing(file.state) ? file.state : file.cameFrom ?? 'ACTIVE';
  // What was proposed of the case before is proposed again or not at all: nobody closes or cancels on words that knew of no body.
  return { file: { ...withoutProposals(file), state: 'DECEASED_PENDING_ID', enteredAt: now, cameFrom: from, deceased }, clocks, then: ['HOLD_ALL', 'DECEASED_TASKS'] };
}

/** What the family was told before does not tell them this: each of C10, C11 and C12 asks for a telling of its own (15.1 item 13, D02). */
function untold({ familyToldBy: _b, familyToldAt: _a, ...deceased }: NonNullable<CaseSlice['deceased']>): NonNullable<CaseSlice['deceased']> {
  return deceased;
}

/** C11 with C21 in the same step. T_LOCATED is when the body was found, T_VERIFIED is now (15.1 item 14). */
function confirm({ file, clocks }: Given, { coronerRef, method }: Extract<DeceasedCommand, { do: 'ConfirmDeceased' }>, { by, now }: Actor): Answer {
  const { deceased } = file;
  const failures = unless(coronerRef.trim().length > 0 && deceased !== undefined, 'EVIDENCE_MISSING', 'C11', "Give the coroner's reference.");
  if (failures.length > 0 || !deceased) return failures;
  return {
    file: { ...file, state: 'RETURN_ACTIONS', enteredAt: now, stoppedAt: now, deceased: { ...untold(deceased), coronerRef, method, confirmedBy: by, confirmedAt: now } },
    clocks: { ...clocks, located: deceased.bodyFoundAt, verified: now }, then: ['PURGE_OUTBOX', 'DECEASED_RETURN'],
  };
}

/** C12: it is not the person. The case goes on where it was (15.1 item 13): in the return, in the verification of a report of "found", or missing. The family hears it before anybody else. */
function refute({ file, clocks }: Given, reason: string, { now }: Actor): Answer {
  const failures = reasonFailures(reason, 'C12');
  if (failures.length > 0 || !file.deceased) return failures;
  const { cameFrom, ...rest } = file;
  const deceased = { ...untold(file.deceased), refutedAt: now };
  if (clocks.verified !== undefined) return { file: { ...file, state: 'RETURN_ACTIONS', enteredAt: now, deceased }, clocks, then: ['RELEASE_AFTER_FAMILY'] };
  if (file.located) return { file: { ...file, state: 'LOCATED_UNVERIFIED', enteredAt: now, deceased }, clocks, then: ['RELEASE_AFTER_FAMILY'] };
  return { file: { ...rest, state: cameFrom ?? 'ACTIVE', enteredAt: now, deceased }, clocks, then: ['RELEASE_AFTER_FAMILY', 'RESUME_TASKS'] };
}

function familyTold({ file, clocks }: Given, { by, now }: Actor): Moved {
  return { file: { ...file, ...(file.deceased && { deceased: { ...file.deceased, familyToldBy: by, familyToldAt: now } }) }, clocks, then: [] };
}

/** No partner hears of a death before the senior investigator releases it (15.1 item 14), and not before the family. */
function release({ file, clocks }: Given, { isFamilyTaskOver }: DeceasedFacts, { now }: Actor): Answer {
  const { deceased } = file;
  const failures = unless(deceased?.familyToldAt !== undefined || isFamilyTaskOver, 'GUARD_UNMET', 'D02', 'The family is told first, in person.');
  return failures.length > 0 || !deceased ? failures : { file: { ...file, deceased: { ...deceased, releaseAt: now } }, clocks, then: ['STAND_DOWN'] };
}
