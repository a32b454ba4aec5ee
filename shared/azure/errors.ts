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
