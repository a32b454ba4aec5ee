import { digitsOf, isOneDigit } from './text.ts';

/** Luhn's check (ISO/IEC 7812-1 annex B) over the digits of a value. */
export function passesLuhn(value: string): boolean {
  const digits = digitsOf(value);
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 1 && sum % 10 === 0;
}

/** NHS, CHI and Health and Care numbers: ten digits, weights 10 to 2, modulus 11; 10 is never issued (NHS Data Dictionary). */
export function isNhsNumber(value: string): boolean {
  const digits = digitsOf(value);
  if (digits.length !== 10 || isOneDigit(digits)) return false;
  const check = 11 - weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return (check === 11 ? 0 : check) === Number(digits.charAt(9));
}

/** HMRC's unique taxpayer reference: the first of ten digits checks the other nine, weights 6 7 8 9 10 5 4 3 2, modulus 11. */
export function isUtr(value: string): boolean {
  const digits = digitsOf(value);
  if (digits.length !== 10 || isOneDigit(digits)) return false;
  const rest = weightedSum(digits.slice(1), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
  return '21987654321'.charAt(rest) === digits.charAt(0);
}

function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(digits.charAt(i)), 0);
}
