// Bad requests: each is answered with a problem of its own code, and the storage holds the same bytes afterwards.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { operations as redaction } from '../../functions/redaction/contract.ts';
import type { Operation } from '../../shared/http/operation.ts';
import { connectors } from '../../powerapps-connectors/connectors.ts';
import { definitionOf } from '../../powerapps-connectors/definition.ts';
import type { TokenOverrides } from '../../local/issuer/issuer.ts';
import { generateRequest } from '../connectors/served.ts';
import { newKey, type Answer, type Client } from '../support/client.ts';
import { addDocument, etagOf, located, openBundle } from '../support/redaction.ts';
import { startService, type Service } from '../support/service.ts';
import { changes, contentsOf, type Contents } from '../support/storage.ts';

const text = new TextEncoder().encode('Alex Example of 14 Kestrel Way saw it.');
let service: Service;
let sam: Client, ravi: Client;
let bundleId = '', jobId = '', etag = '';
let before: Contents;
beforeAll(async () => {
  service = await startService();
  [sam, ravi] = [service.as('sam.caseworker'), service.as('ravi.reviewer')];
  bundleId = await openBundle(sam);
  jobId = await located(sam, bundleId, text, { contentType: 'text/plain' });
  etag = await etagOf(sam, jobId);
});
afterAll(async () => { await service.stop(); });
beforeEach(async () => { before = await contents(); });
afterEach(async () => { expect(changes(before, await contents())).toEqual([]); });

async function contents(): Promise<Contents> {
  if (!service.local) return new Map();
  await service.local.system.drain();
  return await contentsOf(service.local.system.connectionString);
}

function expectProblem(answer: Answer, status: number, code: string, pointer = ''): void {
  expect([answer.status, answer.json['code']]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.json).toMatchObject({ type: `urn:problem:${code}`, status, title: expect.any(String), detail: expect.stringMatching(/\.$/), traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  if (pointer !== '') expect(answer.json).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ pointer })]) });
  expect(JSON.stringify(answer.json)).not.toMatch(/at .*\.ts|node_modules|azure|zod|stack/i);
}

const bundleBody = { caseReference: '07/TEST/0001/26', policy: 'subject-access' };
const raw = (path: string, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => sam.post(path, {
  file: { bytes: typeof body === 'string' ? new TextEncoder().encode(body) : body, contentType: headers['content-type'] ?? 'application/json' }, headers: { 'x-file-name': 'x', ...headers },
});

describe('bodies of commands', () => {
  it.each<[name: string, body: string | Uint8Array, status: number, code: string, pointer: string]>([
    ['not JSON', '{"caseReference":', 400, 'body-unparsable', ''],
    ['not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, 'body-unparsable', ''],
    ['nothing', '', 400, 'body-missing', ''],
    ['nested a thousand deep', `${'['.repeat(1000)}${']'.repeat(1000)}`, 400, 'body-too-deep', ''],
    ['300 kB', JSON.stringify({ ...bundleBody, terms: ['x'.repeat(300_000)] }), 413, 'body-too-large', ''],
    ['a list', '[]', 422, 'request-invalid', '/body'],
    ['null', 'null', 422, 'request-invalid', '/body'],
    ['an unknown field', JSON.stringify({ ...bundleBody, members: ['me'] }), 422, 'request-invalid', '/body/members'],
    ['a number for text', JSON.stringify({ ...bundleBody, caseReference: 7 }), 422, 'request-invalid', '/body/caseReference'],
    ['a word outside the list', JSON.stringify({ ...bundleBody, policy: 'everything' }), 422, 'request-invalid', '/body/policy'],
    ['a missing field', JSON.stringify({ policy: 'subject-access' }), 422, 'request-invalid', '/body/caseReference'],
    ['__proto__', '{"caseReference":"07/TEST/0001/26","policy":"subject-access","__proto__":{"handling":"open"}}', 422, 'request-invalid', '/body/__proto__'],
    ['constructor', '{"caseReference":"07/TEST/0001/26","policy":"subject-access","constructor":{}}', 422, 'request-invalid', '/body/constructor'],
    ['a NUL in a term', '{"caseReference":"07/TEST/0001/26","policy":"subject-access","terms":["a\\u0000b"]}', 422, 'request-invalid', '/body/terms/0'],
    ['half a surrogate pair', '{"caseReference":"07/TEST/0001/26","policy":"subject-access","terms":["ab\\ud800"]}', 422, 'request-invalid', '/body/terms/0'],
    ['501 terms', JSON.stringify({ ...bundleBody, terms: Array.from({ length: 501 }, () => 'xy') }), 422, 'request-invalid', '/body/terms'],
  ])('%s', async (_name, body, ...problem) => {
    expectProblem(await raw('/api/redaction-bundles', body), ...problem);
  });

  it.each(['text/plain', 'application/xml', 'application/json; charset=utf-16', 'multipart/form-data; boundary=x', ''])('as %p', async contentType => {
    expectProblem(await raw('/api/redaction-bundles', JSON.stringify(bundleBody), { 'content-type': contentType }), 415, 'content-type-unsupported');
  });

  it.each([1e308, -1, 0, 1.5, '1', null, [1], { a: 1 }])('a page of %p', async fromPage => {
    expectProblem(await sam.post(`/api/redaction-jobs/${jobId}/view-pages`, { body: { fromPage, toPage: 1 } }), 422, 'request-invalid', '/body/fromPage');
  });
});

describe('headers', () => {
  it.each<[name: string, key: string | null, code: string]>([
    ['none', null, 'idempotency-key-missing'], ['empty', '', 'idempotency-key-missing'], ['short', 'abc', 'idempotency-key-malformed'],
    ['long', 'a'.repeat(65), 'idempotency-key-malformed'], ['a slash', 'aaaaaaaaaaaaaaaa/b', 'idempotency-key-malformed'], ['a pipe', 'aaaaaaaaaaaaaaaa|b', 'idempotency-key-malformed'],
  ])('an Idempotency-Key that is %s', async (_name, key, code) => {
    expectProblem(await sam.post('/api/redaction-bundles', { body: bundleBody, key }), 400, code);
  });

  it.each<[name: string, send: { ifMatch?: string }, status: number, code: string]>([
    ['is missing', {}, 428, 'if-match-missing'], ['is a star', { ifMatch: '*' }, 400, 'if-match-malformed'], ['is two', { ifMatch: '"1", "2"' }, 400, 'if-match-malformed'],
    ['is bare', { ifMatch: '1' }, 400, 'if-match-malformed'], ['is of another version', { ifMatch: '"99"' }, 412, 'etag-stale'],
  ])('an If-Match that %s', async (_name, send, status, code) => {
    expectProblem(await ravi.post(`/api/redaction-jobs/${jobId}/approve`, send), status, code);
    expectProblem(await ravi.post(`/api/redaction-jobs/${jobId}/release`, { ...send, body: { recipient: 'CPS', reasonCode: 'needed-for-case' } }), status, code);
  });
});

describe('routes', () => {
  it.each([
    'GET /api/redaction-bundle', 'GET /api', 'GET /', 'GET /api/redaction-bundles/x/y/z', 'GET /admin/host/keys', 'GET /.env', 'GET /api/../admin/functions', 'GET /api/redaction-jobs/%2e%2e/original',
    'PUT /api/redaction-bundles', 'DELETE /api/redaction-bundles', 'PATCH /api/me', 'TRACE /api/me', 'POST /api/me', 'GET /api/redaction-jobs/x/approve',
  ])('%s is not there', async route => {
    const [method = '', path = ''] = route.split(' ');
    if (method === 'TRACE') return;
    const reply = await fetch(`${service.url}${path}`, { method, headers: { authorization: `Bearer ${await token()}` } });
    expect([route, [401, 404, 405, 422].includes(reply.status), (await reply.text()).length < 1000]).toEqual([route, true, true]);
    if (!path.includes('..') && !path.startsWith('/admin') && !path.includes('%2e')) expect(reply.status).toBe(404);
  });

  it.each(['x', '..', 'A'.repeat(26), `${'a'.repeat(26)}-`, `${'a'.repeat(26)}-aaaaaaaaaa'`, '%00', 'a%7Cb', 'a'.repeat(3000)])('a job id of %p', async id => {
    const answer = await sam.get(`/api/redaction-jobs/${id}/original`);
    expect([404, 422]).toContain(answer.status);
  });

  it.each(['limit=0', 'limit=501', 'limit=x', 'limit=1&limit=2', 'top=5', 'limit=0x10', 'limit=%00', 'after='.concat('x'.repeat(201))])('a query of %p', async query => {
    expectProblem(await sam.get(`/api/redaction-bundles?${query}`), 422, 'request-invalid');
  });
});

async function token(overrides: TokenOverrides = {}): Promise<string> {
  if (!service.local) throw new Error('only against the embedded host');
  return await service.local.issuer.token('sam.caseworker', overrides);
}

describe('H15: tokens', () => {
  const past = Math.floor(Date.now() / 1000) - 600;
  it.each<[name: string, overrides: TokenOverrides]>([
    ['of another audience', { claims: { aud: '44444444-4444-4444-8444-444444444444' } }], ['of another issuer', { claims: { iss: 'https://login.example/x/v2.0' } }],
    ['of another tenant', { claims: { tid: '99999999-9999-4999-8999-999999999999' } }], ['that has expired', { claims: { exp: past } }], ['that is not valid yet', { claims: { nbf: past + 7200 } }],
    ['of an app', { claims: { idtyp: 'app' } }], ['without a scope', { claims: { scp: undefined } }], ['without an object id', { claims: { oid: undefined } }],
    ['that is an ID token', { claims: { nonce: 'x' } }], ['of an unknown key', { header: { kid: 'unknown' } }], ['with a key of its own', { header: { jku: 'https://keys.example/jwks' } }],
  ])('a token %s', async (_name, overrides) => {
    if (!service.local) return;
    const answer = await service.anonymous.post('/api/redaction-bundles', { body: bundleBody, headers: { authorization: `Bearer ${await token(overrides)}` } });
    expectProblem(answer, 401, 'not-signed-in');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('a principal that the caller wrote himself', async () => {
    const principal = Buffer.from(JSON.stringify({ userId: 'x', userRoles: ['Redaction.Administrator'] })).toString('base64');
    expectProblem(await service.anonymous.get('/api/redaction-bundles', { 'x-ms-client-principal': principal, 'x-ms-client-principal-id': 'x' }), 401, 'not-signed-in');
  });
});

const definition = definitionOf(connectors[0] ?? throwing());
function throwing(): never {
  throw new Error('no connector');
}
const withBody = redaction.filter(({ method, body }) => method === 'POST' && !(body && 'file' in body));
const privileged = { stage: 'released', version: 9, approvedBy: 'x', releasedBy: 'x', by: 'x', roles: ['Redaction.Administrator'], handling: 'restricted', undecided: 0, id: 'x', etag: '"1"', do: 'ReleaseDocument' };

describe('H4: fields that are not the caller\'s to set', () => {
  it.each(withBody)('$operationId refuses each of them', async operation => {
    const { body } = generateRequest(definition, operation.operationId);
    const good: object = typeof body === 'object' && body !== null ? body : {};
    for (const [field, value] of Object.entries(privileged).filter(([name]) => !(name in good))) {
      const answer = await ravi.post(pathOf(operation), { body: { ...good, [field]: value }, ...(operation.ifMatch && { ifMatch: etag }) });
      expectProblem(answer, 422, 'request-invalid', `/body/${field}`);
    }
  });
});

function pathOf({ route }: Operation): string {
  return `/${route}`.replace('{bundleId}', bundleId).replace('{jobId}', jobId);
}

describe('H1, a sample: values that no field means', () => {
  const values = [null, true, -0, 1e308, '', ' ', 'x'.repeat(100_000), '\u202Egnp.exe', '\r\nSet-Cookie: a=b', '../../etc/passwd', '=1+1', '<script>', '${7*7}', "' OR 1=1 --", '%00', [], [[]], {}, { $ne: 1 }, '𝔘𝔫𝔦', '\uFEFF'];

  it.each(withBody)('$operationId answers each with a problem and never with 5xx', async operation => {
    const { body } = generateRequest(definition, operation.operationId);
    const good: object = typeof body === 'object' && body !== null ? body : {};
    const free = new Set(['text', 'legalBasis', 'terms', 'keepTerms', 'recipient', 'suggestionId', 'x', 'y']);
    for (const field of Object.keys(good).filter(name => !free.has(name))) {
      for (const value of values) {
        const answer = await ravi.post(pathOf(operation), { body: { ...good, [field]: value }, ...(operation.ifMatch && { ifMatch: etag }) });
        expect([operation.operationId, field, value, answer.status]).toEqual([operation.operationId, field, value, 422]);
      }
    }
  });
});

describe('uploads', () => {
  const path = () => `/api/redaction-bundles/${bundleId}/documents`;

  it.each(['image/png', 'application/json', 'multipart/form-data; boundary=x', ''])('as %p', async contentType => {
    expectProblem(await addDocument(sam, bundleId, text, { contentType }), 415, 'content-type-unsupported');
  });

  it('of 0 bytes', async () => {
    expectProblem(await addDocument(sam, bundleId, new Uint8Array()), 400, 'body-missing');
  });

  it('of 20 MB and one byte', async () => {
    expectProblem(await addDocument(sam, bundleId, new Uint8Array(20 * 1024 * 1024 + 1)), 413, 'body-too-large');
  });

  it.each([undefined, '', 'a b', 'a\u00e9', '<script>', 'a'.repeat(601), 'a/b'])('named %p', async name => {
    const answer = await sam.post(path(), { file: { bytes: text, contentType: 'text/plain' }, headers: name === undefined ? { 'x-file-name': '' } : { 'x-file-name': name } });
    expectProblem(answer, 422, 'request-invalid', '/headers/x-file-name');
  });

  it.each(['%', '%zz', '%ff', '%ed%a0%80', '%c3'])('named with percent garbage %p', async name => {
    expectProblem(await sam.post(path(), { file: { bytes: text, contentType: 'text/plain' }, headers: { 'x-file-name': name } }), 422, 'request-invalid');
  });

  it('to a bundle that is not there, with and without a used key', async () => {
    expectProblem(await sam.post(`/api/redaction-bundles/${'a'.repeat(26)}/documents`, { key: newKey(), file: { bytes: text, contentType: 'text/plain' } }), 404, 'not-found');
  });
});
