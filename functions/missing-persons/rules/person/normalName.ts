/** Letters that are no letter with a mark, so that NFKD leaves them as they are. */
const letters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/**
 * A name as it is compared: without case, marks, hyphens, apostrophes and spaces, so that O'Neill, O’Neill, ONEILL and O Neill are one, and Smith-Jones is Smith Jones. Letters and
 * digits of any script stay. Empty for a name that has none, such as one of emoji.
 */
export function normalName(raw: string): string {
  return words(raw).join('');
}

/** The words of a name in that form; an apostrophe does not part two words, a hyphen or a space does. */
export function words(raw: string): string[] {
  return raw.normalize('NFKD').toLowerCase().replaceAll(/[\p{M}'\u2018\u2019\u02bc`\u00b4]/gu, '').replaceAll(/[ßæœøłđðþı]/g, letter => letters[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
}

/** Words of a double name that may stand alone in another record; shorter ones are particles (van, der, de, bin). */
export function longWords(raw: string): string[] {
  const all = words(raw);
  return all.length > 1 ? all.filter(word => word.length >= 4) : [];
}

/** Whether two normal names are one letter apart: one changed, added, left out, or two neighbours swapped. Names of fewer than 4 letters are too short to say so. */
export function isNearly(a: string, b: string): boolean {
  if (a === b || Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const isSwap = restA.slice(0, 2) === Array.from(restB.slice(0, 2)).reverse().join('') && restA.slice(2) === restB.slice(2);
  return isSwap || restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}
