import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalise, toOriginal } from '../../../functions/redaction/detect/normalise.ts';

/** Any text, rich in what folds: ligatures, marks, dashes, inkless characters, line ends, astral characters, lone surrogates. */
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', 'Z', '7', ' ', '-', '\n', '\r\n', '\r', '-\n', '-\r\n  ', '\u00AD', '\u200B', '\u200D', '\u00A0', '\u2011', '–', '’', '“', 'ﬁ', 'ß', 'İ', 'e\u0301', 'é', '①', '½', 'ﷺ', '💷', '👩‍🚀', '𝟙', '٣', '\uD83D', '\uDE00', '\uFEFF'),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
  maxLength: 60,
});

function cutsPair(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}

describe('normalise', () => {
  it('maps every unit to a stretch of the original, in order and within it', () => {
    fc.assert(fc.property(nasty, text => {
      const { text: folded, map } = normalise(text);
      let before = 0;
      for (let i = 0; i < folded.length; i++) {
        const { start, end } = toOriginal(map, i, i + 1);
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        before = start;
      }
    }), { numRuns: 400 });
  });

  it('round-trips: folding the original stretch of any span gives that span again, or what encloses it', () => {
    fc.assert(fc.property(nasty, fc.nat(), fc.nat(), (text, a, b) => {
      const { text: folded, map } = normalise(text);
      fc.pre(folded.length > 0);
      const from = Math.min(a % folded.length, b % folded.length);
      const to = Math.max(a % folded.length, b % folded.length) + 1;
      // Detectors match with the `u` flag, so no span begins or ends inside a surrogate pair.
      fc.pre(!cutsPair(folded, from) && !cutsPair(folded, to));
      const { start, end } = toOriginal(map, from, to);
      // A line-end hyphen folds by what stands around it, so it is kept out of the cut's edges here.
      fc.pre(!/[\r\n\p{Pd}]/u.test(text.slice(Math.max(0, start - 1), start + 1) + text.slice(end - 1, end + 1)));
      expect(normalise(text.slice(start, end)).text).toContain(folded.slice(from, to));
    }), { numRuns: 400 });
  });

  it('leaves printable ASCII alone, offsets too', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 80 }).filter(text => !/`/.test(text)), text => {
      expect(normalise(text)).toEqual({ text, map: { changes: [] } });
    }));
  });

  it('is its own fixed point on what it made, but for hyphens at line ends', () => {
    fc.assert(fc.property(nasty.filter(text => !/[\n\r-]/.test(text)), text => {
      const once = normalise(text).text;
      fc.pre(!once.includes('-\n'));
      expect(normalise(once).text).toBe(once);
    }));
  });

  it.each([
    ['line-end hyphen in a word', 'Wil-\nson', 'Wilson'],
    ['line-end hyphen in a double name', 'Smith-\r\nJones', 'Smith-Jones'],
    ['soft hyphen', 'Wil\u00ADson', 'Wilson'],
    ['soft hyphen at a line end', 'Wil\u00AD\nSon', 'WilSon'],
    ['ligature', 'Griﬃths', 'Griffiths'],
    ['full-width', '０７７００', '07700'],
    ['Arabic digits', '٠٧٧', '077'],
    ['no-break blank and thin blank', 'a\u00A0b\u2009c', 'a b c'],
    ['CRLF', 'a\r\nb', 'a\nb'],
    ['a dash that is no hyphen', '1984–1990', '1984-1990'],
    ['a list dash at a line end', 'item -\nnext', 'item -\nnext'],
  ])('%s', (_, text, folded) => {
    expect(normalise(text).text).toBe(folded);
  });
});
