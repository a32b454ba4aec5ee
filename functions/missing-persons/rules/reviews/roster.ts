import * as z from 'zod';
import { role, type Role } from '../terms.ts';
import type { Assign, Assigned } from './schedule.ts';

const instant = z.iso.datetime({ precision: 3 });

/** Who is on duty in which role, from and until (15.2 item 29). */
export const roster = z.strictObject({
  entries: z.array(z.strictObject({ role: role.exclude(['SYSTEM', 'LA_PARTNER', 'CARE_PROVIDER']), userId: z.string().min(1).max(120), from: instant, to: instant }).refine(({ from, to }) => from < to, { path: ['to'], error: 'a duty ends after it began' })).max(5_000),
});
export type Roster = z.output<typeof roster>;

/**
 * ONE person for a list of roles at an instant (15.2 item 30, closes the Cambridgeshire gap [S14]): the first role with somebody on duty, of several the one who came on duty last and then by name;
 * none: the force incident manager; none: the owner of the case. The same roster always gives the same person.
 */
export function resolve(roles: readonly Role[], { entries }: Roster, at: string, owner: Assigned): Assigned {
  for (const wanted of [...roles, 'FIM' as const]) {
    const [first] = entries.filter(entry => entry.role === wanted && entry.from <= at && at < entry.to).sort((a, b) => (a.from > b.from ? -1 : a.from < b.from ? 1 : a.userId < b.userId ? -1 : 1));
    if (first) return { userId: first.userId, role: wanted };
  }
  return owner;
}

/** From a roster. A time that the roster does not reach yet is given to who is on duty now. */
export function assignFrom(from: Roster, now: string, owner: Assigned): Assign {
  return (roles, at) => {
    const then = from.entries.some(entry => roles.includes(entry.role) && entry.from <= at && at < entry.to);
    return resolve(roles, from, then ? at : now, owner);
  };
}

/** From one person for each role, as a step of the law has them. */
export function assignPeople(people: Readonly<Partial<Record<Role, string>>>, owner: Assigned): Assign {
  return roles => {
    const found = [...roles, 'FIM' as const].find(wanted => people[wanted] !== undefined);
    const userId = found && people[found];
    return found && userId !== undefined ? { userId, role: found } : owner;
  };
}
