import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { listening, stopped } from '../../local/loopback.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../local/simulators/teams/simulator.ts';
import { connectStaff, rememberingStaff, type StaffDirectory } from '../../shared/azure/staff.ts';

const appId = '33333333-3333-4333-8333-333333333333';
const approver = '00000000-0000-4000-8000-0000000000a1';
const leaver = '00000000-0000-4000-8000-0000000000a3';
const named = '00000000-0000-4000-8000-00000000c0de';
const busy = '00000000-0000-4000-8000-0000000000a5';
const stranger = '00000000-0000-4000-8000-0000000000a9';
const people = [
  { objectId: approver, roles: ['GoodSam.Request', 'GoodSam.Authorise.CCTV'], collar: '4711' },
  { objectId: leaver, roles: ['GoodSam.Authorise.CCTV'], collar: '4713', enabled: false },
  { objectId: named, roles: [], collar: 'Fictional Person' },
  { objectId: busy, roles: Array.from({ length: 230 }, (_, number) => `Role.${String(number).padStart(3, '0')}`) },
];

let simulator: TeamsSimulator;
let clock = Date.parse('2026-09-30T13:30:00.000Z');
const waits: number[] = [];
beforeAll(async () => {
  simulator = await startTeamsSimulator({ tenantId: '11111111-1111-4111-8111-111111111111', people, appId });
});
afterEach(() => {
  simulator.outage(false);
  simulator.setPeople(people);
  waits.length = 0;
});
afterAll(() => simulator.stop());

function directory({ url = simulator.environment.GRAPH_URL, app = appId, timeoutMs }: { url?: string; app?: string; timeoutMs?: number } = {}): StaffDirectory {
  const settings = { botId: simulator.environment.TEAMS_BOT_ID, appId: app, url, tokenUrl: simulator.environment.TEAMS_TOKEN_URL, ...(timeoutMs !== undefined && { timeoutMs }) };
  return connectStaff(settings, { now: () => new Date(clock), sleep: milliseconds => { waits.push(milliseconds); return Promise.resolve(); } });
}

describe('who somebody is', () => {
  it('gives roles by their values and the collar number, in one spelling of the id', async () => {
    const expected = { objectId: approver, roles: ['GoodSam.Authorise.CCTV', 'GoodSam.Request'], collar: '4711' };
    expect(await directory().find(approver.toUpperCase())).toEqual(expected);
  });

  it('knows no disabled account, no unknown person, and asks nothing about what is no object id', async () => {
    const staff = directory();
    expect(await staff.find(leaver)).toBeUndefined();
    expect(await staff.find(stranger)).toBeUndefined();
    simulator.outage(true);
    for (const id of ['', '..', 'a.person@force.example', `${approver}/appRoleAssignments`, `${approver}?x`]) expect(await staff.find(id)).toBeUndefined();
  });

  it('shows a name that was typed as employee id nowhere, and gives nobody a role by default', async () => {
    expect(await directory().find(named)).toEqual({ objectId: named, roles: [], collar: 'c0de' });
  });

  it('follows all pages', async () => {
    const person = await directory().find(busy);
    expect(person?.roles).toEqual(people[3]?.roles);
    expect(person?.collar).toBe('00a5');
  });
});

describe('what is kept', () => {
  it('holds a role that was taken away for a minute at most', async () => {
    const staff = directory();
    await staff.find(approver);
    simulator.setPeople([{ objectId: approver, roles: ['GoodSam.Request'], collar: '4711' }]);
    clock += 59_999;
    expect((await staff.find(approver))?.roles).toContain('GoodSam.Authorise.CCTV');
    clock += 1;
    expect((await staff.find(approver))?.roles).toEqual(['GoodSam.Request']);
  });

  it('does not take an answer of the future for a fresh one', async () => {
    const staff = directory();
    await staff.find(approver);
    simulator.setPeople([]);
    clock -= 3_600_000;
    expect(await staff.find(approver)).toBeUndefined();
  });

  it('learns a new role of the app before its hour is over', async () => {
    const staff = directory();
    await staff.find(approver);
    simulator.setPeople([{ objectId: approver, roles: ['Role.New'] }]);
    clock += 60_000;
    expect((await staff.find(approver))?.roles).toEqual(['Role.New']);
  });

  it('keeps no failure, and asks once for several at the same time', async () => {
    let asked = 0;
    const answers = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const find = rememberingStaff(() => answers[asked++]?.promise ?? Promise.resolve(undefined), () => new Date(clock));
    const both = Promise.allSettled([find(approver), find(approver)]);
    answers[0]?.reject(new Error('down'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    answers[1]?.resolve(undefined);
    expect(await find(approver)).toBeUndefined();
    expect(asked).toBe(2);
  });

  it('keeps 5,000 people, and the oldest answer goes first', async () => {
    const asked: string[] = [];
    const find = rememberingStaff(id => { asked.push(id); return Promise.resolve(undefined); }, () => new Date(clock));
    const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    for (let number = 0; number <= 5_000; number += 1) await find(idOf(number));
    await find(idOf(1));
    expect(asked).toHaveLength(5_001);
    await find(idOf(0));
    expect(asked).toHaveLength(5_002);
  });
});

describe('when Graph does not say', () => {
  it('waits as long as Retry-After says, within the time for the look-up', async () => {
    simulator.throttle({ of: 'graph', times: 1, retryAfterSeconds: 2 });
    expect((await directory().find(approver))?.collar).toBe('4711');
    expect(waits).toEqual([2_000]);
  });

  it('fails at once where the wait would take longer', async () => {
    simulator.throttle({ of: 'graph', times: 1, retryAfterSeconds: 6 });
    await expect(directory().find(approver)).rejects.toMatchObject({ kind: 'throttled', retryAfterMs: 6_000 });
    expect(waits).toEqual([]);
  });

  it('gives up after three tries', async () => {
    simulator.throttle({ of: 'graph', times: 3, status: 503 });
    await expect(directory().find(approver)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(waits).toHaveLength(2);
  });

  it('throws in an outage, also for somebody it knew, and says what is true after it', async () => {
    const staff = directory();
    await staff.find(approver);
    clock += 60_000;
    simulator.outage(true);
    await expect(staff.find(approver)).rejects.toMatchObject({ name: 'TeamsError', kind: 'unavailable' });
    simulator.outage(false);
    expect((await staff.find(approver))?.collar).toBe('4711');
  });

  it('does not take an unknown app or a refusal for a person without roles', async () => {
    await expect(directory({ app: stranger }).find(approver)).rejects.toMatchObject({ kind: 'gone' });
    simulator.throttle({ of: 'graph', times: 1, status: 403 });
    await expect(directory().find(approver)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('what a false Graph could say', () => {
  const servicePrincipalId = '77777777-7777-4777-8777-777777777777';
  const roleId = '88888888-8888-4888-8888-888888888888';
  const offId = '99999999-9999-4999-8999-999999999999';
  const thirdId = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
  const noRole = '00000000-0000-0000-0000-000000000000';
  const principal = { id: servicePrincipalId, appRoles: [{ id: roleId, value: 'GoodSam.Request', isEnabled: true }, { id: offId, value: 'GoodSam.Old', isEnabled: false }, { id: thirdId, value: 'GoodSam.Third', isEnabled: true }] };
  const account = { id: approver, accountEnabled: true, employeeId: 'PC-4711' };
  const servers: Server[] = [];
  afterAll(() => Promise.all(servers.map(stopped)));

  /** Answers by the end of the path; what is not given hangs. */
  async function graphOf(replies: Readonly<Record<string, unknown>>): Promise<{ url: string; seen: { path: string; authorization: string | undefined }[] }> {
    const seen: { path: string; authorization: string | undefined }[] = [];
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      seen.push({ path, authorization: request.headers.authorization });
      const all: Readonly<Record<string, unknown>> = { servicePrincipals: principal, 'users/': account, ...replies };
      const known = Object.entries(all).toReversed().find(([part, reply]) => path.includes(part) && reply !== undefined);
      if (known) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(known[1]));
    });
    servers.push(server);
    return { url: `${await listening(server, 0)}/v1.0`, seen };
  }

  it('counts roles given through a group, and none of another app, switched off, or without a role', async () => {
    const value = [
      { appRoleId: roleId.toUpperCase(), resourceId: servicePrincipalId, principalType: 'Group', principalId: stranger }, { appRoleId: roleId, resourceId: servicePrincipalId, principalType: 'User', principalId: approver },
      { appRoleId: offId, resourceId: servicePrincipalId }, { appRoleId: noRole, resourceId: servicePrincipalId }, { appRoleId: thirdId, resourceId: stranger },
    ];
    const { url, seen } = await graphOf({ appRoleAssignments: { value } });
    expect(await directory({ url }).find(approver)).toEqual({ objectId: approver, roles: ['GoodSam.Request'], collar: 'PC-4711' });
    expect(seen.map(({ path }) => decodeURIComponent(path))).toEqual([
      `/v1.0/servicePrincipals(appId='${appId}')?$select=id,appRoles`, `/v1.0/users/${approver}?$select=id,accountEnabled,employeeId`,
      `/v1.0/users/${approver}/appRoleAssignments?$filter=resourceId eq ${servicePrincipalId}&$top=100`,
    ]);
  });

  it('sends its token to no other host that a next page is said to be on', async () => {
    const other = await graphOf({ appRoleAssignments: { value: [] } });
    const { host } = new URL(other.url);
    const own = (link: string) => graphOf({ appRoleAssignments: { value: [], '@odata.nextLink': link } });
    for (const link of [`${other.url}/users/${approver}/appRoleAssignments`, `//${host}/v1.0/x`, `https://${host}/v1.0/x`, 'not an address']) {
      const { url, seen } = await own(link);
      await expect(directory({ url }).find(approver)).rejects.toMatchObject({ kind: 'forbidden' });
      expect(seen).toHaveLength(3);
    }
    expect(other.seen).toEqual([]);
  });

  it('follows no redirect', async () => {
    const other = await graphOf({});
    const server = createServer((_request, response) => response.writeHead(302, { location: `${other.url}/servicePrincipals` }).end());
    servers.push(server);
    await expect(directory({ url: `${await listening(server, 0)}/v1.0` }).find(approver)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(other.seen).toEqual([]);
  });

  it('reads no list without an end', async () => {
    const page = { value: [], '@odata.nextLink': '' };
    const { url, seen } = await graphOf({ appRoleAssignments: page });
    page['@odata.nextLink'] = `${url}/users/${approver}/appRoleAssignments?$skiptoken=again`;
    await expect(directory({ url }).find(approver)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(seen).toHaveLength(2 + 20);
    expect(seen.at(-1)?.path).toContain('skiptoken=again');
  });

  it('throws for replies that do not say all: no list, no account state, another person', async () => {
    const replies = [{ appRoleAssignments: {} }, { appRoleAssignments: { value: [{}] } }, { 'users/': { id: approver, accountEnabled: null } }, { 'users/': { ...account, id: stranger } }, { servicePrincipals: { id: servicePrincipalId } }];
    for (const reply of replies) {
      const { url } = await graphOf({ appRoleAssignments: { value: [] }, ...reply });
      await expect(directory({ url }).find(approver)).rejects.toMatchObject({ kind: 'unavailable' });
    }
  });

  it('waits for the whole look-up no longer than its time', async () => {
    const { url } = await graphOf({ 'users/': undefined });
    const started = performance.now();
    await expect(directory({ url, timeoutMs: 300 }).find(approver)).rejects.toMatchObject({ kind: 'unavailable', message: 'Graph did not answer in time' });
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
