import { beforeEach, describe, expect, it } from '@jest/globals';
import { HttpRequest } from '@azure/functions';
import { uploadedFile, type UploadedFile, type Verdict } from '../../../functions/missing-persons/rules/uploads/files.ts';
import { blobOf, destroyFile, destroyFiles, scanFile } from '../../../functions/missing-persons/uploads/store.ts';
import { linkOf, readToken, secretHmac, secretOf, tokenOf } from '../../../functions/missing-persons/uploads/token.ts';
import { memoryEvidence } from '../../../shared/azure/evidenceMemory.ts';
import { sha256 } from '../../../shared/case/keys.ts';
import { readFiles } from '../../../shared/http/multipart.ts';
import { Desk } from '../law/desk.ts';
import { openCase } from '../law/support.ts';
import { pdf } from './support.ts';

const now = '2026-11-25T16:30:00.000Z';
const recordId = 'a'.repeat(26);
const file: UploadedFile = uploadedFile.parse({ fileId: '0123456789abcdef', kind: 'FORM', form: 'HERBERT', state: 'SCANNING', sha256: sha256(pdf()), bytes: pdf().byteLength, mime: 'application/pdf', name: 'form.pdf', receivedAt: now, by: 'public', batch: 'link-1' });
const name = blobOf(recordId, file.fileId);
const desk = new Desk(now);
openCase(desk, { level: 'MEDIUM' });
const record = { ...desk.record, recordId, files: [file] };
async function* bytes(of: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(of);
}

let store: ReturnType<typeof memoryEvidence>;
beforeEach(async () => {
  store = memoryEvidence(() => now);
  await store.writeStream('quarantine', name, bytes(pdf()));
});
const scan = (verdict: Verdict, asked: string[] = []) => scanFile({ files: store, malware: { verdictFor: async blob => { asked.push(blob); return await Promise.resolve(verdict); } } }, { record, fileId: file.fileId, signal: new AbortController().signal });

describe('quarantine', () => {
  it.each(['NONE', 'ERROR', 'INFECTED'] as const)('%s: it stays where it is', async verdict => {
    expect(await scan(verdict)).toEqual({ do: 'RecordScan', fileId: file.fileId, said: verdict });
    expect([...store.held.keys()]).toEqual([`quarantine/${name}`]);
  });

  it('clean: it moves, and killed between the copy and the removal the next call ends it without asking again', async () => {
    await store.copyWithin(name);
    const asked: string[] = [];
    expect(await scan('ERROR', asked)).toEqual({ do: 'RecordScan', fileId: file.fileId, said: 'CLEAN' });
    expect(asked).toEqual([]);
    expect([...store.held.keys()]).toEqual([`evidence/${name}`]);
  });

  it('other bytes than the record names never leave it, and lost ones are never clean', async () => {
    await store.remove('quarantine', name);
    expect(await scan('CLEAN')).toEqual({ do: 'RecordScan', fileId: file.fileId, said: 'ERROR' });
    await store.writeStream('quarantine', name, bytes(pdf('Another')));
    await expect(scan('CLEAN')).rejects.toThrow('the content differs');
    expect([...store.held.keys()]).toEqual([`quarantine/${name}`]);
  });

  it('files die with their record, from both places, and a second time is no fault', async () => {
    const other = blobOf('b'.repeat(26), file.fileId);
    await store.copyWithin(name);
    await store.writeStream('evidence', other, bytes(pdf()));
    await destroyFiles({ files: store }, recordId);
    await destroyFiles({ files: store }, recordId);
    await destroyFile({ files: store }, record, file.fileId);
    expect([...store.held.keys()]).toEqual([`evidence/${other}`]);
  });
});

describe('the token of a link', () => {
  const keys = ['k'.repeat(32)] as const;
  const secret = secretOf(keys, recordId, 'person:key');
  const link = { id: 'link-1', caseId: recordId, form: 'HERBERT' as const, issuedAt: now, expiresAt: now, issuedBy: 'u', givenTo: 'Her daughter', secretHmac: secretHmac(keys, secret) };

  it('is read back, follows from who asks with which key, and opens its link before and after a change of keys', () => {
    expect(readToken(tokenOf(recordId, secret))).toEqual({ recordId, secret });
    expect(secretOf(keys, recordId, 'person:other')).not.toBe(secret);
    expect(linkOf(keys, { uploadLinks: [link] }, secret)).toBe(link);
    expect(linkOf(['n'.repeat(32), ...keys], { uploadLinks: [link] }, secret)).toBe(link);
    expect(linkOf(['n'.repeat(32)], { uploadLinks: [link] }, secret)).toBeUndefined();
    expect(linkOf(keys, { uploadLinks: [link] }, link.secretHmac.slice(0, 22))).toBeUndefined();
  });

  it.each(['', `${recordId}-`, `${recordId}-${'a'.repeat(21)}`, `${recordId}-${'a'.repeat(23)}`, `${recordId.toUpperCase()}-${'a'.repeat(22)}`, `${recordId}-${'a'.repeat(21)}/`])('%s is none', token => {
    expect(readToken(token)).toBeUndefined();
  });
});

describe('the files of a form', () => {
  const limits = { maxBytes: 1_000, maxParts: 5 };
  const posted = async (form: FormData, headers: Readonly<Record<string, string>> = {}) => {
    const { body, headers: own } = new Request('http://x.test', { method: 'POST', body: form });
    return await readFiles(new HttpRequest({ method: 'POST', url: 'http://x.test', body: { bytes: new Uint8Array(await new Response(body).arrayBuffer()) }, headers: { 'content-type': own.get('content-type') ?? '', ...headers } }), limits);
  };
  const form = (...parts: readonly (readonly [string, string | Blob, string?])[]): FormData => {
    const made = new FormData();
    for (const [field, value, fileName] of parts) if (typeof value === 'string') made.append(field, value); else made.append(field, value, fileName);
    return made;
  };

  it('are read with their bytes and names; other fields and an empty box are left out', async () => {
    const files = await posted(form(['form', new Blob([pdf()]), '../a"b.pdf'], ['note', 'x'], ['photo', new Blob([]), '']));
    expect(files.map(one => ({ ...one, bytes: Buffer.from(one.bytes).toString() }))).toEqual([{ field: 'form', name: '../a"b.pdf', bytes: Buffer.from(pdf()).toString() }]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['too many parts', () => posted(form(...Array.from({ length: 6 }, () => ['form', new Blob([pdf()]), 'a'] as const))), 'body-unparsable'], ['too many bytes', () => posted(form(['form', new Blob([new Uint8Array(1_001)]), 'a'])), 'body-too-large'],
    ['another boundary', () => posted(form(['form', new Blob([pdf()]), 'a']), { 'content-type': 'multipart/form-data; boundary=other' }), 'body-unparsable'], ['no boundary', () => posted(form(), { 'content-type': 'multipart/form-data' }), 'content-type-unsupported'],
    ['a boundary of 71 letters', () => posted(form(), { 'content-type': `multipart/form-data; boundary=${'b'.repeat(71)}` }), 'content-type-unsupported'],
  ])('%s', async (_name, read, code) => { await expect(read()).rejects.toThrow(code); });
});
