import * as z from 'zod';
import type { AdaptiveCard } from '../../shared/domain/card.ts';
import type { Operation } from '../../shared/http/operation.ts';

/**
 * Where Teams delivers. It is described here so that the structure tests know it, and is no part of a connector: the body is the Bot Connector's, whose token
 * the SDK checks, so register.ts serves it without `endpoint`.
 */
export const receiveTeamsActivity = {
  operationId: 'ReceiveTeamsActivity', method: 'POST', route: 'api/teams/messages', who: 'anonymous', audit: 'none', summary: 'Receive an activity from Teams',
  description: 'Takes what the Bot Connector delivers: the answer to a card, or the news that the bot was installed or removed.', reply: z.strictObject({}), success: 200, idempotencyKey: 'none',
  visibility: 'excluded',
} as const satisfies Operation;

export const operations: readonly Operation[] = [receiveTeamsActivity];

const guid = z.string().toLowerCase().regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
const short = z.string().min(1).max(300);

/** What every activity has that we act on. Teams adds much more, which is not read. */
export const activity = z.object({
  type: short,
  name: short.optional(),
  action: short.optional(),
  id: short.optional(),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(300),
  from: z.object({ id: short, aadObjectId: guid.optional() }),
  recipient: z.object({ id: short }),
  conversation: z.object({ id: short, tenantId: guid.optional(), conversationType: short.optional() }),
  channelData: z.object({ tenant: z.object({ id: guid }).optional(), team: z.object({ id: short }).optional() }).optional(),
  membersAdded: z.array(z.object({ id: short })).max(1_000).optional(),
  membersRemoved: z.array(z.object({ id: short })).max(1_000).optional(),
  value: z.unknown().optional(),
});
export type Activity = z.output<typeof activity>;

const data = z.record(z.string().max(60), z.string().max(2_000)).refine(fields => Object.keys(fields).length <= 20);

/** The answer to a card: `Action.Execute` as an invoke, and `Action.Submit`, its fallback, as a message whose value holds the verb. */
export const executed = z.object({ action: z.object({ verb: short, data }) });
export const submitted = data.and(z.object({ verb: short }));

export interface StaffPerson {
  readonly objectId: string;
  readonly roles: readonly string[];
  /** The collar number: what cards and audit rows show. */
  readonly collar: string;
}

/** A room's answer: 200 done, 403 not this person, 409 stale or decided otherwise. The card is the current one in each case. */
export interface CardReply {
  readonly statusCode: 200 | 403 | 409;
  readonly card: AdaptiveCard;
}

/**
 * What a room does with a button. It may be called again with the same activity id, also at the same time on another host: the id is the operation's key, and a
 * refusal is an answer, not an error. `data` came from a client: the room finds its record by it and believes nothing else.
 */
export type CardActionHandler = (act: {
  readonly person: StaffPerson;
  readonly data: Readonly<Record<string, string>>;
  readonly activityId: string;
  readonly now: Date;
}) => Promise<CardReply>;

/** By verb, for instance `goodsam.approve`. */
export type CardActions = Readonly<Record<string, CardActionHandler>>;

export interface StoredReply {
  readonly objectId: string;
  readonly verb: string;
  /** SHA-256 of the canonical data. */
  readonly dataHash: string;
  readonly reply: CardReply;
}

export interface ReplyStore {
  get(activityId: string): Promise<StoredReply | undefined>;
  /** Create-once. Returns what is stored in the end: this one, or the one that was first. */
  put(activityId: string, reply: StoredReply): Promise<StoredReply>;
}

export const refusals = {
  'token-refused': 'The delivery does not come from Teams.',
  'tenant-refused': 'This card belongs to another organisation.',
  'staff-unknown': 'Your account is not known here. Ask your administrator.',
  'answer-reused': 'This answer was already used for something else. Open the record instead.',
  'verb-unknown': 'This button is no longer in use. Open the record instead.',
  'answer-unreadable': 'The answer could not be read. Open the record instead.',
  'action-refused': 'You may not do this.',
  'card-stale': 'Somebody was faster, or the record has changed.',
} as const;
export type RefusalCode = keyof typeof refusals;

/** A refusal, for the audit: codes and ids only. */
export interface TeamsRefusal {
  readonly code: RefusalCode;
  readonly activityId?: string;
  readonly objectId?: string;
  readonly tenantId?: string;
  /** One of the known verbs. */
  readonly verb?: string;
}
