import { describe, expect, it } from '@jest/globals';
import { detect } from '../../../functions/redaction/detect/detect.ts';
import { foldWord } from '../../../functions/redaction/detect/fold.ts';

/** What the sure spans of a type cover, cut from the original by their offsets. */
function covered(text: string, type: string): string[] {
  return detect(text).spans.filter(span => span.type === type && span.action === 'auto').map(span => text.slice(span.start, span.end));
}

describe('offset traps of redaction-detection.md 6.6', () => {
  it('offsets are UTF-16 code units, not code points: emoji before and within', () => {
    expect(covered('😀😀 Mr Alan Smythe', 'PERSON')).toEqual(['Mr Alan Smythe']);
    expect(covered('👩‍🚀: jane@example.org 🎈', 'EMAIL')).toEqual(['jane@example.org']);
  });

  it('composed and decomposed marks have other lengths, and both are covered whole', () => {
    const composed = 'Mrs Siân Müller';
    expect(covered(composed, 'PERSON')).toEqual([composed]);
    const decomposed = composed.normalize('NFD');
    expect(decomposed.length).toBe(composed.length + 2);
    expect(covered(decomposed, 'PERSON')).toEqual([decomposed]);
  });

  it('folding that grows (İ to two units, ß to ss, ﬁ to fi) shifts nothing after it', () => {
    expect('İ'.toLowerCase().length).toBe(2);
    expect(covered('İİİ ßßß ﬁﬁﬁ Mr İlker İşeri met Dr Weiß. Then İşeri left.', 'PERSON')).toEqual(['Mr İlker İşeri', 'Dr Weiß', 'İşeri']);
    expect(foldWord('İşeri')).toBe(foldWord('iseri'));
  });

  it('a ligature within a match is covered as the one unit it is', () => {
    expect(covered('Mr Griﬃths said', 'PERSON')).toEqual(['Mr Griﬃths']);
  });

  it.each([
    ['soft hyphen', 'AB 12\u00AD 34 56 C'], ['zero-width space', 'AB\u200B123456C'], ['no-break blanks', 'AB\u00A012\u00A034\u00A056\u00A0C'],
    ['non-breaking hyphen', 'AB\u201112\u201134\u201156\u2011C'], ['joiner', 'AB12\u200D3456C'],
  ])('%s does not hide an identifier', (_, value) => {
    expect(covered(`NINO ${value}.`, 'NINO')).toEqual([value]);
  });

  it('curly and straight quotes are one: O’Neill and O\'Neill', () => {
    expect(covered("Mr O’Neill came. O'Neill left; ONEILL too.", 'PERSON')).toEqual(['Mr O’Neill', "O'Neill", 'ONEILL']);
  });

  it('letters beyond ASCII belong to their word: Zoë, Łukasz', () => {
    expect(covered('Witness: Zoë Łukasiewicz, who', 'PERSON')).toEqual(['Zoë Łukasiewicz']);
  });

  it('line ends within an address and a double name, LF or CRLF', () => {
    const address = 'Flat 3\r\n22 Larch Grove\r\nWinsford\r\nCW7 1AA';
    expect(covered(`Address then:\r\n${address}\r\n`, 'ADDRESS').join('')).toContain('22 Larch Grove\r\nWinsford\r\nCW7 1AA');
    expect(covered('Mrs Anna Harper-\r\nLee said', 'PERSON')).toEqual(['Mrs Anna Harper-\r\nLee']);
    expect(covered('Ms Jo\nMarchbank said', 'PERSON')).toEqual(['Ms Jo\nMarchbank']);
  });

  it('lone surrogates and control characters harm nothing', () => {
    expect(covered('\uD83D Mr Alan Smythe \uDE00\u0000', 'PERSON')).toEqual(['Mr Alan Smythe']);
  });
});
