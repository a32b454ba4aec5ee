import { describe, expect, it } from '@jest/globals';
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
