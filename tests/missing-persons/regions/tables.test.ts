import { describe, expect, it } from '@jest/globals';
import type { RegionRow } from '../../../functions/missing-persons/rules/regions/region.ts';
import { checkRegions, printRegions, regionTables } from '../../../functions/missing-persons/rules/regions/tables.ts';

const good: RegionRow = { id: 'ZZ1', from: ['A'], command: 'Go', via: 'AssignOwner', who: ['SGT'], guard: 'none', to: ['B'], source: 'DK' };
const faults = (row: object, states = ['A', 'B']) => checkRegions([{ name: 'Zed', start: ['A'], states, rows: [{ ...good, ...row }] }]);

describe('tables of the regions (15.2 item 27)', () => {
  it('are whole', () => {
    expect(checkRegions()).toEqual([]);
    expect(regionTables.flatMap(({ rows }) => rows).length).toBeGreaterThan(50);
    expect(regionTables.find(({ name }) => name === 'Publicity')?.states).toContain('PAUSED');
    expect(regionTables.find(({ name }) => name === 'Return home interview')?.states).not.toContain('OVERDUE');
  });

  it.each([
    ['a source that is none', { source: 'hearsay' }, 'region row ZZ1: source hearsay'], ['an unknown state', { to: ['B', 'C'] }, 'region row ZZ1: state C is unknown'], ['a role that may not', { who: ['MEDIA'] }, 'region row ZZ1 lets MEDIA give AssignOwner, and the role table does not'],
    ['an unknown role', { who: ['SGT', 'KING'] }, 'region row ZZ1: role KING is unknown'], ['an unknown command', { via: 'Fly' }, 'region row ZZ1: command Fly is unknown'], ['people without a command', { via: undefined }, 'region row ZZ1 is given by people and names no command'],
    ['no guard', { guard: ' ' }, 'region row ZZ1 is not whole'], ['a state out of reach', { to: ['A'] }, 'Zed: nothing leads to B'],
  ])('broken twin: %s is named', (_what, row, fault) => {
    expect(faults({})).toEqual([]);
    expect(faults(row)).toContain(fault);
  });

  it('broken twin: a double id and a double move are named', () => {
    expect(checkRegions([{ name: 'Zed', start: ['A'], states: ['A', 'B'], rows: [good, good] }])).toEqual(['region row ZZ1 stands twice', 'Zed: Go from A stands twice']);
  });

  it('print as Markdown, a line for each row', () => {
    const lines = printRegions().split('\n');
    for (const { rows } of regionTables) for (const { id } of rows) expect(lines.filter(line => line.startsWith(`| ${id} |`))).toHaveLength(1);
  });
});
