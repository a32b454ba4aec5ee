import * as z from 'zod';
import { throttled, type Call, type CallAnswer } from './connector.ts';
import { directoryCall } from './directory.ts';
import type { Simulated } from './state.ts';
import { isOurs } from './tokens.ts';

const notification = z.object({
  topic: z.object({ source: z.literal('text'), value: z.string().min(1), webUrl: z.string().startsWith('https://teams.microsoft.com/l/') }),
  activityType: z.string().min(1), previewText: z.object({ content: z.string().min(1).max(150) }),
});

const noSuchCall: CallAnswer = { status: 404, body: { error: { code: 'NotFound', message: 'no such call' } } };

/** Graph, as far as the app uses it: activity alerts, and who somebody is. */
export async function graphCall(state: Simulated, call: Call & { readonly query: URLSearchParams }): Promise<CallAnswer> {
  if (!await isOurs(state, call.authorization, 'https://graph.microsoft.com')) return { status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'token' } } };
  const slowed = throttled(state, 'graph');
  if (slowed) return slowed;
  return call.method === 'GET' ? directoryCall(state, call.path, call.query) ?? noSuchCall : notify(state, call);
}

/** sendActivityNotification, with the rules of its topic that Graph enforces. */
function notify(state: Simulated, call: Call): CallAnswer {
  const to = /^\/v1\.0\/users\/([^/]+)\/teamwork\/sendActivityNotification$/.exec(call.path)?.[1];
  if (to === undefined || call.method !== 'POST') return noSuchCall;
  const read = notification.safeParse(call.body);
  if (!read.success) return { status: 400, body: { error: { code: 'BadRequest', message: 'the notification is malformed' } } };
  const { activityType, previewText, topic } = read.data;
  state.alerts.push({ to: decodeURIComponent(to), activityType, text: previewText.content, link: topic.webUrl, at: new Date().toISOString() });
  return { status: 204, body: {} };
}
