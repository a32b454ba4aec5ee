import * as z from 'zod';
import type { Case, Facts } from '../../../../shared/domain/case.ts';
import { accepted, refused, type Decision } from '../../../../shared/domain/decision.ts';
import { lineOutcome, type LineOutcome } from './importOutcome.ts';

/** One import of one file (15.4): how far it is. The file itself is kept only until the end. */
export const importRun = z.strictObject({
  kind: z.literal('import'), importId: z.string(), by: z.string(), roles: z.array(z.string()), at: z.string(), sha256: z.string(), status: z.enum(['RUNNING', 'DONE', 'FAILED']),
  rows: z.int(), made: z.int(), known: z.int(), refused: z.int(), endedAt: z.string().optional(), code: z.string().optional(),
});
export type ImportRun = z.output<typeof importRun>;
/** What became of some rows. */
export const outcomesPart = z.strictObject({ kind: z.literal('outcomes'), value: z.array(lineOutcome) });
export type OutcomesPart = z.output<typeof outcomesPart>;
export const importEffect = z.strictObject({ kind: z.literal('import-rows') });
export type ImportEffect = z.output<typeof importEffect>;
export const outcomesPrefix = 'outcomes|';

export type ImportCommand =
  | { readonly do: 'Start'; readonly importId: string; readonly sha256: string; readonly rows: number }
  /** `from` is the place of the first of them in the order of work. */
  | { readonly do: 'Progress'; readonly from: number; readonly value: readonly LineOutcome[] }
  | { readonly do: 'Finish' }
  | { readonly do: 'Fail'; readonly code: string };

/** The law of a run: it begins once, each slice of rows is counted once, and it ends once. */
export function decideImport(current: Case<ImportRun, OutcomesPart> | undefined, command: ImportCommand, { now, by, roles }: Facts): Decision<Case<ImportRun, OutcomesPart>, ImportEffect> {
  if (command.do === 'Start') {
    if (current) return refused('exists', 'This import was begun already.');
    const { importId, sha256, rows } = command;
    const state: ImportRun = { kind: 'import', importId, by, roles: [...roles], at: now, sha256, status: 'RUNNING', rows, made: 0, known: 0, refused: 0 };
    return accepted({ state, parts: {} }, [{ what: 'ImportBegun', kind: 'collection', about: { rows } }], [{ kind: 'import-rows' }]);
  }
  if (!current) return refused('not-found', 'There is no such import.');
  const { state, parts } = current;
  if (state.status !== 'RUNNING') return refused('ended', 'This import has ended.');
  switch (command.do) {
    case 'Progress': return progressed(current, command);
    case 'Finish': return accepted({ state: { ...state, status: 'DONE', endedAt: now }, parts }, [{ what: 'ImportEnded', kind: 'none', about: { made: state.made, known: state.known, refused: state.refused } }]);
    case 'Fail': return accepted({ state: { ...state, status: 'FAILED', endedAt: now, code: command.code }, parts }, [{ what: 'ImportFailed', kind: 'none', about: { code: command.code } }]);
  }
}

function progressed({ state, parts }: Case<ImportRun, OutcomesPart>, { from, value }: Extract<ImportCommand, { do: 'Progress' }>): ReturnType<typeof decideImport> {
  const counted = (result: LineOutcome['result']): number => value.filter(item => item.result === result).length;
  const next = { ...state, made: state.made + counted('MADE'), known: state.known + counted('KNOWN'), refused: state.refused + counted('REFUSED') };
  const key = `${outcomesPrefix}${String(from).padStart(6, '0')}`;
  return accepted({ state: next, parts: { ...parts, [key]: { kind: 'outcomes', value: [...value] } } }, [{ what: 'RowsImported', kind: 'collection', about: { from, rows: value.length, made: counted('MADE') } }]);
}
