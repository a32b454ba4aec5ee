import { writeCsv } from '../csv.ts';

/** Stable names of the columns (Power BI reads them by name): none is renamed or taken out, new ones come at the end. */
const csvColumns = ['number', 'name', 'bar', 'value', 'numerator', 'denominator', 'unknown', 'unit', 'period_from', 'period_to', 'as_at'] as const;
export type CsvLine = Readonly<Partial<Record<(typeof csvColumns)[number], string | number>>>;

/** The lines of the dashboard with a header; an empty cell where there is nothing. */
export function numbersCsv(lines: readonly CsvLine[]): string {
  return writeCsv([csvColumns, ...lines.map(line => csvColumns.map(column => line[column] ?? ''))]);
}
