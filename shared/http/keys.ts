import { createLocalJWKSet, errors } from 'jose';
import type { CompactJWSHeaderParameters, CryptoKey, LocalJWKSet } from 'jose';
import * as z from 'zod';
import { unavailable } from './problem.ts';

/** Finds the public key that a token's header names. Rejects with jose's JWKSNoMatchingKey, or with a 503 problem when no keys can be had. */
export type KeySource = (header: CompactJWSHeaderParameters) => Promise<CryptoKey>;

// Only what verification needs; a symmetric key in the set is dropped, so a public key can never be used as an HMAC secret.
const keySchema = z.object({ kty: z.literal('RSA'), kid: z.string().min(1), n: z.string(), e: z.string(), use: z.literal('sig').optional() })
  .transform(({ kty, kid, n, e }) => ({ kty, kid, n, e }));
const setSchema = z.object({ keys: z.array(z.unknown()) });

const FRESH_SECONDS = 3_600;
/** Entra publishes a new key well before it signs with it, so yesterday's keys are safe to use through an outage of its key endpoint. */
const STALE_SECONDS = 86_400;
/** Between two fetches that unknown key ids cause: an attacker must not make us flood the key endpoint. */
const COOL_DOWN_SECONDS = 30;
const RETRY_AFTER_FAILURE_SECONDS = 5;

interface RemoteKeysOptions {
  readonly url: string;
  readonly now?: () => Date;
  readonly fetchJson?: (url: string) => Promise<unknown>;
}

interface Cache {
  set?: { readonly keys: LocalJWKSet; readonly fetchedAt: number };
  triedAt: number;
  failed: boolean;
  pending?: Promise<void> | undefined;
}

/** Keys from a JWKS address: cached for an hour, one fetch at a time, a cool-down, and the last good set for a day when the address is down. */
export function remoteKeys(options: RemoteKeysOptions): KeySource {
  const { url, now = () => new Date(), fetchJson = fetchJwks } = options;
  const cache: Cache = { triedAt: -Infinity, failed: false };
  const seconds = () => now().getTime() / 1_000;

  const refresh = async (): Promise<void> => {
    if (cache.failed && seconds() - cache.triedAt < RETRY_AFTER_FAILURE_SECONDS) return;
    cache.triedAt = seconds();
    try {
      cache.set = { keys: localSet(await fetchJson(url)), fetchedAt: seconds() };
      cache.failed = false;
    } catch {
      // Told apart by the caller: with a set young enough the outage is survived, without one it is a 503.
      cache.failed = true;
    }
  };
  const refreshOnce = (): Promise<void> => (cache.pending ??= refresh().finally(() => { cache.pending = undefined; }));

  const current = (): LocalJWKSet => {
    if (cache.set === undefined || seconds() - cache.set.fetchedAt > STALE_SECONDS) throw unavailable(RETRY_AFTER_FAILURE_SECONDS);
    return cache.set.keys;
  };

  return async header => {
    if (cache.set === undefined || seconds() - cache.set.fetchedAt > FRESH_SECONDS) await refreshOnce();
    try {
      return await current()(header);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || seconds() - cache.triedAt < COOL_DOWN_SECONDS) throw error;
      await refreshOnce();
      // The key may be new: while the address is down nobody can say that the token is bad.
      if (cache.failed) throw unavailable(RETRY_AFTER_FAILURE_SECONDS);
      return await current()(header);
    }
  };
}

function localSet(json: unknown): LocalJWKSet {
  const keys = setSchema.parse(json).keys.map(key => keySchema.safeParse(key)).filter(parsed => parsed.success).map(parsed => parsed.data);
  if (keys.length === 0) throw new TypeError('the key set holds no RSA signing key');
  return createLocalJWKSet({ keys });
}

async function fetchJwks(url: string): Promise<unknown> {
  const reply = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000), headers: { accept: 'application/json' } });
  if (!reply.ok) throw new TypeError(`the key address answered ${reply.status}`);
  return await reply.json();
}
