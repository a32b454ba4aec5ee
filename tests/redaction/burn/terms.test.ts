import { describe, expect, it } from '@jest/globals';
import { findTerms, prepareTerm, wholeWords } from '../../../functions/redaction/burn/locate/terms.ts';

function found(text: string, term: string): string[] {
  const prepared = prepareTerm(term);
  return prepared === undefined ? [] : findTerms(text, [prepared]).map(span => text.slice(span.start, span.end));
}

describe('finding literal terms', () => {
  it.each([
    ['other case', 'seen by MARGARET today', 'Margaret', 'MARGARET'],
    ['accents', 'Mr Núñez said', 'Nunez', 'Núñez'],
    ['decomposed accents', 'Mr Nu\u0301n\u0303ez said', 'Núñez', 'Nu\u0301n\u0303ez'],
    ['ligature', 'the o\ufb03ce', 'office', 'o\ufb03ce'],
    ['soft hyphen', 'Feather\u00adstone left', 'Featherstone', 'Feather\u00adstone'],
    ['hyphen at a line end', 'Asso-\nciation of', 'Association', 'Asso-\nciation'],
    ['PDFium hyphen mark', 'Asso\u0002\nciation of', 'Association', 'Asso\u0002\nciation'],
    ['letter-spaced', 'by H e l l o and', 'Hello', 'H e l l o'],
    ['two words over a line', 'Dilys\nAshgrove left', 'Dilys Ashgrove', 'Dilys\nAshgrove'],
    ['no-break space', 'Dilys\u00a0Ashgrove left', 'Dilys Ashgrove', 'Dilys\u00a0Ashgrove'],
    ['curly quote', 'Mr O’Hara came', "O'Hara", 'O’Hara'],
    ['hyphen for a space', 'Smith-Jones came', 'Smith Jones', 'Smith-Jones'],
    ['part of a word, widened', 'KESTREL07 flew', 'KESTREL', 'KESTREL07'],
    ['full-width letters', 'ＫＥＳＴＲＥＬ flew', 'Kestrel', 'ＫＥＳＴＲＥＬ'],
    ['a stray space inside', 'Feather stone left', 'Featherstone', 'Feather stone'],
    ['figures with spaces', 'NHS 943 476 5919 noted', '9434765919', '943 476 5919'],
  ])('%s', (_, text, term, expected) => expect(found(text, term)).toEqual([expected]));

  it('does not join the ends of two words', () => expect(found('can now and again', 'anno')).toEqual([]));
  it('finds nothing for a term of signs only', () => expect(found('a - b', '-')).toEqual([]));
  it('finds every occurrence and keeps their order', () => expect(found('Ash, ash; ASH', 'ash')).toEqual(['Ash', 'ash', 'ASH']));
  it('widens over a hyphen inside a word but not over a dash', () => {
    expect(wholeWords('well-known – fact', { start: 0, end: 2 })).toEqual({ start: 0, end: 10 });
  });
});
