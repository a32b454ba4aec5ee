import type { Failure, RiskLevel } from '../terms.ts';
import type { CaseSlice, Verification } from './caseSlice.ts';
import { caseTable } from './caseTable.ts';
import { hasCome, isAtOrAfter, isSameInstant, plusMinutes, utc } from './instants.ts';
import { asked, askedBeside, decided, isOpenMissing, isSamePerson, lockedByDeath, reasonFailures, unless, type Actor } from './moment.ts';
import { withoutProposals, type Answer, type Given, type Moved } from './moved.ts';

export interface FoundFacts {
  readonly level: RiskLevel;
  readonly isUnder18: boolean;
  /** Minutes in which a report of "found" must be verified, by level (CFG `located.verify.dueHours`). */
  readonly verifyWithinMinutes: number;
  /** Professionals besides the police whose look counts (CFG). */
  readonly allowedProfessionals: boolean;
}

export type FoundCommand =
  | { readonly do: 'ReportLocated'; readonly reportedBy: string; readonly at: string; readonly place: string; readonly how: string }
  | { readonly do: 'AgreeHold' }
  | { readonly do: 'RefuteLocated'; readonly reason: string; readonly isRefuted: boolean }
  | { readonly do: 'VerifyLocated'; readonly verification: Omit<Verification, 'by' | 'at' | 'confirmedBy' | 'confirmedAt'>; readonly returnedAt?: string; readonly returnPlace?: NonNullable<CaseSlice['returnPlace']> }
  | { readonly do: 'ConfirmVerification' }
  | { readonly do: 'WithdrawVerification'; readonly reason: string };

/** What becomes of the case when somebody says that the person is found (C6 to C8, C22), or every reason why not. */
export function decideFound(given: Given, command: FoundCommand, facts: FoundFacts, actor: Actor): Answer {
  const { file } = given;
  switch (command.do) {
    case 'AgreeHold': {
      const isPossible = file.state === 'LOCATED_UNVERIFIED' && file.located !== undefined && file.located.holdAgreedBy === undefined;
      return decided(askedBeside(command.do, { isPossible, rule: 'C6', why: 'Nothing waits for this agreement.' }, actor), () => agreeHold(given, actor));
    }
    case 'ConfirmVerification': {
      const isPossible = file.state === 'RETURN_ACTIONS' && file.verification !== undefined && file.verification.confirmedBy === undefined;
      return decided(askedBeside(command.do, { isPossible, rule: 'C8', why: 'There is no verification to confirm.' }, actor), () => confirmVerification(given, actor));
    }
    default: return decided(asked(caseTable, file.state, command.do, actor), () => move(given, command, facts, actor));
  }
}

function move(given: Given, command: Exclude<FoundCommand, { readonly do: 'AgreeHold' | 'ConfirmVerification' }>, facts: FoundFacts, actor: Actor): Answer {
  switch (command.do) {
    case 'ReportLocated': return reportLocated(given, command, facts, actor);
    case 'RefuteLocated': return refuteLocated(given, command, facts, actor);
    case 'VerifyLocated': return verify(given, command, facts, actor);
    case 'WithdrawVerification': return withdrawVerification(given, command.reason, actor);
  }
}

/** Nothing of a search stops for a reported sighting of somebody at HIGH or of a child, before a supervisor agrees (15.1 item 4). */
function reportLocated({ file, clocks }: Given, { reportedBy, at, place, how }: Extract<FoundCommand, { do: 'ReportLocated' }>, { level, isUnder18 }: FoundFacts, { by, now, roles }: Actor): Answer {
  const failures = [
    ...unless([reportedBy, place, how].every(item => item.trim().length > 0), 'FIELD_INVALID', 'C6', 'Say who reported it, where and how.'), ...unless(hasCome(at, now), 'TIME_IN_FUTURE', 'C6', 'The time lies in the future.'),
  ];
  if (failures.length > 0) return failures;
  const isAgreed = roles.includes('SGT') || roles.includes('INSP');
  const located = { reportedBy, at: utc(at), place, how, recordedBy: by, recordedAt: now, ...(isAgreed && { holdAgreedBy: by, holdAgreedAt: now }) };
  const mayHold = isAgreed || (level !== 'HIGH' && !isUnder18);
  return { file: { ...withoutProposals(file), state: 'LOCATED_UNVERIFIED', enteredAt: now, cameFrom: file.state, located }, clocks, then: mayHold ? ['HOLD_TASKS'] : [] };
}

function agreeHold({ file, clocks }: Given, { by, now }: Actor): Moved {
  return { file: { ...file, ...(file.located && { located: { ...file.located, holdAgreedBy: by, holdAgreedAt: now } }) }, clocks, then: ['HOLD_TASKS'] };
}

function refuteLocated({ file, clocks }: Given, { reason, isRefuted }: Extract<FoundCommand, { do: 'RefuteLocated' }>, { verifyWithinMinutes }: FoundFacts, { now }: Actor): Answer {
  const failures = [
    ...reasonFailures(reason, 'C7'), ...unless(isRefuted || isAtOrAfter(now, plusMinutes(file.enteredAt, verifyWithinMinutes)), 'TOO_EARLY', 'C7', `Either the sighting is refuted, or ${verifyWithinMinutes} minutes have passed without anybody seeing the person.`),
  ];
  if (failures.length > 0) return failures;
  const { located: _, cameFrom, ...rest } = withoutProposals(file);
  return { file: { ...rest, state: cameFrom ?? 'OPEN_UNCONFIRMED', enteredAt: now }, clocks, then: ['RESUME_TASKS'] };
}

/** C8 with C9 in the same step: found, every clock of the search stops, and what the return asks for begins. */
function verify({ file, clocks }: Given, { verification, returnedAt, returnPlace }: Extract<FoundCommand, { do: 'VerifyLocated' }>, facts: FoundFacts, { by, now }: Actor): Answer {
  const failures = verifyFailures(file, verification, facts, now);
  if (returnedAt !== undefined) failures.push(...unless(hasCome(returnedAt, now), 'TIME_IN_FUTURE', 'C8', 'The return lies in the future.'));
  if (failures.length > 0) return failures;
  const from = isOpenMissing(file.state) ? file.state : file.cameFrom ?? 'OPEN_UNCONFIRMED';
  const locatedAt = utc(verification.locatedAt);
  return {
    file: { ...withoutProposals(file), state: 'RETURN_ACTIONS', enteredAt: now, cameFrom: from, stoppedAt: now, verification: { ...verification, locatedAt, by, at: now }, ...(returnPlace !== undefined && { returnPlace }) },
    clocks: { ...clocks, located: locatedAt, verified: now, ...(returnedAt !== undefined && { returned: utc(returnedAt) }) },
    then: ['CANCEL_FOUND', 'PURGE_OUTBOX', 'STAND_DOWN', 'RETURN_TASKS'],
  };
}

type VerificationGiven = Extract<FoundCommand, { do: 'VerifyLocated' }>['verification'];
const isSaid = (text: string | undefined): boolean => text !== undefined && text.trim().length > 0;

function verifyFailures(file: CaseSlice, verification: VerificationGiven, facts: FoundFacts, now: string): Failure[] {
  const isOther = file.located !== undefined && !isSameInstant(verification.locatedAt, file.located.at);
  return [
    ...unless(isSaid(verification.identityCheck), 'EVIDENCE_MISSING', 'C8', 'Say how it was made sure who the person is.'),
    ...unless(isSaid(verification.place), 'FIELD_INVALID', 'C8', 'Say where the person was found.'),
    ...unless(hasCome(verification.locatedAt, now), 'TIME_IN_FUTURE', 'C8', 'The time at which the person was found lies in the future.'),
    ...unless(!isOther || isSameInstant(verification.locatedAt, now) || isSaid(verification.locatedAtReason), 'REASON_REQUIRED', 'S01', 'The time differs from the one that was reported: say why.'),
    ...seenFailures(verification, facts),
  ];
}

/** Face to face, but by telephone for an adult at LOW or VERY_LOW with a reason [S34][DK]. */
function seenFailures(verification: VerificationGiven, { level, isUnder18, allowedProfessionals }: FoundFacts): Failure[] {
  switch (verification.method) {
    case 'SEEN_BY_POLICE': return [];
    case 'BY_PHONE': return unless(!isUnder18 && (level === 'LOW' || level === 'VERY_LOW') && isSaid(verification.phoneReason), 'FACE_TO_FACE_REQUIRED', 'C8', 'The person is seen face to face; by telephone only an adult at LOW or VERY_LOW, with a reason.');
    case 'SEEN_BY_PROFESSIONAL': return [...unless(allowedProfessionals, 'FACE_TO_FACE_REQUIRED', 'C8', 'In this force an officer sees the person.'), ...seenBy(verification)];
    case 'OTHER_FORCE': return seenBy(verification);
  }
}

function seenBy(verification: VerificationGiven): Failure[] {
  return unless(isSaid(verification.seenBy), 'EVIDENCE_MISSING', 'C8', 'Say who saw the person.');
}

function confirmVerification({ file, clocks }: Given, { by, now }: Actor): Answer {
  const { verification } = file;
  const failures = unless(!isSamePerson(verification?.by, by), 'SEGREGATION', 'C8', 'The officer who saw the person cannot confirm it.');
  return failures.length > 0 || !verification ? failures : { file: { ...file, verification: { ...verification, confirmedBy: by, confirmedAt: now } }, clocks, then: [] };
}

/**
 * C22: the verification was wrong. The person is missing again, in the same episode and on the same clock of report. A death that was identified formally is no verification of an officer's
 * and is not taken back by one: the spec has no such step, and a new report (C19) begins the search again at once.
 */
function withdrawVerification({ file, clocks: { located: _l, verified: _v, returned: _r, ...clocks } }: Given, reason: string, { by, now }: Actor): Answer {
  const failures = [...reasonFailures(reason, 'C22'), ...unless(file.deceased?.confirmedAt === undefined, 'CASE_LOCKED_DECEASED', 'C22', lockedByDeath)];
  if (failures.length > 0) return failures;
  const { verification: _, located: _old, stoppedAt: _s, returnPlace: _p, cameFrom, ...rest } = withoutProposals(file);
  return {
    file: { ...rest, state: cameFrom ?? 'ACTIVE', enteredAt: now, reopenings: [...file.reopenings, { rule: 'C22', by, at: now, reason }] }, clocks, then: ['REGENERATE_TASKS', 'REVIEW_AT_ONCE'],
  };
}
