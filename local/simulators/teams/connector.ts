import * as z from 'zod';
import { replace } from './act.ts';
import { chatOf } from './install.ts';
import type { Simulated, Throttle } from './state.ts';
import { isOurs } from './tokens.ts';

export interface Call {
  readonly path: string;
  readonly method: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface CallAnswer {
  readonly status: number;
  readonly body: object;
  readonly retryAfterSeconds?: number | undefined;
}

/** Teams refuses a bot's message above about 40 KB. */
const maxBytes = 40_000;
const created = z.object({ members: z.tuple([z.object({ id: z.string().min(1) })]), tenantId: z.string() });
const message = z.object({
  type: z.literal('message'), summary: z.string().min(1),
  attachments: z.tuple([z.object({ contentType: z.literal('application/vnd.microsoft.card.adaptive'), content: z.looseObject({ type: z.literal('AdaptiveCard') }) })]),
});

/** The Bot Connector: conversations, and activities in them. */
export async function connectorCall(state: Simulated, call: Call): Promise<CallAnswer> {
  if (!await isOurs(state, call.authorization, 'https://api.botframework.com')) return { status: 401, body: { error: 'token' } };
  const slowed = throttled(state, 'connector');
  if (slowed) return slowed;
  if (call.path === '/v3/conversations' && call.method === 'POST') return create(state, call.body);
  return inConversation(state, call);
}

function inConversation(state: Simulated, call: Call): CallAnswer {
  const [, conversation = '', activityId] = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(call.path) ?? [];
  const conversationId = decodeURIComponent(conversation);
  if (conversationId === '') return { status: 404, body: { error: 'not found' } };
  if (JSON.stringify(call.body).length > maxBytes) return { status: 413, body: { error: 'too large' } };
  if (call.method === 'POST' && activityId === undefined) return post(state, conversationId, call.body);
  if (call.method === 'PUT' && activityId !== undefined) return put(state, { conversationId, activityId: decodeURIComponent(activityId) }, call.body);
  return { status: 405, body: { error: 'method' } };
}

/** What was asked for by /sim/throttle. */
export function throttled(state: Simulated, of: Throttle['of']): CallAnswer | undefined {
  const rule = state.throttles.find(found => found.of === of && found.left > 0);
  if (!rule) return undefined;
  rule.left -= 1;
  return { status: rule.status, body: { error: { code: 'Throttled', message: 'on demand' } }, retryAfterSeconds: rule.retryAfterSeconds };
}

function create(state: Simulated, body: unknown): CallAnswer {
  const read = created.safeParse(body);
  if (!read.success || read.data.tenantId !== state.tenantId) return { status: 400, body: { error: 'BadSyntax' } };
  return { status: 201, body: { id: chatOf(state, read.data.members[0].id) } };
}

function post(state: Simulated, conversationId: string, body: unknown): CallAnswer {
  const to = state.conversations.get(conversationId) ?? (conversationId.startsWith('19:') ? conversationId : undefined);
  const read = message.safeParse(body);
  if (to === undefined) return { status: 404, body: { error: 'ConversationNotFound' } };
  if (!read.success) return { status: 400, body: { error: 'BadSyntax' } };
  const activityId = String(Date.now()) + state.newId().slice(0, 4);
  const now = new Date().toISOString();
  state.cards.push({ conversationId, activityId, to, summary: read.data.summary, card: read.data.attachments[0].content, sentAt: now, changedAt: now, history: [] });
  return { status: 201, body: { id: activityId } };
}

function put(state: Simulated, { conversationId, activityId }: { conversationId: string; activityId: string }, body: unknown): CallAnswer {
  const shown = state.cards.find(card => card.activityId === activityId && card.conversationId === conversationId);
  const read = message.safeParse(body);
  if (!shown) return { status: 404, body: { error: 'ActivityNotFound' } };
  if (!read.success) return { status: 400, body: { error: 'BadSyntax' } };
  replace(shown, read.data.attachments[0].content);
  return { status: 200, body: { id: activityId } };
}
