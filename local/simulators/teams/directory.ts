import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CallAnswer } from './connector.ts';
import type { Simulated } from './state.ts';

export const peopleSchema = z.array(z.strictObject({ objectId: z.guid(), roles: z.array(z.string().min(1)), collar: z.string().optional(), enabled: z.boolean().optional() }));

/** A member of staff in the fake directory. */
export interface Person {
  readonly objectId: string;
  /** Values of app roles; the app has each role that somebody holds. */
  readonly roles: readonly string[];
  /** Kept as the employee id. */
  readonly collar?: string | undefined;
  readonly enabled?: boolean | undefined;
}

const pageSize = 100;
const notFound: CallAnswer = { status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'there is no such resource' } } };

/** Graph's reads of the directory: our service principal, a user, and a user's app role assignments with Graph's paging. Undefined for another path. */
export function directoryCall(state: Simulated, path: string, query: URLSearchParams): CallAnswer | undefined {
  const appId = /^\/v1\.0\/servicePrincipals\(appId='([^']+)'\)$/.exec(path)?.[1];
  if (appId !== undefined) return state.appId === undefined || state.appId === appId ? { status: 200, body: principal(state, appId) } : notFound;
  const [, objectId, part] = /^\/v1\.0\/users\/([^/]+)(\/appRoleAssignments)?$/.exec(path) ?? [];
  if (objectId === undefined) return undefined;
  const person = state.people.find(found => found.objectId.toLowerCase() === objectId.toLowerCase());
  if (!person) return notFound;
  return part === undefined ? { status: 200, body: userOf(person, query) } : assignments(state, { person, path }, query);
}

function principal(state: Simulated, appId: string): object {
  state.servicePrincipalId = guidOf(`app ${appId}`);
  const roles = [...new Set(state.people.flatMap(person => person.roles))];
  return { id: state.servicePrincipalId, appRoles: roles.map(value => ({ id: guidOf(`role ${value}`), value, isEnabled: true, displayName: value, allowedMemberTypes: ['User'] })) };
}

/** Only what is selected, as in Graph, where these two do not come by themselves. */
function userOf({ objectId, collar, enabled = true }: Person, query: URLSearchParams): object {
  const all = { id: objectId, accountEnabled: enabled, employeeId: collar ?? null };
  const selected = query.get('$select')?.split(',') ?? ['id'];
  return Object.fromEntries(Object.entries(all).filter(([name]) => selected.includes(name)));
}

function assignments(state: Simulated, { person, path }: { person: Person; path: string }, query: URLSearchParams): CallAnswer {
  const resourceId = /^resourceId eq ([\da-f-]{36})$/.exec(query.get('$filter') ?? '')?.[1];
  const top = Number(query.get('$top') ?? pageSize);
  const start = Number(query.get('$skiptoken') ?? 0);
  if (resourceId === undefined || !Number.isInteger(start) || !(top >= 1)) return { status: 400, body: { error: { code: 'Request_BadRequest', message: 'this fake needs a filter by resourceId' } } };
  const held = resourceId === state.servicePrincipalId ? person.roles : [];
  const end = start + Math.min(top, pageSize);
  const next = new URLSearchParams([...query].filter(([name]) => name !== '$skiptoken').concat([['$skiptoken', String(end)]]));
  const value = held.slice(start, end).map(role => ({
    id: guidOf(`${person.objectId} ${role}`), appRoleId: guidOf(`role ${role}`), principalId: person.objectId, principalType: 'User', principalDisplayName: 'A Fictional Person', resourceId, resourceDisplayName: 'Police back end',
  }));
  return { status: 200, body: { value, ...(end < held.length && { '@odata.nextLink': `${state.url}${path}?${next.toString()}` }) } };
}

/** The same id for the same words, so that tests can tell ids. */
function guidOf(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
