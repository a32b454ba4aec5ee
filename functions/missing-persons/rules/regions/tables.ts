import { commandRoles } from '../machine/commands.ts';
import { role, sourceTag } from '../terms.ts';
import { alertSlice, alertTable } from './alert.ts';
import { biometric, biometricTable } from './biometric.ts';
import { checklist, checklistCode } from './checklist.ts';
import { circulationSlice, circulationTable } from './circulation.ts';
import { contactTable } from './contact.ts';
import { disclosureSlice, disclosureTable } from './disclosure.ts';
import { commsState, enquiryTable } from './enquirySlice.ts';
import { enquiryType, enquiryTypes } from './enquiryTypes.ts';
import { ownershipSlice, ownershipTable } from './ownership.ts';
import { publicityState, publicityTable } from './publicitySlice.ts';
import type { RegionRow } from './region.ts';
import { rhiSlice, rhiTable } from './rhi.ts';
import { regionSettings } from './settings.ts';
import { sighting, sightingTable } from './sighting.ts';
import { transferSlice, transferTable } from './transfer.ts';

export interface RegionTable { readonly name: string; readonly start: readonly string[]; readonly states: readonly string[]; readonly rows: readonly RegionRow[] }

/** Every parallel region (2.5, 15.2 item 27). `start`: where a new case, or a new row of a list, stands. */
export const regionTables: readonly RegionTable[] = [
  { name: 'Ownership', start: ['HELD'], states: ownershipSlice.shape.state.options, rows: ownershipTable }, { name: 'Transfer', start: ['NONE'], states: transferSlice.shape.state.options, rows: transferTable },
  { name: 'Publicity', start: ['NONE'], states: publicityState.options, rows: publicityTable }, { name: 'Circulation', start: ['NONE'], states: circulationSlice.shape.state.options, rows: circulationTable },
  { name: 'Child rescue alert', start: ['NONE'], states: alertSlice.shape.state.options, rows: alertTable }, { name: 'Communications data', start: ['NONE'], states: commsState.options, rows: enquiryTable },
  { name: 'Return home interview', start: ['NOT_REQUIRED'], states: rhiSlice.shape.state.options, rows: rhiTable }, { name: 'Sighting', start: ['UNASSESSED'], states: sighting.shape.credible.options, rows: sightingTable },
  { name: 'Family contact', start: ['KEPT'], states: ['KEPT'], rows: contactTable }, { name: 'Biometric holding', start: ['HELD'], states: biometric.shape.state.options, rows: biometricTable },
  { name: 'Disclosure of the place', start: ['UNDECIDED'], states: disclosureSlice.shape.state.options, rows: disclosureTable },
];

/** Faults of the tables by name, looked for at the start: double ids, states unknown or out of reach, unknown commands and roles, a role that the role table does not let in, a bad source. */
export function checkRegions(tables: readonly RegionTable[] = regionTables): string[] {
  const ids = tables.flatMap(({ rows }) => rows.map(({ id }) => id));
  return [
    ...doubles(ids).map(id => `region row ${id} stands twice`), ...tables.flatMap(table => [...stateFaults(table), ...table.rows.flatMap(rowFaults)]),
    ...checklistCode.options.filter(code => checklist.filter(row => row.code === code).length !== 1).map(code => `publicity question ${code} does not stand once`),
    ...checklist.filter(row => !sourceTag.safeParse(row.source).success).map(row => `publicity question ${row.code}: source ${row.source}`),
    ...enquiryType.options.filter(type => enquiryTypes.filter(row => row.type === type).length !== 1).map(type => `enquiry type ${type} does not stand once`),
    ...enquiryTypes.filter(row => !sourceTag.safeParse(row.source).success).map(row => `enquiry type ${row.type}: source ${row.source}`),
    ...doubles(regionSettings.parse({}).publicityWords.map(({ word }) => word.toLowerCase())).map(word => `appeal word ${word} stands twice`),
  ];
}

function stateFaults({ name, start, states, rows }: RegionTable): string[] {
  const reached = new Set([...start, ...rows.flatMap(({ to }) => to)]);
  const moves = rows.flatMap(row => row.from.map(from => `${row.command} from ${from}`));
  return [
    ...rows.flatMap(row => [...row.from, ...row.to].filter(state => !states.includes(state)).map(state => `region row ${row.id}: state ${state} is unknown`)), ...states.filter(state => !reached.has(state)).map(state => `${name}: nothing leads to ${state}`),
    ...doubles(moves).map(move => `${name}: ${move} stands twice`),
  ];
}

function rowFaults({ id, who, via, from, to, guard, source }: RegionRow): string[] {
  const given: readonly string[] | undefined = via === undefined ? undefined : Object.entries(commandRoles).find(([command]) => command === via)?.[1];
  const roles: readonly string[] = role.options;
  return [
    ...who.filter(name => name !== 'ATTACHED' && !roles.includes(name)).map(name => `region row ${id}: role ${name} is unknown`), ...(who.length === 0 || from.length === 0 || to.length === 0 || guard.trim() === '' ? [`region row ${id} is not whole`] : []),
    ...(via !== undefined && given === undefined ? [`region row ${id}: command ${via} is unknown`] : []), ...(via === undefined && who.some(name => name !== 'SYSTEM') ? [`region row ${id} is given by people and names no command`] : []),
    ...who.filter(name => given !== undefined && !mayGive(given, name)).map(name => `region row ${id} lets ${name} give ${via ?? ''}, and the role table does not`), ...(sourceTag.safeParse(source).success ? [] : [`region row ${id}: source ${source}`]),
  ];
}

function mayGive(given: readonly string[], who: string): boolean {
  return given.includes(who) || given.includes('ATTACHED') || (given.includes('PARTNER') && (who === 'LA_PARTNER' || who === 'CARE_PROVIDER'));
}

function doubles(words: readonly string[]): string[] {
  return [...new Set(words.filter((word, at) => words.indexOf(word) !== at))];
}

/** The regions as Markdown for STATES.md; a test holds the file against this. */
export function printRegions(): string {
  return regionTables.flatMap(({ name, rows }) => [
    `## ${name}`, '', '| Id | From | Command | To | Who | Guard | Source |', '|---|---|---|---|---|---|---|',
    ...rows.map(row => `| ${row.id} | ${row.from.join(', ')} | ${row.command}${row.via === undefined || row.via === row.command ? '' : ` (${row.via})`} | ${row.to.join(', ')} | ${row.who.join(', ')} | ${row.guard} | ${row.source} |`), '',
  ]).join('\n');
}
