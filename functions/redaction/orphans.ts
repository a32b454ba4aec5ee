import { allBuckets, bucketOf } from '../../shared/case/keys.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { unpack } from '../../shared/case/rows.ts';
import { insertOnce } from '../../shared/case/transaction.ts';
import { blobName } from './content.ts';
import { documentState } from './state.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Notes that a file is about to be stored, so that one whose command never came is found without listing every blob. */
export async function noteUpload(deps: CaseDeps, bundleId: string, sha256: string): Promise<void> {
  const at = deps.now().toISOString();
  await insertOnce(deps, { partitionKey: `upload|${bucketOf(bundleId)}`, rowKey: `${at}|${bundleId}|${sha256}`, fields: { at, bundleId, sha256 } });
}

/** Removes files that no document names a day after they came (storage-protocol, Cost). Returns how many were removed. */
export async function sweepOrphans(deps: CaseDeps): Promise<number> {
  const before = new Date(deps.now().getTime() - dayMilliseconds).toISOString();
  let removed = 0;
  for (const bucket of allBuckets()) {
    let next: string | undefined;
    do {
      const page = await deps.work.list({ partitionKey: `upload|${bucket}`, below: before, limit: 500, ...(next !== undefined && { next }) });
      for (const row of page.rows) {
        const { bundleId, sha256 } = row.fields;
        if (typeof bundleId === 'string' && typeof sha256 === 'string' && !(await isNamed(deps, bundleId, sha256))) {
          await deps.blobs.remove(blobName(bundleId, 'original', sha256));
          removed += 1;
        }
        await deps.work.transact([{ do: 'delete', partitionKey: row.partitionKey, rowKey: row.rowKey, etag: '*' }]);
      }
      next = page.next;
    } while (next !== undefined);
  }
  return removed;
}

async function isNamed(deps: CaseDeps, bundleId: string, sha256: string): Promise<boolean> {
  const documents = await deps.cases.list({ partitionKey: bundleId, from: 'doc|', below: 'doc}', limit: 1000 });
  return documents.rows.some(row => unpack(row, documentState).sha256 === sha256);
}
