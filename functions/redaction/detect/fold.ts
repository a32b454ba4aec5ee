/** Letters that NFD leaves whole, as records without them spell them. */
const letters: Readonly<Record<string, string>> = {
  ø: 'o', đ: 'd', ð: 'd', ł: 'l', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'n', ĸ: 'k',
};

/**
 * The key under which spellings of one word meet: no case, marks, apostrophes or full stops ("O’Neill", "ONEILL", "Siân", "SIAN").
 * A key is compared with keys only; it has no offsets (redaction-detection.md 6.6: folding changes lengths).
 */
export function foldWord(word: string): string {
  if (/^[a-z]+$/.test(word)) return word;
  const bare = word.normalize('NFD').replaceAll(/[\p{M}'.]/gu, '').toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  return /^[a-z\d-]*$/.test(bare) ? bare : bare.replaceAll(/[øđðłßæœþıħŧŋĸ]/g, letter => letters[letter] ?? letter);
}

/** Characters that optical recognition confuses, each class as one: 0 and O, 1, I and l, 5 and S, 8 and B. */
export function foldConfusions(key: string): string {
  return key.replaceAll(/[01il58|]/g, character => confusions[character] ?? character).replaceAll('rn', 'm');
}
const confusions: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', i: 'l', '|': 'l', 5: 's', 8: 'b' };

export interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly key: string;
}

const wordPattern = /[\p{L}\p{M}\d]+(?:['-](?!s(?![\p{L}\p{M}]))[\p{L}\p{M}\d]+){0,6}/gu;

/** The words of normalised text with their keys; a possessive 's stays outside its word. */
export function wordsOf(text: string): Word[] {
  const found: Word[] = [];
  for (const match of text.matchAll(wordPattern)) {
    found.push({ start: match.index, end: match.index + match[0].length, text: match[0], key: foldWord(match[0]) });
  }
  return found;
}
