import { digitsOf } from './text.ts';

/**
 * A United Kingdom number in national or international form: the significant number begins 1, 2, 3, 5, 7, 8 or 9 and has ten digits,
 * or nine for some 01 and 0800 numbers (Ofcom's National Telephone Numbering Plan).
 */
export function isUkPhone(value: string): boolean {
  const extension = value.search(/[EeXx#]/);
  const significant = digitsOf(extension < 0 ? value : value.slice(0, extension));
  return /^(?:0044|44)?0?(?:[12357]\d{9}|[89]\d{9}|1\d{8}|800\d{6})$/.test(significant);
}
