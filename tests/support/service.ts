import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startIssuer, type Issuer } from '../../local/issuer/issuer.ts';
import { startSystem, type System, type SystemSettings } from '../../local/system.ts';
import { createClient, type Client } from './client.ts';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The built app: `dist/`, or the folder that ARTEFACT names, so that two runs can each have their own. */
export const artefact = process.env['ARTEFACT'] ?? join(root, 'dist');

/** Short times, so that tombstones and retries fit a test; the rules between them are those of production. */
export const testTiming = {
  TOMBSTONE_AFTER_SECONDS: '2', COMMIT_VISIBILITY_SECONDS: '0', QUEUE_VISIBILITY_SECONDS: '1', QUEUE_MAX_DEQUEUE_COUNT: '5', EFFECT_TIMEOUT_SECONDS: '60', SWEEP_AFTER_SECONDS: '5',
} as const;

export interface Service {
  readonly url: string;
  as(login: string): Client;
  readonly anonymous: Client;
  /** Only against the embedded host. */
  readonly local?: { readonly system: System; readonly issuer: Issuer };
  stop(): Promise<void>;
}

/** The built app on the embedded host, or the host that HOST_URL names, with tokens from the issuer that ISSUER_URL names. */
export async function startService(settings: Partial<SystemSettings> = {}): Promise<Service> {
  const hostUrl = process.env['HOST_URL'];
  if (hostUrl !== undefined) return remote(hostUrl, process.env['ISSUER_URL'] ?? '');
  if (!existsSync(join(artefact, 'main.js'))) throw new Error(`${artefact} is missing: npm test builds it; alone, run npm run build first`);
  const issuer = await startIssuer();
  const system = await startSystem({
    artefact, ...settings,
    environment: { FORCE_ENVIRONMENT: 'test', ...issuer.environment, ...testTiming, ...settings.environment },
    options: { queues: { visibilityTimeout: 1_000, minPollingInterval: 20, maxPollingInterval: 100, lease: 20_000 }, ...settings.options },
  });
  return {
    url: system.url, local: { system, issuer },
    // A host that was killed comes back under another port.
    as: login => createClient(() => system.host.url(), () => issuer.token(login)),
    anonymous: createClient(() => system.host.url(), undefined),
    stop: async () => {
      await system.stop();
      await issuer.stop();
    },
  };
}

function remote(url: string, issuerUrl: string): Service {
  const token = async (login: string): Promise<string> => {
    const reply = await fetch(`${issuerUrl}/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login }) });
    const body: unknown = await reply.json();
    if (typeof body === 'object' && body !== null && 'access_token' in body && typeof body.access_token === 'string') return body.access_token;
    throw new Error('the issuer gave no token');
  };
  return { url, as: login => createClient(url, () => token(login)), anonymous: createClient(url, undefined), stop: () => Promise.resolve() };
}

/** Asks until the answer is as wanted; a host that is down for a moment is asked again. Throws with the last answer when it never is. */
export async function until<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean, milliseconds = 30_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask().catch((error: unknown) => {
      // What fetch says of every broken connection; its errors come from outside jest's realm, so instanceof does not know them.
      if (String(error).includes('fetch failed')) return undefined;
      throw error;
    });
    if (answer !== undefined && isDone(answer)) return answer;
    if (Date.now() > end) throw new Error(`never as wanted: ${answer === undefined ? 'no answer' : JSON.stringify(answer, (name, value: unknown) => (name === 'bytes' ? undefined : value)).slice(0, 1500)}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
