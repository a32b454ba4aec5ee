import { birthDays, type Birth } from '../clock/age.ts';
import { longWords, normalName, words } from './normalName.ts';
import type { PersonName } from './parts.ts';
import { readPhone } from './phone.ts';

/** What is compared of a person (15.2 item 29). A report that is sent as it is has less than a person does: every part may be missing. */
export interface Likeness {
  readonly names: readonly Partial<PersonName>[];
  readonly dob?: Birth | undefined;
  /** Of the person's own devices; E.164 where it can be read. */
  readonly phones?: readonly string[] | undefined;
  /** Of whoever reports. */
  readonly informantPhones?: readonly string[] | undefined;
  /** The home or ward, by the id of its organisation or by its name. */
  readonly placement?: string | undefined;
  readonly imeis?: readonly string[] | undefined;
  readonly nhsNo?: string | undefined;
  readonly pncId?: string | undefined;
}

/** Surnames in normal form. Somebody with one name has it as surname and as first name, for nobody knows which another record took it for. */
export function surnames({ names }: Likeness): { readonly whole: readonly string[]; readonly parts: readonly string[] } {
  const raw = names.map(({ family, given }) => family ?? given ?? '');
  return { whole: distinct(raw.map(normalName)), parts: distinct(raw.flatMap(longWords)) };
}

/** First names in normal form: the first word, of every name. */
export function firstNames({ names }: Likeness): string[] {
  return distinct(names.map(({ given, family }) => words(given ?? family ?? '')[0] ?? ''));
}

export function phonesOf(raw: readonly string[] | undefined): string[] {
  return distinct((raw ?? []).flatMap(phone => {
    const reading = readPhone(phone);
    return reading.ok ? [reading.e164] : [];
  }));
}

const BAND_YEARS = 5;

/** Bands of five years of birth that the person may belong to, widened by the year within which ages count as the same. */
function bands(dob: Birth): number[] {
  const { earliest, latest } = birthDays(dob);
  const [from, to] = [Number(earliest.slice(0, 4)) - 1, Number(latest.slice(0, 4)) + 1];
  const first = Math.floor(from / BAND_YEARS);
  return Array.from({ length: Math.floor(to / BAND_YEARS) - first + 1 }, (_, n) => (first + n) * BAND_YEARS);
}

/**
 * Keys under which a person stands in the lists that a new report is compared with: surname with band of birth, telephone, placement with first name, and numbers of records.
 * Whoever has no age stands under `none`, and everybody under `all` for those who have none. Keys hold letters, digits, `+`, `-` and `|` only.
 */
export function matchKeys(one: Likeness): string[] {
  return keysOf(one, one.dob ? [...bands(one.dob), 'all'] : ['none', 'all']);
}

/** The keys to look at for a new report: every person that the rule of item 29 could show is under one of them. */
export function matchQuery(one: Likeness): string[] {
  return keysOf(one, one.dob ? [...bands(one.dob), 'none'] : ['all']);
}

function keysOf(one: Likeness, ages: readonly (number | string)[]): string[] {
  const { whole, parts } = surnames(one);
  const placement = normalName(one.placement ?? '');
  return distinct([
    ...[...whole, ...parts].flatMap(name => ages.map(age => `s|${name}|${age}`)),
    ...phonesOf([...one.phones ?? [], ...one.informantPhones ?? []]).map(phone => `p|${phone}`),
    ...placement === '' ? [] : firstNames(one).map(name => `c|${placement}|${name}`),
    ...(one.imeis ?? []).map(imei => `i|${imei}`), ...(one.nhsNo === undefined ? [] : [`h|${one.nhsNo}`]), ...(one.pncId === undefined ? [] : [`k|${normalName(one.pncId)}`]),
  ]);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter(value => value !== '');
}
