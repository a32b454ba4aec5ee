import { sha256 } from '../../shared/case/keys.ts';
import { Permanent } from '../../shared/case/room.ts';
import type { BlobStore } from '../../shared/azure/store.ts';
import { suggestionBlob, type Suggestion } from './suggestions.ts';

/** What is kept of a document, apart from its row. Each blob is named by its own SHA-256 and never changed. */
export type Kind = 'original' | 'pages' | 'suggestions' | 'frozen' | 'parts' | 'output' | 'certificate';

export function blobName(bundleId: string, kind: Kind, name: string): string {
  return `redaction/${bundleId}/${kind}/${name}`;
}

/** Writes content under its hash and returns the hash. Writing it again is harmless. */
export async function keep(blobs: BlobStore, bundleId: string, kind: Kind, content: Uint8Array): Promise<string> {
  const name = sha256(content);
  await blobs.create(blobName(bundleId, kind, name), content, kind === 'certificate' || kind === 'suggestions' || kind === 'frozen' ? 'application/json' : 'application/octet-stream');
  return name;
}

/** Reads content back and proves that it is what was written. @throws Permanent when it is gone or was changed. */
export async function fetchKept(blobs: BlobStore, bundleId: string, kind: Kind, name: string): Promise<Uint8Array> {
  const content = await blobs.read(blobName(bundleId, kind, name));
  if (!content) throw new Permanent('content-missing');
  if (sha256(content) !== name) throw new Permanent('content-changed');
  return content;
}

/** How many suggestions of how many documents a process remembers: blobs never change, so what was read once stays true. */
const remembered = 20;
const memory = new Map<string, readonly Suggestion[]>();

export async function readSuggestions(blobs: BlobStore, bundleId: string, name: string | undefined): Promise<readonly Suggestion[]> {
  if (name === undefined) return [];
  const known = memory.get(name);
  if (known) return known;
  const { suggestions } = suggestionBlob.parse(JSON.parse(Buffer.from(await fetchKept(blobs, bundleId, 'suggestions', name)).toString()));
  memory.set(name, suggestions);
  const oldest = memory.size > remembered ? memory.keys().next().value : undefined;
  if (oldest !== undefined) memory.delete(oldest);
  return suggestions;
}
