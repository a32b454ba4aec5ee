/** Comma-separated values by RFC 4180, as spreadsheets write them: a mark of byte order, quoted fields with line ends in them, CRLF or LF. */
export interface CsvRow {
  /** Line of the file on which the row begins, from 1, as an editor counts. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvReading = { readonly ok: true; readonly rows: readonly CsvRow[] } | { readonly ok: false; readonly line: number; readonly why: string };

/** A quoted cell, or a bare one, and what ends it. */
const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

interface Cell { readonly value: string; readonly line: number; readonly isLast: boolean }

/** Every row with its line; empty rows are left out. A quote in the wrong place or never closed is told with its line. */
export function readCsv(text: string): CsvReading {
  const cells = cellsOf(text);
  if ('why' in cells) return { ok: false, ...cells };
  const rows: { line: number; cells: string[] }[] = [];
  let isNew = true;
  for (const { value, line, isLast } of cells) {
    if (isNew) rows.push({ line, cells: [] });
    rows.at(-1)?.cells.push(value);
    isNew = isLast;
  }
  return { ok: true, rows: rows.filter(row => row.cells.some(value => value.trim() !== '')) };
}

function cellsOf(text: string): Cell[] | { readonly line: number; readonly why: string } {
  const cells: Cell[] = [];
  const pattern = new RegExp(cell);
  let line = 1;
  let start = text.startsWith('\ufeff') ? 1 : 0;
  do {
    pattern.lastIndex = start;
    const found = pattern.exec(text);
    if (!found) return { line, why: text.startsWith('"', start) ? 'A quotation mark is not closed, or has something behind it.' : 'A quotation mark stands inside a cell that does not begin with one.' };
    const [whole, quoted, bare = '', end = ''] = found;
    cells.push({ value: quoted?.replaceAll('""', '"') ?? bare, line, isLast: end !== ',' });
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    start += whole.length;
  } while (start < text.length);
  return cells;
}
