import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import * as z from 'zod';
import { startIssuer } from '../../../local/issuer/issuer.ts';
import type { Issuer } from '../../../local/issuer/issuer.ts';
import { staff } from '../../../local/issuer/staff.ts';
import { readConfig } from '../../../shared/config.ts';
import { callerVerifier } from '../../../shared/http/caller.ts';
import { remoteKeys } from '../../../shared/http/keys.ts';

let issuer: Issuer;
beforeAll(async () => { issuer = await startIssuer(); });
afterAll(() => issuer.stop());

function verifier(of: Issuer) {
  const { entra } = readConfig({ FORCE_ENVIRONMENT: 'test', STORAGE_CONNECTION: 'UseDevelopmentStorage=true', ...of.environment });
  return callerVerifier(entra, remoteKeys({ url: entra.jwksUrl }));
}

const mint = (body: string, type = 'application/json') => fetch(`${issuer.url}/token`, { method: 'POST', headers: { 'content-type': type }, body });

describe('the local issuer', () => {
  it('is found through its configuration', async () => {
    const reply = await fetch(`${issuer.issuer}/.well-known/openid-configuration`);
    expect(await reply.json()).toMatchObject({ issuer: issuer.issuer, jwks_uri: issuer.jwksUrl });
  });

  it('serves no private part of its key', async () => {
    const served: unknown = await (await fetch(issuer.jwksUrl)).json();
    const [key] = z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).parse(served).keys;
    expect(Object.keys(key ?? {}).sort()).toEqual(['e', 'kid', 'kty', 'n', 'use']);
  });

  test.each(staff.filter(member => member.tenantId === issuerTenant()).map(member => member.login))('mints a token that the app accepts for %s', async login => {
    const reply: unknown = await (await mint(JSON.stringify({ login }))).json();
    const { access_token: token } = z.object({ access_token: z.string() }).parse(reply);
    const member = staff.find(one => one.login === login);
    expect(await verifier(issuer)(`Bearer ${token}`)).toMatchObject({ objectId: member?.objectId, roles: member?.roles, name: member?.name });
  });

  test.each([['an unknown login', '{"login":"eve"}', 'application/json'], ['a form', 'login=sam.caseworker', 'application/x-www-form-urlencoded'], ['broken JSON', '{', 'application/json'], ['a long body', 'x'.repeat(9_000), 'application/json']])(
    'refuses %s', async (_name, body, type) => {
      expect((await mint(body, type)).status).toBe(400);
    });

  it('answers no preflight, no unknown path and no other host name', async () => {
    expect((await fetch(`${issuer.url}/token`, { method: 'OPTIONS' })).status).toBe(405);
    expect((await fetch(`${issuer.url}/admin`)).status).toBe(404);
    const status = await new Promise(resolve => {
      httpRequest(issuer.url, { headers: { host: 'evil.example' } }, reply => { reply.resume(); resolve(reply.statusCode); }).end();
    });
    expect(status).toBe(421);
  });

  it('shows a page with every person, which runs its own script only', async () => {
    const reply = await fetch(issuer.url);
    const page = await reply.text();
    for (const member of staff) expect(page).toContain(member.name);
    const nonce = /<script nonce="([^"]+)">/.exec(page)?.[1] ?? 'none';
    expect(reply.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}'`);
  });

  it('keeps its key in a data folder, readable by its owner only, so that tokens outlive it', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'issuer-'));
    try {
      const before = await startIssuer({ dataDir });
      const jwks = await (await fetch(before.jwksUrl)).text();
      await before.stop();
      const after = await startIssuer({ dataDir });
      expect(await (await fetch(after.jwksUrl)).text()).toBe(jwks);
      await after.stop();
      // Windows has no such modes: there the folder's own rights protect it.
      if (process.platform !== 'win32') expect((await stat(join(dataDir, 'issuer-key.json'))).mode & 0o077).toBe(0);
      expect(await readFile(join(dataDir, 'issuer-key.json'), 'utf8')).toContain('"kty":"RSA"');
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });

  it('does not accept the tokens of another start', async () => {
    const other = await startIssuer();
    const token = await other.token('sam.caseworker', { claims: { iss: issuer.issuer } });
    await other.stop();
    await expect(verifier(issuer)(`Bearer ${token}`)).rejects.toMatchObject({ reason: 'err-jwks-no-matching-key' });
  });
});

/** Known before the issuer starts: the staff table and the issuer share it. */
function issuerTenant(): string | undefined {
  return staff[0]?.tenantId;
}
