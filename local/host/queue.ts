import { QueueServiceClient, RestError, type DequeuedMessageItem, type QueueClient } from '@azure/storage-queue';
import type { RegisteredFunction } from './core.ts';
import type { QueueSettings } from './hostJson.ts';
import type { Invoke } from './invoke.ts';
import { reason, type Log } from './log.ts';
import { copyToPoison, poisonNameOf } from './poison.ts';
import { holdMessage, seconds, type HeldMessage } from './queueLease.ts';
import { decodeMessage, queueTriggerMetadata } from './queueMessage.ts';

export interface QueueTrigger {
  readonly fn: RegisteredFunction;
  readonly queueName: string;
  readonly connection: string;
}

/** What a test may do to a message between its function's end and its removal. `again` has the queue deliver it once more. */
export type AfterSuccess = (messageId: string) => 'remove' | 'again';

export interface QueueHost {
  readonly settings: QueueSettings;
  readonly invoke: Invoke;
  readonly log: Log;
  readonly afterSuccess?: AfterSuccess;
}

export interface QueueListener {
  readonly queueName: string;
  /** Messages in the queue, invisible ones included; zero when there is no queue. */
  count(): Promise<number>;
  /** Stops receiving; resolves when every message in hand has been dealt with. */
  stop(): Promise<void>;
}

/**
 * Polls one queue as the Storage extension does (QueueListener.cs, QueueProcessor.cs): batches, a new batch when no more than
 * newBatchThreshold run, random back-off up to maxPollingInterval when it is empty. The queue itself is never created by the host.
 */
export function listenToQueue(host: QueueHost, trigger: QueueTrigger): QueueListener {
  const service = QueueServiceClient.fromConnectionString(trigger.connection);
  const queue = service.getQueueClient(trigger.queueName);
  const stopping = new AbortController();
  const inHand = new Set<Promise<void>>();
  const work: Work = { host, trigger, service, queue, extraDeliveries: new Map() };
  const loop = poll(work, inHand, stopping.signal);
  return {
    queueName: trigger.queueName,
    count: () => countMessages(queue),
    stop: async () => {
      stopping.abort();
      await loop;
      await Promise.allSettled(inHand);
    },
  };
}

interface Work {
  readonly host: QueueHost;
  readonly trigger: QueueTrigger;
  readonly service: QueueServiceClient;
  readonly queue: QueueClient;
  /** How often a test had a message delivered again: these do not count towards maxDequeueCount. */
  readonly extraDeliveries: Map<string, number>;
}

async function poll(work: Work, inHand: Set<Promise<void>>, signal: AbortSignal): Promise<void> {
  const { settings } = work.host;
  let delay = settings.minPollingInterval;
  while (!signal.aborted) {
    const items = await receive(work);
    for (const item of items) {
      const done: Promise<void> = handleMessage(work, item).finally(() => inHand.delete(done));
      inHand.add(done);
    }
    if (items.length > 0) delay = settings.minPollingInterval;
    else {
      await pause(delay, signal);
      // RandomizedExponentialBackoffStrategy.cs: doubles, plus or minus a fifth.
      delay = Math.min(settings.maxPollingInterval, delay * 2 * (0.8 + Math.random() * 0.4));
    }
    while (inHand.size > settings.newBatchThreshold) await Promise.race(inHand);
  }
}

async function receive(work: Work): Promise<DequeuedMessageItem[]> {
  const { settings, log } = work.host;
  try {
    const got = await work.queue.receiveMessages({ numberOfMessages: settings.batchSize, visibilityTimeout: seconds(settings.lease) });
    return got.receivedMessageItems;
  } catch (error) {
    // No queue yet is an ordinary state; anything else is worth a line, and both back off.
    if (!(error instanceof RestError && error.statusCode === 404)) log('queue-receive-failed', { queue: work.queue.name, error: reason(error) });
    return [];
  }
}

/** Never rejects: a message that could not be ended comes back by itself when its lease is over. */
async function handleMessage(work: Work, item: DequeuedMessageItem): Promise<void> {
  const { host } = work;
  const held = holdMessage(work.queue, item, host.settings.lease, host.log);
  const dequeueCount = item.dequeueCount - (work.extraDeliveries.get(item.messageId) ?? 0);
  try {
    const text = decodeMessage(item.messageText, host.settings.messageEncoding);
    if (text === undefined || dequeueCount > host.settings.maxDequeueCount) await bury(work, held, text === undefined ? 'undecodable' : 'dequeued too often');
    else if (await runFunction(work, item, text, dequeueCount)) await finish(work, held);
    else if (dequeueCount >= host.settings.maxDequeueCount) await bury(work, held, 'failed too often');
    else await held.release(host.settings.visibilityTimeout);
  } catch (error) {
    host.log('queue-message-left', { queue: work.queue.name, messageId: item.messageId, error: reason(error) });
  } finally {
    held.stop();
  }
}

async function runFunction(work: Work, item: DequeuedMessageItem, text: string, dequeueCount: number): Promise<boolean> {
  try {
    // The host hands the text over as it is; the library parses it as JSON when it can.
    await work.host.invoke(work.trigger.fn, { data: { string: text }, metadata: queueTriggerMetadata(item, text, dequeueCount) });
    return true;
  } catch {
    return false;
  }
}

async function finish(work: Work, held: HeldMessage): Promise<void> {
  const { messageId } = held.item;
  if (work.host.afterSuccess?.(messageId) === 'again') {
    work.extraDeliveries.set(messageId, (work.extraDeliveries.get(messageId) ?? 0) + 1);
    await held.release(0);
    return;
  }
  work.extraDeliveries.delete(messageId);
  await held.remove();
}

/** Two steps, as in the real host: a crash between them leaves the message in both queues. */
async function bury(work: Work, held: HeldMessage, why: string): Promise<void> {
  const poisonName = poisonNameOf(work.queue.name);
  work.host.log('queue-poison', { queue: work.queue.name, messageId: held.item.messageId, why, kept: poisonName === undefined });
  // Without a poison queue the message stays invisible until its lease is over and then comes again.
  if (poisonName === undefined) return;
  await copyToPoison(work.service, poisonName, held.item.messageText);
  await held.remove();
}

async function countMessages(queue: QueueClient): Promise<number> {
  try {
    return (await queue.getProperties()).approximateMessagesCount ?? 0;
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) return 0;
    throw error;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
