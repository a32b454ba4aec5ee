import { tryTransact } from '../../shared/azure/store.ts';
import { allBuckets } from '../../shared/case/keys.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { movingLists } from './rules/lists/names.ts';
import { readBucket } from './readWhole.ts';

/** No commit takes that long: a slower writer with an older state cannot put a row back after this. */
const keptMs = 86_400_000;

/**
 * Takes closed rows out of the lists whose sort keys move with time. A row is closed and not deleted so that a slow writer does not put it back; but each step of a case leaves one, and without
 * this the live rows would lie behind more and more of them.
 */
export async function pruneLists({ work, now }: Pick<CaseDeps, 'work' | 'now'>): Promise<number> {
  const before = new Date(now().getTime() - keptMs).toISOString();
  let gone = 0;
  for (const list of movingLists) {
    for (const bucket of allBuckets()) {
      const partitionKey = `index|${list}|${bucket}`;
      const old = (await readBucket(work, partitionKey)).filter(({ fields }) => fields['open'] === false && String(fields['closedAt']) < before);
      for (const { rowKey, etag } of old) gone += await remove(work, { partitionKey, rowKey, etag });
    }
  }
  return gone;
}

async function remove(work: CaseDeps['work'], row: { readonly partitionKey: string; readonly rowKey: string; readonly etag: string }): Promise<number> {
  // One that came back to life just now stays: a list has it again.
  return await tryTransact(work, [{ do: 'delete', ...row }]) ? 1 : 0;
}
