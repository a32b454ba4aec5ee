import { caseState, reportState } from '../terms.ts';
import { caseTable } from './caseTable.ts';
import { commandRoles } from './commands.ts';
import { reportTable } from './reportTable.ts';
import type { TransitionRow } from './row.ts';

/** Faults of the two tables by name, looked for at the start: a double id, a state that nothing reaches or leaves, a command that the role table does not have. */
export function checkMachine(): string[] {
  const rows: readonly TransitionRow<string>[] = [...reportTable, ...caseTable];
  const ids = rows.map(row => row.id);
  const commands = new Set(Object.keys(commandRoles));
  return [
    ...ids.filter((id, n) => ids.indexOf(id) !== n).map(id => `transition ${id} stands twice`),
    ...rows.filter(row => !commands.has(row.command)).map(row => `transition ${row.id} names the unknown command ${row.command}`),
    ...rows.flatMap(row => row.who.filter(who => who !== 'ATTACHED' && who !== 'SYSTEM' && !mayGive(row.command, who)).map(who => `transition ${row.id} lets ${who} give ${row.command}, and the role table does not`)),
    ...unreached(reportTable, reportState.options, ['DRAFT']), ...unreached(caseTable, caseState.options, ['OPEN_UNCONFIRMED', 'ACTIVE_LONG_TERM', 'LOCATED_VERIFIED', 'DECEASED_CONFIRMED']),
    ...doubles(reportTable), ...doubles(caseTable),
  ];
}

function mayGive(command: keyof typeof commandRoles, who: string): boolean {
  const roles: readonly string[] = commandRoles[command];
  return roles.includes(who) || roles.includes('ATTACHED');
}

function unreached<State extends string>(table: readonly TransitionRow<State>[], states: readonly State[], starts: readonly string[]): string[] {
  const reached = new Set<string>([...starts, ...table.map(row => row.to)]);
  return states.filter(state => !reached.has(state)).map(state => `nothing leads to ${state}`);
}

/** From one state a command may lead to one place only. */
function doubles<State extends string>(table: readonly TransitionRow<State>[]): string[] {
  const moves = table.flatMap(row => row.from.map(from => `${row.command} from ${from}`));
  return moves.filter((move, n) => moves.indexOf(move) !== n).map(move => `${move} stands twice`);
}

/** The tables as Markdown, for STATES.md; a test holds the file against this. */
export function printMachine(): string {
  return [
    '## Report', '', ...printed(reportTable), '', '## Case', '', ...printed(caseTable), '',
    '## Who may give a command', '', '`ATTACHED`: anyone attached to the case, or holding a role of the unit for it. `PARTNER`: a partner, on their own children or placements.', '', '| Command | Who |', '|---|---|',
    ...Object.entries(commandRoles).map(([command, who]) => `| ${command} | ${who.join(', ')} |`), '',
  ].join('\n');
}

function printed<State extends string>(table: readonly TransitionRow<State>[]): string[] {
  return ['| Id | From | Command | To | Who | Guard | Source |', '|---|---|---|---|---|---|---|', ...table.map(row => `| ${row.id} | ${row.from.join(', ')} | ${row.command} | ${row.to} | ${row.who.join(', ')} | ${row.guard} | ${row.source} |`)];
}
