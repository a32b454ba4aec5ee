import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { commandRoles } from '../../../functions/missing-persons/rules/machine/commands.ts';
import { checkMachine, printMachine, stateTables, type StateTable } from '../../../functions/missing-persons/rules/machine/states.ts';
import { printRegions } from '../../../functions/missing-persons/rules/regions/tables.ts';

type Row = StateTable['rows'][number];
const asCase = (change: (rows: readonly Row[]) => readonly Row[], more: Partial<StateTable> = {}): StateTable[] => stateTables.map(table => (table.name === 'Case' ? { ...table, rows: change(table.rows), ...more } : table));
const at = (id: string, change: Partial<Row>): StateTable[] => asCase(rows => rows.map(row => (row.id === id ? { ...row, ...change } : row)));
const without = (...ids: readonly string[]): StateTable[] => asCase(rows => rows.filter(({ id }) => !ids.includes(id)));

describe('checkMachine, looked at when the service starts (issue part 9)', () => {
  it('finds nothing in the tables as they are', () => expect(checkMachine()).toEqual([]));

  const planted: readonly (readonly [string, readonly StateTable[], string])[] = [
    ['a double id', asCase(rows => [...rows, ...rows.filter(({ id }) => id === 'C9')]), 'transition C9 stands twice'],
    ['the same id in both tables', at('C9', { id: 'R1' }), 'transition R1 stands twice'],
    ['two ways of one command from one state', at('C15', { command: 'TransferOut' }), 'Case: TransferOut from SUSPENDED stands twice'],
    ['an unknown command', at('C15', { command: 'WakeUp' }), 'transition C15 names the unknown command WakeUp'],
    ['an unknown role', at('C15', { who: ['CAPTAIN'] }), 'transition C15: role CAPTAIN is unknown'],
    ['a role that the role table does not let in', at('C14', { who: ['SUPT', 'OIC'] }), 'transition C14 lets OIC give SuspendCase, and the role table does not'],
    ['nobody who may', at('C14', { who: [] }), 'transition C14 is not whole'],
    ['no guard in words', at('C14', { guard: ' ' }), 'transition C14 is not whole'],
    ['an unknown state that it leaves', at('C15', { from: ['SUSPENDED', 'ASLEEP'] }), 'transition C15: state ASLEEP is unknown'],
    ['an unknown state that it enters', at('C14', { to: 'ASLEEP' }), 'transition C14: state ASLEEP is unknown'],
    ['a state that nothing reaches', without('C14'), 'Case: nothing leads to SUSPENDED'],
    ['a state that is reached only from itself', at('C14', { from: ['SUSPENDED'] }), 'Case: nothing leads to SUSPENDED'],
    ['a state without a way out', without('C24'), 'Case: nothing leads out of TRANSFERRED_OUT, and it is not final'],
    ['a state that only leads to itself', at('C24', { to: 'TRANSFERRED_OUT' }), 'Case: nothing leads out of TRANSFERRED_OUT, and it is not final'],
    ['a way out of a final state', at('C18', { from: ['CANCELLED'] }), 'Case: CANCELLED is final, and something leads out of it'],
    ['a final state that is none', asCase(rows => rows, { finals: ['CANCELLED', 'ASLEEP'] }), 'Case: state ASLEEP is unknown'],
    ['a source that is no tag', at('C14', { source: 'somebody said so' }), 'transition C14: the source "somebody said so" is no list of tags'],
    ['a source with a space in it', at('C14', { source: 'S9, DES' }), 'transition C14: the source "S9, DES" is no list of tags'],
  ];
  test.each(planted)('finds %s', (_, tables, fault) => expect(checkMachine(tables)).toContain(fault));

  it('finds an unknown role, and a command that nobody may give, in the role table', () => {
    expect(checkMachine(stateTables, { ...commandRoles, Attach: ['CAPTAIN'] })).toEqual(['command Attach: role CAPTAIN is unknown']);
    expect(checkMachine(stateTables, { ...commandRoles, Attach: [] })).toEqual(['command Attach may be given by nobody']);
  });
});

describe('STATES.md', () => {
  it('is what the tables print; UPDATE_STATES=1 writes it', () => {
    const file = new URL('../../../functions/missing-persons/STATES.md', import.meta.url);
    const printed = ['# States of a missing person\'s report and case', '', 'Printed from the tables of the machine and of the regions (`rules/machine`, `rules/regions`); the test `tests/missing-persons/machine/tables.test.ts` holds this file against them and writes it with `UPDATE_STATES=1`.',
      'C9 and C21 happen in the same step as C8 and C11. C1 makes the case when a report is accepted (R3), and in LOCATED_UNVERIFIED when a report of a child or of somebody with a flag is withdrawn (R7). C3 to C5 change the level and leave the state. C19 is a new report of the same person.', '',
      printMachine(), '# Regions beside the state', '', printRegions()].join('\n');
    if (process.env['UPDATE_STATES'] === '1') writeFileSync(file, printed);
    expect(readFileSync(file, 'utf8')).toBe(printed);
  });
});
