import { birthDays, type Birth } from '../clock/age.ts';
import { must, type FieldFailure } from './fieldFailure.ts';
import { phonesOf, type Likeness } from './matchKeys.ts';
import { normalName, words } from './normalName.ts';

/**
 * Search by name, alias, telephone, date of birth and placement (15.4). Names are found by any whole word of any name and by how it begins (from 3 letters); telephones whole
 * or by the last 6 digits. Keys are index rows, so a search is a read of few rows and never a scan.
 */
export interface Searched extends Likeness {
  readonly placementName?: string | undefined;
}

const PREFIX_MIN = 3;
const TAIL = 6;

export function searchKeys(one: Searched): string[] {
  const aliases = one.names.filter(({ type }) => type !== undefined && type !== 'LEGAL');
  return [...new Set([
    ...one.names.flatMap(name => nameKeys('n', name)), ...aliases.flatMap(name => nameKeys('a', name)),
    ...phonesOf([...one.phones ?? [], ...one.informantPhones ?? []]).flatMap(phone => [`p|${phone}`, `p|${phone.slice(-TAIL)}`]),
    ...birthKeys(one.dob), ...[one.placement, one.placementName].flatMap(name => placementKeys(name ?? '')),
  ])];
}

export interface PersonSearch {
  readonly name?: string | undefined;
  readonly alias?: string | undefined;
  readonly phone?: string | undefined;
  /** `2010-02-28`, or a year `2010`. */
  readonly dob?: string | undefined;
  readonly placement?: string | undefined;
  readonly reference?: string | undefined;
}

/** A reference as people read it out: letters and digits count, what stands between them does not. */
export const referenceKeys = (references: readonly (string | undefined)[]): string[] => references.map(text => text ?? '').map(text => text.normalize('NFKC').toUpperCase().replaceAll(/[^A-Z0-9]/g, '')).filter(text => text.length >= 8).map(text => `r|${text}`);

/** The keys that all must be there for a person to be found, or why the search cannot be made. */
export function searchQuery(asked: PersonSearch): { readonly keys: readonly string[]; readonly failures: readonly FieldFailure[] } {
  const name = words(asked.name ?? '');
  const alias = words(asked.alias ?? '');
  const placement = words(asked.placement ?? '');
  const phone = asked.phone === undefined ? undefined : phoneKey(asked.phone);
  const reference = referenceKeys([asked.reference]);
  const letters = [...name, ...alias].join('');
  // One letter of another script may be a whole name.
  const isTooShort = letters.length === 1 && letters <= 'z';
  const failures = [
    ...must(asked.dob === undefined || /^\d{4}(?:-\d\d-\d\d)?$/.test(asked.dob), 'dob', 'A date of birth is like 2010-02-28, or only the year.', '15.4'),
    ...must(asked.phone === undefined || phone !== undefined, 'phone', `A telephone is the whole number or its last ${TAIL} digits.`, '15.4'),
    ...must(asked.reference === undefined || reference.length > 0, 'reference', 'A reference is like MP-ABCD-EFGH or MP/CHS/2026/000123.', '15.4'),
    ...must(!isTooShort, 'name', 'Give at least two letters of the name.', '15.4'),
  ];
  const keys = [
    ...name.map(word => `n|${word}`), ...alias.map(word => `a|${word}`), ...placement.map(word => `c|${word}`),
    ...reference, ...(phone === undefined ? [] : [phone]), ...(asked.dob === undefined ? [] : [`d|${asked.dob}`]),
  ];
  return { keys, failures: [...failures, ...must(keys.length > 0 || failures.length > 0, 'name', 'Say what to look for.', '15.4')] };
}

/** Whole words, the name without its gaps (O'Neill as one), and beginnings. */
function nameKeys(kind: 'n' | 'a', name: Likeness['names'][number]): string[] {
  const parts = [name.given, name.other, name.family].filter(part => part !== undefined);
  return parts.flatMap(part => [...words(part), normalName(part)]).flatMap(word => beginnings(word).map(start => `${kind}|${start}`));
}

function beginnings(word: string): string[] {
  const starts = Array.from({ length: Math.max(0, word.length - PREFIX_MIN) }, (_, n) => word.slice(0, PREFIX_MIN + n));
  return word === '' ? [] : [...starts, word];
}

function birthKeys(dob: Birth | undefined): string[] {
  if (!dob) return [];
  const { earliest, latest } = birthDays(dob);
  const [from, to] = [Number(earliest.slice(0, 4)), Number(latest.slice(0, 4))];
  return [...(dob.by === 'DATE' ? [`d|${dob.date}`] : []), ...Array.from({ length: to - from + 1 }, (_, n) => `d|${from + n}`)];
}

function placementKeys(raw: string): string[] {
  return words(raw).flatMap(word => beginnings(word).map(start => `c|${start}`));
}

function phoneKey(raw: string): string | undefined {
  const [whole] = phonesOf([raw]);
  const digits = raw.replaceAll(/\D/g, '');
  return whole !== undefined ? `p|${whole}` : digits.length === TAIL ? `p|${digits}` : undefined;
}
