import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** What Notify tells us of a message's end. The recipient is dropped: no queue message may hold a number. */
export interface Receipt {
  readonly notificationId: string;
  /** Ours, `requestId:sendNo`; undefined for a message that somebody sent by hand at Notify. */
  readonly reference: string | undefined;
  readonly outcome: 'delivered' | 'undelivered';
  readonly status: 'delivered' | 'permanent-failure' | 'temporary-failure' | 'technical-failure';
  readonly kind: 'sms' | 'email';
  readonly completedAt: string | undefined;
}

const instant = z.iso.datetime({ offset: true }).nullish();
const callback = z.object({
  id: z.uuid(),
  reference: z.string().max(200).nullish(),
  to: z.string().max(320),
  status: z.enum(['delivered', 'permanent-failure', 'temporary-failure', 'technical-failure']),
  created_at: z.iso.datetime({ offset: true }),
  completed_at: instant,
  sent_at: instant,
  notification_type: z.enum(['sms', 'email']),
  // Older callbacks of Notify have neither.
  template_id: z.uuid().nullish(),
  template_version: z.int().positive().nullish(),
});

/** A delivery receipt out of the body of Notify's call-back, or undefined if it is none. */
export function parseReceipt(body: unknown): Receipt | undefined {
  const { data } = callback.safeParse(body);
  if (!data) return undefined;
  return {
    notificationId: data.id, reference: data.reference ?? undefined, status: data.status, kind: data.notification_type,
    outcome: data.status === 'delivered' ? 'delivered' : 'undelivered', completedAt: data.completed_at ?? undefined,
  };
}

/** Whether an Authorization header bears the token that Notify was given for call-backs. Takes the same time wherever they differ, and whatever their lengths. */
export function isReceiptToken(header: string | null | undefined, expected: string): boolean {
  const given = /^Bearer (.+)$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(expected)) && given !== '';
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
