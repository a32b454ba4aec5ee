import { digitsOf } from './text.ts';

/**
 * A United Kingdom number in national or international form: the significant number begins 1, 2, 3, 5, 7, 8 or 9 and has ten digits,
 * or nine for some 01 and 0800 numbers (Ofcom's National Telephone Numbering Plan).
 */
export function isUkPhone(value: string): boolean {
  const significant = digitsOf(value.replace(/\s{0,3}(?:ext|x|#).*$/i, '')).replace(/^(?:0044|44)/, '').replace(/^0/, '');
  return /^(?:[12357]\d{9}|[89]\d{9}|1\d{8}|800\d{6})$/.test(significant);
}
