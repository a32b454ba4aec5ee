import { ContentMismatch, mustBe, type EvidenceDigest } from '../../../shared/azure/evidenceStore.ts';
import { ProviderError, type LiveLinkProvider, type MediaRef, type OpenMedia } from '../provider/port.ts';

interface Reading {
  readonly provider: Pick<LiveLinkProvider, 'openMedia'>;
  readonly media: MediaRef;
  readonly stallAfterMs: number;
  readonly signal: AbortSignal;
}

const maxReopens = 3;

/**
 * The content of a media file, resumed where it broke off, at most three times: hour-long recordings cross bad lines. Whatever a provider makes of `from`, the
 * hash over the whole decides. @throws ProviderError, ContentMismatch when the provider contradicts itself, the signal's reason
 */
export async function* providerStream(reading: Reading): AsyncGenerator<Uint8Array> {
  const { media } = reading;
  let got = 0;
  for (let reopens = 0; ; reopens += 1) {
    try {
      const open = await opened(reading, got);
      for await (const chunk of watched(open.stream, reading)) {
        got += chunk.length;
        // More than was announced is no evidence of this media: it is not drawn to its end.
        if (got > media.bytes) throw new ContentMismatch('bytes', { bytes: got, sha256: '' });
        yield chunk;
      }
      if (got >= media.bytes) return;
      throw new ProviderError('unavailable', 'the stream ended early');
    } catch (error) {
      reading.signal.throwIfAborted();
      if (!canResume(error) || reopens >= maxReopens) throw asProviderError(error);
    }
  }
}

async function opened({ provider, media, signal }: Reading, from: number): Promise<OpenMedia> {
  const open = await provider.openMedia(media, { signal, ...(from > 0 && { from }) });
  const announced: Partial<EvidenceDigest> = { ...(from === 0 && { bytes: media.bytes }), ...(media.sha256 !== undefined && { sha256: media.sha256 }) };
  // A list that says one hash and a download that says another: neither is to be believed.
  mustBe({ bytes: open.bytes ?? media.bytes, sha256: (open.sha256 ?? media.sha256 ?? '').toLowerCase() }, announced);
  return open;
}

function canResume(error: unknown): boolean {
  if (error instanceof ContentMismatch) return false;
  return !(error instanceof ProviderError) || error.kind === 'unavailable' || error.kind === 'timeout';
}

/** A broken socket under a provider's stream is the provider's failure, whatever class its library throws. */
function asProviderError(error: unknown): Error {
  if (error instanceof ProviderError || error instanceof ContentMismatch) return error;
  return new ProviderError('unavailable', 'the stream broke', { cause: error });
}

/** The stream, or a ProviderError `timeout` when it goes silent for too long. */
async function* watched(stream: AsyncIterable<Uint8Array>, { stallAfterMs, signal }: Reading): AsyncGenerator<Uint8Array> {
  const iterator = stream[Symbol.asyncIterator]();
  let isDone = false;
  try {
    for (;;) {
      const step = await inTime(iterator.next(), stallAfterMs, signal);
      if (step.done === true) break;
      yield step.value;
    }
    isDone = true;
  } finally {
    if (!isDone) void iterator.return?.().catch(() => undefined);
  }
}

async function inTime<T>(step: Promise<T>, milliseconds: number, signal: AbortSignal): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new ProviderError('timeout', 'the stream went silent')), milliseconds);
  const stop = (): void => late.reject(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([step, late.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
