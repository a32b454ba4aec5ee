import { Conflict, TooLarge, Unavailable } from './store.ts';

/** The HTTP status that an SDK error carries, if any. */
export function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** Folds SDK errors into the three that the protocol knows. The SDK's message may quote keys, so it is not passed on. */
export function toStorageError(error: unknown): Error {
  const status = statusOf(error);
  if (status === 409 || status === 412) return new Conflict(`storage answered ${status}`);
  if (status === 413) return new TooLarge('storage answered 413');
  if (status === undefined || status === 408 || status === 429 || status >= 500) return new Unavailable(`storage answered ${status ?? 'nothing'}`, 2, { cause: error });
  return error instanceof Error ? error : new Error('storage failed', { cause: error });
}

/** Waits for a call of an SDK. What goes wrong is the signal's reason where it was aborted, and else one of the errors that the protocol knows. */
export async function storageCall(call: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  try {
    await call;
  } catch (error) {
    signal?.throwIfAborted();
    throw toStorageError(error);
  }
}
