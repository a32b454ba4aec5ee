import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { detect } from '../../../functions/redaction/detect/detect.ts';

function terms(text: string, ...list: string[]): string[] {
  return detect(text, { terms: list, rules: false }).spans.map(span => text.slice(span.start, span.end));
}

describe('terms', () => {
  it.each([
    ['any case', 'Kestrel KESTREL kestrel', ['Kestrel', 'KESTREL', 'kestrel']],
    ['within a word', 'xKESTREL-01, KESTRELs', ['KESTREL', 'KESTREL']],
    ['letter-spaced', 'a K E S T R E L b', ['K E S T R E L']],
    ['broken over a line', 'Kes-\r\ntrel', ['Kes-\r\ntrel']],
    ['with marks and ligatures', 'Késtrel ＫＥＳＴＲＥＬ', ['Késtrel', 'ＫＥＳＴＲＥＬ']],
    ['with inkless characters', 'Kes\u200Btrel Kes\u00ADtrel', ['Kes\u200Btrel', 'Kes\u00ADtrel']],
  ])('%s', (_, text, wanted) => {
    expect(terms(text, 'KESTREL')).toEqual(wanted);
  });

  it('of several words stand with any blanks or line ends between them', () => {
    expect(terms('Operation  Kestrel; operation\nkestrel', 'operation kestrel')).toEqual(['Operation  Kestrel', 'operation\nkestrel']);
  });

  it('of fewer than four characters are whole words', () => {
    expect(terms('Li went to Liverpool with LI.', 'Li')).toEqual(['Li', 'LI']);
  });

  it('without a letter or digit are ignored, and overlapping terms are one cover', () => {
    expect(terms('a -- b', '--', ' ')).toEqual([]);
    expect(terms('abcdefgh', 'abcdef', 'defgh').join('')).toBe('abcdefgh');
  });

  it('any term is found wherever it is planted', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'x', 'À', 'é', 'ß', 'ø', 'Ł'), minLength: 4, maxLength: 10 });
    fc.assert(fc.property(word, fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (term, before, after) => {
      const text = `${before} ${term} ${after}`;
      const at = before.length + 1;
      const covered = detect(text, { terms: [term], rules: false }).spans.some(span => span.start <= at && span.end >= at + term.length);
      expect(covered).toBe(true);
    }), { numRuns: 300 });
  });
});

describe('allow list', () => {
  const text = 'Mr Tamsin Orrery, Tamsin and Orrery; his sister Oona Orrery; tel 07700 900123.';
  it('leaves the data subject by every form of the name and by value, and not a relative', () => {
    const found = detect(text, { allow: ['Tamsin Orrery', '07700900123'] }).spans.filter(span => span.action === 'auto').map(span => text.slice(span.start, span.end));
    expect(found).toEqual(['Oona Orrery']);
  });

  it('yields to a term', () => {
    expect(detect('Orrery', { allow: ['Orrery'], terms: ['Orrery'] }).spans.map(span => span.type)).toEqual(['TERM']);
  });
});
