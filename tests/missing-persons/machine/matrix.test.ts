import { describe, expect, it, test } from '@jest/globals';
import { caseTable } from '../../../functions/missing-persons/rules/machine/caseTable.ts';
import { commandRoles } from '../../../functions/missing-persons/rules/machine/commands.ts';
import { isFailed } from '../../../functions/missing-persons/rules/machine/moment.ts';
import { caseState, role, type CaseState, type Role } from '../../../functions/missing-persons/rules/terms.ts';
import { actor, caseAt, commands, decide, refused, type Name } from './support/world.ts';

interface Person { readonly roles: readonly Role[]; readonly isAttached: boolean }
const people: readonly Person[] = [...role.options.map(name => ({ roles: [name], isAttached: false })), { roles: [], isAttached: true }, { roles: ['LA_PARTNER'], isAttached: true }, { roles: ['AUDITOR'], isAttached: true }];
const rowed = Object.values(commands).filter(({ do: name }) => caseTable.some(({ command }) => command === name));

/** From the tables alone, written a second time: nobody is the system by a role, and partners and auditors are never "attached" (0.4, 15.2 item 28). */
function mayGive(name: Name, state: CaseState, { roles, isAttached }: Person): 'yes' | 'no way' | 'not this person' {
  const row = caseTable.find(({ command, from }) => command === name && from.includes(state));
  if (!row) return 'no way';
  const byTable: readonly string[] = commandRoles[name];
  const holds = (who: readonly string[]): boolean => roles.some(one => one !== 'SYSTEM' && who.includes(one)) || (isAttached && roles.length === 0 && who.includes('ATTACHED'));
  return holds(byTable) && holds(row.who) ? 'yes' : 'not this person';
}

/** Who may approve and comes second hears that it is done (S09). */
function isSecond(name: Name, state: CaseState, { roles }: Person): boolean {
  return (name === 'ApproveClose' && state === 'CLOSED' && roles.some(one => one === 'SGT' || one === 'INSP')) || (name === 'ApproveCancel' && state === 'CANCELLED' && roles.includes('INSP'));
}

/** Where a move that is drawn in two rows ends: C9 and C21 are in the same step as C8 and C11. */
function endOf(name: Name, state: CaseState): CaseState | undefined {
  if (name === 'VerifyLocated' || name === 'ConfirmDeceased') return 'RETURN_ACTIONS';
  const to = caseTable.find(({ command, from }) => command === name && from.includes(state))?.to;
  return to === 'BACK' ? caseAt(state).file.cameFrom : to;
}

describe('every state by every command by every role: what no row allows is refused and nothing moves', () => {
  test.each(caseState.options)('%s', state => {
    const seen = { yes: 0, 'no way': 0, 'not this person': 0 };
    for (const command of rowed) {
      for (const person of people) {
        const given = caseAt(state);
        const before = JSON.stringify(given);
        const result = decide(given, command, actor('second', person.roles, person.isAttached));
        const may = mayGive(command.do, state, person);
        seen[may] += 1;
        const said = `${state} ${command.do} ${person.roles.join()} ${may}`;
        if (may === 'yes') expect([said, isFailed(result) ? result : result.file.state]).toEqual([said, endOf(command.do, state)]);
        else expect([said, refused(result)[0]?.split(' ')[0]]).toEqual([said, may === 'no way' ? (isSecond(command.do, state, person) ? 'STATE_CHANGED' : 'TRANSITION_NOT_ALLOWED') : 'ROLE_DENIED']);
        expect(JSON.stringify(given)).toBe(before);
      }
    }
    expect(seen.yes + seen['no way'] + seen['not this person']).toBe(rowed.length * people.length);
    expect(seen.yes > 0).toBe(state !== 'CANCELLED' && state !== 'DECEASED_CONFIRMED');
  });

  it('asks for every row: each one is allowed to somebody, but C2, which is of the law of risk, and C9 and C21, which nobody gives', () => {
    const given = caseTable.filter(row => row.from.every(state => rowed.some(({ do: name }) => name === row.command) && people.some(person => mayGive(row.command in commands ? nameOf(row.command) : 'AgreeHold', state, person) === 'yes')));
    expect(caseTable.filter(row => !given.includes(row)).map(({ id }) => id)).toEqual(['C2', 'C9', 'C21']);
  });
});

function nameOf(command: string): Name {
  const found = rowed.find(({ do: name }) => name === command);
  if (!found) throw new Error(command);
  return found.do;
}
