// H1 (a tenth of it) and H4: hostile inputs go through the wrapper as the host would hand them over. None may end as a 5xx, show our inside, or reach a handler unchecked.
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { endpoint } from '../../../shared/http/endpoint.ts';
import type { Operation } from '../../../shared/http/operation.ts';
import { problemSchema } from '../../../shared/http/problem.ts';
import { addNote, deps, memoryLog, send } from './support.ts';
import type { Answered, Sent } from './support.ts';

const upload = {
  operationId: 'UploadDocument', method: 'PUT', route: 'api/cases/{caseId}/document', who: 'anyStaff', audit: 'collection', summary: 'Upload a document',
  description: 'Stores a document.', params: z.strictObject({ caseId: z.string().regex(/^[a-z0-9]{1,40}$/) }), headers: z.strictObject({ 'x-file-name': z.string().max(100).optional() }),
  body: { file: true, contentTypes: ['application/pdf'], maxBytes: 4_096, description: 'The document.' },
  reply: z.strictObject({ bytes: z.int() }), success: 201, idempotencyKey: 'required', ifMatch: 'required', visibility: 'important',
} as const satisfies Operation;

const texts = [
  '', '\0', '\u202e', '\ud800', '\r\nset-cookie: a=b', '../../etc/passwd', '%2e%2e%2f', "' or 1=1--", '<script>alert(1)</script>', '{{7*7}}', '${7*7}', '=cmd|x', '__proto__', 'constructor',
  'toString', 'null', 'NaN', '1e308', '-1', '0x10', ' 1', '٣', 'x'.repeat(5_000), '😀'.repeat(300), 'A\u0301'.repeat(200), 'Ａ', '\u2028', 'true', '[]', '{}',
];
const raw = [
  '', ' ', 'null', 'true', '1', '"x"', '[]', '{', '{"text":1e999}', '{"text":"\\ud800"}', '{"text":"x","text":null}', '{"text":"x"}{"text":"y"}', '\ufeff{"text":"x"}', "{'text':1}",
  '{"__proto__":{"isAdmin":true},"text":"x"}', '{"constructor":{"prototype":{"isAdmin":true}},"text":"x"}', '{"text":{"toString":"x"}}', `{"text":${'['.repeat(10_000)}`,
  '{"a":'.repeat(10_000), `{"text":"${'\\'.repeat(9_999)}"}`, `{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":1`).join(',')}}`, '"'.repeat(9_999), '{"text":"x"/*c*/}', '{"text":01}',
];
const text = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'binary', maxLength: 300 }));
const value: fc.Arbitrary<unknown> = fc.oneof(text, fc.constantFrom(null, true, 0, -0, 1e308, -1e308, 5e-324, 2 ** 53, [], {}), fc.jsonValue(), fc.array(text));
const body = fc.oneof(
  fc.record({ text: value, pages: value, level: value }, { requiredKeys: [] }).map(fields => JSON.stringify(fields)),
  fc.dictionary(text, value).map(fields => JSON.stringify({ text: 'x', ...fields })),
  fc.constantFrom(...raw),
  fc.uint8Array({ maxLength: 600 }),
);
// What a header can hold at all: HTTP refuses the rest before us.
const headerText = fc.oneof(fc.constantFrom('', '*', '"a"', 'W/"x"', '"', ', ', '0', '-1', '1e9', '99999999999999999999', 'application/json', 'application/pdf', 'application/json; charset=x', 'a'.repeat(20_000)),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map(code => String.fromCharCode(code)), maxLength: 80 }));
const headers = fc.dictionary(fc.constantFrom('authorization', 'content-type', 'content-length', 'idempotency-key', 'if-match', 'transfer-encoding', 'traceparent', 'x-file-name', 'x-ms-client-principal'), headerText, { maxKeys: 3 });
const query = fc.dictionary(text.map(name => name.toWellFormed()), text.map(name => name.toWellFormed()), { maxKeys: 3 }).map(entries => `http://localhost/?${new URLSearchParams(entries).toString()}`);
const hostile: fc.Arbitrary<Sent> = fc.record({ body, headers, url: query, params: fc.dictionary(fc.constantFrom('caseId', 'caseId', '__proto__', 'other'), text) }, { requiredKeys: [] });

/** Fixed, so that a failure is the same for everybody; change it to look further. */
const seed = 20_261_124;

const inside = /\bat .+:\d+|node_modules|\.ts\b|\/work\/|ZodError|TypeError|SyntaxError|RangeError|Azure/;

function assertTame(reply: Answered, lines: readonly string[]): void {
  expect(reply.status).toBeLessThan(500);
  if (reply.status >= 400) expect(problemSchema.parse(reply.json).status).toBe(reply.status);
  // The names of unknown fields are the caller's own words; everything else in a reply is ours.
  expect(JSON.stringify({ ...reply.json, errors: [] })).not.toMatch(inside);
  expect(reply.text.length).toBeLessThan(20_000);
  for (const line of lines) expect(line).not.toContain('\n');
  expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
}

const storable = z.strictObject({ text: z.string().min(1).max(200).refine(kept => !kept.includes('\0') && kept.isWellFormed()), pages: z.array(z.strictObject({ number: z.number() })).optional(), level: z.enum(['low', 'high']).optional() });

describe('1,000 hostile inputs', () => {
  it('to a command with a JSON body', async () => {
    const statuses = new Set<number>();
    await fc.assert(fc.asyncProperty(hostile, async sent => {
      const { log, lines } = memoryLog();
      const handler = endpoint(addNote, call => {
        storable.parse(call.body);
        return Promise.resolve({ body: { id: 'n1' } });
      }, deps({ log }));
      const reply = await send(handler, sent);
      statuses.add(reply.status);
      assertTame(reply, lines);
    }), { seed, numRuns: 500, examples: raw.map((body): [Sent] => [{ body }]) });
    // The run means something only if it got past the first gates.
    expect([...statuses]).toEqual(expect.arrayContaining([201, 400, 415, 422]));
  });

  it('to an upload', async () => {
    const statuses = new Set<number>();
    const pdf = hostile.map(sent => ({ params: { caseId: 'c1' }, url: 'http://localhost/', ...sent, headers: { 'content-type': 'application/pdf', 'if-match': '"1"', ...sent.headers } }));
    await fc.assert(fc.asyncProperty(pdf, async sent => {
      const { log, lines } = memoryLog();
      const reply = await send(endpoint(upload, call => Promise.resolve({ body: { bytes: call.file.bytes.byteLength } }), deps({ log })), sent);
      statuses.add(reply.status);
      assertTame(reply, lines);
    }), { seed, numRuns: 500 });
    expect([...statuses]).toEqual(expect.arrayContaining([201, 400, 413, 415, 422]));
  });
});

// H4: fields that exist in the stored rows or in the token, and that no request may set.
describe('fields that no request may set', () => {
  const privileged = ['caller', 'owner', 'objectId', 'tenantId', 'roles', 'isAdmin', 'state', 'status', 'etag', 'version', 'partitionKey', 'rowKey', 'PartitionKey', 'odata.etag', 'hash', 'seq', 'at', 'createdAt', 'id', 'caseId'];
  test.each(privileged)('%s', async name => {
    const handler = endpoint(addNote, () => { throw new Error('the handler must not run'); }, deps());
    for (const [root, sent] of [
      ['body', { body: JSON.stringify({ text: 'x', [name]: 'x' }) }],
      ['body/pages/0', { body: JSON.stringify({ text: 'x', pages: [{ number: 1, [name]: 1 }] }) }],
      ['query', { url: `http://localhost/?${name}=x` }],
    ] as const) {
      expect((await send(handler, sent)).json).toMatchObject({ status: 422, errors: [{ pointer: `/${root}/${name}`, code: 'unknown-field' }] });
    }
  });
});

// H14: work that grows with the square of the body would take minutes at the body's limit; the bound is wide because the machine is shared.
describe('the longest bodies', () => {
  const size = 250_000;
  test.each([
    ['escaped quotes', `{"text":"${'\\"'.repeat(size / 2)}`], ['quotes', '"'.repeat(size)], ['backslashes', `{"text":"${'\\'.repeat(size)}`], ['white space', ' '.repeat(size)],
    ['numbers', `{"pages":[${'1,'.repeat(size / 2)}1]}`], ['unknown fields', `{${Array.from({ length: size / 12 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['wrong items', `{"text":"x","pages":[${'{"number":"x"},'.repeat(size / 16)}{}]}`], ['brackets in text', JSON.stringify({ text: '['.repeat(size) })],
  ])('%s are refused in little time', async (_name, body) => {
    const handler = endpoint(addNote, () => { throw new Error('the handler must not run'); }, deps());
    const before = process.cpuUsage().user;
    const reply = await send(handler, { body });
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(1_500);
    expect([400, 422]).toContain(reply.status);
    assertTame(reply, []);
  });
});
