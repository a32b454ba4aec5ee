// What every room stands on: health, who am I, the status of a command, security headers, and no read shown that could not be logged.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { securityHeaders } from '../../shared/http/reply.ts';
import { newKey, text, type Client } from '../support/client.ts';
import { openBundle } from '../support/redaction.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let sam: Client;
beforeAll(async () => {
  service = await startService({ faults: true });
  sam = service.as('sam.caseworker');
});
afterAll(async () => { await service.stop(); });

describe('health', () => {
  it('says that storage answers, without a token, and nothing about where it is', async () => {
    const answer = await service.anonymous.get('/api/health');
    expect(answer).toMatchObject({ status: 200, json: { status: 'ok', dependencies: [{ name: 'storage', status: 'ok' }] } });
    expect(JSON.stringify(answer.json)).not.toMatch(/127\.0\.0\.1|devstoreaccount|http/);
  });

  it('says 503 while storage is down, and recovers', async () => {
    if (!service.local) return;
    const { host } = service.local.system;
    await host.setFaults({ storage: [{ action: 'error-before', status: 500 }] });
    const down = await service.anonymous.get('/api/health');
    await host.setFaults({});
    expect(down).toMatchObject({ status: 503, json: { status: 'failed', dependencies: [{ name: 'storage', status: 'failed' }] } });
    expect((await service.anonymous.get('/api/health')).status).toBe(200);
  });
});

describe('who am I', () => {
  it('names the id and the roles, and no name', async () => {
    const answer = await sam.get('/api/me');
    expect(answer).toMatchObject({ status: 200, json: { objectId: '00000000-0000-4000-8000-000000000001', roles: ['Redaction.Caseworker'] } });
    expect(JSON.stringify(answer.json)).not.toContain('Sam');
  });
});

describe('the status of a command', () => {
  it('is for the person who sent it: to all others it is not there', async () => {
    const key = newKey();
    const created = await sam.post('/api/redaction-bundles', { key, body: { caseReference: '07/TEST/0001/26', policy: 'subject-access' } });
    const path = `/api/operations/${text(created, 'caseId')}/${key}`;
    expect(created.headers.get('location')).toMatch(new RegExp(`${path}$`));
    expect(created.headers.get('retry-after')).toBe('1');
    await service.local?.system.drain();
    expect(await sam.get(path)).toMatchObject({ status: 200, json: { status: 'done', command: 'CreateBundle', operationId: key } });
    expect(await service.as('ada.administrator').get(path)).toMatchObject({ status: 404, json: { code: 'not-found' } });
    expect(await sam.get(path.replace(key, newKey()))).toMatchObject({ status: 404 });
  });

  it('tells a refusal with its code', async () => {
    const bundleId = await openBundle(sam);
    const key = newKey();
    const refused = await sam.post(`/api/redaction-jobs/${bundleId}-aaaaaaaaaa/undo-decision`, { key });
    expect(refused).toMatchObject({ status: 404 });
    expect(await sam.get(`/api/operations/${bundleId}/${key}`)).toMatchObject({ status: 404 });
  });
});

describe('headers of every reply', () => {
  it.each(['/api/health', '/api/me', '/api/redaction-bundles', '/api/redaction-bundles/x', '/api/redaction-bundles?limit=x'])('%s', async path => {
    for (const client of [sam, service.anonymous]) {
      const { headers } = await client.get(path);
      expect(Object.fromEntries(Object.keys(securityHeaders).map(name => [name, headers.get(name)]))).toEqual(securityHeaders);
      for (const name of ['x-powered-by', 'server', 'set-cookie', 'access-control-allow-origin']) expect([name, headers.get(name)]).toEqual([name, null]);
    }
  });

  it('a preflight of another origin is not granted', async () => {
    const reply = await fetch(`${service.url}/api/redaction-bundles`, { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } });
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a read is logged before it is shown (DPA 2018 s62; storage-protocol 10)', () => {
  it('and is not shown when it cannot be', async () => {
    if (!service.local) return;
    const { host } = service.local.system;
    const bundleId = await openBundle(sam);
    await host.setFaults({ storage: [{ match: { service: 'table', method: 'POST' }, action: 'error-before', status: 503 }] });
    const hidden = await sam.get(`/api/redaction-bundles/${bundleId}`);
    await host.setFaults({});
    expect(hidden).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    expect(hidden.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(JSON.stringify(hidden.json)).not.toContain(bundleId);
    expect(await sam.get(`/api/redaction-bundles/${bundleId}`)).toMatchObject({ status: 200 });
  });

  it('a command that storage cannot take is a 503 and leaves nothing; the same key is accepted afterwards', async () => {
    if (!service.local) return;
    const { host } = service.local.system;
    const key = newKey();
    const body = { caseReference: '07/TEST/0009/26', policy: 'subject-access' };
    await host.setFaults({ storage: [{ match: { service: 'table', method: 'POST', path: '$batch' }, action: 'error-before', status: 503 }] });
    const refused = await sam.post('/api/redaction-bundles', { key, body });
    await host.setFaults({});
    expect(refused).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    const accepted = await sam.post('/api/redaction-bundles', { key, body });
    expect([202, 409]).toContain(accepted.status);
    if (accepted.status === 409) expect(accepted.json['code']).toBe('operation-abandoned');
  });
});
