import * as z from 'zod';
import { writeCsv } from '../csv.ts';
import type { FieldFailure } from '../person/fieldFailure.ts';

/** What became of a row. `KNOWN`: it was imported before and nothing was made. */
export const lineResult = z.enum(['WOULD_MAKE', 'MADE', 'KNOWN', 'REFUSED']);

/** One thing wrong with a row, without what the row says. */
const fault = z.strictObject({ column: z.string().max(40), code: z.string().max(40), why: z.string().max(400) });

export const lineOutcome = z.strictObject({ line: z.int(), result: lineResult, recordId: z.string().optional(), ref: z.string().optional(), faults: z.array(fault).max(60).optional() });
export type LineOutcome = z.output<typeof lineOutcome>;

/** Everything that is wrong with a row, without what it says. */
export function refusedLine(line: number, failures: readonly FieldFailure[]): LineOutcome {
  return { line, result: 'REFUSED', faults: failures.slice(0, 60).map(({ field, code, why }) => ({ column: field, code, why })) };
}

export interface OutcomeRow { readonly line: number; readonly result: string; readonly column: string; readonly code: string; readonly why: string; readonly recordId: string; readonly ref: string }

/** One row for each thing that is wrong, one for each row that is right; in the order of the file. */
export function outcomeRows(outcomes: readonly LineOutcome[]): OutcomeRow[] {
  return outcomes.toSorted((a, b) => a.line - b.line).flatMap(({ line, result, recordId = '', ref = '', faults = [] }) =>
    (faults.length > 0 ? faults : [{ column: '', code: '', why: '' }]).map(({ column, code, why }) => ({ line, result, column, code, why, recordId, ref })));
}

/** The file that goes back: line, what became of it, column, code, what to do, and the record. It repeats nothing that the file said (15.4). */
export function outcomesFile(outcomes: readonly LineOutcome[]): string {
  const names = ['line', 'result', 'column', 'code', 'why', 'recordId', 'ref'] as const;
  return writeCsv([names, ...outcomeRows(outcomes).map(row => names.map(name => row[name]))]);
}
