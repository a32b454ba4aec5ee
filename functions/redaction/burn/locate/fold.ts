/** A text reduced to what a person would call the same letters, with the way back to the source. */
export interface Folded {
  /** Lower-case letters, digits and signs without accents, spaces, hyphens or invisible characters. */
  readonly text: string;
  /** Source offset where each folded unit begins and ends (UTF-16, end exclusive). */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const letters = new Map([
  ['æ', 'ae'], ['œ', 'oe'], ['ø', 'o'], ['đ', 'd'], ['ð', 'd'], ['ł', 'l'], ['þ', 'th'], ['ı', 'i'], ['ħ', 'h'], ['ſ', 's'],
  ['‘', "'"], ['’', "'"], ['‚', "'"], ['‛', "'"], ['′', "'"], ['`', "'"], ['´', "'"], ['ʼ', "'"],
  ['“', '"'], ['”', '"'], ['„', '"'], ['‟', '"'], ['″', '"'], ['«', '"'], ['»', '"'],
]);

/** Hyphens of every kind; U+0002 and U+FFFE are what PDFium gives for a hyphen at the end of a line. */
export function isHyphen(character: string): boolean {
  return /^[-\u2010-\u2015\u2212\ufe63\uff0d\u00ad\ufffe]$/u.test(character) || character === '\u0002';
}
const invisible = /^[\p{Cf}\p{M}\ufffe\ufffd\p{Cc}]$/u;

/** Folds by redaction-engine.md 5.2: compatibility forms, case, accents, ligatures, curly quotes, every kind of space and hyphen. */
export function fold(source: string): Folded {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let offset = 0;
  for (const character of source) {
    for (const unit of foldCharacter(character)) {
      text += unit;
      starts.push(offset);
      ends.push(offset + character.length);
    }
    offset += character.length;
  }
  return { text, starts, ends };
}

/** The folded units of one code point; none for what is not to be seen, spaces and hyphens. */
function foldCharacter(character: string): string {
  if (character >= 'a' && character <= 'z') return character;
  const decomposed = character.normalize('NFKD').toUpperCase().toLowerCase();
  let out = '';
  for (const part of decomposed) {
    if (/^\s$/u.test(part) || isHyphen(part) || invisible.test(part)) continue;
    out += letters.get(part) ?? part;
  }
  return out;
}
