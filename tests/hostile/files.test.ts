// Hostile files and names (ASVS 5.0 5.2, 5.4): each document ends alone with its own code, its neighbour in the bundle goes on, and no name reaches a place where it could act.
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deflateSync } from 'node:zlib';
import { statementPdf } from '../redaction/story/pdf.ts';
import { rows, text, type Client } from '../support/client.ts';
import { addDocument, located, openBundle, reaches } from '../support/redaction.ts';
import { startService, type Service } from '../support/service.ts';
import { contentsOf } from '../support/storage.ts';

let service: Service;
let sam: Client;
let bundleId = '';
const canary = 'Zebulon Quackenthorpe';
beforeAll(async () => {
  service = await startService();
  sam = service.as('sam.caseworker');
  bundleId = await openBundle(sam, { terms: [canary] });
});
afterAll(async () => { await service.stop(); });

const latin = (content: string) => Buffer.from(content, 'latin1');

/** A PDF whose one stream unpacks to `megabytes`, packed twice: a few kilobytes on the wire. */
function bomb(megabytes: number): Uint8Array {
  const packed = deflateSync(deflateSync(Buffer.alloc(megabytes * 1024 * 1024, 0x20), { level: 9 }), { level: 9 });
  const objects = [
    latin('<</Type/Catalog/Pages 2 0 R>>'), latin('<</Type/Pages/Kids[3 0 R]/Count 1>>'), latin('<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>'),
    Buffer.concat([latin(`<</Length ${packed.length}/Filter[/FlateDecode/FlateDecode]>>stream\n`), packed, latin('\nendstream')]),
  ];
  const parts: Buffer[] = [latin('%PDF-1.7\n')];
  const offsets: number[] = [];
  objects.forEach((object, n) => {
    offsets.push(parts.reduce((sum, part) => sum + part.length, 0));
    parts.push(latin(`${n + 1} 0 obj\n`), object, latin('\nendobj\n'));
  });
  const at = parts.reduce((sum, part) => sum + part.length, 0);
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.concat([...parts, latin(`xref\n0 5\n0000000000 65535 f \n${table}trailer<</Size 5/Root 1 0 R>>\nstartxref\n${at}\n%%EOF`)]);
}

async function pageOf(points: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([points, points]).drawText(canary, { x: 10, y: 10 });
  return await document.save();
}

async function encrypted(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText(canary, { x: 60, y: 700 });
  document.encrypt({ userPassword: 'open sesame', ownerPassword: 'owner' });
  return await document.save({ useObjectStreams: false });
}

describe('files that cannot be done', () => {
  it.each<[name: string, make: () => Promise<Uint8Array> | Uint8Array, codes: string[]]>([
    ['a picture called .pdf', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), ['unsupported']],
    ['a zip called .pdf', () => Buffer.from('504b0304140000000800', 'hex'), ['unsupported']],
    ['HTML called .pdf', () => Buffer.from('<html><script>alert(1)</script></html>'), ['unsupported']],
    ['a program', () => Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), ['unsupported']],
    ['an encrypted PDF', encrypted, ['encrypted']],
    ['half a PDF', async () => (await statementPdf(1)).subarray(0, 500), ['damaged']],
    ['the head of a PDF and noise', () => Buffer.concat([latin('%PDF-1.7\n'), Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 7919) % 256))]), ['damaged']],
    ['a page of 60,000 points', () => pageOf(60_000), ['page-too-large', 'damaged']],
  ])('%s', async (_name, make, codes) => {
    const jobId = text(await addDocument(sam, bundleId, await make()), 'jobId');
    const ended = await reaches(sam, jobId, 'suggested');
    expect([ended.json['stage'], codes.includes(String(ended.json['endCode']))]).toEqual(['refused', true]);
    expect(ended.json['endReason']).toMatch(/\.$/);
    expect(await sam.get(`/api/redaction-jobs/${jobId}/redacted-copy`)).toMatchObject({ status: 404 });
    expect(await sam.post(`/api/redaction-jobs/${jobId}/approve`, { ifMatch: String(ended.headers.get('etag')) })).toMatchObject({ status: 409, json: { code: 'wrong-stage' } });
    expect(await sam.get(`/api/redaction-jobs/${jobId}/original`)).toMatchObject({ status: 200 });
  });

  it('a PDF of a few kilobytes that unpacks to 100 MB ends in time and harms nobody', async () => {
    const bytes = bomb(100);
    expect(bytes.length).toBeLessThan(5_000);
    const jobId = text(await addDocument(sam, bundleId, bytes), 'jobId');
    const [ended, other] = await Promise.all([reaches(sam, jobId, 'suggested'), located(sam, bundleId, await statementPdf(1))]);
    // A blank page, or a refusal: both are right; a dead host or an endless wait are not.
    expect(['suggested', 'refused', 'failed']).toContain(ended.json['stage']);
    expect((await sam.get(`/api/redaction-jobs/${other}`)).json['stage']).toBe('suggested');
  });

  it('20 MB exactly are taken', async () => {
    const line = Buffer.from('Nothing of interest was seen on that day by anybody at all.\n');
    const bytes = Buffer.alloc(20 * 1024 * 1024, line);
    const added = await addDocument(sam, bundleId, bytes, { contentType: 'text/plain' });
    expect(added.status).toBe(202);
    const job = `/api/redaction-jobs/${text(added, 'jobId')}`;
    expect((await sam.get(`${job}/original`)).bytes.length).toBe(20 * 1024 * 1024);
    expect(await sam.post(`${job}/withdraw`, { body: { reasonCode: 'not-relevant' } })).toMatchObject({ status: 202 });
  });
});

describe('names of files', () => {
  let named = '';
  // A bundle of their own: what the worker still does with the documents before would compete with these.
  beforeAll(async () => { named = await openBundle(sam); });

  it.each<[sent: string, kept: string]>([
    ['../../../etc/passwd', 'passwd'], ['..\\..\\windows\\system32\\x.pdf', 'x.pdf'], ['/', 'document'], ['statement\u202Efdp.exe', 'statementfdp.exe'], ['a\r\nSet-Cookie: b=c.pdf', 'aSet-Cookie: b=c.pdf'],
    ['\u0000x.pdf', 'x.pdf'], ['   ', 'document'], ['<img src=x onerror=alert(1)>.pdf', '<img src=x onerror=alert(1)>.pdf'], ['=cmd|calc.pdf', '=cmd|calc.pdf'], ['n'.repeat(600), 'n'.repeat(200)], ['Łódź 😀.pdf', 'Łódź 😀.pdf'],
  ])('%j', async (name, kept) => {
    const added = await addDocument(sam, named, Buffer.from(`Nothing ${name.length}.`), { contentType: 'text/plain', name });
    const job = `/api/redaction-jobs/${text(added, 'jobId')}`;
    expect((await reaches(sam, text(added, 'jobId'), 'suggested')).json['fileName']).toBe(kept);
    const sent = await sam.get(`${job}/original`);
    const disposition = String(sent.headers.get('content-disposition'));
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x21\x23-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9%._~!$&+^`|-]+$/);
    expect(disposition).not.toMatch(/[/\\<>]|\.\./);
    expect([sent.headers.get('x-content-type-options'), sent.headers.get('set-cookie')]).toEqual(['nosniff', null]);
  });
});

describe('H7: what a person wrote stays where it belongs', () => {
  it('is in no log, queue message, blob name, key, problem or audit row', async () => {
    if (!service.local) return;
    const jobId = await located(sam, bundleId, await pageOf(600), { name: `${canary}.pdf` });
    const [suggestion] = rows(await sam.get(`/api/redaction-jobs/${jobId}/suggestions`));
    expect(suggestion?.['text']).toBe(canary);
    const problems = [
      await sam.post(`/api/redaction-jobs/${jobId}/redact-text`, { body: { text: `${canary} Senior`, reasonCode: 'personal-data' } }),
      await sam.post('/api/redaction-bundles', { body: { caseReference: canary, policy: canary, [canary]: 1, terms: [canary] } }),
      await sam.post('/api/redaction-bundles', { body: { caseReference: '07/TEST/0001/26', policy: 'subject-access', terms: [`${canary}\u0000`] } }),
      await sam.post(`/api/redaction-jobs/${jobId}/redact-text`, { file: { bytes: Buffer.from(`{"text": ${canary}`), contentType: 'application/json' } }),
      await addDocument(sam, bundleId, Buffer.from(canary), { contentType: 'image/png', name: canary }),
    ];
    expect(problems.map(({ status }) => status)).toEqual([409, 422, 422, 400, 415]);
    // An unknown field is named, so that a person finds the slip; nothing else of the request comes back.
    const told = problems.map(({ json: { errors: _errors, ...rest } }) => rest);
    await reaches(sam, jobId, 'suggested', 'in-review');
    const contents = await contentsOf(service.local.system.connectionString);
    const places = [...contents.keys()].join('\n');
    const audit = [...contents].filter(([place]) => /audit\||\/op\||\|reads\||^work\/|^queue\//.test(place)).map(([, value]) => value).join('\n');
    for (const word of ['Zebulon', 'Quackenthorpe']) {
      expect(JSON.stringify(told)).not.toContain(word);
      expect(service.local.system.logs().join('\n')).not.toContain(word);
      expect(places).not.toContain(word);
      expect(audit).not.toContain(word);
    }
    expect(service.local.system.logs().join('\n')).toContain('request-invalid');
    expect(audit.length).toBeGreaterThan(1000);
  });
});
