import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { httpProvider } from '../../../functions/goodsam/provider/http.ts';
import type { CreateSession, LiveLinkProvider, SessionCreated } from '../../../functions/goodsam/provider/port.ts';
import type { Mode } from '../../../functions/goodsam/rules/terms.ts';
import type { SettingsInput } from '../../../local/simulators/provider/settings.ts';
import { startProviderSimulator } from '../../../local/simulators/provider/start.ts';
import type { ProviderSimulator } from '../../../local/simulators/provider/start.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

/** A simulator, its adapter, and a receiver of its webhooks. */
export interface Bed {
  readonly simulator: ProviderSimulator;
  readonly provider: LiveLinkProvider;
  readonly receiver: Receiver;
  /** [current, old] */
  readonly secrets: readonly string[];
  readonly create: (path: string, changes?: Partial<CreateSession>) => Promise<SessionCreated>;
  readonly join: (session: SessionCreated) => Promise<number>;
  readonly press: (session: SessionCreated, form: Readonly<Record<string, string>>) => Promise<number>;
  readonly eventTypes: (session: SessionCreated) => Promise<readonly string[]>;
  readonly log: () => Promise<readonly z.output<typeof entry>[]>;
  readonly stop: () => Promise<void>;
}

const entry = z.looseObject({ n: z.number(), at: z.string(), kind: z.string() });

/** The same for every try: another body under the same key is a conflict. */
const expiresAt = new Date(Date.now() + 1_800_000).toISOString();

export async function startBed(settings: Partial<SettingsInput> = {}): Promise<Bed> {
  const simulator = await startProviderSimulator({ seed: 11, speed: 600, ...settings });
  const secrets = simulator.environment.LIVE_LINK_WEBHOOK_SECRETS.split(',');
  const receiver = await startReceiver(() => secrets);
  const provider = httpProvider({ url: simulator.url, key: simulator.environment.LIVE_LINK_PROVIDER_KEY, timeoutMs: 1_500 });
  const press = (session: SessionCreated, form: Readonly<Record<string, string>>): Promise<number> => post(`${session.publicUrl}/do`, form);
  return {
    simulator, provider, receiver, secrets, press,
    create: (path, changes = {}) => provider.createSession(request(`${receiver.url}${path}`, changes), { idempotencyKey: `create:${path}` }),
    join: session => post(`${session.publicUrl}/join`, {}),
    eventTypes: async session => (await provider.getSession(session.sessionId)).events.map(event => event.type.replace('session.', '')),
    log: async () => z.object({ entries: z.array(entry) }).parse(await simulator.control('log')).entries,
    stop: async () => {
      await simulator.stop();
      await receiver.stop();
    },
  };
}

export function request(callbackUrl: string, changes: Partial<CreateSession> & { readonly mode?: Mode } = {}): CreateSession {
  return { externalRef: randomUUID(), mode: 'VIDEO', locale: 'en-GB', record: true, chat: true, expiresAt, operatorRef: 'op-1', callbackUrl, ...changes };
}

async function post(url: string, form: Readonly<Record<string, string>>): Promise<number> {
  const response = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) });
  await response.body?.cancel();
  return response.status;
}
