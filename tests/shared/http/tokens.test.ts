// H15: bad tokens, each refused with 401 and exactly one row in the security log. The keys come over HTTP from the local issuer, as in production.
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { SignJWT, UnsecuredJWT, exportJWK, exportSPKI, generateKeyPair, importJWK } from 'jose';
import type { JWK } from 'jose';
import * as z from 'zod';
import { startIssuer } from '../../../local/issuer/issuer.ts';
import type { Issuer, TokenOverrides } from '../../../local/issuer/issuer.ts';
import { callerVerifier } from '../../../shared/http/caller.ts';
import type { Caller, VerifyCaller } from '../../../shared/http/caller.ts';
import { endpoint } from '../../../shared/http/endpoint.ts';
import { remoteKeys } from '../../../shared/http/keys.ts';
import { addNote, deps, memoryLog, request, send } from './support.ts';

let issuer: Issuer;
let verify: VerifyCaller;
let jwk: JWK & { kid: string };
const rules = () => ({ tenantId: issuer.tenantId, issuer: issuer.issuer, audience: issuer.audience, scope: 'access_as_user' });

beforeAll(async () => {
  issuer = await startIssuer();
  verify = callerVerifier(rules(), remoteKeys({ url: issuer.jwksUrl }));
  const served: unknown = await (await fetch(issuer.jwksUrl)).json();
  const [first] = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) }).parse(served).keys;
  if (!first) throw new Error('the issuer serves no key');
  jwk = first;
});
afterAll(() => issuer.stop());

const hour = 3_600;
const seconds = () => Math.floor(Date.now() / 1_000);
const good = (overrides: TokenOverrides = {}) => issuer.token('sam.caseworker', overrides);
const claims = (changes: Record<string, unknown>) => async () => `Bearer ${await good({ claims: changes })}`;
const header = (changes: Record<string, unknown>) => async () => `Bearer ${await good({ header: changes })}`;

async function goodClaims(): Promise<Record<string, unknown>> {
  const [, payload = ''] = (await good()).split('.');
  return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
}

async function edited(edit: (parts: [string, string, string]) => string): Promise<string> {
  const [head = '', payload = '', signature = ''] = (await good()).split('.');
  return `Bearer ${edit([head, payload, signature])}`;
}

async function signedWithPublicKey(): Promise<string> {
  const key = await importJWK(jwk, 'RS256', { extractable: true });
  if (key instanceof Uint8Array) throw new TypeError('an RSA key was expected');
  const secret = new TextEncoder().encode(await exportSPKI(key));
  return `Bearer ${await new SignJWT(await goodClaims()).setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: jwk.kid }).sign(secret)}`;
}

/** Signed by an attacker's own key; `bring` puts that key or its address into the header. */
async function forged(alg: 'RS256' | 'ES256', bring: (publicKey: JWK) => Record<string, unknown>): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const protectedHeader = { alg, typ: 'JWT', kid: jwk.kid, ...bring(await exportJWK(publicKey)) };
  return `Bearer ${await new SignJWT(await goodClaims()).setProtectedHeader(protectedHeader).sign(privateKey)}`;
}

const bad: readonly [name: string, reason: string, make: () => Promise<string | undefined>][] = [
  ['none', 'no-token', () => Promise.resolve(undefined)],
  ['empty', 'no-token', () => Promise.resolve('')],
  ['the word Bearer alone', 'not-a-bearer-token', () => Promise.resolve('Bearer ')],
  ['Basic', 'not-a-bearer-token', () => Promise.resolve('Basic c2FtOnNlY3JldA==')],
  ['garbage', 'not-a-bearer-token', () => Promise.resolve('Bearer garbage')],
  ['garbage in three parts', 'header-unreadable', () => Promise.resolve('Bearer a.b.c')],
  ['no scheme', 'not-a-bearer-token', () => good()],
  ['two values', 'not-a-bearer-token', async () => `Bearer ${await good()}, Bearer ${await good()}`],
  ['white space inside', 'not-a-bearer-token', () => edited(([head, payload, signature]) => `${head}. ${payload}.${signature}`)],
  ['an extra part', 'not-a-bearer-token', () => edited(parts => [...parts, 'AAAA'].join('.'))],
  ['truncated to two parts', 'not-a-bearer-token', () => edited(([head, payload]) => `${head}.${payload}`)],
  ['a truncated signature', 'err-jws-signature-verification-failed', () => edited(([head, payload, signature]) => `${head}.${payload}.${signature.slice(0, 40)}`)],
  ['a huge token', 'token-too-long', claims({ padding: 'x'.repeat(20_000) })],
  ['alg none', 'not-a-bearer-token', async () => `Bearer ${new UnsecuredJWT(await goodClaims()).encode()}`],
  ['alg none with the old signature', 'err-jose-alg-not-allowed', () => edited(([, payload, signature]) => `${encode({ alg: 'none', typ: 'JWT', kid: jwk.kid })}.${payload}.${signature}`)],
  ['HS256 with the public key', 'err-jose-alg-not-allowed', signedWithPublicKey],
  ['ES256', 'err-jose-alg-not-allowed', () => forged('ES256', () => ({}))],
  ['RS512 in the header', 'err-jose-alg-not-allowed', () => edited(([, payload, signature]) => `${encode({ alg: 'RS512', typ: 'JWT', kid: jwk.kid })}.${payload}.${signature}`)],
  ['another key under our key id', 'err-jws-signature-verification-failed', () => forged('RS256', () => ({}))],
  ['an unknown key id', 'err-jwks-no-matching-key', header({ kid: 'unknown' })],
  ['no key id', 'no-key-id', header({ kid: undefined })],
  ['a jwk header', 'header-not-accepted', () => forged('RS256', publicKey => ({ jwk: publicKey }))],
  ['a jku header', 'header-not-accepted', () => forged('RS256', () => ({ jku: 'https://keys.example/jwks' }))],
  ['an x5u header', 'header-not-accepted', () => forged('RS256', () => ({ x5u: 'https://keys.example/cert' }))],
  ['a crit header', 'header-not-accepted', () => edited(([, payload, signature]) => `${encode({ alg: 'RS256', typ: 'JWT', kid: jwk.kid, crit: ['exp'] })}.${payload}.${signature}`)],
  ['a wrong typ', 'wrong-typ', header({ typ: 'dpop+jwt' })],
  ['no typ', 'wrong-typ', header({ typ: undefined })],
  ['tampered roles', 'err-jws-signature-verification-failed', async () => {
    const payload = encode({ ...await goodClaims(), roles: ['Redaction.Administrator'] });
    return await edited(([head, , signature]) => `${head}.${payload}.${signature}`);
  }],
  ['a tampered signature', 'err-jws-signature-verification-failed', () => edited(([head, payload, signature]) => `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`)],
  ['another audience', 'claim-aud', claims({ aud: '44444444-4444-4444-8444-444444444444' })],
  ['an audience list without ours', 'claim-aud', claims({ aud: ['a', 'b'] })],
  ['no audience', 'claim-aud', claims({ aud: undefined })],
  ['another issuer', 'claim-iss', claims({ iss: 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0' })],
  ['another tenant of the same issuer', 'claim-tid', claims({ tid: '99999999-9999-4999-8999-999999999999' })],
  ['a neighbour with our role', 'claim-iss', async () => `Bearer ${await issuer.token('nils.neighbour')}`],
  ['expired by more than the skew', 'claim-exp', async () => await claims({ exp: seconds() - 70 })()],
  ['not valid for more than the skew', 'claim-nbf', async () => await claims({ nbf: seconds() + 90, exp: seconds() + hour })()],
  ['no expiry', 'claim-exp', claims({ exp: undefined })],
  ['an expiry in words', 'claim-exp', claims({ exp: 'never' })],
  ['no object id', 'claim-oid', claims({ oid: undefined })],
  ['an object id that is no GUID', 'claim-oid', claims({ oid: 'sam' })],
  ['an ID token', 'id-token', claims({ nonce: 'n', scp: undefined, at_hash: 'x' })],
  ['an app of its own', 'claim-scp', claims({ scp: undefined, idtyp: 'app', roles: ['Redaction.Caseworker'] })],
  ['an app with a scope', 'app-only', claims({ idtyp: 'app' })],
  ['no scope', 'claim-scp', claims({ scp: undefined })],
  ['another scope', 'claim-scp', claims({ scp: 'User.Read' })],
  ['a scope that only begins like ours', 'claim-scp', claims({ scp: 'access_as_user_reader' })],
  ['version 1.0 when it is not configured', 'claim-ver', claims({ ver: '1.0' })],
  ['no version', 'claim-ver', claims({ ver: undefined })],
  ['roles as text', 'claim-roles', claims({ roles: 'Redaction.Caseworker' })],
];

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('bad tokens', () => {
  for (const [name, reason, make] of bad) test(name, async () => {
    const { log, rows } = memoryLog();
    const handler = endpoint(addNote, () => { throw new Error('the handler must not run'); }, deps({ verify, log }));
    const reply = await send(handler, request({ headers: { authorization: await make() } }));
    expect(reply).toMatchObject({ status: 401, json: { code: 'not-signed-in' }, headers: { 'www-authenticate': 'Bearer' } });
    expect(reply.text).not.toContain(reason);
    expect(rows().filter(row => row.kind === 'security')).toMatchObject([{ event: 'token-refused', reason, operation: 'AddNote' }]);
    expect(rows().filter(row => row.kind === 'app')).toMatchObject([{ event: 'request', status: 401 }]);
  });
});

describe('good tokens', () => {
  const callerOf = async (token: Promise<string>): Promise<Caller> => await verify(`Bearer ${await token}`);

  it('name the caller', async () => {
    expect(await callerOf(good())).toEqual({
      objectId: '00000000-0000-4000-8000-000000000001', tenantId: issuer.tenantId, roles: ['Redaction.Caseworker'], name: 'Sam Caseworker',
    });
    expect(await callerOf(issuer.token('olive.outsider'))).toMatchObject({ roles: [] });
  });

  it('may be a minute out, have two scopes, or a list of audiences with ours', async () => {
    await callerOf(good({ claims: { exp: seconds() - 50 } }));
    await callerOf(good({ claims: { nbf: seconds() + 50 } }));
    await callerOf(good({ claims: { scp: 'User.Read access_as_user' } }));
    expect((await callerOf(good({ claims: { aud: ['other', issuer.audience] }, header: { typ: 'at+jwt' } }))).name).toBe('Sam Caseworker');
  });

  it('may be version 1.0 from the configured issuer only', async () => {
    const version1Issuer = `https://sts.windows.net/${issuer.tenantId}/`;
    const either = callerVerifier({ ...rules(), version1Issuer }, remoteKeys({ url: issuer.jwksUrl }));
    expect(await either(`Bearer ${await good({ claims: { ver: '1.0', iss: version1Issuer } })}`)).toMatchObject({ name: 'Sam Caseworker' });
    await expect(good({ claims: { iss: version1Issuer } }).then(token => either(`Bearer ${token}`))).rejects.toThrow('claim-ver');
    await expect(good({ claims: { ver: '1.0' } }).then(token => either(`Bearer ${token}`))).rejects.toThrow('claim-ver');
  });
});

test('keys that cannot be had give 503, and no security row', async () => {
  const { log, rows } = memoryLog();
  const offline = callerVerifier(rules(), remoteKeys({ url: issuer.jwksUrl, fetchJson: () => Promise.reject(new Error('down')) }));
  const handler = endpoint(addNote, () => { throw new Error('the handler must not run'); }, deps({ verify: offline, log }));
  const reply = await send(handler, request({ headers: { authorization: `Bearer ${await good()}` } }));
  expect(reply).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  expect(rows().filter(row => row.kind === 'security')).toEqual([]);
});
