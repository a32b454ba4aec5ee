import * as z from 'zod';
import { loadCase } from '../../../shared/case/load.ts';
import { Permanent, type EffectContext, type Performed } from '../../../shared/case/room.ts';
import { decideImport, importEffect, importRun, outcomesPart, type ImportCommand } from '../rules/intake/importRun.ts';
import { lineOutcome, type LineOutcome } from '../rules/intake/importOutcome.ts';
import type { ImportLine } from '../rules/intake/importFile.ts';
import { importList, newestFirst } from '../rules/lists/names.ts';
import type { ImportDeps, ImportRoom } from './deps.ts';
import { fileName, linesOf } from './file.ts';
import { importLine, type Running } from './rows.ts';

export const importQueue = 'missing-import-work';
/** Rows of a slice: what a process that is killed does again, which makes nothing twice. */
const slice = 20;
const lanes = 4;

/** Imports are cases of their own in the storage protocol: one long job that goes on where it was (storage-protocol 12). */
export function importRoom(deps: () => ImportDeps): ImportRoom {
  const room: ImportRoom = {
    name: 'missing-import', queue: importQueue, stateSchema: importRun, partSchema: outcomesPart, effectSchema: importEffect, decide: decideImport, mayStart: () => undefined,
    // Every row is an operation of its own record: done again it is a replay.
    repeat: () => 'safe',
    perform: (_effect, context) => importRows(deps(), room, context),
    recordProgress: (_effect, progress) => told(progress),
    recordResult: () => ({ do: 'Finish' }),
    recordFailure: (_effect, code) => ({ do: 'Fail', code }),
    index: (_importId, { state: { importId, at, by, status, rows, made, known, refused } }) => [{ list: importList, sortKey: newestFirst(at), fields: { importId, at, by, status, rows, made, known, refused } }],
  };
  return room;
}

/** What `importRows` says of a slice. */
const slicePart = z.strictObject({ from: z.int(), value: z.array(lineOutcome) });

function told(progress: string): ImportCommand {
  return { do: 'Progress', ...slicePart.parse(JSON.parse(progress)) };
}

async function importRows(deps: ImportDeps, room: ImportRoom, { caseId, cursor = '0', signal }: EffectContext): Promise<Performed> {
  const run = (await loadCase(deps.cases, room, caseId, [])).state?.value;
  if (!run) throw new Permanent('no-case');
  const from = Number(cursor);
  if (from >= run.rows) {
    await deps.cases.blobs.remove(fileName(caseId));
    return { kind: 'result', result: '' };
  }
  const running: Running = { run, lines: await linesOf(deps.cases.blobs, run) };
  const next = running.lines.slice(from, from + slice);
  // Of what is over first: an open case beside it in the file asks for the episodes before it.
  const isOpen = ({ record }: ImportLine): boolean => record?.kind === 'OPEN_CASE';
  const value = [...await inLanes(deps, running, next.filter(line => !isOpen(line)), signal), ...await inLanes(deps, running, next.filter(isOpen), signal)];
  return { kind: 'more', cursor: String(from + next.length), progress: JSON.stringify({ from, value }) };
}

async function inLanes(deps: ImportDeps, running: Running, lines: readonly ImportLine[], signal: AbortSignal): Promise<LineOutcome[]> {
  const outcomes: LineOutcome[] = [];
  const queue = lines.values();
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (const line of queue) {
      signal.throwIfAborted();
      outcomes.push(await importLine(deps, running, line));
    }
  }));
  return outcomes;
}
