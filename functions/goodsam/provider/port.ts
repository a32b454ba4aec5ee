import type { Mode } from '../rules/terms.ts';

/**
 * What live links need from a provider of video, location and upload sessions. Vendor-neutral: no interface of GoodSAM is public, so nothing here pretends to be
 * theirs; the real adapter is written against their document under contract. We send the text ourselves (goodsam.md 21.14), so no address of a person ever goes to
 * the provider.
 */
export interface LiveLinkProvider {
  readonly name: string;
  createSession(request: CreateSession, options: CallOptions & { readonly idempotencyKey: string }): Promise<SessionCreated>;
  /** The session that was made under this key, if one was: its reply may never have reached us, after a time-out or a crash. Changes nothing. */
  findSession(idempotencyKey: string, options?: CallOptions): Promise<{ readonly sessionId: string } | undefined>;
  /** Idempotent; a session that is not there counts as cancelled. */
  cancel(sessionId: string, reason: 'CANCELLED' | 'UNSAFE' | 'EXPIRED' | 'SUPERSEDED', options?: CallOptions): Promise<void>;
  /** Idempotent; the link is dead when this resolves. */
  end(sessionId: string, options?: CallOptions): Promise<void>;
  /** For the reconciler. */
  getSession(sessionId: string, options?: CallOptions): Promise<SessionSnapshot>;
  listMedia(sessionId: string, options?: CallOptions): Promise<readonly MediaRef[]>;
  openMedia(media: MediaRef, options?: CallOptions & { readonly from?: number }): Promise<OpenMedia>;
  deleteMedia(media: MediaRef, options?: CallOptions): Promise<{ readonly deletedAt: string }>;
  sendChat(sessionId: string, message: { readonly text: string; readonly targetLocale?: string; readonly idempotencyKey: string }, options?: CallOptions): Promise<{ readonly id: string }>;
  /** A link for one viewer, of short life: asked for on each click, never stored, logged or shown in a card. */
  viewerUrl(sessionId: string, viewer: { readonly viewerRef: string }, options?: CallOptions): Promise<{ readonly url: string; readonly expiresAt: string }>;
  health(): Promise<{ readonly ok: boolean; readonly latencyMs: number }>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface CreateSession {
  /** Our request id; never an incident number, a name or a reason. */
  readonly externalRef: string;
  readonly mode: Mode;
  /** BCP 47. */
  readonly locale: string;
  readonly record: boolean;
  readonly chat: boolean;
  readonly expiresAt: string;
  /** An opaque reference of the officer, no name. */
  readonly operatorRef: string;
  readonly callbackUrl: string;
}

export interface SessionCreated {
  readonly sessionId: string;
  /** Where the person's browser goes after our own landing and consent pages. */
  readonly publicUrl: string;
  readonly expiresAt?: string;
}

export interface SessionSnapshot {
  readonly sessionId: string;
  readonly externalRef: string;
  readonly status: 'CREATED' | 'OPENED' | 'ACTIVE' | 'INTERRUPTED' | 'ENDED' | 'EXPIRED' | 'CANCELLED';
  readonly endedBy?: 'PERSON' | 'OFFICER' | 'LIMIT';
  readonly lastEventAt?: string;
  /** Every event that the provider would have sent so far, so that a lost webhook can be made good. */
  readonly events: readonly ProviderEvent[];
}

export interface MediaRef {
  readonly sessionId: string;
  readonly providerMediaId: string;
  readonly kind: 'LIVE_RECORDING' | 'UPLOAD_VIDEO' | 'UPLOAD_PHOTO' | 'CHAT_TRANSCRIPT' | 'LOCATION_TRACK' | 'SNAPSHOT';
  readonly mime: string;
  readonly bytes: number;
  /** Lower-case hex, if the provider gives one. */
  readonly sha256?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
}

export interface OpenMedia {
  readonly stream: AsyncIterable<Uint8Array>;
  readonly bytes?: number;
  readonly sha256?: string;
}

/** goodsam.md 11 with the additions of 21.19. */
export const providerEventTypes = [
  'session.opened', 'session.consent_given', 'session.consent_refused', 'session.consent_narrowed', 'session.consent_withdrawn', 'session.location', 'session.media_started', 'session.media_stopped',
  'session.connection_lost', 'session.reconnected', 'session.permission_denied', 'session.safety_exit', 'session.upload_started', 'session.upload_paused', 'session.upload_received',
  'session.upload_completed', 'session.chat_message', 'session.ended', 'session.expired', 'session.recording_ready', 'session.recording_failed', 'session.media_deleted',
] as const;
export type ProviderEventType = (typeof providerEventTypes)[number];

export interface ProviderEvent {
  /** Stays the same when the provider sends the event again. */
  readonly id: string;
  readonly type: ProviderEventType;
  readonly occurredAt: string;
  readonly sessionId: string;
  readonly externalRef: string;
  readonly sequence?: number;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

export type ProviderErrorKind = 'auth' | 'validation' | 'rateLimited' | 'unavailable' | 'timeout' | 'notFound' | 'conflict';

/** Every failure of a provider call; the kind says whether trying again can help. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly retryAfterMs: number | undefined;
  constructor(kind: ProviderErrorKind, message: string, options: ErrorOptions & { readonly retryAfterMs?: number } = {}) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}
