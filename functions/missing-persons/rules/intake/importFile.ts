import { wrong, type FieldFailure } from '../person/fieldFailure.ts';
import { readCsv, type CsvRow } from './csv.ts';
import { headerFaults } from './importColumns.ts';
import { readImportRow, type ImportRecord } from './importRow.ts';

/** One thing wrong at a line and column of the file; the column is empty when it is the whole row, or the whole file. */
export interface RowFailure extends FieldFailure {
  readonly line: number;
}

/** A row of the file: the record that it stands for, or everything that is wrong with it. */
export interface ImportLine {
  readonly line: number;
  readonly record?: ImportRecord;
  readonly failures: readonly FieldFailure[];
}

export interface ImportFile {
  /** Why it is no such file at all; then there are no lines. */
  readonly faults: readonly RowFailure[];
  readonly lines: readonly ImportLine[];
}

export const importMaxRows = 5_000;

/** Reads a whole file, the same way for a dry run and for a run (15.4). A row that is wrong holds up no other: it is told with its line, and the file is sent again when it is mended, for what was made once is not made again. */
export function readImport(text: string, now: string): ImportFile {
  const csv = readCsv(text);
  if (!csv.ok) return { faults: [{ ...wrong('', csv.why, '15.4'), line: csv.line }], lines: [] };
  const [header, ...rows] = csv.rows;
  const faults = wholeFaults(header, rows.length).map(why => ({ ...wrong('', why, '15.4'), line: header?.line ?? 1 }));
  if (!header || faults.length > 0) return { faults, lines: [] };
  const names = header.cells.map(name => name.trim());
  return { faults: [], lines: withoutDoubles(rows.map(row => ({ line: row.line, ...readOne(row, names, now) }))) };
}

function wholeFaults(header: CsvRow | undefined, rows: number): string[] {
  if (!header) return ['The file is empty.'];
  return [...headerFaults(header.cells), ...rows === 0 ? ['The file has no rows.'] : [], ...rows > importMaxRows ? [`The file has more than ${importMaxRows} rows: split it.`] : []];
}

function readOne(row: CsvRow, names: readonly string[], now: string): ReturnType<typeof readImportRow> {
  if (row.cells.length > names.length) return { failures: [wrong('', 'The row has more cells than there are columns.', '15.4')] };
  return readImportRow(row.line, Object.fromEntries(names.map((name, n) => [name, row.cells[n] ?? ''])), now);
}

/** A reference stands once in a file, and a person is missing once at a time. Of two rows the first counts. */
function withoutDoubles(lines: readonly ImportLine[]): ImportLine[] {
  const seen = new Set<string>();
  const open = new Set<string>();
  return lines.map(item => {
    if (!item.record) return item;
    const { legacyRef, personRef, kind } = item.record;
    const failures = [
      ...seen.has(legacyRef) ? [wrong('legacyRef', 'This reference stands twice in the file.', '15.4')] : [],
      ...kind === 'OPEN_CASE' && open.has(personRef) ? [hasOpenCase] : [],
    ];
    seen.add(legacyRef);
    if (kind === 'OPEN_CASE') open.add(personRef);
    return failures.length > 0 ? { line: item.line, failures } : item;
  });
}

/** 3.11: one open case a person. */
export const hasOpenCase: FieldFailure = wrong('personRef', 'This person has an open case already.', '15.4', 'DUPLICATE_OPEN_CASE');
/** The record stands as it was imported first; what has changed since is entered on the record itself. */
export const isChanged: FieldFailure = wrong('legacyRef', 'This reference was imported before with other content: change the record itself.', '15.4', 'STATE_CHANGED');
