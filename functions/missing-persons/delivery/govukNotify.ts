import { MessageError, sendTextOnce, type CallOptions, type Messenger, type Outgoing } from '../../../shared/notify/messenger.ts';
import { informantText } from '../rules/notices/payload.ts';
import type { Answer } from '../rules/notices/progress.ts';
import type { NoticeSender } from './sender.ts';

/** Ids of the approved templates of the branded service: `Please call 101 ref ((ref))`, and an e-mail of `((subject))` and `((body))`. */
export interface NoticeTemplates {
  readonly sms: string;
  readonly email: string;
}

/** Text messages to informants. Whatever the payload says, only the reference leaves; a payload with another text is refused (N15). */
export function notifySms(messenger: Messenger, templates: NoticeTemplates): NoticeSender {
  return {
    async send(_notice, { reference, lines }, { address }, { key, signal }) {
      if (reference === undefined || lines.length !== 1 || lines[0] !== informantText(reference)) return { outcome: 'refused', reason: 'text-not-approved' };
      const text: Outgoing = { service: 'branded', to: address, templateId: templates.sms, personalisation: { ref: reference }, reference: key };
      return await answering(async () => (await sendTextOnce(messenger, text, options(signal))).notificationId);
    },
  };
}

/** E-mail to staff, and stand-downs where a partner has no secure mailbox. A file never goes this way. */
export function notifyEmail(messenger: Messenger, templates: NoticeTemplates): NoticeSender {
  return {
    async send(_notice, { subject, lines, attachment }, { address }, { key, signal }) {
      if (attachment !== undefined) return { outcome: 'refused', reason: 'file-not-allowed' };
      const email: Outgoing = { service: 'branded', to: address, templateId: templates.email, personalisation: { subject, body: lines.join('\n') }, reference: key };
      return await answering(async () => {
        const before = await messenger.findByReference(email.service, key, options(signal));
        return before?.notificationId ?? (await messenger.sendEmail(email, options(signal))).notificationId;
      });
    },
  };
}

const options = (signal: AbortSignal | undefined): CallOptions => (signal ? { signal } : {});

async function answering(act: () => Promise<string>): Promise<Answer> {
  try {
    return { outcome: 'accepted', providerRef: await act() };
  } catch (error) {
    // Anything but the messenger's own failure is a fault of ours: it is seen, and the queue brings the same key again.
    if (!(error instanceof MessageError)) throw error;
    if (error.kind === 'validation' || error.kind === 'auth') return { outcome: 'refused', reason: `notify-${error.kind}` };
    return { outcome: 'later', reason: `notify-${error.kind}`, ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }) };
  }
}
