import { Conflict, TooLarge, Unavailable } from '../azure/store.ts';
import type { Log } from '../log.ts';
import { TokenRefused } from './caller.ts';
import { ProblemError, problem, unavailable } from './problem.ts';

/** What any thrown thing means to the caller, and its log row. A refused token or permission writes exactly one security row; what nobody foresaw is a 500 without internals. */
export function toProblem(error: unknown, log: Log, caller: string | undefined): ProblemError {
  if (error instanceof TokenRefused) {
    log.security('token-refused', { reason: error.reason });
    return problem('not-signed-in', 'Sign in again, then repeat the request.', { headers: { 'www-authenticate': 'Bearer' } });
  }
  if (error instanceof ProblemError) {
    if (error.problem.code === 'not-permitted') log.security('permission-refused', { caller });
    else log.info('problem', { caller, code: error.problem.code, status: error.problem.status });
    return error;
  }
  if (error instanceof Unavailable) return retry(error, error.retryAfterSeconds, log);
  if (error instanceof Conflict) return retry(error, 2, log);
  if (error instanceof TooLarge) return problem('body-too-large', 'This is more than one record can hold.');
  log.error('request-failed', { caller }, error);
  return problem('internal-error', 'The fault is logged. Give the trace id when you ask for help.');
}

function retry(error: Error, retryAfterSeconds: number, log: Log): ProblemError {
  log.warn('dependency-unavailable', { retryAfterSeconds }, error);
  return unavailable(retryAfterSeconds);
}
