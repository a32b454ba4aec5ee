import { refused, type Refusal } from '../../../../shared/domain/decision.ts';
import { inOrder, openMissing, partnerRoles, type CaseState, type Failure, type RefusalCode, type Role } from '../terms.ts';
import { commandRoles, type CommandName } from './commands.ts';
import type { TransitionRow } from './row.ts';
import { doneBy, notWhile } from './words.ts';

/** Who does a step and when. `isAttached`: on the case, or holding a role of the unit for it. */
export interface Actor {
  readonly now: string;
  readonly by: string;
  readonly roles: readonly Role[];
  readonly isAttached: boolean;
}

export function fail(code: RefusalCode, rule: string, why: string): Failure {
  return { code, rule, why };
}

/** No failure when it is so: reads as the guard. */
export function unless(isSo: boolean, code: RefusalCode, rule: string, why: string): Failure[] {
  return isSo ? [] : [fail(code, rule, why)];
}

/** The refusal that a person hears: the first code by the order of 15.2 item 26, and every failure in a sentence with its rule. */
export function refusalOf(failures: readonly Failure[]): Refusal {
  const [first, ...rest] = inOrder(failures);
  if (!first) throw new Error('a refusal without a failure');
  return refused(first.code, [first, ...rest].map(({ why, rule }) => `${why} (${rule})`).join(' '));
}

export function isFailed(result: unknown): result is readonly Failure[] {
  return Array.isArray(result);
}

/** May this person give this command at all? */
export function roleFailures(command: CommandName, actor: Actor): Failure[] {
  const who: readonly Who[] = commandRoles[command];
  const isPartner = who.includes('PARTNER') && actor.roles.some(role => partnerRoles.has(role));
  return unless(isPartner || isAmong(who, actor), 'ROLE_DENIED', 'role by command', doneBy(who));
}

type Who = Role | 'ATTACHED' | 'PARTNER';

/** Nobody holds the system's role, and who is here as a partner or an auditor alone is not "attached", whoever attached them (15.2 item 28, 0.4). */
function isAmong(who: readonly Who[], { by, roles, isAttached }: Actor): boolean {
  const isOutside = roles.length > 0 && roles.every(role => role === 'AUDITOR' || partnerRoles.has(role));
  return (by === 'system' && who.includes('SYSTEM')) || roles.some(role => role !== 'SYSTEM' && who.includes(role)) || (isAttached && !isOutside && who.includes('ATTACHED'));
}

/** Whether a command has a way from here, and what speaks against it before its own law is asked. */
export interface Asked {
  readonly isPossible: boolean;
  readonly failures: readonly Failure[];
}

/** Of a command with rows in a table of states. */
export function asked<State extends string>(table: readonly TransitionRow<State>[], from: State, command: CommandName, actor: Actor): Asked {
  const row = table.find(item => item.command === command && item.from.includes(from));
  const failures = roleFailures(command, actor);
  if (row) return { isPossible: true, failures: failures.length > 0 ? failures : unless(isAmong(row.who, actor), 'ROLE_DENIED', row.id, doneBy(row.who)) };
  const rows = table.filter(item => item.command === command);
  return { isPossible: false, failures: [fail('TRANSITION_NOT_ALLOWED', rows.map(item => item.id).join(', ') || command, notWhile(from, rows.flatMap(item => item.from))), ...failures] };
}

/** Of a command that leaves the state as it is, and so has no row. */
export function askedBeside(command: CommandName, { isPossible, rule, why }: { readonly isPossible: boolean; readonly rule: string; readonly why: string }, actor: Actor): Asked {
  return { isPossible, failures: [...unless(isPossible, 'TRANSITION_NOT_ALLOWED', rule, why), ...roleFailures(command, actor)] };
}

/** What the law of a command says, with every failure and in the order of 15.2 item 26. Where there is no way at all, its law is not asked: it would speak of a state that is not there. */
export function decided<Done extends object>({ isPossible, failures }: Asked, decide: () => Done | readonly Failure[]): Done | readonly Failure[] {
  if (!isPossible) return inOrder(failures);
  const result = decide();
  if (isFailed(result)) return inOrder([...failures, ...result]);
  return failures.length > 0 ? inOrder(failures) : result;
}

/** Proposer and approver are told apart by user id and not by role (0.4). */
export function isSamePerson(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

export function isOpenMissing(state: CaseState): boolean {
  return openMissing.includes(state);
}

/** A reason that says something. */
export function reasonFailures(reason: string | undefined, rule: string): Failure[] {
  return unless(reason !== undefined && reason.trim().length >= 5, 'REASON_REQUIRED', rule, 'Say why, in a few words.');
}

/** 423 of section 3.11: said wherever somebody would undo or overwrite a formal identification. */
export const lockedByDeath = 'The death was confirmed by formal identification. If that was wrong, take a new report: it begins the search again at once.';
