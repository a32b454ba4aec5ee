import type { SigningKey } from '../../issuer/keys.ts';
import type { Person } from './directory.ts';

export interface ShownCard {
  readonly conversationId: string;
  readonly activityId: string;
  /** The person's object id, or the channel. */
  readonly to: string;
  readonly summary: string;
  card: unknown;
  readonly sentAt: string;
  changedAt: string;
  /** What it showed before, oldest first. */
  readonly history: { readonly card: unknown; readonly until: string }[];
}

export interface SeenAlert {
  readonly to: string;
  readonly activityType: string;
  readonly text: string;
  readonly link: string;
  readonly at: string;
}

export interface Delivery {
  readonly authorization: string | undefined;
  readonly activity: Readonly<Record<string, unknown>>;
}

export interface Throttle {
  left: number;
  readonly of: 'connector' | 'graph';
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
}

/** All that the simulator knows. */
export interface Simulated {
  readonly url: string;
  readonly botId: string;
  readonly tenantId: string;
  messagesUrl: string | undefined;
  readonly key: SigningKey;
  /** Signs what Teams never signed. */
  readonly forgedKey: SigningKey;
  /** Conversation id to the person or channel. */
  readonly conversations: Map<string, string>;
  readonly cards: ShownCard[];
  readonly alerts: SeenAlert[];
  readonly throttles: Throttle[];
  isDown: boolean;
  /** Graph's directory. */
  people: readonly Person[];
  /** The one app that Graph knows; any when undefined. */
  readonly appId: string | undefined;
  /** Given out when the app was asked for. */
  servicePrincipalId: string | undefined;
  /** For a replay: the same bytes again. */
  lastDelivery: Delivery | undefined;
  readonly newId: () => string;
}
