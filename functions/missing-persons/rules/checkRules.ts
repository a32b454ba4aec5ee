import { checkClosure } from './closure/check.ts';
import { checkProtocols } from './intake/protocols.ts';
import { checkMachine } from './machine/states.ts';
import { checkNotices } from './notices/check.ts';
import { checkOrganisations } from './partners/organisations.ts';
import { checkDirectory } from './partners/recipients.ts';
import { checkRegions } from './regions/tables.ts';
import { checkReviews } from './reviews/check.ts';
import { checkRisk, riskTables } from './risk/check.ts';
import { checkStatistics } from './search/ringTables.ts';
import type { MissingSettings } from './settings.ts';
import { checkTasks } from './tasks/check.ts';
import { templates } from './tasks/templates.ts';

/**
 * Every anchor, role, command, code, template and recipient that the reference data names resolves: faults by name, looked for before anything is served. A table with an unknown word
 * in it stops the start and not a search (issue 4, part 9).
 */
export function checkRules(settings: MissingSettings): string[] {
  return [
    ...checkMachine(), ...checkTasks(), ...checkNotices(new Set(templates.map(({ id }) => id))), ...checkRisk(riskTables(settings.risk)), ...checkReviews(), ...checkClosure(), ...checkRegions(), ...checkProtocols(), ...checkStatistics(),
    ...checkDirectory(settings.recipients), ...checkOrganisations(settings.organisations),
  ];
}
