import { Conflict } from '../azure/store.ts';
import { pendingKey } from './keys.ts';
import { writeIndex } from './lists.ts';
import { asCase, loadSteadyCase } from './load.ts';
import type { CaseDeps, Room, WorkMessage } from './room.ts';
import type { OperationRow } from './rows.ts';

/**
 * The end of step 4, for any final status and in this order: write the index rows if they changed, tell a person of what failed or is uncertain, delete the pending row that the
 * message names; the caller then acknowledges. A message that finds a final status does the same again, which is harmless.
 */
export async function finish<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, message: WorkMessage, operation: Pick<OperationRow, 'parts' | 'gone' | 'sameLists' | 'status' | 'code'>,
): Promise<void> {
  if (operation.sameLists !== true) await list(deps, room, message, operation);
  if (operation.status === 'failed' || operation.status === 'uncertain') await tell(deps, message, operation);
  await removePending(deps, message);
}

async function list<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, { caseId }: WorkMessage, { parts, gone }: Pick<OperationRow, 'parts' | 'gone'>): Promise<void> {
  const rows = await loadSteadyCase(deps, room, caseId, parts);
  const current = asCase(rows);
  if (current && rows.state) await writeIndex(deps, { caseId, version: rows.state.version, present: room.index(caseId, current), gone });
}

/** Before the pending row goes, so that a crash between the two tells twice rather than never; a later message finds no row and tells nobody again. */
async function tell(deps: CaseDeps, message: WorkMessage, { status, code }: Pick<OperationRow, 'status' | 'code'>): Promise<void> {
  const { caseId, operationId, at } = message;
  const key = pendingKey(at, caseId, operationId);
  if (await deps.work.get(key.partitionKey, key.rowKey)) deps.alarm({ what: `operation-${status}`, caseId, operationId, ...(code !== undefined && { code }) });
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
