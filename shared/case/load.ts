import type { Row, StoredRow } from '../azure/store.ts';
import { rowKeys } from './keys.ts';
import type { Case, CaseDeps, Room } from './room.ts';
import { headRow, operationRow, unpack, unpackOwn, versionOf, type HeadRow, type OperationRow } from './rows.ts';

/** A row as read: its content with the ETag that fences the next write, and its version. */
export interface Loaded<T> {
  readonly value: T;
  readonly etag: string;
  readonly version: number;
  /** As stored: a row that must be written again unchanged is written from these, for JSON of the same value can differ in the order of its names. */
  readonly fields: Row['fields'];
}

export interface LoadedCase<State, Part> {
  readonly caseId: string;
  /** Row keys of the parts that were asked for, there or not. */
  readonly asked: readonly string[];
  readonly state?: Loaded<State>;
  readonly head?: Loaded<HeadRow>;
  readonly parts: Readonly<Record<string, Loaded<Part>>>;
}

/** Point reads in parallel: one round trip, whatever the length of the case's history. Never an OR filter, which scans the partition. */
export async function loadCase<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, caseId: string, parts: readonly string[],
): Promise<LoadedCase<State, Part>> {
  const [state, head, ...partRows] = await Promise.all([
    deps.cases.get(caseId, rowKeys.state), deps.cases.get(caseId, rowKeys.head), ...parts.map(key => deps.cases.get(caseId, key)),
  ]);
  const own = state && unpackOwn(state, room.stateSchema);
  // The id of a case of another room is no id here.
  if (state && own === undefined) return { caseId, asked: parts, parts: {} };
  return {
    caseId,
    asked: parts,
    ...(state && own !== undefined && { state: loaded(state, own) }),
    ...(head && { head: loaded(head, unpack(head, headRow)) }),
    parts: Object.fromEntries(partRows.flatMap((row, n) => (row ? [[parts[n] ?? '', loaded(row, unpack(row, room.partSchema))]] : []))),
  };
}

/**
 * Whether what was loaded is of one moment. Rows are read beside each other, so one may be of before a step and another of after it. When all read the same
 * once more, each stayed as it was from its first reading to its second, and there is a moment that lies between for all. Without parts there is nothing to
 * compare: writes are fenced by state and head.
 */
export async function isSteady<State, Part>(deps: CaseDeps, rows: LoadedCase<State, Part>): Promise<boolean> {
  if (rows.asked.length === 0) return true;
  const [state, ...parts] = await Promise.all([rowKeys.state, ...rows.asked].map(key => deps.cases.get(rows.caseId, key)));
  return state?.etag === rows.state?.etag && rows.asked.every((key, n) => parts[n]?.etag === rows.parts[key]?.etag);
}

/** As `loadCase`, of one moment: for a worker, to whom a further round trip is nothing. */
export async function loadSteadyCase<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, caseId: string, parts: readonly string[],
): Promise<LoadedCase<State, Part>> {
  for (;;) {
    const rows = await loadCase(deps, room, caseId, parts);
    if (await isSteady(deps, rows)) return rows;
  }
}

export async function loadOperation(deps: CaseDeps, caseId: string, operationId: string): Promise<Loaded<OperationRow> | undefined> {
  const row = await deps.cases.get(caseId, rowKeys.operation(operationId));
  return row && loaded(row, unpack(row, operationRow));
}

/** What `decide` sees, or undefined when there is no such case (an abandoned tombstone is not a case). */
export function asCase<State, Part>(rows: LoadedCase<State, Part>): Case<State, Part> | undefined {
  return rows.state && { state: rows.state.value, parts: Object.fromEntries(Object.entries(rows.parts).map(([key, part]) => [key, part.value])) };
}

export function loaded<T>(row: StoredRow, value: T): Loaded<T> {
  return { value, etag: row.etag, version: versionOf(row), fields: row.fields };
}
