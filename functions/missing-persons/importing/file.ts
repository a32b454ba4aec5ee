import type { BlobStore } from '../../../shared/azure/store.ts';
import { Permanent } from '../../../shared/case/room.ts';
import { readImport, type ImportLine } from '../rules/intake/importFile.ts';

const folder = 'missing-imports/';
export const fileName = (importId: string): string => `${folder}${importId}`;

/** The text of an uploaded file, or undefined when it is not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

let kept: { readonly key: string; readonly lines: readonly ImportLine[] } | undefined;

/** The rows of a run in the order of work: what is over first, so that an open case knows the person's earlier episodes. As they were read when the run began. */
export async function linesOf(blobs: BlobStore, { importId, sha256, at }: { readonly importId: string; readonly sha256: string; readonly at: string }): Promise<readonly ImportLine[]> {
  const key = `${importId} ${sha256}`;
  if (kept?.key === key) return kept.lines;
  const bytes = await blobs.read(fileName(importId));
  const text = bytes && textOf(bytes);
  if (text === undefined) throw new Permanent('file-gone');
  const lines = readImport(text, at).lines.toSorted((a, b) => orderOf(a) - orderOf(b));
  kept = { key, lines };
  return lines;
}

const orderOf = ({ record }: ImportLine): number => (record?.kind === 'OPEN_CASE' ? 1 : 0);

const dayMs = 86_400_000;

/** Takes away files whose run never began: a run takes its own away at its end. */
export async function pruneFiles({ blobs, now }: { readonly blobs: BlobStore; readonly now: () => Date }): Promise<number> {
  const before = new Date(now().getTime() - dayMs).toISOString();
  const old = (await blobs.list(folder)).filter(({ createdAt }) => createdAt < before);
  for (const { name } of old) await blobs.remove(name);
  return old.length;
}
