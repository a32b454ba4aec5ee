import type { Role } from '../terms.ts';

/** The one person who is asked for a review. */
export interface Assigned { readonly userId: string; readonly role: Role }
export type Assign = (roles: readonly Role[]) => Assigned;

/**
 * ONE person for a list of roles (15.2 item 30, closes the Cambridgeshire gap [S14]): the first role with somebody on duty, none: the force incident manager, none: the owner of the case. `people` has
 * one person for each role, as a step of the law has them.
 */
export function assignPeople(people: Readonly<Partial<Record<Role, string>>>, owner: Assigned): Assign {
  return roles => {
    const found = [...roles, 'FIM' as const].find(wanted => people[wanted] !== undefined);
    const userId = found && people[found];
    return found && userId !== undefined ? { userId, role: found } : owner;
  };
}
