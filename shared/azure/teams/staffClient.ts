import * as z from 'zod';
import type { StaffDeps, StaffPerson, StaffSettings } from '../staff.ts';
import { TeamsError } from '../teams.ts';
import { budgetOf, openReader, type Budget, type GraphReader } from './graphReader.ts';

/*
 * From Graph's reference: a service principal is found by appId; `accountEnabled` and `employeeId` come by $select only; appRoleAssignments takes a filter on
 * resourceId, which is a GUID without quotes, and returns what was given to groups that the user is a direct member of.
 * From memory, to be seen in a real tenant: $top=100 together with that filter, and that `accountEnabled` is null without the permission to read it.
 */
const servicePrincipal = z.object({ id: z.guid(), appRoles: z.array(z.object({ id: z.guid(), value: z.string().nullish(), isEnabled: z.boolean() })) });
/** Without the permission `accountEnabled` is null: that is a failure, not an account. */
const account = z.object({ id: z.guid(), accountEnabled: z.boolean(), employeeId: z.string().nullish() });
/** The reply holds the person's name too; it is dropped here. */
const assignment = z.object({ appRoleId: z.guid(), resourceId: z.guid() });

/** Assigned to the app without a role. */
const noRole = '00000000-0000-0000-0000-000000000000';
const rolesKeptMs = 3_600_000;
/** An unknown role is looked for again, but not by every look-up: a deleted one stays unknown. */
const rolesFreshMs = 60_000;
const lookUpMs = 5_000;

interface AppRoles {
  readonly servicePrincipalId: string;
  /** Role id to value; undefined for a role that is switched off or says nothing. */
  readonly values: ReadonlyMap<string, string | undefined>;
  readonly readAt: number;
}
type RolesFor = (budget: Budget, maxAgeMs: number) => Promise<AppRoles>;

/** Opens the look-up of one person by object id, in lower case and checked by the caller. No cache of people. @throws TeamsError */
export function openStaff({ botId, appId, url, tokenUrl, timeoutMs = lookUpMs }: StaffSettings, deps: StaffDeps): (objectId: string) => Promise<StaffPerson | undefined> {
  const reader = openReader({ botId, url, tokenUrl }, deps);
  const rolesFor = appRoles(reader, appId, deps.now);
  return async objectId => {
    const budget = budgetOf(timeoutMs);
    // First, so that a wrong address of Graph is a failure here and not "no such person" below.
    const known = await rolesFor(budget, rolesKeptMs);
    const person = await accountOf(reader, objectId, budget);
    if (!person?.accountEnabled) return undefined;
    if (person.id.toLowerCase() !== objectId) throw new TeamsError('unavailable', 'Graph answered about somebody else');
    const held = await heldBy(reader, { objectId, servicePrincipalId: known.servicePrincipalId }, budget);
    const { values } = held.every(id => known.values.has(id)) ? known : await rolesFor(budget, rolesFreshMs);
    const roles = held.map(id => values.get(id)).filter(value => value !== undefined);
    return { objectId, roles: [...new Set(roles)].sort(), collar: collarOf(person.employeeId, objectId) };
  };
}

/** The roles of our app, read again once they are older than asked for. */
function appRoles(reader: GraphReader, appId: string, now: () => Date): RolesFor {
  let kept: AppRoles | undefined;
  return async (budget, maxAgeMs) => {
    const readAt = now().getTime();
    if (kept && readAt >= kept.readAt && readAt < kept.readAt + maxAgeMs) return kept;
    const { id, appRoles: roles } = await reader.read(`/servicePrincipals(appId='${encodeURIComponent(appId)}')?$select=id,appRoles`, servicePrincipal, budget);
    const values = new Map(roles.map(role => [role.id.toLowerCase(), role.isEnabled && role.value ? role.value : undefined]));
    kept = { servicePrincipalId: id.toLowerCase(), values, readAt };
    return kept;
  };
}

async function accountOf(reader: GraphReader, objectId: string, budget: Budget): Promise<z.output<typeof account> | undefined> {
  try {
    return await reader.read(`/users/${objectId}?$select=id,accountEnabled,employeeId`, account, budget);
  } catch (error) {
    if (error instanceof TeamsError && error.kind === 'gone') return undefined;
    throw error;
  }
}

/** Ids of the roles of our app that the person holds. Our own check of the resource: another app's role must not count, even if the filter were not applied. */
async function heldBy(reader: GraphReader, { objectId, servicePrincipalId }: { objectId: string; servicePrincipalId: string }, budget: Budget): Promise<string[]> {
  const found = await reader.list(`/users/${objectId}/appRoleAssignments?$filter=resourceId eq ${servicePrincipalId}&$top=100`, assignment, budget);
  return found.filter(({ resourceId }) => resourceId.toLowerCase() === servicePrincipalId).map(({ appRoleId }) => appRoleId.toLowerCase()).filter(id => id !== noRole);
}

/** The employee id where it looks like a collar number: letters, digits and hyphens with a digit among them, so that a name typed there stays off cards. */
function collarOf(employeeId: string | null | undefined, objectId: string): string {
  const given = employeeId?.trim() ?? '';
  return /^(?=.*\d)[A-Za-z\d-]{1,16}$/.test(given) ? given : objectId.slice(-4);
}
