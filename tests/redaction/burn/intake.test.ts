import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { sniff } from '../../../functions/redaction/burn/intake/sniff.ts';
import { decodeText, toDrawable } from '../../../functions/redaction/burn/intake/plainText.ts';
import { locate, redact } from './engine.ts';
import { everything, locked, statement } from './samples.ts';

describe('what comes in', () => {
  it('knows a PDF and a text by their bytes', async () => {
    expect(sniff(await statement())).toBe('pdf');
    expect(sniff(Buffer.from('Statement of D Ashgrove\n'))).toBe('text');
    expect(sniff(Buffer.from('\ufeffStatement', 'utf16le'))).toBe('text');
  });

  it.each([
    ['picture', async () => sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } }).png().toBuffer()],
    ['zip', () => Promise.resolve(Buffer.from('PK\u0003\u0004rest'))],
    ['markup', () => Promise.resolve(Buffer.from('<!DOCTYPE html><p>Ashgrove'))],
    ['mail', () => Promise.resolve(Buffer.from('From: a@example.test\nMIME-Version: 1.0\n\nhello'))],
    ['rich text', () => Promise.resolve(Buffer.from('{\\rtf1 Ashgrove}'))],
  ])('refuses a %s as unsupported', async (_, bytes) => {
    expect(await locate(await bytes())).toMatchObject({ ok: false, code: 'unsupported' });
  });

  it('refuses an empty file, and one cut off', async () => {
    expect(await locate(Buffer.alloc(0))).toMatchObject({ ok: false, code: 'empty' });
    const whole = await statement();
    expect(await locate(whole.subarray(0, whole.length / 2))).toMatchObject({ ok: false, code: 'damaged' });
    expect(await locate(Buffer.from('%PDF-1.7\nnothing of a PDF'))).toMatchObject({ ok: false, code: 'damaged' });
  });

  it('opens a locked file only with its password', async () => {
    const bytes = await locked('lantern');
    expect(await locate(bytes)).toMatchObject({ ok: false, code: 'encrypted' });
    expect(await locate(bytes, [], 'wrong')).toMatchObject({ ok: false, code: 'wrong-password' });
    expect(await locate(bytes, [], 'lantern')).toMatchObject({ ok: true });
  });

  it('decodes UTF-8, UTF-16 both ways and Windows-1252', () => {
    expect(decodeText(Buffer.from('Zoë £5'))).toBe('Zoë £5');
    expect(decodeText(Buffer.from('\ufeffZoë', 'utf16le'))).toBe('Zoë');
    expect(decodeText(Buffer.from('\ufeffZoë', 'utf16le').swap16())).toBe('Zoë');
    expect(decodeText(Buffer.from([0x5a, 0x6f, 0xeb, 0x80]))).toBe('Zoë€');
  });

  it('never drops a character that it cannot draw', () => {
    expect(toDrawable('Ŵyn Łukasz 中')).toEqual({ text: 'Wyn Lukasz <U+4E2D>', unaccented: 2, spelt: 1 });
  });
});

describe('plain text', () => {
  it('comes out as a PDF without the term, also where a line had to be wrapped', async () => {
    const long = `${'word '.repeat(40)}KESTREL ${'more '.repeat(30)}`;
    const { output, certificate, pages } = await redact(Buffer.from(`Statement\n\n${long}\n中文 and Ŵyn\n${'line\n'.repeat(90)}`), ['KESTREL']);
    expect(certificate.verdict).toBe('verified');
    expect(pages).toHaveLength(2);
    expect(pages[0]?.terms).toHaveLength(1);
    expect(await everything(output)).not.toContain('KESTREL');
    expect(certificate.warnings.join(' ')).toContain('Unicode number');
  });

  it('finds a term in letters that the fonts lack', async () => {
    const { pages } = await redact(Buffer.from('Statement of Łukasz Ŵyn\n'), ['Łukasz Ŵyn']);
    expect(pages[0]?.terms).toHaveLength(1);
  });
});
