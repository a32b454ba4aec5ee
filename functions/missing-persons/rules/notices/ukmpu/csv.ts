import { londonTime } from '../../../../../shared/domain/london.ts';
import { bodyColumns, bodyInstantColumns, columns, instantColumns, type BodyColumn, type Column, type InstantColumn } from './columns.ts';
import { isBody, type UkmpuRow } from './row.ts';

const CRLF = '\r\n';
/** A spreadsheet reads a cell that begins so as a formula (9.3); it gets an apostrophe, a negative longitude included. */
const formula = /^[=+\-@\t\r]/u;

/**
 * The UKMPU file (9.3): UTF-8 text without a mark, RFC 4180 with CRLF and a header, one row a record, times in UTC with a local text each, an empty cell where nothing is known.
 * The columns of a body stand in it only when one of the records is a body or remains.
 */
export function ukmpuCsv(rows: readonly UkmpuRow[]): string {
  const withBody = rows.some(isBody);
  const shown: readonly (Column | BodyColumn)[] = withBody ? [...columns, ...bodyColumns] : columns;
  const instants: readonly InstantColumn[] = withBody ? [...instantColumns, ...bodyInstantColumns] : instantColumns;
  const header = [...shown, ...instants.map(name => `${name}_local`)];
  const lines = rows.map(row => [...shown.map(name => textOf(row[name])), ...instants.map(name => localText(row[name]))]);
  return [header, ...lines].map(line => line.map(csvCell).join(',') + CRLF).join('');
}

/** One cell: guarded against formulas, then quoted where RFC 4180 wants it. */
export function csvCell(text: string): string {
  const guarded = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function textOf(value: string | number | readonly string[] | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join('; ') : String(value);
}

/** `2026-10-27 22:00 GMT`: what a clock in London showed, and which of the two times it was. */
function localText(instant: string | undefined): string {
  if (instant === undefined) return '';
  const { year, month, day, hour, minute } = londonTime(instant);
  const offsetMinutes = Math.round((Date.UTC(year, month - 1, day, hour, minute) - Math.floor(Date.parse(instant) / 60_000) * 60_000) / 60_000);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)} ${offsetMinutes === 60 ? 'BST' : 'GMT'}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
