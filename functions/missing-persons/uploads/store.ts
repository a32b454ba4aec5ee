import { evidenceParts, type EvidenceDigest, type EvidenceStore } from '../../../shared/azure/evidenceStore.ts';
import { Conflict } from '../../../shared/azure/store.ts';
import { allBuckets, bucketOf, sha256 } from '../../../shared/case/keys.ts';
import type { CaseDeps } from '../../../shared/case/room.ts';
import { unpack } from '../../../shared/case/rows.ts';
import { insertOnce } from '../../../shared/case/transaction.ts';
import type { MissingDeps } from '../deps.ts';
import type { StoredFile } from '../rules/law/uploadActs.ts';
import type { ResultCommand } from '../rules/law/results.ts';
import { missingRecord, type MissingRecord } from '../state.ts';

/** The name of the bytes in both containers. Nothing of it comes from who sent them. */
export const blobOf = (recordId: string, fileId: string): string => `missing-${recordId}-${fileId}`;

type Holding = Pick<MissingDeps, 'cases' | 'files'>;

/**
 * Into quarantine, before the record knows of it. The name follows from record, sending and content: the same sending writes the same blob. It is noted first, so that one whose command never
 * came is found and removed.
 */
export async function quarantine({ cases, files }: Holding, { recordId, batch, bytes }: { readonly recordId: string; readonly batch: string; readonly bytes: Uint8Array }): Promise<Pick<StoredFile, 'fileId' | 'sha256' | 'bytes'>> {
  const hash = sha256(bytes);
  const fileId = sha256(`${recordId} ${batch} ${hash}`).slice(0, 16);
  const at = cases.now().toISOString();
  await insertOnce(cases, { partitionKey: notes(bucketOf(recordId)), rowKey: `${at}|${recordId}|${fileId}`, fields: { recordId, fileId } });
  const digest: EvidenceDigest = await files.writeStream('quarantine', blobOf(recordId, fileId), once(bytes), { expected: { sha256: hash, bytes: bytes.byteLength } });
  return { fileId, ...digest };
}

const notes = (bucket: string): string => `missing-upload|${bucket}`;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Asks the scanner; what is clean leaves quarantine, hashed again on the way, before the record says so. Killed anywhere, the next call ends it. @throws ContentMismatch, Unavailable */
export async function scanFile({ files, malware }: Pick<MissingDeps, 'files' | 'malware'>, { record, fileId, signal }: { readonly record: MissingRecord; readonly fileId: string; readonly signal: AbortSignal }): Promise<ResultCommand> {
  const file = record.files.find(one => one.fileId === fileId);
  if (!file || file.state === 'CLEAN' || file.state === 'INFECTED') return { do: 'RecordDone', kind: 'scan-file' };
  const name = blobOf(record.recordId, fileId);
  // Only this step puts it there, and only on the scanner's word.
  const said = await files.properties('evidence', name) ? 'CLEAN' : await malware.verdictFor(name, file.sha256, { signal });
  signal.throwIfAborted();
  if (said !== 'CLEAN') return { do: 'RecordScan', fileId, said };
  const kept = await files.copyWithin(name, { signal, expected: { sha256: file.sha256, bytes: file.bytes } });
  if (!kept) return { do: 'RecordScan', fileId, said: 'ERROR' };
  await files.remove('quarantine', name);
  return { do: 'RecordScan', fileId, said };
}

/** The bytes of an infected file; its hash stays on the record. */
export async function destroyFile({ files }: Pick<MissingDeps, 'files'>, { recordId }: Pick<MissingRecord, 'recordId'>, fileId: string): Promise<ResultCommand> {
  await removeBoth(files, blobOf(recordId, fileId));
  return { do: 'RecordDone', kind: 'destroy-file' };
}

/**
 * Every file of a record, for its deletion (3.10), found by name, for a record that is a tombstone names none. Links need no more: they stand in the record and nowhere else. May be repeated.
 * @throws Conflict for a blob under an immutability policy
 */
export async function destroyFiles({ files }: Pick<MissingDeps, 'files'>, recordId: string): Promise<void> {
  for (const part of evidenceParts) for (const name of await files.names(part, blobOf(recordId, ''))) await files.remove(part, name);
}

async function removeBoth(files: EvidenceStore, name: string): Promise<void> {
  await files.remove('quarantine', name);
  await files.remove('evidence', name);
}

const orphanAfterMs = 24 * 3_600_000;

/** Removes files that no record names a day after they came: the request was killed between blob and commit, or refused. Returns how many were removed. */
export async function sweepUploads({ cases, files }: Holding): Promise<number> {
  const below = new Date(cases.now().getTime() - orphanAfterMs).toISOString();
  let removed = 0;
  for (const bucket of allBuckets()) {
    let next: string | undefined;
    do {
      const page = await cases.work.list({ partitionKey: notes(bucket), below, limit: 500, ...(next !== undefined && { next }) });
      for (const { partitionKey, rowKey, fields: { recordId, fileId } } of page.rows) {
        if (!await isNamed(cases, String(recordId), String(fileId))) {
          await removeBoth(files, blobOf(String(recordId), String(fileId)));
          removed += 1;
        }
        await forget(cases, { partitionKey, rowKey });
      }
      next = page.next;
    } while (next !== undefined);
  }
  return removed;
}

async function isNamed({ cases }: CaseDeps, recordId: string, fileId: string): Promise<boolean> {
  const row = await cases.get(recordId, 'state');
  return row !== undefined && unpack(row, missingRecord).files.some(file => file.fileId === fileId);
}

async function forget({ work }: CaseDeps, row: { readonly partitionKey: string; readonly rowKey: string }): Promise<void> {
  try {
    await work.transact([{ do: 'delete', ...row, etag: '*' }]);
  } catch (error) {
    // Another host was there first.
    if (!(error instanceof Conflict)) throw error;
  }
}
