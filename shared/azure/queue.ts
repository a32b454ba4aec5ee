import type { QueueServiceClient } from '@azure/storage-queue';
import { statusOf, toStorageError } from './errors.ts';
import { TooLarge, type QueueStore } from './store.ts';

/** 48 KB of JSON become 64 KB of base64, the service's limit. */
const maxBytes = 48 * 1024;

/** The Queue service behind the port of `store.ts`. Messages are base64 JSON objects: the host sends anything else to poison unseen (trap 11). */
export function azureQueue(service: QueueServiceClient): QueueStore {
  return {
    async send(queue, message, delaySeconds) {
      const json = Buffer.from(JSON.stringify(message));
      if (json.length > maxBytes) throw new TooLarge('a queue message holds at most 48 KB of JSON');
      try {
        await service.getQueueClient(queue).sendMessage(json.toString('base64'), { visibilityTimeout: delaySeconds, messageTimeToLive: -1 });
      } catch (error) {
        throw toStorageError(error);
      }
    },
    async receive(queue, count, hiddenForSeconds) {
      const client = service.getQueueClient(queue);
      try {
        const { receivedMessageItems } = await client.receiveMessages({ numberOfMessages: count, visibilityTimeout: hiddenForSeconds });
        return receivedMessageItems.map(item => ({
          text: Buffer.from(item.messageText, 'base64').toString(),
          insertedAt: item.insertedOn.toISOString(),
          dequeueCount: item.dequeueCount,
          remove: () => removeOnce(() => client.deleteMessage(item.messageId, item.popReceipt)),
        }));
      } catch (error) {
        // The host makes a poison queue when the first message needs it.
        if (statusOf(error) === 404) return [];
        throw toStorageError(error);
      }
    },
  };
}

async function removeOnce(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    // Gone, or delivered again since: 404, or 400 PopReceiptMismatch.
    if (statusOf(error) !== 404 && statusOf(error) !== 400) throw toStorageError(error);
  }
}
