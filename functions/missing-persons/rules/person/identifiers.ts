/**
 * Numbers that things and records carry, with what their issuers say of their form (3.2). Each reader gives the normal form, or undefined when the number cannot be one.
 */
const compact = (raw: string): string => raw.normalize('NFKC').toUpperCase().replaceAll(/[\s.\u2010-\u2015-]/g, '');

/** IMEI of 15 digits with the Luhn digit of 3GPP TS 23.003 annex B; `/` too, as older handsets print it. All zeros is no handset. */
export function readImei(raw: string): string | undefined {
  const digits = compact(raw).replaceAll('/', '');
  return /^\d{15}$/.test(digits) && !/^0+$/.test(digits) && luhn(digits) ? digits : undefined;
}

function luhn(digits: string): boolean {
  const sum = Array.from(digits).reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** NHS number: 10 digits, the last by modulus 11 of the first nine weighted 10 to 2 (NHS Data Dictionary). A check figure of 10 is never issued. */
export function readNhsNumber(raw: string): string | undefined {
  const digits = compact(raw);
  if (!/^\d{10}$/.test(digits)) return undefined;
  const sum = Array.from(digits.slice(0, 9)).reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
  const check = (11 - sum % 11) % 11;
  return check === Number(digits[9]) ? digits : undefined;
}

/** Vehicle registration mark: letters and digits without spaces. Foreign and cherished marks have no common form, so only the alphabet and the length (2 to 10) are looked at. */
export function readVrm(raw: string): string | undefined {
  const mark = compact(raw);
  return /^[A-Z0-9]{2,10}$/.test(mark) ? mark : undefined;
}

/** National Insurance number: HMRC's form (NIM39110) without the prefixes that are never given out; the suffix may be left out. */
export function readNiNumber(raw: string): string | undefined {
  const number = compact(raw);
  const isGiven = /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?$/.test(number);
  return isGiven && !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(number) ? number : undefined;
}

/** Passport number of any state: ICAO 9303 gives it 9 characters of letters and digits at most; some states' are shorter. */
export function readPassport(raw: string): string | undefined {
  const number = compact(raw);
  return /^[A-Z0-9]{5,9}$/.test(number) ? number : undefined;
}
