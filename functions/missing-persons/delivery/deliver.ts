import { createHash } from 'node:crypto';
import { maySend, type Verdict } from '../rules/notices/maySend.ts';
import type { Notice } from '../rules/notices/notice.ts';
import { payloadText, type Payload } from '../rules/notices/payload.ts';
import type { Answer } from '../rules/notices/progress.ts';
import type { NoticeSettings } from '../rules/notices/settings.ts';
import type { Situation } from '../rules/notices/situation.ts';
import type { Recipient } from '../rules/partners/recipients.ts';
import type { NoticeSender, SendOptions } from './sender.ts';

/** SHA-256 of a payload, as a notice keeps it (6.2). */
export const payloadHashOf = (payload: Payload): string => createHash('sha256').update(payloadText(payload)).digest('hex');

export interface Job extends SendOptions {
  readonly notice: Notice;
  readonly payload: Payload;
  readonly to: Recipient;
}

export interface DeliveryDeps {
  readonly sender: NoticeSender;
  /** The state of the case as it is now, not as it was when the work began. */
  readonly readSituation: () => Promise<Situation>;
  readonly settings?: NoticeSettings;
}

/** What came of it. `answer` is there only when the adapter was called. */
export interface Delivered {
  readonly verdict: Verdict;
  readonly answer?: Answer;
}

/**
 * The last step before a message leaves: is it the text that was queued, may it leave as the case stands this moment (15.1 item 20), and then the adapter. The caller writes `handed` before and
 * `answered` after. Throws only what `readSituation` throws; without a state nothing is sent.
 */
export async function deliver({ notice, payload, to, key, signal }: Job, { sender, readSituation, settings }: DeliveryDeps): Promise<Delivered> {
  if (payloadHashOf(payload) !== notice.payloadHash) return { verdict: { verdict: 'REFUSE', why: { code: 'FIELD_INVALID', why: 'The stored text is not the one that was queued.', rule: '6.2' } } };
  const verdict = maySend(notice, await readSituation(), to, settings);
  if (verdict.verdict !== 'SEND') return { verdict };
  return { verdict, answer: await sender.send(notice, payload, to, { key, ...(signal && { signal }) }) };
}
