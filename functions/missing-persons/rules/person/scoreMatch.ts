import { birthDays, type Birth } from '../clock/age.ts';
import { firstNames, phonesOf, surnames, type Likeness } from './matchKeys.ts';
import { isNearly, normalName } from './normalName.ts';

/**
 * How alike two people are (15.2 item 29). The score only orders what a person looks at: nothing is ever merged by it, and twins, or two who share a telephone, stay two
 * (extra stress). Weights are ours (DES).
 */
export interface Match {
  /** 0 to 100. */
  readonly score: number;
  /** Sentences for the screen, the strongest first; no personal data. */
  readonly because: readonly string[];
  /** The rule of item 29 says that this match is shown; otherwise it is only alike. */
  readonly isShown: boolean;
}

interface Reason {
  readonly weight: number;
  readonly why: string;
}

const YEAR_DAYS = 366;
const OWN_PHONE = 40;
/** Twins share all but the first name: they never look like the same person. */
const TWIN_MOST = 75;

export function scoreMatch(a: Likeness, b: Likeness): Match {
  const found: Found = { record: recordReason(a, b), phone: phoneReason(a, b), surname: surnameReason(a, b), first: firstNameReason(a, b), age: ageReason(a.dob, b.dob), placement: samePlacement(a, b) };
  const reasons = Object.values(found).filter(reason => reason !== undefined).sort((one, other) => other.weight - one.weight);
  const most = (found.first?.weight ?? 0) < 0 ? TWIN_MOST : 100;
  const score = Math.min(most, Math.max(0, reasons.reduce((sum, { weight }) => sum + weight, 0)));
  return { score, because: reasons.map(({ why }) => why), isShown: isRuled(found) };
}

type Found = Readonly<Record<'record' | 'phone' | 'surname' | 'first' | 'age' | 'placement', Reason | undefined>>;

/** Item 29: same surname and age within a year (or no age to tell), same telephone, same placement and first name; the number of a record is ours (DES). */
function isRuled({ record, phone, surname, first, age, placement }: Found): boolean {
  const isSameFirst = first !== undefined && first.weight > 0;
  // A children's home rings from one number about every child: that number alone says nothing of two who share no part of a name.
  const isPhoneTelling = phone !== undefined && (phone.weight >= OWN_PHONE || surname !== undefined || first === undefined || isSameFirst);
  const isSurnameTelling = surname !== undefined && (age === undefined || age.weight > 0);
  return record !== undefined || isPhoneTelling || isSurnameTelling || (placement !== undefined && isSameFirst);
}

/** The candidates that the rule shows, the best first. Equal scores keep their order. */
export function shownMatches<T>(of: Likeness, candidates: readonly { readonly likeness: Likeness; readonly about: T }[]): { readonly about: T; readonly match: Match }[] {
  return candidates.map(({ likeness, about }) => ({ about, match: scoreMatch(of, likeness) })).filter(({ match }) => match.isShown).sort((a, b) => b.match.score - a.match.score);
}

function surnameReason(a: Likeness, b: Likeness): Reason | undefined {
  const [one, other] = [surnames(a), surnames(b)];
  if (meet(one.whole, other.whole)) return { weight: 25, why: 'The surname is the same.' };
  const isPart = meet(one.parts, other.whole) || meet(one.whole, other.parts) || meet(one.parts, other.parts);
  return isPart ? { weight: 12, why: 'A part of the surname is the same.' } : undefined;
}

/** Two first names that differ speak against it: brothers, sisters and twins share everything else. */
function firstNameReason(a: Likeness, b: Likeness): Reason | undefined {
  const [one, other] = [firstNames(a), firstNames(b)];
  if (one.length === 0 || other.length === 0) return undefined;
  if (meet(one, other)) return { weight: 20, why: 'A first name is the same.' };
  if (one.some(name => other.some(also => isNearly(name, also)))) return { weight: 10, why: 'A first name is nearly the same.' };
  return { weight: -15, why: 'The first names differ: this may be a brother, sister or twin.' };
}

/** Within a year, whole ranges counted (item 29). */
function ageReason(a: Birth | undefined, b: Birth | undefined): Reason | undefined {
  if (!a || !b) return undefined;
  if (a.by === 'DATE' && b.by === 'DATE' && a.date === b.date) return { weight: 35, why: 'The date of birth is the same.' };
  return apartDays(a, b) <= YEAR_DAYS ? { weight: 15, why: 'The ages are within a year.' } : { weight: -25, why: 'The ages differ by more than a year.' };
}

/** Days between the two ranges of birth; 0 when they overlap. */
function apartDays(a: Birth, b: Birth): number {
  const [one, other] = [birthDays(a), birthDays(b)];
  const gap = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return Math.max(0, gap(one.latest, other.earliest), gap(other.latest, one.earliest));
}

function phoneReason(a: Likeness, b: Likeness): Reason | undefined {
  if (meet(phonesOf(a.phones), phonesOf(b.phones))) return { weight: OWN_PHONE, why: 'A telephone of the missing person is the same.' };
  const [one, other] = [phonesOf([...a.phones ?? [], ...a.informantPhones ?? []]), phonesOf([...b.phones ?? [], ...b.informantPhones ?? []])];
  return meet(one, other) ? { weight: 20, why: 'A telephone of the report is the same.' } : undefined;
}

function samePlacement(a: Likeness, b: Likeness): Reason | undefined {
  const placement = normalName(a.placement ?? '');
  return placement !== '' && placement === normalName(b.placement ?? '') ? { weight: 15, why: 'The placement is the same.' } : undefined;
}

function recordReason(a: Likeness, b: Likeness): Reason | undefined {
  const isSame = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;
  if (isSame(a.nhsNo, b.nhsNo) || isSame(a.pncId, b.pncId)) return { weight: 60, why: 'The number of a record is the same.' };
  return meet(a.imeis ?? [], b.imeis ?? []) ? { weight: 40, why: 'A handset is the same.' } : undefined;
}

function meet(a: readonly string[], b: readonly string[]): boolean {
  return a.some(value => b.includes(value));
}
