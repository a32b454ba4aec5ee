import { createHmac, timingSafeEqual } from 'node:crypto';

/** Refused: who sent it cannot be proved. It says no more, so that nobody can learn from it what was wrong (goodsam.md 11). */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  constructor() {
    super('signature refused');
  }
}

export interface WebhookCheck {
  readonly headers: { get(name: string): string | null };
  /** As received: a body that was parsed and written again has another signature. */
  readonly rawBody: Uint8Array;
  /** From webhookKeys. */
  readonly keys: readonly Uint8Array[];
  readonly now: Date;
}

export interface SignedContent {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly rawBody: Uint8Array;
}

const TOLERANCE_SECONDS = 300;
const secretPattern = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/;
/** Standard Webhooks 1.0: a key has 24 to 64 bytes. */
const keyBytes = { min: 24, max: 64 };
/** The full stop parts the signed content, so it may not stand in an id. */
const idPattern = /^[A-Za-z0-9_-]{1,128}$/;
const timestampPattern = /^\d{1,12}$/;

/** The keys of one secret, or of two while a secret is being changed: `whsec_` and base64 of 24 to 64 bytes. Throws when the setting is anything else, without repeating it. */
export function webhookKeys(secrets: readonly string[]): readonly Uint8Array[] {
  if (secrets.length < 1 || secrets.length > 2) throw new Error('one or two webhook secrets are needed');
  return secrets.map(secret => {
    const key = Buffer.from(secretPattern.exec(secret)?.[1] ?? '', 'base64');
    if (key.length < keyBytes.min || key.length > keyBytes.max) throw new Error('a webhook secret is whsec_ and base64 of 24 to 64 bytes');
    return key;
  });
}

/**
 * Checks a webhook by Standard Webhooks 1.0 (HMAC-SHA256 over `id.timestamp.body`, any of several `v1` signatures by any live key, at most 5 minutes off) and gives its
 * id, which stays the same when it is sent again. Throws SignatureError.
 */
export function verifyWebhook({ headers, rawBody, keys, now }: WebhookCheck): { readonly webhookId: string } {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  if (!idPattern.test(id) || !timestampPattern.test(timestamp)) throw new SignatureError();
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) throw new SignatureError();
  const expected = keys.map(key => digest(key, `${id}.${timestamp}.`, rawBody));
  const given = (headers.get('webhook-signature') ?? '').split(' ').filter(part => part.startsWith('v1,')).map(part => Buffer.from(part.slice(3), 'base64'));
  // Every pair is compared, so that the time says nothing of which key fitted.
  const fits = given.flatMap(signature => expected.map(one => signature.length === one.length && timingSafeEqual(signature, one)));
  if (!fits.includes(true)) throw new SignatureError();
  return { webhookId: id };
}

/** One `v1` signature; a sender in the middle of a change of secrets joins two with a space. */
export function signWebhook(key: Uint8Array, { id, timestamp, rawBody }: SignedContent): string {
  return `v1,${digest(key, `${id}.${timestamp}.`, rawBody).toString('base64')}`;
}

function digest(key: Uint8Array, prefix: string, rawBody: Uint8Array): Buffer {
  return createHmac('sha256', key).update(prefix).update(rawBody).digest();
}
