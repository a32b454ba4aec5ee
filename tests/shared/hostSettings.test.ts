import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { checkHostSettings, readConfig } from '../../shared/config.ts';

const hostJson: unknown = JSON.parse(readFileSync(new URL('../../host.json', import.meta.url), 'utf8'));
const production = {
  FORCE_ENVIRONMENT: 'production', STORAGE_ACCOUNT: 'policebackend', ENTRA_TENANT_ID: '11111111-1111-4111-8111-111111111111', ENTRA_AUDIENCE: 'api', PUBLIC_BASE_URL: 'https://back-end.example.test',
};

it('host.json says what the settings of production say, so that a message cannot be poison before its late commit is ruled out', () => {
  expect(() => checkHostSettings(readConfig(production), hostJson)).not.toThrow();
  expect(() => checkHostSettings(readConfig({ ...production, QUEUE_VISIBILITY_SECONDS: '31' }), hostJson)).toThrow(/QUEUE_VISIBILITY_SECONDS/);
});
