import { describe, expect, it, test } from '@jest/globals';
import * as z from 'zod';
import { Conflict, TooLarge, Unavailable } from '../../../shared/azure/store.ts';
import { endpoint } from '../../../shared/http/endpoint.ts';
import type { Consultation } from '../../../shared/http/endpoint.ts';
import type { Operation } from '../../../shared/http/operation.ts';
import { problem, problemSchema, refusalProblem } from '../../../shared/http/problem.ts';
import { securityHeaders } from '../../../shared/http/reply.ts';
import { addNote, closeNotes, deps, key, memoryLog, request, sam, send } from './support.ts';
import type { Sent } from './support.ts';

const added = () => Promise.resolve({ body: { id: 'n1' } });
const traceParent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('a request that fits', () => {
  it('reaches the handler parsed and typed', async () => {
    let seen: unknown;
    const handler = endpoint(addNote, call => {
      seen = { ...call, operation: call.operation.operationId };
      return added();
    }, deps());
    const reply = await send(handler, { url: 'http://localhost/api/cases/c1/notes?notify=true', body: '{"text":"seen","pages":[{"number":3}]}' }, traceParent);
    expect(reply).toMatchObject({ status: 201, json: { id: 'n1' } });
    expect(seen).toEqual({
      operation: 'AddNote', caller: sam, traceId: '0af7651916cd43dd8448eb211c80319c', traceparent: traceParent, now: new Date('2026-11-24T12:00:00Z'),
      idempotencyKey: key, ifMatch: undefined, params: { caseId: 'c1' }, query: { notify: true, days: 7 }, headers: undefined,
      body: { text: 'seen', pages: [{ number: 3 }] },
    });
  });

  it('is answered with every security header, ETag and Location', async () => {
    const handler = endpoint(addNote, () => Promise.resolve({ status: 202, body: { id: 'n1' }, etag: '"7"', location: '/api/operations/c1/x', headers: { 'cache-control': 'public' } }), deps());
    const reply = await send(handler);
    expect(reply.status).toBe(202);
    expect(reply.headers).toEqual({ ...securityHeaders, 'etag': '"7"', 'location': '/api/operations/c1/x', 'content-type': 'application/json; charset=utf-8' });
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'content-security-policy': expect.stringContaining("default-src 'none'; frame-ancestors 'none'") });
  });

  it('leaves one row with ids and no content', async () => {
    const { log, rows } = memoryLog();
    await send(endpoint(addNote, added, deps({ log })), { body: '{"text":"CANARY"}' }, traceParent);
    expect(rows()).toEqual([{
      at: '2026-11-24T12:00:00.000Z', level: 'info', kind: 'app', event: 'request', traceId: '0af7651916cd43dd8448eb211c80319c', operation: 'AddNote',
      status: 201, durationMs: 0, caller: sam.objectId,
    }]);
  });

  it('may send an empty object, and nothing else, where no body is described', async () => {
    const handler = endpoint(closeNotes, added, deps());
    expect((await send(handler, { body: '' })).status).toBe(201);
    expect((await send(handler, { body: '{}' })).status).toBe(201);
    expect((await send(handler, { body: '{"text":"x"}' })).json).toMatchObject({ status: 422, errors: [{ pointer: '/body/text', code: 'unknown-field' }] });
  });
});

const big = JSON.stringify({ text: 'x'.repeat(300_000) });
const refusals: readonly [name: string, sent: Sent, status: number, code: string, error?: { pointer: string; code: string }][] = [
  ['no Idempotency-Key', { headers: { 'idempotency-key': undefined } }, 400, 'idempotency-key-missing'],
  ['an Idempotency-Key of 15', { headers: { 'idempotency-key': 'a'.repeat(15) } }, 400, 'idempotency-key-malformed'],
  ['an Idempotency-Key of 65', { headers: { 'idempotency-key': 'a'.repeat(65) } }, 400, 'idempotency-key-malformed'],
  ['an Idempotency-Key with a slash', { headers: { 'idempotency-key': 'aaaaaaaa/aaaaaaaaaaa' } }, 400, 'idempotency-key-malformed'],
  ['two Idempotency-Keys', { headers: { 'idempotency-key': `${key}, ${key}` } }, 400, 'idempotency-key-malformed'],
  ['no content type', { headers: { 'content-type': undefined } }, 415, 'content-type-unsupported'],
  ['text', { headers: { 'content-type': 'text/plain' } }, 415, 'content-type-unsupported'],
  ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'content-type-unsupported'],
  ['JSON in UTF-16', { headers: { 'content-type': 'application/json; charset=utf-16' } }, 415, 'content-type-unsupported'],
  ['broken JSON', { body: '{"text":' }, 400, 'body-unparsable'],
  ['bytes that are not UTF-8', { body: new Uint8Array([0x22, 0xff, 0x22]) }, 400, 'body-unparsable'],
  ['no body', { body: '' }, 400, 'body-missing'],
  ['a chunked body, which the host drops', { body: '', headers: { 'content-length': undefined, 'transfer-encoding': 'chunked' } }, 411, 'content-length-missing'],
  ['a declared length too large', { headers: { 'content-length': '999999999' } }, 413, 'body-too-large'],
  ['a true length too large', { body: big, headers: { 'content-length': '20' } }, 413, 'body-too-large'],
  ['a length that is no number', { headers: { 'content-length': '1e3' } }, 400, 'body-unparsable'],
  ['lists nested 10,000 deep', { body: '['.repeat(10_000) + ']'.repeat(10_000) }, 400, 'body-too-deep'],
  ['a list for an object', { body: '[]' }, 422, 'request-invalid', { pointer: '/body', code: 'invalid-type' }],
  ['an unknown field', { body: '{"text":"x","owner":"me"}' }, 422, 'request-invalid', { pointer: '/body/owner', code: 'unknown-field' }],
  ['an unknown nested field', { body: '{"text":"x","pages":[{"number":1,"a/b":1}]}' }, 422, 'request-invalid', { pointer: '/body/pages/0/a~1b', code: 'unknown-field' }],
  ['a missing field', { body: '{}' }, 422, 'request-invalid', { pointer: '/body/text', code: 'invalid-type' }],
  ['a wrong word', { body: '{"text":"x","level":"top"}' }, 422, 'request-invalid', { pointer: '/body/level', code: 'invalid-value' }],
  ['__proto__', { body: '{"text":"x","__proto__":{"isAdmin":true}}' }, 422, 'request-invalid', { pointer: '/body/__proto__', code: 'forbidden-name' }],
  ['a nested constructor', { body: '{"text":"x","pages":[{"constructor":{}}]}' }, 422, 'request-invalid', { pointer: '/body/pages/0/constructor', code: 'forbidden-name' }],
  ['NUL', { body: '{"text":"a\\u0000b"}' }, 422, 'request-invalid', { pointer: '/body/text', code: 'forbidden-character' }],
  ['half a surrogate pair', { body: '{"text":"a\\ud800b"}' }, 422, 'request-invalid', { pointer: '/body/text', code: 'forbidden-character' }],
  ['an unknown query parameter', { url: 'http://localhost/?who=me' }, 422, 'request-invalid', { pointer: '/query/who', code: 'unknown-field' }],
  ['a repeated query parameter', { url: 'http://localhost/?days=1&days=2' }, 422, 'request-invalid', { pointer: '/query/days', code: 'repeated' }],
  ['a hexadecimal number', { url: 'http://localhost/?days=0x1' }, 422, 'request-invalid', { pointer: '/query/days', code: 'invalid-type' }],
  ['a number out of range', { url: 'http://localhost/?days=29' }, 422, 'request-invalid', { pointer: '/query/days', code: 'too-big' }],
  ['CRLF in the path', { params: { caseId: 'a\r\nb' } }, 422, 'request-invalid', { pointer: '/path/caseId', code: 'forbidden-character' }],
];

describe('a request that does not fit', () => {
  // A loop, for test.each takes the missing fifth element for a `done` callback.
  for (const [name, sent, status, code, error] of refusals) test(name, async () => {
    const handler = endpoint(addNote, () => { throw new Error('the handler must not run'); }, deps());
    const reply = await send(handler, sent);
    const body = problemSchema.parse(reply.json);
    expect(body).toMatchObject({ status, code, ...(error && { errors: [error] }) });
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(reply.headers).toMatchObject(securityHeaders);
    expect(body.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has its trace id from a valid traceparent only', async () => {
    const handler = endpoint(addNote, added, deps());
    expect((await send(handler, { body: '{' }, traceParent)).json['traceId']).toBe('0af7651916cd43dd8448eb211c80319c');
    expect((await send(handler, { body: '{' }, '00-<script>-b7ad6b7169203331-01')).json['traceId']).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('If-Match', () => {
  const edit = { ...addNote, operationId: 'EditNote', ifMatch: 'required' } as const satisfies Operation;
  test.each([
    [undefined, 428, 'if-match-missing'], ['*', 400, 'if-match-malformed'], ['7', 400, 'if-match-malformed'], ['"a", "b"', 400, 'if-match-malformed'],
  ])('%s is refused', async (tag, status, code) => {
    expect((await send(endpoint(edit, added, deps()), { headers: { 'if-match': tag } })).json).toMatchObject({ status, code });
  });

  it('hands the tag to the handler as it came', async () => {
    const tag = 'W/"datetime\'2026-11-24T12%3A00%3A00.0000000Z\'"';
    const handler = endpoint(edit, call => Promise.resolve({ body: { id: call.ifMatch } }), deps());
    expect((await send(handler, { headers: { 'if-match': tag } })).json).toEqual({ id: tag });
  });
});

describe('permission', () => {
  const as = (...roles: string[]) => deps({ verify: () => Promise.resolve({ ...sam, roles }) });
  test.each([
    [['Redaction.Caseworker'], 201], [['Audit.Reader', 'Redaction.Caseworker'], 201], [['Redaction.Reviewer'], 403], [[], 403], [['redaction.caseworker'], 403],
  ])('roles %j give %i', async (roles, status) => {
    expect((await send(endpoint(addNote, added, as(...roles)))).status).toBe(status);
  });

  it('is refused before the body is read, with one security row', async () => {
    const { log, rows } = memoryLog();
    const reply = await send(endpoint(addNote, added, { ...as(), log }), { body: '{' });
    expect(reply.json).toMatchObject({ status: 403, code: 'not-permitted' });
    expect(rows().filter(row => row.kind === 'security')).toMatchObject([{ event: 'permission-refused', operation: 'AddNote', caller: sam.objectId }]);
  });

  it('anyStaff needs a token and no role; anonymous needs neither and gets no caller', async () => {
    expect((await send(endpoint({ ...addNote, who: 'anyStaff' }, added, as()))).status).toBe(201);
    const open = endpoint({ ...addNote, who: 'anonymous' }, call => Promise.resolve({ body: { id: String(call.caller) } }), deps({ verify: () => { throw new Error('not asked'); } }));
    expect((await send(open)).json).toEqual({ id: 'undefined' });
  });

  it('x-ms-client-principal counts for nothing', async () => {
    const principal = Buffer.from(JSON.stringify({ userId: 'x', userRoles: ['Redaction.Caseworker'], claims: [] })).toString('base64');
    expect((await send(endpoint(addNote, added, as()), { headers: { 'x-ms-client-principal': principal } })).status).toBe(403);
  });

  it('asks the rate limiter after the token and before the body', async () => {
    const limited = deps({ admit: (_operation, caller) => Promise.reject(problem('too-many-requests', `Wait a minute. ${caller?.roles.length ?? 0}`, { headers: { 'retry-after': '60' } })) });
    const reply = await send(endpoint(addNote, added, limited), { body: '{' });
    expect(reply).toMatchObject({ status: 429, headers: { 'retry-after': '60' }, json: { detail: 'Wait a minute. 1' } });
  });
});

describe('what a handler throws', () => {
  const failing = (error: unknown) => {
    const { log, lines } = memoryLog();
    return { handler: endpoint(addNote, () => { throw error; }, deps({ log })), lines };
  };
  const cases: readonly [name: string, error: unknown, status: number, code: string, retryAfter?: string][] = [
    ['a problem', problem('not-found', 'No such case.'), 404, 'not-found'],
    ['a refusal', refusalProblem({ code: 'already-released', reason: 'It was released.' }), 409, 'already-released'],
    ['contention', new Unavailable('busy', 2.4), 503, 'unavailable', '3'],
    ['a lost race', new Conflict('412'), 503, 'unavailable', '2'],
    ['a full record', new TooLarge('413'), 413, 'body-too-large'],
    ['a bug', new TypeError('CANARY of Pat Sample'), 500, 'internal-error'],
    ['no error at all', 'CANARY', 500, 'internal-error'],
  ];
  for (const [name, error, status, code, retryAfter] of cases) test(name, async () => {
    const { handler, lines } = failing(error);
    const reply = await send(handler);
    expect(problemSchema.parse(reply.json)).toMatchObject({ status, code });
    expect(reply.headers['retry-after']).toBe(retryAfter);
    expect(reply.text).not.toMatch(/CANARY|TypeError|\.ts|node_modules/);
    expect(lines.join()).not.toContain('CANARY');
  });

  it('a bug leaves an error row with its frames', async () => {
    const { handler, lines } = failing(new TypeError('CANARY'));
    await send(handler);
    expect(lines[0]).toMatch(/"level":"error".*"event":"request-failed".*"name":"TypeError","stack":\["at /);
  });
});

describe('the reply', () => {
  it('that does not fit is a 500 outside production, and logged in production', async () => {
    const wrong = () => Promise.resolve({ body: { id: 'n1', secret: 'x' } });
    expect((await send(endpoint(addNote, wrong, deps()))).status).toBe(500);
    const { log, rows } = memoryLog();
    expect((await send(endpoint(addNote, wrong, deps({ checkReplies: false, log })))).status).toBe(201);
    expect(rows().map(row => row.event)).toEqual(['reply-does-not-fit', 'request']);
  });

  it('may not split its headers', async () => {
    const handler = endpoint(addNote, () => Promise.resolve({ body: { id: '1' }, location: '/x\r\nset-cookie: a=b' }), deps());
    expect((await send(handler)).status).toBe(500);
  });
});

describe('consultations', () => {
  const view = {
    operationId: 'ViewCase', method: 'GET', route: 'api/cases/{caseId}', who: 'anyStaff', audit: 'consultation', summary: 'View a case', description: 'Shows a case.',
    params: z.strictObject({ caseId: z.string() }), reply: z.strictObject({ subject: z.string() }), success: 200, idempotencyKey: 'none', visibility: 'important',
  } as const satisfies Operation;
  const shown = (...consulted: string[]) => () => Promise.resolve({ body: { subject: 'Pat Sample' }, consulted });
  const read = () => request({ method: 'GET', body: '' });

  it('are recorded before anything is shown', async () => {
    const records: Consultation[] = [];
    const handler = endpoint(view, shown('c1', 'c2'), deps({ recordConsultation: record => { records.push(record); return Promise.resolve(); } }));
    expect((await send(handler, read())).status).toBe(200);
    expect(records).toMatchObject([{ operationId: 'ViewCase', kind: 'consultation', caller: sam, caseIds: ['c1', 'c2'] }]);
  });

  it('show nothing when they cannot be recorded', async () => {
    const reply = await send(endpoint(view, shown('c1'), deps({ recordConsultation: () => Promise.reject(new Unavailable('down')) })), read());
    expect(reply.status).toBe(503);
    expect(reply.text).not.toContain('Pat Sample');
  });

  it('cannot be wired without a record or a caller', () => {
    expect(() => endpoint(view, shown('c1'), deps())).toThrow(/recordConsultation/);
    expect(() => endpoint({ ...view, who: 'anonymous' }, shown('c1'), deps({ recordConsultation: () => Promise.resolve() }))).toThrow(/caller/);
  });
});

test('a schema that lets unknown fields through cannot be wired', () => {
  const loose = { ...addNote, body: z.strictObject({ pages: z.array(z.object({ number: z.int() })).optional() }) };
  expect(() => endpoint(loose, added, deps())).toThrow('AddNote body.pages[]');
});
