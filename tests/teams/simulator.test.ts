import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { card } from '../../functions/goodsam/card.ts';
import { approver, colleague, startRoom, view, type Room } from './room.ts';

let room: Room;
beforeAll(async () => {
  room = await startRoom();
});
afterAll(async () => {
  await room.stop();
});

async function ask(path: string, body?: object | string, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<{ status: number; body: unknown }> {
  const reply = await fetch(`${room.simulator.url}${path}`, body === undefined ? {} : { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const read: unknown = await reply.json();
  return { status: reply.status, body: read };
}

describe('the simulator of Teams', () => {
  it('takes calls of the connector and of Graph only with a token that it gave out for them', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await ask('/v3/conversations', {})).toMatchObject({ status: 401 });
    expect(await ask('/v1.0/users/x/teamwork/sendActivityNotification', {})).toMatchObject({ status: 401 });
    expect(await ask('/oauth2/v2.0/token', 'grant_type=client_credentials&client_id=another&scope=s', form)).toMatchObject({ status: 400 });
    const { body } = await ask('/oauth2/v2.0/token', `grant_type=client_credentials&client_id=${room.simulator.environment.TEAMS_BOT_ID}&scope=https://graph.microsoft.com/.default`, form);
    const token = typeof body === 'object' && body !== null && 'access_token' in body ? String(body.access_token) : '';
    expect(await ask('/v3/conversations', {}, { authorization: `Bearer ${token}`, 'content-type': 'application/json' })).toMatchObject({ status: 401 });
  });

  it('shows cards and presses buttons over its control API, which other sites cannot reach', async () => {
    const { activityId } = await room.teams.send({ userObjectId: approver }, card('AUTH_NEEDED', view), { key: 'k' });
    const press = { activityId, verb: 'goodsam.approve', data: { requestId: view.requestId, caseEtag: view.caseEtag }, as: approver };
    expect(await ask('/sim/act', press, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await ask('/sim/act', { ...press, activityId: 'never' })).toMatchObject({ status: 404 });
    expect(await ask('/sim/act', { verb: 'x' })).toMatchObject({ status: 400 });
    expect(await ask('/sim/act', press)).toMatchObject({ status: 200, body: { httpStatus: 200, replaced: true } });
    expect(await ask('/sim/cards')).toMatchObject({ status: 200, body: [{ activityId, history: [{ card: { type: 'AdaptiveCard' } }] }] });
    const foreign = await new Promise(resolve => request(`${room.simulator.url}/sim/cards`, { headers: { host: 'attacker.example' } }, reply => resolve(reply.resume().statusCode)).end());
    expect(foreign).toBe(421);
  });

  it('installs, throttles and goes down on demand', async () => {
    expect(await ask('/sim/install', { objectId: colleague })).toEqual({ status: 200, body: { httpStatus: 200 } });
    expect(await room.stores.conversations.find(colleague)).toBeDefined();
    expect(await ask('/sim/throttle', { of: 'nothing', times: 1 })).toMatchObject({ status: 400 });
    expect(await ask('/sim/outage', { on: true })).toMatchObject({ status: 200 });
    expect(await ask('/oauth2/v2.0/token', {})).toMatchObject({ status: 503 });
    expect(await ask('/sim/outage', { on: false })).toMatchObject({ status: 200 });
  });
});
