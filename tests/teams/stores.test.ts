import { describe, expect, it } from '@jest/globals';
import { card, expiredCard } from '../../functions/goodsam/card.ts';
import type { StoredReply } from '../../functions/teams/contract.ts';
import { teamsStores } from '../../functions/teams/stores.ts';
import { memoryTable } from '../../shared/azure/memory.ts';
import { view } from './room.ts';

const reply = (verb: string): StoredReply => ({ objectId: 'o', verb, dataHash: 'h', reply: { statusCode: 200, card: card('AUTH_NEEDED', view) } });

describe('the stores of the Teams room', () => {
  it('keeps the first reply to an activity, whoever asks and however often', async () => {
    const { replies } = teamsStores(memoryTable());
    const id = 'f:1/../#?';
    expect(await replies.get(id)).toBeUndefined();
    const all = await Promise.all(['one', 'two', 'three'].map(verb => replies.put(id, reply(verb))));
    expect(new Set(all.map(({ verb }) => verb)).size).toBe(1);
    expect(await replies.get(id)).toEqual(all[0]);
    expect(await replies.put(id, { ...reply('late'), reply: { statusCode: 409, card: expiredCard(view) } })).toEqual(all[0]);
  });

  it('keeps the last conversation and the last card of a key, also when written at once', async () => {
    const { conversations, sent } = teamsStores(memoryTable());
    await Promise.all(['a', 'b', 'c'].map(conversationId => conversations.put('person', { conversationId, serviceUrl: 'https://smba.example', tenantId: 't' })));
    expect((await conversations.find('person'))?.conversationId).toMatch(/^[abc]$/);
    await Promise.all([conversations.remove('person'), conversations.remove('person')]);
    expect(await conversations.find('person')).toBeUndefined();
    await sent.put('key', { conversationId: 'c', activityId: '1' });
    await sent.put('key', { conversationId: 'c', activityId: '2', serviceUrl: 'https://smba.example' });
    expect(await sent.find('key')).toEqual({ conversationId: 'c', activityId: '2', serviceUrl: 'https://smba.example' });
    expect(await sent.find('other')).toBeUndefined();
  });
});
