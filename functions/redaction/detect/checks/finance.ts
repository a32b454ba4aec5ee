import { compact, digitsOf, isOneDigit } from './text.ts';
import { passesLuhn } from './weighted.ts';

/** Issuer ranges: prefix and the lengths issued (ISO/IEC 7812 registrants, as the schemes publish them). */
const issuers: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 18, 19]],
  [/^5[1-5]|^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 15, 16, 17, 18, 19]],
  [/^6(?:011|4[4-9]|5)/, [16, 17, 18, 19]],
  [/^(?:2131|1800)/, [15]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^62|^81/, [16, 17, 18, 19]],
  [/^(?:5[06-9]|6[0-9])/, [12, 13, 14, 15, 16, 17, 18, 19]],
];

/** Payment card: Luhn, and a prefix and length that a scheme issues. */
export function isCardNumber(value: string): boolean {
  const digits = digitsOf(value);
  return !isOneDigit(digits) && passesLuhn(digits) && issuers.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length));
}

/** IBAN length by country (SWIFT IBAN registry). */
const lengths: Readonly<Record<string, number>> = {
  AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BI: 27, BR: 29, BY: 28, CH: 21, CR: 22, CY: 28, CZ: 24, DE: 22,
  DJ: 27, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FK: 18, FO: 18, FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HN: 28,
  HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20, LB: 28, LC: 32, LI: 21, LT: 20, LU: 20, LV: 21, LY: 25,
  MC: 27, MD: 24, ME: 22, MK: 19, MN: 20, MR: 27, MT: 31, MU: 30, NI: 28, NL: 18, NO: 15, OM: 23, PK: 24, PL: 28, PS: 29, PT: 25, QA: 29,
  RO: 24, RS: 22, RU: 33, SA: 24, SC: 31, SD: 18, SE: 24, SI: 19, SK: 24, SM: 27, SO: 23, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26, UA: 29,
  VA: 22, VG: 24, XK: 20, YE: 30,
};

/** Cuts a run of letters and digits down to an IBAN's length for its country; `null` when no country or too short, or cut within a word. */
export function ibanIn(run: string): string | null {
  const wanted = lengths[run.slice(0, 2).toUpperCase()];
  if (wanted === undefined) return null;
  let seen = 0;
  for (let i = 0; i < run.length; i++) {
    if (/[A-Za-z\d]/.test(run.charAt(i))) seen++;
    if (seen === wanted) return /^[A-Za-z\d]/.test(run.slice(i + 1)) ? null : run.slice(0, i + 1);
  }
  return null;
}

/** IBAN: ISO 7064 modulus 97-10 over the number with its first four characters moved to the end. */
export function isIban(value: string): boolean {
  const solid = compact(value);
  if (lengths[solid.slice(0, 2)] !== solid.length) return false;
  const moved = solid.slice(4) + solid.slice(0, 4);
  let rest = 0;
  for (const character of moved) {
    const number = Number.parseInt(character, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}

const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3];

/** A Bitcoin address of BIP 173 or BIP 350 (`bc1...`): its own checksum. */
export function isBech32(value: string): boolean {
  const solid = value.toLowerCase();
  const data = Array.from(solid.slice(3), character => bech32.indexOf(character));
  if (!solid.startsWith('bc1') || data.includes(-1)) return false;
  const expanded = [3, 3, 0, 2, 3, ...data];
  const sum = expanded.reduce((state, next) => {
    const top = state >>> 25;
    const shifted = ((state & 0x1FFFFFF) << 5) ^ next;
    return generators.reduce((mixed, generator, i) => ((top >>> i) & 1 ? mixed ^ generator : mixed), shifted);
  }, 1);
  return sum === 1 || sum === 0x2BC830A3;
}
