import { present } from '../../shared/domain/present.ts';
import { instantOfLondon } from '../../shared/domain/london.ts';
import type { Handler } from '../../shared/http/call.ts';
import type { Caller } from '../../shared/http/caller.ts';
import { problem } from '../../shared/http/problem.ts';
import type * as z from 'zod';
import type * as contract from './rules/contract/reads.ts';
import { healthOf } from './health.ts';
import type { MissingHttp } from './http.ts';
import { liveList, monthList } from './rules/lists/names.ts';
import { isPolice } from './permission.ts';
import { readWhole, type WholeRow } from './readWhole.ts';
import { boardFacts, boardRow } from './rules/law/boardFacts.ts';
import { periodFacts, periodRow, type PeriodFacts } from './rules/law/periodFacts.ts';
import { filtered, liveBoard } from './rules/numbers/board.ts';
import { numbersCsv } from './rules/numbers/csv.ts';
import { bandOf } from './rules/numbers/facts.ts';
import { isPackLate } from './rules/outage/late.ts';
import { boardLines, csvLines, periodLines, type NumberLine } from './rules/numbers/lines.ts';
import { periodNumbers, within } from './rules/numbers/period.ts';
import type { numbersQuery } from './schemas.ts';

type Query = z.output<typeof numbersQuery>;
interface Span { readonly from: string; readonly to: string }
const longestDays = 400;

/** The dashboard (7), from index rows alone: a round trip for what is open and one, beside it, for each month of the period. Small counts are hidden from whoever is not of the team. */
export function getNumbers(deps: MissingHttp): Handler<typeof contract.getNumbers> {
  return async ({ query, caller }) => {
    const { asAt, lines } = await numbersOf(deps, query, caller);
    return { body: { asAt, ...(query.from !== undefined && query.to !== undefined && { from: query.from, to: query.to }), value: lines.map(line => ({ ...line })) } };
  };
}

export function exportNumbers(deps: MissingHttp): Handler<typeof contract.exportNumbers> {
  return async ({ query, caller }) => {
    const { asAt, lines } = await numbersOf(deps, query, caller);
    const text = numbersCsv(csvLines(lines, { asAt, ...(query.from !== undefined && query.to !== undefined && { from: query.from, to: query.to }) }));
    return { file: { bytes: new TextEncoder().encode(text), contentType: 'text/csv', fileName: `missing-persons-${asAt.slice(0, 10)}.csv` } };
  };
}

async function numbersOf(deps: MissingHttp, query: Query, caller: Pick<Caller, 'roles'>): Promise<{ readonly asAt: string; readonly lines: NumberLine[] }> {
  const asAt = deps.cases.now().toISOString();
  const span = spanOf(query);
  const [live, health, over] = await Promise.all([readWhole(deps.cases, liveList), healthOf(deps.cases), span ? Promise.all(monthsOf(span).map(month => readWhole(deps.cases, monthList(month)))) : []]);
  const isTeam = isPolice(caller);
  const board = live.flatMap(({ caseId, fields }) => parsed(boardFacts, fields['board']).map(facts => ({ caseId, facts })));
  const shown = new Set(filtered(board.map(({ caseId, facts }) => boardRow(caseId, facts, asAt)), filterOf(query)));
  // Only what is open has a period there.
  const isLate = isPackLate({ ...present({ lastPackAt: health.lastPackAt }), hasOpen: live.some(({ fields }) => fields['period'] !== undefined) }, asAt, deps.settings.outagePack);
  const numbers = liveBoard([...shown], { ...health, isPackLate: isLate, latenessMs: board.flatMap(({ facts }) => facts.lateMs) }, asAt);
  return { asAt, lines: [...boardLines(numbers, isTeam), ...(span ? periodLines(periodNumbers(within(periodRows([...live, ...over.flat()], query), span.from, span.to)), isTeam) : [])] };
}

/** A record stands in the list of what is open or in that of its month; the one moment in which it stands in both, the later state counts. */
function periodRows(rows: readonly WholeRow[], query: Query) {
  const byRecord = new Map<string, { readonly version: number; readonly facts: PeriodFacts }>();
  for (const { caseId, fields } of rows) {
    const version = Number(fields['version']);
    const [facts] = parsed(periodFacts, fields['period']);
    if (facts && version >= (byRecord.get(caseId)?.version ?? 0)) byRecord.set(caseId, { version, facts });
  }
  return [...byRecord.values()].filter(({ facts }) => isWanted(facts, query)).map(({ facts }) => periodRow(facts));
}

function isWanted({ la, finalRisk, age, setting }: PeriodFacts, query: Query): boolean {
  const is = (wanted: string | undefined, value: string | undefined): boolean => wanted === undefined || wanted === value;
  return is(query.la, la) && is(query.risk, finalRisk) && is(query.ageBand, bandOf(age)) && is(query.setting, setting);
}

function filterOf({ la, risk, ageBand, setting }: Query) {
  return { ...(la !== undefined && { la }), ...(risk !== undefined && { risk }), ...(ageBand !== undefined && { ageBand }), ...(setting !== undefined && { setting }) };
}

/** A row of an older version of the app that does not fit any more is left out and not a failure of the whole board; the next step of its case writes it anew. */
function parsed<T>(schema: z.ZodType<T>, text: unknown): T[] {
  if (typeof text !== 'string') return [];
  const read = schema.safeParse(JSON.parse(text));
  return read.success ? [read.data] : [];
}

/** The period in UTC. @throws a problem when it has one end only, runs backwards or is too long */
function spanOf({ from, to }: Query): Span | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) throw wrong('A period needs both its ends.');
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days < 1 || days > longestDays) throw wrong(`A period has 1 to ${longestDays} days.`);
  return { from: midnight(from), to: midnight(to) };
}

const wrong = (message: string) => problem('request-invalid', 'The period is not right.', { errors: [{ pointer: '/query/to', code: 'FIELD_INVALID', message }] });

function midnight(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return instantOfLondon({ year, month, day: date, hour: 0, minute: 0 });
}

/** Months of the instants in which a record of the period may have been reported. */
function monthsOf({ from, to }: Span): string[] {
  const months: string[] = [];
  for (let at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`); at.toISOString() < to; at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))) months.push(at.toISOString().slice(0, 7));
  return months;
}
