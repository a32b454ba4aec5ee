import { refused, type Refusal } from '../../../../shared/domain/decision.ts';
import { inOrder, openMissing, type CaseState, type Failure, type RefusalCode, type Role } from '../terms.ts';
import { commandRoles, type CommandName } from './commands.ts';
import type { TransitionRow } from './row.ts';

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
export function roleFailures(command: CommandName, { roles, isAttached, by }: Actor): Failure[] {
  const who: readonly string[] = commandRoles[command];
  const isSystem = by === 'system' && who.includes('SYSTEM');
  const isPartner = who.includes('PARTNER') && roles.some(role => role === 'LA_PARTNER' || role === 'CARE_PROVIDER');
  const may = isSystem || isPartner || roles.some(role => who.includes(role)) || (isAttached && who.includes('ATTACHED'));
  return unless(may, 'ROLE_DENIED', 'role by command', `This is done by ${who.map(plain).join(', ')}.`);
}

const plain = (role: string): string => (role === 'ATTACHED' ? 'anyone attached to the case' : role === 'PARTNER' ? 'a partner' : role);

/** The row by which a command moves this state, or why there is none. */
export function rowFor<State extends string>(table: readonly TransitionRow<State>[], from: State, command: CommandName, actor: Actor): TransitionRow<State> | Failure[] {
  const row = table.find(item => item.command === command && item.from.includes(from));
  if (!row) {
    const rows = table.filter(item => item.command === command);
    const froms = [...new Set(rows.flatMap(item => item.from))].join(', ');
    return [fail('TRANSITION_NOT_ALLOWED', rows.map(item => item.id).join(', ') || command, `This is not possible while it stands at ${from}; it is from ${froms}.`)];
  }
  const failures = roleFailures(command, actor);
  const mayRow = (actor.by === 'system' && row.who.includes('SYSTEM')) || actor.roles.some(role => row.who.includes(role)) || (actor.isAttached && row.who.includes('ATTACHED'));
  if (!mayRow && failures.length === 0) failures.push(fail('ROLE_DENIED', row.id, `This is done by ${row.who.map(plain).join(', ')}.`));
  return failures.length > 0 ? failures : row;
}

export function isOpenMissing(state: CaseState): boolean {
  return openMissing.includes(state);
}

/** A reason that says something. */
export function reasonFailures(reason: string | undefined, rule: string): Failure[] {
  return unless(reason !== undefined && reason.trim().length >= 5, 'REASON_REQUIRED', rule, 'Say why, in a few words.');
}
