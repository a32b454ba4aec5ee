import { caseState, reportState, role, sourceTag } from '../terms.ts';
import { caseTable } from './caseTable.ts';
import { commandRoles } from './commands.ts';
import { reportTable } from './reportTable.ts';
import type { TransitionRow } from './row.ts';

type Row = Omit<TransitionRow<string>, 'command' | 'who'> & { readonly command: string; readonly who: readonly string[] };

/** A table of states: where it starts, where it may end for good, its rows. */
export interface StateTable {
  readonly name: string;
  readonly states: readonly string[];
  readonly start: string;
  readonly finals: readonly string[];
  readonly rows: readonly Row[];
}

/** A report begins as a draft. A case begins unconfirmed (C1, with R3), and only a cancelled one can never go on: a closed one can be reopened (C18, C20). */
export const stateTables: readonly StateTable[] = [
  { name: 'Report', states: reportState.options, start: 'DRAFT', finals: ['ACCEPTED', 'DUPLICATE', 'WITHDRAWN', 'REJECTED_TEST', 'RESOLVED_SAFE'], rows: reportTable },
  { name: 'Case', states: caseState.options, start: 'OPEN_UNCONFIRMED', finals: ['CANCELLED'], rows: caseTable },
];

type RolesByCommand = Readonly<Record<string, readonly string[]>>;

/** Faults of the tables by name, looked for at the start (issue part 9): double ids and moves, unknown states, commands and roles, states that nothing reaches or leaves, bad source tags. */
export function checkMachine(tables: readonly StateTable[] = stateTables, roles: RolesByCommand = commandRoles): string[] {
  const ids = tables.flatMap(({ rows }) => rows.map(({ id }) => id));
  const known: readonly string[] = role.options;
  return [
    ...doubles(ids).map(id => `transition ${id} stands twice`), ...tables.flatMap(table => [...stateFaults(table), ...table.rows.flatMap(row => rowFaults(row, roles))]),
    ...Object.entries(roles).flatMap(([command, who]) => [
      ...who.filter(name => !known.includes(name) && name !== 'ATTACHED' && name !== 'PARTNER').map(name => `command ${command}: role ${name} is unknown`), ...(who.length === 0 ? [`command ${command} may be given by nobody`] : []),
    ]),
  ];
}

function rowFaults({ id, command, who, from, guard, source }: Row, roles: RolesByCommand): string[] {
  const known: readonly string[] = role.options;
  const given = roles[command];
  return [
    ...who.filter(name => name !== 'ATTACHED' && !known.includes(name)).map(name => `transition ${id}: role ${name} is unknown`), ...(who.length === 0 || from.length === 0 || guard.trim() === '' ? [`transition ${id} is not whole`] : []),
    ...(given === undefined ? [`transition ${id} names the unknown command ${command}`] : who.filter(name => !given.includes(name) && !given.includes('ATTACHED')).map(name => `transition ${id} lets ${name} give ${command}, and the role table does not`)),
    ...(sourceTag.safeParse(source).success ? [] : [`transition ${id}: the source "${source}" is no list of tags`]),
  ];
}

/** From one state a command leads to one place only, every state is reached from the start, and every one that is not final can be left. */
function stateFaults({ name, states, start, finals, rows }: StateTable): string[] {
  const unknown = (row: Row): string[] => [...row.from, ...(row.to === 'BACK' ? [] : [row.to])].filter(state => !states.includes(state));
  const reached = reachable(start, rows);
  const left = new Set(rows.flatMap(({ from, to }) => from.filter(state => state !== to)));
  return [
    ...rows.flatMap(row => unknown(row).map(state => `transition ${row.id}: state ${state} is unknown`)), ...[start, ...finals].filter(state => !states.includes(state)).map(state => `${name}: state ${state} is unknown`),
    ...doubles(rows.flatMap(row => row.from.map(from => `${row.command} from ${from}`))).map(move => `${name}: ${move} stands twice`),
    ...states.filter(state => !reached.has(state)).map(state => `${name}: nothing leads to ${state}`), ...states.filter(state => !left.has(state) && !finals.includes(state)).map(state => `${name}: nothing leads out of ${state}, and it is not final`),
    ...finals.filter(state => left.has(state)).map(state => `${name}: ${state} is final, and something leads out of it`),
  ];
}

/** `BACK` leads to where the case has been, so it reaches nothing new. */
function reachable(start: string, rows: readonly Row[]): ReadonlySet<string> {
  const reached = new Set([start]);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const { from, to } of rows) if (to !== 'BACK' && from.some(state => reached.has(state))) reached.add(to);
  }
  return reached;
}

function doubles(words: readonly string[]): string[] {
  return [...new Set(words.filter((word, at) => words.indexOf(word) !== at))];
}

/** The tables as Markdown, for STATES.md; a test holds the file against this. */
export function printMachine(): string {
  return [
    ...stateTables.flatMap(({ name, rows }) => [`## ${name}`, '', ...printed(rows), '']),
    '## Who may give a command', '', '`ATTACHED`: anyone attached to the case, or holding a role of the unit for it. `PARTNER`: a partner, on their own children or placements.', '', '| Command | Who |', '|---|---|',
    ...Object.entries(commandRoles).map(([command, who]) => `| ${command} | ${who.join(', ')} |`), '',
  ].join('\n');
}

function printed(table: readonly Row[]): string[] {
  return ['| Id | From | Command | To | Who | Guard | Source |', '|---|---|---|---|---|---|---|', ...table.map(row => `| ${row.id} | ${row.from.join(', ')} | ${row.command} | ${row.to} | ${row.who.join(', ')} | ${row.guard} | ${row.source} |`)];
}
