import { Client, HTTPMessageHandler } from '@microsoft/microsoft-graph-client';
import * as z from 'zod';
import { TeamsError } from '../teams.ts';
import { raced, toTeamsError } from './attempts.ts';
import { appTokens } from './tokens.ts';

const publicGraph = 'https://graph.microsoft.com/v1.0';
const scope = 'https://graph.microsoft.com/.default';
const tries = 3;
const firstDelayMs = 300;
/** More pages than anybody's roles fill: a list without an end is a fault. */
const mostPages = 20;

/** The time for one question, however many calls it takes. Real time: it bounds sockets, which know no shifted clock. */
export interface Budget {
  readonly signal: AbortSignal;
  readonly left: () => number;
}

export interface GraphReader {
  /** @throws TeamsError; `gone` for a 404 */
  read<T>(path: string, shape: z.ZodType<T>, budget: Budget): Promise<T>;
  /** All pages of a list. @throws TeamsError, also when a page names a next one on another host */
  list<T>(path: string, item: z.ZodType<T>, budget: Budget): Promise<T[]>;
}

export interface ReaderSettings {
  readonly botId: string;
  readonly url?: string | undefined;
  readonly tokenUrl?: string | undefined;
}

export function budgetOf(milliseconds: number): Budget {
  const end = performance.now() + milliseconds;
  return { signal: AbortSignal.timeout(milliseconds), left: () => end - performance.now() };
}

/** Reads Graph over its client. The waits are ours and not its RetryHandler's, which can neither be aborted nor know how much time is left. */
export function openReader({ botId, url = publicGraph, tokenUrl }: ReaderSettings, deps: { readonly now: () => Date; readonly sleep: (milliseconds: number) => Promise<unknown> }): GraphReader {
  const base = new URL(url);
  const tokenFor = appTokens({ botId, ...(tokenUrl !== undefined && { tokenUrl }) });
  // As in graphClient.ts: no handler for tokens, which sends none over http to the local fake, and no redirect is followed.
  const client = Client.initWithMiddleware({
    baseUrl: base.origin, defaultVersion: base.pathname.replaceAll('/', ''), customHosts: new Set([base.hostname]), fetchOptions: { redirect: 'error' }, middleware: new HTTPMessageHandler(),
  });
  const call = async (path: string, { signal }: Budget): Promise<unknown> => {
    const token = await tokenFor(scope);
    const body: unknown = await client.api(path).header('Authorization', `Bearer ${token}`).option('signal', signal).get();
    return body;
  };
  const read: GraphReader['read'] = async (path, shape, budget) => {
    const body = shape.safeParse(await patiently(() => call(path, budget), deps, budget));
    if (!body.success) throw new TeamsError('unavailable', 'Graph sent what cannot be read');
    return body.data;
  };
  return {
    read,
    list: async (path, item, budget) => {
      const shape = z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() });
      const found = [];
      let next: string | undefined = path;
      for (let page = 0; next !== undefined; page += 1) {
        if (page === mostPages) throw new TeamsError('unavailable', 'a list of Graph has no end');
        const { value, '@odata.nextLink': link }: z.output<typeof shape> = await read(next, shape, budget);
        found.push(...value);
        next = link === undefined ? undefined : pathOf(link, base);
      }
      return found;
    },
  };
}

/** Calls again where Graph asks for it, if the wait fits in the time that is left: its throttling guide says to wait for Retry-After. */
async function patiently<T>(call: () => Promise<T>, { now, sleep }: { readonly now: () => Date; readonly sleep: (milliseconds: number) => Promise<unknown> }, budget: Budget): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    inTime(budget);
    try {
      return await raced(call(), budget.signal);
    } catch (error) {
      inTime(budget);
      const fault = toTeamsError(error, now());
      const wait = fault.retryAfterMs ?? firstDelayMs * tried;
      if (tried === tries || !['throttled', 'unavailable'].includes(fault.kind) || wait >= budget.left()) throw fault;
      await raced(sleep(wait), budget.signal).catch(() => { inTime(budget); });
    }
  }
}

function inTime({ signal }: Budget): void {
  if (signal.aborted) throw new TeamsError('unavailable', 'Graph did not answer in time');
}

/** The next page's path under our base. Our token goes to no other place, whatever a reply says. */
function pathOf(link: string, base: URL): string {
  const root = `${base.pathname.replace(/\/+$/, '')}/`;
  const next = URL.parse(link);
  if (next?.origin !== base.origin || !next.pathname.startsWith(root)) throw new TeamsError('forbidden', 'Graph named a next page on another host');
  return `/${next.pathname.slice(root.length)}${next.search}`;
}
