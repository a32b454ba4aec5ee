import { describe, expect, it, test } from '@jest/globals';
import * as z from 'zod';
import { contentDisposition } from '../../../shared/http/disposition.ts';
import { endpoint } from '../../../shared/http/endpoint.ts';
import type { Operation } from '../../../shared/http/operation.ts';
import { securityHeaders } from '../../../shared/http/reply.ts';
import { deps, request, send } from './support.ts';
import type { Sent } from './support.ts';

const common = {
  route: 'api/documents/{documentId}', who: 'anyStaff', summary: 'A document', description: 'Moves a document.', params: z.strictObject({ documentId: z.string() }),
  visibility: 'important',
} as const;
const upload = {
  ...common, operationId: 'UploadDocument', method: 'PUT', audit: 'collection', idempotencyKey: 'required', success: 201,
  body: { file: true, contentTypes: ['application/pdf', 'text/plain'], maxBytes: 1_000, description: 'The document.' }, reply: z.strictObject({ bytes: z.int(), contentType: z.string() }),
} as const satisfies Operation;
const download = {
  ...common, operationId: 'DownloadDocument', method: 'GET', audit: 'none', idempotencyKey: 'none', success: 200,
  reply: { file: true, contentTypes: ['application/pdf'], maxBytes: 1_000, description: 'The document.' },
} as const satisfies Operation;
const params = { documentId: 'd1' };
const url = 'http://localhost/';

describe('uploads', () => {
  const put = endpoint(upload, call => Promise.resolve({ body: { bytes: call.file.bytes.byteLength, contentType: call.file.contentType } }), deps());
  const bytes = (size: number) => new Uint8Array(size).fill(65);
  const pdf = { 'content-type': 'application/pdf' };

  it('arrive whole, up to their limit', async () => {
    expect(await send(put, { params, url, headers: pdf, body: bytes(1_000) })).toMatchObject({ status: 201, json: { bytes: 1_000, contentType: 'application/pdf' } });
  });

  it('without a length arrive when the host passes them on', async () => {
    expect(await send(put, { params, url, headers: { ...pdf, 'content-length': undefined, 'transfer-encoding': 'chunked' }, body: bytes(9) })).toMatchObject({ status: 201 });
  });

  const refusals: readonly [name: string, headers: NonNullable<Sent['headers']>, size: number, status: number, code: string][] = [
    ['one byte too many', pdf, 1_001, 413, 'body-too-large'],
    ['one byte too many under a small length', { ...pdf, 'content-length': '10' }, 1_001, 413, 'body-too-large'],
    ['a length too large', { ...pdf, 'content-length': '1001' }, 10, 413, 'body-too-large'],
    ['nothing', pdf, 0, 400, 'body-missing'],
    ['nothing, because it was chunked', { ...pdf, 'content-length': undefined, 'transfer-encoding': 'chunked' }, 0, 411, 'content-length-missing'],
    ['another type', { 'content-type': 'image/svg+xml' }, 10, 415, 'content-type-unsupported'],
    ['text in another character set', { 'content-type': 'text/plain; charset=utf-7' }, 10, 415, 'content-type-unsupported'],
  ];
  for (const [name, headers, size, status, code] of refusals) test(name, async () => {
    expect((await send(put, { params, url, headers, body: bytes(size) })).json).toMatchObject({ status, code });
  });
});

describe('downloads', () => {
  const get = (file: { bytes: Uint8Array; contentType: string; fileName?: string }) =>
    send(endpoint(download, () => Promise.resolve({ file }), deps()), request({ method: 'GET', params, url, body: '' }));

  it('are attachments that nothing sniffs, stores or runs', async () => {
    const reply = await get({ bytes: new Uint8Array([1, 2]), contentType: 'application/pdf', fileName: 'case 7.pdf' });
    expect([...reply.bytes]).toEqual([1, 2]);
    expect(reply.headers).toEqual({ ...securityHeaders, 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="case 7.pdf"; filename*=UTF-8\'\'case%207.pdf' });
  });

  it('of another type or size than described do not leave', async () => {
    expect((await get({ bytes: new Uint8Array(1), contentType: 'text/html' })).status).toBe(500);
    expect((await get({ bytes: new Uint8Array(1_001), contentType: 'application/pdf' })).status).toBe(500);
  });
});

test.each([
  ['a"b.pdf', 'a_b.pdf', 'a_b.pdf'], ['a\r\nx: y.pdf', 'a__x_ y.pdf', 'a__x_%20y.pdf'], ['../../etc/passwd', '_.._etc_passwd', '_.._etc_passwd'], ['fdp.\u202eexe', 'fdp._exe', 'fdp._exe'],
  ['Zoë.pdf', 'Zo_.pdf', 'Zo%C3%AB.pdf'], ['..', 'download', 'download'], ['100%.pdf', '100_.pdf', '100%25.pdf'], ["it's (1).pdf", "it's (1).pdf", 'it%27s%20%281%29.pdf'], ['\ud800.pdf', '_.pdf', '%EF%BF%BD.pdf'],
])('the file name %j cannot break out', (name, ascii, utf8) => {
  expect(contentDisposition(name)).toBe(`attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`);
});
