import { compact } from './text.ts';

/** Prefixes that HMRC never allocates or uses for administration (the DWP's public validator). */
const refusedPrefixes = new Set(['BG', 'GB', 'NK', 'KN', 'TN', 'NT', 'ZZ']);

/** National Insurance number: two letters, six digits, a suffix A to D that may be missing. There is no check digit. */
export function isNino(value: string): boolean {
  const solid = compact(value);
  return /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?$/.test(solid) && !refusedPrefixes.has(solid.slice(0, 2));
}

/**
 * Great Britain driver number: five of the surname padded with 9, decade, month (50 more for a woman), day, year, two initials (or 9),
 * then three characters whose algorithm DVLA does not publish: structure only.
 */
export function isDriverNumber(value: string): boolean {
  const parts = /^([A-Z]{1,5}9{0,4})(\d)(\d{2})(\d{2})(\d)([A-Z9]{2})[A-Z\d]{3}(?:\d{2})?$/.exec(compact(value));
  if (parts?.[1]?.length !== 5) return false;
  const month = Number(parts[3]) % 50;
  const day = Number(parts[4]);
  return Number(parts[3]) <= 62 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && /^[A-Z]{1,2}9{0,1}$|^99$/.test(parts[6] ?? '');
}

/** Machine-readable zones of travel documents: the check digits of ICAO Doc 9303 (weights 7 3 1; `<` is 0, A is 10). */
export function isMachineReadableZone(value: string): boolean {
  const lines = value.toUpperCase().replaceAll(/[ \t]/g, '').split('\n').filter(line => line !== '');
  const [first = '', second = ''] = lines;
  switch (lines.map(line => line.length).join(' ')) {
    case '44': return hasTd3Checks(first);
    case '44 44': return hasTd3Checks(second);
    case '36 36': return hasTd2Checks(second);
    case '30 30 30': return hasTd1Checks(first, second);
    default: return false;
  }
}

const hasTd3Checks = (line: string): boolean =>
  isChecked(line, 0, 9) && isChecked(line, 13, 19) && isChecked(line, 21, 27)
  && (isChecked(line, 28, 42) || /^<{15}$/.test(line.slice(28, 43)))
  && checkDigit(line.slice(0, 10) + line.slice(13, 20) + line.slice(21, 43)) === line.charAt(43);

const hasTd2Checks = (line: string): boolean =>
  isChecked(line, 0, 9) && isChecked(line, 13, 19) && isChecked(line, 21, 27)
  && checkDigit(line.slice(0, 10) + line.slice(13, 20) + line.slice(21, 35)) === line.charAt(35);

const hasTd1Checks = (first: string, second: string): boolean =>
  isChecked(first, 5, 14) && isChecked(second, 0, 6) && isChecked(second, 8, 14)
  && checkDigit(first.slice(5, 30) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29)) === second.charAt(29);

function isChecked(line: string, from: number, to: number): boolean {
  return checkDigit(line.slice(from, to)) === line.charAt(to);
}

/** The ICAO 9303 check digit of a field. */
export function checkDigit(field: string): string {
  const weights = [7, 3, 1];
  const sum = Array.from(field).reduce((total, character, i) => total + valueOf(character) * (weights[i % 3] ?? 1), 0);
  return String(sum % 10);
}

function valueOf(character: string): number {
  if (character === '<') return 0;
  return /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 55;
}
