import { readList } from '../../../shared/case/lists.ts';
import type { CaseDeps } from '../../../shared/case/room.ts';
import { receiptOf } from '../rules/intake/receipt.ts';
import { boardList, liveList, reportList } from '../rules/lists/names.ts';
import { riskLevel, type RiskLevel } from '../rules/terms.ts';

/** What the lists say of an open record: no name is in it, and some 300 bytes are all that is held of a record until its turn comes. */
export interface OpenEntry {
  readonly recordId: string;
  readonly isReport: boolean;
  readonly ref: string;
  readonly level?: RiskLevel;
  readonly owner: string;
  readonly initials: string;
  readonly age: string;
  readonly nextDueAt: string;
  readonly isConfidential: boolean;
}

type Lists = Pick<CaseDeps, 'work'>;
const pageSize = 500;

/**
 * Every open record once: cases by level and then by what is due next, then reports by when they are due. A record that moves within a list while it is read could be passed over; the list of
 * all that is open, whose keys do not move, finds it, and it comes last.
 */
export async function openEntries(deps: Lists): Promise<OpenEntry[]> {
  const found = new Map<string, OpenEntry>();
  for (const list of [boardList, reportList]) for await (const row of rowsOf(deps, list)) if (!found.has(row.caseId)) found.set(row.caseId, entryOf(row, list === reportList));
  const moved = new Map<string, OpenEntry>();
  // Only what is open has a period in this list (`lists/work.ts`).
  for await (const row of rowsOf(deps, liveList)) if (row.fields['period'] !== undefined && !found.has(row.caseId)) moved.set(row.caseId, entryOf(row, false));
  return [...found.values(), ...moved.values()];
}

/** Whether anything is open: one round trip. */
export async function isAnythingOpen(deps: Lists): Promise<boolean> {
  const pages = await Promise.all([boardList, reportList].map(list => readList(deps, { list, limit: 1 })));
  return pages.some(({ rows }) => rows.length > 0);
}

type ListRow = Awaited<ReturnType<typeof readList>>['rows'][number];

async function* rowsOf(deps: Lists, list: string): AsyncGenerator<ListRow> {
  let after: string | undefined;
  do {
    const page = await readList(deps, { list, limit: pageSize, ...(after !== undefined && { after }) });
    yield* page.rows;
    after = page.next;
  } while (after !== undefined);
}

function entryOf({ caseId, fields }: ListRow, isReport: boolean): OpenEntry {
  const word = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const level = riskLevel.safeParse(fields['level']);
  return {
    recordId: caseId, isReport, ref: word('ref') === '' ? receiptOf(caseId) : word('ref'), owner: word('owner'), initials: word('initials'), age: word('age'), nextDueAt: word('nextDueAt'), isConfidential: fields['isConfidential'] === true,
    ...(level.success && { level: level.data }),
  };
}
