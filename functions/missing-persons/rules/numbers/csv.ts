/** Stable names of the columns (Power BI reads them by name): none is renamed or taken out, new ones come at the end. */
export const csvColumns = ['number', 'name', 'bar', 'value', 'numerator', 'denominator', 'unknown', 'unit', 'period_from', 'period_to', 'as_at'] as const;
export type CsvColumn = (typeof csvColumns)[number];
export type CsvLine = Readonly<Partial<Record<CsvColumn, string | number>>>;

/** RFC 4180 with a header and CRLF. What a spreadsheet would take for a formula begins with an apostrophe (9.3); a number is a number, a negative one included. */
export function numbersCsv(lines: readonly CsvLine[]): string {
  return [csvColumns, ...lines.map(line => csvColumns.map(column => line[column] ?? ''))].map(cells => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
