import * as z from 'zod';
import { indexRows } from '../../../functions/missing-persons/lists.ts';
import { writePack, type PackDeps } from '../../../functions/missing-persons/outage/pack.ts';
import { missingSettings } from '../../../functions/missing-persons/rules/settings.ts';
import { missingRecord, type MissingRecord } from '../../../functions/missing-persons/state.ts';
import { missingRoom } from '../../../functions/missing-persons/work.ts';
import { memoryBlob, memoryQueue, memoryTable } from '../../../shared/azure/memory.ts';
import { memorySnapshots } from '../../../shared/azure/snapshotMemory.ts';
import { writeIndex } from '../../../shared/case/lists.ts';
import type { CaseDeps } from '../../../shared/case/room.ts';
import { pack } from '../../../shared/case/rows.ts';
import { createLog } from '../../../shared/log.ts';
import { Desk } from '../law/desk.ts';
import { adult, openCase } from '../law/support.ts';
import { builtPages } from '../pages/stages.ts';

export const start = '2026-11-25T16:00:00.000Z';
const logRow = z.looseObject({ event: z.string() });
type Form = Parameters<Desk['call']>[0];
const settings = missingSettings.parse({ outagePack: { keepHourly: 3 } });

/** A record of the law, under an id of its own. */
export function recordOf(n: number, { level = 'MEDIUM', form = {}, work = () => undefined }: { readonly level?: Parameters<typeof openCase>[1]['level']; readonly form?: Form; readonly work?: (desk: Desk) => void } = {}): MissingRecord {
  const desk = new Desk(start);
  openCase(desk, { level, form: { ...adult, ...form }, ...(level === 'HIGH' && { factors: ['NOTE_LEFT'] }) });
  work(desk);
  const { file } = desk.record;
  return missingRecord.parse({ ...desk.record, recordId: idOf(n), ...(file && { file: { ...file, caseRef: refOf(n) } }) });
}

export const idOf = (n: number): string => String(n).replaceAll(/\d/g, digit => 'abcdefghij'.charAt(Number(digit))).padStart(26, 'z');
export const refOf = (n: number): string => `MP/CHS/2026/${String(n).padStart(6, '0')}`;

/** Records as they are stored and listed, a clock, a place for packs, and what was logged. */
export async function world() {
  const at = { now: new Date(start) };
  const logged: z.output<typeof logRow>[] = [];
  const tables = { cases: memoryTable(), work: memoryTable() };
  const cases: CaseDeps = {
    ...tables, queues: memoryQueue(() => at.now.getTime()), blobs: memoryBlob(() => at.now.toISOString()), timing: { tombstoneAfter: 60_000, sweepAfter: 900_000, effectTimeout: 240_000, commitVisibility: 0 },
    now: () => at.now, random: () => 0.5, sleep: () => Promise.resolve(), token: () => 'token', alarm: () => undefined,
  };
  const room = missingRoom(() => { throw new Error('an outage pack causes no effect'); }, settings);
  const packs = memorySnapshots();
  const asked: string[] = [];
  const deps = {
    cases, room, settings, packs, pages: await builtPages(), log: createLog({ write: (_level, line) => { logged.push(logRow.parse(JSON.parse(line))); }, now: () => at.now }),
    staff: { find: (objectId: string) => { asked.push(objectId); return Promise.resolve({ objectId, roles: [], collar: `C-${objectId}` }); } },
  } satisfies PackDeps;
  let version = 0;
  const before = new Map<string, MissingRecord>();
  const index = (record: MissingRecord) => indexRows(record, { settings, hash: key => key.replaceAll(/[^\w]/g, '') });
  return {
    at, deps, packs, tables, asked, logged, events: () => logged.map(({ event }) => event),
    put: async (...records: readonly MissingRecord[]): Promise<void> => {
      for (const record of records) {
        version += 1;
        const stored = await cases.cases.get(record.recordId, 'state');
        const row = { partitionKey: record.recordId, rowKey: 'state', fields: { ...pack(record), version } };
        await cases.cases.transact([stored ? { do: 'update', row, etag: stored.etag } : { do: 'insert', row }]);
        const old = before.get(record.recordId);
        await writeIndex(cases, { caseId: record.recordId, version, present: index(record), gone: old ? index(old).map(one => `${one.list}|${one.sortKey}`) : [] });
        before.set(record.recordId, record);
      }
    },
    write: (more: Partial<PackDeps> = {}) => writePack({ ...deps, ...more }),
    latest: () => packs.blobs.get('latest.html')?.toString() ?? '',
    pass: (minutes: number) => { at.now = new Date(at.now.getTime() + minutes * 60_000); },
  };
}

/** The sheets by the name that heads each. */
export const sheetsIn = (html: string): string[] => [...html.matchAll(/<article class="sheet">[\s\S]*?<h2>([^<]*)<\/h2>/g)].map(([, name = '']) => name);
