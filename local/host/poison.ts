import { RestError, type QueueServiceClient } from '@azure/storage-queue';

/** A name of 63 characters is the service's limit; a poison queue has none of its own (QueueListenerFactory.cs). */
export function poisonNameOf(queueName: string): string | undefined {
  return queueName.endsWith('-poison') || queueName.length > 56 ? undefined : `${queueName}-poison`;
}

/** Copies a message as it lay in its queue; makes the poison queue when it is not there. A new id, a dequeue count of zero, 7 days to live. */
export async function copyToPoison(service: QueueServiceClient, poisonName: string, rawText: string): Promise<void> {
  const queue = service.getQueueClient(poisonName);
  try {
    await queue.sendMessage(rawText);
  } catch (error) {
    if (!(error instanceof RestError && error.statusCode === 404)) throw error;
    await queue.createIfNotExists();
    await queue.sendMessage(rawText);
  }
}
