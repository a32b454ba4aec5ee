import { Client, HTTPMessageHandler, RetryHandler, RetryHandlerOptions } from '@microsoft/microsoft-graph-client';
import type { Graph, GraphDeps, GraphSettings } from '../graph.ts';
import { raced, toTeamsError } from './attempts.ts';
import { alertWindows, limiter } from './limits.ts';
import { appTokens } from './tokens.ts';

const publicGraph = 'https://graph.microsoft.com/v1.0';
const scope = 'https://graph.microsoft.com/.default';
/** Graph's own limit for the text of an alert. */
const previewMax = 150;

/** Opens Graph over its client, whose retries of 429, 503 and 504 honour Retry-After: two, and the rest is the queue's. */
export function openGraph({ botId, url = publicGraph, tokenUrl, timeoutMs = 20_000 }: GraphSettings, { now, sleep }: GraphDeps): Graph {
  const base = new URL(url);
  const tokenFor = appTokens({ botId, ...(tokenUrl !== undefined && { tokenUrl }) });
  // Without the client's own handlers for tokens and redirects: the first sends none over http, as to the local fake, and nothing here may follow a redirect.
  const client = Client.initWithMiddleware({
    baseUrl: base.origin, defaultVersion: base.pathname.replaceAll('/', ''), customHosts: new Set([base.hostname]), fetchOptions: { redirect: 'error' },
    middleware: [new RetryHandler(new RetryHandlerOptions(1, 2)), new HTTPMessageHandler()],
  });
  const limits = limiter(alertWindows, now);
  return {
    alertPerson: async ({ userObjectId, activityType, previewText, deepLink }, { signal } = {}) => {
      const wait = limits.take('alerts');
      if (wait > 0) await raced(sleep(wait), signal);
      const until = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
      const alert = {
        topic: { source: 'text', value: 'Police back end', webUrl: deepLink }, activityType, previewText: { content: previewText.slice(0, previewMax) },
        templateParameters: [{ name: 'task', value: previewText.slice(0, previewMax) }],
      };
      try {
        const request = client.api(`/users/${encodeURIComponent(userObjectId)}/teamwork/sendActivityNotification`)
          .header('Authorization', `Bearer ${await raced(tokenFor(scope), until)}`).option('signal', until);
        await raced(Promise.resolve(request.post(alert)), until);
      } catch (error) {
        signal?.throwIfAborted();
        throw toTeamsError(error, now());
      }
    },
  };
}
