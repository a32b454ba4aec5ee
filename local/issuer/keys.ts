import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import * as z from 'zod';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

const FILE = 'issuer-key.json';
const privateJwk = z.object({
  kty: z.literal('RSA'), n: z.string(), e: z.string(), d: z.string(), p: z.string(), q: z.string(), dp: z.string(), dq: z.string(), qi: z.string(),
});

/** A new RSA key; with a data folder the one kept there, so that a newcomer's token survives a restart of `npm start`. */
export async function signingKey(dataDir?: string): Promise<SigningKey> {
  if (dataDir === undefined) return toSigningKey(await newKey());
  const path = join(dataDir, FILE);
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept !== undefined) return toSigningKey(privateJwk.parse(JSON.parse(kept)));
  const key = await newKey();
  await mkdir(dataDir, { recursive: true });
  await writeFile(path, JSON.stringify(key), { mode: 0o600 });
  return toSigningKey(key);
}

async function newKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return privateJwk.parse(await exportJWK(privateKey));
}

async function toSigningKey(jwk: z.output<typeof privateJwk>): Promise<SigningKey> {
  const privateKey = await importJWK(jwk, 'RS256');
  if (privateKey instanceof Uint8Array) throw new TypeError('an RSA key was expected');
  const { kty, n, e } = jwk;
  const kid = await calculateJwkThumbprint({ kty, n, e });
  return { kid, privateKey, publicJwk: { kty, n, e, kid, use: 'sig' } };
}
