import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { card, doneCard } from '../../functions/goodsam/card.ts';
import type { TokenKind } from '../../local/simulators/teams/tokens.ts';
import { approver, colleague, startRoom, stranger, view, type Room } from './room.ts';

let room: Room;
beforeEach(async () => {
  room = await startRoom();
});
afterEach(async () => {
  await room.stop();
});

const data = { requestId: view.requestId, caseEtag: view.caseEtag };

async function sentCard(): Promise<string> {
  return (await room.teams.send({ userObjectId: approver }, card('AUTH_NEEDED', view), { key: 'auth-1' })).activityId;
}

describe('tokens of deliveries (power-platform-and-teams.md 4.2)', () => {
  const cases: [TokenKind, number][] = [
    ['good', 200], ['within-skew', 200], ['forged', 401], ['unknown-kid', 401], ['wrong-audience', 401], ['wrong-issuer', 401], ['entra-issuer', 401], ['expired', 401], ['no-end', 401], ['wrong-service-url', 401],
    ['unsigned', 401], ['not-bearer', 401], ['none', 401],
  ];
  test.each(cases)('%s: HTTP %d', async (token, httpStatus) => {
    const activityId = await sentCard();
    const outcome = await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: approver, token });
    expect(outcome).toMatchObject({ httpStatus, replaced: httpStatus === 200 });
    expect(room.calls).toHaveLength(httpStatus === 200 ? 1 : 0);
    expect(room.audited).toEqual(httpStatus === 200 ? [] : [{ code: 'token-refused' }]);
    if (httpStatus === 401) expect(outcome.answer ?? null).toBeNull();
  });
});

it('no variable of the environment turns the check of tokens off', async () => {
  process.env['DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS'] = 'true';
  try {
    const activityId = await sentCard();
    expect(await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: approver, token: 'forged' })).toMatchObject({ httpStatus: 401 });
    expect(room.calls).toEqual([]);
  } finally {
    delete process.env['DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS'];
  }
});

describe('who answers, and what (goodsam.md 21.35)', () => {
  it('replaces the card with the answer of the room', async () => {
    const activityId = await sentCard();
    expect(await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: approver })).toMatchObject({ httpStatus: 200, answer: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' }, replaced: true });
    const [shown] = room.simulator.cards();
    expect(JSON.stringify(shown?.card)).toContain('Done by 4711');
    expect(shown?.history).toMatchObject([{ card: card('AUTH_NEEDED', view) }]);
    expect(room.audited).toEqual([]);
  });

  it.each([
    ['another tenant', { as: approver, tenantId: '99999999-9999-4999-8999-999999999999' }, 403, { code: 'tenant-refused', objectId: approver, tenantId: '99999999-9999-4999-8999-999999999999' }],
    ['a person who is no member of staff', { as: stranger }, 403, { code: 'staff-unknown', objectId: stranger }],
    ['a verb that no room has', { as: approver, verb: 'goodsam.confirm-safe' }, 400, { code: 'verb-unknown', objectId: approver }],
    ['a verb of the language', { as: approver, verb: 'constructor' }, 400, { code: 'verb-unknown', objectId: approver }],
    ['data that is no text', { as: approver, data: { requestId: { $ne: '' } } }, 400, { code: 'answer-unreadable', objectId: approver }],
  ])('refuses %s within a 200, audits it, and leaves the card', async (_what, press, statusCode, refusal) => {
    const activityId = await sentCard();
    const outcome = await room.simulator.act({ activityId, verb: 'goodsam.approve', data, ...press });
    expect(outcome).toMatchObject({ httpStatus: 200, replaced: false, answer: { statusCode, type: 'application/vnd.microsoft.error', value: { code: refusal.code } } });
    expect(room.audited).toEqual([{ ...refusal, activityId: outcome.invokeId }]);
    expect(room.calls).toEqual([]);
  });

  it('shows the current card to whoever was slower, with 409', async () => {
    const activityId = await sentCard();
    await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: approver });
    const late = await room.simulator.act({ activityId, verb: 'goodsam.refuse', data: { ...data, reason: 'OTHER' }, as: approver });
    expect(late).toMatchObject({ httpStatus: 200, replaced: true, answer: { statusCode: 409, type: 'application/vnd.microsoft.card.adaptive' } });
    expect(JSON.stringify(late.answer)).toContain('Done by 4711');
    expect(room.audited).toEqual([{ code: 'card-stale', activityId: late.invokeId, objectId: approver, verb: 'goodsam.refuse' }]);
  });

  it('lets the room refuse a person without the role', async () => {
    const activityId = await sentCard();
    const outcome = await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: colleague });
    expect(outcome).toMatchObject({ httpStatus: 200, answer: { statusCode: 403 } });
    expect(room.audited).toMatchObject([{ code: 'action-refused', objectId: colleague, verb: 'goodsam.approve' }]);
  });

  it('gives the stored reply to the same activity again, byte for byte, and does nothing twice', async () => {
    const activityId = await sentCard();
    const first = await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: approver });
    const again = await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: approver, token: 'replayed' });
    expect(again.answer).toEqual(first.answer);
    expect(again.httpStatus).toBe(200);
    expect(room.calls).toHaveLength(1);
  });

  it.each([
    ['data', { data: { ...data, extra: 'x' } }],
    ['verb', { verb: 'goodsam.refuse' }],
    ['person', { as: colleague }],
  ])('refuses another %s under the same activity id', async (_what, change) => {
    const activityId = await sentCard();
    const { invokeId } = await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: approver });
    const other = await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: approver, invokeId, ...change });
    expect(other).toMatchObject({ httpStatus: 200, replaced: false, answer: { statusCode: 409, value: { code: 'answer-reused' } } });
    expect(room.calls).toHaveLength(1);
    expect(room.audited).toMatchObject([{ code: 'answer-reused', activityId: invokeId }]);
  });

  it('answers two deliveries at once of one press with one reply', async () => {
    const activityId = await sentCard();
    const press = { activityId, verb: 'goodsam.approve', data, as: approver, invokeId: 'f:same' };
    const [one, two] = await Promise.all([room.simulator.act(press), room.simulator.act(press)]);
    expect(one.answer).toEqual(two.answer);
    expect(one.answer).toMatchObject({ statusCode: 200 });
  });

  it('takes the fallback of an older client, whose answer comes as a message', async () => {
    const activityId = await sentCard();
    expect(await room.simulator.act({ activityId, verb: 'goodsam.approve', data, as: approver, by: 'submit' })).toMatchObject({ httpStatus: 200, replaced: false });
    expect(room.calls).toEqual([{ verb: 'approve', by: approver, data }]);
  });

  it('says 500 when the room fails, stores nothing, and logs it without content', async () => {
    const activityId = await sentCard();
    const outcome = await room.simulator.act({ activityId, verb: 'test.broken', data: { ...data, secret: 'canary' }, as: approver, invokeId: 'f:broken' });
    expect(outcome).toMatchObject({ httpStatus: 500, replaced: false });
    expect(await room.stores.replies.get('f:broken')).toBeUndefined();
    expect(room.lines.join('\n')).toContain('request-failed');
    expect(room.lines.join('\n')).not.toContain('canary');
  });
});

describe('where the bot was installed', () => {
  it('keeps the conversation of an installation, and forgets it on removal', async () => {
    expect(await room.simulator.install(colleague)).toBe(200);
    const kept = await room.stores.conversations.find(colleague);
    expect(kept).toMatchObject({ serviceUrl: room.simulator.url, tenantId: room.simulator.environment.TEAMS_TENANT_ID });
    const sent = await room.teams.send({ userObjectId: colleague }, doneCard(view, { collar: '1', at: view.at }), { key: 'k' });
    expect(sent.conversationId).toBe(kept?.conversationId);
    expect(await room.simulator.install(colleague, 'remove')).toBe(200);
    expect(await room.stores.conversations.find(colleague)).toBeUndefined();
  });
});
