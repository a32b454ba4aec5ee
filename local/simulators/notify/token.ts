import { decodeJwt, jwtVerify } from 'jose';
import { Refusal } from './answer.ts';
import type { KeyType, Service } from './model.ts';

const CLOCK_SECONDS = 30;
const keyTypes: readonly KeyType[] = ['normal', 'team', 'test'];

/** Whose request this is, by the token that Notify's client signs with its API key. Throws Refusal with Notify's own words and statuses. */
export async function caller(authorization: string | undefined, services: readonly Service[]): Promise<{ readonly service: Service; readonly keyType: KeyType }> {
  if (authorization === undefined) throw new Refusal(401, 'AuthError', 'Unauthorized: authentication token must be provided');
  if (!/^bearer /i.test(authorization)) throw new Refusal(401, 'AuthError', 'Unauthorized: authentication bearer scheme must be used');
  const token = authorization.slice('bearer '.length);
  const issuer = issuerOf(token);
  const service = services.find(one => one.id === issuer);
  if (!service) throw new Refusal(403, 'AuthError', 'Invalid token: service not found');
  for (const keyType of keyTypes) {
    const issuedAt = await issuedAtOf(token, service.secrets[keyType]);
    if (issuedAt === undefined) continue;
    if (Math.abs(Date.now() / 1_000 - issuedAt) > CLOCK_SECONDS) throw new Refusal(403, 'AuthError', 'Error: Your system clock must be accurate to within 30 seconds');
    return { service, keyType };
  }
  throw new Refusal(403, 'AuthError', 'Invalid token: API key not found');
}

function issuerOf(token: string): string {
  try {
    const { iss } = decodeJwt(token);
    if (iss !== undefined) return iss;
  } catch {
    throw new Refusal(403, 'AuthError', 'Invalid token: signature, api token is not valid');
  }
  throw new Refusal(403, 'AuthError', 'Invalid token: iss field not provided');
}

/** Seconds since 1970 at which the token was signed with this secret; undefined if it was not. */
async function issuedAtOf(token: string, secret: string): Promise<number | undefined> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'], requiredClaims: ['iat'] });
    return payload.iat;
  } catch {
    // Signed with another key, or not at all: the caller tries the next key and refuses in the end.
    return undefined;
  }
}
