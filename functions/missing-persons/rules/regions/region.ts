import type { AuditKind, Fact } from '../../../../shared/domain/decision.ts';
import type { CommandName } from '../machine/commands.ts';
import { fail, type Actor } from '../machine/moment.ts';
import type { Failure, Role } from '../terms.ts';
import { doneBy, notWhile } from '../machine/words.ts';

/**
 * The small engine of the parallel regions (2.5, 15.2 item 27): rows as in 2.1. A region never looks at the state of the case: what it must know of it comes in as facts, so
 * that no region can hold up another.
 */
export interface RegionRow<State extends string = string, Command extends string = string> {
  readonly id: string;
  readonly from: readonly State[];
  readonly command: Command;
  /** The command at the edge under which this is given; absent for consequences that only the system draws. */
  readonly via?: CommandName;
  readonly who: readonly (Role | 'ATTACHED')[];
  readonly guard: string;
  /** Where it may lead; the law picks one of them. */
  readonly to: readonly State[];
  readonly source: string;
}

/** What tasks, notices and pages must do because of a step; the lead's law turns each into its task or message. */
type WantName =
  | 'PAGE_OWNER' | 'PAGE_SENDER' | 'PAGE_INSP' | 'TRANSFER_OFFERED_TASK' | 'TRANSFER_WATCH_TASK' | 'OTHER_FORCE_PACK' | 'PUBLISH' | 'WITHDRAW_PUBLICITY' | 'REDECIDE_PUBLICITY_TASK' | 'RECALL_PHOTO' | 'PNC_CIRCULATE_TASK' | 'PNC_CANCEL_TASK'
  | 'CRA_PACK' | 'CRA_STAND_DOWN' | 'CD_SPOC_REQUEST' | 'CD_WRITE_UP_TASK' | 'CD_CANCEL_TASK' | 'LIVE_LINK_APPROVAL' | 'SEND_LIVE_LINK' | 'RHI_REFERRAL_TASK' | 'RHI_REFERRAL_NOTICE' | 'RHI_CHASE_TASK' | 'CREDIBLE_SIGHTING_TASK' | 'SIGHTING_ASSESS'
  | 'DISPOSE_BIOMETRICS_TASK';
export interface Want {
  readonly what: WantName;
  /** An id or an enumerated word; never content. */
  readonly about?: string;
}

/** What must be looked at again and when. The handler is idempotent by (key, at), as a timer may fire twice (2.6). */
export interface DueItem {
  readonly key: string;
  /** UTC ISO 8601. */
  readonly at: string;
  readonly what: string;
}

export interface RegionMove<Slice> {
  readonly slice: Slice;
  readonly facts: readonly Fact[];
  readonly wants: readonly Want[];
}
export type RegionAnswer<Slice> = RegionMove<Slice> | readonly Failure[];

/** The row by which this command moves this state, or why there is none or not for this person. */
export function rowIn<State extends string, Command extends string>(table: readonly RegionRow<State, Command>[], from: State, command: Command, actor: Actor): RegionRow<State, Command> | Failure[] {
  const rows = table.filter(row => row.command === command);
  const row = rows.find(item => item.from.includes(from));
  if (!row) return [fail('TRANSITION_NOT_ALLOWED', rows.map(item => item.id).join(', ') || command, notWhile(from, rows.flatMap(item => item.from)))];
  return isAllowed(row.who, actor) ? row : [fail('ROLE_DENIED', row.id, doneBy(row.who))];
}

function isAllowed(who: readonly (Role | 'ATTACHED')[], { by, roles, isAttached }: Actor): boolean {
  return (by === 'system' && who.includes('SYSTEM')) || roles.some(role => role !== 'SYSTEM' && who.includes(role)) || (isAttached && who.includes('ATTACHED'));
}

/** A step that was taken; `kind` is the DPA 2018 s62 operation. */
export function take<Slice>(slice: Slice, what: string, kind: AuditKind = 'alteration', ...wants: readonly Want[]): RegionMove<Slice> {
  return { slice, facts: [{ what, kind }], wants };
}

/** The same, with ids and enumerated words for the audit. */
export function about<Slice>(move: RegionMove<Slice>, words: NonNullable<Fact['about']>): RegionMove<Slice> {
  return { ...move, facts: move.facts.map(fact => ({ ...fact, about: words })) };
}

/** Who draws the consequences of found, body found and time gone by. */
export function systemAt(now: string): Actor {
  return { now, by: 'system', roles: [], isAttached: false };
}

export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
