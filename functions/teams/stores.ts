import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Conflict, type TableStore } from '../../shared/azure/store.ts';
import type { ConversationStore, SentCardStore } from '../../shared/azure/teams.ts';
import type { ReplyStore } from './contract.ts';

const text = z.string().max(20_000);
const reference = z.object({ conversationId: text, serviceUrl: text, tenantId: text });
const sentCard = z.object({ conversationId: text, activityId: text, serviceUrl: z.string().optional() }).transform(({ serviceUrl, ...sent }) => ({ ...sent, ...(serviceUrl !== undefined && { serviceUrl }) }));
const cardShape = z.looseObject({ type: z.literal('AdaptiveCard'), version: z.literal('1.5'), fallbackText: z.string(), body: z.array(z.looseObject({ type: z.string() })) });
const isCard = (value: unknown): value is Awaited<ReturnType<ReplyStore['put']>>['reply']['card'] => cardShape.safeParse(value).success;
const storedReply = z.object({
  objectId: text, verb: text, dataHash: text,
  reply: z.object({ statusCode: z.union([z.literal(200), z.literal(403), z.literal(409)]), card: z.custom<Awaited<ReturnType<ReplyStore['put']>>['reply']['card']>(isCard) }),
});

/** The stores of the Teams room and of the sender in the work table. Keys are hashed: ids of Teams hold characters that a table key may not. */
export function teamsStores(table: TableStore): { replies: ReplyStore; conversations: ConversationStore; sent: SentCardStore } {
  const read = async <T>(kind: string, key: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const row = await table.get(partition(kind, key), 'value');
    return row && schema.parse(JSON.parse(String(row.fields['json'])));
  };
  const write = async (kind: string, key: string, value: object): Promise<void> => {
    const partitionKey = partition(kind, key);
    const row = { partitionKey, rowKey: 'value', fields: { json: JSON.stringify(value) } };
    await again(async () => {
      const before = await table.get(partitionKey, 'value');
      await table.transact([before ? { do: 'update', row, etag: before.etag } : { do: 'insert', row }]);
    });
  };
  return {
    replies: {
      get: async activityId => await read('reply', activityId, storedReply),
      put: async (activityId, reply) => {
        try {
          await table.transact([{ do: 'insert', row: { partitionKey: partition('reply', activityId), rowKey: 'value', fields: { json: JSON.stringify(reply) } } }]);
          return reply;
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
          const first = await read('reply', activityId, storedReply);
          if (!first) throw error;
          return first;
        }
      },
    },
    conversations: {
      find: async key => await read('conversation', key, reference),
      put: async (key, value) => await write('conversation', key, value),
      remove: async key => {
        const partitionKey = partition('conversation', key);
        await again(async () => {
          if (await table.get(partitionKey, 'value')) await table.transact([{ do: 'delete', partitionKey, rowKey: 'value', etag: '*' }]);
        });
      },
    },
    sent: { find: async key => await read('sent', key, sentCard), put: async (key, value) => await write('sent', key, value) },
  };
}

/** The last one wins: a reference and a sent card are facts that only get newer, so a write that met another one is made again. */
async function again(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === 5) throw error;
    }
  }
}

function partition(kind: string, key: string): string {
  return `teams|${kind}|${createHash('sha256').update(key).digest('hex')}`;
}
