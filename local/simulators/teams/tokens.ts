import { SignJWT, jwtVerify, importJWK } from 'jose';
import type { Simulated } from './state.ts';

/** What can be wrong with a delivery's token; `replayed` sends the last delivery again, byte for byte. */
export const tokenKinds = [
  'good', 'forged', 'unknown-kid', 'within-skew', 'expired', 'no-end', 'wrong-audience', 'wrong-issuer', 'entra-issuer', 'wrong-service-url', 'unsigned', 'not-bearer', 'none', 'replayed',
] as const;
export type TokenKind = (typeof tokenKinds)[number];

const connectorIssuer = 'https://api.botframework.com';
const lifeSeconds = 3_600;

/** The Authorization header of a delivery, as the Bot Connector signs it or as somebody else would. */
export async function authorizationOf(state: Simulated, kind: TokenKind): Promise<string | undefined> {
  if (kind === 'none') return undefined;
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: connectorIssuer, aud: state.botId, serviceurl: state.url, nbf: now - 5, exp: now + lifeSeconds, ...changes(kind, state, now) };
  if (kind === 'unsigned') return `Bearer ${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`;
  const key = kind === 'forged' ? state.forgedKey.privateKey : state.key.privateKey;
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: kind === 'unknown-kid' ? 'no-such-key' : state.key.kid }).sign(key);
  return kind === 'not-bearer' ? token : `Bearer ${token}`;
}

/** A claim of undefined is left out. An end more than 5 minutes ago is past the allowed skew. */
function changes(kind: TokenKind, state: Simulated, now: number): Record<string, unknown> {
  if (kind === 'expired') return { nbf: now - 7_200, exp: now - 600 };
  if (kind === 'within-skew') return { nbf: now - 7_200, exp: now - 200 };
  if (kind === 'no-end') return { exp: undefined };
  if (kind === 'wrong-audience') return { aud: '55555555-5555-4555-8555-555555555555' };
  if (kind === 'wrong-issuer') return { iss: 'https://issuer.example' };
  if (kind === 'entra-issuer') return { iss: `https://sts.windows.net/${state.tenantId}/`, tid: state.tenantId, serviceurl: undefined };
  if (kind === 'wrong-service-url') return { serviceurl: 'https://smba.example/teams' };
  return {};
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** An app-only token for the connector or for Graph. */
export async function appToken(state: Simulated, audience: string): Promise<{ access_token: string; token_type: 'Bearer'; expires_in: number }> {
  const token = await new SignJWT({ appid: state.botId, tid: state.tenantId }).setProtectedHeader({ alg: 'RS256', kid: state.key.kid }).setAudience(audience).setIssuedAt().setExpirationTime(`${lifeSeconds}s`).sign(state.key.privateKey);
  return { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds };
}

/** Whether a call carries a token that we gave out for this audience. */
export async function isOurs(state: Simulated, authorization: string | undefined, audience: string): Promise<boolean> {
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return false;
  return await jwtVerify(token, await importJWK(state.key.publicJwk, 'RS256'), { audience }).then(() => true, () => false);
}
