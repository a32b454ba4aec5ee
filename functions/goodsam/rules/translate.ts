import * as z from 'zod';
import type { Report } from './law/reports.ts';
import type { EventEntry, EventName } from './fold.ts';
import { capability, type Capability } from './terms.ts';

/** A report of the provider as its envelope gives it; the same shape as `ProviderEvent` of provider/port.ts, which a pure module must not import. */
export interface Reported {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly sequence?: number | undefined;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

const names: Readonly<Partial<Record<string, EventName>>> = {
  'session.media_started': 'mediaStarted', 'session.location': 'locationFirst', 'session.connection_lost': 'connectionLost', 'session.reconnected': 'reconnected',
  'session.permission_denied': 'permissionDenied', 'session.consent_narrowed': 'consentNarrowed', 'session.consent_withdrawn': 'consentWithdrawn', 'session.safety_exit': 'safetyExit',
  'session.upload_started': 'uploadStarted', 'session.upload_received': 'uploadStarted', 'session.upload_paused': 'uploadPaused', 'session.upload_completed': 'uploadCompleted',
  'session.expired': 'maxDuration',
};
const endings: Readonly<Record<string, EventName>> = { PERSON: 'personEnd', OFFICER: 'officerEnd', LIMIT: 'maxDuration' };

/** From the provider's words to ours. What moves nothing (opened, consent_given: consent is taken on our page) is kept in the raw store only. */
export function translate(reported: readonly Reported[], sendNo: number): Report {
  return {
    do: 'Report',
    events: reported.flatMap(event => eventOf(event, sendNo)),
    fixes: reported.flatMap(fixOf),
    chat: reported.flatMap(chatOf),
    media: reported.some(({ type }) => type === 'session.recording_ready' || type === 'session.upload_received') ? 'ready' : reported.some(({ type }) => type === 'session.recording_failed') ? 'failed' : 'none',
    types: reported.map(({ type }) => type.replace(/^session\./, '')),
  };
}

function eventOf(event: Reported, sendNo: number): EventEntry[] {
  const on = event.type === 'session.ended' ? endings[String(event.data['by'])] ?? 'personEnd' : names[event.type];
  if (on === undefined) return [];
  const scope = scopeOf(event);
  return [{ kind: 'event', id: event.id, on, at: event.occurredAt, sendNo, ...(event.sequence !== undefined && { seq: event.sequence }), ...(scope && { scope }) }];
}

function scopeOf({ type, data }: Reported): Capability[] | undefined {
  const text = type === 'session.permission_denied' ? data['capability'] : type === 'session.consent_narrowed' ? data['scope'] : undefined;
  if (typeof text !== 'string') return undefined;
  return text.split(/[\s,]+/).flatMap(word => {
    const parsed = capability.safeParse(word === 'CAMERA' ? 'VIDEO' : word === 'MICROPHONE' ? 'SOUND' : word);
    return parsed.success ? [parsed.data] : [];
  });
}

const place = z.object({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180), accuracyM: z.number().min(0).max(1_000_000).default(0), source: z.enum(['BROWSER_GNSS', 'BROWSER_NETWORK', 'AML', 'MANUAL']).catch('BROWSER_GNSS') });

function fixOf({ id, type, occurredAt, sequence, data }: Reported): Report['fixes'] {
  if (type !== 'session.location') return [];
  const parsed = place.safeParse(data);
  return parsed.success ? [{ id, at: occurredAt, ...parsed.data, ...(sequence !== undefined && { seq: sequence }) }] : [];
}

const words = z.object({ text: z.string().max(2_000), translation: z.string().max(2_000).optional() });

function chatOf({ id, type, occurredAt, data }: Reported): Report['chat'] {
  const parsed = type === 'session.chat_message' && data['from'] !== 'OFFICER' ? words.safeParse(data) : undefined;
  if (!parsed?.success) return [];
  const { text, translation } = parsed.data;
  return [{ chatId: id, at: occurredAt, text, ...(translation !== undefined && { translated: translation }) }];
}

/** A receipt of the text service. Notify's final failures are one thing to us: the text did not arrive. */
export function receiptEvent(receipt: { readonly notificationId: string; readonly status: string; readonly at: string; readonly sendNo: number }): EventEntry | undefined {
  const on: EventName | undefined = receipt.status === 'delivered' || receipt.status === 'sent' ? 'delivered' : receipt.status.endsWith('-failure') ? 'undelivered' : undefined;
  return on && { kind: 'event', id: `${receipt.notificationId}-${on}`, on, at: receipt.at, sendNo: receipt.sendNo };
}
