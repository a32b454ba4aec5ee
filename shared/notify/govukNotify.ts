import type { NotifyClient } from 'notifications-node-client';
import * as z from 'zod';
import { messageError, statusIn } from './failure.ts';
import type { CallOptions, Messenger, NotifyService, SentMessage } from './messenger.ts';
import { MessageError } from './messenger.ts';

export interface NotifySettings {
  /** Notify itself unless given; a simulator in tests. */
  readonly url?: string | undefined;
  readonly apiKeys: Readonly<Record<NotifyService, string>>;
  /** The longest that one call may take. goodsam.md 21.18: 5 s when the person is on the line. */
  readonly timeoutMs: number;
}

const NOTIFY = 'https://api.notifications.service.gov.uk';
type HttpClient = Parameters<NotifyClient['setClient']>[0];
type HttpOptions = Readonly<{ signal: AbortSignal; maxRedirects: number; proxy: false; maxContentLength: number }>;

const status = z.enum(['created', 'sending', 'pending', 'sent', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure']);
const accepted = z.object({ data: z.object({ id: z.uuid() }) });
const one = z.object({ data: z.object({ status }) });
const listed = z.object({ data: z.object({ notifications: z.array(z.object({ id: z.uuid(), reference: z.string().nullish(), status })) }) });
const withHttp = z.object({ restClient: z.custom<{ create(options: HttpOptions): HttpClient }>(value => typeof value === 'function' && 'create' in value) });

/**
 * The messenger over GOV.UK Notify's own client, which is loaded by the first call. The client has no time-out and follows redirects, so each call gets a client of
 * its own whose HTTP instance is bound to the caller's signal and to `timeoutMs`; making one costs no input or output.
 */
export function createNotifyMessenger(settings: NotifySettings): Messenger {
  return {
    sendText: (text, options) => call(settings, text.service, options, async client =>
      ({ notificationId: accepted.parse(await client.sendSms(text.templateId, text.to, { personalisation: text.personalisation, reference: text.reference })).data.id })),
    sendEmail: (email, options) => call(settings, email.service, options, async client =>
      ({ notificationId: accepted.parse(await client.sendEmail(email.templateId, email.to, { personalisation: email.personalisation, reference: email.reference })).data.id })),
    findByReference: (service, reference, options) => call(settings, service, options, async client => found(await client.getNotifications(undefined, undefined, reference), reference)),
    statusOf: (service, notificationId, options) => call(settings, service, options, async client => {
      try {
        return one.parse(await client.getNotificationById(notificationId)).data.status;
      } catch (error) {
        if (statusIn(error) === 404) return undefined;
        throw error;
      }
    }),
  };
}

function found(answer: unknown, reference: string): SentMessage | undefined {
  const match = listed.parse(answer).data.notifications.find(notification => notification.reference === reference);
  return match && { notificationId: match.id, status: match.status };
}

async function call<T>(settings: NotifySettings, service: NotifyService, options: CallOptions = {}, act: (client: NotifyClient) => Promise<T>): Promise<T> {
  const signal = AbortSignal.any([AbortSignal.timeout(settings.timeoutMs), ...(options.signal ? [options.signal] : [])]);
  try {
    // Not even a request goes out for a caller who has given up.
    signal.throwIfAborted();
    return await act(await clientFor(settings, service, signal));
  } catch (error) {
    // An answer in another shape than Notify's: the message may have been taken, so it must be looked up like a time-out.
    if (error instanceof z.ZodError) throw new MessageError('timeout', 'Notify answered in a form that is not known');
    throw messageError(error, signal.aborted) ?? error;
  }
}

async function clientFor({ url = NOTIFY, apiKeys }: NotifySettings, service: NotifyService, signal: AbortSignal): Promise<NotifyClient> {
  // By `default`: esbuild's chunk of a CommonJS package has no named exports, and Node's own import has both.
  const { NotifyClient: Client } = (await import('notifications-node-client')).default;
  const client = new Client(url.replace(/\/+$/, ''), apiKeys[service]);
  const api: unknown = client.apiClient;
  client.setClient(withHttp.parse(api).restClient.create({ signal, maxRedirects: 0, proxy: false, maxContentLength: 5_000_000 }));
  return client;
}
