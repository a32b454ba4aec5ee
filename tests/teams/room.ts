import { HttpRequest, InvocationContext } from '@azure/functions';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { card, doneCard, type CardView } from '../../functions/goodsam/card.ts';
import type { CardActions, TeamsRefusal } from '../../functions/teams/contract.ts';
import { receiveActivity } from '../../functions/teams/receive.ts';
import { teamsStores } from '../../functions/teams/stores.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../local/simulators/teams/simulator.ts';
import { connectGraph } from '../../shared/azure/graph.ts';
import { memoryTable } from '../../shared/azure/memory.ts';
import { connectTeams } from '../../shared/azure/teams.ts';
import { createLog } from '../../shared/log.ts';

export const tenantId = '11111111-1111-4111-8111-111111111111';
export const approver = '00000000-0000-4000-8000-0000000000a1';
export const colleague = '00000000-0000-4000-8000-0000000000a2';
export const stranger = '00000000-0000-4000-8000-0000000000a9';

export const view: CardView = {
  requestId: '01980000-0000-7000-8000-000000000001', caseEtag: '"7"', ref: 'GS-7K3M-9QXT', area: 'CCTV', at: '2026-09-30T13:30:00.000Z', deepLink: 'https://apps.powerapps.example/play/live-links',
};

/**
 * A tiny law in place of a room: the first decision on a version wins, later ones are stale and see the current card. It counts its calls.
 */
function tinyRoom() {
  const decided = new Map<string, { by: string; activityId: string }>();
  const calls: { verb: string; by: string; data: Readonly<Record<string, string>> }[] = [];
  const decide = (verb: string): CardActions[string] => async ({ person, data, activityId, now }) => {
    await Promise.resolve();
    calls.push({ verb, by: person.objectId, data });
    const known = decided.get(view.requestId);
    if (!person.roles.includes('GoodSam.Authorise.CCTV')) return { statusCode: 403, card: card('AUTH_NEEDED', view) };
    if (data['caseEtag'] !== view.caseEtag || (known && known.activityId !== activityId)) return { statusCode: 409, card: doneCard(view, { collar: known?.by ?? 'another', at: now.toISOString() }) };
    decided.set(view.requestId, { by: person.collar, activityId });
    return { statusCode: 200, card: doneCard(view, { collar: person.collar, at: now.toISOString() }) };
  };
  const broken: CardActions[string] = () => Promise.reject(new Error('a fault of the room'));
  return { calls, actions: { 'goodsam.approve': decide('approve'), 'goodsam.refuse': decide('refuse'), 'test.broken': broken } satisfies CardActions };
}

const people = new Map([
  [approver, { objectId: approver, roles: ['GoodSam.Authorise.CCTV'], collar: '4711' }],
  [colleague, { objectId: colleague, roles: [], collar: '4712' }],
]);

/** The Teams room behind a real HTTP server, with the simulator in place of Microsoft. */
export async function startRoom() {
  const simulator: TeamsSimulator = await startTeamsSimulator({ tenantId });
  const { environment } = simulator;
  const audited: TeamsRefusal[] = [];
  const lines: string[] = [];
  const waits: number[] = [];
  const stores = teamsStores(memoryTable());
  const now = () => new Date();
  const teams = connectTeams(
    { botId: environment.TEAMS_BOT_ID, tenantId, serviceUrl: environment.TEAMS_SERVICE_URL, openIdMetadataUrl: environment.TEAMS_OPENID_METADATA_URL, tokenUrl: environment.TEAMS_TOKEN_URL },
    { ...stores, now, random: () => 0.5, sleep: async milliseconds => { waits.push(milliseconds); await sleep(Math.min(milliseconds, 20)); } },
  );
  const graph = connectGraph({ botId: environment.TEAMS_BOT_ID, url: environment.GRAPH_URL, tokenUrl: environment.TEAMS_TOKEN_URL }, { now, sleep });
  const room = tinyRoom();
  const handler = receiveActivity({
    tenants: [tenantId], staff: { find: objectId => Promise.resolve(people.get(objectId)) }, actions: room.actions, replies: stores.replies, conversations: stores.conversations, gateway: teams, now,
    audit: refusal => { audited.push(refusal); return Promise.resolve(); }, log: createLog({ write: (_level, line) => { lines.push(line); } }), ready: () => Promise.resolve(),
  });
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const headers = Object.fromEntries(Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
      const request = new HttpRequest({ method: 'POST', url: 'http://127.0.0.1/api/teams/messages', headers, body: { bytes: Buffer.concat(chunks) } });
      void Promise.resolve(handler(request, new InvocationContext({ functionName: 'ReceiveTeamsActivity' }))).then(reply => {
        if (!('status' in reply)) throw new Error('no reply');
        response.writeHead(reply.status ?? 0).end(typeof reply.body === 'string' ? reply.body : '');
      });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  simulator.connect(`http://127.0.0.1:${address.port}/api/teams/messages`);
  return {
    simulator, teams, graph, stores, audited, lines, waits, calls: room.calls,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await simulator.stop();
    },
  };
}

export type Room = Awaited<ReturnType<typeof startRoom>>;
