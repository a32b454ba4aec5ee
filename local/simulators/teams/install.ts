import { activityOf, deliver } from './deliver.ts';
import type { Simulated } from './state.ts';
import { authorizationOf } from './tokens.ts';

/** The chat of a person with the bot: always the same one, as in Teams. */
export function chatOf(state: Simulated, objectId: string): string {
  const known = [...state.conversations].find(([, to]) => to === objectId)?.[0];
  const id = known ?? `a:${state.newId()}`;
  state.conversations.set(id, objectId);
  return id;
}

/** Tells the app that the bot was installed for a person, or removed. */
export async function install(state: Simulated, objectId: string, action: 'add' | 'remove'): Promise<number> {
  const about = activityOf(state, { objectId, tenantId: state.tenantId, conversationId: chatOf(state, objectId) });
  const { status } = await deliver(state, { authorization: await authorizationOf(state, 'good'), activity: { ...about, type: 'installationUpdate', action, id: `f:${state.newId()}` } });
  return status;
}
