import { AsyncLocalStorage } from 'node:async_hooks';
import { App, type HttpRouteHandler } from '@microsoft/teams.apps';
import { cardMaxBytes, type AdaptiveCard } from '../../domain/card.ts';
import { TeamsError, type ConversationReference, type HandleActivity, type InvokeReply, type SentCard, type Teams, type TeamsDeps, type TeamsSettings } from '../teams.ts';
import { attempt, raced } from './attempts.ts';
import { mayBeVerified } from './claims.ts';
import { appWindows, conversationWindows, limiter } from './limits.ts';
import { appTokens } from './tokens.ts';

const publicService = 'https://smba.trafficmanager.net/teams';
const publicMetadata = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
/** The issuer of the Bot Connector's tokens, the same for every bot of the public cloud. */
const issuer = 'https://api.botframework.com';
const cardType = 'application/vnd.microsoft.card.adaptive';

/** One delivery that is being handled: the SDK knows one handler for all, and swallows what it throws. */
interface Turn { readonly handle: HandleActivity; failed?: { readonly error: unknown } }

/** Opens the bot over the Teams SDK. It listens nowhere: the Function hands each delivery over, and the SDK checks its token. */
export async function openBot(settings: TeamsSettings, deps: TeamsDeps): Promise<Teams> {
  const turns = new AsyncLocalStorage<Turn>();
  const signals = new AsyncLocalStorage<AbortSignal | undefined>();
  const routes: HttpRouteHandler[] = [];
  const app = new App({
    ...identityOf(settings),
    logger: silent,
    // Said here so that no environment variable can turn the check off.
    dangerouslyAllowUnauthenticatedRequests: false,
    httpServerAdapter: { registerRoute: (_method, _path, handler) => { routes.push(handler); } },
    client: {
      timeout: settings.timeoutMs ?? 10_000, logger: silent,
      middlewares: [{ invoke: async (context, next) => {
        const signal = signals.getStore();
        if (signal) context.config.signal = signal;
        return await next();
      } }],
    },
  });
  app.use(async ({ activity }) => {
    const turn = turns.getStore();
    if (!turn) throw new Error('an activity outside a delivery');
    return await turn.handle(plain(activity)).catch((error: unknown) => {
      turn.failed = { error };
      throw error;
    });
  });
  await app.initialize();
  const [route] = routes;
  if (!route) throw new Error('the Teams SDK registered no route');
  return { ...sender({ app, settings, deps, signals }), receive: (delivery, handle) => receive({ turns, route }, delivery, handle) };
}

function identityOf(settings: TeamsSettings) {
  const tokenFor = appTokens(settings);
  return {
    clientId: settings.botId, tenantId: settings.tenantId, token: async (scope: string | string[]) => await tokenFor([scope].flat().join(' ')), serviceUrl: settings.serviceUrl ?? publicService,
    cloud: { ...publicCloud, openIdMetadataUrl: settings.openIdMetadataUrl ?? publicMetadata },
  };
}

/** The public cloud of the SDK, written out so that the issuer and key set that we trust are seen here. */
const publicCloud = {
  loginEndpoint: 'https://login.microsoftonline.com', loginTenant: 'botframework.com', botScope: `${issuer}/.default`, tokenServiceUrl: 'https://token.botframework.com', tokenIssuer: issuer,
  graphScope: 'https://graph.microsoft.com/.default', agenticIdentityBotScope: '5a807f24-c9de-44ee-a3a7-329e88a00ffc/.default',
};

async function receive({ turns, route }: { turns: AsyncLocalStorage<Turn>; route: HttpRouteHandler }, { authorization, activity }: Parameters<Teams['receive']>[0], handle: HandleActivity): Promise<InvokeReply> {
  if (!mayBeVerified(authorization, activity, issuer)) return { status: 401 };
  const turn: Turn = { handle };
  const { status, body } = await turns.run(turn, () => route({ body: activity, headers: { authorization: authorization ?? '' } }));
  if (turn.failed) throw turn.failed.error;
  // The SDK's words about a refused token help only whoever made it.
  return typeof body === 'object' && body !== null && status !== 401 ? { status, body } : { status };
}

function sender({ app, settings, deps, signals }: { app: App; settings: TeamsSettings; deps: TeamsDeps; signals: AsyncLocalStorage<AbortSignal | undefined> }): Pick<Teams, 'send' | 'update'> {
  const perApp = limiter(appWindows, deps.now);
  const perConversation = limiter(conversationWindows, deps.now);
  const home = settings.serviceUrl ?? publicService;
  const call = <T>(key: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => attempt(async () => {
    const wait = Math.max(perConversation.take(key), perApp.take(settings.tenantId));
    if (wait > 0) await raced(deps.sleep(wait), signal);
    return await signals.run(signal, work);
  }, deps, signal);
  const conversations = (serviceUrl = home) => app.api.clone({ serviceUrl }).conversations;

  const open = async (userObjectId: string, signal: AbortSignal | undefined): Promise<ConversationReference> => {
    const { id } = await call(userObjectId, signal, () => conversations().create({ members: [{ id: userObjectId, role: 'user' }], tenantId: settings.tenantId, channelData: { tenant: { id: settings.tenantId } } }));
    const reference = { conversationId: id, serviceUrl: home, tenantId: settings.tenantId };
    await deps.conversations.put(userObjectId, reference);
    return reference;
  };
  const update: Teams['update'] = async ({ conversationId, activityId, serviceUrl }, card, { signal } = {}) => {
    await call(conversationId, signal, () => conversations(serviceUrl).updateActivity(conversationId, activityId, { ...message(card), id: activityId }));
  };
  return {
    update,
    send: async (target, card, { key, signal }) => {
      const before = await deps.sent.find(key);
      if (before) {
        await update(before, card, signal && { signal });
        return before;
      }
      const place = 'userObjectId' in target
        ? await deps.conversations.find(target.userObjectId) ?? await open(target.userObjectId, signal)
        : { ...await deps.conversations.find(target.teamId ?? target.channelId), conversationId: target.channelId };
      const { id } = await call(place.conversationId, signal, () => conversations(place.serviceUrl).createActivity(place.conversationId, message(card)));
      const sent: SentCard = { conversationId: place.conversationId, activityId: id, ...(place.serviceUrl !== undefined && { serviceUrl: place.serviceUrl }) };
      await deps.sent.put(key, sent);
      return sent;
    },
  };
}

/** The summary is what a notification shows; without it people read just "Card" (goodsam.md 19). */
function message(card: AdaptiveCard) {
  if (Buffer.byteLength(JSON.stringify(card)) > cardMaxBytes) throw new TeamsError('forbidden', 'the card is over our limit of 20 KB');
  return { type: 'message' as const, summary: card.fallbackText, attachments: [{ contentType: cardType, content: card }] };
}

function plain(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value));
}

/** The SDK logs whole activities; our own log has ids only. */
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing, trace: nothing, log: nothing, child: () => silent };
function nothing(): void {
  // on purpose
}
