import { createHash } from 'node:crypto';

/** The id of a media item and the name of its blobs: the same whenever the same media of the same session is announced (goodsam.md 11, idempotency e). */
export function evidenceIdOf(requestId: string, providerMediaId: string): string {
  return `ev-${createHash('sha256').update(`${requestId}\n${providerMediaId}`).digest('hex').slice(0, 32)}`;
}
