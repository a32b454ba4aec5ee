import { writeCsv } from '../csv.ts';
import { fieldsOf, wrong, type FieldFailure } from '../person/fieldFailure.ts';
import { readCsv, type CsvRow } from './csv.ts';
import { headerFaults } from './importColumns.ts';
import { readImportRow, type ImportRecord } from './importRow.ts';

/** One thing wrong at a line and column of the file. */
export interface RowFailure extends FieldFailure {
  readonly line: number;
}

/** The report of a dry run, and of a run: they are the same, for a run that would fail changes nothing (15.4). */
export interface ImportReport {
  readonly rows: number;
  readonly openCases: number;
  readonly pastEpisodes: number;
  readonly persons: number;
  /** Open cases that somebody must assess again, by reason. */
  readonly reassess: Readonly<Record<string, number>>;
  readonly failures: readonly RowFailure[];
  readonly failedColumns: readonly string[];
  /** All of them, or none when anything failed. */
  readonly records: readonly ImportRecord[];
}

export interface ImportFacts {
  readonly now: string;
  /** References that are imported already, and persons of the old system with an open case here. */
  readonly knownRefs: ReadonlySet<string>;
  readonly openPersonRefs: ReadonlySet<string>;
}

export const importMaxRows = 5_000;

/** Reads a whole file. Nothing is imported unless every row is right; `report.failures` says what is wrong, line by line. */
export function readImport(text: string, facts: ImportFacts): ImportReport {
  const csv = readCsv(text);
  if (!csv.ok) return failed([{ ...wrong('', csv.why, '15.4'), line: csv.line }]);
  const [header, ...rows] = csv.rows;
  const whole = wholeFaults(header, rows.length).map(why => ({ ...wrong('', why, '15.4'), line: header?.line ?? 1 }));
  if (!header || whole.length > 0) return failed(whole, rows.length);
  return reportOf(rows, header.cells.map(name => name.trim()), facts);
}

function wholeFaults(header: CsvRow | undefined, rows: number): string[] {
  if (!header) return ['The file is empty.'];
  return [...headerFaults(header.cells), ...rows === 0 ? ['The file has no rows.'] : [], ...rows > importMaxRows ? [`The file has more than ${importMaxRows} rows: split it.`] : []];
}

function reportOf(rows: readonly CsvRow[], names: readonly string[], facts: ImportFacts): ImportReport {
  const read = rows.map(row => ({ line: row.line, ...readOne(row, names, facts.now) }));
  const good = read.flatMap(({ record }) => (record ? [record] : []));
  const failures = [...read.flatMap(({ line, failures: of }) => of.map(failure => ({ ...failure, line }))), ...doubles(good, facts)].sort((a, b) => a.line - b.line);
  const open = good.filter(({ kind }) => kind === 'OPEN_CASE');
  return {
    rows: rows.length, openCases: open.length, pastEpisodes: good.length - open.length, persons: new Set(good.map(({ personRef }) => personRef)).size, reassess: counted(open.flatMap(({ reassess }) => reassess)),
    failures, failedColumns: fieldsOf(failures), records: failures.length > 0 ? [] : good,
  };
}

function readOne(row: CsvRow, names: readonly string[], now: string): ReturnType<typeof readImportRow> {
  if (row.cells.length > names.length) return { failures: [wrong('', 'The row has more cells than there are columns.', '15.4')] };
  return readImportRow(row.line, Object.fromEntries(names.map((name, n) => [name, row.cells[n] ?? ''])), now);
}

/** A reference stands once, here and in what was imported before; a person is missing once at a time. */
function doubles(records: readonly ImportRecord[], { knownRefs, openPersonRefs }: ImportFacts): RowFailure[] {
  const seen = new Set(knownRefs);
  const open = new Set(openPersonRefs);
  return records.flatMap(({ line, legacyRef, personRef, kind }) => {
    const found: RowFailure[] = [];
    if (seen.has(legacyRef)) found.push({ ...wrong('legacyRef', 'This reference was imported already, or stands twice in the file.', '15.4'), line });
    if (kind === 'OPEN_CASE' && open.has(personRef)) found.push({ ...wrong('personRef', 'This person has an open case already.', '15.4', 'DUPLICATE_OPEN_CASE'), line });
    seen.add(legacyRef);
    if (kind === 'OPEN_CASE') open.add(personRef);
    return found;
  });
}

function counted(values: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(values)].map(value => [value, values.filter(other => other === value).length]));
}

function failed(failures: readonly RowFailure[], rows = 0): ImportReport {
  return { rows, openCases: 0, pastEpisodes: 0, persons: 0, reassess: {}, failures, failedColumns: fieldsOf(failures), records: [] };
}

/** The file of errors that goes back: line, column, code and what to do. It repeats nothing that the file said. */
export function errorsFile(failures: readonly RowFailure[]): string {
  return writeCsv([['line', 'column', 'code', 'why'], ...failures.map(({ line, field, code, why }) => [String(line), field, code, why])]);
}
