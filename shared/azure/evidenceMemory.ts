import { createHash } from 'node:crypto';
import { abortable, copyBetween, mustBe, type EvidencePart, type EvidenceProperties, type EvidenceStore } from './evidenceStore.ts';

interface Held extends EvidenceProperties {
  readonly content: Uint8Array;
}

/** The double of `azureEvidence`, for tests. `held` shows what is complete, by `part/name`. `now` gives UTC ISO times. */
export function memoryEvidence(now: () => string): EvidenceStore & { readonly held: Map<string, Held> } {
  const held = new Map<string, Held>();
  const at = (part: EvidencePart, name: string): string => `${part}/${name}`;
  const store: EvidenceStore = {
    async writeStream(part, name, content, { signal, expected } = {}) {
      signal?.throwIfAborted();
      const complete = held.get(at(part, name));
      if (complete) return mustBe({ bytes: complete.bytes, sha256: complete.sha256 }, expected);
      const chunks: Uint8Array[] = [];
      for await (const chunk of abortable(content, signal)) chunks.push(chunk.slice());
      const whole = Buffer.concat(chunks);
      const digest = mustBe({ bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') }, expected);
      const winner = held.get(at(part, name));
      if (winner) return mustBe({ bytes: winner.bytes, sha256: winner.sha256 }, expected);
      held.set(at(part, name), { ...digest, createdAt: now(), content: whole });
      return digest;
    },
    readStream(part, name, { from = 0, bytes } = {}) {
      const found = held.get(at(part, name));
      return Promise.resolve(found && oneChunk(found.content.slice(from, bytes === undefined ? undefined : from + bytes)));
    },
    copyWithin: (name, options) => copyBetween(store, name, options),
    remove: (part, name) => Promise.resolve(void held.delete(at(part, name))),
    properties(part, name) {
      const found = held.get(at(part, name));
      return Promise.resolve(found && { bytes: found.bytes, sha256: found.sha256, createdAt: found.createdAt });
    },
    names: (part, prefix) => Promise.resolve([...held.keys()].filter(place => place.startsWith(at(part, prefix))).map(place => place.slice(part.length + 1))),
  };
  return { ...store, held };
}

async function* oneChunk(content: Uint8Array): AsyncGenerator<Uint8Array> {
  if (content.length > 0) yield await Promise.resolve(content);
}
