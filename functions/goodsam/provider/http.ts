import { call, path } from './call.ts';
import type { ProviderCall, ProviderConnection } from './call.ts';
import { openMedia } from './media.ts';
import { ProviderError } from './port.ts';
import type { LiveLinkProvider } from './port.ts';
import { replies } from './replies.ts';
import { p0TimeoutSeconds } from '../rules/retry.ts';

export interface HttpProviderSettings {
  readonly name?: string;
  /** Base address. Pages that the provider names must be served as safely as it is: https when this is https. */
  readonly url: string;
  readonly key: string;
  /** goodsam.md 21.18: 5 s. */
  readonly timeoutMs?: number;
}

/** A provider behind the REST interface of README.md, which is our own. Every failure is a ProviderError. */
export function httpProvider(settings: HttpProviderSettings): LiveLinkProvider {
  const connection: ProviderConnection = { url: settings.url.replace(/\/+$/, ''), key: settings.key, timeoutMs: settings.timeoutMs ?? p0TimeoutSeconds * 1_000 };
  return {
    name: settings.name ?? 'http',
    createSession: async (body, { idempotencyKey, signal }) => {
      const created = await call(connection, { method: 'POST', path: '/v1/sessions', body, idempotencyKey, signal }, replies.created);
      return checked(connection.url, created, created.publicUrl);
    },
    findSession: (key, { signal } = {}) => found(connection, { method: 'GET', path: path`/v1/sessions?key=${key}`, signal }),
    cancel: (id, reason, { signal } = {}) => gone(connection, { method: 'POST', path: path`/v1/sessions/${id}/cancel`, body: { reason }, signal }),
    end: (id, { signal } = {}) => gone(connection, { method: 'POST', path: path`/v1/sessions/${id}/end`, body: {}, signal }),
    getSession: (id, { signal } = {}) => call(connection, { method: 'GET', path: path`/v1/sessions/${id}`, signal }, replies.snapshot),
    listMedia: (id, { signal } = {}) => call(connection, { method: 'GET', path: path`/v1/sessions/${id}/media`, signal }, replies.media),
    openMedia: (media, options) => openMedia(connection, media, options),
    deleteMedia: (media, { signal } = {}) => call(connection, { method: 'DELETE', path: path`/v1/sessions/${media.sessionId}/media/${media.providerMediaId}`, signal }, replies.deleted),
    sendChat: (id, { idempotencyKey, ...body }, { signal } = {}) => call(connection, { method: 'POST', path: path`/v1/sessions/${id}/chat`, body, idempotencyKey, signal }, replies.chatSent),
    viewerUrl: async (id, viewer, { signal } = {}) => {
      const given = await call(connection, { method: 'POST', path: path`/v1/sessions/${id}/viewers`, body: { viewerRef: viewer.viewerRef }, signal }, replies.viewer);
      return checked(connection.url, given, given.url);
    },
    health: () => health(connection),
  };
}

async function found(connection: ProviderConnection, request: ProviderCall): Promise<{ readonly sessionId: string } | undefined> {
  try {
    return await call(connection, request, replies.found);
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

/** A session that is not there is as dead as we want it. */
async function gone(connection: ProviderConnection, request: ProviderCall): Promise<void> {
  try {
    await call(connection, request, () => undefined);
  } catch (error) {
    if (!(error instanceof ProviderError && error.kind === 'notFound')) throw error;
  }
}

function checked<T>(base: string, value: T, address: string): T {
  if (base.startsWith('https:') && !address.startsWith('https:')) throw new ProviderError('unavailable', 'the provider gave an address without https');
  return value;
}

async function health(connection: ProviderConnection): Promise<{ readonly ok: boolean; readonly latencyMs: number }> {
  const start = performance.now();
  const ok = await call(connection, { method: 'GET', path: '/v1/health' }, () => true).catch((error: unknown) => {
    if (error instanceof ProviderError) return false;
    throw error;
  });
  return { ok, latencyMs: Math.round(performance.now() - start) };
}
