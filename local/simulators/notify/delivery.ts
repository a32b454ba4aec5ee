import type { Phone } from '../scenarios.ts';
import type { FinalStatus, Message } from './model.ts';

export interface DeliverySettings {
  readonly now: () => number;
  readonly phoneOf: (to: string) => Phone;
  readonly token: string;
  /** Milliseconds from taking a message to its end. */
  readonly delayMs: number;
  /** Notify tries a call-back again 5 times, 300 s apart. */
  readonly retryMs: number;
}

export interface Delivery {
  readonly taken: (message: Message, isTest: boolean) => void;
  /** Where receipts go from now on; none are sent before. */
  readonly callBackTo: (url: string) => void;
  /** While withheld, receipts wait; they go out when it ends. */
  readonly withhold: (isWithheld: boolean) => void;
  readonly receipts: () => readonly SentReceipt[];
  readonly stop: () => Promise<void>;
}

export interface SentReceipt {
  readonly id: string;
  readonly tries: number;
  readonly answered: number | undefined;
}

const TRIES = 5;
const ends: Readonly<Record<'delivered' | 'undelivered', FinalStatus>> = { delivered: 'delivered', undelivered: 'permanent-failure' };

/** Brings messages to their end by the phone's scenario, and reports each end to the app's receipt address as Notify does: JSON with a bearer token. */
export function startDelivery(settings: DeliverySettings): Delivery {
  const timers = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<void>>();
  const waiting: Message[] = [];
  const sent: SentReceipt[] = [];
  const stopping = new AbortController();
  let callback: string | undefined;
  let isWithheld = false;

  const later = (milliseconds: number, act: () => void) => {
    if (stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, milliseconds);
    timers.add(timer);
  };
  const report = (message: Message, tries = 1): void => {
    if (callback === undefined || isWithheld) {
      waiting.push(message);
      return;
    }
    const work = post(callback, settings.token, message, stopping.signal).then(answered => {
      sent.push({ id: message.id, tries, answered });
      if ((answered === undefined || answered >= 500) && tries < TRIES) later(settings.retryMs, () => report(message, tries + 1));
    });
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  const flush = () => {
    for (const message of waiting.splice(0)) report(message);
  };
  return {
    taken: (message, isTest) => {
      message.status = 'sending';
      const receipt = isTest ? 'delivered' : settings.phoneOf(message.to).receipt;
      if (receipt === 'never') return;
      later(settings.delayMs, () => {
        message.status = ends[receipt];
        message.completedAt = new Date(settings.now()).toISOString();
        report(message);
      });
    },
    callBackTo: url => {
      callback = url;
      flush();
    },
    withhold: on => {
      isWithheld = on;
      flush();
    },
    receipts: () => sent,
    stop: async () => {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.allSettled(underWay);
    },
  };
}

/** The status of the app's answer, or undefined if none came. */
async function post(url: string, token: string, message: Message, signal: AbortSignal): Promise<number | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(receiptOf(message)), signal, redirect: 'manual',
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    // The app is down or going down: Notify tries again, and so does this.
    return undefined;
  }
}

function receiptOf({ id, reference, to, status, at, completedAt, kind, template }: Message): Record<string, unknown> {
  return {
    id, reference, to, status, created_at: at, completed_at: completedAt ?? null, sent_at: at, notification_type: kind, template_id: template.id, template_version: 1,
  };
}
