import { caseTable } from '../../../../functions/missing-persons/rules/machine/caseTable.ts';
import { isFailed, type Actor } from '../../../../functions/missing-persons/rules/machine/moment.ts';
import type { Given } from '../../../../functions/missing-persons/rules/machine/moved.ts';
import { caseState, openMissing, type Role } from '../../../../functions/missing-persons/rules/terms.ts';
import { after, caseAt, commands, world, type Command, type Decide, type Name, type World } from './world.ts';

/** One thing that somebody tries: which command, who, how long after the last, and which of the facts and fields are bad. */
export interface Try { readonly pick: number; readonly who: number; readonly minutes: number; readonly bad: number }

const all: readonly Role[] = ['ATTENDING', 'OIC', 'SGT', 'INSP', 'DI_SIO', 'SUPT', 'FLO', 'MFH_COORD', 'CALL_HANDLER'];
/** Two who may do everything, so that nothing but segregation keeps them apart, and some who may do little. */
const people: readonly (readonly [string, readonly Role[]])[] = [['ann', all], ['ben', all], ['ann', all], ['ben', all], ['ann', all], ['ben', all], ['ann', all], ['ben', all], ['ANN', all], ['cat', ['OIC']], ['dan', ['SGT']], ['eve', ['LA_PARTNER']], ['fay', ['AUDITOR']]];

const names = Object.values(commands).map(({ do: name }) => name);
const rowed = new Map(caseState.options.map(state => [state, new Set<string>(caseTable.filter(({ from }) => from.includes(state)).map(({ command }) => command))]));
/** Where what has no row of its own may be worth trying. */
const beside: Readonly<Partial<Record<Name, (given: Given) => boolean>>> = {
  AgreeHold: ({ file }) => file.state === 'LOCATED_UNVERIFIED', ConfirmVerification: ({ file }) => file.state === 'RETURN_ACTIONS', ReleaseDeath: ({ file }) => file.deceased?.confirmedAt !== undefined, RecordFamilyTold: ({ file }) => file.deceased !== undefined,
  ConfirmReactivation: ({ file }) => file.state === 'ACTIVE' && file.reactivation !== undefined, ProposeClose: ({ file }) => file.state === 'RETURN_ACTIONS', ProposeCancel: ({ file }) => file.state === 'OPEN_UNCONFIRMED' || file.state === 'ACTIVE',
};
/** What ends the case is tried less, or nothing would come after it. */
const ends: ReadonlySet<Name> = new Set<Name>(['ApproveCancel', 'TransferOut']);

/** Three of four tries are of something that the state has a way for; else a sequence would hardly get beyond the first state. */
function commandOf(given: Given, { pick, bad }: Try): Command {
  const likely = names.filter(name => beside[name]?.(given) ?? rowed.get(given.file.state)?.has(name));
  const pool = (pick % 4 === 0 ? names : likely).filter(name => pick % 3 === 0 || !ends.has(name));
  const name = pool[Math.floor(pick / 12) % pool.length] ?? 'ReportLocated';
  if (bad === 1 && name === 'ProposeCancel') return { ...commands.ProposeCancel, kind: 'ERROR' };
  if (bad === 2 && name === 'WithdrawVerification') return { ...commands.WithdrawVerification, reason: '' };
  return commands[name];
}

function worldOf({ bad }: Try): World {
  return bad === 3 ? { ...world, ending: { ...world.ending, closeFailures: [{ code: 'CLOSE_GUARD', rule: '2.4', why: 'Still to be done.' }] } } : world;
}

export interface Played { readonly before: Given; readonly after: Given; readonly command: Command; readonly who: Actor; readonly isAllowed: boolean }

/** Plays the tries on a new case; every one is kept, allowed or not. */
export function play(decide: Decide, tries: readonly Try[]): Played[] {
  // C2 is of the law of risk: half of the cases are confirmed when the play begins.
  const state = tries.length % 2 === 0 ? 'OPEN_UNCONFIRMED' : 'ACTIVE';
  let given: Given = { clocks: caseAt(state).clocks, file: { caseRef: 'MP-1', state, enteredAt: after(0), openedBy: 'handler', reopenings: [] } };
  let minutes = 0;
  return tries.map(one => {
    minutes += one.minutes;
    const [by, roles] = people[one.who % people.length] ?? ['ann', all];
    const who: Actor = { now: after(minutes), by, roles, isAttached: true };
    const before = given;
    const command = commandOf(before, one);
    const result = decide(before, command, who, worldOf(one));
    if (!isFailed(result)) given = { file: result.file, clocks: result.clocks };
    return { before, after: given, command, who, isAllowed: !isFailed(result) };
  });
}

type Rule = (step: Played) => boolean;
const same = (a: string | undefined, b: string | undefined): boolean => a?.toLowerCase() === b?.toLowerCase();
const isMissing = ({ file }: Given): boolean => openMissing.includes(file.state);
const entered = ({ before, after: now }: Played, state: string): boolean => now.file.state === state && before.file.state !== state;

/** What is true of every step of every case, whoever tries what. */
export const rules: Readonly<Record<string, Rule>> = {
  'the state is one of the table': ({ after: { file } }) => caseState.options.includes(file.state),
  'the state changes only by a row': ({ before, after: { file }, command }) => file.state === before.file.state || rowed.get(before.file.state)?.has(command.do) === true,
  'T_REPORTED never changes': ({ before, after: { clocks } }) => clocks.reported === before.clocks.reported,
  'who is missing has no clock and nothing else of a return': step => !isMissing(step.after) || (step.after.clocks.located === undefined && step.after.clocks.verified === undefined && step.after.clocks.returned === undefined && step.after.file.stoppedAt === undefined && step.after.file.verification === undefined),
  'CLOSED takes two people': step => !entered(step, 'CLOSED') || (step.after.file.transferOut?.outcomeBy === undefined
    ? step.after.file.closing?.approvedBy !== undefined && !same(step.after.file.closing.proposedBy, step.after.file.closing.approvedBy) : !same(step.after.file.transferOut.by, step.after.file.transferOut.outcomeBy)),
  'CLOSED takes every guard of closure': ({ before, after: now, command, isAllowed }) => !(isAllowed && command.do === 'ApproveClose') || before.file.verification !== undefined || now.file.deceased?.confirmedAt !== undefined,
  'CANCELLED takes two people': step => !entered(step, 'CANCELLED') || (step.after.file.cancelling !== undefined && !same(step.after.file.cancelling.proposedBy, step.after.file.cancelling.approvedBy)),
  'CANCELLED is final': ({ before, isAllowed }) => before.file.state !== 'CANCELLED' || !isAllowed,
  'a verification is confirmed by somebody else': ({ after: { file } }) => file.verification?.confirmedBy === undefined || !same(file.verification.by, file.verification.confirmedBy),
  'a reactivation is confirmed by somebody else': ({ after: { file } }) => file.reactivation?.confirmedBy === undefined || !same(file.reactivation.by, file.reactivation.confirmedBy),
  'no closure is proposed of who is not back': ({ after: { file } }) => file.closing === undefined || file.state === 'RETURN_ACTIONS' || file.state === 'CLOSED',
  'no cancelling is proposed of anything but an open case': ({ after: { file } }) => file.cancelling === undefined || ['OPEN_UNCONFIRMED', 'ACTIVE', 'CANCELLED'].includes(file.state),
  'a confirmed death stays confirmed': ({ before, after: now }) => before.file.deceased?.confirmedAt === undefined || now.file.deceased?.confirmedAt === before.file.deceased.confirmedAt,
  'nobody hears of a death before the family': ({ after: { file: { deceased } } }) => deceased?.releaseAt === undefined || (deceased.familyToldAt !== undefined && deceased.confirmedAt !== undefined && Date.parse(deceased.familyToldAt) >= Date.parse(deceased.confirmedAt)),
  'a return is of somebody who was seen or identified': ({ after: { file } }) => file.state !== 'RETURN_ACTIONS' || file.verification !== undefined || file.deceased?.confirmedAt !== undefined,
  'partners and auditors move nothing': ({ who, isAllowed }) => !isAllowed || !who.roles.every(role => role === 'LA_PARTNER' || role === 'AUDITOR'),
};

/** Names of the rules that a play breaks. */
export function broken(played: readonly Played[]): string[] {
  return Object.entries(rules).filter(([, holds]) => !played.every(holds)).map(([name]) => name);
}
