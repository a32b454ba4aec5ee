import * as z from 'zod';
import type { Delivery, Simulated } from './state.ts';

/** Gives one activity to the app as the Bot Connector does. Rejects when the app was not named or does not answer. */
export async function deliver(state: Simulated, delivery: Delivery): Promise<{ status: number; body: unknown }> {
  if (state.messagesUrl === undefined) throw new Error('the simulator was not told where the app is: call connect');
  state.lastDelivery = delivery;
  const reply = await fetch(state.messagesUrl, {
    method: 'POST', body: JSON.stringify(delivery.activity), signal: AbortSignal.timeout(30_000),
    headers: { 'content-type': 'application/json; charset=utf-8', ...(delivery.authorization !== undefined && { authorization: delivery.authorization }) },
  });
  const text = await reply.text();
  const body = z.json().safeParse(text === '' ? null : parsed(text));
  return { status: reply.status, body: body.success ? body.data : undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What every activity has. */
export function activityOf(state: Simulated, { objectId, tenantId, conversationId }: { objectId: string; tenantId: string; conversationId: string }): Record<string, unknown> {
  return {
    channelId: 'msteams', serviceUrl: state.url, timestamp: new Date().toISOString(), locale: 'en-GB',
    from: { id: `29:${objectId}`, aadObjectId: objectId, role: 'user' }, recipient: { id: `28:${state.botId}`, name: 'Police back end' },
    conversation: { id: conversationId, conversationType: 'personal', tenantId }, channelData: { tenant: { id: tenantId }, source: { name: 'message' } },
  };
}
