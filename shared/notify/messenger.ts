/** Texts and e-mails to the public through GOV.UK Notify. Two services: one that names the force, one with a neutral sender (goodsam.md 21.9). */
export type NotifyService = 'branded' | 'neutral';

export interface Outgoing {
  readonly service: NotifyService;
  /** An E.164 number, or an e-mail address. */
  readonly to: string;
  /** The id of an approved template at that service. */
  readonly templateId: string;
  readonly personalisation: Readonly<Record<string, string>>;
  /** Our own key for this one sending, for instance `requestId:sendNo`: it is how a sending is found again after a crash. */
  readonly reference: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Notify's own words. `created` and `sending` are on the way, the failures are final; `pending` is international. */
export type NotificationStatus = 'created' | 'sending' | 'pending' | 'sent' | 'delivered' | 'permanent-failure' | 'temporary-failure' | 'technical-failure';

export interface SentMessage {
  readonly notificationId: string;
  readonly status: NotificationStatus;
}

/** Every method throws MessageError. Notify does not refuse a second sending with the same reference: look it up first, or use sendTextOnce. */
export interface Messenger {
  sendText(text: Outgoing, options?: CallOptions): Promise<{ readonly notificationId: string }>;
  sendEmail(email: Outgoing, options?: CallOptions): Promise<{ readonly notificationId: string }>;
  /** What was sent with this reference, or undefined. Notify keeps 7 days unless the service says otherwise. */
  findByReference(service: NotifyService, reference: string, options?: CallOptions): Promise<SentMessage | undefined>;
  /** How a sending fares, for when the receipt is overdue; undefined if Notify does not know it. */
  statusOf(service: NotifyService, notificationId: string, options?: CallOptions): Promise<NotificationStatus | undefined>;
}

/** validation: never send this again as it is. auth: our set-up is wrong. rateLimited, unavailable: not sent, try later. timeout: may have been sent, so look it up. */
export type MessageErrorKind = 'validation' | 'auth' | 'rateLimited' | 'unavailable' | 'timeout';

/** A failed call. The message is made of our own words, a status and Notify's error names, so it holds no address and no text. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
  readonly isLoggable = true;
  readonly kind: MessageErrorKind;
  readonly retryAfterMs: number | undefined;
  constructor(kind: MessageErrorKind, message: string, retryAfterMs?: number) {
    super(message);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Sends a text unless one with its reference was sent before (goodsam.md 21.14). `wasSentBefore` says which. Two at the same time may still both send: the caller
 * fences the effect, as the storage protocol does.
 */
export async function sendTextOnce(messenger: Messenger, text: Outgoing, options: CallOptions = {}): Promise<{ readonly notificationId: string; readonly wasSentBefore: boolean }> {
  const before = await messenger.findByReference(text.service, text.reference, options);
  if (before) return { notificationId: before.notificationId, wasSentBefore: true };
  return { notificationId: (await messenger.sendText(text, options)).notificationId, wasSentBefore: false };
}
