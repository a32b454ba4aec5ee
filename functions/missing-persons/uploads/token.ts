import { createHmac, timingSafeEqual } from 'node:crypto';
import type { UploadLink } from '../rules/intake/protocols.ts';
import type { MissingRecord } from '../state.ts';

type Keys = readonly [string, ...string[]];

const hmac = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The secret of a link: 132 bits that follow from the request that asks for it, so that a request that is repeated after a crash shows the same address, and it need not be kept. */
export function secretOf([key]: Keys, recordId: string, asking: string): string {
  return hmac(key, `upload-link:${recordId}:${asking}`).toString('base64url').slice(0, 22);
}

/** What the record keeps of it. */
export function secretHmac([key]: Keys, secret: string): string {
  return hmac(key, `upload-secret:${secret}`).toString('hex');
}

/** The record's id stands in the address, so that no second store is needed to find it: the link dies with the record. */
export const tokenOf = (recordId: string, secret: string): string => `${recordId}-${secret}`;

export function readToken(token: string): { readonly recordId: string; readonly secret: string } | undefined {
  const [, recordId, secret] = /^([a-z2-7]{26})-([\w-]{22})$/.exec(token) ?? [];
  return recordId === undefined || secret === undefined ? undefined : { recordId, secret };
}

/** The link that this secret opens. Keys that were in use before a rotation still open what was made with them. */
export function linkOf(keys: Keys, { uploadLinks }: Pick<MissingRecord, 'uploadLinks'>, secret: string): UploadLink | undefined {
  const known = keys.map(key => Buffer.from(secretHmac([key], secret)));
  return uploadLinks.find(link => known.some(one => one.byteLength === link.secretHmac.length && timingSafeEqual(one, Buffer.from(link.secretHmac))));
}
