// What the contracts promise and what the built app registers are the same set, and every declared queue and route has what it needs.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { operations as goodsam } from '../../functions/goodsam/contract.ts';
import { doors } from '../../functions/goodsam/doors.ts';
import { operations as missing } from '../../functions/missing-persons/contract.ts';
import { doors as missingDoors } from '../../functions/missing-persons/doors.ts';
import { role as missingRole, tokenRole } from '../../functions/missing-persons/rules/terms.ts';
import { operations as platform } from '../../functions/platform/contract.ts';
import { operations as redaction, roles as redactionRoles } from '../../functions/redaction/contract.ts';
import { operations as teams } from '../../functions/teams/contract.ts';
import { adminRole, auditRole, authoriseRole, evidenceRole, requestRole, viewRole } from '../../functions/goodsam/rules/roles.ts';
import { area } from '../../functions/goodsam/rules/terms.ts';
import { problems } from '../../shared/http/problem.ts';
import { staff } from '../../local/issuer/staff.ts';
import { missingEnvironment } from '../../local/issuer/missingStaff.ts';
import { startLiveLinks, type LiveLinks } from '../support/liveLinks.ts';

const operations = [...platform, ...redaction, ...goodsam, ...doors, ...missing, ...missingDoors, ...teams];
/** Served without `endpoint`: each has a proof of its own. */
const outside = new Set([...doors, ...missingDoors, ...teams].map(({ operationId }) => operationId));
const roles: readonly string[] = [...Object.values(redactionRoles), ...area.options.flatMap(one => [requestRole, authoriseRole, viewRole, evidenceRole].map(role => role(one))), auditRole, adminRole, ...missingRole.options.filter(name => name !== 'SYSTEM').map(tokenRole)];
const binding = z.looseObject({ type: z.string(), authLevel: z.string().optional(), methods: z.array(z.string()).optional(), route: z.string().optional(), queueName: z.string().optional() });
const registered = z.array(z.object({ name: z.string(), bindings: z.union([z.array(binding), z.record(z.string(), binding).transform(found => Object.values(found))]) }));
type Registered = z.output<typeof registered>;

let service: LiveLinks;
let functions: Registered;
beforeAll(async () => {
  service = await startLiveLinks({ service: { environment: missingEnvironment } });
  const { url, masterKey } = service.system;
  functions = registered.parse(await (await fetch(`${url}/admin/functions`, { headers: { 'x-functions-key': masterKey } })).json());
});
afterAll(async () => { await service.stop(); });

const triggers = (type: string) => functions.flatMap(({ name, bindings }) => bindings.filter(found => found.type === type).map(found => ({ ...found, name })));

describe('what the built app registers', () => {
  it('is every operation of the contracts under its own name, route and method, and no other route', () => {
    const routes = triggers('httpTrigger').map(({ name, route, methods }) => ({ name, route, methods })).sort(byName);
    expect(routes).toEqual(operations.map(({ operationId, route, method }) => ({ name: operationId, route, methods: method === 'GET' && outside.has(operationId) ? ['GET', 'HEAD'] : [method] })).sort(byName));
  });

  it('leaves the check of staff to the token, so no route hides behind a key that could leak', () => {
    expect(new Set(triggers('httpTrigger').map(({ authLevel }) => authLevel))).toEqual(new Set(['anonymous']));
  });

  it('has exactly one consumer for each queue, and a timer that empties its poison queue', () => {
    const queues = triggers('queueTrigger').map(({ queueName }) => queueName ?? '');
    expect(queues.toSorted()).toEqual(['goodsam-asks', 'goodsam-work', 'missing-import-work', 'missing-links', 'missing-work', 'redaction-work']);
    expect(new Set(queues).size).toBe(queues.length);
    const timers = triggers('timerTrigger').map(({ name }) => name);
    for (const queue of queues) expect(timers).toContain(`${queue.startsWith('goodsam-') ? 'LiveLink' : queue.replace(/-(?:work|links)$/, '').replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}Poison`);
    expect(timers).toContain('LiveLinkDue');
    expect(timers).toContain('MissingDue');
    expect(timers).toContain('Sweeper');
  });

  it('has no function whose trigger the tests do not know', () => {
    const kinds = new Set(functions.flatMap(({ bindings }) => bindings.map(({ type }) => type)));
    expect([...kinds].filter(kind => !['httpTrigger', 'queueTrigger', 'timerTrigger', 'http'].includes(kind))).toEqual([]);
  });
});

describe('what each contract must say', () => {
  it('has operation ids that are unique over all rooms', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('has no two routes that one request could meet', () => {
    const shapes = operations.map(({ method, route }) => `${method} ${route}`);
    const overlaps = shapes.flatMap((a, n) => shapes.slice(n + 1).filter(b => overlap(a, b)).map(b => `${a} = ${b}`));
    expect(overlaps).toEqual([]);
    expect(overlap('GET api/a/{id}', 'GET api/a/b')).toBe(true);
  });

  it.each(operations)('$operationId says who may call, and only with roles that exist', ({ who, audit, operationId }) => {
    if (typeof who === 'string') {
      expect(['GetHealth', 'GetMe', 'GetOperation', ...outside]).toContain(operationId);
      expect(audit).toBe('none');
      return;
    }
    expect(who.length).toBeGreaterThan(0);
    for (const role of who) expect(roles).toContain(role);
  });

  it.each(operations.filter(({ operationId }) => !outside.has(operationId)))('$operationId: what changes something needs a key, and what reads takes none', ({ method, idempotencyKey, success, audit }) => {
    // To watch, and to look at a file, is a read whose reason goes into the case first: it has a key like a command, and its answer at once.
    const isLook = method !== 'GET' && audit === 'consultation';
    expect([idempotencyKey, success]).toEqual(method === 'GET' ? ['none', 200] : ['required', isLook ? 200 : 202]);
  });

  it('has a person for every role, and no role that nobody may hold', () => {
    // The administration of live links has no operation of its own yet: its settings are those of the deployment. Five roles of missing persons have no sample person.
    const unnamed = [adminRole, ...(['POLSA', 'FLO', 'CONFIG_ADMIN', 'DPO', 'RECORDS'] as const).map(tokenRole)];
    expect(new Set([...staff.flatMap(member => member.roles), ...unnamed])).toEqual(new Set(roles));
  });

  it('has no refusal of a room that looks like a problem of the shared table', () => {
    expect(Object.keys(problems).filter(code => ['wrong-stage', 'same-person', 'undecided', 'pages-not-viewed', 'moved-on', 'never-read'].includes(code))).toEqual([]);
  });
});

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/** Whether a request exists that both match: same method, same length, and each segment equal or a parameter. */
function overlap(a: string, b: string): boolean {
  const [left, right] = [a.split(/[ /]/), b.split(/[ /]/)];
  return left.length === right.length && left.every((part, n) => part === right[n] || part.startsWith('{') || (right[n]?.startsWith('{') ?? false));
}
