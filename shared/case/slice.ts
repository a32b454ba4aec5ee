import { tryTransact } from '../azure/store.ts';
import { progressWrites } from './close.ts';
import { rowKeys } from './keys.ts';
import { loadOperation, type Loaded } from './load.ts';
import type { CaseDeps, Room, WorkMessage } from './room.ts';
import { pack, type EffectRow } from './rows.ts';
import { operationWrite, put } from './transaction.ts';

export interface Slice<Command> {
  readonly cursor: string;
  readonly effect: Loaded<EffectRow>;
  /** Shown in the case as progress, when the law accepts it. */
  readonly progress?: Command;
}

/**
 * Saves where a long job goes on and gives its effect back, in one transaction with the progress. False when the operation is no longer ours to go on with;
 * the next look at it finds out why.
 */
export async function saveSlice<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, message: WorkMessage, slice: Slice<Command>,
): Promise<boolean> {
  const { caseId, operationId } = message;
  const operation = await loadOperation(deps, caseId, operationId);
  if (operation?.value.status !== 'pending') return false;
  const now = deps.now().toISOString();
  const step = slice.progress === undefined
    ? { operation: operation.value, writes: [] }
    : await progressWrites(deps, room, { caseId, operationId, operation: operation.value, command: slice.progress, now });
  return await tryTransact(deps.cases, [
    operationWrite(caseId, operationId, { ...step.operation, cursor: slice.cursor, touchedAt: now }, operation),
    put({ partitionKey: caseId, rowKey: rowKeys.effect(operationId, 1), fields: pack({ ...slice.effect.value, status: 'idle' }) }, slice.effect),
    ...step.writes,
  ]);
}
