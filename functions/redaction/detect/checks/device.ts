import { compact, digitsOf, isOneDigit } from './text.ts';
import { passesLuhn } from './weighted.ts';

/** Handset: fourteen digits and a Luhn digit (3GPP TS 23.003 annex B). */
export const isImei = (value: string): boolean => {
  const digits = digitsOf(value);
  return digits.length === 15 && !isOneDigit(digits) && passesLuhn(digits);
};

/** SIM card: 89 (telecommunications), 19 or 20 digits, Luhn (ITU-T E.118). */
export const isIccid = (value: string): boolean => {
  const digits = digitsOf(value);
  return digits.startsWith('89') && (digits.length === 19 || digits.length === 20) && passesLuhn(digits);
};

const vinValues: Readonly<Record<string, number>> = {
  A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8, J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9, S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9,
};
const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** ISO 3779 number with the check digit of 49 CFR 565; only North America demands it, so its absence proves nothing. */
export function hasVinCheckDigit(value: string): boolean {
  const solid = compact(value);
  const sum = vinWeights.reduce((total, weight, i) => total + weight * (vinValues[solid.charAt(i)] ?? Number(solid.charAt(i))), 0);
  const rest = sum % 11;
  return solid.length === 17 && solid.charAt(8) === (rest === 10 ? 'X' : String(rest));
}

/** Four octets, none above 255 nor with a leading zero. */
export const isIpv4 = (value: string): boolean =>
  value.split('.').every(octet => Number(octet) <= 255 && (octet === '0' || !octet.startsWith('0')));

/** Eight groups of hexadecimal, or fewer with one `::` (RFC 4291); a time such as 11:34:35 is neither. */
export function isIpv6(value: string): boolean {
  const gaps = value.split('::').length - 1;
  const groups = value.split(':').filter(group => group !== '');
  if (!groups.every(group => /^[\da-f]{1,4}$/i.test(group))) return false;
  return gaps === 1 ? groups.length >= 2 && groups.length <= 7 && !/^:[^:]|[^:]:$/.test(value) : gaps === 0 && groups.length === 8;
}

/** Area letters of Great Britain's marks leave out I, Q and Z at the front; the last three leave out I and Q (DVLA INF104). */
export const isCurrentMark = (value: string): boolean => /^[A-HJ-PR-Y][A-HJ-PR-Y]\d{2}[A-HJ-PR-Z]{3}$/.test(compact(value));
