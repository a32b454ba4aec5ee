import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { SignJWT } from 'jose';
import { listening, stopped } from '../loopback.ts';
import { answer } from './answer.ts';
import { signingKey } from './keys.ts';
import type { SigningKey } from './keys.ts';
import { homeTenant, staffMember } from './staff.ts';

const AUDIENCE = '22222222-2222-4222-8222-222222222222';
const CLIENT = '33333333-3333-4333-8333-333333333333';
/** Entra ID's own default is 60 to 90 minutes. */
const LIFE_SECONDS = 3_600;

/** Changes to a token, for tests: a claim of undefined is left out. */
export interface TokenOverrides {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

export interface Issuer {
  readonly issuer: string;
  readonly url: string;
  readonly jwksUrl: string;
  readonly tenantId: string;
  readonly audience: string;
  /** The ENTRA_* variables that make the app trust this issuer. */
  readonly environment: Readonly<Record<'ENTRA_TENANT_ID' | 'ENTRA_AUDIENCE' | 'ENTRA_ISSUER' | 'ENTRA_JWKS_URL', string>>;
  /** Signs an access token of a sample person (staff.ts) as Entra ID version 2.0 would. */
  readonly token: (login: string, overrides?: TokenOverrides) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts a small issuer on loopback, on a free port unless one is named. It signs real tokens, so that the app verifies as it does in production. */
export async function startIssuer(options: { port?: number; dataDir?: string } = {}): Promise<Issuer> {
  const key = await signingKey(options.dataDir);
  const server = createServer();
  const url = await listening(server, options.port ?? 0);
  const issuer = `${url}/${homeTenant}/v2.0`;
  const jwksUrl = `${url}/${homeTenant}/discovery/v2.0/keys`;
  const token = (login: string, overrides: TokenOverrides = {}) => sign(key, claimsOf(login, url), overrides);
  const configuration = {
    issuer, jwks_uri: jwksUrl, token_endpoint: `${url}/token`, response_types_supported: ['token'], subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'], scopes_supported: ['access_as_user'],
  };
  const served = { url, keys: [key.publicJwk], configuration, token, lifeSeconds: LIFE_SECONDS };
  server.on('request', (request, response) => {
    void answer(request, served).then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
  return {
    issuer, url, jwksUrl, tenantId: homeTenant, audience: AUDIENCE, token,
    environment: { ENTRA_TENANT_ID: homeTenant, ENTRA_AUDIENCE: AUDIENCE, ENTRA_ISSUER: issuer, ENTRA_JWKS_URL: jwksUrl },
    stop: () => stopped(server),
  };
}

function claimsOf(login: string, url: string): Record<string, unknown> {
  const member = staffMember(login);
  const now = Math.floor(Date.now() / 1_000);
  return {
    aud: AUDIENCE, iss: `${url}/${member.tenantId}/v2.0`, iat: now, nbf: now, exp: now + LIFE_SECONDS, azp: CLIENT, azpacr: '0', ver: '2.0',
    tid: member.tenantId, oid: member.objectId, sub: `sub-${member.login}`, name: member.name, preferred_username: `${member.login}@force.example`,
    scp: 'access_as_user', uti: randomUUID(), ...(member.roles.length > 0 && { roles: member.roles }),
  };
}

async function sign(key: SigningKey, claims: Record<string, unknown>, { claims: changes = {}, header = {} }: TokenOverrides): Promise<string> {
  const payload = Object.fromEntries(Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== undefined));
  return await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header }).sign(key.privateKey);
}
