import { tryTransact } from '../azure/store.ts';
import { commit, type Outcome } from './commit.ts';
import { allBuckets, sha256 } from './keys.ts';
import { asCase, loadCase } from './load.ts';
import type { Case, CaseDeps, Room } from './room.ts';
import { indexKey, indexName } from './lists.ts';
import { turns } from './turns.ts';

/** The next thing that a case owes now: a timer that has run out, or an effect that is to be begun. */
export interface AgendaItem<Command> {
  /** Names this one thing for ever: doing it again is a replay. */
  readonly key: string;
  /** Of the operation, for the audit. */
  readonly name: string;
  readonly command: Command;
  /** Given instead of `command`, when something must be looked up first (who is on duty, say); asked again for each try. */
  readonly lookUp?: () => Promise<Command>;
  /** Row keys of the parts that the command, or what its effect finds, is about. */
  readonly parts?: readonly string[];
}

/**
 * What a case does by itself, as data in its state. It is worked off by `pump` after each message of the case and, when a process died in between or time has
 * passed, by `sweepDue` from the list of due times. Nothing else drives timers: a delayed message would only be a speed-up.
 */
export interface Agenda<State, Part, Command> {
  /** Index list whose sort key is the time at which the case has something to do, ISO 8601. */
  readonly list: string;
  next(current: Case<State, Part>, now: string): AgendaItem<Command> | undefined;
  /** Of cases that are due at one time, those with the lower number come first; after an outage many are. The fields are those of the index row. */
  readonly urgency?: (fields: Readonly<Record<string, string | number | boolean>>) => number;
}

/** More than any case of ours has to do at one time; past it something goes round in circles. */
const maxSteps = 40;

const takeTurn = turns();

/** Does what the case owes now, one operation each. Safe to be called by any number of processes at once, and to be killed at any line; within a process one after the other. */
export function pump<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, agenda: Agenda<State, Part, Command>, caseId: string,
): Promise<number> {
  return takeTurn(caseId, () => pumpBesideOthers(deps, room, agenda, caseId));
}

async function pumpBesideOthers<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, agenda: Agenda<State, Part, Command>, caseId: string,
): Promise<number> {
  for (let steps = 0; ; steps++) {
    const current = asCase(await loadCase(deps, room, caseId, []));
    const item = current && agenda.next(current, deps.now().toISOString());
    if (!item) return steps;
    if (steps >= maxSteps) {
      deps.alarm({ what: 'agenda-goes-round', caseId, operationId: operationOf(caseId, item.key) });
      return steps;
    }
    const outcome = await commitItem(deps, room, caseId, item);
    if (outcome.kind === 'committed') continue;
    // Somebody else did it between our reading and now: look again. A refusal that the state still asks for is a fault of the law.
    if ((outcome.kind === 'replayed' || outcome.kind === 'refused') && await hasMoved(deps, room, agenda, { caseId, key: item.key })) continue;
    if (outcome.kind !== 'replayed') deps.alarm({ what: 'agenda-refused', caseId, operationId: operationOf(caseId, item.key), ...(outcome.kind === 'refused' && { code: outcome.code }) });
    return steps;
  }
}

/** A process that dies between its announcement and its commit leaves a tombstone under the name of the operation: then the thing is done under the next name. */
const maxTombstones = 20;

async function commitItem<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, caseId: string, item: AgendaItem<Command>): Promise<Outcome> {
  for (let tombstones = 0; ; tombstones++) {
    const key = tombstones === 0 ? item.key : `${item.key}\n${tombstones}`;
    const outcome = await commit(deps, room, {
      caseId, operationId: operationOf(caseId, key), hash: sha256(key), name: item.name, by: 'system', roles: [], parts: item.parts ?? [], creates: false,
      command: () => item.lookUp?.() ?? item.command, reply: () => ({ status: 202, body: {} }),
    });
    if (outcome.kind !== 'abandoned' || tombstones >= maxTombstones) return outcome;
  }
}

async function hasMoved<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, agenda: Agenda<State, Part, Command>, { caseId, key }: { caseId: string; key: string },
): Promise<boolean> {
  const current = asCase(await loadCase(deps, room, caseId, []));
  return current !== undefined && agenda.next(current, deps.now().toISOString())?.key !== key;
}

function operationOf(caseId: string, key: string): string {
  return `ag-${sha256(`${caseId}\n${key}`).slice(0, 40)}`;
}

const pageSize = 200;
const lanes = 8;
/** A due row that was closed longer ago is swept away; a slow writer that puts it back costs one more look at its case. */
const keepClosed = 5 * 60 * 1000;

/** Looks at every case whose time has come. Cost: one query a bucket while nothing is due. A case that fails does not hold up the others. */
export async function sweepDue<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, agenda: Agenda<State, Part, Command>,
): Promise<{ readonly due: number }> {
  const now = deps.now().toISOString();
  const found = await Promise.all(allBuckets().map(bucket => dueRows(deps, `index|${agenda.list}|${bucket}`, now)));
  const rows = found.flat();
  const errors: unknown[] = [];
  for (const group of byUrgency(rows, agenda.urgency)) {
    const queue = group.values();
    const lane = async (): Promise<void> => {
      for (const row of queue) await look(deps, room, agenda, row).catch((error: unknown) => errors.push(error));
    };
    await Promise.all(Array.from({ length: Math.min(lanes, group.length) }, lane));
  }
  if (errors.length) throw errors[0];
  return { due: rows.filter(row => row.isOpen).length };
}

/** Those of one urgency are looked at side by side; the next begin when they are done. */
function byUrgency(rows: readonly DueRow[], urgency: ((fields: DueRow['fields']) => number) | undefined): DueRow[][] {
  if (!urgency) return [[...rows]];
  const groups = Map.groupBy(rows, row => urgency(row.fields));
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group.toSorted((a, b) => (a.rowKey < b.rowKey ? -1 : 1)));
}

interface DueRow { readonly partitionKey: string; readonly rowKey: string; readonly etag: string; readonly caseId: string; readonly isOpen: boolean; readonly closedAt: string; readonly fields: Readonly<Record<string, string | number | boolean>> }

async function dueRows(deps: CaseDeps, partitionKey: string, now: string): Promise<DueRow[]> {
  const rows: DueRow[] = [];
  let next: string | undefined;
  do {
    const page = await deps.work.list({ partitionKey, below: now, limit: pageSize, ...(next !== undefined && { next }) });
    rows.push(...page.rows.map(({ rowKey, etag, fields }) => ({
      partitionKey, rowKey, etag, caseId: String(fields['caseId']), isOpen: fields['open'] === true, closedAt: String(fields['closedAt'] ?? ''), fields,
    })));
    next = page.next;
  } while (next !== undefined);
  return rows;
}

async function look<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, agenda: Agenda<State, Part, Command>, row: DueRow,
): Promise<void> {
  if (!row.isOpen) {
    if (deps.now().getTime() - Date.parse(row.closedAt) > keepClosed) await remove(deps, row);
    return;
  }
  if (await pump(deps, room, agenda, row.caseId) > 0) return;
  // Nothing was to be done: either the row is of an older state and was put back by a slow writer, or its case will say so in its next message.
  const current = asCase(await loadCase(deps, room, row.caseId, []));
  const wanted = current ? room.index(row.caseId, current).map(item => indexKey(indexName(item), row.caseId)) : [];
  if (!wanted.some(key => key.partitionKey === row.partitionKey && key.rowKey === row.rowKey)) await remove(deps, row);
}

/** A row that was written anew meanwhile stays. */
async function remove({ work }: CaseDeps, { partitionKey, rowKey, etag }: DueRow): Promise<void> {
  await tryTransact(work, [{ do: 'delete', partitionKey, rowKey, etag }]);
}
