import * as z from 'zod';
import { capability } from '../rules/terms.ts';
import { providerEventTypes } from './port.ts';
import type { ProviderEvent, ProviderEventType } from './port.ts';

/** A body that is no event. The message names fields only: what stands in them may be about a person. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
}

/** `unknown` is an event of a type that this app has no use for: it is kept and answered 200, and changes nothing. */
export type ReceivedEvent =
  | { readonly kind: 'event'; readonly event: ProviderEvent }
  | { readonly kind: 'unknown'; readonly id: string; readonly type: string; readonly sessionId: string; readonly externalRef: string };

const identifier = z.string().min(1).max(128);
const scalars = z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/), z.union([z.string().max(4_000), z.number(), z.boolean()]));
const envelope = z.strictObject({
  id: identifier, type: z.string().regex(/^[a-z_.]{1,64}$/), occurredAt: z.iso.datetime(), sessionId: identifier, externalRef: identifier,
  sequence: z.int().min(0).exactOptional(), data: scalars,
});

/** Capabilities of goodsam.md 4.1 T11, space separated, since event data is flat. */
const scope = z.string().regex(/^[A-Z]+( [A-Z]+)*$/).refine(text => text.split(' ').every(word => capability.safeParse(word).success));
const mediaKind = z.enum(['LIVE_RECORDING', 'UPLOAD_VIDEO', 'UPLOAD_PHOTO', 'CHAT_TRANSCRIPT', 'LOCATION_TRACK', 'SNAPSHOT']);
const media = z.looseObject({ providerMediaId: identifier, kind: mediaKind, mime: z.string().max(100), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/).optional() });
const anything = z.looseObject({});

/** What an event must say to be of use; more may stand beside it. */
const dataOf: Readonly<Record<ProviderEventType, z.ZodType>> = {
  'session.opened': anything,
  'session.consent_given': z.looseObject({ scope }),
  'session.consent_refused': anything,
  'session.consent_narrowed': z.looseObject({ scope }),
  'session.consent_withdrawn': anything,
  'session.location': z.looseObject({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180), accuracyM: z.number().min(0) }),
  'session.media_started': anything,
  'session.media_stopped': anything,
  'session.connection_lost': anything,
  'session.reconnected': anything,
  'session.permission_denied': z.looseObject({ capability }),
  'session.safety_exit': anything,
  'session.upload_started': z.looseObject({ uploadId: identifier }),
  'session.upload_paused': z.looseObject({ uploadId: identifier }),
  'session.upload_received': media,
  'session.upload_completed': z.looseObject({ files: z.int().min(0) }),
  'session.chat_message': z.looseObject({ messageId: identifier, from: z.enum(['PERSON', 'OFFICER']), text: z.string(), locale: z.string() }),
  'session.ended': z.looseObject({ by: z.enum(['PERSON', 'OFFICER', 'LIMIT']) }),
  'session.expired': anything,
  'session.recording_ready': media,
  'session.recording_failed': anything,
  'session.media_deleted': z.looseObject({ providerMediaId: identifier }),
};
const eventType = z.enum(providerEventTypes);

/** Reads the body of a webhook whose signature was checked. Throws EnvelopeError for anything that is no event. */
export function readWebhook(rawBody: Uint8Array): ReceivedEvent {
  return readEvent(parsed(rawBody));
}

/** The same for one event of a snapshot. */
export function readEvent(value: unknown): ReceivedEvent {
  const outer = envelope.safeParse(value);
  if (!outer.success) throw new EnvelopeError(`no event: ${fields(outer.error)}`);
  const rest = outer.data;
  const known = eventType.safeParse(rest.type);
  if (!known.success) return { kind: 'unknown', id: rest.id, type: rest.type, sessionId: rest.sessionId, externalRef: rest.externalRef };
  const inner = dataOf[known.data].safeParse(rest.data);
  if (!inner.success) throw new EnvelopeError(`no ${known.data}: ${fields(inner.error)}`);
  return { kind: 'event', event: { ...rest, type: known.data } };
}

function fields(error: z.ZodError): string {
  return error.issues.map(issue => issue.path.map(String).join('.') || 'the whole').join(', ').slice(0, 200);
}

function parsed(rawBody: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
    return value;
  } catch {
    throw new EnvelopeError('no JSON');
  }
}
