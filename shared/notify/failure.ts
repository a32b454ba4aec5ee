import * as z from 'zod';
import type { MessageErrorKind } from './messenger.ts';
import { MessageError } from './messenger.ts';

/** The parts of an axios error that are safe to read. Its `config` and `request` hold the number and the token, so the error itself is never kept as a cause. */
const httpError = z.object({
  isAxiosError: z.literal(true),
  code: z.string().optional().catch(undefined),
  response: z.object({ status: z.int(), headers: z.unknown(), data: z.unknown() }).optional().catch(undefined),
});
const notifyErrors = z.object({ errors: z.array(z.object({ error: z.string().regex(/^\w{1,40}$/).catch('unnamed') })).max(20) });
const retryAfter = z.object({ 'retry-after': z.string().regex(/^\d{1,6}$/).transform(seconds => Number(seconds) * 1_000) });

/**
 * The MessageError for what a call threw, or undefined for a fault of our own. `isAborted`: our time-out or the caller's signal ended it, so it may have been sent
 * all the same.
 */
export function messageError(thrown: unknown, isAborted: boolean): MessageError | undefined {
  if (isAborted) return new MessageError('timeout', 'Notify did not answer in time');
  const { data } = httpError.safeParse(thrown);
  if (!data) return undefined;
  const { code = 'no code', response } = data;
  if (!response) return isTimeout(code) ? new MessageError('timeout', 'The connection to Notify was cut') : new MessageError('unavailable', `Notify could not be reached (${code.slice(0, 40)})`);
  const names = notifyErrors.safeParse(response.data).data?.errors.map(({ error }) => error).join(', ') ?? '';
  const wait = retryAfter.safeParse(response.headers).data?.['retry-after'];
  return new MessageError(kindOf(response.status), `Notify answered ${response.status} ${names}`.trim(), wait);
}

/** The status of the answer, or undefined when there was none. */
export function statusIn(thrown: unknown): number | undefined {
  return httpError.safeParse(thrown).data?.response?.status;
}

/** A connection that was cut after the request went out says as little as a time-out about what Notify did with it. */
function isTimeout(code: string): boolean {
  return ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED', 'ECONNRESET', 'EPIPE'].includes(code);
}

function kindOf(status: number): MessageErrorKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return 'rateLimited';
  return status >= 400 && status < 500 ? 'validation' : 'unavailable';
}
