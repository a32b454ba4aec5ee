import type { HttpHandler } from '@azure/functions';
import * as z from 'zod';
import type { ActivityGateway, ConversationReference, ConversationStore, InvokeReply } from '../../shared/azure/teams.ts';
import { readJson } from '../../shared/http/body.ts';
import { toProblem } from '../../shared/http/failure.ts';
import { problemReply, securityHeaders } from '../../shared/http/reply.ts';
import { traceOf } from '../../shared/http/trace.ts';
import type { Log } from '../../shared/log.ts';
import { answerCard, foreignTenant, type AnswerDeps } from './answer.ts';
import { activity, type Activity } from './contract.ts';

export interface ReceiveDeps extends AnswerDeps {
  readonly gateway: ActivityGateway;
  readonly conversations: ConversationStore;
  readonly log: Log;
  /** Resolves when the stores are there; awaited once the token has been checked. */
  readonly ready: () => Promise<void>;
}

const anything = z.looseObject({});

/** Takes one delivery of the Bot Connector. 401 for its token, else 200 with the answer in the body; a failure of ours is a problem, and Teams says that it did not work. */
export function receiveActivity(deps: ReceiveDeps): HttpHandler {
  return async (request, context) => {
    const startedAt = deps.now();
    const trace = traceOf(request, context);
    const log = deps.log.with({ traceId: trace.traceId, operation: 'ReceiveTeamsActivity' });
    const reply = await taken().catch((error: unknown) => problemReply(toProblem(error, log, undefined), trace.traceId));
    log.info('request', { status: reply.status, durationMs: deps.now().getTime() - startedAt.getTime() });
    return reply;

    async function taken() {
      const delivered = await readJson(request, anything);
      const { status, body } = await deps.gateway.receive({ authorization: request.headers.get('authorization') ?? undefined, activity: delivered }, async checked => {
        await deps.ready();
        return await dispatch(checked, deps);
      });
      if (status === 401) await deps.audit({ code: 'token-refused' });
      return { status, headers: { ...securityHeaders, ...(body && { 'content-type': 'application/json; charset=utf-8' }) }, ...(body && { body: JSON.stringify(body) }) };
    }
  };
}

async function dispatch(received: Readonly<Record<string, unknown>>, deps: ReceiveDeps): Promise<InvokeReply> {
  const read = activity.safeParse(received);
  if (!read.success) return { status: 400 };
  const { type, name, value } = read.data;
  if (type === 'invoke') return name === 'adaptiveCard/action' ? await answerCard(read.data, deps) : { status: 501 };
  if (type === 'installationUpdate' || type === 'conversationUpdate') await keepConversation(read.data, deps);
  // The fallback of a client without Action.Execute: nothing can be shown in answer, so the room's own update of the card tells the person.
  if (type === 'message' && typeof value === 'object' && value !== null) await answerCard(read.data, deps);
  return { status: 200 };
}

/** The bot may speak first only where it was installed, and needs to know where that is. */
async function keepConversation(received: Activity, { conversations, tenants, audit }: ReceiveDeps): Promise<void> {
  const foreign = foreignTenant(received, tenants);
  if (foreign !== undefined) {
    await audit({ code: 'tenant-refused', ...(foreign !== '' && { tenantId: foreign }) });
    return;
  }
  const place = placeOf(received);
  const change = changeOf(received);
  if (place && change === 'removed') await conversations.remove(place.key);
  if (place && change === 'added') await conversations.put(place.key, place.reference);
}

function placeOf({ conversation, channelData, from, serviceUrl }: Activity): { key: string; reference: ConversationReference } | undefined {
  const key = conversation.conversationType === 'personal' ? from.aadObjectId : channelData?.team?.id;
  const tenantId = conversation.tenantId ?? channelData?.tenant?.id;
  return key === undefined || tenantId === undefined ? undefined : { key, reference: { conversationId: conversation.id, serviceUrl, tenantId } };
}

function changeOf({ type, action, recipient, membersAdded, membersRemoved }: Activity): 'added' | 'removed' | undefined {
  const isBot = ({ id }: { id: string }) => id === recipient.id;
  if (type === 'installationUpdate') return action?.startsWith('remove') ? 'removed' : action?.startsWith('add') ? 'added' : undefined;
  if (membersRemoved?.some(isBot)) return 'removed';
  return membersAdded?.some(isBot) ? 'added' : undefined;
}
