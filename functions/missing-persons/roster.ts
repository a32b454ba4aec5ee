import type { OnDuty, Skill } from '../../shared/force/onDuty.ts';
import type { People } from './rules/law/step.ts';
import type { Role } from './rules/terms.ts';

const kept = 60_000;
const onRoster: readonly (Role & Skill)[] = [
  'CALL_HANDLER', 'FIM', 'ATTENDING', 'SGT', 'INSP', 'DI_SIO', 'SUPT', 'MFH_COORD', 'POLSA', 'FLO', 'MEDIA', 'PNC_BUREAU', 'CD_SPOC',
];

/** Who is on duty in each role: one person by name, the same for everybody who asks (15.2 item 30, 5.1). */
export type Roster = () => Promise<People>;

/**
 * Asks the duty list once a minute at most, all roles side by side. It never fails: a role for which nobody is known is left out, and what it would get falls to the force incident
 * manager and then to the owner of the case.
 */
export function createRoster(onDuty: OnDuty, now: () => Date): Roster {
  let asked: { readonly at: number; readonly people: Promise<People> } | undefined;
  return async () => {
    const at = now().getTime();
    if (!asked || at < asked.at || at - asked.at >= kept) asked = { at, people: ask(onDuty, new Date(at).toISOString()) };
    return await asked.people;
  };
}

async function ask(onDuty: OnDuty, at: string): Promise<People> {
  const pairs = await Promise.all(onRoster.map(async skill => {
    const { people } = await onDuty.who({ skill, at });
    const [first] = [...people].sort();
    return first === undefined ? [] : [[skill, first] as const];
  }));
  return Object.fromEntries(pairs.flat());
}
