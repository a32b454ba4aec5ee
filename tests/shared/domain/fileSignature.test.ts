import { describe, expect, it } from '@jest/globals';
import { scanResultOf } from '../../../functions/goodsam/rules/defender.ts';
import { sniff, typeCheck } from '../../../shared/domain/fileSignature.ts';

const hex = (value: string): Uint8Array => Buffer.from(value, 'hex');
const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');

describe('sniff', () => {
  it.each([
    ['image/jpeg', hex('ffd8ffe000104a46')], ['image/png', hex('89504e470d0a1a0a')], ['image/heic', text('\0\0\0\x18ftypheic')], ['image/heic', text('\0\0\0\x18ftypmif1')],
    ['video/mp4', text('\0\0\0\x18ftypisom')], ['video/mp4', text('\0\0\0\x18ftypmp42')], ['video/quicktime', text('\0\0\0\x14ftypqt  ')], ['video/3gpp', text('\0\0\0\x14ftyp3gp5')],
    ['video/webm', hex('1a45dfa3')], ['application/pdf', text('%PDF-1.7')], ['video/x-msvideo', text('RIFF\0\0\0\0AVI ')], ['image/webp', text('RIFF\0\0\0\0WEBP')],
    ['application/x-msdownload', text('MZ\x90\0')], ['application/zip', text('PK\x03\x04')],
    [undefined, text('just words')], [undefined, new Uint8Array(0)], [undefined, hex('ffd8')],
  ])('%s', (mime, head) => expect(sniff(head)).toBe(mime));
});

describe('typeCheck', () => {
  it.each([
    ['video/mp4', 'video/mp4', 'AGREES'], ['video/mp4', 'video/quicktime', 'AGREES'], ['Image/JPEG; charset=x', 'image/jpeg', 'AGREES'], ['image/heif', 'image/heic', 'AGREES'],
    ['image/jpeg', 'application/x-msdownload', 'DISPUTED'], ['image/jpeg', undefined, 'DISPUTED'], ['text/plain', 'application/pdf', 'DISPUTED'],
    ['text/plain', undefined, 'UNKNOWN'], ['application/octet-stream', 'video/mp4', 'UNKNOWN'], ['', undefined, 'UNKNOWN'],
  ] as const)('%s that looks like %s', (declared, found, result) => expect(typeCheck(declared, found)).toBe(result));
});

describe('the event of Defender for Storage', () => {
  const event = (changes: object = {}, outer: object = {}) => ({
    id: 'event-1', subject: 'storageAccounts/sample/containers/quarantine/blobs/ev-1', eventType: 'Microsoft.Security.MalwareScanningResult', eventTime: '2026-11-25T09:00:01Z', dataVersion: '1.0',
    data: {
      correlationId: 'c', blobUri: 'https://sampleaccount.blob.core.windows.net/quarantine/folder/ev%201', eTag: '0x8D', scanFinishedTimeUtc: '2026-11-25T09:00:00.1234567Z',
      scanResultType: 'No threats found', scanResultDetails: null, ...changes,
    },
    ...outer,
  });
  const place = { eventId: 'event-1', account: 'sampleaccount', container: 'quarantine', blobName: 'folder/ev 1' };

  it('is read in both schemas of Event Grid', () => {
    expect(scanResultOf(event())).toEqual({ ...place, verdict: 'CLEAN' });
    expect(scanResultOf(event({}, { eventType: undefined, type: 'Microsoft.Security.MalwareScanningResult' }))).toEqual({ ...place, verdict: 'CLEAN' });
    expect(scanResultOf(event({ scanResultType: 'Malicious', scanResultDetails: { malwareNamesFound: ['DOS/EICAR_Test_File'], sha256: 'AB'.repeat(32) } })))
      .toEqual({ ...place, verdict: 'INFECTED', sha256: 'ab'.repeat(32) });
    expect(scanResultOf(event({ scanResultDetails: { sha256: 'too short' } }))).toEqual({ ...place, verdict: 'CLEAN' });
  });

  it('only its one good word is CLEAN', () => {
    for (const word of ['Error', 'Not scanned', 'Suspicious', 'Something new', '', 'No threats found?', 'Clean']) expect(scanResultOf(event({ scanResultType: word }))?.verdict).toBe('ERROR');
  });

  it('what is another event, or cannot be read, is none', () => {
    for (const received of [undefined, 'x', {}, event({}, { eventType: 'Microsoft.Storage.BlobCreated' }), event({ blobUri: 'no address' }), event({ blobUri: 'https://a.blob.core.windows.net/quarantine' }),
      event({ blobUri: 'https://a.blob.core.windows.net/quarantine/%zz' }), event({ scanResultType: 7 })]) expect(scanResultOf(received)).toBeUndefined();
  });
});
