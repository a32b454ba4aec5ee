import type { Notice } from '../rules/notices/notice.ts';
import type { Payload } from '../rules/notices/payload.ts';
import type { Answer } from '../rules/notices/progress.ts';
import type { Channel } from '../rules/notices/words.ts';
import type { Recipient } from '../rules/partners/recipients.ts';

export interface SendOptions {
  /** The same for every try of one notice: the far side takes one key once. */
  readonly key: string;
  readonly signal?: AbortSignal;
}

/** Gives one message to the far side. What the far side failed in is in the answer, without a word of the message or its address; only a fault of our own is thrown. */
export interface NoticeSender {
  send(notice: Notice, payload: Payload, to: Recipient, options: SendOptions): Promise<Answer>;
}

export type Senders = Readonly<Partial<Record<Channel, NoticeSender>>>;

/** The adapter of the notice's channel. Where a force has none the answer is `refused`, so that the sergeant has it done by telephone and nothing waits unseen (9.4). */
export function senderOf(senders: Senders): NoticeSender {
  return {
    async send(notice, payload, to, options) {
      if (notice.channel !== to.channel || payload.channel !== to.channel || payload.n !== notice.n) return { outcome: 'refused', reason: 'mismatch' };
      return await (senders[to.channel]?.send(notice, payload, to, options) ?? Promise.resolve({ outcome: 'refused', reason: 'no-adapter' } as const));
    },
  };
}
