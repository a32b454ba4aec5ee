import type { Random } from './random.ts';

/** A kind of identifier with a check: how to make a true one and one whose check is wrong, by arithmetic that is not the product's own. */
export interface Kind {
  readonly name: string;
  /** The true identifier as a clerk writes it, in several forms. */
  readonly make: (random: Random) => string;
  /** The same shape with a wrong check. */
  readonly spoil: (valid: string, random: Random) => string;
  /** Sentences with `@` for the identifier. */
  readonly contexts: readonly string[];
  /** Upper-case letters only (a machine-readable zone has no other form). */
  readonly isFixed?: boolean;
}

const digitSum = (digits: string, weight: (i: number) => number): number =>
  Array.from(digits).reduce((sum, digit, i) => sum + Number(digit) * weight(i), 0);

const group = (text: string, sizes: readonly number[], by: string): string => {
  let from = 0;
  return sizes.map(size => text.slice(from, from += size)).join(by);
};

/** Another character of the same sort at a random place that is a digit. */
export function changeDigit(value: string, random: Random): string {
  const places = Array.from(value, (character, i) => [character, i] as const).filter(([character]) => /\d/.test(character)).map(([, i]) => i);
  const at = random.pick(places);
  const other = String((Number(value.charAt(at)) + 1 + random.below(9)) % 10);
  return value.slice(0, at) + other + value.slice(at + 1);
}

function changeLast(value: string, random: Random, from: string): string {
  const last = value.slice(-1);
  return value.slice(0, -1) + random.letters(1, from.replace(last.toUpperCase(), ''));
}

/** The check character of a modulus-23 police number, long division digit by digit. */
export function letter23(digits: string): string {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 23;
  return 'ZABCDEFGHJKLMNPQRTUVWXY'.charAt(rest);
}
const letters23 = 'ZABCDEFGHJKLMNPQRTUVWXY';

export function withLuhn(body: string): string {
  for (let check = 0; check < 10; check++) {
    const whole = body + String(check);
    const total = Array.from(whole).reverse().reduce((sum, digit, i) => sum + (i % 2 ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0 : Number(digit)), 0);
    if (total % 10 === 0) return whole;
  }
  throw new Error('Luhn always has a digit');
}

function nhs(random: Random): string {
  for (;;) {
    const body = random.pick(['4', '6', '7', '3', '0']) + random.digits(8);
    const check = (11 - digitSum(body, i => 10 - i) % 11) % 11;
    if (check < 10) return group(`${body}${check}`, [3, 3, 4], random.pick(['', ' ', '-', ' ', '.']));
  }
}

function utr(random: Random): string {
  const body = random.digits(9);
  const weights = [6, 7, 8, 9, 10, 5, 4, 3, 2];
  const check = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1][digitSum(body, i => weights[i] ?? 0) % 11] ?? 0;
  return group(`${check}${body}`, [5, 5], random.pick(['', ' ']));
}

function pnc(random: Random): string {
  const year = random.pick(['1979', '1985', '1999', '2001', '2010', '2024']);
  const serial = random.pick([random.digits(7), String(1 + random.below(999999))]);
  return `${random.pick([year, year.slice(2)])}/${serial}${letter23(year.slice(2) + serial.padStart(7, '0'))}`;
}

function cro(random: Random): string {
  const year = random.pick(['39', '79', '88', '95', '01', '14']);
  const serial = random.pick([random.digits(6), String(1000 + random.below(90000))]);
  if (random.below(3) === 0) return `SF${year}/${serial}${letter23(year + serial)}`;
  return `${serial}/${year}${letter23(year + serial.padStart(6, '0'))}`;
}

function asn(random: Random): string {
  const [year, force, unit, system] = [random.digits(2), random.digits(2), random.letters(2), random.digits(2)];
  const sequence = random.digits(11);
  const letter = letter23(force + system + year + sequence);
  return random.pick([`${year}${force}${unit}${system}${sequence}${letter}`, `${year}/${force}${unit}/${system}/${Number(sequence)}${letter}`]);
}

function card(random: Random): string {
  const [prefix, length] = random.pick([['4', 16], ['51', 16], ['2221', 16], ['37', 15], ['6011', 16], ['3530', 16], ['5018', 12], ['4', 19]] as const);
  const number = withLuhn(prefix + random.digits(length - prefix.length - 1));
  const by = random.pick(['', ' ', '-']);
  if (length === 16) return group(number, [4, 4, 4, 4], by);
  return length === 15 ? group(number, [4, 6, 5], by) : number;
}

export function ibanCheck(country: string, account: string): string {
  const digits = Array.from(`${account}${country}00`, character => String(Number.parseInt(character, 36))).join('');
  return String(98n - BigInt(digits) % 97n).padStart(2, '0');
}

function iban(random: Random): string {
  const [country, account] = random.pick([
    ['GB', random.letters(4) + random.digits(14)], ['IE', random.letters(4) + random.digits(14)], ['DE', random.digits(18)],
    ['FR', random.digits(23)], ['NL', random.letters(4) + random.digits(10)], ['PL', random.digits(24)], ['NO', random.digits(11)],
  ] as const);
  const whole = country + ibanCheck(country, account) + account;
  return random.below(2) ? whole : whole.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

const mrzDigit = (field: string): string =>
  String(Array.from(field).reduce((sum, character, i) => sum + (character === '<' ? 0 : Number.parseInt(character, 36)) * ([7, 3, 1][i % 3] ?? 0), 0) % 10);
const withMrzDigit = (field: string): string => field + mrzDigit(field);

function mrz(random: Random): string {
  const number = withMrzDigit(random.digits(9));
  const birth = withMrzDigit(`${random.digits(2)}0${1 + random.below(9)}1${random.below(9)}`);
  const expiry = withMrzDigit(`3${random.below(9)}0${1 + random.below(9)}2${random.below(8)}`);
  if (random.below(2)) {
    const optional = '<'.repeat(15);
    const upper = `I<GBR${number}${optional}`;
    return `${upper}\n${birth}F${expiry}GBR${'<'.repeat(11)}${mrzDigit(number + optional + birth + expiry + '<'.repeat(11))}\n${'SPECIMEN<<JANE'.padEnd(30, '<')}`;
  }
  const optional = withMrzDigit('<'.repeat(14));
  return `${'P<GBRSPECIMEN<<JANE'.padEnd(44, '<')}\n${number}GBR${birth}F${expiry}${optional}${mrzDigit(number + birth + expiry + optional)}`;
}

function spoilMrz(valid: string, random: Random): string {
  const lines = valid.split('\n');
  const at = lines[0]?.length === 44 ? 1 : 0;
  const place = at === 1 ? random.below(9) : 5 + random.below(9);
  const line = lines[at] ?? '';
  const digit = String((Number(line.charAt(place)) + 1 + random.below(9)) % 10);
  return lines.with(at, line.slice(0, place) + digit + line.slice(place + 1)).join('\n');
}

function driver(random: Random): string {
  const surname = random.pick(['MORGA', 'JONES', 'FOX99', 'SMITH', 'LEE99', 'HO999']);
  const month = random.pick(['01', '06', '12', '51', '60', '62']);
  return `${surname}${random.digits(1)}${month}${random.pick(['01', '15', '28', '31'])}${random.digits(1)}${random.letters(1)}${random.pick(['9', 'M'])}9${random.letters(2)}`;
}

export const kinds: readonly Kind[] = [
  { name: 'NHS number', make: nhs, spoil: changeDigit, contexts: ['NHS number: @.', 'Her NHS No. is @, she said.', 'Patient (@) was seen.', 'It reads @ on the band.'] },
  {
    name: 'National Insurance number', contexts: ['NI number @.', 'National Insurance: @', 'He gave @ as his number.'],
    make: random => group(random.pick(['AB', 'JK', 'SY', 'WM', 'CE']) + random.digits(6) + random.letters(1, 'ABCD'), [2, 2, 2, 2, 1], random.pick(['', ' ', '-'])),
    spoil: (valid, random) => random.pick(['BG', 'GB', 'NK', 'KN', 'TN', 'NT', 'ZZ', 'DA', 'FA', 'QQ', 'UA', 'VA', 'IA', 'AO', 'AQ', 'AF']) + valid.slice(2),
  },
  { name: 'UTR', make: utr, spoil: (v, r) => changeDigit(v.charAt(0), r) + v.slice(1), contexts: ['UTR @.', 'Unique Taxpayer Reference: @', 'His tax reference is @ today.'] },
  { name: 'PNC id', make: pnc, spoil: (v, r) => changeLast(v, r, letters23), contexts: ['PNC ID: @.', 'PNC @', 'Shown as @ on the system.'] },
  { name: 'CRO number', make: cro, spoil: (v, r) => changeLast(v, r, letters23), contexts: ['CRO: @.', 'CRO number @', 'Shown as @ on the system.'] },
  { name: 'Arrest/summons number', make: asn, spoil: (v, r) => changeLast(v, r, letters23), contexts: ['ASN: @.', 'Arrest summons number @', 'Charged under @ today.'] },
  { name: 'Payment card', make: card, spoil: changeDigit, contexts: ['Card number @.', 'He paid by card @ twice', 'The receipt shows @ only.'] },
  { name: 'IBAN', make: iban, spoil: (v, r) => v.slice(0, 4) + changeDigit(v.slice(4), r), contexts: ['IBAN @.', 'Paid to @ and then spent.', 'account @ closed'] },
  { name: 'IMEI', make: r => group(withLuhn(`35${r.digits(12)}`), r.pick([[15], [2, 6, 6, 1]]), '-'), spoil: changeDigit, contexts: ['IMEI @.', 'Handset IMEI: @', 'The box shows @ on it.'] },
  { name: 'ICCID', make: r => withLuhn(`8944${r.digits(r.pick([14, 15]))}`), spoil: (v, r) => v.slice(0, 4) + changeDigit(v.slice(4), r), contexts: ['SIM @.', 'ICCID: @'] },
  { name: 'Machine-readable zone', make: mrz, spoil: spoilMrz, contexts: ['Passport:\n@\nseen', '@'], isFixed: true },
  { name: 'Driver number', make: driver, spoil: v => `${v.slice(0, 6)}13${v.slice(8)}`, contexts: ['Driving licence @.', 'Driver number: @', 'She showed @ to me.'] },
];

/** What scanning, word processors and people do to an identifier without changing what a reader sees in it. */
export const disguises: readonly (readonly [string, (value: string) => string])[] = [
  ['as it is', value => value],
  ['lower case', value => value.toLowerCase()],
  ['full-width', value => value.replaceAll(/[A-Za-z\d]/g, character => String.fromCharCode(character.charCodeAt(0) + 0xFEE0))],
  ['zero-width space within', value => `${value.slice(0, 3)}\u200B${value.slice(3)}`],
  ['soft hyphen within', value => `${value.slice(0, 5)}\u00AD${value.slice(5)}`],
  ['no-break blanks', value => value.replaceAll(' ', '\u00A0')],
  ['no-break hyphens', value => value.replaceAll('-', '\u2011')],
  ['dashes', value => value.replaceAll('-', '\u2013')],
  ['broken after a hyphen', value => value.replaceAll('-', '-\r\n')],
  ['directed left to right', value => `\u202A${value}\u202C`],
];
