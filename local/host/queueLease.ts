import { RestError, type DequeuedMessageItem, type QueueClient } from '@azure/storage-queue';
import { reason, type Log } from './log.ts';

/** A received message and the right to end it: the pop receipt changes with each renewal. */
export interface HeldMessage {
  readonly item: DequeuedMessageItem;
  /** Removes it. Someone else's message by now is no error (QueueProcessor.cs swallows the 404). */
  remove(): Promise<void>;
  /** Makes it visible again after so many milliseconds. */
  release(after: number): Promise<void>;
  /** Stops renewing; the message becomes visible by itself when its lease ends. */
  stop(): void;
}

/** Holds a message while its function runs, renewing at half of the lease as QueueListener.cs does. `lease` is in milliseconds. */
export function holdMessage(queue: QueueClient, item: DequeuedMessageItem, lease: number, log: Log): HeldMessage {
  let popReceipt = item.popReceipt;
  let renewal = Promise.resolve();
  const renew = async (): Promise<void> => {
    try {
      const renewed = await queue.updateMessage(item.messageId, popReceipt, undefined, seconds(lease));
      popReceipt = renewed.popReceipt ?? popReceipt;
    } catch (error) {
      log('queue-lease-lost', { queue: queue.name, messageId: item.messageId, error: reason(error) });
      clearInterval(timer);
    }
  };
  const timer = setInterval(() => { renewal = renewal.then(renew); }, lease / 2);
  const stop = (): void => clearInterval(timer);
  const end = async (act: () => Promise<unknown>): Promise<void> => {
    stop();
    await renewal;
    await act().catch(ignoreGone);
  };
  return {
    item,
    stop,
    remove: () => end(() => queue.deleteMessage(item.messageId, popReceipt)),
    release: after => end(() => queue.updateMessage(item.messageId, popReceipt, undefined, Math.ceil(after / 1000))),
  };
}

/** The service counts in whole seconds, and a lease of zero would be none. */
export function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

/** 404: deleted or expired; 400 PopReceiptMismatch: the lease was lost and another host holds it. Both mean it is no longer ours. */
function ignoreGone(error: unknown): void {
  if (error instanceof RestError && (error.statusCode === 404 || (error.statusCode === 400 && error.code === 'PopReceiptMismatch'))) return;
  throw error;
}
