import { commit } from '../../../shared/case/commit.ts';
import { newCaseId, sha256 } from '../../../shared/case/keys.ts';
import { readList } from '../../../shared/case/lists.ts';
import { loadCase, loadOperation } from '../../../shared/case/load.ts';
import { canonicalJson } from '../../../shared/domain/canonical.ts';
import type { Command, Effect } from '../decide.ts';
import { episodeOf } from '../episodes.ts';
import { nextCaseRef } from '../numbers.ts';
import { hasOpenCase, isChanged, type ImportLine } from '../rules/intake/importFile.ts';
import { refusedLine, type LineOutcome } from '../rules/intake/importOutcome.ts';
import type { ImportRecord } from '../rules/intake/importRow.ts';
import type { ImportRun } from '../rules/intake/importRun.ts';
import { personList } from '../rules/lists/names.ts';
import type { PreviousEpisode } from '../rules/person/repeats.ts';
import { caseState, isOpen } from '../rules/terms.ts';
import type { MissingPart, MissingRecord } from '../state.ts';
import type { ImportDeps } from './deps.ts';

/** A reference of the old system is one record here, whoever imports it and in whatever file. */
const nameOf = ({ settings }: ImportDeps, kind: 'record' | 'person', ref: string): string => newCaseId(settings.forceCode, 'old-system', kind, ref);
/** What the row says, wherever in the file it stands. */
function contentOf({ line: _, ...row }: ImportRecord): string {
  return sha256(canonicalJson(row));
}

/** A process that dies between its announcement and its commit leaves a tombstone under the name of the operation: then the row is made under the next name. */
const maxTombstones = 20;
const operationName = (n: number): string => (n === 0 ? 'import-from-old-system' : `import-from-old-system-${n}`);

type Before = 'NEW' | 'SAME' | 'CHANGED';

/** Whether the row was imported before. */
async function lookBack(deps: ImportDeps, recordId: string, row: ImportRecord): Promise<Before> {
  for (let n = 0; n <= maxTombstones; n++) {
    const found = await loadOperation(deps.cases, recordId, operationName(n));
    if (!found) return 'NEW';
    if (found.value.status !== 'abandoned') return found.value.hash === contentOf(row) ? 'SAME' : 'CHANGED';
  }
  return 'NEW';
}

/** What would become of a row: the same as in a run, and nothing is written (15.4). */
export async function checkLine(deps: ImportDeps, { line, record: row, failures }: ImportLine): Promise<LineOutcome> {
  if (!row) return refusedLine(line, failures);
  const recordId = nameOf(deps, 'record', row.legacyRef);
  const before = await lookBack(deps, recordId, row);
  if (before === 'CHANGED') return refusedLine(line, [isChanged]);
  if (before === 'SAME') return { line, result: 'KNOWN', recordId };
  return await isMissingAlready(deps, recordId, row) ? refusedLine(line, [hasOpenCase]) : { line, result: 'WOULD_MAKE' };
}

/** 3.11: one open case a person, as the lists know it now. */
async function isMissingAlready(deps: ImportDeps, recordId: string, { kind, personRef }: ImportRecord): Promise<boolean> {
  if (kind !== 'OPEN_CASE') return false;
  const { rows } = await readList(deps.cases, { list: personList(nameOf(deps, 'person', personRef)), limit: 200 });
  return rows.some(({ caseId, fields }) => {
    const state = caseState.safeParse(fields['state']);
    return caseId !== recordId && state.success && isOpen(state.data);
  });
}

/** A run on its way: who began it, and the rows of its file. */
export interface Running {
  readonly run: ImportRun;
  readonly lines: readonly ImportLine[];
}

/** Makes the record of a row, by one operation of its own: doing it again makes nothing, and says the same. */
export async function importLine(deps: ImportDeps, running: Running, { line, record: row, failures }: ImportLine): Promise<LineOutcome> {
  if (!row) return refusedLine(line, failures);
  const recordId = nameOf(deps, 'record', row.legacyRef);
  const before = await lookBack(deps, recordId, row);
  if (before === 'CHANGED') return refusedLine(line, [isChanged]);
  if (before === 'NEW' && await isMissingAlready(deps, recordId, row)) return refusedLine(line, [hasOpenCase]);
  for (let n = 0; ; n++) {
    const outcome = await make(deps, running, { recordId, row, operationId: operationName(n) });
    if (outcome.kind === 'committed' || outcome.kind === 'replayed') return await madeLine(deps, { line, recordId, isOurs: outcome.reply.body['importId'] === running.run.importId });
    if (outcome.kind === 'refused') return refusedLine(line, [{ field: '', code: 'TRANSITION_NOT_ALLOWED', why: outcome.reason, rule: '15.4' }]);
    if (outcome.kind === 'reused-key') return refusedLine(line, [isChanged]);
    if (outcome.kind !== 'abandoned' || n >= maxTombstones) throw new Error(`a row cannot be imported: ${outcome.kind}`);
  }
}

/** The run that made it says so also when it is asked again, after it was broken off. */
async function madeLine(deps: ImportDeps, { line, recordId, isOurs }: { readonly line: number; readonly recordId: string; readonly isOurs: boolean }): Promise<LineOutcome> {
  const ref = (await loadCase(deps.cases, deps.room, recordId, [])).state?.value.file?.caseRef;
  return { line, result: isOurs ? 'MADE' : 'KNOWN', recordId, ...(ref !== undefined && { ref }) };
}

async function make(deps: ImportDeps, running: Running, { recordId, row, operationId }: { readonly recordId: string; readonly row: ImportRecord; readonly operationId: string }) {
  const { importId, by, roles } = running.run;
  return await commit<MissingRecord, MissingPart, Command, Effect>(deps.cases, deps.room, {
    caseId: recordId, operationId, hash: contentOf(row), name: 'ImportCase', by, roles, parts: [], creates: true, reply: () => ({ status: 202, body: { importId } }),
    command: async () => ({
      do: 'Import', importing: { recordId, row, importId, personId: nameOf(deps, 'person', row.personRef) },
      context: { people: await deps.roster(), looked: { caseRef: await nextCaseRef(deps, recordId), previous: await earlierOf(deps, running, row) }, id: sha256(`${recordId} ${operationId}`).slice(0, 16) },
    }),
  });
}

/** Earlier episodes of the person: those of the same file, which are made first, and those that the lists know. */
async function earlierOf(deps: ImportDeps, { lines }: Running, row: ImportRecord): Promise<PreviousEpisode[]> {
  if (row.kind === 'PAST_EPISODE') return [];
  const listed = await readList(deps.cases, { list: personList(nameOf(deps, 'person', row.personRef)), limit: 200 });
  const inFile = lines.flatMap(({ record }) => (record && record.kind === 'PAST_EPISODE' && record.personRef === row.personRef ? [nameOf(deps, 'record', record.legacyRef)] : []));
  const ids = [...new Set([...inFile, ...listed.rows.map(({ caseId }) => caseId)])].slice(0, 200);
  const records = await Promise.all(ids.map(async id => (await loadCase(deps.cases, deps.room, id, [])).state?.value));
  return records.flatMap(record => (record?.file && !record.erased && record.clocks.reported < row.reportedAt ? [episodeOf(record)] : []));
}
