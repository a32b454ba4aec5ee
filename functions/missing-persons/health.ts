import { Conflict } from '../../shared/azure/store.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { present } from '../../shared/domain/present.ts';

const partitionKey = 'missing-health';
type Deps = Pick<CaseDeps, 'work' | 'now'>;
/** Of the outage pack: which hour somebody writes, and which was written when. */
export const packRow = { partitionKey, rowKey: 'outage-pack' } as const;

/** The sweep was here: number 11 says when that was last. */
export async function beat(deps: Deps): Promise<void> {
  await write(deps, 'heartbeat', () => ({ at: deps.now().toISOString() }));
}

/** Messages that ended in the poison queue, as a count since the beginning. */
export async function countDead(deps: Deps, more: number): Promise<void> {
  if (more > 0) await write(deps, 'dead-letters', before => ({ count: Number(before?.['count'] ?? 0) + more }));
}

export async function healthOf(deps: Pick<Deps, 'work'>): Promise<{ readonly deadLetters: number; readonly lastHeartbeatAt?: string; readonly lastPackAt?: string }> {
  const { work } = deps;
  const [heartbeat, dead, lastPackAt] = await Promise.all([work.get(partitionKey, 'heartbeat'), work.get(partitionKey, 'dead-letters'), lastPackOf(deps)]);
  const at = heartbeat?.fields['at'];
  return { deadLetters: Number(dead?.fields['count'] ?? 0), ...(typeof at === 'string' && { lastHeartbeatAt: at }), ...present({ lastPackAt }) };
}

/** When the last outage pack was written (15.4). */
export async function lastPackOf({ work }: Pick<Deps, 'work'>): Promise<string | undefined> {
  const at = (await work.get(packRow.partitionKey, packRow.rowKey))?.fields['writtenAt'];
  return typeof at === 'string' ? at : undefined;
}

async function write({ work }: Deps, rowKey: string, fields: (before: Readonly<Record<string, string | number | boolean>> | undefined) => Record<string, string | number>): Promise<void> {
  for (;;) {
    const before = await work.get(partitionKey, rowKey);
    const row = { partitionKey, rowKey, fields: fields(before?.fields) };
    try {
      await work.transact([before ? { do: 'update', row, etag: before.etag } : { do: 'insert', row }]);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}
