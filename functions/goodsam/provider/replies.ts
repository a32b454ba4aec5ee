import * as z from 'zod';
import { readEvent } from './events.ts';
import type { MediaRef, ProviderEvent, SessionCreated, SessionSnapshot } from './port.ts';

const identifier = z.string().min(1).max(128);
const instant = z.iso.datetime();
const address = z.url({ protocol: /^https?$/ }).max(2_000);

const created = z.object({ sessionId: identifier, publicUrl: address, expiresAt: instant.exactOptional() });
const found = z.object({ sessionId: identifier });
const snapshot = z.object({
  sessionId: identifier, externalRef: identifier, status: z.enum(['CREATED', 'OPENED', 'ACTIVE', 'INTERRUPTED', 'ENDED', 'EXPIRED', 'CANCELLED']),
  endedBy: z.enum(['PERSON', 'OFFICER', 'LIMIT']).exactOptional(), lastEventAt: instant.exactOptional(), events: z.array(z.unknown()).max(20_000),
});
const media = z.object({
  sessionId: identifier, providerMediaId: identifier, kind: z.enum(['LIVE_RECORDING', 'UPLOAD_VIDEO', 'UPLOAD_PHOTO', 'CHAT_TRANSCRIPT', 'LOCATION_TRACK', 'SNAPSHOT']),
  mime: z.string().min(1).max(100), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/).exactOptional(), startedAt: instant.exactOptional(), endedAt: instant.exactOptional(),
});
const mediaList = z.object({ media: z.array(media).max(1_000) });
const deleted = z.object({ deletedAt: instant });
const chatSent = z.object({ id: identifier });
const viewer = z.object({ url: address, expiresAt: instant });

/** Readers of the replies of README.md. Each throws when the reply is not what was agreed; call.ts makes that a ProviderError. */
export const replies = {
  created: (value: unknown): SessionCreated => created.parse(value),
  found: (value: unknown): { readonly sessionId: string } => found.parse(value),
  snapshot: (value: unknown): SessionSnapshot => {
    const { events, ...rest } = snapshot.parse(value);
    return { ...rest, events: events.flatMap(knownEvent) };
  },
  media: (value: unknown): readonly MediaRef[] => mediaList.parse(value).media,
  deleted: (value: unknown): { readonly deletedAt: string } => deleted.parse(value),
  chatSent: (value: unknown): { readonly id: string } => chatSent.parse(value),
  viewer: (value: unknown): { readonly url: string; readonly expiresAt: string } => viewer.parse(value),
};

function knownEvent(value: unknown): readonly ProviderEvent[] {
  const received = readEvent(value);
  return received.kind === 'event' ? [received.event] : [];
}
