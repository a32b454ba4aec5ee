import { describe, expect, it } from '@jest/globals';
import { filesDue } from '../../../functions/missing-persons/rules/law/uploadResults.ts';
import type { StoredFile, UploadAct } from '../../../functions/missing-persons/rules/law/uploadActs.ts';
import { uploadsView } from '../../../functions/missing-persons/rules/law/uploadsView.ts';
import { fileFault, fileTypeOf, judged, shownFileName, type UploadedFile } from '../../../functions/missing-persons/rules/uploads/files.ts';
import { uploadErrors, uploadPage } from '../../../functions/missing-persons/rules/uploads/page.ts';
import { Desk, people, settings, type Name } from '../law/desk.ts';
import { openCase } from '../law/support.ts';

const now = '2026-11-25T16:30:00.000Z';
const hash = 'ab'.repeat(32);
const form = (fileId = 'f1'): StoredFile => ({ fileId, kind: 'FORM', sha256: hash, bytes: 100, mime: 'application/pdf', name: 'herbert.pdf' });
const photo: StoredFile = { fileId: 'p1', kind: 'PHOTO', sha256: hash, bytes: 200, mime: 'image/jpeg', name: 'her.jpg' };

let count = 0;
function upload(desk: Desk, act: UploadAct, by: Name = 'oscar'): string {
  count += 1;
  return desk.give({ do: 'Upload', act, context: { people, looked: {}, id: `up${count}` } }, by);
}
function caseWithLink(): { readonly desk: Desk; readonly linkId: string } {
  const desk = new Desk(now);
  openCase(desk, { level: 'MEDIUM' });
  expect(upload(desk, { do: 'MakeUploadLink', form: 'HERBERT', givenTo: 'Her daughter, on the telephone', secretHmac: 'c0ffee' })).toBe('accepted');
  return { desk, linkId: desk.record.uploadLinks[0]?.id ?? 'none' };
}
const scan = (desk: Desk, fileId: string, said: 'CLEAN' | 'INFECTED' | 'ERROR' | 'NONE') => desk.give({ do: 'RecordScan', fileId, said }, 'system');
const cards = (desk: Desk) => desk.record.pages.filter(({ about }) => about.startsWith('upload-')).map(({ to, title }) => `${to.join(' ')}: ${title}`);
const owedOf = (desk: Desk) => [...desk.effects, ...desk.record.owed].map(({ kind, about }) => `${kind} ${about}`);

describe('a one-time link (3.7, S03)', () => {
  it('ends after the hours of the setting, and is told by nothing but an HMAC', () => {
    const { desk } = caseWithLink();
    expect(desk.record.uploadLinks).toEqual([expect.objectContaining({ form: 'HERBERT', issuedAt: now, expiresAt: '2026-11-25T20:30:00.000Z', issuedBy: 'oscar', secretHmac: 'c0ffee' })]);
    expect(JSON.stringify(uploadsView(desk.record, settings, now))).not.toContain('c0ffee');
    expect(desk.facts.map(({ what }) => what)).toContain('UploadLinkMade');
  });

  it('takes one sending, however many files, and no second one', () => {
    const { desk, linkId } = caseWithLink();
    expect(upload(desk, { do: 'SendByLink', linkId, files: [form(), photo] }, 'system')).toBe('accepted');
    expect(desk.record.files.map(({ fileId, state, form: which }) => `${fileId} ${state} ${which ?? ''}`)).toEqual(['f1 SCANNING HERBERT', 'p1 SCANNING ']);
    expect(owedOf(desk)).toEqual(expect.arrayContaining(['scan-file f1', 'scan-file p1']));
    expect(upload(desk, { do: 'SendByLink', linkId, files: [form('f2')] }, 'system')).toBe('GUARD_UNMET');
    expect(desk.record.files).toHaveLength(2);
  });

  it.each([
    ['its last instant', '2026-11-25T20:29:59.999Z', 'accepted'], ['the end', '2026-11-25T20:30:00.000Z', 'GUARD_UNMET'],
  ])('at %s: %s', (_name, at, expected) => {
    const { desk, linkId } = caseWithLink();
    desk.now = at;
    expect(upload(desk, { do: 'SendByLink', linkId, files: [form()] }, 'system')).toBe(expected);
  });

  it('is dead when it was withdrawn, when the person is found, and for another record', () => {
    const withdrawn = caseWithLink();
    expect(upload(withdrawn.desk, { do: 'RevokeUploadLink', linkId: withdrawn.linkId }, 'sita')).toBe('accepted');
    expect(upload(withdrawn.desk, { do: 'RevokeUploadLink', linkId: withdrawn.linkId }, 'sita')).toBe('GUARD_UNMET');
    expect(upload(withdrawn.desk, { do: 'SendByLink', linkId: withdrawn.linkId, files: [form()] }, 'system')).toBe('GUARD_UNMET');
    const found = caseWithLink();
    found.desk.must({ do: 'VerifyLocated', method: 'SEEN_BY_POLICE', identityCheck: 'Photograph', wellBeing: 'WELL', locatedAt: now, place: 'Sample Street', condition: 'Well', returnedAt: now, returnPlace: 'HOME' }, 'abby');
    expect(upload(found.desk, { do: 'SendByLink', linkId: found.linkId, files: [form()] }, 'system')).toBe('TOO_EARLY');
    expect(upload(found.desk, { do: 'MakeUploadLink', form: 'HERBERT', givenTo: 'Her daughter', secretHmac: 'b' })).toBe('TOO_EARLY');
    expect(upload(found.desk, { do: 'SendByLink', linkId: 'link-other', files: [form()] }, 'system')).toBe('NOT_FOUND');
  });

  it('is made from the first call on, by the police, and at most twenty can be used at a time', () => {
    const desk = new Desk(now);
    desk.call({ givenName: 'Sam', lastSeenPlace: 'Sample Street', lastSeenUnknown: 'yes', informantPhone: '01632 960002' });
    const make = (by: Name) => upload(desk, { do: 'MakeUploadLink', form: 'HERBERT', givenTo: 'His son, by text', secretHmac: 'd' }, by);
    expect(make('lena')).toBe('ROLE_DENIED');
    expect(make('system')).toBe('ROLE_DENIED');
    expect(Array.from({ length: 20 }, () => make('cora'))).toEqual(Array.from({ length: 20 }, () => 'accepted'));
    expect(make('cora')).toBe('GUARD_UNMET');
    desk.now = '2026-11-26T16:30:00.000Z';
    expect(make('cora')).toBe('accepted');
    expect(desk.record.uploadLinks).toHaveLength(1);
  });
});

describe('what the scanner says', () => {
  it('clean: the form and the photograph come onto the record with their hash, and the owner hears of it once', () => {
    const { desk, linkId } = caseWithLink();
    upload(desk, { do: 'SendByLink', linkId, files: [form(), form('f2'), photo] }, 'system');
    expect(desk.record.protocols).toEqual([]);
    for (const fileId of ['f1', 'f2', 'p1']) expect(scan(desk, fileId, 'CLEAN')).toBe('accepted');
    expect(desk.record.protocols).toEqual([expect.objectContaining({ id: `protocol-${linkId}`, form: 'HERBERT', attachments: ['f1', 'f2'] })]);
    expect(desk.record.person.photos).toEqual([{ mediaId: 'p1', consentForPublicity: 'NOT_ASKED' }]);
    expect(desk.record.information.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['info-f1 DOCUMENT', 'info-f2 DOCUMENT', 'info-p1 DOCUMENT']);
    expect(desk.facts.filter(({ what }) => what === 'FileScanned').map(({ about }) => about?.['sha256'])).toEqual([hash, hash, hash]);
    expect(cards(desk)).toEqual([`${desk.record.owner.userId}: A protocol form has come in: read it`, `${desk.record.owner.userId}: A photograph of the person has come in`]);
    expect(uploadsView(desk.record, settings, now).forms).toEqual([{ formId: `protocol-${linkId}`, form: 'HERBERT', fileIds: ['f1', 'f2'], banner: 'Check that the HERBERT form is current: nobody said when it was reviewed.' }]);
  });

  it('infected: nothing comes onto the record, the bytes are to be destroyed, the owner is told, and no later word makes it clean', () => {
    const { desk, linkId } = caseWithLink();
    upload(desk, { do: 'SendByLink', linkId, files: [form()] }, 'system');
    scan(desk, 'f1', 'INFECTED');
    scan(desk, 'f1', 'CLEAN');
    expect(desk.record.files.map(({ state }) => state)).toEqual(['INFECTED']);
    expect(desk.record.protocols).toEqual([]);
    expect(desk.record.information).toEqual([]);
    expect(owedOf(desk)).toContain('destroy-file f1');
    expect(cards(desk)).toEqual([`${desk.record.owner.userId}: A file that was sent is infected and is not kept: ask for it another way`]);
  });

  it('no word: it is asked again, undecided after half an hour with one card, and clean when the word comes within a week', () => {
    const { desk, linkId } = caseWithLink();
    upload(desk, { do: 'SendByLink', linkId, files: [form()] }, 'system');
    scan(desk, 'f1', 'NONE');
    expect(filesDue(desk.record)).toEqual([{ key: 'file f1', at: '2026-11-25T16:30:10.000Z' }]);
    desk.to('2026-11-25T16:30:10.000Z');
    expect(filesDue(desk.record)).toEqual([]);
    expect(owedOf(desk).filter(one => one === 'scan-file f1')).toHaveLength(2);
    desk.now = '2026-11-25T17:00:00.000Z';
    expect(desk.give({ do: 'RecordTrouble', kind: 'scan-file', about: 'f1', code: 'timed-out' }, 'system')).toBe('accepted');
    scan(desk, 'f1', 'NONE');
    expect(desk.record.files.map(({ state, lookAt }) => `${state} ${lookAt ?? ''}`)).toEqual(['UNDECIDED 2026-11-25T18:00:00.000Z']);
    expect(cards(desk)).toHaveLength(1);
    scan(desk, 'f1', 'CLEAN');
    expect(desk.record.protocols.map(({ attachments }) => attachments)).toEqual([['f1']]);
  });

  it('is given up after a week without one', () => {
    const file: UploadedFile = { ...form(), kind: 'FORM', state: 'UNDECIDED', receivedAt: now, by: 'public', batch: 'b' };
    expect(judged(file, 'ERROR', '2026-12-02T16:29:59.000Z').lookAt).toBeDefined();
    expect(judged(file, 'ERROR', '2026-12-02T16:30:00.000Z')).toEqual(file);
  });
});

describe('an upload by staff', () => {
  it('asks which form it is, keeps what is said of it, and stands as a form once it is clean', () => {
    const { desk } = caseWithLink();
    expect(upload(desk, { do: 'UploadProtocol', file: form(), said: {} })).toBe('FIELD_INVALID');
    expect(upload(desk, { do: 'UploadProtocol', file: form(), said: { form: 'OTHER' } })).toBe('FIELD_INVALID');
    expect(upload(desk, { do: 'UploadProtocol', file: form(), said: { form: 'PHILOMENA', reviewedOn: '2026-11-26' } })).toBe('TIME_IN_FUTURE');
    expect(upload(desk, { do: 'UploadProtocol', file: form(), said: { form: 'PHILOMENA', version: '3', reviewedOn: '2026-01-05', heldBy: 'LA' } })).toBe('accepted');
    expect(uploadsView(desk.record, settings, now).forms).toEqual([]);
    scan(desk, 'f1', 'CLEAN');
    expect(desk.record.protocols).toEqual([expect.objectContaining({ form: 'PHILOMENA', version: '3', reviewedOn: '2026-01-05', heldBy: 'LA', supplier: 'oscar', attachments: ['f1'] })]);
    expect(uploadsView(desk.record, settings, now).forms[0]?.banner).toContain('324 days ago');
    expect(upload(desk, { do: 'UploadProtocol', file: photo, said: {} }, 'lena')).toBe('ROLE_DENIED');
  });
});

describe('a file by its bytes and its name', () => {
  const pdf = Buffer.from('%PDF-1.7 x');
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0);
  it.each<[string, Uint8Array, string | undefined]>([
    ['a PDF', pdf, 'application/pdf'], ['a JPEG', jpeg, 'image/jpeg'], ['a program', Buffer.from('MZ\u0090\u0000'), undefined], ['a Word document', Buffer.from('PK\u0003\u0004'), undefined], ['a page', Buffer.from('<html>%PDF-'), undefined], ['nothing', new Uint8Array(), undefined],
  ])('%s', (_name, head, expected) => { expect(fileTypeOf(head)).toBe(expected); });

  it('a photograph is no PDF and has 15 MB at most; a form may be either', () => {
    expect(fileFault('PHOTO', { head: pdf, bytes: 10 })).toBe('photoType');
    expect(fileFault('PHOTO', { head: jpeg, bytes: 15 * 1_048_576 + 1 })).toBe('photoTooLarge');
    expect(fileFault('PHOTO', { head: jpeg, bytes: 15 * 1_048_576 })).toBeUndefined();
    expect(fileFault('FORM', { head: jpeg, bytes: 15 * 1_048_576 + 1 })).toBeUndefined();
    expect(fileFault('FORM', { head: pdf, bytes: 0 })).toBe('empty');
  });

  it.each([['../../etc/passwd', 'passwd'], ['C:\\temp\\form.pdf', 'form.pdf'], ['a\u202efdp.exe', 'afdp.exe'], ['..', 'file'], ['', 'file'], ['x/', 'file'], [`${'a'.repeat(300)}.pdf`, 'a'.repeat(120)]])('the name %s is shown as %s', (given, expected) => {
    expect(shownFileName(given)).toBe(expected);
  });

  it('the page says one thing for each box, with the status of the first', () => {
    const errors = uploadErrors([{ kind: 'FORM', bytes: Buffer.from('MZ') }, { kind: 'FORM', bytes: pdf }, { kind: 'PHOTO', bytes: pdf }]);
    expect(errors).toEqual([{ box: 'form', key: 'type' }, { box: 'photo', key: 'photoType' }]);
    const page = { stage: 'form', sendTo: '/x', form: 'HERBERT', expiresAt: now } as const;
    expect(uploadPage({ ...page, errors }, 'en').status).toBe(415);
    expect(uploadPage({ ...page, errors: uploadErrors([]) }, 'en').status).toBe(422);
    expect(uploadErrors(Array.from({ length: 11 }, () => ({ kind: 'FORM', bytes: pdf })))).toEqual([{ box: 'form', key: 'tooMany' }]);
    expect(uploadPage({ ...page, expiresAt: '2026-07-01T20:05:00.000Z' }, 'cy').model['until']).toBe('21:05, 01/07/2026');
  });
});
