/**
 * A file of rows by RFC 4180, each ended with CRLF; the first row is the header, where there is one. A text that a spreadsheet would take for a formula is made text with an apostrophe
 * (9.3; OWASP, CSV injection). A number is never a formula and stays one, also below zero: who wants its sign guarded as well gives it as text.
 */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map(row => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** One cell: guarded, then quoted where RFC 4180 wants it. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const guarded = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
