import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { newKey } from '../../support/client.ts';
import { act, must, startMissing, type Missing } from '../../support/missing.ts';
import { contentsOf } from '../../support/storage.ts';
import { recordOf } from '../fault/support.ts';
import { blobsOf, jpeg, linkFor, opened, pdf, sender, uploadsOf, type Part } from './support.ts';

let missing: Missing;
let page: ReturnType<typeof sender>;
let recordId: string;
beforeAll(async () => {
  missing = await startMissing();
  page = sender(missing.links.url);
  recordId = await opened(missing);
}, 120_000);
afterAll(async () => { await missing.stop(); });

const cora = () => missing.as('cora.callhandler');
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const herbert: Part = { field: 'form', name: '../../Herbert <b>form</b>.pdf', bytes: pdf() };
const open = (fileId: string, reason = 'I read it to search for him.') => cora().send('POST', `/api/missing-persons/${recordId}/files/${fileId}/open`, { body: { reason } });
const blobs = () => blobsOf(missing, recordId);

describe('S03 a Herbert form by one-time link', () => {
  it('S03 goes from the officer to the page, through quarantine, to the record; its address stands in no store', async () => {
    const { path, linkId, url } = await linkFor(cora(), recordId);
    const first = await page.look(path);
    expect(first.status).toBe(200);
    expect(first.html.indexOf('999')).toBeLessThan(first.html.indexOf('<form'));
    expect(first.html).not.toMatch(/Alex|Sample/);
    expect(first.headers.get('referrer-policy')).toBe('no-referrer');
    expect(first.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(first.headers.get('content-security-policy')).toContain("form-action 'self'");
    const sent = await page.send(path, [herbert, { field: 'photo', name: 'him.jpg', bytes: jpeg() }]);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${path}/sent`]);
    expect((await page.look(`${path}/sent`)).html).toContain('We have what you sent');
    await missing.settle();
    expect((await blobs()).map(place => place.split('/')[0])).toEqual(['evidence', 'evidence']);
    const { files, forms, information, uploadLinks } = await uploadsOf(cora(), recordId);
    expect(files.map(({ kind, state, name, mime, sha256, by }) => ({ kind, state, name, mime, sha256, by }))).toEqual([
      { kind: 'FORM', state: 'CLEAN', name: 'b>.pdf', mime: 'application/pdf', sha256: hashOf(pdf()), by: 'public' }, { kind: 'PHOTO', state: 'CLEAN', name: 'him.jpg', mime: 'image/jpeg', sha256: hashOf(jpeg()), by: 'public' },
    ]);
    expect(forms.map(({ form, fileIds }) => ({ form, fileIds }))).toEqual([{ form: 'HERBERT', fileIds: [files[0]?.fileId] }]);
    expect(information.map(({ kind, by }) => `${kind} ${by}`)).toEqual(['DOCUMENT public', 'DOCUMENT public']);
    expect(uploadLinks.map(one => one.linkId)).toEqual([linkId]);
    // Neither the address nor its secret is in any table, queue or blob.
    const secret = url.slice(-22);
    expect([...await contentsOf(missing.links.system.connectionString)].filter(([place, row]) => place.includes(secret) || row.includes(secret))).toEqual([]);
  }, 60_000);

  it('is opened by staff with a reason, as an attachment under its name, byte for byte, and that is in the audit of reads', async () => {
    const [form, photo] = (await uploadsOf(cora(), recordId)).files;
    const answer = await open(form?.fileId ?? '');
    expect(answer.status).toBe(200);
    expect(Buffer.from(answer.bytes).equals(Buffer.from(pdf()))).toBe(true);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="b_\.pdf"/);
    expect((await open(photo?.fileId ?? '', 'no')).status).toBe(422);
    expect((await open('0'.repeat(16))).status).toBe(404);
    expect((await missing.as('paul.psd').send('POST', `/api/missing-persons/${recordId}/files/${form?.fileId ?? ''}/open`, { body: { reason: 'I look at everything.' } })).status).toBe(403);
    expect([...(await contentsOf(missing.links.system.connectionString)).values()].some(row => row.includes('OpenedFileWithReason') && row.includes('I read it to search for him.'))).toBe(true);
  });

  it('the owner has a card for the form and one for the photograph, and nothing that was sent is on it', async () => {
    await missing.settle();
    const { pages } = await recordOf(missing, recordId);
    expect(pages.filter(({ about }) => about.startsWith('upload-')).map(({ title }) => title)).toEqual(['A protocol form has come in: read it', 'A photograph of the person has come in']);
    expect(JSON.stringify(missing.links.simulators.teams.cards().map(({ card }) => card))).not.toMatch(/him\.jpg|b>\.pdf/);
  });
});

describe('a link', () => {
  it('that is asked for twice with one key is one link, at one address; the key of somebody else is refused', async () => {
    const key = newKey();
    const body = { form: 'PHILOMENA', givenTo: 'The home, by telephone' };
    const [first, second] = await Promise.all([1, 2].map(() => cora().post(`/api/missing-persons/${recordId}/upload-links`, { key, body })));
    expect(second?.json['url']).toBe(first?.json['url']);
    expect((await missing.as('sita.sergeant').post(`/api/missing-persons/${recordId}/upload-links`, { key, body })).status).toBe(422);
    expect((await uploadsOf(cora(), recordId)).uploadLinks.filter(({ state }) => state === 'OPEN')).toHaveLength(1);
  });

  it('takes the same sending twice at once as one, and another one afterwards not at all', async () => {
    const { path, linkId } = await linkFor(cora(), recordId);
    const twice: Part = { ...herbert, bytes: pdf('twice') };
    const both = await Promise.all([page.send(path, [twice]), page.send(path, [twice])]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect((await page.send(path, [twice])).status).toBe(303);
    // What was sent before has been scanned and moved.
    await missing.settle();
    const before = await blobs();
    const other = await page.send(path, [{ ...herbert, bytes: pdf('other') }]);
    expect([other.status, other.html.includes('This page has been used')]).toEqual([410, true]);
    expect((await page.look(path)).status).toBe(410);
    expect(await blobs()).toEqual(before);
    expect((await uploadsOf(cora(), recordId)).files.filter(({ sha256 }) => sha256 === hashOf(pdf('twice')))).toHaveLength(1);
    expect((await uploadsOf(cora(), recordId)).uploadLinks.find(one => one.linkId === linkId)?.state).toBe('USED');
  });

  it('that was forged, cut, lengthened, or of another record shows the same page and leads nowhere', async () => {
    const { path } = await linkFor(cora(), recordId);
    const last = path.endsWith('A') ? 'B' : 'A';
    const other = await opened(missing);
    const bad = [`${path.slice(0, -1)}${last}`, path.slice(0, -1), `${path}A`, path.replace(recordId, other), path.replace(recordId, 'a'.repeat(26)), '/missing-form/..%2f..%2fetc', '/missing-form/x'];
    for (const address of bad) {
      const [got, posted] = [await page.look(address), await page.send(address, [herbert])];
      expect([got.status, posted.status, got.html.includes('This page does not exist')]).toEqual([404, 404, true]);
    }
    expect((await page.look(path)).status).toBe(200);
  });

  it('that was withdrawn or has expired is closed', async () => {
    const { path, linkId } = await linkFor(cora(), recordId);
    await must(cora(), recordId, 'upload-links/revoke', { linkId });
    expect((await act(cora(), recordId, 'upload-links/revoke', { linkId })).json).toMatchObject({ status: 409, code: 'GUARD_UNMET' });
    expect((await page.send(path, [herbert])).html).toContain('This page has closed');
    const late = await linkFor(cora(), recordId);
    await missing.pass(4 * 3_600 + 1);
    expect((await page.send(late.path, [herbert])).status).toBe(410);
  }, 60_000);
});

describe('what was wrong is said at its box, the link still stands, and nothing is stored', () => {
  const program: Part = { field: 'form', name: 'form.pdf', bytes: new Uint8Array(Buffer.from('MZ\u0090\u0000 a program')) };
  const big = (megabytes: number, start: Uint8Array): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(megabytes * 1_048_576);
    bytes.set(start);
    return bytes;
  };
  it.each<[string, () => readonly Part[], number, RegExp]>([
    ['a program that is called a PDF', () => [program], 415, /<a href="#form">The form must be a PDF/], ['a PDF as the photograph', () => [{ ...herbert, field: 'photo' }], 415, /<a href="#photo">The photograph must be/],
    ['20 MB and one byte', () => [{ ...herbert, bytes: big(20, pdf()) }, { ...herbert, bytes: pdf('x') }], 413, /larger than 20\sMB/], ['40 MB', () => [{ ...herbert, bytes: big(40, pdf()) }], 413, /larger than 20\sMB/],
    ['a photograph of 16 MB', () => [{ field: 'photo', name: 'a.jpg', bytes: big(16, jpeg()) }], 415, /larger than 15\sMB/], ['an empty file', () => [{ ...herbert, bytes: new Uint8Array() }], 422, /One of the files is empty/], ['nothing', () => [], 422, /Choose a form or a photograph/],
    ['eleven files', () => Array.from({ length: 11 }, (_, n) => ({ ...herbert, bytes: pdf(String(n)) })), 422, /Choose 10 files at most/], ['two hundred parts', () => Array.from({ length: 200 }, () => herbert), 400, /could not read/],
  ])('%s', async (_name, parts, status, words) => {
    const { path, linkId } = await linkFor(cora(), recordId);
    // What was sent before has been scanned and moved.
    await missing.settle();
    const before = await blobs();
    const reply = await page.send(path, parts());
    expect([reply.status, words.test(reply.html)]).toEqual([status, true]);
    expect(reply.html).toContain('call 999');
    expect(await blobs()).toEqual(before);
    await must(cora(), recordId, 'upload-links/revoke', { linkId });
  }, 60_000);

  it('a body that is no form, a broken one, and one from another site', async () => {
    const { path, linkId } = await linkFor(cora(), recordId);
    expect((await page.raw(path, 'form=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
    expect((await page.raw(path, '--x\r\nnot a part', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(400);
    expect((await page.send(path, [herbert], { origin: 'https://other.example' })).status).toBe(403);
    expect((await page.send(path, [herbert], { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await page.look(path)).status).toBe(200);
    await must(cora(), recordId, 'upload-links/revoke', { linkId });
  });
});

describe('a file that is not clean', () => {
  const blobName = (fileId: string): string => `missing-${recordId}-${fileId}`;
  it('is never given while nobody has judged it; infected it is destroyed, undecided it waits, and the owner hears of both', async () => {
    missing.links.simulators.force.setMalware({ delayMs: 60_000_000 });
    const { path } = await linkFor(cora(), recordId);
    await page.send(path, [{ ...herbert, bytes: pdf('bad') }, { ...herbert, bytes: pdf('odd') }]);
    await missing.settle();
    const found = (await uploadsOf(cora(), recordId)).files.filter(({ sha256 }) => sha256 === hashOf(pdf('bad')) || sha256 === hashOf(pdf('odd')));
    expect(found.map(({ state }) => state)).toEqual(['SCANNING', 'SCANNING']);
    const [bad = '', odd = ''] = found.map(({ fileId }) => fileId);
    expect((await blobs()).filter(place => place.endsWith(bad))).toEqual([`quarantine/${blobName(bad)}`]);
    expect((await open(bad)).json).toMatchObject({ status: 409, code: 'FILE_QUARANTINED' });
    missing.links.simulators.force.setMalware({ delayMs: 0, blobName: blobName(bad), verdict: 'INFECTED' });
    missing.links.simulators.force.setMalware({ blobName: blobName(odd), verdict: 'ERROR' });
    await missing.pass(60);
    await missing.pass(31 * 60);
    const states = async () => (await uploadsOf(cora(), recordId)).files.filter(({ fileId }) => fileId === bad || fileId === odd).map(({ state }) => state);
    expect(await states()).toEqual(['INFECTED', 'UNDECIDED']);
    for (const fileId of [bad, odd]) expect((await open(fileId)).status).toBe(409);
    expect((await blobs()).filter(place => place.includes(bad))).toEqual([]);
    expect((await blobs()).filter(place => place.endsWith(odd))).toEqual([`quarantine/${blobName(odd)}`]);
    const { pages } = await recordOf(missing, recordId);
    expect(pages.filter(({ about }) => /-(?:infected|undecided)$/.test(about))).toHaveLength(2);
    // The scanner is back: what a family sent is not lost.
    missing.links.simulators.force.setMalware({ blobName: blobName(odd), verdict: 'CLEAN' });
    await missing.pass(3_601);
    expect(await states()).toEqual(['INFECTED', 'CLEAN']);
    expect((await open(odd)).status).toBe(200);
  }, 120_000);
});

describe('an upload by staff', () => {
  const upload = (bytes: Uint8Array<ArrayBuffer>, query: string, name = 'form.pdf') => cora().send('POST', `/api/missing-persons/${recordId}/files?${query}`, { file: { bytes, contentType: 'application/octet-stream', name } });
  it('is scanned and stands on the record; the wrong type, nothing, and more than 20 MB are refused', async () => {
    const answer = await upload(pdf('staff'), 'kind=FORM&form=PHILOMENA&version=3&reviewedOn=2026-01-05');
    expect(answer.status).toBe(202);
    await missing.settle();
    const { files, forms } = await uploadsOf(cora(), recordId);
    expect(files.find(({ fileId }) => fileId === answer.json['fileId'])).toMatchObject({ state: 'CLEAN', sha256: hashOf(pdf('staff')) });
    expect(forms.find(({ form }) => form === 'PHILOMENA')?.fileIds).toEqual([answer.json['fileId']]);
    expect((await upload(new Uint8Array(Buffer.from('MZ')), 'kind=FORM&form=HERBERT')).status).toBe(415);
    expect((await upload(pdf(), 'kind=PHOTO')).status).toBe(415);
    expect((await upload(pdf(), 'kind=FORM')).json).toMatchObject({ status: 409, code: 'FIELD_INVALID' });
    const large = new Uint8Array(20 * 1_048_576 + 1);
    large.set(pdf());
    expect((await upload(large, 'kind=FORM&form=HERBERT')).status).toBe(413);
  }, 60_000);
});
