import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { CompactJWSHeaderParameters } from 'jose';
import * as z from 'zod';
import type { KeySource } from './keys.ts';

/** The person behind a request, as Entra ID names them. `name` is for display only and never for a decision or a log. */
export interface Caller {
  readonly objectId: string;
  readonly tenantId: string;
  readonly roles: readonly string[];
  readonly name?: string;
}

export interface TokenRules {
  readonly tenantId: string;
  /** The issuer of version 2.0 tokens. */
  readonly issuer: string;
  /** The issuer of version 1.0 tokens; without it they are refused. */
  readonly version1Issuer?: string | undefined;
  readonly audience: string;
  /** The delegated permission that the calling app must hold, for instance `access_as_user`. */
  readonly scope: string;
}

/** The token was not accepted. `reason` goes to the security log and never to the caller, who learns only that they are not signed in. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly isLoggable = true;
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

export type VerifyCaller = (authorization: string | null) => Promise<Caller>;

/** Entra's access tokens are 1 to 4 KiB; with many groups they become an overage claim instead. */
const MAX_TOKEN_CHARACTERS = 16_384;
const CLOCK_SKEW_SECONDS = 60;
const bearer = /^bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
/** RFC 8725 3.1, 3.5: the algorithm is ours to choose, and a key that the token itself brings is never used. */
const algorithms = ['RS256', 'PS256'];
const knownHeaders = new Set(['alg', 'typ', 'kid', 'x5t', 'x5t#S256']);
const types = new Set(['jwt', 'at+jwt']);
/** These are in ID tokens only (OpenID Connect Core 2, 3.3.2.11). */
const idTokenClaims = ['nonce', 'at_hash', 'c_hash'];

const claimsSchema = z.object({
  oid: z.guid(),
  tid: z.string(),
  ver: z.enum(['1.0', '2.0']),
  iss: z.string(),
  scp: z.string(),
  idtyp: z.string().optional(),
  roles: z.array(z.string().max(120)).max(200).default([]),
  name: z.string().max(256).optional().catch(undefined),
});
type Claims = z.output<typeof claimsSchema>;

/**
 * Verifies the `Authorization` header of a staff request: an Entra ID access token of a person, for this API and this tenant (ASVS 9.1, 9.2).
 * Rejects with TokenRefused, or with a 503 problem when the signing keys cannot be had. `now` gives the clock.
 */
export function callerVerifier(rules: TokenRules, keys: KeySource, now: () => Date = () => new Date()): VerifyCaller {
  return async authorization => {
    const token = bearerToken(authorization);
    checkHeader(token);
    const claims = await verified(token, { rules, keys, now });
    checkIssuerAndTenant(claims, rules);
    checkDelegated(claims, rules.scope);
    return { objectId: claims.oid.toLowerCase(), tenantId: claims.tid, roles: claims.roles, ...(claims.name !== undefined && { name: claims.name }) };
  };
}

function bearerToken(authorization: string | null): string {
  if (authorization === null || authorization === '') throw new TokenRefused('no-token');
  if (authorization.length > MAX_TOKEN_CHARACTERS) throw new TokenRefused('token-too-long');
  const token = bearer.exec(authorization)?.[1];
  if (token === undefined) throw new TokenRefused('not-a-bearer-token');
  return token;
}

function checkHeader(token: string): void {
  const header = headerOf(token);
  if (Object.keys(header).some(name => !knownHeaders.has(name))) throw new TokenRefused('header-not-accepted');
  if (typeof header.typ !== 'string' || !types.has(header.typ.toLowerCase())) throw new TokenRefused('wrong-typ');
  if (typeof header.kid !== 'string' || header.kid === '') throw new TokenRefused('no-key-id');
}

function headerOf(token: string): CompactJWSHeaderParameters | ReturnType<typeof decodeProtectedHeader> {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenRefused('header-unreadable');
  }
}

async function verified(token: string, { rules, keys, now }: { rules: TokenRules; keys: KeySource; now: () => Date }): Promise<Claims> {
  const issuer = rules.version1Issuer === undefined ? [rules.issuer] : [rules.issuer, rules.version1Issuer];
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms, issuer, audience: rules.audience, clockTolerance: CLOCK_SKEW_SECONDS, currentDate: now(), requiredClaims: ['exp', 'nbf', 'iat'],
    });
    if (idTokenClaims.some(claim => claim in payload)) throw new TokenRefused('id-token');
    const claims = claimsSchema.safeParse(payload);
    if (claims.success) return claims.data;
    throw new TokenRefused(`claim-${String(claims.error.issues[0]?.path[0] ?? 'unknown')}`);
  } catch (error) {
    throw error instanceof errors.JOSEError ? new TokenRefused(reasonOf(error)) : error;
  }
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) return `claim-${error.claim}`;
  return error.code.toLowerCase().replaceAll('_', '-');
}

function checkIssuerAndTenant(claims: Claims, rules: TokenRules): void {
  if (claims.tid !== rules.tenantId) throw new TokenRefused('claim-tid');
  if (claims.iss !== (claims.ver === '1.0' ? rules.version1Issuer : rules.issuer)) throw new TokenRefused('claim-ver');
}

/** An app's own token has roles and no scope (or `idtyp` app): every staff operation is done by a person. */
function checkDelegated(claims: Claims, scope: string): void {
  if (claims.idtyp !== undefined && claims.idtyp !== 'user') throw new TokenRefused('app-only');
  if (!claims.scp.split(' ').includes(scope)) throw new TokenRefused('claim-scp');
}
