import type { AdaptiveCard } from '../domain/card.ts';

/** A person's chat with the bot, or a channel of a team. */
export type CardTarget = { readonly userObjectId: string } | { readonly channelId: string; readonly teamId?: string };

/** A card that was sent. Keep it beside the case: the next card about the same thing becomes an update of this one. */
export interface SentCard {
  readonly conversationId: string;
  readonly activityId: string;
  /** Where the conversation lives; the configured service when absent. */
  readonly serviceUrl?: string;
}

export interface CardSender {
  /**
   * Sends a card; a second call with the same key updates the first one's card. A crash between Teams' answer and our record of it can still send a card twice,
   * for the Bot Connector knows no key of ours: the second one is the one that is updated from then on. @throws TeamsError
   */
  send(target: CardTarget, card: AdaptiveCard, how: { readonly key: string; readonly signal?: AbortSignal }): Promise<SentCard>;
  /** Replaces the card in place. Safe to repeat. @throws TeamsError; `gone` when the person deleted it or left. */
  update(sent: SentCard, card: AdaptiveCard, how?: { readonly signal?: AbortSignal }): Promise<void>;
}

/** Where the bot was installed, so that it may speak first. The key is the person's object id, or the id of the channel or team. */
export interface ConversationReference {
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly tenantId: string;
}

export interface ConversationStore {
  find(key: string): Promise<ConversationReference | undefined>;
  put(key: string, reference: ConversationReference): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface SentCardStore {
  find(key: string): Promise<SentCard | undefined>;
  put(key: string, sent: SentCard): Promise<void>;
}

/** An activity whose token was checked, and what the room answers. Nothing in it is trusted beyond having come through Teams. */
export type HandleActivity = (activity: Readonly<Record<string, unknown>>) => Promise<InvokeReply | undefined>;

/** The answer to an invoke: the HTTP status, and the body that Teams reads. */
export interface InvokeReply {
  readonly status: number;
  readonly body?: object;
}

export interface ActivityGateway {
  /** Checks the Bot Connector's token for this activity and hands it on. 401 for anything wrong with the token. What `handle` throws is thrown on. */
  receive(delivery: { readonly authorization: string | undefined; readonly activity: Readonly<Record<string, unknown>> }, handle: HandleActivity): Promise<InvokeReply>;
}

/** `throttled` and `unavailable` may be tried again, after `retryAfterMs` when it is given; `gone` (the conversation or card) and `forbidden` never. */
export class TeamsError extends Error {
  override readonly name = 'TeamsError';
  /** The message holds a status and no content. */
  readonly isLoggable = true;
  readonly kind: 'throttled' | 'unavailable' | 'gone' | 'forbidden';
  readonly retryAfterMs: number | undefined;
  constructor(kind: TeamsError['kind'], message: string, retryAfterMs?: number) {
    super(message);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface TeamsSettings {
  /** The app id of the bot's registration (single tenant, or its user-assigned managed identity). */
  readonly botId: string;
  readonly tenantId: string;
  readonly serviceUrl?: string;
  readonly openIdMetadataUrl?: string;
  /** Local and test only: gives app-only tokens by client credentials. Without it the managed identity does. */
  readonly tokenUrl?: string;
  readonly timeoutMs?: number;
}

export interface TeamsDeps {
  readonly conversations: ConversationStore;
  readonly sent: SentCardStore;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly random: () => number;
}

export type Teams = CardSender & ActivityGateway;

/** The Teams bot. The SDK takes longer to load than the whole app, so it comes with the first call (docs/adr/0008-cold-start.md). */
export function connectTeams(settings: TeamsSettings, deps: TeamsDeps): Teams {
  let opened: Promise<Teams> | undefined;
  const open = (): Promise<Teams> => (opened ??= import('./teams/bot.ts').then(({ openBot }) => openBot(settings, deps)).catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
  return {
    send: async (target, card, how) => await (await open()).send(target, card, how),
    update: async (sent, card, how) => await (await open()).update(sent, card, how),
    receive: async (delivery, handle) => await (await open()).receive(delivery, handle),
  };
}
