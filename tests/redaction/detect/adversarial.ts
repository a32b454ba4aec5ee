/** Texts of `size` characters that make careless patterns slow (redaction-detection.md 6.5): long runs of one class, and near-matches without end. */
export function adversarialTexts(size: number): readonly (readonly [string, string])[] {
  return units.map(unit => [JSON.stringify(unit.slice(0, 24)), unit.repeat(Math.ceil(size / unit.length)).slice(0, size)]);
}

const units: readonly string[] = [
  'a', 'A', '0', '1', ' ', '\n', '.', '-', '<', ':', '/', '@', '#', '+', '(', "'", 'é', '💷', 'a.', 'A.', 'a ', 'A ', 'Aa ', 'Aa-', "Aa'", 'Aa\n', 'J. ', 'J.', 'a@', 'a@a.', 'a.a@', '0 ', '0-', '0/', '00 ', '0000 ',
  '1.1.', 'f:', 'ff:', '::', '12-', '(0)', '+4', '+44 0', '0(', ' (0', 'Mr ', 'Mr A', 'Mr Aa ', 'Mr\n', 'PC 1 ', 'PC ', 'DC Aa ', 'Flat 1 ', '1 Aa ', '1 Aa Street ', '1 Aa Street, Aa, Aa, ', 'Aa, Aa\n', 'Aa Bb Cc Dd Ee Street, ',
  'Name: ', 'Name: Aa ', 'Victim: Aa\n', 'DOB ', '1/1/', '1 May ', 'May ', 'in 19', 'aged ', 'twenty ', 'CW9 ', 'CW9 5', 'AB12 ', 'AB12', 'A1', '1A', 'A1A', 'GB82', 'GB82 ', 'GB82WEST', '4111 ', '4111', '89440', 'P<GBR', 'P<<', 'A<',
  'bc1q', '0x0', '0xf', '3J98t1', 'www.', 'http://', 'http://a', 'Instagram: ', 'Instagram name ', 'crime ref ', 'crime ref A/', 'CR A/1/', 'ref no ', 'A/1/', '1/1/1', 'A-1-', '///a.', 'a.a.a', 'a (at) ', 'a[at]a[dot]',
  'SJ 40', '53.1905, ', '53°12\'', 'urn ', '07AB', 'AA-', 'exhibit AA/', 'Dear ', 'Dear Aa ', 'Regards,\n', 'my name is ', 'I am ', 'SMITH, ', 'A A ', 'De la ', 'Aa de la ', 'A-\n', '1-\r\n', '\u200B', 'a\u0301', '\u00AD\n', 'ﷺ', 'İ',
  'serial number ', 'suspect ', 'DNA ', 'mother in law ', 'Smith ', 'address: ', 'Aa Aa Aa Aa School ', 'lives at 1 ', 'account 1', 'sort code ',
];
