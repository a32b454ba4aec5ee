import { accepted, bytesOf, failure, init, path } from './call.ts';
import type { ProviderConnection } from './call.ts';
import { ProviderError } from './port.ts';
import type { CallOptions, MediaRef, OpenMedia } from './port.ts';

/**
 * Opens a recording or an upload as a stream, from a byte on when an earlier try broke off. `bytes` is what the stream will give, `sha256` is of the whole file.
 * The time-out holds for the answer and then for each wait for more bytes, since a file may take longer than any one limit.
 */
export async function openMedia(connection: ProviderConnection, media: MediaRef, options: CallOptions & { readonly from?: number } = {}): Promise<OpenMedia> {
  const from = options.from ?? 0;
  const patience = startPatience(connection.timeoutMs);
  const signal = options.signal ? AbortSignal.any([patience.signal, options.signal]) : patience.signal;
  try {
    const request = { method: 'GET', path: path`/v1/sessions/${media.sessionId}/media/${media.providerMediaId}`, from } as const;
    const response = await accepted(await fetch(`${connection.url}${request.path}`, init(connection, request, signal)));
    const skip = bytesToSkip(response, from);
    const stream = watched(response, { skip, patience, signal });
    patience.rest();
    const length = response.headers.get('content-length');
    const sha256 = digestOf(response.headers) ?? media.sha256;
    return { stream, ...(length !== null && { bytes: Number(length) - skip }), ...(sha256 !== undefined && { sha256 }) };
  } catch (error) {
    patience.rest();
    throw failure(error, signal);
  }
}

interface Patience {
  readonly signal: AbortSignal;
  /** Waits for the provider from now on. */
  wait(): void;
  /** The provider owes us nothing just now. */
  rest(): void;
}

function startPatience(timeoutMs: number): Patience {
  const controller = new AbortController();
  const state = { timer: setTimeout(() => controller.abort(), timeoutMs) };
  const rest = (): void => clearTimeout(state.timer);
  const wait = (): void => {
    rest();
    state.timer = setTimeout(() => controller.abort(), timeoutMs);
  };
  return { signal: controller.signal, wait, rest };
}

/** A provider without ranges answers 200 with the whole file: its first bytes are then passed over, so that a resumed file is never wrong. */
function bytesToSkip(response: Response, from: number): number {
  if (response.status !== 206) return from;
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (start === undefined || Number(start) !== from) throw new ProviderError('unavailable', 'the provider gave another part of the file');
  return 0;
}

/** RFC 9530 `Repr-Digest: sha-256=:base64:`, as lower-case hex. */
function digestOf(headers: Headers): string | undefined {
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(headers.get('repr-digest') ?? '')?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex');
}

async function* watched(response: Response, { skip, patience, signal }: { readonly skip: number; readonly patience: Patience; readonly signal: AbortSignal }): AsyncGenerator<Uint8Array> {
  let passed = 0;
  try {
    patience.wait();
    for await (const chunk of bytesOf(response)) {
      patience.rest();
      const kept = chunk.subarray(Math.min(chunk.length, Math.max(0, skip - passed)));
      passed += chunk.length;
      if (kept.length > 0) yield kept;
      patience.wait();
    }
  } catch (error) {
    throw failure(error, signal);
  } finally {
    patience.rest();
  }
}
