import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import * as z from 'zod';
import { ConfigurationError, checkHostSettings, readConfig } from '../../shared/config.ts';

const tenant = '11111111-1111-4111-8111-111111111111';
const local = { FORCE_ENVIRONMENT: 'local', STORAGE_CONNECTION: 'UseDevelopmentStorage=true', ENTRA_TENANT_ID: tenant, ENTRA_AUDIENCE: 'api://sample' };
const production = { FORCE_ENVIRONMENT: 'production', STORAGE_ACCOUNT: 'samplestore', ENTRA_TENANT_ID: tenant, ENTRA_AUDIENCE: 'api://sample', PUBLIC_BASE_URL: 'https://force.example' };

function refused(environment: Record<string, string | undefined>): ConfigurationError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('configuration', () => {
  it('has safe defaults', () => {
    expect(readConfig(production)).toEqual({
      environment: 'production', forceName: 'Cheshire Constabulary', version: 'unknown', publicBaseUrl: 'https://force.example',
      storage: { kind: 'managedIdentity', account: 'samplestore', suffix: 'core.windows.net' },
      entra: {
        tenantId: tenant, audience: 'api://sample', scope: 'access_as_user', version1Issuer: undefined,
        issuer: `https://login.microsoftonline.com/${tenant}/v2.0`, jwksUrl: `https://login.microsoftonline.com/${tenant}/discovery/v2.0/keys`,
      },
      tombstoneAfterSeconds: 60, sweepAfterSeconds: 900, effectTimeoutSeconds: 240, commitVisibilitySeconds: 1, queueVisibilitySeconds: 30,
      queueMaxDequeueCount: 5, uploadMaxBytes: 20_971_520,
    });
  });

  it('takes another force, and empty variables for absent ones', () => {
    const config = readConfig({ ...local, FORCE_NAME: 'Sample Constabulary', STORAGE_ACCOUNT: ' ', GIT_COMMIT: 'abc123', TOMBSTONE_AFTER_SECONDS: '2' });
    expect(config).toMatchObject({ forceName: 'Sample Constabulary', version: 'abc123', tombstoneAfterSeconds: 2, storage: { kind: 'connectionString' } });
  });

  it('names every fault in one message', () => {
    const error = refused({ UPLOAD_MAX_BYTES: 'CANARY', STORAGE_CONNECTION: 'CANARY' });
    expect(error.variables).toEqual(['FORCE_ENVIRONMENT', 'ENTRA_TENANT_ID', 'ENTRA_AUDIENCE', 'UPLOAD_MAX_BYTES']);
    expect(error.message).toBe('The configuration is refused: FORCE_ENVIRONMENT is required: local, test or production; ENTRA_TENANT_ID is required; '
      + 'ENTRA_AUDIENCE is required; UPLOAD_MAX_BYTES must be a whole number from 1024 to 104857600.');
  });

  const anywhere: [name: string, variable: string, change: Record<string, string | undefined>][] = [
    ['an unknown environment', 'FORCE_ENVIRONMENT', { FORCE_ENVIRONMENT: 'prod' }],
    ['no storage', 'STORAGE_ACCOUNT', { STORAGE_CONNECTION: undefined }],
    ['two storages', 'STORAGE_ACCOUNT', { STORAGE_ACCOUNT: 'samplestore' }],
    ['a tenant that is no GUID', 'ENTRA_TENANT_ID', { ENTRA_TENANT_ID: 'common' }],
    ['an issuer of another tenant', 'ENTRA_ISSUER', { ENTRA_ISSUER: 'https://login.microsoftonline.com/99999999-9999-4999-8999-999999999999/v2.0' }],
    ['keys at no web address', 'ENTRA_JWKS_URL', { ENTRA_JWKS_URL: 'file:///keys' }],
    ['an effect longer than the function', 'EFFECT_TIMEOUT_SECONDS', { EFFECT_TIMEOUT_SECONDS: '1800' }],
    ['poison before the tombstone, too few tries', 'QUEUE_MAX_DEQUEUE_COUNT', { QUEUE_MAX_DEQUEUE_COUNT: '3' }],
    ['poison before the tombstone, equal', 'QUEUE_MAX_DEQUEUE_COUNT', { TOMBSTONE_AFTER_SECONDS: '120' }],
    ['poison before the tombstone, too short', 'QUEUE_MAX_DEQUEUE_COUNT', { QUEUE_VISIBILITY_SECONDS: '15' }],
    ['a number in hexadecimal', 'SWEEP_AFTER_SECONDS', { SWEEP_AFTER_SECONDS: '0x10' }],
    ['a negative number', 'COMMIT_VISIBILITY_SECONDS', { COMMIT_VISIBILITY_SECONDS: '-1' }],
  ];
  test.each(anywhere)('refuses %s', (_name, variable, change) => {
    expect(refused({ ...local, ...change }).variables).toEqual([variable]);
  });
});

describe('production refuses', () => {
  const rules: [name: string, variable: string, change: Record<string, string | undefined>][] = [
    ['a storage connection', 'STORAGE_CONNECTION', { STORAGE_CONNECTION: 'CANARY', STORAGE_ACCOUNT: undefined }],
    ['an account key in any variable', 'AzureWebJobsStorage', { AzureWebJobsStorage: 'AccountName=a;AccountKey=CANARY' }],
    ['a shared access signature', 'AzureWebJobsStorage', { AzureWebJobsStorage: 'SharedAccessSignature=CANARY' }],
    ['development storage', 'AzureWebJobsStorage', { AzureWebJobsStorage: 'UseDevelopmentStorage=true' }],
    ['an http address', 'PUBLIC_BASE_URL', { PUBLIC_BASE_URL: 'http://force.example' }],
    ['no address', 'PUBLIC_BASE_URL', { PUBLIC_BASE_URL: undefined }],
    ['keys over http', 'ENTRA_JWKS_URL', { ENTRA_JWKS_URL: 'http://keys.example/' }],
    ['a loopback issuer', 'ENTRA_ISSUER', { ENTRA_ISSUER: `https://127.0.0.1:4000/${tenant}/v2.0` }],
    ['an issuer called localhost', 'ENTRA_ISSUER', { ENTRA_ISSUER: `https://app.localhost/${tenant}/v2.0` }],
    ['an IPv6 loopback issuer', 'ENTRA_ISSUER', { ENTRA_ISSUER: `https://[::1]/${tenant}/v2.0` }],
    ['a loopback issuer in decimal', 'ENTRA_ISSUER', { ENTRA_ISSUER: `https://2130706433/${tenant}/v2.0` }],
    ['a version 1.0 issuer on loopback', 'ENTRA_VERSION_1_ISSUER', { ENTRA_VERSION_1_ISSUER: 'https://localhost/' }],
    ['a simulator', 'GOODSAM_SIMULATOR_URL', { GOODSAM_SIMULATOR_URL: 'https://simulator.example' }],
    ['a connection string of the outage pack', 'OUTAGE_PACK_CONNECTION', { OUTAGE_PACK_CONNECTION: 'CANARY' }],
    ['a tombstone under a minute', 'TOMBSTONE_AFTER_SECONDS', { TOMBSTONE_AFTER_SECONDS: '59' }],
  ];
  test.each(rules)('%s', (_name, variable, change) => {
    const error = refused({ ...production, ...change });
    expect(error.variables).toContain(variable);
    expect(error.message).not.toContain('CANARY');
    // The same settings are a developer's ordinary ones: each rule is production's own.
    const storage = change['STORAGE_CONNECTION'] === undefined ? {} : { STORAGE_ACCOUNT: undefined };
    expect(readConfig({ ...production, ...change, ...storage, FORCE_ENVIRONMENT: 'local' }).environment).toBe('local');
  });
});

describe('where the outage pack is kept', () => {
  const links = { ...local, LIVE_LINK_PROVIDER_URL: 'https://provider.example' };
  test.each([
    ['a name that no account has', { OUTAGE_PACK_ACCOUNT: 'Packs-West' }, true], ['two places', { OUTAGE_PACK_ACCOUNT: 'packswest', OUTAGE_PACK_CONNECTION: 'UseDevelopmentStorage=true' }, true], ['an account', { OUTAGE_PACK_ACCOUNT: 'packswest' }, false],
  ])('%s', (_name, change, isRefused) => {
    expect(refused({ ...links, ...change }).variables.includes('OUTAGE_PACK_ACCOUNT')).toBe(isRefused);
  });
});

describe('host.json', () => {
  const hostJson: unknown = JSON.parse(readFileSync(new URL('../../host.json', import.meta.url), 'utf8'));
  it('says what the defaults say', () => {
    expect(() => checkHostSettings(readConfig(production), hostJson)).not.toThrow();
  });

  test.each([
    ['QUEUE_MAX_DEQUEUE_COUNT', { QUEUE_MAX_DEQUEUE_COUNT: '6' }], ['QUEUE_VISIBILITY_SECONDS', { QUEUE_VISIBILITY_SECONDS: '31' }],
  ])('that differs from %s is refused', (variable, change) => {
    expect(() => checkHostSettings(readConfig({ ...production, ...change }), hostJson)).toThrow(`${variable} differs`);
  });

  it('with a shorter function than effect, another encoding or a route prefix is refused', () => {
    const parsed = z.looseObject({ extensions: z.looseObject({ queues: z.looseObject({}) }) }).parse(hostJson);
    const changed = { ...parsed, functionTimeout: '00:04:00', extensions: { http: { routePrefix: 'api' }, queues: { ...parsed.extensions.queues, messageEncoding: 'none' } } };
    expect(() => checkHostSettings(readConfig(production), changed)).toThrow(/EFFECT_TIMEOUT_SECONDS .*base64.*routePrefix/);
  });
});
