import { londonDate, londonTime } from '../../../../../shared/domain/london.ts';
import { zoneLabel } from '../../clock/show.ts';
import { writeCsv } from '../../csv.ts';
import { bodyColumns, bodyInstantColumns, columns, instantColumns, type BodyColumn, type Column, type InstantColumn } from './columns.ts';
import { isBody, type UkmpuRow } from './row.ts';

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
  return writeCsv([header, ...lines]);
}

/** A number is given as text, so that a negative longitude is guarded like a formula too (9.3). */
function textOf(value: string | number | readonly string[] | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join('; ') : String(value);
}

/** `2026-10-27 22:00 GMT`: what a clock in London showed, and which of the two times it was. */
function localText(instant: string | undefined): string {
  if (instant === undefined) return '';
  const { hour, minute } = londonTime(instant);
  return `${londonDate(instant)} ${two(hour)}:${two(minute)} ${zoneLabel(instant)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
