import { TeamsError } from '../teams.ts';

export interface AttemptDeps {
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly random: () => number;
  readonly now: () => Date;
}

/** What the Bot Connector asks to be tried again, with jitter (power-platform-and-teams.md 4.3). */
const retried: ReadonlySet<number> = new Set([412, 429, 502, 504]);
const tries = 3;
/** A longer Retry-After goes back to the queue, which waits without holding a worker. */
const longestWaitMs = 10_000;
const firstDelayMs = 500;

/** Calls Teams, and again where it asks for that. @throws TeamsError, or the reason of the signal when it is aborted */
export async function attempt<T>(call: () => Promise<T>, deps: AttemptDeps, signal?: AbortSignal): Promise<T> {
  for (let attempted = 1; ; attempted += 1) {
    signal?.throwIfAborted();
    try {
      return await raced(call(), signal);
    } catch (error) {
      signal?.throwIfAborted();
      const status = statusOf(error);
      const fault = toTeamsError(error, deps.now());
      const wait = fault.retryAfterMs ?? firstDelayMs * 2 ** (attempted - 1) * (0.5 + deps.random());
      if (attempted === tries || status === undefined || !retried.has(status) || wait > longestWaitMs) throw fault;
      await raced(deps.sleep(wait), signal);
    }
  }
}

/** An SDK that takes no signal goes on in the background; its answer is no longer wanted. */
export async function raced<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return await work;
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Folds what an SDK throws into our four kinds. Its message may quote the request, so it is not passed on. */
export function toTeamsError(error: unknown, now: Date): TeamsError {
  if (error instanceof TeamsError) return error;
  const status = statusOf(error);
  const after = retryAfterOf(error, now);
  if (status === 429 || status === 412) return new TeamsError('throttled', `Teams answered ${status}`, after);
  if (status === 404 || status === 410) return new TeamsError('gone', `Teams answered ${status}`);
  if (status !== undefined && status >= 400 && status < 500 && status !== 408) return new TeamsError('forbidden', `Teams answered ${status}`);
  return new TeamsError('unavailable', status === undefined ? 'Teams did not answer' : `Teams answered ${status}`, after);
}

/** axios keeps the status in `response.status`, the Graph client in `statusCode`, where it is -1 when there was no answer. */
function statusOf(error: unknown): number | undefined {
  const status = field(field(error, 'response'), 'status') ?? field(error, 'statusCode');
  return typeof status === 'number' && status > 0 ? status : undefined;
}

/** Retry-After in seconds or as a date, in milliseconds from now. */
function retryAfterOf(error: unknown, now: Date): number | undefined {
  const headers = field(field(error, 'response'), 'headers') ?? field(error, 'headers');
  const text = headers instanceof Headers ? headers.get('retry-after') : field(headers, 'retry-after');
  if (typeof text !== 'string' || text === '') return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
