import { newCaseId, rowKeys, sha256 } from '../../../shared/case/keys.ts';
import { readList } from '../../../shared/case/lists.ts';
import { packedJson, unpack } from '../../../shared/case/rows.ts';
import type { Handler } from '../../../shared/http/call.ts';
import { runCommand } from '../../../shared/http/command.ts';
import { nextLink } from '../../../shared/http/paging.ts';
import { problem } from '../../../shared/http/problem.ts';
import { present } from '../../../shared/domain/present.ts';
import type * as contract from '../rules/contract/imports.ts';
import { readImport, type ImportFile } from '../rules/intake/importFile.ts';
import { outcomeRows, outcomesFile, type LineOutcome } from '../rules/intake/importOutcome.ts';
import { importRun, outcomesPart, outcomesPrefix, type ImportCommand, type ImportEffect, type ImportRun, type OutcomesPart } from '../rules/intake/importRun.ts';
import { importList } from '../rules/lists/names.ts';
import type { ImportDeps, ImportRoom } from './deps.ts';
import { fileName, textOf } from './file.ts';
import { checkLine } from './rows.ts';

export interface ImportHttp extends ImportDeps {
  readonly importRoom: ImportRoom;
  readonly baseUrl: string;
}

/** Look-ups side by side. */
const lanes = 16;

/** @throws a problem with every fault of the file as a whole: then there is nothing to say of its rows */
function fileOf(bytes: Uint8Array, now: string): ImportFile {
  const text = textOf(bytes);
  if (text === undefined) throw problem('request-invalid', 'The file is not UTF-8. In the spreadsheet choose "Save as" and the kind "CSV UTF-8".');
  const file = readImport(text, now);
  if (file.faults.length > 0) throw problem('request-invalid', 'This is no file of the import.', { errors: file.faults.map(({ line, code, why }) => ({ pointer: '/body', code, message: `Line ${line}: ${why}` })) });
  return file;
}

/** The dry run: what would become of each row, and nothing is written. */
export function checkImport(deps: ImportHttp): Handler<typeof contract.checkImport> {
  return async ({ file }) => {
    const { lines } = fileOf(file.bytes, deps.cases.now().toISOString());
    const outcomes: LineOutcome[] = [];
    const queue = lines.values();
    await Promise.all(Array.from({ length: lanes }, async () => {
      for (const line of queue) outcomes.push(await checkLine(deps, line));
    }));
    const counted = (result: LineOutcome['result']): number => outcomes.filter(item => item.result === result).length;
    const records = lines.flatMap(({ record }) => record ?? []);
    const open = records.filter(({ kind }) => kind === 'OPEN_CASE');
    return { body: {
      rows: lines.length, wouldMake: counted('WOULD_MAKE'), known: counted('KNOWN'), refused: counted('REFUSED'), openCases: open.length, pastEpisodes: records.length - open.length, persons: new Set(records.map(({ personRef }) => personRef)).size,
      legacyLabels: open.filter(({ reassess }) => reassess.includes('LEGACY_RISK_LABEL')).length, agesNotKnown: open.filter(({ reassess }) => reassess.includes('AGE_NOT_KNOWN')).length, value: outcomeRows(outcomes),
    }, consulted: outcomes.flatMap(({ recordId }) => recordId ?? []) };
  };
}

/** The file is stored first, under the name of the run; then the run. A crash in between leaves a file that belongs to nothing and is taken away after a day. */
export function startImport(deps: ImportHttp): Handler<typeof contract.startImport> {
  return async call => {
    const importId = newCaseId(call.caller.tenantId, call.caller.objectId, call.operation.operationId, call.idempotencyKey);
    const { lines } = fileOf(call.file.bytes, deps.cases.now().toISOString());
    const hash = sha256(call.file.bytes);
    // Once the run is there its file may have been taken away already: a repeated request must not bring it back.
    const isBegun = await deps.cases.cases.get(importId, 'state') !== undefined;
    if (!isBegun) await deps.cases.blobs.create(fileName(importId), call.file.bytes, 'text/csv');
    return await runCommand<ImportRun, OutcomesPart, ImportCommand, ImportEffect>(deps.cases, deps.importRoom, { ...call, params: {} }, {
      caseId: importId, parts: [], creates: true, fileSha256: hash, ids: { importId }, location: () => `/api/missing-imports/${importId}`, mayTouch: () => true, command: () => ({ do: 'Start', importId, sha256: hash, rows: lines.length }),
    });
  };
}

async function find(deps: ImportHttp, importId: string): Promise<ImportRun> {
  const row = await deps.cases.cases.get(importId, rowKeys.state);
  // The id may be that of a record, which is no import.
  const run = row && importRun.safeParse(JSON.parse(packedJson(row)));
  if (!run?.success) throw problem('not-found', 'There is no such import.');
  return run.data;
}

export function getImport(deps: ImportHttp): Handler<typeof contract.getImport> {
  return async ({ params }) => {
    const { importId, at, by, status, rows, made, known, refused, endedAt, code } = await find(deps, params.importId);
    return { body: { importId, at, by, status, rows, done: made + known + refused, made, known, refused, ...present({ endedAt, code }) }, consulted: [importId] };
  };
}

export function listImports(deps: ImportHttp): Handler<typeof contract.listImports> {
  return async ({ query }) => {
    const page = await readList(deps.cases, { list: importList, limit: query.limit, ...(query.after !== undefined && { after: query.after }) });
    const runs = await Promise.all(page.rows.map(({ caseId }) => find(deps, caseId)));
    const value = runs.map(({ importId, at, by, status, rows, made, known, refused }) => ({ importId, at, by, status, rows, done: made + known + refused, made, known, refused }));
    return { body: { value, ...nextLink(`${deps.baseUrl}/api/missing-imports`, query, page.next) }, consulted: value.map(({ importId }) => importId) };
  };
}

/** What became of every row so far, as a file that opens in a spreadsheet. */
export function exportImport(deps: ImportHttp): Handler<typeof contract.exportImport> {
  return async ({ params }) => {
    await find(deps, params.importId);
    const outcomes: LineOutcome[] = [];
    let next: string | undefined;
    do {
      const page = await deps.cases.cases.list({ partitionKey: params.importId, from: outcomesPrefix, below: `${outcomesPrefix}~`, limit: 1_000, ...(next !== undefined && { next }) });
      for (const row of page.rows) outcomes.push(...unpack(row, outcomesPart).value);
      next = page.next;
    } while (next !== undefined);
    return { file: { bytes: new TextEncoder().encode(outcomesFile(outcomes)), contentType: 'text/csv', fileName: `import-${params.importId}.csv` }, consulted: [params.importId] };
  };
}
