import { Conflict } from '../azure/store.ts';
import { pendingKey } from './keys.ts';
import { writeIndex } from './lists.ts';
import { asCase, loadSteadyCase, type LoadedCase } from './load.ts';
import type { CaseDeps, Room, WorkMessage } from './room.ts';
import type { OperationRow } from './rows.ts';

/**
 * The end of step 4, for any final status and in this order: write the index rows of the lists that changed, tell a person of what failed or is uncertain, delete the pending row that the
 * message names; the caller then acknowledges. A message whose pending row is gone was brought to its end by an earlier delivery, and there is nothing left to do.
 */
export async function finish<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, message: WorkMessage, operation: Ended,
): Promise<void> {
  const { partitionKey, rowKey } = pendingKey(message.at, message.caseId, message.operationId);
  // Beside each other: the rows are wanted nearly always.
  const [pending, rows] = await Promise.all([deps.work.get(partitionKey, rowKey), operation.touched?.length === 0 ? undefined : loadSteadyCase(deps, room, message.caseId, operation.parts)]);
  if (!pending) return;
  if (rows) await list(deps, room, rows, operation);
  // Before the pending row goes, so that a crash between the two tells twice rather than never.
  if (operation.status === 'failed' || operation.status === 'uncertain') tell(deps, message, operation);
  await removePending(deps, message);
}

type Ended = Pick<OperationRow, 'parts' | 'gone' | 'touched' | 'status' | 'code'>;

async function list<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, rows: LoadedCase<State, Part>, { gone, touched }: Ended): Promise<void> {
  const current = asCase(rows);
  if (current && rows.state) await writeIndex(deps, { caseId: rows.caseId, version: rows.state.version, present: room.index(rows.caseId, current).filter(row => touched?.includes(row.list) ?? true), gone });
}

function tell(deps: CaseDeps, { caseId, operationId }: WorkMessage, { status, code }: Ended): void {
  deps.alarm({ what: `operation-${status}`, caseId, operationId, ...(code !== undefined && { code }) });
}

async function removePending(deps: CaseDeps, message: WorkMessage): Promise<void> {
  const key = pendingKey(message.at, message.caseId, message.operationId);
  try {
    // `*` deletes whatever stamp the sweeper left on it.
    await deps.work.transact([{ do: 'delete', ...key, etag: '*' }]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}
