import { Conflict, type StoredRow } from '../../shared/azure/store.ts';
import { unpack } from '../../shared/case/rows.ts';
import type { Caller } from '../../shared/http/caller.ts';
import { ProblemError } from '../../shared/http/problem.ts';
import type { LinkDeps, LinkRoom } from './deps.ts';
import { maySee } from './permission.ts';
import { isTerminal } from './rules/machine.ts';

export interface Claims extends Pick<LinkDeps, 'cases'> {
  readonly room: Pick<LinkRoom, 'stateSchema'>;
}

/**
 * One live request per person, area and incident (goodsam.md 11d). The row is taken before the commit; a row whose request is over, or never came to be, is taken over.
 */
export async function claimOnly({ cases, room }: Claims, { requestId, key, caller }: { requestId: string; key: string; caller: Caller }): Promise<void> {
  const partitionKey = `active|${key.slice(0, 2)}`;
  for (;;) {
    const row = await cases.work.get(partitionKey, key);
    const holder = row && String(row.fields['requestId']);
    if (holder === requestId) return;
    if (row && holder !== undefined && await isStillLive({ cases, room }, holder, String(row.fields['at']))) throw await duplicate({ cases, room }, holder, caller);
    const next = { partitionKey, rowKey: key, fields: { requestId, at: cases.now().toISOString() } };
    try {
      await cases.work.transact([row ? { do: 'update', row: next, etag: row.etag } : { do: 'insert', row: next }]);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** Says which request it is to those who may know of it. */
async function duplicate({ cases, room }: Claims, holder: string, caller: Caller): Promise<ProblemError> {
  const row = await cases.cases.get(holder, 'state');
  const which = row && maySee(unpack(row, room.stateSchema), caller) ? `: /api/live-links/${holder}` : '';
  return new ProblemError({ status: 409, code: 'DUPLICATE_ACTIVE', title: 'There is a live request already', detail: `This person has a live request for this incident${which}. A supervisor may ask for a second one.` });
}

/** Gives a place back that a refused request had taken. */
export async function releaseClaim({ cases }: Claims, { requestId, key }: { requestId: string; key: string }): Promise<void> {
  const partitionKey = `active|${key.slice(0, 2)}`;
  const row = await cases.work.get(partitionKey, key);
  if (row?.fields['requestId'] !== requestId) return;
  try {
    await cases.work.transact([{ do: 'delete', partitionKey, rowKey: key, etag: row.etag }]);
  } catch (error) {
    // Somebody has taken it over meanwhile.
    if (!(error instanceof Conflict)) throw error;
  }
}

async function isStillLive({ cases, room }: Claims, requestId: string, claimedAt: string): Promise<boolean> {
  const lives = (row: StoredRow): boolean => !isTerminal(unpack(row, room.stateSchema).progress.state);
  const row = await cases.cases.get(requestId, 'state');
  if (row) return lives(row);
  // Claimed and not committed: either on its way now, or refused or crashed; after a tombstone's time it is not coming.
  if (!await cases.cases.get(requestId, 'head')) return cases.now().getTime() - Date.parse(claimedAt) < cases.timing.tombstoneAfter;
  // A head without a state is a tombstone, unless the commit came between the two looks.
  const committed = await cases.cases.get(requestId, 'state');
  return committed !== undefined && lives(committed);
}
