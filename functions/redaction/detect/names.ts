import { functionWords, nameStops } from './words.ts';

/** One word of a name: O'Neill, Smith-Jones, Zoë; a possessive 's is left outside. */
export const nameWord = String.raw`\p{Lu}[\p{L}\p{M}]{0,30}(?:['-](?!s(?![\p{L}\p{M}]))[\p{L}][\p{L}\p{M}]{0,30}){0,3}`;
const particles = new Set('de da do dos del der den di du la le van von al el bin bint binti ibn ben ap ab y e'.split(' '));
const particle = `(?:de la|van der|van den|von der|${[...particles].join('|')})`;
export const initials = String.raw`(?:\p{Lu}\.[ ]?){1,4}`;

/** Words of a name with single blanks or one line end between them, initials and particles allowed: at most five words. */
export const fullName = String.raw`(?:${initials})?${nameWord}(?:(?:[ ]|[ ]?\n)(?:${particle}[ ]|${initials}|\p{Lu}[ ])?${nameWord}){0,4}`;
/** As `fullName`, on one line. */
export const lineName = String.raw`(?:${initials})?${nameWord}(?:[ ](?:${particle}[ ]|${initials}|\p{Lu}[ ])?${nameWord}){0,4}`;

/** Months that are names too; within a run of names they are that. */
const monthNames = new Set(['april', 'may', 'june', 'august', 'march']);

/**
 * Cuts a run of capitalised words at the first that no name holds (The, Police, Street, Monday); `null` when nothing is left.
 * After a title Page and May are names.
 */
export function cutName(run: string, isTitled = false): string | null {
  let end = 0;
  let from = 0;
  while (from < run.length) {
    const to = wordEnd(run, from);
    const word = run.slice(from, to);
    const key = (word.endsWith('.') ? word.slice(0, -1) : word).toLowerCase();
    const stops = isTitled && end === 0 ? functionWords : nameStops;
    if (stops.has(key) && !(end > 0 && monthNames.has(key))) break;
    if (!particles.has(word)) end = to;
    from = to + 1;
  }
  const name = run.slice(0, end);
  return /\p{L}{2}/u.test(name) ? name : null;
}

/** Where the word that begins at `from` ends: at a blank, a line end or the end. */
export function wordEnd(run: string, from: number): number {
  for (let i = from; i < run.length; i++) {
    const character = run.charAt(i);
    if (character === ' ' || character === '\n') return i;
  }
  return run.length;
}

/** As `cutName`, and at least two words of two letters remain. */
export function cutFullName(run: string): string | null {
  const name = cutName(run);
  return name !== null && (name.match(/\p{L}[\p{L}\p{M}'-]+/gu)?.length ?? 0) >= 2 ? name : null;
}
