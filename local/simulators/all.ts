import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { staff } from '../issuer/staff.ts';
import { startForceSimulator, type ForceSimulator } from './force/server.ts';
import { startNotifySimulator, type NotifySimulator, type NotifySimulatorSettings } from './notify/simulator.ts';
import { startProviderSimulator, type ProviderSimulator } from './provider/start.ts';
import { startTeamsSimulator, type TeamsSimulator } from './teams/simulator.ts';

export interface SimulatorSettings {
  readonly tenantId: string;
  readonly provider?: Parameters<typeof startProviderSimulator>[0];
  readonly notify?: NotifySimulatorSettings;
  /** Where the app's own secrets are kept over a restart; without it they are made anew. */
  readonly keysFolder?: string;
  /** By how many milliseconds the app's clock is ahead; the force's systems answer by the same. */
  readonly offset?: () => number;
}

export interface Simulators {
  readonly provider: ProviderSimulator;
  readonly notify: NotifySimulator;
  readonly teams: TeamsSimulator;
  readonly force: ForceSimulator;
  /** Settings of the app that point to them, with keys of its own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Tells those who call back where the app is. */
  connect(appUrl: string): void;
  stop(): Promise<void>;
}

/** Everything outside of live links: the provider (a process of its own), GOV.UK Notify, Teams with Graph, and the systems of the force. */
export async function startSimulators({ tenantId, provider, notify, keysFolder, offset = () => 0 }: SimulatorSettings): Promise<Simulators> {
  const people = staff.filter(member => member.tenantId === tenantId).map(({ objectId, roles }) => ({ objectId, roles, collar: objectId.slice(-4) }));
  const [liveLinks, messages, teams, force] = await Promise.all([
    startProviderSimulator(provider), startNotifySimulator(notify), startTeamsSimulator({ tenantId, people }), startForceSimulator({ now: () => Date.now() + offset() }),
  ]);
  return {
    provider: liveLinks, notify: messages, teams, force,
    environment: { ...liveLinks.environment, ...messages.environment, ...teams.environment, ...force.environment, ...await secrets(keysFolder) },
    connect(appUrl) {
      messages.callBackTo(`${appUrl}/api/notify-receipts`);
      teams.connect(`${appUrl}/api/teams/messages`);
    },
    stop: async () => {
      await Promise.all([liveLinks.stop(), messages.stop(), teams.stop(), force.stop()]);
    },
  };
}

/** Where links of texts lead: two names of this machine, for the two faces must not share a host. */
export function linkOrigins(port: number): { readonly PUBLIC_LINK_ORIGIN: string; readonly NEUTRAL_LINK_ORIGIN: string } {
  return { PUBLIC_LINK_ORIGIN: `http://127.0.0.1:${port}/live`, NEUTRAL_LINK_ORIGIN: `http://localhost:${port}/live` };
}

const keptSecrets = z.object({ LINK_KEYS: z.string(), ADDRESS_KEYS: z.string() });

/** Links that were sent, and the list of unsafe contacts, are found again with the same secrets only. */
async function secrets(folder: string | undefined): Promise<z.output<typeof keptSecrets>> {
  const fresh = { LINK_KEYS: randomBytes(32).toString('base64url'), ADDRESS_KEYS: randomBytes(32).toString('base64url') };
  if (folder === undefined) return fresh;
  const file = join(folder, 'link-secrets.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return keptSecrets.parse(JSON.parse(kept));
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(fresh), { mode: 0o600 });
  return fresh;
}
