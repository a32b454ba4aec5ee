import { createHash } from 'node:crypto';
import { memoryEvidence } from '../../../shared/azure/evidenceMemory.ts';
import type { EvidenceDeps } from '../../../functions/goodsam/evidence/deps.ts';
import { evidenceIdOf } from '../../../functions/goodsam/evidence/identity.ts';
import { ProviderError, type LiveLinkProvider, type OpenMedia } from '../../../functions/goodsam/provider/port.ts';
import type { EvidenceMove, MediaItem } from '../../../functions/goodsam/rules/evidence.ts';

export const officer = '00000000-0000-4000-8000-000000000001';
export const start = '2026-11-25T09:00:00.000Z';
export const sha = (letter: string): string => letter.repeat(64);
export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

export function item(changes: Partial<MediaItem> = {}): MediaItem {
  return {
    evidenceId: evidenceIdOf('request-1', 'media-1'), sessionId: 'session-1', providerMediaId: 'media-1', kind: 'LIVE_RECORDING', state: 'AVAILABLE', mime: 'video/mp4', exifKept: true,
    tries: 0, pendingSince: start, continuity: [], ...changes,
  };
}

export function moved(move: EvidenceMove): MediaItem {
  if (move.kind === 'refused') throw new Error(`${move.code}: ${move.reason}`);
  return move.item;
}

/** An MP4 by its first bytes, and no two bytes alike for long. */
export function clip(bytes: number): Buffer {
  const content = Buffer.from(Uint8Array.from({ length: bytes }, (_, n) => n * 31 % 251));
  content.write('\0\0\0\u0018ftypisom', 0, 'latin1');
  return content;
}

/** The item of content that a provider announces with its hash. */
export function announced(content: Buffer, changes: Partial<MediaItem> = {}): MediaItem {
  return item({ bytes: content.length, providerSha256: hashOf(content), ...changes });
}

export interface FakeProvider extends Pick<LiveLinkProvider, 'openMedia' | 'deleteMedia'> {
  readonly opened: number[];
  deletions: number;
  isThere: boolean;
}

/** A provider with this content. `breaks` are the lengths after which its stream breaks off, one for each time that it is opened. */
export function fakeProvider(content: Uint8Array, breaks: readonly (number | 'silent')[] = []): FakeProvider {
  const left = [...breaks];
  const provider: FakeProvider = {
    opened: [], deletions: 0, isThere: true,
    openMedia(_media, { from = 0 } = {}): Promise<OpenMedia> {
      provider.opened.push(from);
      return provider.isThere ? Promise.resolve({ stream: pieces(content.subarray(from), left.shift()) }) : Promise.reject(new ProviderError('notFound', 'gone'));
    },
    deleteMedia() {
      if (!provider.isThere) return Promise.reject(new ProviderError('notFound', 'gone'));
      provider.deletions += 1;
      provider.isThere = false;
      return Promise.resolve({ deletedAt: start });
    },
  };
  return provider;
}

async function* pieces(content: Uint8Array, end: number | 'silent' | undefined): AsyncGenerator<Uint8Array> {
  if (end === 'silent') await new Promise(() => undefined);
  const last = typeof end === 'number' ? end : content.length;
  for (let at = 0; at < last; at += 1_000) yield await Promise.resolve(content.subarray(at, Math.min(at + 1_000, last)));
  if (typeof end === 'number') throw new Error('socket hang up');
}

export function world(provider: FakeProvider, changes: Partial<EvidenceDeps> = {}) {
  const clock = { at: start };
  const store = memoryEvidence(() => clock.at);
  const deps: EvidenceDeps = {
    now: () => new Date(clock.at), store, provider, stallAfterMs: 100,
    malware: { verdictFor: () => Promise.resolve('CLEAN') },
    evidenceSystem: {
      ingest: () => Promise.resolve({ ok: true, value: { demsId: 'D-1' } }),
      confirm: () => Promise.resolve({ ok: false, failure: { kind: 'unavailable' } }),
    },
    ...changes,
  };
  return { deps, store, clock };
}

export const signal = (): AbortSignal => new AbortController().signal;
